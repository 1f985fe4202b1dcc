"""Long lists: replies of many items, read by the generated clients and by loops."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

from telecoms import aisix, onbuka, unified
from telecoms._runtime.transport import Response

from . import by_hand
from .client import ACCOUNT, AUTHKEY, KEY, SECRET
from .side_by_side import Compared, side_by_side

SENT = ["447712345678"]


class Canned:
    """A transport that has one reply for everything."""

    def __init__(self, media: str, body: bytes) -> None:
        self._response = Response(200, (("Content-Type", media),), body)

    def send(self, request: Any, *, timeouts: Any, max_bytes: int) -> Response:
        return self._response

    def close(self) -> None:
        """Nothing is open."""


class List(NamedTuple):
    """One list both ways: its reply, the call that reads it, the loop that does."""

    media: str
    body: Callable[[int], bytes]
    call: Callable[[Canned], Callable[[], object]]
    loop: Callable[[bytes], object]


def decoding(count: int = 10_000, blocks: int = 60) -> dict[str, Compared]:
    """Reading a reply of that many items, µs in all."""
    return {f"{count:,} {name}": _against(each, count, blocks) for name, each in LISTS}


def _against(each: List, count: int, blocks: int) -> Compared:
    body = each.body(count)
    call = each.call(Canned(each.media, body))
    return side_by_side(lambda: each.loop(body), call, blocks, size=1)


def _reply(items: list[dict[str, Any]]) -> bytes:
    counts = {"success": str(len(items)), "fail": "0", "sending": "0", "nofound": "0"}
    return json.dumps(
        {"status": "0", "reason": "success", **counts, "array": items}
    ).encode()


def _messages(count: int) -> bytes:
    return _reply(
        [
            {"msgId": f"21080210540110{n:05}", "number": f"918563{n:05}"}
            for n in range(count)
        ]
    )


def _reports(count: int) -> bytes:
    return _reply(
        [
            {
                "msgId": f"21080210540110{n:05}",
                "number": f"918563{n:05}",
                "receiveTime": f"2021-02-12T09:{n // 60 % 60:02}:{n % 60:02}+08:00",
                "status": str(n % 2),
            }
            for n in range(count)
        ]
    )


def _elements(count: int) -> bytes:
    items = (
        f'<Item id="{n}" msgid="6576790802{n:05}" mobile="181{n:08}" result="{n % 3}"'
        ' return="DELIVRD"/>'
        for n in range(count)
    )
    return f'<xml name="getSendState" result="1">{"".join(items)}</xml>'.encode()


def _records(count: int) -> bytes:
    records = (f"1701|4477{n:08}|bc5f7425-c98c-445b-a1f7-{n:012}" for n in range(count))
    return ",".join(records).encode()


def _onbuka(canned: Canned) -> onbuka.Client:
    return onbuka.Client(api_key=KEY, api_secret=SECRET, transport=canned)


def _send(canned: Canned) -> Callable[[], object]:
    client = _onbuka(canned)
    return lambda: client.sms.send(
        app_id="4luaKsL2", numbers=["91856321412"], content="hello world"
    )


def _get_report(canned: Canned) -> Callable[[], object]:
    client = _onbuka(canned)
    return lambda: client.sms.get_report(app_id="4luaKsL2", message_ids=["1"])


def _get_send_state(canned: Canned) -> Callable[[], object]:
    client = aisix.Client(account=ACCOUNT, authkey=AUTHKEY, transport=canned)
    return client.get_send_state


def _submit(canned: Canned) -> Callable[[], object]:
    client = unified.Client(
        username="tester",
        password="pass",
        host="loopback.test",
        port="80",
        transport=canned,
    )
    return lambda: client.submit(
        message_type=unified.MessageType.PLAIN,
        destinations=SENT,
        source="WIRE",
        message="hello",
    )


LISTS = (
    (
        "items, a loop that makes objects",
        List("application/json", _messages, _send, by_hand.items),
    ),
    (
        "items, a loop that makes immutable ones",
        List("application/json", _messages, _send, by_hand.fixed_items),
    ),
    (
        "reports with state and time (JSON)",
        List("application/json", _reports, _get_report, by_hand.reports),
    ),
    (
        "reports with state (XML)",
        List("text/xml", _elements, _get_send_state, by_hand.states),
    ),
    (
        "results with status (pipes)",
        List("text/plain", _records, _submit, lambda body: by_hand.results(body, SENT)),
    ),
)


def main() -> None:
    """All of them, as JSON on standard output."""
    print(json.dumps(decoding(*map(int, sys.argv[1:]))))


if __name__ == "__main__":
    main()
