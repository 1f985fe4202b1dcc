"""Measuring: contenders run in turns, so that a busy machine slows all of them."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from .memory import Memory


@dataclass(frozen=True, slots=True)
class Run:
    """One command: seconds of wall clock and of CPU (its children's included), and
    the peak memory of its largest process in MiB.

    total: the peak of all its processes together, where that was watched; what they
    share counts once.
    """

    wall: float
    cpu: float
    peak: float
    total: float = 0.0


def process(
    command: Sequence[str],
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    watch: bool = False,
) -> Run:
    """Run a command to its end.  Raises RuntimeError where it fails."""
    started = time.perf_counter()
    child = subprocess.Popen(
        command,
        cwd=folder,
        env={**_usual(), **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert child.stderr is not None
    memory = Memory(child.pid) if watch else None
    said = child.stderr.read()
    # Its memory is looked up until it is waited for.
    if memory:
        memory.stop()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stderr.close()
    if child.returncode:
        raise RuntimeError(f"{command}: {said.decode(errors='replace')[-2000:]}")
    cpu = usage.ru_utime + usage.ru_stime
    if memory:
        return Run(wall, cpu, memory.largest, memory.total)
    return Run(wall, cpu, usage.ru_maxrss / 1024)


def scratch() -> TemporaryDirectory[str]:
    """A folder for a while, in memory where the system has a place for that: on a disk
    creating a file takes 10 or 500 µs, as the disk pleases."""
    memory = Path("/dev/shm")
    return TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None)


def _usual() -> dict[str, str]:
    """The environment, but modules are compiled once as on a user's machine."""
    names = os.environ.keys() - {"PYTHONDONTWRITEBYTECODE"}
    return {name: os.environ[name] for name in names}


def in_turns(
    contenders: Mapping[str, Callable[[], Run]], rounds: int
) -> dict[str, list[Run]]:
    """The runs of each contender: one of each, and again; the first do not count."""
    runs: dict[str, list[Run]] = {name: [] for name in contenders}
    for contender in contenders.values():
        contender()
    for _ in range(rounds):
        for name, contender in contenders.items():
            runs[name].append(contender())
    return runs


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of runs that were neighbours in time."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def machine() -> str:
    cores = len(os.sched_getaffinity(0))
    return (
        f"{platform.machine()}, {cores} cores, {platform.system()}"
        f" {platform.release()}, CPython {platform.python_version()}"
    )
