"""A real redis-server, on a free loopback port, without any file; limiters for it."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from wirebook.runtime.limiter import Rate
from wirebook.runtime.redis_limiter import AsyncRedisLimiter, RedisLimiter

BINARY = shutil.which("redis-server")
needs_redis = pytest.mark.skipif(BINARY is None, reason="redis-server is not installed")
RATE = Rate("fleet", calls=2, per=1.0, burst=3)


@dataclass
class RedisServer:
    url: str
    port: int
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """End it as a crash would."""
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def redis_server(port: int | None = None, password: str = "") -> Iterator[RedisServer]:
    """Run a server while the block runs."""
    assert BINARY is not None
    port = port or free_port()
    command = [BINARY, "--port", str(port), "--bind", "127.0.0.1"]
    command += ["--save", "", "--appendonly", "no", "--daemonize", "no"]
    command += ["--requirepass", password] if password else []
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    login = f":{password}@" if password else ""
    server = RedisServer(f"redis://{login}127.0.0.1:{port}/0", port, process)
    try:
        end = time.monotonic() + 5
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert time.monotonic() < end, "redis-server does not start"
                time.sleep(0.01)
        yield server
    finally:
        server.stop()


class Both:
    """Either limiter, driven from a synchronous test."""

    def __init__(self, mode: str, url: str, **options: Any) -> None:
        self.mode = mode
        kind = RedisLimiter if mode == "sync" else AsyncRedisLimiter
        self.limiter: Any = kind(url, **options)
        self.runner = asyncio.Runner() if mode == "async" else None

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.limiter, name)

        def run(*arguments: Any) -> Any:
            if self.runner is None:
                return method(*arguments)
            return self.runner.run(method(*arguments))

        return run

    def end(self) -> None:
        self.close()
        if self.runner is not None:
            self.runner.close()
