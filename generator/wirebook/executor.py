"""Executors: where jobs run.

    here            in this process
    processes[:N]   in N processes of this machine, as many as it has cores
    dask://HOST:PORT   on the workers of a Dask cluster

Without a choice jobs run in processes where that is faster.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

from .job import Job, Unusable

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

PAYS = 150_000
"""Bytes of spec from which on processes are started: about 200 ms of work."""


class Here(Executor):
    """Runs each job when it is submitted."""

    def submit(
        self,
        fn: Callable[Arguments, Result],
        /,
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Future[Result]:
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as problem:
            future.set_exception(problem)
        return future


@contextmanager
def executor(choice: str | None, jobs: Sequence[Job]) -> Generator[Executor]:
    """The executor that `choice` names, or the one that suits the jobs.

    Raises Unusable; ModuleNotFoundError where the extra is missing.
    """
    kind, _, detail = (choice or _suitable(jobs)).partition(":")
    match kind:
        case "here" if not detail:
            yield Here()
        case "processes" if not detail or (detail.isdecimal() and int(detail)):
            most = max(1, len(jobs))
            with _processes(min(int(detail) if detail else cores(), most)) as pool:
                yield pool
        case "dask" if detail.startswith("//"):
            with _dask(detail.removeprefix("//")) as pool:
                yield pool
        case _:
            raise Unusable(
                f"there is no executor {choice!r}: use here, processes, processes:N"
                " or dask://HOST:PORT"
            )


def cores() -> int:
    """How many processes this one may keep busy."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _suitable(jobs: Sequence[Job]) -> str:
    """Processes, unless the largest job alone takes nearly as long as all."""
    sizes = [job.size for job in jobs]
    spared = sum(sizes) - max(sizes, default=0)
    return "processes" if cores() > 1 and spared > PAYS else "here"


def _processes(count: int) -> ProcessPoolExecutor:
    # A fork shares all imports, but what another thread holds locked stays locked.
    forks = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if forks else "spawn")
    return ProcessPoolExecutor(count, mp_context=context)


@contextmanager
def _dask(address: str) -> Generator[Executor]:
    # The library has no types.
    distributed: Any = importlib.import_module("distributed")
    try:
        client = distributed.Client(f"tcp://{address}", set_as_default=False)
    except OSError as problem:
        raise Unusable(
            f"no Dask scheduler answers at {address}: {problem}"
        ) from problem
    with client, client.get_executor() as pool:
        yield pool
