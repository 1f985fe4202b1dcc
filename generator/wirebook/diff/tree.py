"""The resolved model of a provider as a tree of named things with facets.

    providers > products > operations > parameters > facets

Every field of the model becomes a facet or a branch, whether this
module knows it or not: a field that is added to the model shows up as a
difference that no rule claims, and not as silence.

Keys are those of the spec; a thing's path is made of branch names and keys:
`sms/operations/send/parameters/recipients`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, TypeAlias, cast

from msgspec import Struct

from wirebook import model
from wirebook.model import Where

from .values import Order, Plain, plain, text

Path: TypeAlias = tuple[str, ...]

SKIPPED = frozenset({"where", "files", "file", "returns_model", "id", "key", "product"})
"""Fields that say where things are written, or repeat another field or the path."""

KEYS = frozenset(
    {
        ("operation", "name"),
        ("parameter", "name"),
        ("field", "name"),
        ("credential", "name"),
        ("setting", "name"),
        ("family", "name"),
        ("status", "code"),
        ("value", "value"),
    }
)
"""Facets that repeat the last part of the path."""


@dataclass(slots=True)
class Thing:
    """One named part of a spec: a parameter, a row of a table, a vector.

    role: what it is; parameters and fields of models differ here though the
    model describes them alike.
    """

    role: str
    path: Path
    value: Any
    where: Where
    facets: dict[str, Plain] = field(default_factory=dict[str, Plain])
    branches: dict[str, dict[str, Thing]] = field(
        default_factory=dict[str, "dict[str, Thing]"]
    )

    @property
    def key(self) -> str:
        return self.path[-1] if self.path else ""

    def walk(self) -> Iterator[Thing]:
        """This thing and all below it."""
        yield self
        for branch in self.branches.values():
            for thing in branch.values():
                yield from thing.walk()

    def leaves(self) -> Iterator[tuple[Path, Plain]]:
        """Every facet below, with its path; a thing itself is a leaf too."""
        for thing in self.walk():
            yield thing.path, thing.role
            for name, value in thing.facets.items():
                yield (*thing.path, name), value


class Branch(Struct, frozen=True):
    """How the items of a tuple become things: their branch, role and key."""

    name: str
    role: str
    key: Callable[[Any], str]


def _rule_key(rule: model.Rule) -> str:
    when = f" when {text(rule.when)}" if rule.when else ""
    return f"{rule.kind}({', '.join(rule.parameters)}){when}"


def _alternate_key(alternate: model.Alternate) -> str:
    given = [
        f"{name} {text(getattr(alternate, name))}"
        for name in ("starts_with", "root", "content_type", "http", "parameter")
        if getattr(alternate, name)
    ]
    return ", ".join(given) or "always"


def _key(item: Any) -> str:
    return item.key or ""


_NAME: Callable[[Any], str] = attrgetter("name")

BRANCHES: Mapping[tuple[type, str], Branch] = {
    (model.Provider, "sources"): Branch("sources", "source", _key),
    (model.Provider, "notes"): Branch("notes", "note", _key),
    (model.Provider, "servers"): Branch("servers", "server", _key),
    (model.Provider, "settings"): Branch("settings", "setting", _NAME),
    (model.Provider, "credentials"): Branch("credentials", "credential", _NAME),
    (model.Provider, "schemes"): Branch("auth", "scheme", _key),
    (model.Provider, "vectors"): Branch("vectors", "vector", lambda item: item.id),
    (model.Provider, "products"): Branch("products", "product", _key),
    (model.Product, "tables"): Branch("statuses", "table", _key),
    (model.Product, "enums"): Branch("enums", "enum", _key),
    (model.Product, "models"): Branch("models", "model", _key),
    (model.Product, "operations"): Branch("operations", "operation", _NAME),
    (model.Product, "callbacks"): Branch("callbacks", "callback", _key),
    (model.Product, "segments"): Branch("segments", "segment", _key),
    (model.Scheme, "placements"): Branch(
        "placements",
        "placement",
        lambda item: f"{item.place or 'parameters'}.{item.wire}",
    ),
    (model.StatusTable, "statuses"): Branch("codes", "status", lambda item: item.code),
    (model.StatusTable, "families"): Branch("families", "family", _NAME),
    (model.Enumeration, "values"): Branch("values", "value", lambda item: item.value),
    (model.Model, "fields"): Branch("fields", "field", _NAME),
    (model.Operation, "parameters"): Branch("parameters", "parameter", _NAME),
    (model.Operation, "variants"): Branch("variants", "variant", _key),
    (model.Operation, "rules"): Branch("rules", "rule", _rule_key),
    (model.Operation, "alternates"): Branch("alternates", "alternate", _alternate_key),
}

ORDERED = frozenset(
    {"placements", "parameters", "fields", "alternates", "variants", "servers"}
)
"""Branches whose order shows in the bytes, or says what comes first."""

_MEANT: Mapping[str, frozenset[str]] = {
    "step": frozenset({"key"}),
    "source": frozenset({"file"}),
}
"""What is skipped elsewhere and means something here: the key of a HMAC, a page."""

ALWAYS: Mapping[type, str] = {model.Reply: "reply"}
"""Parts that every owner has exactly one of: things of their own."""


def tree(provider: model.Provider) -> Thing:
    """The provider as a tree."""
    root = Thing("provider", (), provider, provider.where)
    for name in provider.__struct_fields__:
        value = getattr(provider, name)
        if name == "shared":
            _fill(root, value, below_only=True)
        elif name == "products":
            for product in value:
                _product(root, product)
        elif name not in SKIPPED:
            _part(root, provider, name, value)
    return root


def _product(root: Thing, product: model.Product) -> None:
    """A single product stands for the provider; several stand below their keys."""
    if product.key is None:
        _fill(root, product, below_only=True)
        return
    thing = Thing("product", (product.key,), product, product.where)
    _fill(thing, product)
    root.branches.setdefault("products", {})[product.key] = thing


def _fill(thing: Thing, value: Any, below_only: bool = False) -> None:
    for name in value.__struct_fields__:
        if (
            name in SKIPPED - _MEANT.get(thing.role, frozenset())
            or (thing.role, name) in KEYS
        ):
            continue
        if below_only and (type(value), name) not in BRANCHES:
            continue
        _part(thing, value, name, getattr(value, name))


def _part(thing: Thing, owner: Any, name: str, value: Any) -> None:
    kind = cast("type[object]", type(owner))
    branch = BRANCHES.get((kind, name))
    if branch is not None:
        _grow(thing, branch, value)
    elif kind is model.Scheme and name == "compute":
        for key, step in value:
            path = (*thing.path, "compute", key)
            made = Thing("step", path, step, thing.where)
            made.facets["form"] = type(step).__name__.lower()
            _fill(made, step)
            thing.branches.setdefault("compute", {})[key] = made
    elif type(value) in ALWAYS:
        path = (*thing.path, name)
        made = Thing(ALWAYS[type(value)], path, value, value.where)
        _fill(made, value)
        thing.branches.setdefault(name, {})[name] = made
    else:
        thing.facets.update(_facets(name, value))


def _grow(thing: Thing, branch: Branch, items: tuple[Any, ...]) -> None:
    things = thing.branches.setdefault(branch.name, {})
    for item in items:
        key = branch.key(item)
        while key in things:
            # Two rules or alternates may say the same; neither may hide the other.
            key += " (again)"
        path = (*thing.path, branch.name, key)
        where = getattr(item, "where", None)
        if where is None:
            where = item.reply.where if branch.role == "alternate" else thing.where
        made = Thing(branch.role, path, item, where)
        _fill(made, item)
        things[key] = made
    if branch.name in ORDERED:
        thing.facets[f"{branch.name}.order"] = Order(things)


def _facets(name: str, value: Any) -> Iterator[tuple[str, Plain]]:
    """A facet for every leaf; embedded records get dotted names."""
    short = name.rpartition(".")[2]
    if short in _PAIRS and isinstance(value, tuple | Mapping):
        yield from _pairs(name, value)
    elif name == "missing":
        yield from ((f"missing.{item}", True) for item in value)
    elif _record(value):
        for part in value.__struct_fields__:
            if part != "where":
                yield from _facets(f"{name}.{part}", getattr(value, part))
    else:
        yield name, plain(value)


_PAIRS = frozenset(
    {
        "split",
        "fixed",
        "headers",
        "prefixes",
        "expect",
        "texts",
        "effects",
        "retired",
        "client",
        "max_items",
    }
)
"""Facets that are maps with keys of the spec's own."""


def _record(value: Any) -> bool:
    """Records of the model, save the values of signatures: those are one text."""
    embedded = (
        model.ListStyle,
        model.Success,
        model.StatusUse,
        model.Retry,
        model.Rate,
        model.Pages,
        model.Polling,
        model.Session,
        model.Clock,
        model.Expectation,
    )
    return isinstance(value, embedded)


def _pairs(name: str, value: Any) -> Iterator[tuple[str, Plain]]:
    pairs = dict(_pair(item) for item in _items(value))
    for key, content in pairs.items():
        yield f"{name}.{key}", plain(content)
    if name in ("fixed", "headers", "split") and pairs:
        yield f"{name}.order", Order(pairs)


def _items(value: Any) -> Iterable[object]:
    if isinstance(value, Mapping):
        return cast("Mapping[str, object]", value).items()
    return cast("Iterable[object]", value)


def _pair(item: Any) -> tuple[str, Any]:
    """A key and its content; a constant's place, where it has one, is in its key."""
    if isinstance(item, model.Split):
        return item.wire, item.format
    parts: list[Any] = list(item)
    key, content = str(parts[-2]), parts[-1]
    return (
        (f"{parts[0]}.{key}", content)
        if len(parts) == 3 and parts[0]
        else (key, content)
    )
