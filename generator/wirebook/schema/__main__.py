"""``python -m wirebook.schema``: copy what is shared, lay the files out, and write the
reference of the language beside the specs of this repository."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from . import KINDS, Kind, load
from .reference import reference

WIDTH = 100
REFERENCE = Path(__file__).parents[3] / "specs" / "REFERENCE.md"
SHARED = ("spec", "statuses", "enums", "models", "operations", "callbacks", "segments")
"""Properties of both provider.json and product.json."""


def assembled() -> dict[Kind, str]:
    """The text of every schema with the shared parts of provider.json in it."""
    schemas: dict[Kind, dict[str, Any]] = {kind: dict(load(kind)) for kind in KINDS}
    provider, product, vectors = (schemas[kind] for kind in KINDS)
    properties = dict(product["properties"])
    properties |= {key: provider["properties"][key] for key in SHARED}
    product["properties"] = properties
    product["$defs"] = _needed(product, provider["$defs"])
    own = vectors["$defs"]
    vectors["$defs"] = {key: provider["$defs"].get(key, own[key]) for key in own}
    return {kind: _laid_out(schemas[kind]) + "\n" for kind in KINDS}


def _needed(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """The definitions that a schema refers to, directly or not."""
    found: set[str] = set()
    waiting: list[Any] = [{key: schema[key] for key in schema if key != "$defs"}]
    while waiting:
        for name in _references(waiting.pop()) - found:
            found.add(name)
            waiting.append(definitions[name])
    return {name: definitions[name] for name in definitions if name in found}


def _references(part: Any) -> set[str]:
    return set(re.findall(r'"\$ref": "#/\$defs/([a-z_]+)', json.dumps(part)))


def _laid_out(part: Any, indent: int = 0, lead: int = 0) -> str:
    """JSON with whatever fits one line on one line."""
    line = json.dumps(part, ensure_ascii=False)
    if indent + lead + len(line) < WIDTH or line[0] not in "{[":
        return line
    space = " " * (indent + 2)
    rows: list[str] = []
    if line[0] == "{":
        for key, value in part.items():
            name = json.dumps(key, ensure_ascii=False) + ": "
            rows.append(name + _laid_out(value, indent + 2, len(name)))
    else:
        rows += [_laid_out(item, indent + 2) for item in part]
    content = f",\n{space}".join(rows)
    return f"{line[0]}\n{space}{content}\n{' ' * indent}{line[-1]}"


if __name__ == "__main__":
    for kind, content in assembled().items():
        Path(__file__).with_name(f"{kind}.json").write_text(content, encoding="utf-8")
    load.cache_clear()
    REFERENCE.write_text(reference(), encoding="utf-8")
