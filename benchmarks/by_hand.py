"""What a careful programmer would write without a generator: httpx2's transports
called directly, the same request, the same facts read from the reply."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
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


class State(StrEnum):
    FAILED = "0"
    DELIVERED = "1"
    WAITING = "2"


class Result(StrEnum):
    ACCEPTED = "1701"
    NO_CREDIT = "1025"


@dataclass(slots=True)
class Report:
    message_id: str
    recipient: str
    state: State
    received_at: datetime | None


@dataclass(slots=True)
class Outcome:
    status: Result
    number: str
    message_id: str
    recipient: str | None
    error: RuntimeError | None


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


def reports(body: bytes) -> list[Report]:
    """Reports of a long list, their state and time as what they are."""
    return [
        Report(
            str(m["msgId"]),
            str(m["number"]),
            State(m["status"]),
            datetime.fromisoformat(m["receiveTime"]),
        )
        for m in json.loads(body)["array"]
    ]


def states(body: bytes) -> list[Report]:
    """The same without a time, in attributes."""
    return [
        Report(i.attrib["msgid"], i.attrib["mobile"], State(i.attrib["result"]), None)
        for i in ElementTree.fromstring(body).iter("Item")
    ]


def results(body: bytes, sent: Sequence[str]) -> list[Outcome]:
    """What became of each number, between pipes."""
    known = {number.lstrip("+0"): number for number in sent}
    found: list[Outcome] = []
    for record in body.decode().split(","):
        code, number, message_id = record.split("|")
        status = Result(code)
        error = None if status is Result.ACCEPTED else RuntimeError(status)
        whose = known.get(number.lstrip("+0"))
        found.append(Outcome(status, number, message_id, whose, error))
    return found
