"""A call of a generated client against one that openapi-python-client generated for
the same operation, in that peer's environment."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from .generation import WIREBOOK, one_document
from .measure import process, scratch
from .peers import PEERS, install
from .server import server
from .side_by_side import HAND, Compared, Turns
from .side_by_side import OURS as GENERATED
from .synthetic import project

OURS = """
from clients import provider_00000
client = provider_00000.Client(token="t", base_url=sys.argv[1], allow_insecure=True)
def call():
    return client.send_0(recipient="491701234567", content="hello", sender="me")
"""
THEIRS = """
from peer import AuthenticatedClient
from peer.api.default import send_0_provider_00000 as operation
from peer.models import Send0Provider00000Body as Body
client = AuthenticatedClient(base_url=sys.argv[1], token="t")
def call():
    body = Body(to="491701234567", content="hello", sender="me")
    return operation.sync(client=client, body=body)
"""
# Both on one core: two of them are not equally fast where the machine is shared.
LOOP = """
import os, time
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
for _ in range(200): call()
while line := sys.stdin.readline():
    began = time.thread_time()
    for _ in range(int(line)): assert call() is not None
    print(time.thread_time() - began, flush=True)
"""


def against_client(blocks: int, size: int = 20) -> Compared:
    """CPU µs per call, of two processes that take turns."""
    peer = PEERS[0]
    install(peer)
    with scratch() as name, server("answer") as base:
        root = project(Path(name), 1)
        process([*WIREBOOK, "--no-cache"], root)
        document = root / "document.json"
        document.write_text(json.dumps(one_document(root)), "utf-8")
        process(peer.command(document, root / "peer"), root, peer.environment)
        turns = Turns(size)
        with (
            _caller(str(peer.folder / "bin/python"), THEIRS, root, base) as theirs,
            _caller(sys.executable, OURS, root / "generated", base) as ours,
        ):
            callers = {HAND: theirs, GENERATED: ours}
            for side in turns.sides(blocks + 4):
                turns.spent(side, callers[side](size))
        return turns.compared()


@contextmanager
def _caller(
    python: str, code: str, path: Path, base: str
) -> Generator[Callable[[int], float]]:
    """A process that makes so many calls when it is told to: seconds of CPU."""
    script = f"import sys\nsys.path.insert(0, {str(path)!r})\n{code}{LOOP}"
    with subprocess.Popen(
        [python, "-c", script, base],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        told, heard = child.stdin, child.stdout
        assert told
        assert heard

        def make(count: int) -> float:
            print(count, file=told, flush=True)
            return float(heard.readline())

        yield make
        told.close()
