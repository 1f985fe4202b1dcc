"""From specs to files: the stages of the tool, in their order.

load     read, schema, resolve, rules: frozen providers, or problems
plan     what each file of the output contains
render   plan and template become text
write    the tree on disk, or its difference
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import plan, write
from .config import Config
from .load import load
from .model import Provider
from .plan import docs
from .plan.artefact import Artefact
from .problem import Problem, failed, in_order
from .render import Renderer

FLOOR = Path(__file__).resolve().parent / "runtime"

Step = Callable[[str, int, int], None]
"""Called with what comes next, how many are done, and how many there are."""


def quiet(subject: str, done: int, total: int) -> None:
    """A step that tells nobody."""


@dataclass(frozen=True, slots=True)
class Tree:
    """One output folder and what has to be in it, by relative path."""

    root: Path
    files: Mapping[str, bytes]
    only: tuple[str, ...] = ()
    """Prefixes of the paths that are this run's business; none means all."""

    def owns(self, path: str) -> bool:
        return not self.only or path.startswith(self.only)

    def survey(self) -> write.Survey:
        """Compare with the disk.

        A run for some providers leaves alone what speaks of all of them, unless
        it is not there yet.
        """
        files = {
            path: content
            for path, content in self.files.items()
            if self.owns(path) or not (self.root / path).exists()
        }
        return write.survey(self.root, files, self.owns)


@dataclass(frozen=True, slots=True)
class Output:
    """Everything that a run wants on disk, or the problems that forbid it."""

    providers: tuple[Provider, ...]
    trees: tuple[Tree, ...]
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        return failed(self.problems)


def produce(config: Config, only: Sequence[str] = (), step: Step = quiet) -> Output:
    """Make the whole output in memory; the disk is only read.

    `only` names providers; none means all.  Raises OSError.
    """
    step("specs", 0, 1)
    loaded = load(config.specs, config.root, only)
    if failed(loaded.problems):
        return Output((), (), loaded.problems)

    package = plan.package(loaded.providers, config.package)
    pages = docs.pages(loaded.providers, config.package) if config.docs else ()

    renderer = Renderer(config.templates, config.relative)
    package_files, problems = _render(renderer, package, step)
    page_files, more = _render(renderer, pages, step)
    if problems or more:
        return Output((), (), (*loaded.problems, *in_order([*problems, *more])))

    package_files.update(_floor(config.package))
    trees = _trees(config, package_files, page_files, only)
    return Output(loaded.providers, trees, loaded.problems)


def _render(
    renderer: Renderer, artefacts: Sequence[Artefact], step: Step
) -> tuple[dict[str, bytes], list[Problem]]:
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for done, artefact in enumerate(artefacts):
        step(artefact.path, done, len(artefacts))
        result = renderer.render(artefact)
        if isinstance(result, Problem):
            problems.append(result)
        else:
            files[artefact.path] = result
    return files, problems


def _floor(package: str) -> dict[str, bytes]:
    """The runtime modules, byte for byte."""
    return {
        f"{package}/_runtime/{module.relative_to(FLOOR).as_posix()}": module.read_bytes()
        for module in sorted(FLOOR.rglob("*.py"))
    }


def _trees(
    config: Config,
    package_files: Mapping[str, bytes],
    page_files: Mapping[str, bytes],
    only: Sequence[str],
) -> tuple[Tree, ...]:
    """One tree, or two where the docs live outside the output."""
    modules = [f"{config.package}/{provider}/" for provider in only]
    if only:
        modules.append(f"{config.package}/_runtime/")
    pages = [f"{provider}{end}" for provider in only for end in (".md", "/")]
    if config.docs is None:
        return (Tree(config.output, package_files, tuple(modules)),)
    if not config.docs.is_relative_to(config.output):
        return (
            Tree(config.output, package_files, tuple(modules)),
            Tree(config.docs, page_files, tuple(pages)),
        )
    folder = config.docs.relative_to(config.output).as_posix()
    prefix = "" if folder == "." else f"{folder}/"
    files = {prefix + path: content for path, content in page_files.items()}
    prefixes = (*modules, *(prefix + page for page in pages))
    return (Tree(config.output, {**package_files, **files}, prefixes),)
