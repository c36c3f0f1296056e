"""Progress bars in the terminal for work that takes longer than two seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class Report(Protocol):
    """Called with a label and the share done, 0 to 1."""

    def __call__(self, label: str, done: float) -> None: ...


@contextmanager
def progress_bars() -> Iterator[Report]:
    """One bar a label, on standard error; nothing when standard error is not a terminal."""
    columns = (TextColumn("{task.description:32}"), BarColumn(), TextColumn("{task.percentage:3.0f} %"))
    console = Console(stderr=True)
    bars: dict[str, TaskID] = {}
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:

        def report(label: str, done: float) -> None:
            if label not in bars:
                bars[label] = progress.add_task(label, total=1.0)
            progress.update(bars[label], completed=min(done, 1.0))

        yield report
