"""A call of a generated client against one that openapi-python-client generated for
the same operation, in that peer's environment."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from .generation import WIREBOOK, one_document
from .measure import process
from .peers import PEERS, install
from .server import server
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
LOOP = """
import time
assert call() is not None
for _ in range(200): call()
began = time.process_time()
for _ in range(400): call()
print((time.process_time() - began) / 400 * 1e6)
"""


def against_client(rounds: int) -> dict[str, list[float]]:
    """CPU µs per call, of processes that run in turns."""
    peer = PEERS[0]
    install(peer)
    spent: dict[str, list[float]] = {"wirebook": [], peer.name: []}
    with tempfile.TemporaryDirectory() as name, server("answer") as base:
        root = project(Path(name), 1)
        process([*WIREBOOK, "--no-cache"], root)
        document = root / "document.json"
        document.write_text(json.dumps(one_document(root)), "utf-8")
        process(peer.command(document, root / "peer"), root, peer.environment)
        theirs = str(peer.folder / "bin/python")
        for _ in range(rounds):
            for each, python, code, path in (
                ("wirebook", sys.executable, OURS, root / "generated"),
                (peer.name, theirs, THEIRS, root),
            ):
                script = f"import sys\nsys.path.insert(0, {str(path)!r})\n{code}{LOOP}"
                done = subprocess.run(
                    [python, "-c", script, base], capture_output=True, text=True
                )
                if done.returncode:
                    raise RuntimeError(done.stderr)
                spent[each].append(float(done.stdout))
    return spent
