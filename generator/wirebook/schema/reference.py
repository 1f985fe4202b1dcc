"""The reference of the spec language, written from its JSON Schemas.

What editors complete and what people read cannot differ, for one is made of
the other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from . import load

Schema = Mapping[str, Any]

FILES = {
    "provider": "provider.yaml",
    "product": "<product>.yaml",
    "vectors": "vectors.yaml",
}


def reference() -> str:
    """Markdown: a table of keys for each file, then for each part of one."""
    parts = [
        "<!-- Written by `wirebook schema --reference`. Do not edit. -->\n",
        "# The spec language, key by key\n",
        "What each key takes and means, from the JSON Schemas that editors use. "
        "[README.md](README.md) says how to begin. Keys in bold must be there.\n",
    ]
    shared = load("provider")
    own = load("vectors")
    for kind, file in FILES.items():
        schema = shared if kind == "provider" else own if kind == "vectors" else None
        schema = schema or load("product")
        parts.append(f"## `{file}`\n")
        parts.extend(_section(schema, "##", file.partition(".")[0].strip("<>")))
    parts.append("## Parts\n")
    definitions = {**own["$defs"], **shared["$defs"]}
    for name in sorted(definitions):
        parts.append(f'<a id="{name}"></a>\n\n### {_title(name)}\n')
        parts.extend(_section(definitions[name], "###", name))
    return "\n".join(parts)


def _section(schema: Schema, level: str, name: str) -> Iterator[str]:
    if schema.get("description"):
        yield schema["description"] + "\n"
    properties: Schema = schema.get("properties", {})
    if not properties:
        yield f"Takes {_takes(schema)}.\n"
        return
    required = schema.get("required", ())
    rows = ["| Key | Takes | Meaning | For example |", "| --- | --- | --- | --- |"]
    for key, value in properties.items():
        shown = f"**`{key}`**" if key in required else f"`{key}`"
        example = _example(value)
        meaning = _cell(value.get("description", ""))
        rows.append(f"| {shown} | {_cell(_takes(value))} | {meaning} | {example} |")
    yield "\n".join(rows) + "\n"
    for key, value in properties.items():
        inner = _inner(value)
        if inner is not None:
            yield f"{level}# `{key}` of {_title(name)}\n"
            yield from _section(inner, f"{level}#", f"{key}")


def _inner(schema: Schema) -> Schema | None:
    """The mapping that is described in place, if there is one."""
    if "properties" in schema:
        return schema
    more = _more(schema)
    return more if more is not None and "properties" in more else None


def _more(schema: Schema) -> Schema | None:
    """What the values of free names are, where that is said."""
    more: Any = schema.get("additionalProperties")
    return cast("Schema", more) if isinstance(more, Mapping) else None


def _takes(schema: Schema) -> str:
    if "$ref" in schema:
        # "#/$defs/reply/properties/message": the key of another part.
        _, _, name, *deeper = schema["$ref"].split("/")
        link = f"[{_title(name)}](#{name})"
        return f"the same as `{deeper[-1]}` of {link}" if deeper else link
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`"
    if "enum" in schema:
        return " or ".join(f"`{_plain(value)}`" for value in schema["enum"])
    kinds = schema.get("type", "anything")
    words = [
        _kind(schema, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)
    ]
    return " or ".join(dict.fromkeys(words))


def _kind(schema: Schema, kind: str) -> str:
    match kind:
        case "array":
            return (
                f"a list of {_takes(schema['items'])}"
                if "items" in schema
                else "a list"
            )
        case "object":
            more = _more(schema)
            if more is not None and "properties" not in more:
                return f"names, each with {_takes(more)}"
            return "a mapping" if more is None else "names, each a mapping"
        case "string":
            pattern = schema.get("patternErrorMessage")
            return f"a text: {pattern}" if pattern else "a text"
        case "integer":
            return "a whole number"
        case "boolean":
            return "`true` or `false`"
        case "null":
            return "`null`"
        case _:
            return "a value" if kind == "anything" else f"a {kind}"


def _example(schema: Schema) -> str:
    for example in schema.get("examples", ()):
        return f"<code>{_cell(_html(_flow(example)))}</code>"
    return ""


def _flow(value: Any) -> str:
    """A value as YAML writes it on one line."""
    kind = _kind_of(value)
    if kind == "dict":
        return "{" + ", ".join(_entries(value)) + "}"
    if kind == "list":
        return "[" + ", ".join(_items(value)) + "]"
    return _word(value) if kind == "str" else json.dumps(value)


def _kind_of(value: object) -> str:
    return type(value).__name__


def _entries(values: Mapping[str, Any]) -> Iterator[str]:
    return (f"{_word(key)}: {_flow(value)}" for key, value in values.items())


def _items(values: Sequence[Any]) -> Iterator[str]:
    return (_flow(value) for value in values)


def _word(text: str) -> str:
    """A text as it may stand in YAML: plain where no reader twists it."""
    letters = re.sub(r"[ _.-]", "", text)
    word = letters.isascii() and letters.isalpha() and text.lower() not in _TWISTED
    number = re.fullmatch(r"-?[1-9][0-9]{0,14}|0", text)
    return text if word or number else json.dumps(text, ensure_ascii=False)


_TWISTED = {"yes", "no", "on", "off", "y", "n", "true", "false", "null"}


def _html(text: str) -> str:
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(character, entity)
    return text


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _cell(text: str) -> str:
    return text.replace("\n", " ").replace("|", "&#124;")


def _title(name: str) -> str:
    return name.replace("_", " ")
