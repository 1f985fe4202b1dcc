"""Calls as operations: their names, what they do, and their parameters."""

from __future__ import annotations

from collections.abc import Iterator

from .draft import Draft, Sample, plain, quoted, unique
from .found import Call, Value
from .replies import reply_lines
from .schemes import authenticates, scheme_of
from .words import is_secret, name, redacted

_READS = ("get", "list", "query", "find", "fetch", "read", "search", "check", "balance")
_SUBMITS = ("send", "submit", "schedule", "call", "message", "sms", "otp", "verify")
_VERBS = {"PUT": "replace", "PATCH": "change", "DELETE": "delete", "GET": "get"}
_SAMPLES = {
    "phone": '"+4915112345678"',
    "integer": "1",
    "decimal": '"1.5"',
    "boolean": "true",
    "email": "someone@example.com",
    "json": "{}",
}


def operation_lines(
    draft: Draft, call: Call, texts: dict[str, tuple[str, bool]]
) -> Iterator[str]:
    own = unique(_name(call), draft.names)
    values = _once(call.values)
    credentials = [v for v in values if authenticates(v)]
    scheme = scheme_of(draft, call, credentials)
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
            key = unique(name(value.wire), taken)
            words, optional = texts.get(value.wire, ("", False))
            value.optional = value.optional or optional
            yield f"      {key}: {{{_facts(value, key, place, words)}}}"
            if not value.optional:
                arguments.append(f"{key}: {sample(value)}")
    yield from reply_lines(draft, call, own)
    for error in call.errors:
        yield f"    # HTTP {plain(redacted(error))}"
    seen = (value.wire for value in call.values if value.place == "header")
    draft.samples.append(
        Sample(own, ", ".join(arguments), call.method, tuple(dict.fromkeys(seen)))
    )


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


def sample(value: Value) -> str:
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
