"""Vectors as examples: a request as it travels, and what its reply means."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from wirebook.markdown import Markdown, code, fence, joined, paragraph, sealed, text
from wirebook.markdown import sentence as full
from wirebook.model import Expectation, Operation, Vector

from .docs_page import NOTHING, Page, sourced

LONGEST = 2000
"""Characters of a body that a page shows."""


class Example(Struct, frozen=True):
    """A recorded exchange; parts that the vector does not have are empty."""

    title: Markdown
    about: Markdown
    request: Markdown
    reply: Markdown
    outcome: Markdown


def example(operation: Operation | None, vector: Vector) -> Example:
    """A vector for readers."""
    about = [full(vector.about)]
    if vector.at is not None and vector.request:
        about.append(sealed(f"Sent at {code(vector.at.isoformat())}."))
    return Example(
        text(vector.id.replace("-", " ")),
        paragraph(sourced(joined(about), vector.src)),
        _message(_request_line(operation, vector.request), vector.request),
        _message(_status_line(vector.reply), vector.reply),
        _outcome(vector),
    )


def documented(
    page: Page, name: str, operation: Operation | None = None
) -> tuple[Example, ...]:
    """The vectors of an operation or callback that the provider's own page prints."""
    full_name = f"{page.product.key}.{name}" if page.product.key else name
    wanted = full_name if operation else f"callback:{full_name}"
    return tuple(
        example(operation, vector)
        for vector in page.provider.vectors
        if vector.documented and vector.operation == wanted
    )


def _request_line(
    operation: Operation | None, request: Mapping[str, Any] | None
) -> str:
    if not request:
        return ""
    method = request.get("method") or (operation.method if operation else "POST")
    target = request.get("target") or (operation.path if operation else "/")
    return f"{method} {target}"


def _status_line(reply: Mapping[str, Any] | None) -> str:
    return f"HTTP {reply.get('http', 200)}" if reply else ""


def _message(first: str, message: Mapping[str, Any] | None) -> Markdown:
    if not message:
        return NOTHING
    headers: Mapping[str, Any] = message.get("headers") or {}
    lines = [first, *(f"{name}: {value}" for name, value in headers.items())]
    body = _body(message)
    return fence("http", "\n".join([*lines, "", body] if body else lines))


def _body(message: Mapping[str, Any]) -> str:
    body = message.get("body")
    if body is None and message.get("body_base64"):
        content = base64.b64decode(str(message["body_base64"]))
        return f"({len(content)} bytes)"
    shown = str(body or "")
    return shown if len(shown) <= LONGEST else shown[:LONGEST] + "\n…"


def _outcome(vector: Vector) -> Markdown:
    if vector.raises is not None:
        return paragraph(_raised(vector.raises))
    if not vector.has_result:
        return NOTHING
    if vector.result is None:
        return paragraph(joined([text("Returns"), code("None")]))
    result = json.dumps(vector.result, indent=2, ensure_ascii=False, default=str)
    return fence("json", result)


def _raised(raises: Expectation) -> Markdown:
    words = [text("Raises"), code(raises.error)]
    if raises.status:
        words += [text("with"), code(raises.status)]
    if raises.code is not None:
        words += [text("for code"), code(raises.code)]
    if raises.submitted:
        words += [text("; submitted is"), code(raises.submitted)]
    return sealed(joined(words).replace(" ; ", "; ") + ".")
