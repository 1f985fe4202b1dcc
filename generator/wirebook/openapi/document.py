"""The document: OpenAPI 3.0.3, which most tools read."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from wirebook.model import Field, Operation, Place, Product, Provider

from .loss import Loss, losses
from .reply import reply
from .schema import Json, Names

VERSION = "3.0.3"
_BODIES = {
    Place.JSON: "application/json",
    Place.FORM: "application/x-www-form-urlencoded",
    Place.XML: "application/xml",
    Place.MULTIPART: "multipart/form-data",
}
_BESIDE = (Place.PATH, Place.QUERY, Place.HEADER)


class Exported(Struct, frozen=True):
    document: Json
    losses: tuple[Loss, ...]


def export(provider: Provider) -> Exported:
    """The provider as other tools can take it, and what that leaves out."""
    names = Names(provider)
    lost = list(losses(provider))
    paths: dict[str, Json] = {}
    for product in provider.products:
        for operation in product.operations:
            path, method = operation.path, operation.method.lower()
            if method in paths.get(path, {}):
                lost.append(Loss(operation.id, "its address: another has the same"))
                path = f"{path}#{operation.name}"
            paths.setdefault(path, {})[method] = _operation(names, product, operation)
    document: Json = {
        "openapi": VERSION,
        "info": {"title": provider.title, "version": provider.version or "1"},
        "servers": [{"url": server.url} for server in provider.servers],
        "paths": paths,
        "components": {"schemas": names.components()},
    }
    if any(scheme.bearer for scheme in provider.schemes):
        bearer = {"bearer": {"type": "http", "scheme": "bearer"}}
        document["components"]["securitySchemes"] = bearer
        document["security"] = [{"bearer": []}]
    return Exported(document, tuple(lost))


def _operation(names: Names, product: Product, operation: Operation) -> Json:
    beside = [f for f in operation.parameters if _place(operation, f) in _BESIDE]
    inside = [f for f in operation.parameters if _place(operation, f) not in _BESIDE]
    made: Json = {
        "operationId": operation.id.replace(".", "_"),
        "summary": operation.summary,
        "parameters": [
            _parameter(names, product, _place(operation, field), field)
            for field in beside
        ],
        "responses": {"200": reply(names, product, operation)},
    }
    if product.key:
        made["tags"] = [product.key]
    if inside:
        media = _BODIES.get(operation.place, "application/octet-stream")
        content = {media: {"schema": _body(names, product, operation, inside)}}
        made["requestBody"] = {"required": True, "content": content}
    return made


def _place(operation: Operation, field: Field) -> Place:
    return field.place or operation.place


def _parameter(names: Names, product: Product, place: Place, field: Field) -> Json:
    made: Json = {
        "name": field.wire,
        "in": place.value,
        "required": place is Place.PATH or not _free(field),
        "schema": names.field(product, field),
    }
    if field.list is not None:
        made["explode"] = field.list.style != "joined"
    return made


def _body(
    names: Names, product: Product, operation: Operation, fields: Sequence[Field]
) -> Json:
    properties = {field.wire: names.field(product, field) for field in fields}
    for place, wire, value in operation.fixed:
        if (place or operation.place) not in _BESIDE:
            properties[wire] = {"type": "string", "enum": [str(value)]}
    required = [field.wire for field in fields if not _free(field)]
    made: Json = {"type": "object", "properties": properties}
    return {**made, "required": required} if required else made


def _free(field: Field) -> bool:
    return field.optional or field.default is not None
