"""The sibling brands of a platform: one client, the path of each on the wire."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from telecoms.onbuka.servers import SERVERS
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
