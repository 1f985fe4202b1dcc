"""A tree of mappings to an XML document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .encode import DEEPEST, Value, octets, plain
from .errors import InvalidArgument

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*(?::[A-Za-z_][A-Za-z0-9_.-]*)?")
# XML 1.0 has no way to say these, escaped or not.
_UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_document(
    root: str,
    tree: Mapping[str, Value],
    namespace: str | None = None,
    charset: str = "utf-8",
) -> bytes:
    """The document with its declaration.

    `@name` keys are attributes, `#text` is the element's own text, a list repeats
    its element, None is an empty element.  Order is the mapping's.
    """
    parts = [f'<?xml version="1.0" encoding="{charset}"?>']
    attributes = "" if namespace is None else _attribute("xmlns", namespace)
    _element(parts, root, tree, attributes, DEEPEST)
    return octets("".join(parts), charset)


def _element(
    parts: list[str], name: str, value: Value, attributes: str, levels: int
) -> None:
    if _NAME.fullmatch(name) is None:
        raise ValueError(f"no name of an XML element: {name!r}")
    if not levels:
        raise InvalidArgument(f"nested deeper than {DEEPEST} levels")
    if isinstance(value, Mapping):
        inside: list[str] = []
        for key, item in value.items():
            if key.startswith("@"):
                attributes += _attribute(key[1:], item)
            elif key == "#text":
                inside.append(_text(plain(item, name), name))
            elif isinstance(item, Sequence) and not isinstance(item, (str, bytes)):
                for each in item:
                    _element(inside, key, each, "", levels - 1)
            else:
                _element(inside, key, item, "", levels - 1)
        content = "".join(inside)
    else:
        content = "" if value is None else _text(plain(value, name), name)
    parts.append(f"<{name}{attributes}>{content}</{name}>")


def _attribute(name: str, value: Value) -> str:
    if _NAME.fullmatch(name) is None:
        raise ValueError(f"no name of an XML attribute: {name!r}")
    text = _text(plain(value, f"@{name}"), f"@{name}")
    # A parser turns bare white space in attributes into blanks.
    text = text.replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")
    return f' {name}="{text}"'


def _text(text: str, name: str) -> str:
    found = _UNSAYABLE.search(text)
    if found is not None:
        raise InvalidArgument(
            f"{name}: character {found.start() + 1} cannot be written in XML",
            parameter=name,
        )
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")
