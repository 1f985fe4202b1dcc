"""Former names in generated clients: they work on and say the new one."""

import importlib
import sys
from pathlib import Path

import pytest

from tests.support.project import project


@pytest.fixture(scope="module")
def clients(tmp_path_factory):
    """The package of a provider in which everything has been renamed."""
    root: Path = tmp_path_factory.mktemp("renamed")
    made = project(root)
    path = "specs/ping/provider.yaml"
    for old, new in (
        ("  title: Ping", "  title: Ping\n  renamed_from: pang"),
        ("  ping_status:\n", "  ping_status:\n    renamed_from: pang_status\n"),
        ("{name: WRONG_TOKEN,", "{name: WRONG_TOKEN, renamed_from: BAD_TOKEN,"),
        ("  pong:\n", "  pong:\n    renamed_from: answer\n"),
        ("  ping:\n    summary", "  ping:\n    renamed_from: ask\n    summary"),
        ("word: {type: string,", "word: {renamed_from: text, type: string,"),
    ):
        made.replace(path, old, new)
    made.configure("package = 'renamed_clients'")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        made.generate()
        patch.syspath_prepend(root / "generated")
        yield importlib.import_module("renamed_clients")
    for name in [name for name in sys.modules if name.startswith("renamed_clients")]:
        del sys.modules[name]


def test_a_provider(clients):
    with pytest.warns(DeprecationWarning, match="pang is now ping"):
        old = importlib.import_module("renamed_clients.pang")
    assert old is importlib.import_module("renamed_clients.ping")


def test_classes(clients):
    ping = importlib.import_module("renamed_clients.ping")
    with pytest.warns(DeprecationWarning, match="Answer is now Pong"):
        assert ping.Answer is ping.Pong
    with pytest.warns(DeprecationWarning, match="PangStatus is now PingStatus"):
        assert ping.PangStatus is ping.PingStatus
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = ping.Nothing


def test_members(clients):
    status = importlib.import_module("renamed_clients.ping").PingStatus
    with pytest.warns(DeprecationWarning, match="BAD_TOKEN is now WRONG_TOKEN"):
        assert status.BAD_TOKEN is status.WRONG_TOKEN
    assert "BAD_TOKEN" not in status.__members__


def _client(clients):
    ping = importlib.import_module("renamed_clients.ping")
    client = ping.Client(token="t")
    asked = []

    def perform(call):
        asked.append(call)
        return "answer"

    client._perform = perform
    return client, asked


def test_methods_and_parameters(clients):
    client, asked = _client(clients)
    with pytest.warns(DeprecationWarning, match="ask is now ping") as seen:
        assert client.ask(word="hello") == "answer"
    assert seen[0].filename == __file__, "the warning stands where the old name does"
    with pytest.warns(
        DeprecationWarning, match=r"ping\(text=…\) is now word=…"
    ) as seen:
        assert client.ping(text="hello") == "answer"
    assert seen[0].filename == __file__
    assert len(asked) == 2
    with pytest.raises(TypeError, match="give one of them"):
        client.ping(text="a", word="b")
