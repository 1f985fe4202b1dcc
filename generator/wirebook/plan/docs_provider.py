"""What a reference says of a provider before it comes to the operations."""

from __future__ import annotations

from msgspec import Struct

from wirebook.code import literal
from wirebook.expression import call, flat
from wirebook.markdown import (
    Markdown,
    bullets,
    code,
    codes,
    fence,
    joined,
    paragraph,
    stacked,
    table,
    text,
    url,
)
from wirebook.markdown import sentence as full
from wirebook.model import Credential, Provider, Server, Setting, Source

from .docs_auth import Authentication, authentication
from .docs_page import NOTHING, Page, counted, seconds, source


class Overview(Struct, frozen=True):
    """The parts that stand before the operations; empty ones are left out."""

    title: Markdown
    summary: Markdown
    start: Markdown
    credentials: Markdown
    settings: Markdown
    servers: Markdown
    authentication: tuple[Authentication, ...]
    limits: Markdown
    missing: Markdown
    sources: Markdown


def overview(page: Page, package: str) -> Overview:
    provider = page.provider
    return Overview(
        text(provider.title),
        paragraph(joined([full(provider.summary), _version(provider)])),
        _start(provider, package),
        table(
            ("Argument", "Environment variable", "Form", "Meaning", "Source"),
            (_credential(page, credential) for credential in provider.credentials),
        ),
        table(
            (
                "Argument",
                "Environment variable",
                "Default",
                "Form",
                "Meaning",
                "Source",
            ),
            (_setting(page, setting) for setting in provider.settings),
        ),
        table(
            ("Server", "Address", "Paths", "Meaning", "Source"),
            (_server(page, server) for server in provider.servers),
        ),
        authentication(page),
        bullets(_limits(provider)),
        bullets(full(fact) for fact in provider.missing),
        table(
            ("Source", "Title", "Version", "Date", "Where", "SHA-256"),
            map(_source, provider.sources),
        ),
    )


def _version(provider: Provider) -> Markdown:
    words: list[Markdown] = []
    if provider.version:
        words += [text("Written against version"), text(provider.version)]
        words.append(text("of the provider's document."))
    if provider.stability == "draft":
        words.append(text("A draft: names may still change."))
    if provider.renamed_from:
        words += [text("Was called"), code(provider.renamed_from)]
    return joined(words)


def _start(provider: Provider, package: str) -> Markdown:
    """The shortest program: a client from the environment."""
    arguments = {
        credential.name: literal(credential.example or "…")
        for credential in provider.credentials
        if credential.env is None and not credential.optional
    }
    client = flat(call(f"{provider.id}.Client", **arguments))
    lines = [
        f"from {package} import {provider.id}",
        "",
        f"with {client} as client:",
        "    ...",
    ]
    return fence("python", "\n".join(lines))


def _credential(page: Page, credential: Credential) -> tuple[Markdown, ...]:
    form: list[Markdown] = []
    if credential.pattern:
        form.append(joined([text("pattern"), code(credential.pattern)]))
    if credential.example is not None:
        form.append(joined([text("such as"), code(credential.example)]))
    meaning = [
        text(credential.summary),
        text("Secret: never printed." if credential.secret else ""),
        text("Optional." if credential.optional else ""),
        page.notes(credential.notes),
    ]
    return (
        code(credential.name),
        code(credential.env) if credential.env else NOTHING,
        stacked(form),
        stacked(words for words in meaning if words),
        source(credential.src),
    )


def _setting(page: Page, setting: Setting) -> tuple[Markdown, ...]:
    form = NOTHING
    if setting.values:
        form = codes(setting.values)
    elif setting.pattern:
        form = joined([text("pattern"), code(setting.pattern)])
    return (
        code(setting.name),
        code(setting.env) if setting.env else NOTHING,
        code(setting.default) if setting.default is not None else text("required"),
        form,
        stacked(
            words
            for words in (text(setting.summary), page.notes(setting.notes))
            if words
        ),
        source(setting.src),
    )


def _server(page: Page, server: Server) -> tuple[Markdown, ...]:
    meaning = [
        text(server.summary),
        text("Plain HTTP: nothing is encrypted." if server.insecure else ""),
        page.notes(server.notes),
    ]
    return (
        code(server.key),
        code(server.url),
        stacked(
            joined([text(f"{product}:"), code(prefix)])
            for product, prefix in server.prefixes
        ),
        stacked(words for words in meaning if words),
        source(server.src),
    )


def _limits(provider: Provider) -> list[Markdown]:
    retry = provider.retry
    limits = [
        text(f"A call is given up after {seconds(provider.timeout)}."),
        text(
            f"Where a repetition is safe there are at most"
            f" {counted(retry.attempts, 'attempt')}, {seconds(retry.delay)} to"
            f" {seconds(retry.max_delay)} apart."
        ),
    ]
    if provider.rate:
        rate = provider.rate
        words = f"{counted(rate.calls, 'call')} in {seconds(rate.per)}"
        limits.append(text(f"At most {words}, with bursts of {rate.burst}."))
    return limits


def _source(entry: Source) -> tuple[Markdown, ...]:
    where = [url(entry.url)] if entry.url else []
    if entry.file:
        where.append(code(entry.file))
    return (
        code(entry.key),
        text(entry.title),
        text(entry.version),
        text(entry.date),
        stacked(where),
        code(entry.sha256[:12]) if entry.sha256 else NOTHING,
    )
