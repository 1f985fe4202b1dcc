"""Expressions of the output: trees that know how they read on one line.

Nothing here breaks lines; `layout` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct

from .code import Code, identifier, literal, sealed


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
        inner = separator.join(self.texts())
        if opening == "(" and not head and len(self.items) == 1:
            inner += ","
        self.flat = f"{head}{opening}{inner}{closing}{tail}"

    def texts(self) -> list[str]:
        """The items as they read on one line."""
        # Most items are code, and this is called for every bracket of the output.
        return [
            before + (item if isinstance(item, Code) else flat(item))
            for before, item in self.items
        ]

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


class Chain(Struct, frozen=True):
    """Operands with an operator between: `a is None and b is None`."""

    operator: str
    operands: tuple[Expression, ...]


Expression: TypeAlias = Code | Bracketed | Chain


def flat(expression: Expression) -> str:
    if isinstance(expression, Code):
        return expression
    if isinstance(expression, Bracketed):
        return expression.flat
    return f" {expression.operator} ".join(map(flat, expression.operands))


# Expressions

ELLIPSIS = sealed("...")
NO_BYTES = sealed('b""')


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
    """`first or second`."""
    return Chain("or", (first, second))


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
