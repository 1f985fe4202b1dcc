"""Exchanges and results as text and as JSON."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from enum import Enum
from http import HTTPStatus
from typing import Any, cast

from .exchange import Exchange
from .hidden import Hiding, Shown

EVERYTHING = Shown()


def raw(exchange: Exchange, hide: Shown = EVERYTHING) -> bytes:
    """A request as its bytes go over the wire; without `hide` exactly those."""
    head = [f"{exchange.method} {exchange.target} HTTP/1.1"]
    head += [f"{name}: {value}" for name, value in exchange.headers]
    start = "\r\n".join(head) + "\r\n\r\n"
    charset = "utf-8" if isinstance(hide, Hiding) else "latin-1"
    return hide(start).encode(charset) + hide.octets(exchange.body)


def text(exchange: Exchange, hide: Shown) -> str:
    """`> ` before what was sent, `< ` before what came back."""
    lines = [f"{exchange.method} {exchange.url}"]
    lines += [f"{name}: {value}" for name, value in exchange.headers]
    shown = _marked(">", [*lines, *_body(exchange.body, hide)], hide) + "\n"
    if exchange.http is None:
        why = hide(exchange.problem)
        return f"{shown}no reply after {exchange.seconds:.3f} s: {why}\n"
    lines = [_status(exchange.http)]
    lines += [f"{name}: {value}" for name, value in exchange.reply_headers]
    shown += _marked("<", [*lines, *_body(exchange.reply, hide)], hide)
    return shown + (f"{hide(exchange.problem)}\n" if exchange.problem else "")


def record(exchange: Exchange, hide: Shown) -> dict[str, Any]:
    """An exchange for machines; bodies that are no text in base64."""
    found: dict[str, Any] = {
        "operation": exchange.operation,
        "request": {
            "method": exchange.method,
            "url": hide(exchange.url),
            "headers": _headers(exchange.headers, hide),
            **_payload(exchange.body, hide),
        },
    }
    if exchange.http is not None:
        found["reply"] = {
            "http": exchange.http,
            "headers": _headers(exchange.reply_headers, hide),
            **_payload(exchange.reply, hide),
        }
        found["seconds"] = round(exchange.seconds, 3)
    if exchange.problem:
        found["problem"] = hide(exchange.problem)
    return found


def plain(value: Any) -> Any:
    """A result as JSON has it; a secret is `***`, bytes are base64."""
    if hasattr(value, "to_dict"):
        return plain(value.to_dict())
    if isinstance(value, Enum):
        return value.name
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value)
        return {str(key): plain(item) for key, item in pairs.items()}
    if isinstance(value, Iterable):
        return [plain(item) for item in cast("Iterable[object]", value)]
    return str(value)


def failure(error: Any) -> dict[str, Any]:
    """What an error of a client says, without its bases' machinery."""
    found: dict[str, Any] = {"class": type(error).__name__, "text": str(error)}
    status = getattr(error, "status", None)
    if status is not None:
        found["status"] = status.name
    for name in ("code", "parameter", "reason"):
        if getattr(error, name, None):
            found[name] = str(getattr(error, name))
    found["submitted"] = error.submitted.name
    return found


def told(error: Any) -> str:
    """An error in lines, its shared class among them."""
    kinds = [kind.__name__ for kind in type(error).__mro__]
    if not kinds[0].endswith("Error"):
        return f"{kinds[0]}: {error}\n"
    shared = next((kind for kind in kinds[1:] if not kind.endswith("Error")), "Error")
    return f"{kinds[0]} ({shared}): {error}\n"


def written(value: Any) -> str:
    return json.dumps(plain(value), indent=2, ensure_ascii=False) + "\n"


def _headers(headers: Iterable[tuple[str, str]], hide: Shown) -> list[list[str]]:
    """Hidden as lines: the name decides about the value."""
    lines = [hide(f"{name}: {value}") for name, value in headers]
    return [list(line.partition(": ")[::2]) for line in lines]


def _status(http: int) -> str:
    try:
        return f"HTTP {http} {HTTPStatus(http).phrase}"
    except ValueError:
        return f"HTTP {http}"


def _body(body: bytes, hide: Shown) -> list[str]:
    if not body:
        return []
    try:
        return ["", *body.decode("utf-8").splitlines()]
    except UnicodeDecodeError:
        return [
            "",
            f"({len(body)} bytes that are not UTF-8 text)",
            repr(hide.octets(body)[:400]),
        ]


def _payload(body: bytes, hide: Shown) -> dict[str, str]:
    try:
        return {"body": hide(body.decode("utf-8"))}
    except UnicodeDecodeError:
        # Masked before it is encoded: nobody would find a secret in Base64.
        return {"body_base64": base64.b64encode(hide.octets(body)).decode()}


def _marked(mark: str, lines: Iterable[str], hide: Shown) -> str:
    hidden = hide("\n".join(lines))
    return "".join(f"{mark} {line}".rstrip() + "\n" for line in hidden.split("\n"))
