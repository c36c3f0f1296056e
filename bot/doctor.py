"""`python -m bot doctor`: what is there, what is missing and how to get it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.settings import Settings

_NEEDED_BYTES = 2 * 2**30
_PACKAGES = ("torch", "transformers", "langchain", "chromadb", "discord.py", "music21", "verovio")


@dataclass(frozen=True)
class Finding:
    """One line of the report. What is not `required` is obtained by itself, or only an option."""

    what: str
    good: bool
    note: str
    required: bool = True


def doctor(settings: Settings) -> int:
    """Print the findings; exit status 1 if something required is missing."""
    findings = list(_findings(settings))
    for finding in findings:
        mark = "✔" if finding.good else ("✘" if finding.required else "–")
        print(f"{mark} {finding.what}: {finding.note}")
    return int(any(f.required and not f.good for f in findings))


def _findings(settings: Settings) -> Iterator[Finding]:
    yield from map(_package, _PACKAGES)
    yield _writable("cache folder", settings.cache_dir)
    yield _writable("data folder", settings.data_dir)
    yield _space(settings.cache_dir)
    yield _chat_model(settings)
    yield _catalogue(settings)
    connected = settings.discord_token is not None
    hint = "set" if connected else "not set; `make run` opens the local studio instead"
    yield Finding("DISCORD_TOKEN", connected, hint, required=False)


def _package(name: str) -> Finding:
    try:
        return Finding(name, True, version(name))
    except PackageNotFoundError:
        return Finding(name, False, "missing; delete .venv and run `make setup`")


def _writable(what: str, folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".doctor"
        probe.touch()
        probe.unlink()
    except OSError as error:
        return Finding(what, False, f"{folder} cannot be written ({error.strerror})")
    return Finding(what, True, str(folder))


def _space(folder: Path) -> Finding:
    existing = next(p for p in (folder, *folder.parents) if p.exists())
    free = shutil.disk_usage(existing).free
    note = f"{free / 2**30:.1f} GiB free; the models and the catalogue want 2 GiB"
    return Finding("disk space", free > _NEEDED_BYTES, note)


def _chat_model(settings: Settings) -> Finding:
    from models.obtain import embedded_model_path

    if settings.llm:
        where = f" at {settings.llm_base_url}" if settings.llm_base_url else ""
        return Finding("chat model", True, settings.llm + where)
    present = embedded_model_path(settings.cache_dir).is_dir()
    note = "embedded SmolLM2-135M" + ("" if present else "; `make run` downloads it (98 MB)")
    return Finding("chat model", present, note, required=False)


def _catalogue(settings: Settings) -> Finding:
    from vectorstore.catalogue import catalogue_size

    works = catalogue_size(settings.cache_dir)
    note = f"{works} works" if works else "not built yet; `make run` builds it in a few minutes"
    return Finding("song catalogue", works > 0, note, required=False)
