"""The operations of a product as methods of its clients.

Both clients have the same, so what they share is planned once: the arguments, the
words and the call that is performed.  The asynchronous one awaits it.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wirebook.code import Code, docstring, identifier
from wirebook.derived import waits
from wirebook.expression import Bracketed, Expression, awaited, call
from wirebook.layout import Parameter, Return, signature, statements
from wirebook.model import Operation, Product, Provider

from .arguments import parameters, passed
from .documentation import operation_docstring
from .function import Function
from .iterations import iteration_method
from .module import Module
from .renamed import decorated, warning
from .replies import result_type
from .segments import count_method
from .waits import wait_method


class _Planned(Struct, frozen=True):
    """What both clients say of one operation."""

    operation: Operation
    parameters: tuple[Parameter, ...]
    result: Expression
    docstring: Code
    made: Bracketed


class Methods:
    """The operations of one product, for both of its clients."""

    def __init__(self, provider: Provider, product: Product) -> None:
        self._product = product
        self._shared = Module(provider, product, "client")
        self._planned = [self._plan(operation) for operation in product.operations]

    def of(
        self, module: Module, asynchronous: bool, perform: str
    ) -> Iterator[Function]:
        """Each operation, the iteration over its pages behind it; then what follows.

        perform: what performs a call, such as `self._core.perform`.
        """
        module.imports.include(self._shared.imports)
        for planned in self._planned:
            operation = planned.operation
            yield _method(module, planned, asynchronous, perform)
            if operation.renamed_from is not None:
                former = operation.renamed_from
                yield _former(module, planned, former, asynchronous)
            if operation.pages is not None:
                yield iteration_method(module, operation, asynchronous)
        for entry in waits(self._product):
            yield wait_method(module, *entry, asynchronous)
        if self._product.segments:
            yield count_method(module, self._product)

    def _plan(self, operation: Operation) -> _Planned:
        module = self._shared
        module.sibling("operations")
        return _Planned(
            operation,
            (Parameter("self"), *parameters(module, operation)),
            result_type(module, operation),
            operation_docstring(module, operation, 2),
            call(
                f"operations.{operation.name}",
                **{name: identifier(name) for name in passed(operation)},
            ),
        )


def _method(
    module: Module, planned: _Planned, asynchronous: bool, perform: str
) -> Function:
    return Function(
        decorated(
            module,
            planned.operation,
            _signature(planned.operation.name, planned, asynchronous),
        ),
        (planned.docstring, *_returned(call(perform, planned.made), asynchronous)),
    )


def _former(
    module: Module, planned: _Planned, name: str, asynchronous: bool
) -> Function:
    """The method under its former name."""
    operation = planned.operation
    given = {each: identifier(each) for each in passed(operation)}
    made = call(f"self.{operation.name}", **given)
    return Function(
        _signature(name, planned, asynchronous),
        (
            docstring([f"Former name of `{operation.name}`."], 2),
            warning(module, operation),
            *_returned(made, asynchronous),
        ),
    )


def _signature(name: str, planned: _Planned, asynchronous: bool) -> Code:
    keyword = "async def" if asynchronous else "def"
    return signature(name, planned.parameters, planned.result, 1, keyword)


def _returned(made: Bracketed, asynchronous: bool) -> tuple[Code, ...]:
    return statements([Return(awaited(made) if asynchronous else made)], 2)
