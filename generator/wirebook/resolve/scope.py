"""The scope: every name that a place in a spec may refer to."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct
from msgspec.structs import replace

from wirebook.document import MapNode, Node, ScalarNode
from wirebook.explain import Explanation
from wirebook.model import FieldType, Where
from wirebook.problem import did_you_mean, quote
from wirebook.report import Report

from .names import alternatives


class Site(Struct, frozen=True, kw_only=True):
    """An operation as written, with the models that its product can name."""

    id: str
    node: MapNode
    models: Mapping[str, MapNode]

    @property
    def parameters(self) -> Collection[str]:
        return keys(self.node.entries.get("parameters"))

    @property
    def result(self) -> str | None:
        """What the reply returns, as written."""
        returns = child(child(self.node, "reply"), "returns")
        return returns.text if isinstance(returns, ScalarNode) else None


class Scope(Struct, frozen=True, kw_only=True):
    """What the names of one product, or of provider.yaml itself, stand for."""

    report: Report
    product: str | None = None
    sources: Collection[str] = ()
    notes: Collection[str] = ()
    settings: Collection[str] = ()
    credentials: Collection[str] = ()
    schemes: Collection[str] = ()
    computed: Collection[str] = ()
    """Names that the scheme at hand computes, here or further down."""
    tables: Mapping[str, MapNode]
    enums: Mapping[str, MapNode]
    models: Mapping[str, MapNode]
    operations: Mapping[str, Site]
    """Every operation of the provider by its id."""

    def within(self, product: str | None, node: MapNode) -> Scope:
        """The scope of a product: its own names and the shared ones."""
        return replace(
            self,
            product=product,
            tables={**self.tables, **children(node, "statuses")},
            enums={**self.enums, **children(node, "enums")},
            models={**self.models, **children(node, "models")},
        )

    def check(self, kind: str, name: str, known: Collection[str], where: Where) -> bool:
        """Whether a name is known; a problem `unknown-<kind>` where it is not."""
        if name in known:
            return True
        self.report.error(
            f"unknown-{kind}",
            where,
            f"unknown {kind.replace('-', ' ')} {quote(name)}{did_you_mean(name, known)}",
            alternatives(kind, name, known),
        )
        return False

    def operation(self, name: str, where: Where) -> Site | None:
        """Find an operation by its id, or by its name within the product."""
        own = f"{self.product}.{name}" if self.product else name
        for candidate in (own, name):
            if candidate in self.operations:
                return self.operations[candidate]
        prefix = f"{self.product}." if self.product else ""
        known = [key.removeprefix(prefix) for key in self.operations]
        self.check("operation", name, known, where)
        return None

    def returns(self, name: str, where: Where) -> bool:
        """Check what a reply returns: a model, or a scalar type."""
        return self.check("model", name, [*self.models, *SCALARS], where)

    def field(
        self,
        models: Mapping[str, MapNode],
        model: str | None,
        path: str,
        where: Where,
    ) -> None:
        """Check a field of a model; dots go down into the models of fields."""
        for name in path.split("."):
            if model is None or model not in models:
                return
            fields = models[model].entries.get("fields")
            if not self.check("field", name, keys(fields), where):
                return
            inner = child(child(fields, name), "model")
            model = inner.text if isinstance(inner, ScalarNode) else None


SCALARS = tuple(
    kind.value
    for kind in FieldType
    if kind
    not in (
        FieldType.ENUM,
        FieldType.STATUS,
        FieldType.OBJECT,
        FieldType.ROWS,
        FieldType.FILE,
    )
)
"""What `returns` may name besides a model."""


def keys(node: Node | None) -> Collection[str]:
    return tuple(node.entries) if isinstance(node, MapNode) else ()


def child(node: Node | None, key: str) -> Node | None:
    return node.entries.get(key) if isinstance(node, MapNode) else None


def children(node: MapNode, key: str) -> dict[str, MapNode]:
    """The mappings under a key; whatever is no mapping is left out."""
    found = node.entries.get(key)
    if not isinstance(found, MapNode):
        return {}
    return {
        name: child
        for name, child in found.entries.items()
        if isinstance(child, MapNode)
    }


def _unknown(kind: str, why: str, bad: str, good: str) -> Explanation:
    title = f"The spec declares no such {kind.replace('-', ' ')}"
    return Explanation(f"unknown-{kind}", title, why, f"{bad}\n", f"{good}\n")


EXPLANATIONS = (
    _unknown(
        "source",
        "`src` says which document a fact was taken from; a reader must be able to "
        "look the document up under `sources`.",
        "src: dco#3",
        "src: doc#3",
    ),
    _unknown(
        "note",
        "`notes` points at a judgement that the docs print; without the note there is "
        "nothing to print.",
        "notes: [N9]",
        "notes: [N1]",
    ),
    _unknown(
        "table",
        "A status can only be judged by a table under `statuses`, of this product or "
        "of provider.yaml.",
        "statuses: {table: reslt}",
        "statuses: {table: result}",
    ),
    _unknown(
        "enum",
        "A field of type enum takes its values from a list under `enums`.",
        "type: {type: enum, enum: mesage_type}",
        "type: {type: enum, enum: message_type}",
    ),
    _unknown(
        "model",
        "A reply returns a model under `models` or a scalar type.",
        "reply: {format: json, returns: submision}",
        "reply: {format: json, returns: submission}",
    ),
    _unknown(
        "operation",
        "Sessions, clocks, polling, `reconcile` and vectors name an operation; in a "
        "provider with products an operation of another product is `product.name`.",
        "reconcile: get_sent_record",
        "reconcile: get_sent_records",
    ),
    _unknown(
        "parameter",
        "Rules and conditions speak about the operation's own parameters, by their "
        "names here and not by the wire's.",
        "rules: [{same_count: [c, m]}]",
        "rules: [{same_count: [contents, recipients]}]",
    ),
    _unknown(
        "field",
        "Paging, polling, matching and sessions read fields of the result's model, by "
        "their names here and not by the wire's.",
        "session: {operation: login, token: acces_token}",
        "session: {operation: login, token: access_token}",
    ),
    _unknown(
        "credential",
        "`$name` in `auth` is a credential or an entry of `compute` that stands "
        "above. A text that really starts with a dollar is written `$$text`.",
        "headers: {Api-Key: $apikey}",
        "headers: {Api-Key: $api_key}",
    ),
    _unknown(
        "setting",
        "`{name}` in a URL or a path is a setting, and in a path also a parameter.",
        'servers: {main: {url: "https://{hots}"}}',
        'servers: {main: {url: "https://{host}"}}',
    ),
    _unknown(
        "scheme",
        "`auth` of an operation is one of the schemes under `auth`, or none.",
        "auth: singed",
        "auth: signed",
    ),
    _unknown(
        "product",
        "`prefixes` of a server are given per product, by the product's id.",
        "prefixes: {smss: /sms}",
        "prefixes: {sms: /sms}",
    ),
    _unknown(
        "code",
        "`only`, `texts` and `status_is` speak about rows of the operation's table.",
        "statuses: {table: result, only: [1, -99]}",
        "statuses: {table: result, only: [1, -9]}",
    ),
    _unknown(
        "callback",
        "A vector of a callback names one under `callbacks`.",
        "operation: callback:report",
        "operation: callback:delivery_report",
    ),
    _unknown(
        "client-argument",
        "`client` of a vector gives credentials and settings, by their names here.",
        "client: {key: x}",
        "client: {api_key: x}",
    ),
    _unknown(
        "variant",
        "A vector's `variant` is one of the operation's variants.",
        "arguments: {variant: gte}",
        "arguments: {variant: get}",
    ),
)
