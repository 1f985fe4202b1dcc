"""The work: what a job becomes.

load     read, schema, resolve, rules: a frozen provider, or problems
plan     what each file of the output contains
render   plan and template become text
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from . import load, plan, tool
from .job import Job, Setup, Unusable, Whole
from .made import Content, Made, pack, plain
from .plan.artefact import Artefact
from .problem import Problem, failed, in_order
from .render import Renderer
from .specs import relative


def make(job: Job) -> Made:
    """One provider: all its files, or the problems that forbid them.

    Raises Unusable.
    """
    setup = job.setup
    if setup.tool != tool.digest(setup.templates):
        raise Unusable(
            "a worker has another wirebook, other libraries or other templates;"
            " install there what is installed here"
        )
    provider, problems = load.read(job.files)
    if provider is None or failed(problems):
        return Made(None, {}, {}, tuple(problems))
    found, rows = plan.pages(provider, setup.package) if setup.docs else ([], ())
    modules, wrong = _render(setup, plan.modules(provider, setup.package))
    pages, more = _render(setup, found)
    entry = plan.entry(provider, rows)
    return Made(entry, modules, pages, (*problems, *wrong, *more))


def make_whole(whole: Whole) -> Made:
    """The files that speak of all providers, and the floor, byte for byte."""
    setup, entries = whole.setup, whole.entries
    modules, problems = _render(setup, plan.shared(entries, setup.package))
    index = [plan.index(entries, setup.package)] if setup.docs else []
    pages, more = _render(setup, index)
    keep = pack if setup.packed else plain
    for path in sorted(tool.FLOOR.rglob("*.py")):
        name = path.relative_to(tool.FLOOR).as_posix()
        modules[f"{setup.package}/_runtime/{name}"] = keep(path.read_bytes())
    return Made(None, modules, pages, tuple(in_order([*problems, *more])))


def _render(
    setup: Setup, artefacts: Iterable[Artefact]
) -> tuple[dict[str, Content], list[Problem]]:
    renderer = _renderer(setup.root, setup.templates, setup.imports)
    keep = pack if setup.packed else plain
    files: dict[str, Content] = {}
    problems: list[Problem] = []
    for artefact in artefacts:
        result = renderer.render(artefact)
        if isinstance(result, Problem):
            problems.append(result)
        else:
            files[artefact.path] = keep(result)
    return files, problems


@cache
def _renderer(root: Path, templates: Path | None, imports: tuple[str, ...]) -> Renderer:
    return Renderer(templates, lambda path: relative(path, root), imports)
