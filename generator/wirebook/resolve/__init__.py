"""Resolve: from the files of one folder to the model of a provider.

Every default is written out and every reference is checked; an unknown name is
reported at the place that mentions it.  A name that is not known stays in the
model, and later stages pass over it, so that one mistake is reported once.

* `scope`: the names that a place may refer to
* `reader`: typed values out of nodes
* `provider`, `product`, `auth`, `values`, `statuses`, `enums`, `fields`,
  `operations`, `conditions`, `status_use`, `reply`, `follow_ups`, `limits`,
  `callbacks`, `segments`, `vectors`: one subject each
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from wirebook.document import MapNode
from wirebook.explain import Explanation
from wirebook.model import Product, Provider, Retry
from wirebook.model.place import Where
from wirebook.naming import camel_case
from wirebook.problem import Problem
from wirebook.report import Report
from wirebook.schema import Kind

from . import provider as whole
from .auth import scheme
from .limits import rate, retry
from .product import product
from .reader import Entry
from .scope import Scope, Site, children, keys
from .vectors import vectors

PROVIDER = "provider.yaml"


def kind_of(file: str) -> Kind:
    """Which schema a file follows: provider, vectors or product."""
    name = PurePosixPath(file).name
    if name == PROVIDER:
        return "provider"
    stem = PurePosixPath(file).stem
    return "vectors" if stem == "vectors" or stem.startswith("vectors-") else "product"


def resolve(
    documents: Mapping[str, MapNode],
) -> tuple[Provider | None, list[Problem]]:
    """Turn the files of one provider folder into its model.

    documents: file name -> root node.  The provider is None only where
    provider.yaml, or its `provider` block, is missing.
    """
    report = Report()
    files = dict(sorted(documents.items()))
    main = next((name for name in files if kind_of(name) == "provider"), None)
    if main is None or not isinstance(files[main].entries.get("provider"), MapNode):
        file = main or next(iter(files), PROVIDER)
        report.error(
            "no-provider",
            Where(file, 1, 1),
            "this folder has no provider.yaml with a `provider` block",
            "`wirebook init` writes one",
        )
        return None, report.problems
    root = files[main]
    products = {
        PurePosixPath(name).stem: node
        for name, node in files.items()
        if kind_of(name) == "product"
    }
    scope = _scope(report, root, products)
    return _provider(Entry(root, scope), files, products), report.problems


def _scope(report: Report, root: MapNode, products: Mapping[str, MapNode]) -> Scope:
    tables, enums, models = (
        children(root, key) for key in ("statuses", "enums", "models")
    )
    operations: dict[str, Site] = {}
    for name, node in children(root, "operations").items():
        operations[name] = Site(id=name, node=node, models=models)
    for key, body in products.items():
        own = {**models, **children(body, "models")}
        for name, node in children(body, "operations").items():
            id = f"{key}.{name}"
            operations[id] = Site(id=id, node=node, models=own)
    return Scope(
        report=report,
        sources=keys(root.entries.get("sources")),
        notes=keys(root.entries.get("notes")),
        settings=keys(root.entries.get("settings")),
        credentials=keys(root.entries.get("credentials")),
        schemes=keys(root.entries.get("auth")),
        tables=tables,
        enums=enums,
        models=models,
        operations=operations,
    )


def _provider(
    root: Entry, files: Mapping[str, MapNode], products: Mapping[str, MapNode]
) -> Provider:
    head = root.child("provider") or root.empty()
    file = root.where.file
    id = head.needed("id", PurePosixPath(file).parent.name)
    if folder := PurePosixPath(file).parent.name:
        whole.named_like(head, id, folder, "folder")
    timeout = head.number("timeout")
    return Provider(
        id=id,
        class_prefix=head.text("class_prefix", camel_case(id)),
        title=head.text("title", id),
        summary=head.text("summary"),
        version=head.text("version"),
        stability=head.text("stability", "stable"),
        sources=whole.sources(root),
        notes=whole.notes(root),
        servers=whole.servers(root, tuple(products)),
        settings=whole.settings(root),
        credentials=whole.credentials(root),
        schemes=tuple(scheme(key, entry) for key, entry in root.children("auth")),
        shared=_shared(root, head, bool(products)),
        products=_products(root, head, products),
        vectors=tuple(
            vector
            for name, node in files.items()
            if kind_of(name) == "vectors"
            for vector in vectors(Entry(node, root.scope), _callbacks(root, products))
        ),
        retry=retry(head.child("retry")) or Retry(),
        rate=rate(head.child("rate")),
        timeout=30.0 if timeout is None else timeout,
        missing=head.texts("missing"),
        renamed_from=head.maybe("renamed_from"),
        files=tuple(files),
        where=head.where,
    )


def _shared(root: Entry, head: Entry, several: bool) -> Product:
    """What the products share: nothing where there is only one."""
    if not several:
        return product(None, head.empty(), root.empty())
    whole.misplaced(root)
    return product(None, head.empty(), root)


def _products(
    root: Entry, head: Entry, products: Mapping[str, MapNode]
) -> tuple[Product, ...]:
    if not products:
        return (product(None, head, root),)
    found: list[Product] = []
    for key, node in products.items():
        body = Entry(node, root.scope.within(key, node))
        whole.clashes(root, body)
        own = body.child("product") or body.empty()
        whole.named_like(own, own.text("id", key), key, "file")
        found.append(product(key, own, body))
    return tuple(found)


def _callbacks(root: Entry, products: Mapping[str, MapNode]) -> dict[str, MapNode]:
    """Every callback by its id, `key` or `product.key`."""
    found = children(root.node, "callbacks")
    for key, node in products.items():
        for name, callback in children(node, "callbacks").items():
            found[f"{key}.{name}"] = callback
    return found


EXPLANATIONS = (
    Explanation(
        "no-provider",
        "A folder without provider.yaml",
        "provider.yaml says who is called, where, and with which credentials; every "
        "other file of the folder builds on it.",
        "specs/aisix/sms.yaml alone\n",
        "specs/aisix/provider.yaml beside it\n",
    ),
)
