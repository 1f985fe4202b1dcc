"""Generating: cold, again without changes, with one change; and the peers."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from wirebook.load import load
from wirebook.openapi import export

from .measure import Run, in_turns, process, scratch
from .peers import OTHERS, PEERS, Missing, Peer, install
from .synthetic import OPERATIONS, project

WIREBOOK = [sys.executable, "-m", "wirebook", "generate"]
YAML = "document.yaml"
BASE = [sys.executable, "-c", "import click, yaml"]


def against_peers(
    providers: int, rounds: int
) -> tuple[dict[str, list[Run]], dict[str, Run | str]]:
    """The same operations, cold: our specs, and one OpenAPI document for the others.

    Returns the runs of those that take turns, and of each other one run, or why
    there is none.
    """
    with scratch() as name:
        root = project(Path(name), providers)
        document = one_document(root)
        (root / "document.json").write_text(json.dumps(document), "utf-8")
        # What people write and review, as our specs are.
        (root / YAML).write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
        # One of the peers takes the name of the package from a file only.
        (root / "apiwright.toml").write_text(
            f'input = "{YAML}"\n[python]\noutput = "apiwright"\n'
            'package_name = "peer"\n',
            "utf-8",
        )

        # What the peers make too: they write no reference.
        clients = project(root / "clients", providers, pages=False)

        def wirebook(folder: Path, *flags: str) -> Run:
            _forget(folder / "generated")
            return process([*WIREBOOK, "--no-cache", *flags], folder)

        first, *further = PEERS
        # Ours between theirs: a machine is not as fast after seconds on all cores.
        contenders: dict[str, Callable[[], Run]] = {
            "wirebook, clients": partial(wirebook, clients),
            first.name: partial(_peer, first, root),
            "wirebook, clients and reference": partial(wirebook, root),
            f"{first.name}, from JSON": partial(_peer, first, root, "document.json"),
            "wirebook, clients, one process": partial(
                wirebook, clients, "--executor", "here"
            ),
        }
        for peer in further:
            contenders[peer.name] = partial(_peer, peer, root)
        others = {peer.name: _attempt(peer, root) for peer in OTHERS}
        return in_turns(contenders, rounds), others


def _peer(peer: Peer, root: Path, document: str = YAML) -> Run:
    """A run of a peer into a folder that is empty."""
    install(peer)
    output = root / peer.program
    _forget(output)
    output.mkdir()
    command = peer.command(root / document, output)
    return process(command, root, peer.environment)


def _attempt(peer: Peer, root: Path) -> Run | str:
    try:
        return _peer(peer, root)
    except Missing as problem:
        return str(problem)
    except RuntimeError as problem:
        *_, last = str(problem).strip().split("\n")
        return f"fails: {last}"


def again(providers: int, rounds: int) -> dict[str, list[Run]]:
    """Without changes, and with one changed provider, after a first run.

    Not in memory: only files on one device with the tool are told apart by their times.
    """
    with tempfile.TemporaryDirectory() as name:
        root = project(Path(name), providers)
        process(WIREBOOK, root)
        spec = root / "specs/provider_00000/provider.yaml"
        text = spec.read_text()
        turn = 0

        def changed() -> Run:
            nonlocal turn
            turn += 1
            spec.write_text(text.replace("Letters", f"Letters {turn}"))
            return process(WIREBOOK, root)

        return in_turns(
            {
                "import click, yaml": lambda: process(BASE, root),
                "one provider changed": changed,
                "the run after it": lambda: process(WIREBOOK, root),
                "no change": lambda: process(WIREBOOK, root),
            },
            rounds,
        )


def cold(providers: int) -> Run:
    """One run over that many providers, with the memory of all its processes."""
    with scratch() as name:
        root = project(Path(name), providers)
        return process([*WIREBOOK, "--no-cache"], root, watch=True)


def this_repository(rounds: int) -> dict[str, list[Run]]:
    """A copy of the specs of this repository."""
    source = Path(__file__).resolve().parents[1]
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        shutil.copytree(source / "specs", root / "specs")
        shutil.copy(source / "pyproject.toml", root)

        def first() -> Run:
            _forget(root / "generated")
            return process([*WIREBOOK, "--no-cache"], root)

        process(WIREBOOK, root)
        return in_turns(
            {
                "import click, yaml": lambda: process(BASE, root),
                "cold": first,
                "the run after it": lambda: process(WIREBOOK, root),
                "no change": lambda: process(WIREBOOK, root),
            },
            rounds,
        )


def one_document(root: Path) -> dict[str, Any]:
    """All providers of a project in one OpenAPI document: peers read only one."""
    whole: dict[str, Any] = {}
    for provider in load(root / "specs", root).providers:
        one = json.loads(
            json.dumps(export(provider).document).replace(
                "#/components/schemas/", f"#/components/schemas/{provider.class_prefix}"
            )
        )
        schemas = one["components"]["schemas"]
        named = {provider.class_prefix + key: value for key, value in schemas.items()}
        one["components"]["schemas"] = named
        for methods in one["paths"].values():
            for operation in methods.values():
                operation["operationId"] += f"_{provider.id}"
        if not whole:
            whole = one
        whole["paths"].update(one["paths"])
        whole["components"]["schemas"].update(named)
    assert len(whole["paths"]) % OPERATIONS == 0
    return whole


def _forget(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
