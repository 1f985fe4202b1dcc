"""XML by expat, without anything that a document type could bring."""

from __future__ import annotations

from xml.parsers import expat

from .octets import text_of
from .tree import FormatProblem, Tree

DEEPEST = 16
"""Levels of elements in a reply."""
MOST_ELEMENTS = 50_000
MOST_ATTRIBUTES = 64
"""Attributes of one element."""


def xml_tree(
    body: bytes | str, roots: tuple[str, ...] = (), charset: str = "utf-8"
) -> Tree:
    """The root element as a mapping; `roots` are the local names that it may have.

    Attributes are `@name`, children stand under their local names (a repeated one
    is a list), own text beside them is `#text`.  An element that holds only text is
    that text; namespaces are dropped.  A document type is refused before anything
    in it is read.
    """
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_entity
    text = body if isinstance(body, str) else text_of(body, charset)
    try:
        # A str: the charset is the spec's, whatever the document claims.
        parser.Parse(text, True)
    except expat.ExpatError as problem:
        where = f"line {problem.lineno}, column {problem.offset + 1}"
        why = expat.ErrorString(problem.code)
        raise FormatProblem(f"no XML: {why} at {where}") from None
    name, tree = reader.root
    if roots and name not in roots:
        raise FormatProblem(f"XML with another root than {' or '.join(roots)}")
    return tree if isinstance(tree, dict) else {"#text": tree}


def xml_root(body: bytes, charset: str = "utf-8") -> str | None:
    """The local name of the root element; None for what is no XML up to there."""
    found: list[str] = []
    parser = expat.ParserCreate()

    def start(name: str, _: dict[str, str]) -> None:
        found.append(_local(name))
        raise FormatProblem("the root is known")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(text_of(body, charset), True)
    except (FormatProblem, expat.ExpatError):
        return found[0] if found else None
    return None


class _Reader:
    """Builds the tree while expat calls."""

    def __init__(self) -> None:
        self.root: tuple[str, Tree] = ("", None)
        self._open: list[tuple[str, dict[str, Tree], list[str]]] = []
        self._elements = 0
        self._names = _Names()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise FormatProblem(f"XML with more than {MOST_ELEMENTS} elements")
        if len(self._open) >= DEEPEST:
            raise FormatProblem(f"XML nested deeper than {DEEPEST} levels")
        if len(attributes) > MOST_ATTRIBUTES:
            raise FormatProblem(f"XML with more than {MOST_ATTRIBUTES} attributes")
        names = self._names
        members: dict[str, Tree] = {
            names[key]: value for key, value in attributes.items()
        }
        if "" in members or len(members) < len(attributes):
            spaces = sum(not names[key] for key in attributes)
            members.pop("", None)
            if len(members) < len(attributes) - spaces:
                raise FormatProblem("XML with an attribute that stands twice")
        self._open.append((_local(name), members, []))

    def characters(self, text: str) -> None:
        self._open[-1][2].append(text)

    def end(self, _name: str) -> None:
        name, members, texts = self._open.pop()
        tree: Tree = members
        if texts or not members:
            text = "".join(texts)
            if not members:
                tree = text
            elif text.strip():
                members["#text"] = text
        if not self._open:
            self.root = (name, tree)
            return
        siblings = self._open[-1][1]
        if name not in siblings:
            siblings[name] = tree
            return
        first = siblings[name]
        # An element is never a list itself, so a list means "seen twice already".
        if isinstance(first, list):
            first.append(tree)
        else:
            siblings[name] = [first, tree]


class _Names(dict[str, str]):
    """How attributes are called in a tree; not at all where they declare namespaces."""

    def __missing__(self, key: str) -> str:
        declares = key.startswith("xmlns") and key[5:6] in ("", ":")
        self[key] = name = "" if declares else f"@{_local(key)}"
        return name


def _local(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name


def _refuse_doctype(*_: object) -> None:
    raise FormatProblem("XML with a document type")


def _refuse_entity(*_: object) -> None:
    raise FormatProblem("XML with an entity")
