"""Secrets out of everything that people look at."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

MASK = "••••••"
SHORTEST = 4
"""Shorter secrets are words of every other text."""


class Mask:
    """Replaces secret values however they are spelled."""

    def __init__(self, secrets: Iterable[str]) -> None:
        spelled = {
            form
            for secret in secrets
            if len(secret) >= SHORTEST
            for form in (
                secret,
                quote(secret, safe=""),
                quote_plus(secret),
                json.dumps(secret)[1:-1],
                json.dumps(secret, ensure_ascii=False)[1:-1],
                escape(secret),
                base64.b64encode(secret.encode()).decode(),
            )
        }
        # The longest first: one spelling may be part of another.
        self._forms = sorted(spelled, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        for form in self._forms:
            if form in text:
                text = text.replace(form, MASK)
        return text
