"""A loopback server that answers every request with the same reply, in a process of
its own: what it costs is not counted."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager

REPLIES = {
    "json": (
        "application/json",
        b'{"status":"0","reason":"success","success":"2","fail":"0","array":['
        b'{"msgId":"2108021054011000095","number":"91856321412"},'
        b'{"msgId":"2108021059531000096","number":"91856321413"}]}',
    ),
    "xml": (
        "text/xml",
        b'<xml name="sendOnce" result="1"><Item cid="501288812500" sid="1001"'
        b' msgid="657679080224325400" total="1" price="0.1" remain="1.500"/></xml>',
    ),
    "answer": (
        "application/json",
        b'{"code":"0","message":"ok","id":"m-1","price":"0.05","parts":1}',
    ),
}


class Reply(asyncio.Protocol):
    def __init__(self, reply: bytes) -> None:
        self.reply = reply
        self.data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.data += data
        while (end := self.data.find(b"\r\n\r\n")) >= 0:
            head = self.data[:end].lower()
            _, found, rest = head.partition(b"content-length:")
            length = int(rest.split(b"\r\n", 1)[0]) if found else 0
            if len(self.data) < end + 4 + length:
                return
            self.data = self.data[end + 4 + length :]
            self.transport.write(self.reply)


def response(kind: str) -> bytes:
    """The whole reply, head and body."""
    media, body = REPLIES[kind]
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nContent-Length: {len(body)}"
    return f"{head}\r\n\r\n".encode() + body


async def serve(kind: str) -> None:
    reply = response(kind)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Reply(reply), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


@contextmanager
def server(kind: str) -> Generator[str]:
    """The base URL of a server that gives replies of this kind."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.server", kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdin
        assert child.stdout
        yield f"http://127.0.0.1:{child.stdout.readline().strip()}"
        child.stdin.close()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
