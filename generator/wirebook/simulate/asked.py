"""What a request to the control API asks for.

What cannot be read raises Refused, with a sentence for whoever asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import SplitResult, urlsplit

from starlette.requests import Request

from .kinds import is_dict

LARGEST = 1_000_000
"""Bytes of a body."""
MOST_DIGITS = 20
"""Of a balance, on either side of its point."""


class Refused(Exception):
    """A request to the control API that cannot be done."""

    def __init__(self, why: str, http: int = 400) -> None:
        super().__init__(why)
        self.why = why
        self.http = http


def origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', 'localhost')}"


def query(request: Request) -> dict[str, str]:
    return dict(request.query_params)


def number(text: str) -> int | None:
    """What `[0-9]+` means; None for anything else, and for what counts nothing."""
    return int(text) if re.fullmatch("[0-9]{1,15}", text) else None


def path_number(request: Request) -> int:
    """The number in the path; 0, which nothing has, where there is none."""
    return number(request.path_params["number"]) or 0


async def body(request: Request) -> dict[str, Any]:
    """The JSON object that was sent; an empty one for an empty body."""
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > LARGEST:
            raise Refused(f"the body has more than {LARGEST} bytes", 413)
    try:
        values = json.loads(content or b"{}")
        # Half a character, and what nests too deeply, could not be shown.
        json.dumps(values, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Refused("the body must be JSON") from None
    if not is_dict(values):
        raise Refused("the body must be a JSON object")
    return {str(name): value for name, value in values.items()}


def text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str) or not value:
        raise Refused(f"`{name}` must be a text")
    return value


def texts(value: Any, name: str) -> dict[str, str]:
    if not is_dict(value):
        raise Refused(f"`{name}` must be an object of texts")
    return {str(key): str(each) for key, each in value.items()}


def amount(value: Any) -> Decimal:
    """What a balance may be."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        raise Refused("`balance` must be a number") from None
    if not amount.is_finite() or abs(amount.adjusted()) > MOST_DIGITS:
        raise Refused("`balance` must be a number that an account may hold")
    return amount


def url_parts(url: str) -> SplitResult:
    """The parts of a URL; empty ones where it is none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def addresses(values: dict[str, str]) -> dict[str, str]:
    """URLs by name; an empty one takes an address away."""
    for url in values.values():
        if url and url_parts(url).scheme not in ("http", "https"):
            raise Refused("a callback needs an http:// or https:// address")
    return {name: url for name, url in values.items() if url}
