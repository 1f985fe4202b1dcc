"""Servers and arguments of the client: where requests go, and how safely."""

from __future__ import annotations

import re

from wirebook.explain import Explanation
from wirebook.model import Place, Provider, Server
from wirebook.model.parts import parts
from wirebook.pattern import Unsafe, inspect
from wirebook.problem import quote
from wirebook.report import Report

from .lookup import operations

_URL = re.compile(
    r"https?://(?:[A-Za-z0-9.-]|\{[a-z_0-9]+\})+(?::(?:[0-9]{1,5}|\{[a-z_0-9]+\}))?"
    r"(?:/(?:[A-Za-z0-9._~-]|\{[a-z_0-9]+\})+)*",
    re.ASCII,
)
_IN_URL = (Place.QUERY, Place.PATH)


def check(provider: Provider, report: Report) -> None:
    for server in provider.servers:
        _server(server, report)
    _arguments(provider, report)
    _exposed(provider, report)


def _server(server: Server, report: Report) -> None:
    if not _URL.fullmatch(server.url):
        report.error(
            "bad-url",
            server.where,
            f"the URL of {quote(server.key)} holds more than a host, a port and a path",
            "a host, a port where it is unusual, a path; credentials travel elsewhere",
        )
    plain = server.url.startswith("http://")
    if plain and not server.insecure:
        report.error(
            "plain-http",
            server.where,
            f"{quote(server.key)} is called without encryption",
            "https, or `insecure: true` where the provider has nothing better",
        )
    if server.insecure and not plain:
        report.error(
            "plain-http",
            server.where,
            f"{quote(server.key)} is said to be insecure, but it is not",
            "drop `insecure`",
        )


def _arguments(provider: Provider, report: Report) -> None:
    for setting in provider.settings:
        text = setting.default
        if text is not None and setting.values and text not in setting.values:
            report.error(
                "unfit-value",
                setting.where,
                f"default {quote(text)} of {quote(setting.name)} is none of its values",
                "known: " + ", ".join(quote(value) for value in setting.values),
            )
        elif text is not None and not _matches(setting.pattern, text):
            report.error(
                "unfit-value",
                setting.where,
                f"default {quote(text)} of {quote(setting.name)} breaks its pattern",
            )
    for credential in provider.credentials:
        if credential.example and not _matches(credential.pattern, credential.example):
            report.error(
                "unfit-value",
                credential.where,
                f"the example of {quote(credential.name)} breaks its own pattern",
            )


def _matches(pattern: str | None, text: str) -> bool:
    if pattern is None:
        return True
    try:
        inspect(pattern)
    except Unsafe:
        return True
    return re.fullmatch(pattern, text, re.ASCII) is not None


def _exposed(provider: Provider, report: Report) -> None:
    """Warn where a secret stands in a URL that anybody on the way can read."""
    if not any(server.url.startswith("http://") for server in provider.servers):
        return
    secrets = {given.name for given in provider.credentials if given.secret}
    in_urls = {
        operation.auth
        for operation, _ in operations(provider)
        for place in (operation.place, *(form.place for form in operation.variants))
        if place in _IN_URL
    }
    for scheme in provider.schemes:
        for placement in scheme.placements:
            in_url = placement.place in _IN_URL or (
                placement.place is None and scheme.key in in_urls
            )
            names = {getattr(part, "name", "") for part in parts(placement.value)}
            direct = len(list(parts(placement.value))) == 1
            if in_url and direct and names & secrets:
                report.warning(
                    "secret-over-http",
                    placement.where,
                    f"the secret {quote(placement.wire)} travels in a URL, in clear",
                    "URLs end up in logs: prefer a body and https where they are offered",
                )


EXPLANATIONS = (
    Explanation(
        "bad-url",
        "A base URL that holds more than a host and a path",
        "Credentials in a URL would be printed with it, and a port has a number or is "
        "a setting.",
        'servers: {main: {url: "https://user:pass@api.example.com"}}\n',
        'servers: {main: {url: "https://api.example.com"}}\n',
    ),
    Explanation(
        "plain-http",
        "Calls without encryption",
        "Anybody on the way reads the credentials and the messages; a spec has to say "
        "that the provider offers nothing better.",
        'servers: {main: {url: "http://api.example.com"}}\n',
        'servers: {main: {url: "http://api.example.com", insecure: true}}\n',
    ),
    Explanation(
        "secret-over-http",
        "A secret in a URL, in clear",
        "URLs are written to logs all along the way, and plain HTTP shows them to "
        "everybody. The client masks its own; it cannot mask those of others.",
        "auth: {key: {query: {password: $password}}}    # and http://\n",
        "auth: {key: {form: {password: $password}}}\n",
    ),
)
