"""Peers: other generators, each installed into an environment of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / ".peers"


class Missing(Exception):
    """A peer cannot be installed here."""


@dataclass(frozen=True, slots=True)
class Peer:
    """`arguments` take {document} and {output}; both are paths."""

    name: str
    requirements: tuple[str, ...]
    program: str
    arguments: tuple[str, ...]
    python: str = sys.executable
    """What it needs, where it needs another one than we run on."""

    @property
    def folder(self) -> Path:
        return FOLDER / self.program

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
        "OpenAPI Generator",
        # The wheel brings the program for the Java that is here.
        ("openapi-generator-cli==7.26.0",),
        "openapi-generator-cli",
        ("generate", "-g", "python", "-i", "{document}", "-o", "{output}"),
    ),
    Peer(
        "apiwright",
        ("apiwright==0.1.0rc6",),
        "apiwright",
        ("generate", "--force"),
    ),
)
"""The most used one that is written in Python, the most used one of all (Java), and
the fastest (Rust).  They run in turns with us."""

OTHERS = (
    Peer(
        "datamodel-code-generator (models only)",
        ("datamodel-code-generator==0.89.0",),
        "datamodel-codegen",
        (
            *("--input", "{document}", "--input-file-type", "openapi"),
            *("--output", "{output}/models.py"),
        ),
    ),
    Peer(
        "clientele",
        ("clientele[cli]==2.3.1",),
        "clientele",
        ("start-api", "--regen", "-f", "{document}", "-o", "{output}"),
    ),
    Peer(
        "otterapi",
        ("otterapi==0.1.14",),
        "otter",
        ("generate", "-s", "{document}", "-o", "{output}"),
    ),
    Peer(
        "unihttp",
        ("unihttp-openapi-generator==0.3.1",),
        "unihttp-openapi-generator",
        ("generate", "{document}", "{output}"),
    ),
    Peer(
        "pyopenapi-gen (no formatter)",
        ("pyopenapi-gen==5.1.19",),
        "pyopenapi-gen",
        (
            *("{document}", "--project-root", "{output}", "--output-package", "peer"),
            *("--force", "--no-postprocess"),
        ),
        python="python3.12",
    ),
    Peer(
        "openapi-python-generator",
        ("openapi-python-generator==2.1.2",),
        "openapi-python-generator",
        ("{document}", "{output}"),
    ),
)
"""One run each: some take minutes."""


def install(peer: Peer) -> None:
    """Into benchmarks/.peers, once.  Raises Missing."""
    stamp = peer.folder / ".installed"
    if stamp.exists() and stamp.read_text() == repr(peer.requirements):
        return
    python = _interpreter(peer.python)
    pip = [str(peer.folder / "bin/python"), "-m", "pip", "install", "--quiet"]
    for command in (
        [python, "-m", "venv", str(peer.folder)],
        [*pip, *peer.requirements],
    ):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            *_, last = done.stderr.strip().split("\n")
            raise Missing(f"cannot be installed: {last}")
    stamp.write_text(repr(peer.requirements))


def _interpreter(name: str) -> str:
    """A Python of that name that runs: on the path, or kept beside our own."""
    beside = Path(sys.base_prefix).parent.glob(f"*/bin/{name}")
    for program in (shutil.which(name), *map(str, beside)):
        if (
            program
            and not subprocess.run([program, "-V"], capture_output=True).returncode
        ):
            return program
    raise Missing(f"needs {name}")
