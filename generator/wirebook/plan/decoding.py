"""From a reply's tree to a value: the getter of each field."""

from __future__ import annotations

from wirebook.code import Code, identifier, literal
from wirebook.expression import Expression, call, comprehension, texts
from wirebook.model import Field, FieldType

from .enums import spellings
from .module import Module
from .types import TEXTS, may_be_absent

GETTERS = {
    FieldType.INTEGER: "integer",
    FieldType.DECIMAL: "decimal",
    FieldType.BOOLEAN: "boolean",
    FieldType.DATETIME: "moment",
    FieldType.DATE: "day",
    FieldType.TIME: "time_of_day",
}


def decoder(module: Module, field: Field) -> Expression:
    """The value of a model's field, from the variable `tree`."""
    tree = identifier("tree")
    if field.list is None:
        return _getter(module, field, tree, field.wire, may_be_absent(field))
    decode = module.floor_module("decode")
    paths = [literal(path) for path in (field.wire, *field.wire_aliases)]
    if field.type is FieldType.OBJECT and field.model is not None:
        read = module.model_function("read", field.model)
        return call("tuple", call(f"{decode}.many", tree, literal(field.wire), read))
    if field.list.style == "joined":
        separator = literal(field.list.separator or ",")
        each = call(f"{decode}.pieces", tree, *paths, separator=separator)
    else:
        each = call(f"{decode}.each", tree, *paths)
    if field.list.style == "joined" and field.type in TEXTS and field.encode is None:
        return call("tuple", each)
    item = _getter(module, field, identifier("item"), "", optional=False)
    return comprehension(item, "item", each, "tuple")


def scalar_decoder(
    module: Module,
    kind: FieldType,
    tree: Expression,
    path: str,
    optional: bool = False,
) -> Expression:
    """A reply that is a single value."""
    decode = module.floor_module("decode")
    if kind is FieldType.JSON:
        return call(f"{decode}.json", tree, literal(path))
    if kind is FieldType.MAP:
        return call(f"{decode}.texts", tree, literal(path))
    name = GETTERS.get(kind, "text")
    prefix = "optional_" if optional else ""
    return call(f"{decode}.{prefix}{name}", tree, literal(path))


def _getter(
    module: Module, field: Field, tree: Code, path: str, optional: bool
) -> Expression:
    decode = module.floor_module("decode")
    maybe = "optional_" if optional else ""
    aliases = field.wire_aliases if path else ()
    paths = [literal(one) for one in (path, *aliases)]
    name, options = _options(module, field)
    if field.type is FieldType.OBJECT and field.model is not None:
        read = module.model_function("read", field.model)
        return call(f"{decode}.{maybe}one", tree, literal(path), read)
    if field.type in (FieldType.JSON, FieldType.MAP):
        # Both have a form for what is absent.
        maybe = ""
    return call(f"{decode}.{maybe}{name}", tree, *paths, **options)


def _options(module: Module, field: Field) -> tuple[str, dict[str, Expression | None]]:
    """The getter's name, and what it has to know beside the paths."""
    match field.type:
        case FieldType.ENUM if field.enum is not None:
            kind = module.enum_class(field.enum)
            further = spellings(module.enum(field.enum))
            table = None
            if further is not None:
                home, dot, _ = kind.rpartition(".")
                table = identifier(f"{home}{dot}{further}")
            return "enum", {"kind": kind, "spellings": table}
        case FieldType.STATUS if field.table is not None:
            return "member", {"table": module.table_constant(field.table)}
        case FieldType.BOOLEAN:
            spelling = texts(field.spelling) if field.spelling else None
            return "boolean", {"spelling": spelling}
        case FieldType.DATETIME | FieldType.DATE | FieldType.TIME:
            formats = [f for f in (field.format, *field.formats) if f]
            zone = field.zone if field.type is FieldType.DATETIME else None
            return GETTERS[field.type], {
                "formats": (
                    texts(formats) if formats and formats != ["iso8601"] else None
                ),
                "zone": None if zone is None else literal(zone),
            }
        case FieldType.BYTES:
            return "octets", {"encoding": literal(field.encode or "base64")}
        case FieldType.JSON:
            embedded = literal(True) if field.encode == "json" else None
            return "json", {"embedded": embedded}
        case FieldType.MAP:
            return "texts", {}
        case _ if field.type in GETTERS:
            return GETTERS[field.type], {}
        case _ if field.secret:
            return "secret", {}
        case _ if field.encode is not None:
            return "encoded_text", {"encoding": literal(field.encode)}
        case _:
            return "text", {}
