"""Wording: names and sentences that read differently from their neighbours."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Protocol

from wirebook.explain import Explanation
from wirebook.model import Field, FieldType, Provider, Where
from wirebook.problem import quote
from wirebook.report import Report
from wirebook.rules.lookup import holders, operations

from .spec import Spec

_PEOPLE = ("recipient", "phone", "mobile", "msisdn", "destination", "number", "callee")
"""Words for whom a message goes to; one provider should use one."""
_FEW = 0.34
"""A word is odd that at most this share of its neighbours use."""
_SHORTEST = 4
"""Characters of a name from which one letter may be a slip."""


def check(spec: Spec, report: Report) -> None:
    provider = spec.provider
    _one_wire_name(provider, report)
    _people(provider, report)
    for operation, _ in operations(provider):
        _near(operation.parameters, "parameters", report)
    for product, _ in holders(provider):
        for model in product.models:
            _near(model.fields, "fields", report)
    _sentences(provider, report)


def _one_wire_name(provider: Provider, report: Report) -> None:
    """One wire name, one kind of value, and yet two names."""
    for fields in _groups(provider):
        by_wire: dict[tuple[str, FieldType, bool], list[Field]] = defaultdict(list)
        for field in fields:
            leaf = field.wire.rpartition(".")[2]
            by_wire[leaf, field.type, field.list is not None].append(field)
        for alike in by_wire.values():
            usual = _usual([field.name for field in alike])
            for field in alike:
                if usual and field.name != usual[0]:
                    report.warning(
                        "odd-name",
                        field.where,
                        f"{quote(field.wire)} is called {quote(field.name)} here and "
                        f"{quote(usual[0])} in {usual[1]} other places",
                        "one name for one thing; `renamed_from` keeps the old one alive",
                    )


def _groups(provider: Provider) -> Iterator[list[Field]]:
    """Fields among which names should agree: the parameters of a product's calls."""
    for product in provider.products:
        yield [field for op in product.operations for field in op.parameters]


def _usual(names: Sequence[str]) -> tuple[str, int] | None:
    """The name that nearly all have, and how many; None where they all agree or
    no name is usual."""
    if not names:
        return None
    (name, count), *others = Counter(names).most_common()
    few = sum(number for _, number in others)
    return (name, count) if 0 < few <= _FEW * len(names) and count > 1 else None


def _people(provider: Provider, report: Report) -> None:
    """Submitting operations that call whom a message goes to differently."""
    named = list(_recipients(provider))
    usual = _usual([word for word, _ in named])
    for word, field in named:
        if usual and word != usual[0]:
            report.warning(
                "odd-name",
                field.where,
                f"{quote(field.name)} is somebody whom {usual[1]} other operations call "
                f"{quote(usual[0])}",
                "one name for one thing; `renamed_from` keeps the old one alive",
            )


def across(providers: Sequence[Provider], report: Report) -> None:
    """Providers that call whom a message goes to as few others do, once for each."""
    named = {provider.id: list(_recipients(provider)) for provider in providers}
    usual = _usual([word for given in named.values() for word, _ in given])
    for id, given in named.items():
        if usual and given and all(word != usual[0] for word, _ in given):
            _, field = given[0]
            report.warning(
                "foreign-word",
                field.where,
                f"{quote(field.name)} of {quote(id)} is somebody whom {usual[1]} "
                f"operations of other providers call {quote(usual[0])}",
                "one name for one thing, unless the provider's own word says more",
            )


def _recipients(provider: Provider) -> Iterator[tuple[str, Field]]:
    """What submitting operations call whom a message goes to, in the singular."""
    for operation, _ in operations(provider):
        for field in operation.parameters if operation.does == "submits" else ():
            word = field.name.removesuffix("s")
            if field.type is FieldType.PHONE and word in _PEOPLE:
                yield word, field


def _near(fields: Sequence[Field], what: str, report: Report) -> None:
    """Two names in one place that a reader takes for one."""
    for first, second in combinations(fields, 2):
        if what == "fields" and _plural(first.name, second.name):
            continue  # `page` and `pages` of a reply count different things
        if _confusable(first.name, second.name) or _same(first.wire, second.wire):
            report.warning(
                "near-duplicate",
                second.where,
                f"the {what} {quote(first.name)} and {quote(second.name)} are hard to "
                "tell apart",
                "one of them, or names that say how they differ",
            )


def _plural(one: str, other: str) -> bool:
    return one in (other + "s", other.removesuffix("s"))


def _same(one: str, other: str) -> bool:
    """Wire names that differ in case and joints only."""
    return one != other and _bare(one) == _bare(other)


def _bare(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _confusable(one: str, other: str) -> bool:
    """One letter more, less, other or swapped; or nothing but joints."""
    if _bare(one) == _bare(other):
        return True
    if min(len(one), len(other)) < _SHORTEST or any(map(str.isdigit, one + other)):
        return False
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    start = next((i for i, c in enumerate(one) if c != other[i]), len(one))
    rest, others = one[start:], other[start:]
    if len(one) < len(other):
        return rest == others[1:]
    return rest[:2] == others[1::-1] and rest[2:] == others[2:]


def _sentences(provider: Provider, report: Report) -> None:
    for where, text in _summaries(provider):
        if text and (text[-1] not in ".!?…" or text[0].islower()):
            report.warning(
                "summary-style",
                where,
                f"the summary {quote(text)} is no sentence",
                "a capital letter first, and a full stop at the end",
            )


class _Described(Protocol):
    @property
    def where(self) -> Where: ...
    @property
    def summary(self) -> str: ...


def _summaries(provider: Provider) -> Iterator[tuple[Where, str]]:
    yield provider.where, provider.summary
    declared: list[Iterable[_Described]] = [provider.servers, provider.settings]
    for product in (provider.shared, *provider.products):
        yield product.where, product.summary
        declared += [product.enums, product.models, product.operations]
        declared += [product.tables, product.callbacks]
    for group in declared:
        for thing in group:
            yield thing.where, thing.summary


EXPLANATIONS = (
    Explanation(
        "odd-name",
        "One thing with two names",
        "A caller who has learnt `recipients` looks for `recipients`. Where nearly all "
        "operations call something alike, the one that does not is a slip, or an old "
        "page of the provider.",
        "send: {parameters: {recipients: {wire: m, ...}}}\n"
        "send_batch: {parameters: {recipients: {wire: m, ...}}}\n"
        "send_param: {parameters: {mobiles: {wire: m, ...}}}\n",
        "send_param: {parameters: {recipients: {wire: m, renamed_from: mobiles, ...}}}\n",
    ),
    Explanation(
        "foreign-word",
        "A provider that has its own word for a recipient",
        "One who changes providers looks for the name that the others have. Asked only "
        "where several providers are looked at together.",
        "send: {parameters: {destinations: {type: phone, ...}}}    # others: recipients\n",
        "send: {parameters: {recipients: {type: phone, ...}}}\n",
    ),
    Explanation(
        "near-duplicate",
        "Two names that a reader takes for one",
        "Names that differ in one letter are mistaken for each other, and often they "
        "are one parameter that was read twice.",
        "parameters: {template_id: {...}, templateid: {...}}\n",
        "parameters: {template_id: {...}}\n",
    ),
    Explanation(
        "summary-style",
        "A summary that is no sentence",
        "Summaries stand side by side in the reference and in editors: each is one "
        "sentence, with a capital letter and a full stop.",
        "summary: sends one text\n",
        "summary: Send one text to one or many phones.\n",
    ),
)
