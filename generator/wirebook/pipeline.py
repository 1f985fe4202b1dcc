"""From specs to files: the stages of the tool, in their order.

specs    which providers there are
job      each provider's files, and everything else its output depends on
cache    what an earlier run made of the same
work     load, plan, render: what each job becomes, on an executor
write    the tree on disk, or its difference
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from . import specs, tool, write
from .cache import Cache
from .config import Config
from .entry import Entry
from .job import Job, Setup, Whole
from .made import Content, Made
from .problem import Problem, failed, in_order
from .seen import Seen

PACKED = 4_000_000
"""Bytes of spec from which on what is made waits compressed: some 25 MB of output."""

Step = Callable[[str, int, int], None]
"""Called with what comes next, how many are done, and how many there are."""


def quiet(subject: str, done: int, total: int) -> None:
    """A step that tells nobody."""


class Tree(Struct, frozen=True):
    """One output folder and what has to be in it, by relative path."""

    root: Path
    files: Mapping[str, Content]
    only: tuple[str, ...] = ()
    """Prefixes of the paths that are this run's business; none means all."""

    def owns(self, path: str) -> bool:
        return not self.only or path.startswith(self.only)

    def survey(self, seen: Seen | None = None) -> write.Survey:
        """Compare with the disk.

        A run for some providers leaves alone what speaks of all of them, unless
        it is not there yet.
        """
        files = {
            path: content
            for path, content in self.files.items()
            if self.owns(path) or not (self.root / path).exists()
        }
        return write.survey(self.root, files, self.owns, seen=seen)


class Output(Struct, frozen=True):
    """Everything that a run wants on disk, or the problems that forbid it."""

    entries: tuple[Entry, ...]
    trees: tuple[Tree, ...]
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        return failed(self.problems)


class Means(Struct, frozen=True):
    """How a run works; nothing here changes what it makes."""

    cache: Cache | None = None
    seen: Seen | None = None
    executor: str | None = None
    """See `wirebook.executor`; None leaves the choice to the tool."""
    step: Step = field(default=quiet)


def produce(
    config: Config, only: Sequence[str] = (), means: Means | None = None
) -> Output:
    """Make the whole output in memory; the disk is only read.

    `only` names providers; none means all.  Raises OSError and Unusable.
    """
    means = means or Means()
    means.step("specs", 0, 1)
    folders, problems = specs.folders(config.specs, config.root, only, means.seen)
    contents, large = specs.contents(folders.values(), config.root, means.seen)
    problems += large
    setup = Setup(
        package=config.package,
        docs=config.docs is not None,
        tool=tool.digest(config.templates, means.seen),
        root=config.root,
        templates=config.templates,
        imports=config.imports,
        packed=means.cache is not None or _size(contents) > PACKED,
    )
    jobs = [Job(setup, files) for files in contents]
    made = _made(jobs, means)
    problems = in_order([*problems, *(each for one in made for each in one.problems)])
    if failed(problems):
        return Output((), (), tuple(problems))

    entries = tuple(one.entry for one in made if one.entry)
    whole = _whole(Whole(setup, entries), means.cache)
    if whole.failed:
        return Output((), (), (*problems, *whole.problems))
    if means.cache:
        means.cache.prune()
    return Output(entries, _trees(config, [whole, *made], only), tuple(problems))


def _size(contents: Sequence[Mapping[str, bytes]]) -> int:
    return sum(len(content) for files in contents for content in files.values())


def _made(jobs: Sequence[Job], means: Means) -> list[Made]:
    """What each job became, in their order."""
    cache = means.cache
    keys = [job.key for job in jobs] if cache else []
    made: list[Made | None] = [None] * len(jobs)
    if cache:
        made = [cache.get(key) for key in keys]
    left = sorted(
        (index for index, one in enumerate(made) if one is None),
        # The longest first: none of them is left over for the end.
        key=lambda index: -jobs[index].size,
    )
    if left:
        # Imported here: a run without changes needs none of it.
        from concurrent.futures import as_completed

        from .executor import executor
        from .work import make

        with executor(means.executor, [jobs[index] for index in left]) as pool:
            futures = {pool.submit(make, jobs[index]): index for index in left}
            for done, future in enumerate(as_completed(futures)):
                index = futures.pop(future)
                made[index] = one = future.result()
                means.step(_name(one), done, len(left))
                if cache and not one.failed:
                    cache.put(keys[index], one)
    return [one for one in made if one is not None]


def _name(made: Made) -> str:
    return made.entry.id if made.entry else "specs"


def _whole(whole: Whole, cache: Cache | None) -> Made:
    key = whole.key
    made = cache.get(key) if cache else None
    if made is None:
        from .work import make_whole

        made = make_whole(whole)
        if cache and not made.failed:
            cache.put(key, made)
    return made


def _trees(
    config: Config, made: Sequence[Made], only: Sequence[str]
) -> tuple[Tree, ...]:
    """One tree, or two where the docs live outside the output."""
    modules = {path: content for one in made for path, content in one.modules.items()}
    pages = {path: content for one in made for path, content in one.pages.items()}
    own = [f"{config.package}/{provider}/" for provider in only]
    if only:
        own.append(f"{config.package}/_runtime/")
    own_pages = [f"{provider}{end}" for provider in only for end in (".md", "/")]
    if config.docs is None:
        return (Tree(config.output, modules, tuple(own)),)
    if not config.docs.is_relative_to(config.output):
        return (
            Tree(config.output, modules, tuple(own)),
            Tree(config.docs, pages, tuple(own_pages)),
        )
    folder = config.docs.relative_to(config.output).as_posix()
    prefix = "" if folder == "." else f"{folder}/"
    files = {**modules, **{prefix + path: each for path, each in pages.items()}}
    return (Tree(config.output, files, (*own, *(prefix + page for page in own_pages))),)
