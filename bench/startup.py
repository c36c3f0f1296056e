"""Seconds and memory of the program's start: `python -m bench.startup`.

Measures what `make run` does after the install: obtaining the models, building the catalogue, the
start itself. Point HOME at an empty folder to measure a first start.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path

from bot.services import open_services, prepare
from bot.settings import Settings
from models.settings import read_settings

_MIB = 2**20


class Stages:
    """Notes when each stage begins and ends, from the progress that is reported."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def __call__(self, label: str, done: float) -> None:
        """A `Progress`."""
        del done
        now = time.perf_counter()
        with self._lock:
            first, _ = self._seen.get(label, (now, now))
            self._seen[label] = (first, now)

    def report(self) -> None:
        """One line a stage."""
        for label, (first, last) in self._seen.items():
            print(f"  {label}: {last - first:.1f} s")


def memory_now() -> float:
    """Resident memory in MiB, of this process (Linux), else the peak so far."""
    status = Path("/proc/self/status")
    if not status.exists():
        return memory_peak()
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def memory_peak() -> float:
    """Highest resident memory of this process in MiB; macOS counts bytes, Linux KiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / _MIB if sys.platform == "darwin" else peak / 1024


async def start() -> None:
    """Everything that `python -m bot run` prepares."""
    stages, started = Stages(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(Settings).model_copy(update={"data_dir": Path(folder)})
        async with open_services(settings, stages) as services:
            await prepare(services)
            print(f"ready after {time.perf_counter() - started:.1f} s (imports of bench excluded)")
            stages.report()
            print(f"memory: {memory_now():.0f} MiB at rest, {memory_peak():.0f} MiB at peak")


def main() -> None:
    """Command line."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    asyncio.run(start())


if __name__ == "__main__":
    main()
