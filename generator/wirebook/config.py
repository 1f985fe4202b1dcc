"""Where a project keeps its specs and its output.

`[tool.wirebook]` of the nearest pyproject.toml that has one; its keys:

    specs      folder with one folder per provider           specs
    output     folder of everything that is generated        generated
    package    name of the generated Python package          clients
    docs       folder of the Markdown reference, or false    <output>/docs
    templates  folder whose templates replace the tool's     none
    imports    modules that those templates may import       []

Flags of the command line come before the file, the file before the defaults.
"""

from __future__ import annotations

import keyword
import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, cast

FILE = "pyproject.toml"
KEYS = ("specs", "output", "package", "docs", "templates")
"""What flags can say too."""
_KNOWN = (*KEYS, "imports")

_PACKAGE = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_MODULE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", re.ASCII)
# What the output or the tool itself imports by its absolute name.
_TAKEN = frozenset({"wirebook", "httpx2"})


class ConfigError(Exception):
    """The configuration cannot be used: the file, the key and the way out."""


class Config(NamedTuple):
    """All paths are absolute.

    No struct: a run without changes loads no library for it.
    """

    root: Path
    """The project: the folder of pyproject.toml, else the working directory."""
    specs: Path
    output: Path
    package: str
    docs: Path | None
    templates: Path | None
    imports: tuple[str, ...] = ()

    def relative(self, path: Path) -> str:
        """`path` as people write it: from the project where it is inside."""
        if path.is_relative_to(self.root):
            return path.relative_to(self.root).as_posix()
        return path.as_posix()


def load(
    start: Path | None = None, flags: Mapping[str, str | None] | None = None
) -> Config:
    """The configuration for a working directory.

    `flags` holds what the command line says, by the same keys; its relative
    paths count from `start`, those of the file from the file.  None means not
    given.  Raises ConfigError.
    """
    start = (start or Path.cwd()).resolve()
    file, table = _find(start)
    root = file.parent if file else start
    given = {key: value for key, value in (flags or {}).items() if value is not None}

    def path(key: str, default: str) -> Path:
        if key in given:
            return _inside(root, start, given[key], f"--{key}")
        value = table.get(key, default)
        if not isinstance(value, str) or not value:
            raise ConfigError(f"{file}: tool.wirebook.{key} must be a path in quotes")
        return _inside(root, root, value, f"{file}: tool.wirebook.{key}")

    def docs() -> Path | None:
        if "docs" not in given and table.get("docs") is False:
            return None
        folder = path("docs", str(output / "docs"))
        usual = _inside(root, root, str(table.get("output", "generated")), "output")
        if "docs" not in given and folder.is_relative_to(usual):
            # Docs inside the output go where --output goes.
            return output / folder.relative_to(usual)
        return folder

    specs = path("specs", "specs")
    output = path("output", "generated")
    if output.is_relative_to(specs):
        raise ConfigError(
            f"the output {output} lies inside the specs {specs}, where each folder is"
            " a provider; choose another output"
        )
    return Config(
        root=root,
        specs=specs,
        output=output,
        package=_package(given.get("package") or table.get("package", "clients")),
        docs=docs(),
        templates=(
            path("templates", "")
            if "templates" in given or "templates" in table
            else None
        ),
        imports=_imports(file, table.get("imports", [])),
    )


def _find(start: Path) -> tuple[Path | None, Mapping[str, object]]:
    for folder in (start, *start.parents):
        file = folder / FILE
        if file.is_file():
            table = _table(file)
            if table is not None:
                return file, table
    return None, {}


def _table(file: Path) -> Mapping[str, object] | None:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise ConfigError(f"{file} cannot be read: {problem}") from problem
    tool: object = content.get("tool", {})
    table = cast(dict[str, object], tool).get("wirebook") if tool else None
    if table is None:
        return None
    if not isinstance(table, dict):
        raise ConfigError(f"{file}: tool.wirebook must be a table")
    table = cast(dict[str, object], table)
    for key in table:
        if key not in _KNOWN:
            raise ConfigError(f"{file}: tool.wirebook has no key '{key}'{_hint(key)}")
    return table


def _hint(key: str) -> str:
    # Imported here: nearly every run is without mistakes.
    from difflib import get_close_matches

    close = get_close_matches(key, _KNOWN, n=1)
    if close:
        return f"; did you mean '{close[0]}'?"
    return "; it knows " + ", ".join(_KNOWN)


def _inside(root: Path, base: Path, value: str, what: str) -> Path:
    """A path that was asked for.

    A relative path never leaves the project, not even through a link: a pull
    request must not make the tool write elsewhere.  An absolute path is meant.
    """
    if Path(value).is_absolute():
        return Path(value).resolve()
    path = (base / value).resolve()
    if not path.is_relative_to(root):
        raise ConfigError(
            f"{what} leads out of the project {root}: {value!r}."
            " Name a folder inside it, or an absolute path"
        )
    return path


def _imports(file: Path | None, value: object) -> tuple[str, ...]:
    names = cast("list[object]", value) if isinstance(value, list) else [None]
    wrong = [n for n in names if not (isinstance(n, str) and _MODULE.fullmatch(n))]
    if wrong:
        raise ConfigError(
            f"{file}: tool.wirebook.imports must be a list of modules by their full"
            " names, in quotes"
        )
    return tuple(sorted(map(str, names)))


def _package(value: object) -> str:
    if not isinstance(value, str) or not _PACKAGE.fullmatch(value):
        raise ConfigError(
            f"package {value!r} is no package name: lower-case letters, digits and _"
        )
    if keyword.iskeyword(value) or value in sys.stdlib_module_names | _TAKEN:
        raise ConfigError(f"package '{value}' would hide another '{value}'; rename it")
    return value
