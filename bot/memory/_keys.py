"""The keys that make memory unreadable without the master key: load, wrap, seal and open."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wording import FriendlyError

KEY_BYTES = 32
_NONCE_BYTES = 12
_FILE_NAME = "master.key"


class WrongMasterKey(FriendlyError):
    """The master key is missing, malformed, or not the one that sealed this data."""


class Key:
    """A 256-bit AES-GCM key (NIST SP 800-38D) with a fresh 96-bit nonce for every text.

    `purpose` binds a sealed text to its place (column and row), so that nobody who can write
    to the database can move one text to where another belongs.
    """

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(raw)}")
        self._raw = raw
        self._cipher = AESGCM(raw)

    @classmethod
    def fresh(cls) -> Key:
        """A new random key."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def seal(self, plain: bytes, purpose: str) -> bytes:
        """Nonce, ciphertext and tag."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """Raises `WrongMasterKey` when it was sealed with another key or for another place."""
        try:
            return self._cipher.decrypt(
                sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], purpose.encode()
            )
        except InvalidTag as error:
            raise wrong_master_key() from error

    def wrap(self, other: Key, purpose: str) -> bytes:
        """Another key, sealed with this one."""
        return self.seal(other._raw, purpose)

    def unwrap(self, wrapped: bytes, purpose: str) -> Key:
        """The reverse of `wrap`."""
        return Key(self.open(wrapped, purpose))

    def handle(self, text: str) -> bytes:
        """A keyed fingerprint: finds a row by an id without writing the id down."""
        index = hmac.digest(self._raw, b"bandmate blind index", hashlib.sha256)
        return hmac.digest(index, text.encode(), hashlib.sha256)


def master_key(folder: Path, setting: str = "", *, create: bool) -> Key:
    """The key from the setting MASTER_KEY, else from the file `master.key` of the data folder.

    `create` makes the file (mode 0600) when there is none: only right for an empty database.
    Raises `WrongMasterKey`.
    """
    if setting:
        return _decode(setting, "MASTER_KEY")
    path = folder / _FILE_NAME
    if create and not path.exists():
        _create(path)
    if not path.exists():
        raise WrongMasterKey(
            f"The memory is encrypted and its key is gone: {path} is missing. Put it back from "
            "your backup, or set MASTER_KEY.",
            f"记忆是加密的，但找不到密钥：缺少 {path}。请从备份中恢复它，或设置 MASTER_KEY。",
        )
    return _decode(path.read_text("ascii", errors="replace"), str(path))


def wrong_master_key() -> WrongMasterKey:
    """What to say when a text does not open."""
    return WrongMasterKey(
        "The master key does not fit this memory. Use the master.key (or MASTER_KEY) that was "
        "there when it was made.",
        "主密钥与这份记忆不匹配。请使用创建它时的 master.key（或 MASTER_KEY）。",
    )


def _create(path: Path) -> None:
    """Written aside and linked into place, so that no process ever reads half a key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{_FILE_NAME}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return  # another process was first; its key is the one
        _sync_folder(path.parent)
    finally:
        draft.unlink()


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the platform can."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _decode(text: str, where: str) -> Key:
    try:
        return Key(base64.b64decode(text.strip(), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as error:
        raise WrongMasterKey(
            f"{where} does not hold a master key: expected 32 bytes in base64 (44 characters).",
            f"{where} 中没有可用的主密钥：应为 32 字节的 base64 文本（44 个字符）。",
        ) from error
