"""What goes wrong on the wire, and what a client says of it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.fault_server import (
    Close,
    Drip,
    Flood,
    HalfClose,
    Hang,
    Pause,
    Reset,
    Script,
    reply,
)
from tests.support.specimen import OK
from wirebook.runtime import errors


@dataclass(frozen=True)
class Fault:
    """What a server does, and the error of a submission that meets it."""

    name: str
    script: Script
    error: type[errors.Error]
    reason: str
    again: bool = True
    """Whether a read is worth repeating."""


FAULTS = [
    Fault("reset", [Reset()], errors.OutcomeUnknown, "reset"),
    Fault("closed", [Close()], errors.OutcomeUnknown, "reset"),
    Fault("half-closed", [HalfClose(), Hang()], errors.OutcomeUnknown, "reset"),
    Fault("silent", [Hang()], errors.ReplyTimeout, "timeout"),
    Fault(
        "reset after the headers",
        [OK[:-5], Pause(0.02), Reset()],
        errors.OutcomeUnknown,
        "reset",
    ),
    Fault("truncated headers", [OK[:30], Close()], errors.UnreadableReply, "protocol"),
    Fault("truncated body", [OK[:-5], Close()], errors.UnreadableReply, "protocol"),
    Fault(
        "broken chunks",
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", Close()],
        errors.UnreadableReply,
        "protocol",
    ),
    Fault(
        "garbage",
        [b"1701|4917612345678:7\n", Close()],
        errors.UnreadableReply,
        "protocol",
    ),
    Fault(
        "huge header",
        [b"HTTP/1.1 200 OK\r\nX: " + b"a" * 1_000_000],
        errors.UnreadableReply,
        "protocol",
    ),
    Fault(
        "two lengths",
        [b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde"],
        errors.UnreadableReply,
        "protocol",
    ),
    Fault("status 999", [reply(OK, 999)], errors.UnreadableReply, "protocol"),
    Fault("status 9999", [reply(OK, 9999)], errors.UnreadableReply, "protocol"),
    Fault(
        "continue for ever",
        [Flood(b"HTTP/1.1 100 Continue\r\n\r\n", 10**9)],
        errors.ReplyTimeout,
        "timeout",
    ),
    Fault("slow headers", [Drip(OK)], errors.ReplyTimeout, "timeout"),
    Fault("slow body", [OK[:-20], Drip(OK[-20:])], errors.ReplyTimeout, "timeout"),
    Fault(
        "announced too large",
        [b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", Hang()],
        errors.ReplyTooLarge,
        "too_large",
        again=False,
    ),
    Fault(
        "endless",
        [b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", Flood(b"a" * 65536)],
        errors.ReplyTooLarge,
        "too_large",
        again=False,
    ),
    Fault(
        "compressed",
        [reply(b"\x1f\x8b\x08", 200, "Content-Encoding: gzip")],
        errors.UnreadableReply,
        "encoding",
        again=False,
    ),
    Fault(
        "redirect",
        [reply(b"", 302, "Location: http://evil.example/x?key=1")],
        errors.RedirectRefused,
        "redirect",
        again=False,
    ),
    Fault(
        "redirect that keeps the method",
        [reply(b"", 307, "Location: /elsewhere")],
        errors.RedirectRefused,
        "redirect",
        again=False,
    ),
    Fault(
        "portal",
        [reply(b"<html>Log in, 4917612345678</html>", 200, "Content-Type: text/html")],
        errors.UnreadableReply,
        "reply",
        again=False,
    ),
    Fault("empty", [reply(b"")], errors.UnreadableReply, "reply", again=False),
    Fault(
        "no content",
        [b"HTTP/1.1 204 No Content\r\n\r\n"],
        errors.UnreadableReply,
        "reply",
        again=False,
    ),
    Fault("bad gateway", [reply(b"oops", 502)], errors.UnreadableReply, "http"),
    Fault("unavailable", [reply(b"", 503)], errors.UnreadableReply, "http"),
    Fault("forbidden", [reply(b"", 403)], errors.UnreadableReply, "http", again=False),
    Fault(
        "invalid text",
        [reply(b'{"status": 0, "id": "\xff"}')],
        errors.UnreadableReply,
        "reply",
        again=False,
    ),
    Fault(
        "duplicate names",
        [reply(b'{"status": 0, "status": 1, "id": "7"}')],
        errors.UnreadableReply,
        "reply",
        again=False,
    ),
    Fault(
        "a missing value",
        [reply(b'{"status": 0}')],
        errors.UnreadableReply,
        "reply",
        again=False,
    ),
    Fault(
        "no status",
        [reply(b'{"id": "7"}')],
        errors.UnreadableReply,
        "reply",
        again=False,
    ),
]
