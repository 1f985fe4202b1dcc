"""Ctrl-C at the moment when a server has got a request."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator

from tests.support.fault_server import FaultServer


@contextlib.contextmanager
def interrupt(server: FaultServer) -> Iterator[None]:
    """Interrupt this thread while the block runs."""
    here, over = threading.get_ident(), threading.Event()

    def run() -> None:
        while not server.received and not over.wait(0.005):
            pass
        # A signal that comes just before the thread begins to wait for the socket is
        # only noticed by the next one.
        wait = 0.05
        while not over.wait(wait):
            signal.pthread_kill(here, signal.SIGINT)
            wait = 0.5

    killer = threading.Thread(target=run)
    killer.start()
    try:
        yield
    finally:
        over.set()
        killer.join()
