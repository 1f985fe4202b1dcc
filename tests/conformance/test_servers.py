"""The sibling brands of a platform: one client, the path of each on the wire."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace

from telecoms import InvalidArgument, unified
from telecoms.onbuka.servers import SERVERS
from tests.support.loopback import Answer, loopback
from tests.support.vectors import run_vector
from wirebook.load import load

ROOT = Path(__file__).parents[2]
ONBUKA = next(p for p in load(ROOT / "specs", ROOT).providers if p.id == "onbuka")

FIRST = {
    product.key: next(op for op in product.operations if "{" not in op.path)
    for product in ONBUKA.products
}
"""An operation of each product."""

ADDRESSES = {
    ("onbuka", "sms"): "https://api.onbuka.com/v3",
    ("onbuka", "email"): "https://api.onbuka.com/v3/email",
    ("onbuka", "voice"): "https://api.onbuka.com/v3/voice",
    ("onbuka", "intelligent_voice"): "https://api.onbuka.com/v3/AiVoice",
    ("onbuka", "call_center"): "https://api.onbuka.com/v3/cc",
    ("onbuka", "otp"): "https://api.onbuka.com/v3/otp",
    ("itniotech", "sms"): "https://api.itniotech.com/sms",
    ("itniotech", "email"): "https://api.itniotech.com/email",
    ("itniotech", "voice"): "https://api.itniotech.com/voice",
    ("itniotech", "intelligent_voice"): "https://api.itniotech.com/aivoice",
    ("itniotech", "call_center"): "https://api.itniotech.com/v3/cc",
    ("itniotech", "otp"): "https://api.itniotech.com/otp",
    ("laaffic", "sms"): "https://api.laaffic.com/v3",
    ("laaffic", "email"): "https://api.laaffic.com/v3/email",
    ("laaffic", "voice"): "https://api.laaffic.com/voice",
    ("laaffic", "intelligent_voice"): "https://api.laaffic.com/v3/AiVoice",
    ("laaffic", "call_center"): "https://api.laaffic.com/v3/cc",
    ("laaffic", "otp"): "https://api.laaffic.com/v3/otp",
}


UNIFIED: dict[str, Any] = {"username": "u", "password": "p"}


@pytest.mark.parametrize("kind", [unified.Client, unified.AsyncClient])
def test_what_only_the_documented_url_needs_may_be_left_out(
    kind: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UNIFIED_HOST", raising=False)
    monkeypatch.delenv("UNIFIED_PORT", raising=False)
    kind(**UNIFIED, base_url="https://gateway.example")
    words = r"^host: missing: pass host= or set UNIFIED_HOST$"
    with pytest.raises(InvalidArgument, match=words):
        kind(**UNIFIED)
    with pytest.raises(InvalidArgument, match=r"^port: missing"):
        kind(**UNIFIED, host="sms.example", base_url=None)
    with pytest.raises(InvalidArgument, match=r"^port: does not match"):
        kind(**UNIFIED, port="x", base_url="https://gateway.example")


def test_the_calls_of_such_a_client_go_there() -> None:
    with (
        loopback([Answer(b"1701|1|abc")]) as server,
        unified.Client(**UNIFIED, base_url=server.url) as client,
    ):
        client.submit(
            message_type=unified.MessageType.PLAIN,
            destinations=["1"],
            source="s",
            message="m",
        )
    (request,) = server.received
    assert request.target.startswith("/bulksms/bulksms?")


def test_every_server_and_product_is_here() -> None:
    servers = [server.key for server in ONBUKA.servers]
    assert set(ADDRESSES) == {(s, p) for s in servers for p in FIRST}


@pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize(("server", "product"), ADDRESSES)
def test_address(server: str, product: str, asynchronous: bool) -> None:
    operation = FIRST[product]
    vector = next(v for v in ONBUKA.vectors if v.operation == operation.id)
    vector = replace(vector, client={**vector.client, "server": server})

    run = run_vector("telecoms", ONBUKA, vector, asynchronous=asynchronous)

    address = urlsplit(ADDRESSES[server, product] + operation.path)
    (request,) = run.received
    assert request.target.partition("?")[0] == address.path
    # The host is the loopback's here; what it would be is a constant.
    assert urlsplit(SERVERS[server].url).hostname == address.hostname
