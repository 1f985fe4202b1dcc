"""Who calls: credentials, and the schemes that place them."""

from __future__ import annotations

from collections.abc import Iterator

from .draft import Draft, Scheme, quoted
from .found import Call, Value
from .signatures import is_signature, signature_lines
from .words import is_credential, is_secret, name, snake


def credentials(draft: Draft) -> Iterator[str]:
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


def scheme_of(draft: Draft, call: Call, values: list[Value]) -> str:
    """The scheme that places these; one for all calls that place the same."""
    marks = [f"{value.place} {value.wire}" for value in values]
    key = (*sorted(marks), str(call.basic), str(call.bearer))
    if not values and not (call.basic or call.bearer):
        return "none"
    if key not in draft.schemes:
        number = len(draft.schemes) + 1
        named = "key" if number == 1 else f"key{number}"
        draft.schemes[key] = Scheme(named, [*_placed(draft, call, values)])
    return draft.schemes[key].key


def _placed(draft: Draft, call: Call, values: list[Value]) -> Iterator[str]:
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
            if is_signature(value):
                yield from signature_lines(value, reference)
                draft.remarks.append(
                    f"how {value.wire} is computed, and from which secret"
                )
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


def authenticates(value: Value) -> bool:
    last = snake(value.wire.rpartition(".")[2]).split("_")[-1]
    computed = value.place == "header" and last in ("timestamp", "ts", "nonce")
    return value.place != "path" and (is_credential(value.wire) or computed)
