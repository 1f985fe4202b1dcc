"""What a provider pushes to its user: a raw request to a value.

A receiver is called by strangers, so everything that holds for replies holds here:
strict formats, capped depth, no document types.  Nothing is evaluated, and errors
quote nothing of the request.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar
from urllib.parse import parse_qsl

from .errors import InvalidCallback
from .formats import json_tree, text_of, xml_tree
from .pushed import Keys, Proof, Pushed
from .subtree import many
from .transport import Response
from .tree import DecodeProblem, FormatProblem, Missing, ReplyProblem, Tree, find

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

MOST_FIELDS = 1000

# Possessive, and an open text ends with the body: one pass, whatever comes.
_TEXT = re.compile(r'"(?:[^"\\]++|\\.)*+"?|\'((?:[^\'\\]++|\\.)*+)\'?', re.DOTALL)
_QUOTE = re.compile(r'\\.|"', re.DOTALL)
_CHARSET = re.compile(r';\s*charset\s*=\s*"?([A-Za-z0-9._:-]{1,40})"?', re.IGNORECASE)


class Callback(Generic[T_co]):
    """One kind of push: how it comes, and how it is read.

    id: the name in errors, `onbuka.sms.delivery_report`.
    read: makes the value, or raises a DecodeProblem.
    method: what the provider sends it with.
    format: `json`, `xml`, `form` (fields in the body) or `query` (in the URL).
    json: fields of a form or query that are texts with JSON inside.
    lenient: JSON in which texts may stand in single quotes, and names may have
        blanks around, as the provider's own samples do.
    answer: what the provider takes for "received".
    proof: how it proves where it comes from, where it does.
    """

    __slots__ = (
        "id",
        "read",
        "method",
        "format",
        "json",
        "lenient",
        "answer",
        "proof",
    )

    def __init__(
        self,
        id: str,
        read: Callable[[Tree], T_co],
        *,
        method: str = "POST",
        format: str = "json",
        json: tuple[str, ...] = (),
        lenient: bool = False,
        answer: Response = Response(200),  # noqa: B008 - immutable
        proof: Proof | None = None,
    ) -> None:
        self.id = id
        self.read = read
        self.method = method
        self.format = format
        self.json = json
        self.lenient = lenient
        self.answer = answer
        self.proof = proof

    def __repr__(self) -> str:
        return f"Callback({self.id!r})"

    def parse(
        self,
        *,
        method: str,
        query: str | bytes = "",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        url: str = "",
        keys: Keys | None = None,
    ) -> T_co:
        """What a push says.

        url: the whole URL that was called; keys: what proves it.  Only a push that
        carries a proof needs them.

        Raises:
            InvalidCallback: it is not what the provider documents, or its proof does
                not fit (`reason` is then "signature").
            InvalidArgument: a key or the URL is missing.
        """
        if method.upper() != self.method:
            raise InvalidCallback(
                f"{self.method} expected", operation=self.id, reason="method"
            )
        known = {name.lower(): value for name, value in (headers or {}).items()}
        try:
            if self.proof is not None:
                pushed = self._pushed(url, query, known, body)
                self.proof.check(pushed, self.proof.keys(keys or {}))
                # What is read is what was proved.
                query = pushed.query_text
            return self.read(self._tree(query, known, body))
        except ReplyProblem as problem:
            words = str(problem)
        raise InvalidCallback(words, operation=self.id, reason="content")

    def _pushed(
        self, url: str, query: str | bytes, headers: Mapping[str, str], body: bytes
    ) -> Pushed:
        asked = query if isinstance(query, str) else query.decode("ascii", "replace")
        if asked and "?" not in url:
            url = f"{url}?{asked.removeprefix('?')}"
        return Pushed(
            self.id,
            method=self.method,
            url=url,
            headers=headers,
            body=body,
            format=self.format,
            charset=_charset(headers.get("content-type", "")),
        )

    def _tree(
        self, query: str | bytes, headers: Mapping[str, str], body: bytes
    ) -> Tree:
        if self.format == "query":
            return opened(form_tree(query), self.json)
        if headers.get("content-encoding", "identity").lower() != "identity":
            raise FormatProblem("the body is compressed")
        charset = _charset(headers.get("content-type", ""))
        if self.format == "form":
            return opened(form_tree(body, charset), self.json)
        if self.format == "xml":
            return xml_tree(body, charset=charset)
        if self.lenient:
            return lenient_json_tree(body, charset)
        return json_tree(body, charset)


def listed(tree: Tree, path: str, read: Callable[[Tree], T]) -> list[T]:
    """The items of a push that holds several; there must be a list at the path."""
    found = find(tree, path)
    if isinstance(found, Missing) or not isinstance(found, list):
        raise DecodeProblem(path, "a list expected")
    return many(tree, path, read)


def form_tree(fields: bytes | str, charset: str = "utf-8") -> dict[str, Tree]:
    """The fields of a form, or of a query without its question mark; of a name
    that stands several times, a list."""
    text = fields if isinstance(fields, str) else text_of(fields, "ascii")
    try:
        pairs = parse_qsl(
            text.removeprefix("?"),
            keep_blank_values=True,
            encoding=charset,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise FormatProblem("no form: undecodable, or too many fields") from None
    tree: dict[str, Tree] = {}
    for name, value in pairs:
        there = tree.get(name)
        if there is None:
            tree[name] = value
        elif isinstance(there, list):
            there.append(value)
        else:
            tree[name] = [there, value]
    return tree


def opened(tree: dict[str, Tree], names: tuple[str, ...]) -> Tree:
    """The fields of a form, with what stands inside of those that hold JSON."""
    for name in names:
        found = tree.get(name)
        if isinstance(found, str) and found.strip():
            try:
                tree[name] = json_tree(found)
            except FormatProblem as problem:
                raise DecodeProblem(name, str(problem)) from None
    return tree


def lenient_json_tree(body: bytes, charset: str = "utf-8") -> Tree:
    """JSON in which texts may stand in single quotes, and names may have blanks
    around; everything else is as strict as in replies."""
    text = text_of(body, charset)
    return _trimmed(json_tree(_TEXT.sub(_requoted, text)))


def _charset(content_type: str) -> str:
    named = _CHARSET.search(content_type)
    charset = named[1] if named else "utf-8"
    try:
        b"    ".decode(charset, "ignore")
    except LookupError:
        raise FormatProblem("the charset of the body is unknown") from None
    return charset


def _requoted(match: re.Match[str]) -> str:
    """A text in single quotes, in double ones."""
    single = match[1]
    if single is None:
        return match[0]
    return f'"{_QUOTE.sub(_escaped, single)}"'


def _escaped(match: re.Match[str]) -> str:
    return {"\\'": "'", '"': '\\"'}.get(match[0], match[0])


def _trimmed(tree: Tree) -> Tree:
    if isinstance(tree, dict):
        trimmed = {name.strip(): _trimmed(value) for name, value in tree.items()}
        if len(trimmed) < len(tree):
            raise FormatProblem("JSON with a name that stands twice in one object")
        return trimmed
    if isinstance(tree, list):
        return [_trimmed(item) for item in tree]
    return tree
