"""A server on 127.0.0.1 that misbehaves as told and keeps what reached it.

Each request is answered by the next script; the last one is repeated. A script is a
sequence of actions: bytes are sent as they are, the others do what their names say.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Drip:
    """Send one byte at a time."""

    data: bytes
    gap: float = 0.05


@dataclass(frozen=True)
class Flood:
    """Send the data over and over until nobody takes it any more."""

    data: bytes
    times: int = 10_000


@dataclass(frozen=True)
class Pause:
    seconds: float


class Hang:
    """Say nothing more until the server ends or the client goes away."""


class Reset:
    """Break the connection off (RST)."""


class Close:
    """Close the connection in good order."""


class HalfClose:
    """Say that nothing more will come, and keep listening."""


Action = bytes | Drip | Flood | Pause | Hang | Reset | Close | HalfClose
Script = Sequence[Action]


def reply(
    body: bytes = b"", http: int = 200, *headers: str, length: bool = True
) -> bytes:
    """A well-formed reply."""
    lines = [f"HTTP/1.1 {http} Whatever", *headers]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


@dataclass
class FaultServer:
    scripts: list[Script]
    deaf: bool = False
    """Break connections off before reading anything."""
    mute: bool = False
    """Accept connections and never read."""
    greeting: bytes = b""
    """Sent as soon as somebody connects."""
    cut: int | None = None
    """Break connections off as soon as so many bytes have been read."""
    url: str = ""
    requests: list[bytes] = field(default_factory=list)
    """Whole requests as they came, in order of arrival."""
    accepted: int = 0
    read: int = 0
    """Bytes of requests that were cut off."""
    open: int = 0
    """Connections that the client has not closed yet."""

    def __post_init__(self) -> None:
        self.lock = threading.Lock()
        self.ended = threading.Event()
        self.sockets: list[socket.socket] = []
        self.threads: list[threading.Thread] = []

    @property
    def received(self) -> int:
        return len(self.requests)

    def next_script(self, request: bytes) -> Script:
        with self.lock:
            self.requests.append(request)
            return self.scripts[min(len(self.requests), len(self.scripts)) - 1]

    def listen(self, listener: socket.socket, tls: ssl.SSLContext | None) -> None:
        while not self.ended.is_set():
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            self.accepted += 1
            thread = threading.Thread(target=self.serve, args=(peer, tls), daemon=True)
            self.threads.append(thread)
            thread.start()

    def serve(self, peer: socket.socket, tls: ssl.SSLContext | None) -> None:
        with self.lock:
            self.open += 1
        try:
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.deaf:
                self.ended.wait(0.03)
                reset(peer)
                return
            if self.cut is not None:
                while self.read < self.cut and (
                    data := peer.recv(self.cut - self.read)
                ):
                    self.read += len(data)
                reset(peer)
                return
            if self.mute:
                self.ended.wait(5)
                return
            peer.sendall(self.greeting)
            if tls is not None:
                peer = tls.wrap_socket(peer, server_side=True)
            self.sockets.append(peer)
            buffer = b""
            while True:
                request, buffer = read_request(peer, buffer)
                if request is None:
                    return
                for action in self.next_script(request):
                    if not self.play(peer, action):
                        return
        except OSError:
            pass
        finally:
            with self.lock:
                self.open -= 1
            with contextlib.suppress(OSError):
                peer.close()

    def play(self, peer: socket.socket, action: Action) -> bool:
        match action:
            case bytes():
                peer.sendall(action)
            case Drip():
                for byte in action.data:
                    peer.sendall(bytes([byte]))
                    if self.ended.wait(action.gap):
                        return False
            case Flood():
                for _ in range(action.times):
                    peer.sendall(action.data)
            case Pause():
                self.ended.wait(action.seconds)
            case Hang():
                while not self.ended.is_set():
                    peer.settimeout(0.02)
                    try:
                        if not peer.recv(65536):
                            return False
                    except TimeoutError:
                        continue
                return False
            case Reset():
                reset(peer)
                return False
            case Close():
                return False
            case HalfClose():
                peer.shutdown(socket.SHUT_WR)
        return True


class Echo(FaultServer):
    """Answers each request with what it sent as `to`."""

    def next_script(self, request: bytes) -> Script:
        with self.lock:
            self.requests.append(request)
        number = request.split(b"to=")[1].split(b"&")[0]
        return [reply(b'{"status": 0, "id": "%s"}' % number)]


def reset(peer: socket.socket) -> None:
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()


def read_request(peer: socket.socket, buffer: bytes) -> tuple[bytes | None, bytes]:
    """One request by its Content-Length, and what came behind it."""
    while b"\r\n\r\n" not in buffer:
        data = peer.recv(65536)
        if not data:
            return None, b""
        buffer += data
    head, _, rest = buffer.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(rest) < length:
        data = peer.recv(65536)
        if not data:
            return None, b""
        rest += data
    return head + b"\r\n\r\n" + rest[:length], rest[length:]


@contextlib.contextmanager
def fault_server(
    *scripts: Script,
    deaf: bool = False,
    mute: bool = False,
    greeting: bytes = b"",
    cut: int | None = None,
    tls: ssl.SSLContext | None = None,
) -> Iterator[FaultServer]:
    """Run a server while the block runs."""
    listener = socket.create_server(("127.0.0.1", 0))
    scheme = "https" if tls is not None else "http"
    server = FaultServer(list(scripts) or [[reply()]], deaf, mute, greeting, cut)
    server.url = f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
    thread = threading.Thread(target=server.listen, args=(listener, tls), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        # Closing alone does not wake a thread that waits in accept().
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for peer in server.sockets:
            with contextlib.suppress(OSError):
                peer.shutdown(socket.SHUT_RDWR)
        thread.join(2)
        for worker in server.threads:
            worker.join(2)


def refused_url() -> str:
    """A URL on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    return f"http://127.0.0.1:{port}"
