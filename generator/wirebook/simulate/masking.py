"""Secrets out of everything that people look at."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator
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
                # Hosts are, and a redirect may lead to one that repeats it.
                secret.lower(),
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


def named(name: str) -> Iterator[re.Pattern[str]]:
    """Where a value stands beside its name, in each format."""
    plain = re.escape(name)
    web = f"(?:{plain}|{re.escape(quote(name, safe=''))})"
    yield re.compile(rf"((?:^|[?&\s]){web}=)([^&\s]+)()", re.MULTILINE)
    yield re.compile(rf'("{plain}"\s*:\s*")((?:[^"\\]|\\.)+)(")')
    yield re.compile(rf'("{plain}"\s*:\s*)([^"\s,}}\]]+)()')
    yield re.compile(rf"(<(?:\w+:)?{plain}(?:\s[^>]*)?>)([^<]+)(<)")
    yield re.compile(rf"(\s{plain}=\")([^\"]+)(\")")
    yield re.compile(
        rf'(name="{plain}"(?:\r?\n[^\r\n]+)*\r?\n\r?\n)(.+?)(\r?\n--)', re.S
    )
    yield re.compile(rf"(?im)^([<> ]*{plain}: *)(\S[^\r\n]*)()")
