"""Shapes of replies that none of the three providers has, from the simulator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from tests.support.families import FAMILIES, generated, provider
from wirebook.simulate.server import Running
from wirebook.simulate.simulator import Simulator
from wirebook.simulate.snippets import client_arguments
from wirebook.simulate.world import Settings


@contextmanager
def client(name: str) -> Iterator[Any]:
    specs = FAMILIES / name
    spec = provider(specs)
    simulator = Simulator([spec], Settings(seed=1))
    with Running(simulator) as running:
        account = simulator.state.accounts[name]
        given = client_arguments(spec, account, running.url)
        with generated(specs).Client(**given) as made:
            yield made


def test_a_first_record_and_the_others() -> None:
    with client("oldgate") as api:
        sent = api.submit(text="hi", recipients=["+4915112345678"])
        assert sent.batch_id
        assert isinstance(api.states(batch_id=sent.batch_id), list)


def test_sentences_of_which_only_refusals_have_a_code() -> None:
    with client("plainword") as api:
        found = api.send_each(recipients=["+4915112345678", "+4915112345679"], text="x")
        assert [one.code for one in found] == [None, None]
        assert all(one.id for one in found)
        assert isinstance(api.balance(), Decimal)


def test_the_time_and_a_list_of_words() -> None:
    with client("vaultcall") as api:
        assert api.server_time() > 1_700_000_000
        job = api.send(service="a", receivers=["+4915112345678"], text="hi")
        assert all(isinstance(id, int) for id in job.ids)
        assert isinstance(api.senders(service="a"), list)


def test_an_envelope_whose_names_have_prefixes() -> None:
    with client("soapbox") as api:
        assert api.send(text="hi", recipients=["+4915112345678", "+4915112345679"])


def test_items_that_stand_under_a_name_each() -> None:
    with client("bluesky") as api:
        numbers = ["+4915112345678", "+4915112345679"]
        found = api.send(sender="B", recipients=numbers, text="hi")
        assert [one.to for one in found] == numbers
        batch = api.send_batch(recipients=numbers)
        assert [one.to for one in batch.results] == numbers
