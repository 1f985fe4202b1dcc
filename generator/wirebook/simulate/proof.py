"""What pushes prove themselves with: the scheme of a callback, computed over a push."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit, urlunsplit

from msgspec.structs import replace

from wirebook.model import Callback, Place, Provider, Reference, Scheme
from wirebook.model.parts import steps
from wirebook.runtime import formats
from wirebook.runtime.body import tree as planted
from wirebook.runtime.encode import Value, json_text
from wirebook.runtime.pushed import Pushed
from wirebook.runtime.request import find_header

from .authority import placements
from .kinds import is_dict
from .known import Known
from .state import Account

if TYPE_CHECKING:
    from .push import Pushed as Outgoing


def proved(
    provider: Provider, callback: Callback, account: Account, push: Outgoing
) -> Outgoing:
    """The push with the proof that its scheme asks for; as it is without a scheme."""
    scheme = provider.scheme(callback.auth)
    if scheme is None:
        return push
    headers = dict(push.headers)
    for name in _read(scheme):
        if find_header(list(headers.items()), name) is None:
            # What the provider chooses for each push: a time, or else a nonce.
            timely = "time" in name.lower() or "date" in name.lower()
            headers[name] = str(int(time.time())) if timely else os.urandom(8).hex()
    push = replace(push, headers=headers)
    for placement in placements(scheme):
        seen = Pushed(
            callback.key,
            method=push.method,
            url=push.url,
            headers=push.headers,
            body=push.body,
            format=callback.format,
            charset="utf-8",
        )
        known = Known(
            seen, account.credentials, account.settings, {}, dict(scheme.compute)
        )
        push = _placed(
            push, callback, placement.place, placement.wire, known.text(placement.value)
        )
    return push


def _read(scheme: Scheme) -> Iterator[str]:
    """Headers that a scheme signs and does not write."""
    for value in steps(scheme):
        if isinstance(value, Reference) and value.kind == "header":
            yield value.name


def _placed(
    push: Outgoing, callback: Callback, place: Place | None, wire: str, text: str
) -> Outgoing:
    if place is Place.HEADER:
        return replace(push, headers={**push.headers, wire: text})
    if place is Place.JSON or (place is None and callback.format == "json"):
        tree = formats.json_tree(push.body)
        members: dict[str, Value] = dict(tree) if is_dict(tree) else {}
        added = planted([*members.items(), (wire, text)])
        return replace(push, body=json_text(added).encode())
    pair = urlencode([(wire, text)])
    if place is Place.QUERY or (place is None and callback.format == "query"):
        parts = urlsplit(push.url)
        query = "&".join(part for part in (parts.query, pair) if part)
        return replace(push, url=urlunsplit(parts._replace(query=query)))
    body = b"&".join(part for part in (push.body, pair.encode()) if part)
    return replace(push, body=body)
