"""What a careful programmer would write without a generator: httpx2's transports
called directly, the same request, the same facts read from the reply."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import httpx2

# What every request of a generated client says, so that both send the same.
HEADERS = {
    "Accept": "*/*",
    "Accept-Encoding": "identity",
    "User-Agent": "telecoms (wirebook)",
}
TIMEOUT = {"timeout": {"connect": 10.0, "read": 30.0, "write": 30.0, "pool": 30.0}}


@dataclass(slots=True)
class Message:
    message_id: str
    recipient: str
    order_id: str | None


@dataclass(frozen=True, slots=True)
class FixedMessage:
    message_id: str
    recipient: str
    order_id: str | None


@dataclass(slots=True)
class Sent:
    accepted: int
    rejected: int
    messages: list[Message]


@dataclass(slots=True)
class Submission:
    enterprise_number: str
    employee_number: str
    message_id: str
    total: int
    price: Decimal
    balance: Decimal


def onbuka_request(base: str) -> httpx2.Request:
    stamp = str(int(time.time()))
    sign = hashlib.md5(f"bDqJFiq97bz1lzh9{stamp}".encode()).hexdigest()
    body = {
        "appId": "4luaKsL2",
        "numbers": ",".join(["91856321412", "91856321413"]),
        "content": "hello world",
        "senderId": "123",
    }
    return httpx2.Request(
        "POST",
        f"{base}/v3/sendSms",
        headers={
            "Content-Type": "application/json;charset=UTF-8",
            "Sign": sign,
            "Timestamp": stamp,
            "Api-Key": "bDqJFiq9",
            **HEADERS,
        },
        content=json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode(),
        extensions=TIMEOUT,
    )


def onbuka_reply(status: int, body: bytes) -> Sent:
    if status != 200:
        raise RuntimeError(status)
    reply = json.loads(body)
    if reply["status"] != "0":
        raise RuntimeError(reply["reason"])
    return Sent(
        int(reply["success"]),
        int(reply["fail"]),
        [
            Message(str(m["msgId"]), str(m["number"]), m.get("orderId"))
            for m in reply["array"]
        ],
    )


def aisix_request(base: str) -> httpx2.Request:
    fields = {
        "action": "sendOnce",
        "ac": "1001@100001",
        "authkey": "87B01469201D6557C2685137EB3B5DEC",
        "cgid": "52",
        "csid": "0",
        "c": "hello",
        "m": "18100002707",
    }
    return httpx2.Request(
        "POST",
        f"{base}/OpenPlatform/OpenApi",
        headers={"Content-Type": "application/x-www-form-urlencoded", **HEADERS},
        content=urlencode(fields).encode(),
        extensions=TIMEOUT,
    )


def aisix_reply(status: int, body: bytes) -> Submission:
    if status != 200:
        raise RuntimeError(status)
    root = ElementTree.fromstring(body)
    if root.attrib["result"] != "1" or root.attrib["name"] != "sendOnce":
        raise RuntimeError(root.attrib["result"])
    item: Any = root.find("Item")
    return Submission(
        item.attrib["cid"],
        item.attrib["sid"],
        item.attrib["msgid"],
        int(item.attrib["total"]),
        Decimal(item.attrib["price"]),
        Decimal(item.attrib["remain"]),
    )


def items(body: bytes) -> list[Message]:
    """The loop that decoding a long list is held against."""
    return [
        Message(str(m["msgId"]), str(m["number"]), m.get("orderId"))
        for m in json.loads(body)["array"]
    ]


def fixed_items(body: bytes) -> tuple[FixedMessage, ...]:
    """The same with what the generated client promises: nothing can be changed."""
    return tuple(
        FixedMessage(str(m["msgId"]), str(m["number"]), m.get("orderId"))
        for m in json.loads(body)["array"]
    )
