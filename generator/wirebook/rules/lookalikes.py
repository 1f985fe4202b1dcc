"""Look-alikes: what a reviewer takes for the same, or for what it is not.

Our own names are ASCII, where only digits pass for letters.  What goes over the wire
may be any text, and Cyrillic has an `a` of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from wirebook.explain import Explanation
from wirebook.model import Product, Provider, Where
from wirebook.problem import quote
from wirebook.report import Report

from .lookup import holders

_Named: TypeAlias = tuple[str, Where]

_FOREIGN = (
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455"
    "\u0501\u04bb\u04cf\u051b\u051d\u0432\u043a\u043c\u043d\u0442"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422"
    "\u0423\u0425\u0406\u0408\u0405\u03bf\u03b1\u03bd\u03c1\u03b9"
    "\u03c5\u03ba\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c"
    "\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
)
_LATIN = "aeopcyxijsdhlqwbkmhtABEKMHOPCTYXIJSoavpiukABEZHIKMNOPTYX"
_LETTERS = str.maketrans(_FOREIGN, _LATIN)
_DIGITS = (("0", "o"), ("1", "l"), ("rn", "m"), ("vv", "w"))
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = frozenset({"ARMENIAN", "CHEROKEE", "COPTIC", "CYRILLIC", "GREEK", "LATIN"})
"""Those that borrow each other's shapes."""


def check(provider: Provider, report: Report) -> None:
    for kind, names in _names(provider):
        _alike(kind, names, _plain, report)
    for kind, texts in _wires(provider):
        found = list(texts)
        _alike(kind, found, _skeleton, report)
        for text, where in found:
            _mixed(kind, text, where, report)


def _names(provider: Provider) -> Iterator[tuple[str, Iterable[_Named]]]:
    """What becomes names of Python, by what stands side by side."""
    credentials = [(each.name, each.where) for each in provider.credentials]
    settings = [(each.name, each.where) for each in provider.settings]
    yield "argument", [*credentials, *settings]
    yield "scheme", [(each.key, each.where) for each in provider.schemes]
    yield "server", [(each.key, each.where) for each in provider.servers]
    yield "product", [(each.key or "", each.where) for each in provider.products]
    for product, _ in holders(provider):
        yield "operation", [(each.name, each.where) for each in product.operations]
        yield from _parts(product)


def _parts(product: Product) -> Iterator[tuple[str, Iterable[_Named]]]:
    for operation in product.operations:
        yield "parameter", [(each.name, each.where) for each in operation.parameters]
    for model in product.models:
        yield "field", [(each.name, each.where) for each in model.fields]
    for table in product.tables:
        yield "member", [(each.name, each.where) for each in table.statuses]
    for enum in product.enums:
        yield "member", [(each.name, each.where) for each in enum.values]


def _wires(provider: Provider) -> Iterator[tuple[str, Iterable[_Named]]]:
    """What the provider reads and writes, by what stands side by side."""
    for product, _ in holders(provider):
        for operation in product.operations:
            yield "path", [(operation.path, operation.where)]
            yield "wire name", [
                (each.wire, each.where) for each in operation.parameters
            ]
        for model in product.models:
            yield "wire name", [(each.wire, each.where) for each in model.fields]
        for table in product.tables:
            yield "code", [(each.code, each.where) for each in table.statuses]
        for enum in product.enums:
            yield "value", [(each.value, each.where) for each in enum.values]


def _plain(name: str) -> str:
    name = name.lower()
    for shape, letter in _DIGITS:
        name = name.replace(shape, letter)
    return name


def _skeleton(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_LETTERS)


def _alike(
    kind: str, given: Iterable[_Named], fold: Callable[[str], str], report: Report
) -> None:
    seen: dict[str, str] = {}
    for text, where in given:
        other = seen.setdefault(fold(text), text)
        if other != text:
            report.error(
                "look-alike",
                where,
                f"the {kind} {quote(text)} looks like {quote(other)}{_told(text)}",
                "nobody can tell them apart in a review: say one of them otherwise",
            )


def _mixed(kind: str, text: str, where: Where, report: Report) -> None:
    for word in () if text.isascii() else _WORD.findall(text):
        scripts = {unicodedata.name(letter, "?").split()[0] for letter in word}
        if len(scripts & _SCRIPTS) > 1:
            report.warning(
                "mixed-scripts",
                where,
                f"the {kind} {quote(text)} mixes alphabets in a word{_told(word)}",
                "write it in one; where the page has it so, say so in `lint`",
            )
            return


def _told(text: str) -> str:
    """The letters of a text that are not ASCII, by their number."""
    foreign = dict.fromkeys(letter for letter in text if not letter.isascii())
    numbers = ", ".join(f"U+{ord(letter):04X}" for letter in list(foreign)[:3])
    return f" ({numbers})" if numbers else ""


EXPLANATIONS = (
    Explanation(
        "look-alike",
        "Two names that look alike",
        "A review is read by eye. `PAID_1` and `PAID_l` are two members, and a Cyrillic "
        "letter in a code is another code.",
        "1: {name: LEVEL_O, ...}\n2: {name: LEVEL_0, ...}\n",
        "1: {name: LEVEL_OPEN, ...}\n2: {name: LEVEL_NONE, ...}\n",
    ),
    Explanation(
        "mixed-scripts",
        "A word of two alphabets",
        "Copied from a page, a letter may come from another alphabet: it looks right "
        "and is never what the provider reads.",
        'account: {wire: "a\\u0441count"}\n',
        "account: {wire: account}\n",
    ),
)
