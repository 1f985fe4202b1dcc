"""Peers: other generators, each installed into an environment of its own."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / ".peers"


@dataclass(frozen=True, slots=True)
class Peer:
    """`arguments` take {document} and {output}; both are paths."""

    name: str
    requirements: tuple[str, ...]
    program: str
    arguments: tuple[str, ...]

    @property
    def folder(self) -> Path:
        return FOLDER / self.name

    def command(self, document: Path, output: Path) -> list[str]:
        filled = [
            each.format(document=document, output=output) for each in self.arguments
        ]
        return [str(self.folder / "bin" / self.program), *filled]

    @property
    def environment(self) -> dict[str, str]:
        """So that it finds the formatter beside it."""
        return {"PATH": f"{self.folder / 'bin'}:/usr/local/bin:/usr/bin:/bin"}


PEERS = (
    Peer(
        "openapi-python-client",
        ("openapi-python-client==0.29.1", "ruff"),
        "openapi-python-client",
        (
            *("generate", "--path", "{document}", "--output-path", "{output}"),
            *("--overwrite", "--meta", "none"),
        ),
    ),
    Peer(
        "apiwright",
        ("apiwright==0.1.0rc6",),
        "apiwright",
        ("generate", "--force"),
    ),
)
"""The most used one that is written in Python, and the fastest of all (Rust)."""


def install(peer: Peer) -> None:
    """Into benchmarks/.peers, once."""
    stamp = peer.folder / ".installed"
    if stamp.exists() and stamp.read_text() == repr(peer.requirements):
        return
    subprocess.run([sys.executable, "-m", "venv", str(peer.folder)], check=True)
    pip = [str(peer.folder / "bin/python"), "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, *peer.requirements], check=True)
    stamp.write_text(repr(peer.requirements))
