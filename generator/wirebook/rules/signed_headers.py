"""Headers that are signed: named, and sent by somebody."""

from __future__ import annotations

from wirebook.explain import Explanation
from wirebook.model import Canonical, Place, Provider, Scheme
from wirebook.model.parts import steps
from wirebook.problem import quote
from wirebook.report import Report

from .lookup import operations

_HEADERS = frozenset({"headers", "header_names"})
_USUAL = frozenset({"host", "content-type"})


def check(provider: Provider, report: Report) -> None:
    for scheme in provider.schemes:
        named = [
            value.names
            for value in steps(scheme)
            if isinstance(value, Canonical) and _HEADERS & set(value.of)
        ]
        for _ in (names for names in named if not names):
            report.error(
                "canonical-names",
                scheme.where,
                f"the scheme {quote(scheme.key)} signs headers without naming them",
                "add `names`: proxies and libraries add headers of their own",
            )
        known = _sent(provider, scheme)
        signed = dict.fromkeys(name.lower() for names in named for name in names)
        for name in signed:
            if name not in known:
                report.error(
                    "signed-header",
                    scheme.where,
                    f"the scheme {quote(scheme.key)} signs {quote(name)}, which no "
                    "request has",
                    "send it under `headers`; what the HTTP library adds of its own "
                    "cannot be signed",
                )


def _sent(provider: Provider, scheme: Scheme) -> frozenset[str]:
    """Headers of any request of a scheme, in lower case."""
    found = set(_USUAL)
    found.update(
        placement.wire.lower()
        for placement in scheme.placements
        if placement.place is Place.HEADER
    )
    for operation, _ in operations(provider):
        if operation.auth == scheme.key:
            found.update(name.lower() for name, _ in operation.headers)
            found.update(
                parameter.wire.lower()
                for parameter in operation.parameters
                if parameter.place is Place.HEADER
            )
    return frozenset(found)


EXPLANATIONS = (
    Explanation(
        "canonical-names",
        "Headers that are signed without being named",
        "Libraries and proxies add headers, so only named ones can be signed.",
        "heads: {canonical: [headers]}\n",
        "heads: {canonical: [headers], names: [host, x-date]}\n",
    ),
    Explanation(
        "signed-header",
        "A signed header that no request has",
        "Signed can be Host, Content-Type, and what the scheme, the operation or a "
        "parameter puts into a header. Those that a request happens not to have are "
        "left out of what is signed.",
        "heads: {canonical: [headers], names: [host, content-length]}\n",
        "heads: {canonical: [headers], names: [host, x-date]}\nheaders: {X-Date: $date}\n",
    ),
)
