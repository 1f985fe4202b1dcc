"""operations.py: for each operation its facts, a pure function from arguments to a
call, and the reader of its reply."""

from __future__ import annotations

from msgspec import Struct

from wirebook.code import Code, docstring
from wirebook.derived import waits
from wirebook.expression import subscript
from wirebook.layout import Parameter, signature, statements
from wirebook.model import Operation, Product, Provider
from wirebook.prose import Prose

from .arguments import parameters
from .function import Function
from .iterations import iteration
from .module import Module
from .operation_facts import facts
from .replies import readers, result_type
from .requests import request_lines
from .waits import wait


class PlannedOperation(Struct, frozen=True):
    """The facts of an operation; its function, and the readers of its replies."""

    constant: Code
    functions: tuple[Function, ...]


class Operations(Struct, frozen=True):
    """What operations.py contains."""

    docstring: Code
    imports: Code
    operations: tuple[PlannedOperation, ...]
    follow_ups: tuple[Function, ...]


def operations(provider: Provider, product: Product) -> Operations:
    module = Module(provider, product, "operations")
    entries = tuple(_operation(module, entry) for entry in product.operations)
    follow_ups = [
        iteration(module, entry) for entry in product.operations if entry.pages
    ]
    follow_ups += [wait(module, *entry) for entry in waits(product)]
    title = product.title or provider.title
    words = Prose(0).summary(
        f"The calls of {title}: pure functions from arguments to a call."
    )
    text = docstring(words.text())
    return Operations(text, module.imports.code(), entries, tuple(follow_ups))


def _operation(module: Module, operation: Operation) -> PlannedOperation:
    kind = subscript(module.floor("call", "Call"), result_type(module, operation))
    constant = facts(module, operation)
    function = Function(
        signature(operation.name, parameters(module, operation), kind, 0),
        statements(request_lines(module, operation), 1),
    )
    reading = [
        Function(
            signature(name, [_reply_parameter(module)], result, 0),
            statements(lines, 1),
        )
        for name, result, lines in readers(module, operation)
    ]
    return PlannedOperation(constant, (function, *reading))


def _reply_parameter(module: Module) -> Parameter:
    return Parameter("reply", module.floor("call", "Reply"))
