"""Expressions and statements, laid out as black leaves them.

One rule does nearly all: what fits in 88 columns stands on one line and has no
trailing comma; what does not is opened at its outermost bracket, one item per
line, each with a comma, and every item follows the same rule.  A bracket with
a trailing comma is one that black keeps open, so the result is stable.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from .code import LINE_LENGTH, Code, identifier, literal, sealed, width


class Bracketed:
    """`head` + an opening bracket + items + the closing bracket + `tail`.

    An item is what stands before it (`name=`, `key: `, or nothing) and an
    expression.  Items end in a comma, or in nothing where `separator` is a space.
    """

    __slots__ = ("head", "opening", "items", "closing", "tail", "separator", "flat")

    def __init__(
        self,
        head: str,
        opening: str,
        items: Sequence[tuple[str, Expression]],
        closing: str,
        tail: str = "",
        separator: str = ", ",
    ) -> None:
        self.head, self.opening, self.closing, self.tail = head, opening, closing, tail
        self.items, self.separator = tuple(items), separator
        inner = separator.join(_texts(self))
        if opening == "(" and not head and len(self.items) == 1:
            inner += ","
        self.flat = f"{head}{opening}{inner}{closing}{tail}"

    @property
    def lone(self) -> bool:
        """Whether a single item stands without a comma: in a subscript it would be
        a tuple, in a call black adds none."""
        return bool(self.head) and not self.head.startswith(("def ", "async def "))

    def followed(self, tail: str) -> Bracketed:
        """The same with more behind it."""
        return Bracketed(
            self.head,
            self.opening,
            self.items,
            self.closing,
            self.tail + tail,
            self.separator,
        )


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands with an operator between: `a is None and b is None`."""

    operator: str
    operands: tuple[Expression, ...]


Expression: TypeAlias = Code | Bracketed | Chain


def flat(expression: Expression) -> str:
    match expression:
        case Bracketed():
            return expression.flat
        case Chain(operator, operands):
            return f" {operator} ".join(flat(operand) for operand in operands)
        case _:
            return expression


# Expressions

ELLIPSIS = sealed("...")


def call(
    function: str, *arguments: Expression, **keywords: Expression | None
) -> Bracketed:
    """`function(arguments, keyword=…)`; keywords that are None are left out."""
    items: list[tuple[str, Expression]] = [("", argument) for argument in arguments]
    for keyword, value in keywords.items():
        if value is not None:
            items.append((identifier(keyword) + "=", value))
    return Bracketed(identifier(function), "(", items, ")")


def super_init(*arguments: Expression, **keywords: Expression | None) -> Bracketed:
    """`super().__init__(…, **options)`."""
    made = call("_", *arguments, **keywords)
    items = [*made.items, ("", sealed("**options"))]
    return Bracketed("super().__init__", "(", items, ")")


def awaited(value: Bracketed) -> Bracketed:
    """`await value`."""
    head = f"await {value.head}"
    return Bracketed(head, value.opening, value.items, value.closing, value.tail)


def subscript(base: str, *items: Expression) -> Bracketed:
    """`base[items]`, for types."""
    return Bracketed(identifier(base), "[", [("", item) for item in items], "]")


def union(*types: Expression) -> Expression:
    """`A | B | None`; what holds a bracket keeps it for the layout."""
    texts = [flat(one) for one in types]
    opened = [one for one in types if isinstance(one, Bracketed)]
    if len(opened) != 1:
        return sealed(" | ".join(texts))
    at = types.index(opened[0])
    head = "".join(f"{text} | " for text in texts[:at])
    tail = "".join(f" | {text}" for text in texts[at + 1 :])
    one = opened[0].followed(tail)
    return Bracketed(head + one.head, one.opening, one.items, one.closing, one.tail)


def sequence(items: Iterable[Expression]) -> Bracketed:
    """A tuple."""
    return Bracketed("", "(", [("", item) for item in items], ")")


def listing(items: Iterable[Expression]) -> Bracketed:
    """A list."""
    return Bracketed("", "[", [("", item) for item in items], "]")


def mapping(items: Iterable[tuple[Expression, Expression]]) -> Bracketed:
    """A dict."""
    return Bracketed("", "{", [(f"{flat(k)}: ", v) for k, v in items], "}")


def texts(values: Iterable[str]) -> Bracketed:
    """A tuple of string literals."""
    return sequence(literal(value) for value in values)


def comprehension(
    value: Expression, variable: str, source: Expression, function: str = ""
) -> Bracketed:
    """`[value for variable in source]`, or `function(value for …)`."""
    loop = f"for {identifier(variable)} in "
    opening, closing = ("(", ")") if function else ("[", "]")
    head = identifier(function) if function else ""
    return Bracketed(
        head, opening, [("", value), (loop, source)], closing, separator=" "
    )


def lambda_(parameters: Iterable[str], value: Bracketed) -> Bracketed:
    """`lambda parameters: value`."""
    names = ", ".join(map(identifier, parameters))
    head = f"lambda {names}: {value.head}" if names else f"lambda: {value.head}"
    return Bracketed(head, value.opening, value.items, value.closing, value.tail)


def either(first: Expression, second: Expression) -> Expression:
    """`first or second`, both short."""
    return sealed(f"{flat(first)} or {flat(second)}")


def compare(left: Expression, operator: str, right: Expression) -> Expression:
    if operator not in ("==", "!=", "is", "is not", "in", "not in"):
        raise ValueError(f"{operator!r} is no comparison")
    return sealed(f"{flat(left)} {operator} {flat(right)}")


def equals(variable: Code, values: Sequence[str]) -> Expression:
    """Whether a text is the value, or one of the values."""
    if len(values) == 1:
        return compare(variable, "==", literal(values[0]))
    return compare(variable, "in", texts(values))


def is_given(variable: str) -> Code:
    return sealed(f"{identifier(variable)} is not None")


def every(*operands: Expression) -> Expression:
    return operands[0] if len(operands) == 1 else Chain("and", operands)


# Statements


@dataclass(frozen=True, slots=True)
class Assign:
    target: Code
    value: Expression
    annotation: Expression | None = None


@dataclass(frozen=True, slots=True)
class Declare:
    """`target: annotation`, with a default or without."""

    target: Code
    annotation: Expression
    default: Expression | None = None


@dataclass(frozen=True, slots=True)
class Return:
    value: Expression


@dataclass(frozen=True, slots=True)
class Raise:
    value: Expression


@dataclass(frozen=True, slots=True)
class If:
    test: Expression
    then: tuple[Statement, ...]
    otherwise: tuple[Statement, ...] = ()


Statement: TypeAlias = Assign | Declare | Return | Raise | If | Expression


@dataclass(frozen=True, slots=True)
class Parameter:
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


def _texts(value: Bracketed) -> list[str]:
    return [before + flat(item) for before, item in value.items]


def _wrapped(value: Expression, before: str, after: str, indent: int) -> list[str]:
    """As `_open`; what has no bracket of its own gets one where that helps."""
    margin = "    " * indent
    line = margin + before + flat(value) + after
    if width(line) <= LINE_LENGTH or isinstance(value, Bracketed):
        return _open(value, before, after, indent)
    inner = margin + "    "
    if isinstance(value, Chain):
        first, *rest = value.operands
        lines = [*_open(first, "", "", indent + 1)]
        for operand in rest:
            lines += _open(operand, f"{value.operator} ", "", indent + 1)
        return [f"{margin}{before}(", *lines, f"{margin}){after}"]
    if width(inner + value) <= LINE_LENGTH:
        return [f"{margin}{before}(", inner + value, f"{margin}){after}"]
    return [line]


def _open(value: Expression, before: str, after: str, indent: int) -> list[str]:
    margin = "    " * indent
    line = margin + before + flat(value) + after
    if (
        width(line) <= LINE_LENGTH
        or not isinstance(value, Bracketed)
        or not value.items
    ):
        return [line]
    lines = [margin + before + value.head + value.opening]
    comma = value.separator.rstrip(" ")
    inner = f"{margin}    {value.separator.join(_texts(value))}"
    if not comma and width(inner) <= LINE_LENGTH:
        # Without commas black keeps what is inside together as long as it can.
        return [*lines, inner, margin + value.closing + value.tail + after]
    if value.lone and len(value.items) == 1:
        comma = ""
    for prefix, item in value.items:
        lines += _open(item, prefix, comma, indent + 1)
    lines.append(margin + value.closing + value.tail + after)
    return lines
