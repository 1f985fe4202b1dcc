"""Tokens that an operation fetches, and clocks that one reads."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wirebook.code import Code, docstring, identifier, joined, literal
from wirebook.expression import Expression, call, subscript, union
from wirebook.layout import Assign, Parameter, Return, signature, statement, statements
from wirebook.model import FieldType, Operation, Provider, Scheme
from wirebook.naming import constant

from .function import Function
from .imports import Imports
from .module import Module
from .types import NONE, STR


class Helper(Struct, frozen=True):
    """A constant of auth.py and the functions that it names."""

    functions: tuple[Function, ...]
    constant: Code


def session_of(module: Module, operation: Operation) -> Expression | None:
    scheme = module.provider.scheme(operation.auth)
    if scheme is None or scheme.session is None:
        return None
    if scheme.session.operation == operation.id:
        return None
    module.own("auth")
    return identifier(f"auth.{constant(scheme.key)}_SESSION")


def server_time_of(module: Module, operation: Operation) -> Expression | None:
    scheme = module.provider.scheme(operation.auth)
    if scheme is None or scheme.clock is None:
        return None
    if scheme.clock.operation == operation.id:
        return None
    module.own("auth")
    return identifier(f"auth.{constant(scheme.key)}_CLOCK")


def helpers(module: Module, scheme: Scheme) -> Iterator[Helper]:
    """What the scheme has to have fetched before it can do its work."""
    if scheme.session is not None:
        yield _session(module, scheme)
    if scheme.clock is not None:
        yield _clock(module, scheme)


def _session(module: Module, scheme: Scheme) -> Helper:
    session = scheme.session
    assert session is not None
    operation = _operation(module.provider, session.operation)
    names = {"login": f"_{scheme.key}_login", "token": f"_{scheme.key}_token"}
    token = union(STR, module.floor("secret", "Secret"))
    functions = [
        _asking(module, names["login"], operation, "Fetch a token."),
        _reading(module, names["token"], operation, session.token, token),
    ]
    expires = None
    if session.expires is not None:
        expires = f"_{scheme.key}_end"
        moment = module.imports.name("datetime", "datetime")
        end = union(moment, identifier("float"), NONE)
        functions.append(_reading(module, expires, operation, session.expires, end))
    tree = call(
        module.floor("account", "Session"),
        literal(scheme.key),
        login=identifier(names["login"]),
        token=identifier(names["token"]),
        lifetime=None if session.lifetime is None else literal(session.lifetime),
        idle=literal(True) if session.idle else None,
        expires=None if expires is None else identifier(expires),
    )
    return Helper(tuple(functions), _final(module, f"{scheme.key}_session", tree))


def _clock(module: Module, scheme: Scheme) -> Helper:
    clock = scheme.clock
    assert clock is not None
    operation = _operation(module.provider, clock.operation)
    ask, read = f"_{scheme.key}_ask_time", f"_{scheme.key}_read_time"
    kind: Expression = identifier("float")
    if clock.field or operation.reply.returns == FieldType.DATETIME:
        kind = module.imports.name("datetime", "datetime")
    functions = (
        _asking(module, ask, operation, "Ask the provider for its time."),
        _reading(module, read, operation, clock.field, kind),
    )
    tree = call(
        module.floor("account", "ServerTime"),
        literal(scheme.key),
        ask=identifier(ask),
        read=identifier(read),
    )
    return Helper(functions, _final(module, f"{scheme.key}_clock", tree))


def _final(module: Module, name: str, tree: Expression) -> Code:
    final = module.imports.name("typing", "Final")
    return statement(Assign(identifier(constant(name)), tree, final), 0)


def _asking(module: Module, name: str, operation: Operation, words: str) -> Function:
    """A function from credentials to the call; it imports when called, because the
    operations import this module."""
    home = f".{operation.product}" if operation.product else "."
    imports = Imports()
    imports.annotations = False
    imports.name(home, "operations")
    credentials = {credential.name for credential in module.provider.credentials}
    known = {
        field.name: identifier(f"credentials.{field.name}")
        for field in operation.parameters
        if field.name in credentials
    }
    made = call(f"operations.{operation.name}", **known)
    result = subscript(
        module.floor("call", "Call"), module.imports.name("typing", "Any")
    )
    return Function(
        signature(
            name, [Parameter("credentials", identifier("Credentials"))], result, 0
        ),
        (
            docstring([words], 1),
            joined((imports.code(1), statement(Return(made), 1)), "\n\n    "),
        ),
    )


def _reading(
    module: Module, name: str, operation: Operation, field: str, kind: Expression
) -> Function:
    """A function from the operation's result to one of its fields.

    The result's own type would have to be imported from the operation's product,
    which is not loaded yet.
    """
    value = identifier(f"result.{field}" if field else "result")
    found = identifier("found")
    part = f"`{field}`" if field else "The result"
    return Function(
        signature(
            name, [Parameter("result", module.imports.name("typing", "Any"))], kind, 0
        ),
        (
            docstring([f"{part} of the reply of `{operation.id}`."], 1),
            *statements([Assign(found, value, kind), Return(found)], 1),
        ),
    )


def _operation(provider: Provider, id: str) -> Operation:
    for operation in provider.operations:
        if id in (operation.id, operation.name):
            return operation
    raise KeyError(id)
