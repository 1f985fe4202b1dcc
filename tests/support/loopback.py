"""A real HTTP server on 127.0.0.1 that plays a script and keeps what reached it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Answer:
    """One scripted reply."""

    body: bytes = b""
    http: int = 200
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it came over the wire."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        for key, value in self.headers:
            if key.lower() == name.lower():
                return value
        return None


@dataclass(slots=True)
class Loopback:
    """The server's address and its record."""

    url: str
    received: list[Received] = field(default_factory=list)


@contextmanager
def loopback(answers: Sequence[Answer]) -> Iterator[Loopback]:
    """Serve `answers` one after the other; the last one is repeated."""
    record = Loopback("")

    def answer(received: Received) -> Answer:
        record.received.append(received)
        return answers[min(len(record.received), len(answers)) - 1]

    with serving(answer) as record.url:
        yield record


@contextmanager
def serving(answer: Callable[[Received], Answer]) -> Iterator[str]:
    """Serve what `answer` says to each request, at the URL given."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            pairs = tuple(self.headers.items())
            reply = answer(Received(self.command, self.path, pairs, body))
            self.send_response_only(reply.http)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(reply.body)

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = serve

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
