"""Memory of a process and its children, looked up while they run (Linux)."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

INTERVAL = 0.05
"""Seconds between two looks."""


class Memory:
    """Looks at a process and those below it until it is told to stop.

    largest: MiB of the process that ever held most.
    total: MiB of all of them together at their worst; shared pages count once.
    """

    def __init__(self, process: int) -> None:
        self.largest = 0.0
        self.total = 0.0
        self._process = process
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stopped.wait(INTERVAL):
            total = 0.0
            for process in _below(self._process):
                # A process may end between two looks.
                with suppress(OSError, ProcessLookupError):
                    folder = Path(f"/proc/{process}")
                    peak = _kilobytes(folder / "status", "VmHWM")
                    self.largest = max(self.largest, peak / 1024)
                    total += _kilobytes(folder / "smaps_rollup", "Pss") / 1024
            self.total = max(self.total, total)


def _below(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text().split():
                yield from _below(int(child))


def _kilobytes(file: Path, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB", file.read_text(), re.MULTILINE)
    return int(found[1]) if found else 0
