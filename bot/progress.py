"""Progress bars in the terminal for work that takes longer than two seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from models.wheels import Progress


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """One bar a label, on standard error; nothing when standard error is not a terminal."""
    name, share = TextColumn("{task.description:40}"), TextColumn("{task.percentage:3.0f} %")
    columns = (name, BarColumn(), share, TimeElapsedColumn())
    bars: dict[str, TaskID] = {}
    with Bars(*columns, console=Console(stderr=True)) as shown:

        def report(label: str, done: float) -> None:
            if label not in bars:
                bars[label] = shown.add_task(label, total=1.0)
            shown.update(bars[label], completed=min(done, 1.0))

        yield report
