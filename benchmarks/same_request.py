"""Proof that two contenders ask the same: what both put on the wire, compared."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable

from .server import response

# The second of the request, and the signature over it.
_FRESH = re.compile(rb"(?i)^(timestamp|sign): .*$")


def same_request(kind: str, *contenders: Callable[[str], object]) -> None:
    """Let each contender make its call to a base URL of its own.

    Raises RuntimeError where request line, headers (whatever their order) or body
    differ in more than the moment.
    """
    sent = [_sent(kind, contender) for contender in contenders]
    if any(one != sent[0] for one in sent):
        raise RuntimeError(f"the contenders send different requests: {sent}")


def _sent(kind: str, contender: Callable[[str], object]) -> tuple[list[bytes], bytes]:
    found: list[bytes] = []

    def answer() -> None:
        connection, _ = listener.accept()
        with connection:
            data = b""
            while not _whole(data):
                data += connection.recv(65_536)
            found.append(data)
            connection.sendall(response(kind))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer)
        thread.start()
        port = listener.getsockname()[1]
        contender(f"http://127.0.0.1:{port}")
        thread.join()
    head, _, body = found[0].partition(b"\r\n\r\n")
    lines = [_FRESH.sub(rb"\1", line) for line in head.split(b"\r\n")]
    known = [line.replace(b"%d" % port, b"PORT") for line in lines]
    return [known[0], *sorted(known[1:])], body


def _whole(data: bytes) -> bool:
    head, end, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *([0-9]+)", head)
    return bool(end) and len(body) >= int(length[1] if length else 0)
