"""The simulator under load: messages a second, how late, and in how much memory.

The client is plain sockets with requests that were put together before, so that most
of the machine is the simulator's. Sends are due at fixed moments and their delay
counts from then: a slow answer delays nobody else's clock.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import httpx2

CONNECTIONS = 20
KEPT = 10_000
"""Messages that the simulator remembers."""


class Load(NamedTuple):
    """Answers a second, seconds until an answer (median, 99 %), and MiB of the
    simulator's memory: with its inbox full, and after the load."""

    rate: float
    median: float
    late: float
    before: float
    after: float


class Desk(NamedTuple):
    """A running simulator of aisix."""

    pid: int
    host: str
    port: int
    account: str
    authkey: str

    def form(self, number: int) -> bytes:
        """A message to a recipient of its own."""
        fields = {
            "action": "sendOnce",
            "ac": self.account,
            "authkey": self.authkey,
            "cgid": "52",
            "csid": "0",
            "c": f"Your code is {number:08}",
            "m": f"181{number:08}",
        }
        return urlencode(fields).encode()

    def request(self, number: int) -> bytes:
        body = self.form(number)
        head = (
            f"POST {PATH} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n"
            f"Content-Type: {FORM}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    def pay(self) -> None:
        """Money for all that is sent."""
        url = f"http://{self.host}:{self.port}/_wirebook/providers/aisix"
        with httpx2.Client(trust_env=False) as client:
            client.patch(url, json={"balance": "100000000"}).raise_for_status()

    @property
    def memory(self) -> float:
        """MiB."""
        found = re.search(
            r"VmRSS:\s+([0-9]+) kB", Path(f"/proc/{self.pid}/status").read_text()
        )
        assert found
        return int(found[1]) / 1024


PATH = "/OpenPlatform/OpenApi"
FORM = "application/x-www-form-urlencoded"


@contextmanager
def desk() -> Generator[Desk]:
    """A simulator in a process of its own."""
    command = [sys.executable, "-m", "wirebook", "simulate", "aisix", "--port", "0"]
    with subprocess.Popen(
        [*command, "--keep", str(KEPT)], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout
        said = ""
        while "Stop it" not in said:
            line = child.stdout.readline()
            if not line:
                raise RuntimeError(f"the simulator did not start: {said}")
            said += line
        facts = dict(re.findall(r"^  (base URL|account|authkey) +(\S+)$", said, re.M))
        base = urlsplit(facts["base URL"])
        assert base.hostname
        assert base.port
        found = Desk(
            child.pid, base.hostname, base.port, facts["account"], facts["authkey"]
        )
        try:
            found.pay()
            yield found
        finally:
            child.terminate()


def under_load(rate: int, seconds: int) -> Load:
    """Fill the inbox, then send `rate` messages a second; 0: as many as go."""
    with desk() as found:
        asyncio.run(_send(found, 0, KEPT, 0))
        before = found.memory
        limit = rate * seconds if rate else sys.maxsize
        began = time.perf_counter()
        delays = asyncio.run(_send(found, rate, limit, seconds))
        spent = time.perf_counter() - began
        return Load(
            len(delays) / spent,
            statistics.median(delays),
            statistics.quantiles(delays, n=100)[-1],
            before,
            found.memory,
        )


async def _send(found: Desk, rate: int, limit: int, seconds: int) -> list[float]:
    """Seconds until each answer came."""
    delays: list[float] = []
    numbers = iter(range(limit))
    start = time.perf_counter()

    async def connection() -> None:
        reader, writer = await asyncio.open_connection(found.host, found.port)
        for number in numbers:
            due = start + number / rate if rate else time.perf_counter()
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            if seconds and not rate and time.perf_counter() - start > seconds:
                break
            writer.write(found.request(number))
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: *([0-9]+)", head)
            assert length, head
            body = await reader.readexactly(int(length[1]))
            if b'result="1"' not in body:
                raise RuntimeError(f"the simulator refused: {body!r}")
            delays.append(time.perf_counter() - due)
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    return delays


def wrk(seconds: int) -> float | None:
    """Answers a second by the load tool of that name; None where it is missing."""
    program = shutil.which("wrk")
    if program is None:
        return None
    with desk() as found, tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "send.lua"
        script.write_text(
            f'wrk.method = "POST"\nwrk.body = "{found.form(1).decode()}"\n'
            f'wrk.headers["Content-Type"] = "{FORM}"\n'
        )
        done = subprocess.run(
            [
                *(program, "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s"),
                *("-s", str(script), f"http://{found.host}:{found.port}{PATH}"),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    if "Non-2xx" in done.stdout:
        raise RuntimeError(done.stdout)
    rate = re.search(r"Requests/sec: +([0-9.]+)", done.stdout)
    assert rate, done.stdout
    return float(rate[1])
