"""OpenAPI documents, 2 and 3, in JSON or YAML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from .found import Call, Found, Value, tree, type_of

Tree = Any
_METHODS = ("get", "post", "put", "patch", "delete")
_TYPES = {"integer": "integer", "number": "decimal", "boolean": "boolean"}
_PLACES = {"formData": "form", "path": "path", "query": "query", "header": "header"}
_BODIES = {
    "application/json": "json",
    "application/x-www-form-urlencoded": "form",
    "multipart/form-data": "multipart",
}
_DEEPEST = 6


class _Document:
    def __init__(self, whole: Tree) -> None:
        self.whole = whole

    def at(self, node: Any) -> Any:
        """A node, its references followed inside of the document."""
        for _ in range(_DEEPEST):
            reference = tree(node).get("$ref")
            if reference is None:
                break
            node = self.whole
            for step in str(reference).lstrip("#/").split("/"):
                node = tree(node).get(step.replace("~1", "/").replace("~0", "~"))
        return tree(node)

    def properties(self, schema: Any) -> tuple[dict[str, Any], set[str]]:
        schema = self.at(schema)
        found: dict[str, Any] = dict(tree(schema.get("properties")))
        required: set[str] = set(schema.get("required") or ())
        for part in schema.get("allOf") or ():
            more, needed = self.properties(part)
            found |= more
            required |= needed
        return found, required


def openapi(whole: Tree) -> Found:
    """The operations of a document."""
    document = _Document(whole)
    found = Found(title=str(tree(whole.get("info")).get("title", "")))
    server, prefix = _server(whole)
    for path, item in tree(whole.get("paths")).items():
        shared = document.at(item).get("parameters") or ()
        for method in _METHODS:
            operation = item.get(method)
            if operation:
                call = Call(method.upper(), server, f"{prefix}{path}")
                _operation(document, call, operation, shared)
                found.calls.append(call)
    return found


def _server(whole: Tree) -> tuple[str, str]:
    if "swagger" in whole:
        scheme = (whole.get("schemes") or ["https"])[0]
        return f"{scheme}://{whole.get('host', '{host}')}", whole.get("basePath", "")
    servers = whole.get("servers") or [{"url": "https://{host}"}]
    parts = urlsplit(str(servers[0]["url"]))
    host = f"{parts.scheme}://{parts.netloc}" if parts.netloc else "https://{host}"
    return host, parts.path.rstrip("/")


def _operation(document: _Document, call: Call, operation: Tree, shared: Any) -> None:
    call.name = str(operation.get("operationId") or "")
    call.summary = str(operation.get("summary") or operation.get("description") or "")
    for parameter in (*shared, *(operation.get("parameters") or ())):
        given = document.at(parameter)
        if given.get("in") == "body":
            call.place = "json"
            call.values += _fields(document, given.get("schema"), "json")
        elif given.get("in") in _PLACES:
            place = _PLACES[given["in"]]
            call.place = "form" if place == "form" else call.place
            schema = document.at(given.get("schema") or given)
            value = _value(document, given["name"], schema, place)
            value.optional = not given.get("required") and place != "path"
            value.summary = str(given.get("description") or value.summary)
            call.values.append(value)
    content = tree(document.at(operation.get("requestBody")).get("content"))
    for media, body in content.items():
        carried = _BODIES.get(media.partition(";")[0])
        if carried:
            call.place = carried
            call.values += _fields(document, body.get("schema"), carried)
            break
    _security(document, call, operation)
    _replies(document, call, tree(operation.get("responses")))


def _fields(
    document: _Document, schema: Any, place: str, prefix: str = "", depth: int = 0
) -> Iterator[Value]:
    found, required = document.properties(schema)
    for wire, part in found.items():
        part = document.at(part)
        inner, _ = document.properties(part)
        if inner and place == "json" and depth < _DEEPEST:
            yield from _fields(document, part, place, f"{prefix}{wire}.", depth + 1)
            continue
        value = _value(document, f"{prefix}{wire}", part, place)
        value.optional = wire not in required or bool(prefix)
        yield value


def _value(document: _Document, wire: str, schema: Any, place: str) -> Value:
    kind = schema.get("type")
    style = ""
    if kind == "array":
        item = document.at(schema.get("items"))
        scalar = item.get("type") not in ("object", "array", None)
        kind = item.get("type") if scalar else "object"
        if scalar:
            style = "{json: true}" if place == "json" else "{repeat: true}"
    plain = _TYPES.get(str(kind)) or type_of(wire, "")
    if kind == "object":
        plain = "json"
    if schema.get("format") == "binary":
        plain = "file"
    limits = {
        ours: int(schema[theirs])
        for theirs, ours in (("maxLength", "max_length"), ("minLength", "min_length"))
        if isinstance(schema.get(theirs), int) and plain in ("string", "text")
    }
    summary = str(schema.get("description") or "")
    return Value(wire, place, plain, style, summary=summary, limits=limits)


def _security(document: _Document, call: Call, operation: Tree) -> None:
    whole = document.whole
    schemes = tree(tree(whole.get("components")).get("securitySchemes"))
    schemes = schemes or tree(whole.get("securityDefinitions"))
    for choice in operation.get("security", whole.get("security")) or ():
        for key in choice:
            scheme = document.at(schemes.get(key))
            if scheme.get("type") == "apiKey" and scheme.get("in") in _PLACES:
                call.values.append(Value(scheme["name"], scheme["in"]))
            call.basic = call.basic or "basic" in (
                scheme.get("type"),
                scheme.get("scheme"),
            )
            call.bearer = call.bearer or scheme.get("scheme") == "bearer"
            call.bearer = call.bearer or scheme.get("type") == "oauth2"
        break


def _replies(document: _Document, call: Call, responses: Tree) -> None:
    for code, response in responses.items():
        given = document.at(response)
        if not str(code).startswith("2"):
            call.errors.append(f"{code}: {given.get('description', '')}")
            continue
        content = tree(given.get("content"))
        for media, body in content.items():
            if "json" in media:
                call.reply = _sample(document, body.get("schema")) or call.reply
                call.shape = "json"
        if "schema" in given:
            call.reply = _sample(document, given["schema"]) or call.reply
            call.shape = "json"


def _sample(document: _Document, schema: Any, depth: int = 0) -> Any:
    """A value of the schema's shape."""
    schema = document.at(schema)
    found, _ = document.properties(schema)
    if found and depth < _DEEPEST:
        return {key: _sample(document, part, depth + 1) for key, part in found.items()}
    kinds = {"integer": 0, "number": 0.5, "boolean": True, "string": ""}
    return kinds.get(str(schema.get("type")))
