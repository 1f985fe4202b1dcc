"""Statements and signatures of the output, laid out as black leaves them.

What fits in 88 columns stands on one line and has no trailing comma; what does
not is opened at its outermost bracket, and every item follows the same rule.  A
bracket with a trailing comma is one that black keeps open, one item per line; a
call without one is one that black keeps together, so both are stable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct

from .code import LINE_LENGTH, Code, identifier, sealed, width
from .expression import Bracketed, Chain, Expression, call, flat


class Assign(Struct, frozen=True):
    """`target = value`, with an annotation or without."""

    target: Code
    value: Expression
    annotation: Expression | None = None


class Declare(Struct, frozen=True):
    """`target: annotation`, with a default or without."""

    target: Code
    annotation: Expression
    default: Expression | None = None


class Return(Struct, frozen=True):
    """`return value`."""

    value: Expression


class Raise(Struct, frozen=True):
    """`raise value`."""

    value: Expression


class If(Struct, frozen=True):
    """`if test: … else: …`; an only `If` in the other branch becomes an `elif`."""

    test: Expression
    then: tuple[Statement, ...]
    otherwise: tuple[Statement, ...] = ()


Statement: TypeAlias = Assign | Declare | Return | Raise | If | Expression


class Parameter(Struct, frozen=True):
    """Of a function; without an annotation it is a marker such as `*`."""

    name: str
    annotation: Expression | None = None
    default: Expression | None = None


def statement(node: Statement, indent: int) -> Code:
    """One statement at `indent` levels; its first line is bare."""
    return sealed("\n".join(_lines(node, indent)).lstrip(" "))


def statements(nodes: Iterable[Statement], indent: int) -> tuple[Code, ...]:
    return tuple(statement(node, indent) for node in nodes)


def signature(
    function: str,
    parameters: Sequence[Parameter],
    returns: Expression,
    indent: int,
    keyword: str = "def",
) -> Code:
    """`def function(parameters) -> returns:`; the first line is bare."""
    items: list[tuple[str, Expression]] = []
    for parameter in parameters:
        if parameter.annotation is None:
            items.append(("", sealed(_marker(parameter.name))))
            continue
        before = f"{_marker(parameter.name)}: "
        typed = _with_default(parameter.annotation, parameter.default)
        items.append((before, typed))
    head = f"{keyword} {identifier(function)}"
    tail = f" -> {flat(returns)}:"
    tree = Bracketed(head, "(", items, ")", tail)
    return sealed("\n".join(_open(tree, "", "", indent)).lstrip(" "))


def class_line(class_name: str, base: Code, **keywords: Expression | None) -> Code:
    """`class Name(Base, keyword=…):`."""
    tree = call(class_name, base, **keywords)
    head = f"class {tree.head}"
    tree = Bracketed(head, tree.opening, tree.items, tree.closing, ":")
    return sealed("\n".join(_open(tree, "", "", 0)))


def _marker(text: str) -> str:
    bare = text.lstrip("*")
    return "*" * (len(text) - len(bare)) + (identifier(bare) if bare else "")


def _with_default(annotation: Expression, default: Expression | None) -> Expression:
    if default is None:
        return annotation
    after = f" = {flat(default)}"
    if isinstance(annotation, Bracketed):
        return annotation.followed(after)
    return sealed(flat(annotation) + after)


def _lines(node: Statement, indent: int) -> list[str]:
    match node:
        case Assign(target, value, annotation):
            typed = f": {flat(annotation)}" if annotation is not None else ""
            return _wrapped(value, f"{target}{typed} = ", "", indent)
        case Declare(target, annotation, default):
            typed_value = _with_default(annotation, default)
            return _open(typed_value, f"{target}: ", "", indent)
        case Return(value):
            return _wrapped(value, "return ", "", indent)
        case Raise(value):
            return _wrapped(value, "raise ", "", indent)
        case If(test, then, otherwise):
            lines = _wrapped(test, "if ", ":", indent)
            for child in then:
                lines += _lines(child, indent + 1)
            if len(otherwise) == 1 and isinstance(otherwise[0], If):
                first, *rest = _lines(otherwise[0], indent)
                return [*lines, "    " * indent + "el" + first.lstrip(" "), *rest]
            if otherwise:
                lines.append("    " * indent + "else:")
                for child in otherwise:
                    lines += _lines(child, indent + 1)
            return lines
        case _:
            return _open(node, "", "", indent)


def _wrapped(value: Expression, before: str, after: str, indent: int) -> list[str]:
    """As `_open`; what has no bracket of its own gets one where that helps."""
    margin = "    " * indent
    line = margin + before + flat(value) + after
    if width(line) <= LINE_LENGTH:
        return [line]
    if isinstance(value, Bracketed):
        return _open(value, before, after, indent)
    inner = margin + "    "
    if isinstance(value, Chain):
        lines = _operands(value, "", "", indent + 1)
        return [f"{margin}{before}(", *lines, f"{margin}){after}"]
    if width(inner + value) <= LINE_LENGTH:
        return [f"{margin}{before}(", inner + value, f"{margin}){after}"]
    return [line]


def _operands(chain: Chain, before: str, after: str, indent: int) -> list[str]:
    """One operand per line; the operator leads."""
    first, *rest = chain.operands
    lines = _open(first, before, "" if rest else after, indent)
    for operand in rest:
        end = after if operand is rest[-1] else ""
        lines += _open(operand, f"{chain.operator} ", end, indent)
    return lines


def _open(value: Expression, before: str, after: str, indent: int) -> list[str]:
    margin = "    " * indent
    line = margin + before + flat(value) + after
    if width(line) <= LINE_LENGTH:
        return [line]
    if isinstance(value, Chain):
        return _operands(value, before, after, indent)
    if not isinstance(value, Bracketed) or not value.items:
        return [line]
    lines = [margin + before + value.head + value.opening]
    comma = value.separator.rstrip(" ")
    lone = value.lone
    if not comma or (lone and sum(bool(before) for before, _ in value.items) < 4):
        # Black keeps what a call or comprehension holds together if it can.
        inner = f"{margin}    {value.separator.join(value.texts())}"
        if width(inner) <= LINE_LENGTH:
            return [*lines, inner, margin + value.closing + value.tail + after]
    if lone and len(value.items) == 1:
        comma = ""
    for prefix, item in value.items:
        lines += _open(item, prefix, comma, indent + 1)
    lines.append(margin + value.closing + value.tail + after)
    return lines
