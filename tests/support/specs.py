"""Specs written inside a test: files by name, checked like those on disk."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent

from tests.support.bad_specs import told
from wirebook.document import MapNode, read
from wirebook.load import check
from wirebook.model import Provider
from wirebook.problem import Severity, in_order

HEAD = """\
spec: 1
provider: {id: acme, title: Acme}
servers: {main: {url: "https://api.example.com"}}
"""


def documents(files: Mapping[str, str]) -> dict[str, MapNode]:
    """Read files that must be readable; `HEAD` stands before provider.yaml."""
    nodes: dict[str, MapNode] = {}
    for name, text in files.items():
        head = HEAD if name == "provider.yaml" else "spec: 1\n"
        node, problems = read(head + dedent(text), name)
        assert not problems, [told(problem) for problem in problems]
        assert node is not None
        nodes[name] = node
    return nodes


def problems(files: Mapping[str, str], warnings: bool = False) -> list[str]:
    """What the files are told, each with its file; errors only unless asked."""
    _, found = check(documents(files))
    return [
        f"{problem.where.file}:{told(problem)}"
        for problem in in_order(found)
        if warnings or problem.severity is Severity.ERROR
    ]


def provider(text: str, **more: str) -> Provider:
    """A provider without errors; `more` names further files, without `.yaml`."""
    files = {"provider.yaml": text} | {
        f"{name}.yaml": body for name, body in more.items()
    }
    found, raised = check(documents(files))
    errors = [told(problem) for problem in raised if problem.severity is Severity.ERROR]
    assert not errors, errors
    assert found is not None
    return found
