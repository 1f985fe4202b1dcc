"""Callbacks that prove where they come from: with what stands in them."""

from __future__ import annotations

from collections.abc import Iterator

from wirebook.explain import Explanation
from wirebook.model import Callback, Nonce, Now, Provider, Reference, Scheme, Value
from wirebook.model.parts import steps
from wirebook.problem import quote
from wirebook.report import Report


def check(provider: Provider, report: Report) -> None:
    proving = {callback.auth for _, callback in callbacks(provider)}
    for scheme in provider.schemes:
        if scheme.key in proving:
            _scheme(scheme, report)


def callbacks(provider: Provider) -> Iterator[tuple[str, Callback]]:
    """Every callback, with the name that vectors call it."""
    for product in provider.products:
        for callback in product.callbacks:
            home = f"{product.key}." if product.key else ""
            yield f"callback:{home}{callback.key}", callback


def _scheme(scheme: Scheme, report: Report) -> None:
    for problem in dict.fromkeys(_foreign(value) for value in steps(scheme)):
        if problem is not None:
            report.error(
                "push-proof",
                scheme.where,
                f"the scheme {quote(scheme.key)} proves pushes, and none holds {problem}",
                "read it from the push: $request.header.NAME, or $field.NAME",
            )
    if not (scheme.placements or scheme.basic or scheme.bearer):
        report.error(
            "push-proof",
            scheme.where,
            f"the scheme {quote(scheme.key)} says nowhere what a push must carry",
            "name it under `headers`, `query`, `form` or `json`",
        )


def _foreign(value: Value) -> str | None:
    match value:
        case Now():
            return "a time of our own"
        case Nonce():
            return "a nonce of our own"
        case Reference(kind="session"):
            return "a token of our own session"
        case Reference(kind="setting"):
            return "a setting of the client"
        case _:
            return None


EXPLANATIONS = (
    Explanation(
        "push-proof",
        "A proof that no push can carry",
        "The scheme of a callback is computed over what came, and compared with it. "
        "What differs from push to push is therefore read from the push.",
        "compute:\n"
        "  at: {now: unix_seconds}\n"
        "  sign: {hmac: sha256, key: [$key], of: [$at, $request.body]}\n",
        "compute:\n"
        "  sign: {hmac: sha256, key: [$key], of: [$request.header.X-Time, $request.body]}\n",
    ),
)
