"""A progress bar for people who wait: on a terminal, and only after a while."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator
from contextlib import contextmanager

from .pipeline import Step, quiet

PATIENCE = 0.5
"""Seconds of silence before the bar appears."""


@contextmanager
def progress() -> Generator[Step]:
    """A step that draws on standard error; in a pipe it does nothing."""
    if not sys.stderr.isatty():
        yield quiet
        return

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}", markup=False),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("")
    started = time.monotonic()

    def step(subject: str, done: int, total: int) -> None:
        if not bar.live.is_started and time.monotonic() - started > PATIENCE:
            bar.start()
        bar.update(task, description=subject, completed=done, total=total)

    try:
        yield step
    finally:
        bar.stop()
