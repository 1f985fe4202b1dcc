"""A Python example for an operation, made from its first vector."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeGuard

from wirebook.arguments import find_enum, find_model
from wirebook.code import Code, identifier, joined, literal, sealed
from wirebook.expression import Expression, call, listing, mapping
from wirebook.layout import Assign, Statement, statement
from wirebook.markdown import Markdown, fence
from wirebook.model import Field, FieldType, Model, Operation, Product, Vector

from .docs_page import NOTHING, Page


class _Unwritable(Exception):
    """A value for which no short Python exists."""


def python(
    page: Page, package: str, operation: Operation, vectors: Iterable[Vector]
) -> Markdown:
    """Imports, client, call, print; nothing where no vector has a good answer."""
    for vector in sorted(vectors, key=lambda vector: vector.raises is not None):
        if vector.operation == operation.id:
            try:
                return fence("python", _Example(page, package, operation).code(vector))
            except (_Unwritable, ValueError, KeyError, TypeError):
                # Its arguments are ones that a test refuses on purpose.
                continue
    return NOTHING


class _Example:
    """The text of one example, with the imports that it needs."""

    def __init__(self, page: Page, package: str, operation: Operation) -> None:
        self._page = page
        self._package = package
        self._operation = operation
        self._modules: dict[str, set[str]] = {}
        self._plain: set[str] = set()

    def code(self, vector: Vector) -> Code:
        body = [statement(node, 1) for node in self._body(vector)]
        provider = identifier(self._page.provider.id)
        opening = statement(call(f"{provider}.Client", **self._client(vector)), 0)
        lines = [
            *(f"import {module}" for module in sorted(self._plain)),
            *(
                f"from {module} import {', '.join(sorted(names))}"
                for module, names in sorted(self._modules.items())
            ),
            *([""] if self._plain or self._modules else []),
            f"from {identifier(self._package)} import {provider}",
            "",
            f"with {opening} as client:",
            *(f"    {line}" for line in body),
        ]
        return joined(map(sealed, lines), "\n")

    def _client(self, vector: Vector) -> dict[str, Expression]:
        """What the environment cannot give."""
        provider = self._page.provider
        given = vector.client
        arguments: dict[str, Expression] = {}
        for credential in provider.credentials:
            if credential.env is None and not credential.optional:
                value = given.get(credential.name) or credential.example
                arguments[credential.name] = literal(str(value or "…"))
        for setting in provider.settings:
            if setting.default is None and setting.env is None:
                arguments[setting.name] = literal(str(given.get(setting.name, "…")))
        return arguments

    def _body(self, vector: Vector) -> list[Statement]:
        operation = self._operation
        fields = {field.name: field for field in operation.parameters}
        arguments: dict[str, Expression] = {}
        for key, value in vector.arguments.items():
            if value is None:
                continue
            if key == "variant":
                arguments[key] = literal(str(value))
            else:
                arguments[key] = self._argument(fields[key], value)
        if any(
            field.name not in arguments
            for field in operation.parameters
            if not field.optional and field.default is None
        ):
            raise _Unwritable
        path = ("client", operation.product, operation.name)
        function = ".".join(part for part in path if part)
        answer = call(function, **arguments)
        if operation.reply.returns is None:
            return [answer]
        return [
            Assign(identifier("result"), answer),
            call("print", identifier("result")),
        ]

    def _argument(self, field: Field, value: Any) -> Expression:
        if field.list is not None and field.type is not FieldType.ROWS:
            items = value if _is_list(value) else [value]
            return listing(self._item(field, item) for item in items)
        return self._item(field, value)

    def _item(self, field: Field, value: Any) -> Expression:
        match field.type:
            case FieldType.INTEGER:
                return literal(int(value))
            case FieldType.BOOLEAN:
                return literal(str(value).lower() == "true")
            case FieldType.DECIMAL:
                self._modules.setdefault("decimal", set()).add("Decimal")
                return call("Decimal", literal(str(value)))
            case FieldType.DATETIME if self._operation.does == "submits":
                # The moment of the vector is long past.
                names = self._modules.setdefault("datetime", set())
                names |= {"UTC", "datetime", "timedelta"}
                return sealed("datetime.now(UTC) + timedelta(hours=1)")
            case FieldType.DATETIME | FieldType.DATE | FieldType.TIME:
                kind = field.type.value
                self._modules.setdefault("datetime", set()).add(kind)
                return call(f"{kind}.fromisoformat", literal(str(value)))
            case FieldType.BYTES:
                self._plain.add("base64")
                return call("base64.b64decode", literal(str(value)))
            case FieldType.ENUM:
                return self._member(field, str(value))
            case FieldType.OBJECT:
                return self._record(field, value)
            case FieldType.MAP | FieldType.JSON | FieldType.ROWS:
                return _plain(value)
            case FieldType.FILE:
                raise _Unwritable
            case _:
                return literal(str(value))

    def _member(self, field: Field, value: str) -> Expression:
        provider = self._page.provider
        enum = find_enum(provider, self._operation.product, field.enum)
        for row in enum.values:
            if value in (row.value, row.name, *row.aliases):
                return self._public(enum.class_name, row.name, enum)
        raise _Unwritable

    def _record(self, field: Field, value: Mapping[str, Any]) -> Expression:
        provider = self._page.provider
        model: Model = find_model(provider, self._operation.product, field.model)
        parts = {part.name: part for part in model.fields}
        arguments = {
            key: self._argument(parts[key], part) for key, part in value.items()
        }
        return call(str(self._public(model.class_name, "", model)), **arguments)

    def _public(self, class_name: str, member: str, entry: object) -> Code:
        """A class by the name under which users import it."""
        product: Product = self._page.product
        shared = self._page.provider.shared
        own = entry not in (*shared.enums, *shared.models)
        path = (self._page.provider.id, product.key if own else "", class_name, member)
        return identifier(".".join(part for part in path if part))


def _plain(value: object) -> Expression:
    if _is_mapping(value):
        return mapping((literal(str(key)), _plain(part)) for key, part in value.items())
    if _is_list(value):
        return listing(_plain(part) for part in value)
    if value is None or isinstance(value, str | int | float):
        return literal(value)
    raise _Unwritable


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def _is_mapping(value: object) -> TypeGuard[Mapping[object, object]]:
    return isinstance(value, Mapping)
