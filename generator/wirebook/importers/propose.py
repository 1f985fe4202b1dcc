"""What was found, as files of a spec that are valid and say what they do not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .found import Call, Found, Value, of_json
from .meanings import codes, described, merged, status_lines, table_key
from .words import is_credential, is_secret, name, redacted, snake

_STATUS = ("code", "status", "result", "errcode", "error_code", "errno", "ret")
_MESSAGE = ("message", "msg", "reason", "description", "error")
_READS = ("get", "list", "query", "find", "fetch", "read", "search", "check", "balance")
_SUBMITS = ("send", "submit", "schedule", "call", "message", "sms", "otp", "verify")
_SAMPLES = {
    "phone": '"+4915112345678"',
    "integer": "1",
    "decimal": '"1.5"',
    "boolean": "true",
    "email": "someone@example.com",
    "json": "{}",
}
_VERBS = {"PUT": "replace", "PATCH": "change", "DELETE": "delete", "GET": "get"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """The text of both files, without modelines, and what should be looked at."""

    provider: str
    vectors: str
    remarks: tuple[str, ...]


@dataclass(slots=True)
class _Scheme:
    key: str
    lines: list[str]


@dataclass(slots=True)
class _Draft:
    id: str
    found: Found
    credentials: dict[str, Value] = field(default_factory=dict[str, Value])
    schemes: dict[tuple[str, ...], _Scheme] = field(
        default_factory=dict[tuple[str, ...], _Scheme]
    )
    settings: set[str] = field(default_factory=set[str])
    models: list[str] = field(default_factory=list[str])
    names: set[str] = field(default_factory=set[str])
    vectors: list[str] = field(default_factory=list[str])
    tables: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    remarks: list[str] = field(default_factory=list[str])


def propose(id: str, title: str | None, found: Found, origin: str) -> Proposal:
    """The spec that what was found suggests.

    origin: what the sources entry calls the input.
    """
    draft = _Draft(id, found, remarks=[*found.remarks])
    texts = described(found.tables)
    statuses = [*_statuses(draft)]
    operations = [
        line for call in found.calls for line in _operation(draft, call, texts)
    ]
    head = [*_head(draft, title, origin)]
    lines = [*head, *_servers(draft), *_credentials(draft)]
    if statuses:
        lines += ["", "statuses:", *statuses]
    if draft.models:
        lines += ["", "models:", *draft.models]
    if operations:
        lines += ["", *_OPERATIONS, "operations:", *operations]
    vectors = ["spec: 1", "", *_VECTORS, *_client(draft)]
    vectors += ["", "vectors:", *draft.vectors] if draft.vectors else ["vectors: []"]
    return Proposal(
        "\n".join(lines) + "\n", "\n".join(vectors) + "\n", tuple(draft.remarks)
    )


_OPERATIONS = (
    "# `does` decides what may be sent twice: check it first.  Then the types, what is",
    "# optional, and the limits: samples show none of these.",
)
_VECTORS = (
    "# Placeholders: put the page's own samples in, with `documented: true`, and for each",
    "# `reply` what it yields (`result`) or `raises`.",
)


def quoted(text: str) -> str:
    """A YAML text in double quotes."""
    shown = "".join(
        letter if letter.isprintable() else " " for letter in " ".join(text.split())
    )
    return '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _head(draft: _Draft, title: str | None, origin: str) -> Iterator[str]:
    called = title or redacted(draft.found.title) or draft.id.replace("_", " ").title()
    yield "# A proposal, read from samples: lines marked GUESS say what no sample shows."
    yield "spec: 1"
    yield "provider:"
    yield f"  id: {draft.id}"
    yield f"  title: {quoted(called)}"
    yield "  stability: draft"
    yield "  missing:"
    yield '    - "Which failures prove that nothing was submitted (`effect: none`)."'
    yield '    - "Whether a failed request may be sent again (`retry`)."'
    for remark in draft.remarks:
        yield f"    - {quoted(redacted(remark))}"
    yield "sources:"
    yield f"  page: {{title: {quoted(origin)}}}"
    yield "notes:"
    yield from _NOTES[:1]
    if any(codes(table) for table in draft.found.tables):
        yield _NOTES[1]
    if any(not call.shape for call in draft.found.calls):
        yield _NOTES[2]


_NOTES = (
    '  sampled: {kind: assumption, src: page, text: "Names, types and what is optional'
    ' were read from samples."}',
    '  guessed_reactions: {kind: assumption, src: page, text: "Reactions were guessed'
    " from the provider's words; no effect is stated, so failures count as unknown"
    ' outcomes."}',
    '  no_reply: {kind: omission, src: page, text: "No sample shows the reply."}',
)


def _servers(draft: _Draft) -> Iterator[str]:
    yield ""
    yield "servers:"
    urls = [*dict.fromkeys(call.server for call in draft.found.calls)]
    if not urls:
        draft.remarks.append("no URL was found: replace https://api.example.com")
        urls = ["https://api.example.com"]
    for index, url in enumerate(urls):
        url = re.sub(r":port$", "", url)
        draft.settings |= set(re.findall(r"\{(\w+)\}", url))
        insecure = ", insecure: true" if url.startswith("http:") else ""
        key = "main" if not index else f"server{index + 1}"
        yield f"  {key}: {{url: {quoted(url)}{insecure}, src: page}}"
    if draft.settings:
        yield "settings:"
        for each in sorted(draft.settings):
            env = f"{draft.id}_{each}".upper()
            yield f"  {each}: {{env: {env}, summary: Part of the address., src: page}}"


def _credentials(draft: _Draft) -> Iterator[str]:
    if draft.credentials:
        yield ""
        yield "credentials:"
        for key, value in draft.credentials.items():
            secret = "secret: true, " if is_secret(value.wire) else ""
            env = f"{draft.id}_{key}".upper()
            summary = quoted(f"What travels as {value.wire}.")
            yield f"  {key}: {{{secret}env: {env}, summary: {summary}, src: page}}"
    if draft.schemes:
        yield ""
        yield "auth:"
        for scheme in draft.schemes.values():
            yield f"  {scheme.key}:"
            yield from (f"    {line}" for line in scheme.lines)


def _scheme(draft: _Draft, call: Call, values: list[Value]) -> str:
    """The scheme that places these; one for all calls that place the same."""
    marks = [f"{value.place} {value.wire}" for value in values]
    key = (*sorted(marks), str(call.basic), str(call.bearer))
    if not values and not (call.basic or call.bearer):
        return "none"
    if key not in draft.schemes:
        number = len(draft.schemes) + 1
        named = "key" if number == 1 else f"key{number}"
        draft.schemes[key] = _Scheme(named, [*_placed(draft, call, values)])
    return draft.schemes[key].key


def _placed(draft: _Draft, call: Call, values: list[Value]) -> Iterator[str]:
    places: dict[str, list[str]] = {}
    compute: list[str] = []
    for value in values:
        last = snake(value.wire.rpartition(".")[2])
        reference = name(value.wire)
        if last.split("_")[-1] in ("timestamp", "ts"):
            compute.append(f"{reference}: {{now: unix_seconds}}")
        elif last.split("_")[-1] == "nonce":
            compute.append(f"{reference}: {{nonce: hex, length: 16}}")
        else:
            draft.credentials.setdefault(reference, value)
            if last.split("_")[-1] in ("sign", "signature", "sig", "hmac", "hash"):
                yield "# GUESS: a signature is computed; say how in `compute` and drop"
                yield f"# the credential {reference} (`wirebook explain auth`)."
                draft.remarks.append(f"how {value.wire} is computed")
        place = {"header": "headers"}.get(value.place, value.place)
        places.setdefault(place, []).append(f"{quoted(value.wire)}: ${reference}")
    if compute:
        yield f"compute: {{{', '.join(compute)}}}"
    for place, pairs in places.items():
        yield f"{place}: {{{', '.join(pairs)}}}"
    if call.basic:
        for each in ("username", "password"):
            draft.credentials.setdefault(each, Value(each, "header"))
        yield "basic: {username: $username, password: $password}"
    if call.bearer:
        draft.credentials.setdefault("token", Value("token", "header"))
        yield "bearer: $token"
    yield "src: page"


def _operation(
    draft: _Draft, call: Call, texts: dict[str, tuple[str, bool]]
) -> Iterator[str]:
    own = _unique(_name(call), draft.names)
    values = _once(call.values)
    credentials = [v for v in values if _authenticates(v)]
    scheme = _scheme(draft, call, credentials)
    values = [value for value in values if value not in credentials]
    place = call.place or "query"
    summary = redacted(call.summary).partition(". ")[0] or f"{call.method} {call.path}"
    yield f"  {own}:"
    yield f"    summary: {quoted(summary.rstrip('.') + '.')}"
    yield "    src: page"
    yield "    notes: [sampled]" if call.shape else "    notes: [sampled, no_reply]"
    yield f"    does: {_does(call, own)}  # GUESS from the name and the method"
    yield f"    method: {call.method}"
    yield f"    path: {quoted(call.path)}"
    yield f"    in: {place}"
    if scheme == "none" or scheme != next(iter(draft.schemes.values())).key:
        yield f"    auth: {scheme}"
    fixed = [value for value in values if value.constant is not None]
    for kind, key in (
        ("header", "headers"),
        ("query", "fixed_query"),
        (place, "fixed"),
    ):
        if kind == place and key == "fixed_query":
            continue
        pairs = [
            f"{quoted(value.wire)}: {quoted(value.constant or '')}"
            for value in fixed
            if value.place == kind
        ]
        if pairs:
            yield f"    {key}: {{{', '.join(pairs)}}}"
    values = [value for value in values if value.constant is None]
    arguments: list[str] = []
    if values:
        yield "    parameters:"
        taken: set[str] = set()
        for value in values:
            key = _unique(name(value.wire), taken)
            words, optional = texts.get(value.wire, ("", False))
            value.optional = value.optional or optional
            yield f"      {key}: {{{_facts(value, key, place, words)}}}"
            if not value.optional:
                arguments.append(f"{key}: {_sample(value)}")
    yield from _reply(draft, call, own)
    for error in call.errors:
        yield f"    # HTTP {redacted(error)}"
    draft.vectors += [
        f"  - id: {own.replace('_', '-')}",
        "    about: A placeholder, no sample of the provider.",
        f"    operation: {own}",
        f"    arguments: {{{', '.join(arguments)}}}",
        f"    request: {{method: {call.method}}}",
    ]


def _authenticates(value: Value) -> bool:
    last = snake(value.wire.rpartition(".")[2]).split("_")[-1]
    computed = value.place == "header" and last in ("timestamp", "ts", "nonce")
    return value.place != "path" and (is_credential(value.wire) or computed)


def _once(values: list[Value]) -> list[Value]:
    """Each wire name of a place once; what came several times is a list."""
    found: dict[tuple[str, str], Value] = {}
    for value in values:
        first = found.setdefault((value.place, value.wire), value)
        if first is not value and value.place in ("query", "form") and not first.list:
            first.list = "{repeat: true}"
    return [*found.values()]


def _facts(value: Value, key: str, place: str, words: str) -> str:
    facts: list[str] = []
    if value.wire != key:
        facts.append(f"wire: {quoted(value.wire)}")
    facts.append(f"type: {value.type}")
    if value.place != place and value.place != "path":
        facts.append(f"in: {value.place}")
    if value.place == "path":
        facts.append("in: path")
    if value.list:
        facts.append(f"list: {value.list}")
    elif value.type == "json" and value.place != "json":
        facts.append("encode: json")
    facts += [f"{limit}: {number}" for limit, number in value.limits.items()]
    if value.optional and value.place != "path":
        facts.append("optional: true")
    if is_secret(value.wire):
        facts.append("secret: true")
    summary = redacted(value.summary) or words or f"What travels as {value.wire}."
    return ", ".join([*facts, f"summary: {quoted(summary)}"])


def _reply(draft: _Draft, call: Call, own: str) -> Iterator[str]:
    if not call.reply:
        yield "    # GUESS: no sample shows the reply, so it is handed on as text."
        yield "    reply: {format: text, returns: string}"
        return
    facts = ["format: json"]
    tops = {snake(key): key for key in call.reply}
    status = next((tops[each] for each in _STATUS if each in tops), None)
    if status is not None:
        code = str(call.reply[status])
        tables = [key for key, known in draft.tables.items() if code in known]
        if tables:
            yield f"    statuses: {{table: {tables[0]}}}"
            facts.append(f"status: {quoted(status)}")
            message = next((tops[each] for each in _MESSAGE if each in tops), None)
            facts += [f"message: {quoted(message)}"] if message else []
    fields = [*_fields(call.reply)]
    if fields:
        model = f"{own[:40]}_result"
        draft.models += [
            f"  {model}:",
            f"    summary: {quoted(f'What {own} answers.')}",
            "    src: page",
            "    fields:",
            *fields,
        ]
        facts.append(f"returns: {model}")
    yield f"    reply: {{{', '.join(facts)}}}"


def _fields(reply: Any) -> Iterator[str]:
    taken: set[str] = set()
    for value in of_json(reply):
        value.constant = None
        key = _unique(name(value.wire), taken)
        style = ", list: {json: true}" if value.list else ""
        secret = ", secret: true" if is_secret(value.wire) else ""
        wire = f"wire: {quoted(value.wire)}, " if value.wire != key else ""
        summary = quoted(f"What {value.wire} holds.")
        yield (
            f"      {key}: {{{wire}type: {value.type}{style}, optional: true{secret},"
            f" summary: {summary}}}"
        )


def _statuses(draft: _Draft) -> Iterator[str]:
    taken: set[str] = set()
    for table in merged(draft.found.tables):
        key = table_key(table, taken)
        draft.tables[key] = {code for code, _ in codes(table)}
        yield from status_lines(key, table, quoted)


def _client(draft: _Draft) -> Iterator[str]:
    pairs = [f"{key}: {quoted(f'sample-{key}')}" for key in draft.credentials]
    pairs += [f"{key}: api.example.com" for key in sorted(draft.settings)]
    if pairs:
        yield f"client: {{{', '.join(pairs)}}}"


def _sample(value: Value) -> str:
    sample = _SAMPLES.get(value.type, "sample")
    if value.type == "file":
        sample = "{name: sample.txt, content: sample}"
    return f"[{sample}]" if value.list else sample


def _name(call: Call) -> str:
    if call.name:
        return name(call.name, "call")
    chosen = next((v.constant for v in call.values if v.constant), None)
    if chosen and not chosen.isdigit():
        return name(chosen, "call")
    parts = [part for part in call.path.split("/") if part and "{" not in part]
    own = name(parts[-1].partition(".")[0], "call") if parts else "call"
    verb = _VERBS.get(call.method)
    first = own.partition("_")[0]
    if verb and first not in (*_READS, *_SUBMITS, verb):
        own = f"{verb}_{own}"
    return own


def _does(call: Call, own: str) -> str:
    words = own.split("_")
    if words[0] in _READS and not any(value.type == "text" for value in call.values):
        return "reads"
    texts = any(value.type == "text" for value in call.values)
    named = any(word.startswith(_SUBMITS) for word in words)
    if (texts or named) and call.method != "DELETE":
        return "submits"
    return "reads" if call.method == "GET" else "changes"


def _unique(wanted: str, taken: set[str]) -> str:
    found, count = wanted, 2
    while found in taken:
        found, count = f"{wanted}_{count}", count + 1
    taken.add(found)
    return found
