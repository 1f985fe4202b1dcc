"""The imports of one module, gathered while its text is planned.

Only what is used is imported, in the order that isort and ruff want.
"""

from __future__ import annotations

import re

from wirebook.code import LINE_LENGTH, Code, identifier, joined, sealed, width


class Imports:
    """Names by the module they come from; relative modules start with dots."""

    def __init__(self) -> None:
        self._names: dict[str, set[str]] = {}
        self._renamed: set[tuple[str, str, str]] = set()
        self._modules: set[tuple[str, str]] = set()
        self.annotations = True
        """Whether annotations are postponed."""

    def name(self, module: str, name: str) -> Code:
        """`from module import name`."""
        self._names.setdefault(module, set()).add(name)
        return identifier(name)

    def renamed(self, module: str, name: str, alias: str) -> Code:
        """`from module import name as alias`."""
        self._renamed.add((module, name, alias))
        return identifier(alias)

    def module(self, module: str, alias: str) -> Code:
        """`import module as alias`."""
        self._modules.add((module, alias))
        return identifier(alias)

    def include(self, other: Imports) -> None:
        """What `other` imports too."""
        for module, names in other._names.items():
            self._names.setdefault(module, set()).update(names)
        self._renamed |= other._renamed
        self._modules |= other._modules

    def code(self, indent: int = 0) -> Code:
        """All imports, in groups; empty where there are none."""
        future = [sealed("from __future__ import annotations")]
        plain = [
            sealed(f"import {_path(module)} as {identifier(alias)}")
            for module, alias in sorted(self._modules)
        ]
        groups = (
            future if self.annotations else [],
            plain + self._lines(indent, relative=False),
            self._lines(indent, relative=True),
        )
        margin = "    " * indent
        texts = [joined(group, "\n" + margin) for group in groups if group]
        return joined(texts, "\n\n" + margin)

    def _lines(self, indent: int, relative: bool) -> list[Code]:
        lines: list[tuple[tuple[object, ...], Code]] = []
        for module, names in self._names.items():
            if module.startswith(".") is relative:
                line = _from(module, sorted(names, key=_by_type), indent)
                lines.append(((*_by_distance(module), 0, ""), line))
        for module, name, alias in self._renamed:
            if module.startswith(".") is relative:
                text = f"{identifier(name)} as {identifier(alias)}"
                line = sealed(f"from {_path(module)} import {text}")
                lines.append(((*_by_distance(module), 1, name), line))
        return [line for _, line in sorted(lines, key=lambda pair: pair[0])]


def _from(module: str, names: list[str], indent: int) -> Code:
    margin = "    " * indent
    line = f"from {_path(module)} import {', '.join(map(identifier, names))}"
    if width(margin + line) <= LINE_LENGTH:
        return sealed(line)
    items = "".join(f"\n{margin}    {identifier(name)}," for name in names)
    return sealed(f"from {_path(module)} import ({items}\n{margin})")


def _path(module: str) -> str:
    bare = module.lstrip(".")
    return module[: len(module) - len(bare)] + (identifier(bare) if bare else "")


def _by_distance(module: str) -> tuple[int, str]:
    bare = module.lstrip(".")
    return len(bare) - len(module), bare


def _by_type(name: str) -> tuple[int, list[tuple[int, str]], str]:
    """Constants, classes, the rest; each ignoring case, numbers by their value."""
    kind = 1 if name[:1].isupper() else 2
    if name.isupper() and len(name) > 1:
        kind = 0
    pieces = re.split(r"([0-9]+)", name.lower())
    natural = [(int(p), "") if p.isdigit() else (-1, p) for p in pieces if p]
    return kind, natural, name
