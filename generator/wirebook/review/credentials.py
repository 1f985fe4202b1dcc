"""Credentials and people: what a careless spec gives away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wirebook.explain import Explanation
from wirebook.model import Field, FieldType, Place, Provider, Reference, Value
from wirebook.model.parts import parts
from wirebook.problem import quote
from wirebook.report import Report
from wirebook.rules.lookup import fields, operations

from .spec import Spec

_KEYS = re.compile(r"(?:.*_)?(?:key|api_?key|sign|signature|passphrase)", re.ASCII)
_PERSONAL = re.compile(
    r"(?:.*_)?(?:phone|mobile|msisdn|e_?mail|birth(?:day|_?date)?|passport"
    r"|first_?name|last_?name|full_?name|id_?card|address)(?:s|_numbers?)?",
    re.ASCII,
)
_NO_PERSON = re.compile(r"ip_address|.*_ip_address|.*mac_address|mail_?subject")
_TEXTS = (FieldType.STRING, FieldType.JSON)
_IN_URL = (Place.QUERY, Place.PATH)


def check(spec: Spec, report: Report) -> None:
    _keys(spec.provider, report)
    _people(spec.provider, report)
    _urls(spec.provider, report)
    _plain(spec.provider, report)


def _keys(provider: Provider, report: Report) -> None:
    for credential in provider.credentials:
        if _KEYS.fullmatch(credential.name) and not credential.secret:
            report.warning(
                "key-not-secret",
                credential.where,
                f"the credential {quote(credential.name)} is not marked as a secret",
                "add `secret: true`, or answer that it only tells who is calling",
            )


def _people(provider: Provider, report: Report) -> None:
    for field, _ in fields(provider):
        name = field.name
        if field.pii or field.secret or field.type not in _TEXTS:
            continue
        if _PERSONAL.fullmatch(name) and not _NO_PERSON.fullmatch(name):
            report.warning(
                "person-not-marked",
                field.where,
                f"{quote(name)} sounds like somebody's, and is not marked as personal",
                _personal_hint(field),
            )


def _personal_hint(field: Field) -> str:
    if "mail" in field.name:
        return "`type: email`, or `pii: true`: it is then masked in logs and errors"
    if re.search("phone|mobile|msisdn", field.name):
        return "`type: phone`, or `pii: true`: it is then masked in logs and errors"
    return "add `pii: true`: it is then masked in logs and errors"


def _urls(provider: Provider, report: Report) -> None:
    """Secrets that stand in a URL as they are, over https too."""
    if any(server.url.startswith("http://") for server in provider.servers):
        return  # secret-over-http says it
    in_urls = {
        operation.auth
        for operation, _ in operations(provider)
        for place in (operation.place, *(form.place for form in operation.variants))
        if place in _IN_URL
    }
    secrets = {credential.name for credential in provider.credentials}
    secrets &= {
        credential.name for credential in provider.credentials if credential.secret
    }
    for scheme in provider.schemes:
        for placement in scheme.placements:
            place = placement.place
            in_url = place in _IN_URL or (place is None and scheme.key in in_urls)
            if in_url and set(_named(placement.value)) & secrets:
                report.warning(
                    "secret-in-url",
                    placement.where,
                    f"the secret {quote(placement.wire)} travels in the URL",
                    "a header or a body, where the provider takes it there",
                )
    for operation, _ in operations(provider):
        for field in operation.parameters:
            if field.secret and field.place in _IN_URL:
                report.warning(
                    "secret-in-url",
                    field.where,
                    f"the secret {quote(field.name)} travels in the URL",
                    "a header or a body, where the provider takes it there",
                )


def _named(value: Value) -> Iterator[str]:
    """The reference that is sent as it is; what is digested gives nothing away."""
    found = list(parts(value))
    if len(found) == 1 and isinstance(found[0], Reference):
        yield found[0].name


def _plain(provider: Provider, report: Report) -> None:
    for server in provider.servers:
        if server.insecure and not server.notes:
            report.warning(
                "plain-http-unexplained",
                server.where,
                f"no note says why {quote(server.key)} is called without encryption",
                "add a note with what the documents say, or whether https works too",
            )


EXPLANATIONS = (
    Explanation(
        "key-not-secret",
        "A key that is not marked as a secret",
        "Some keys only tell who is calling, and a second credential signs; most open "
        "the account to anybody who reads them in a log.",
        "credentials: {api_key: {env: X_KEY}}\n",
        "credentials: {api_key: {secret: true, env: X_KEY}}\n",
    ),
    Explanation(
        "person-not-marked",
        "Somebody's data that is not marked as personal",
        "What is marked is masked in representations, logs and errors. Fields of the "
        "types phone, email and text are marked by themselves.",
        "parameters: {mobile: {type: string}}\n",
        "parameters: {mobile: {type: phone}}\n",
    ),
    Explanation(
        "secret-in-url",
        "A secret in a URL",
        "Encryption hides URLs on the way; servers, proxies and browsers still write "
        "them to their logs.",
        "auth: {key: {query: {token: $token}}}\n",
        "auth: {key: {headers: {Token: $token}}}\n",
    ),
    Explanation(
        "plain-http-unexplained",
        "No encryption, and nobody says why",
        "`insecure: true` says that there is nothing better; a note says where that is "
        "known from, so that it is asked again when the provider changes.",
        'servers: {main: {url: "http://api.example.com", insecure: true}}\n',
        'servers: {main: {url: "http://api.example.com", insecure: true, '
        "notes: [plain_http]}}\n",
    ),
)
