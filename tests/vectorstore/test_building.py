"""A catalogue is built once, goes on after a kill, and is built anew when something changed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from models.settings import ModelSettings
from tests.vectorstore.small_catalogue import small_sources
from vectorstore.building import built_folder, fingerprint, load_entries
from vectorstore.catalogue import Catalogue, open_catalogue
from vectorstore.corpus import Source, all_sources

_FEW = [s for s in all_sources() if s.path == "essenFolksong/teste.abc"]
_ODD = Source("demos/multiple-verses", "demos/multiple-verses.xml")


@pytest.fixture
def cache(tmp_path: Path, catalogue: Catalogue) -> Path:
    (tmp_path / "models").symlink_to(ModelSettings().cache_dir / "models")
    return tmp_path


def test_a_second_start_reads_nothing(cache: Path) -> None:
    seen: list[float] = []
    folder = built_folder(cache, lambda label, done: seen.append(done), _FEW)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    seen.clear()
    assert built_folder(cache, lambda label, done: seen.append(done), _FEW) == folder
    assert seen == []
    assert len(load_entries(folder)) == len(_FEW)


def test_works_that_cannot_be_held_are_named_with_the_reason(cache: Path) -> None:
    made = open_catalogue(cache, only=[*_FEW, _ODD])
    assert len(made) == len(_FEW)
    assert made.skipped() == {_ODD.id: "It has fewer than four notes."}


def test_other_works_or_code_mean_another_catalogue_and_the_old_one_goes(cache: Path) -> None:
    first = built_folder(cache, lambda label, done: None, _FEW)
    second = built_folder(cache, lambda label, done: None, _FEW[:-1])
    assert fingerprint(_FEW) != fingerprint(_FEW[:-1])
    assert second.exists()
    assert not first.exists()


_KILLED = """
import os, signal, sys
from pathlib import Path
import vectorstore.building as building
from vectorstore.corpus import Source, all_sources
cache, stage = Path(sys.argv[1]), sys.argv[2]
few = [s for s in all_sources() if s.path == "essenFolksong/teste.abc"]
def progress(label, done):
    folder = cache / "catalogue" / building.fingerprint(few)
    if (folder / stage).exists():
        os.kill(os.getpid(), signal.SIGKILL)
building.built_folder(cache, progress, few)
"""


def test_a_killed_build_goes_on_and_ends_the_same(cache: Path) -> None:
    stage = "all-MiniLM-L6-v2.npy"
    whole = built_folder(cache, lambda label, done: None, _FEW)
    expected = {path.name: np.load(path) for path in whole.glob("*.npy")}
    shutil.rmtree(whole)
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(cache), stage],
        env={**os.environ, "PYTHONPATH": os.getcwd()},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert not (whole / "complete").exists()
    before = (whole / stage).stat().st_mtime_ns
    assert built_folder(cache, lambda label, done: None, _FEW) == whole
    assert (whole / stage).stat().st_mtime_ns == before
    for name, array in expected.items():
        np.testing.assert_allclose(np.load(whole / name), array, atol=1e-5)
    assert {e.id for e in load_entries(whole)} == {s.id for s in _FEW}


def test_the_small_catalogue_holds_every_small_source(catalogue: Catalogue) -> None:
    assert len(catalogue) == len(small_sources())
    assert catalogue.skipped() == {}
