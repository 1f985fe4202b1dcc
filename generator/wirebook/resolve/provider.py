"""The provider: what provider.yaml says about the whole folder."""

from __future__ import annotations

from collections.abc import Collection

from wirebook.explain import Explanation
from wirebook.model import Credential, Note, Server, Setting, Source
from wirebook.problem import quote

from .operations import braces
from .reader import Entry


def sources(root: Entry) -> tuple[Source, ...]:
    return tuple(
        Source(
            key=key,
            title=entry.text("title", key),
            version=entry.text("version"),
            date=entry.text("date"),
            url=entry.text("url"),
            file=entry.text("file"),
            sha256=entry.text("sha256"),
            where=entry.where,
        )
        for key, entry in root.children("sources")
    )


def notes(root: Entry) -> tuple[Note, ...]:
    return tuple(
        Note(
            key=key,
            kind=entry.text("kind", "fact"),
            text=entry.text("text"),
            src=entry.src(),
            where=entry.where,
        )
        for key, entry in root.children("notes")
    )


def servers(root: Entry, products: tuple[str, ...]) -> tuple[Server, ...]:
    """Read the servers; `{name}` must be a setting or a credential that is no secret,
    prefixes those of products."""
    visible = {given.name for given in credentials(root) if not given.secret}
    return tuple(
        _server(key, entry, products, visible)
        for key, entry in root.children("servers")
    )


def _server(
    key: str, entry: Entry, products: tuple[str, ...], visible: Collection[str]
) -> Server:
    url = entry.needed("url")
    for name in braces(url):
        # A host may be named by who calls, but a secret is no part of a host.
        if name not in visible:
            entry.scope.check("setting", name, entry.scope.settings, entry.place("url"))
    prefixes = entry.child("prefixes")
    if prefixes is not None:
        for name, where in prefixes.node.keys.items():
            entry.scope.check("product", name, products, where)
    return Server(
        key=key,
        url=url,
        insecure=entry.flag("insecure"),
        prefixes=entry.pairs("prefixes"),
        summary=entry.text("summary"),
        src=entry.src(),
        notes=entry.notes(),
        where=entry.where,
    )


def settings(root: Entry) -> tuple[Setting, ...]:
    return tuple(
        Setting(
            name=name,
            default=entry.maybe("default"),
            values=entry.texts("values"),
            pattern=entry.maybe("pattern"),
            env=entry.maybe("env"),
            summary=entry.text("summary"),
            src=entry.src(),
            notes=entry.notes(),
            where=entry.where,
        )
        for name, entry in root.children("settings")
    )


def credentials(root: Entry) -> tuple[Credential, ...]:
    return tuple(
        Credential(
            name=name,
            secret=entry.flag("secret"),
            optional=entry.flag("optional"),
            env=entry.maybe("env"),
            pattern=entry.maybe("pattern"),
            example=entry.maybe("example"),
            summary=entry.text("summary"),
            src=entry.src(),
            notes=entry.notes(),
            renamed_from=entry.maybe("renamed_from"),
            where=entry.where,
        )
        for name, entry in root.children("credentials")
    )


def misplaced(root: Entry) -> None:
    """Report operations in a provider.yaml that has product files beside it."""
    for key in ("operations", "callbacks", "segments"):
        if root.has(key):
            root.scope.report.error(
                "misplaced-part",
                root.node.keys.get(key, root.where),
                f"{quote(key)} of a provider with several products belong to a product",
                "move them to a product file; provider.yaml keeps what products share",
            )


def clashes(root: Entry, product: Entry) -> None:
    """Report names of a product that provider.yaml has given away already."""
    for key in ("statuses", "enums", "models"):
        shared, own = root.child(key), product.child(key)
        if shared is None or own is None:
            continue
        for name, where in own.node.keys.items():
            if name in shared.node.entries:
                product.scope.report.error(
                    "duplicate-name",
                    where,
                    f"{quote(name)} is declared in provider.yaml already",
                    "rename one of them, or drop one",
                )


def named_like(entry: Entry, found: str, expected: str, what: str) -> None:
    """Report an id that differs from the name of its folder or file."""
    if found != expected:
        entry.scope.report.error(
            "file-name",
            entry.place("id"),
            f"the id {quote(found)} differs from the {what} {quote(expected)}",
            f"rename one of them: the {what} is where a reader looks for the id",
        )


EXPLANATIONS = (
    Explanation(
        "misplaced-part",
        "Operations outside a product",
        "A provider with product files has its operations, callbacks and segments in "
        "them, so that each belongs to exactly one product.",
        "# provider.yaml beside sms.yaml\noperations: {send: {...}}\n",
        "# sms.yaml\noperations: {send: {...}}\n",
    ),
    Explanation(
        "file-name",
        "An id that differs from its folder or file",
        "The id names the Python module, the folder names the spec: one who reads "
        "`telecoms.aisix` looks into specs/aisix.",
        "# specs/aisix/provider.yaml\nprovider: {id: aisixx}\n",
        "# specs/aisix/provider.yaml\nprovider: {id: aisix}\n",
    ),
)
