"""Iterations over pages: which calls there will be, and the method that makes them.

Planned twice: as a function of operations.py that says how to ask, and as a method of
the clients that does.
"""

from __future__ import annotations

from wirebook.code import docstring, identifier, literal
from wirebook.derived import MOST, iterator_name
from wirebook.expression import Expression, call, lambda_, subscript, union
from wirebook.layout import Parameter, Return, signature, statements
from wirebook.model import Operation, Pages
from wirebook.prose import Prose, sentences

from .arguments import argument_parameter, choice, passed
from .documentation import argument_text
from .function import Function
from .module import Module
from .paths import NOTHING, field_at, reading, result_of
from .types import NONE, element


def iteration(module: Module, operation: Operation) -> Function:
    """`operations.iter_replies(…)`: how the list is asked for."""
    pages = _pages(operation)
    result = result_of(module, operation)
    kind = subscript(
        module.floor("paging", "Pages"), result, _item(module, operation, pages)
    )
    told = {"token": pages.token, "link": pages.link}
    by_reply = pages.style in told
    given = {name: identifier(name) for name in passed(operation)}
    others = {name for name in given if name != pages.parameter}
    position = "position_" if "position" in others else "position"
    if pages.parameter:
        given[pages.parameter] = identifier(position)
    else:
        position = "_"
    asked = call(operation.name, **given)
    made = call(
        "Pages",
        lambda_((position,), asked),
        reading(module, operation, "page", pages.items, NOTHING),
        style=None if pages.style == "number" else literal(pages.style),
        first=None if by_reply else literal(pages.first),
        total=_maybe(module, operation, pages.total),
        pages=_maybe(module, operation, pages.pages),
        token=_maybe(module, operation, told.get(pages.style)),
    )
    parameters = _parameters(module, operation, pages.parameter)
    name = iterator_name(operation.name)
    return Function(
        signature(name, parameters, kind, 0),
        (
            docstring(["The pages of the list, asked for one after the other."], 1),
            *statements([Return(made)], 1),
        ),
    )


def iteration_method(
    module: Module, operation: Operation, asynchronous: bool
) -> Function:
    """`client.iter_replies(…)`: the items of all pages."""
    pages = _pages(operation)
    kind = "AsyncIterator" if asynchronous else "Iterator"
    found = subscript(
        module.imports.name("collections.abc", kind), _item(module, operation, pages)
    )
    limit = Parameter(MOST, union(identifier("int"), NONE), NONE)
    parameters = _parameters(module, operation, pages.parameter)
    parameters = [*(parameters or [Parameter("*")]), limit]
    name = iterator_name(operation.name)
    names = [name for name in passed(operation) if name != pages.parameter]
    module.sibling("operations")
    made = call(f"operations.{name}", **{n: identifier(n) for n in names})
    performed = call("self._core.iterate", made, identifier(MOST))
    heading = sentences(operation.summary) or operation.name.replace("_", " ")
    words = Prose(2).summary(f"{heading} Page by page, as one iteration.")
    use = "async for" if asynchronous else "for"
    words.paragraph(
        f"Pages of `{operation.name}`, each asked for when its first item is wanted:"
        f" nothing is sent before `{use}`, and nothing behind the item that it stops at."
    )
    arguments = [
        (field.name, argument_text(field))
        for field in operation.parameters
        if field.name in names
    ]
    words.section("Args", [*arguments, (MOST, "The largest number of items.")])
    words.section("Raises", [("Error", f"As `{operation.name}`.")])
    return Function(
        signature(name, [Parameter("self"), *parameters], found, 1),
        (docstring(words.text(), 2), *statements([Return(performed)], 2)),
    )


def _pages(operation: Operation) -> Pages:
    assert operation.pages is not None
    return operation.pages


def _item(module: Module, operation: Operation, pages: Pages) -> Expression:
    """The type of an item."""
    reply = operation.reply
    assert reply.returns is not None
    if not pages.items:
        return module.model_class(reply.returns)
    return element(module, field_at(module, module.model(reply.returns), pages.items))


def _parameters(module: Module, operation: Operation, without: str) -> list[Parameter]:
    found = [
        argument_parameter(module, field)
        for field in operation.parameters
        if field.name != without
    ]
    if operation.variants:
        keys = [variant.key for variant in operation.variants]
        found.append(choice(module, "variant", keys, keys[0]))
    return [Parameter("*"), *found] if found else []


def _maybe(module: Module, operation: Operation, path: str | None) -> Expression | None:
    return None if path is None else reading(module, operation, "page", path, NONE)
