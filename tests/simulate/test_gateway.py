"""Strict like a good gateway, and open to clients that are not ours."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.support.simulation import simulator
from wirebook.commands.simulate import command
from wirebook.simulate.exchange import Incoming, Outgoing
from wirebook.simulate.journal import Journal, JournalError
from wirebook.simulate.simulator import Simulator, utc_now
from wirebook.simulate.state import State

AISIX = "ac=1001%40100001&authkey=87B01469201D6557C2685137EB3B5DEC"


def get(simulated: Simulator, target: str) -> str:
    return simulated.handle(Incoming("GET", target)).body.decode()


@pytest.mark.parametrize(
    ("query", "code", "why"),
    [
        (f"action=getBalance&{AISIX}", "1", None),
        ("action=getBalance&ac=1001%40100001&authkey=X", "-2", "authkey"),
        ("action=getBalance&ac=1001%40100001", "-2", "`authkey` is missing"),
        (f"action=dance&{AISIX}", "-4", "names no operation"),
        (f"action=sendOnce&{AISIX}&cgid=1&c=hi&csid=0", "-4", "recipients"),
        (f"action=sendOnce&{AISIX}&cgid=1&c=hi&csid=0&m=abc", "-4", "no telephone"),
        (f"action=sendOnce&{AISIX}&cgid=1&c=hi&csid=0&m=181&t=now", "-4", "a time as"),
        (
            f"action=sendOnce&{AISIX}&cgid=1&c=hi&csid=0&m=18100002707&t=20130721182038",
            "-4",
            "60 s from now",
        ),
        (
            f"action=sendOnce&{AISIX}&cgid=1&c={'x' * 1001}&csid=0&m=18100002707",
            "-4",
            "1001 characters, at most 1000",
        ),
        (
            f"action=sendBatch&{AISIX}&cgid=1&csid=0&c=a%7B%7C%7Db&m=181,182,183",
            "-4",
            "as many items",
        ),
    ],
)
def test_what_is_wrong_is_told_in_the_providers_words(
    query: str, code: str, why: str | None
) -> None:
    simulated = simulator("aisix")
    answer = get(simulated, f"/aisix/OpenPlatform/OpenApi?{query}")
    assert f'result="{code}"' in answer
    told = " ".join(simulated.state.exchanges[-1].why)
    assert (why in told) if why is not None else not told


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("type=9&dlr=0&destination=447700900123&source=A&message=hi", "1704"),
        ("type=0&dlr=7&destination=447700900123&source=A&message=hi", "1708"),
        (
            "type=0&dlr=0&destination=447700900123&source=ABCDEFGHIJKL&message=hi",
            "1707",
        ),
        ("type=0&dlr=0&destination=x&source=A&message=hi", "1706|x"),
        ("type=2&dlr=0&destination=447700900123&source=A&message=hi", "1705"),
    ],
)
def test_each_fault_has_its_own_code(query: str, code: str) -> None:
    simulated = simulator("unified")
    login = "username=demo&password=p%26ss%20word"
    assert get(simulated, f"/unified/bulksms/bulksms?{login}&{query}") == code


def signed(seconds: int, *, upper: bool = False, secret: str = "") -> Incoming:
    simulated = simulator("onbuka").state.accounts["onbuka"].credentials
    secret = secret or simulated["api_secret"]
    text = f"{simulated['api_key']}{secret}{seconds}"
    sign = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
    headers = (
        ("content-type", "application/json;charset=utf-8"),
        ("Sign", sign.upper() if upper else sign),
        ("Timestamp", str(seconds)),
        ("Api-Key", simulated["api_key"]),
    )
    return Incoming("GET", "/onbuka/v3/getBalance", headers)


def status(answer: Outgoing) -> str:
    return str(json.loads(answer.body)["status"])


def test_signatures_and_clocks() -> None:
    simulated = simulator("onbuka")
    now = int(utc_now().timestamp())
    assert status(simulated.handle(signed(now))) == "0"
    assert status(simulated.handle(signed(now, upper=True))) == "0"
    assert status(simulated.handle(signed(now, secret="another"))) == "-1"
    assert status(simulated.handle(signed(now - 1801))) == "-16"
    assert "s away from the provider" in simulated.state.exchanges[-1].why[0]


def test_foreign_clients_may_call_the_providers_own_paths() -> None:
    simulated = simulator()
    # As a PHP client does it, which leaves the signature's number out.
    body = f"action=sendOnce&{AISIX}&cgid=52&c=%E4%BD%A0%E5%A5%BD&m=18100002707"
    answer = simulated.handle(
        Incoming("POST", "/OpenPlatform/OpenApi", (), body.encode())
    )
    assert b'name="sendOnce" result="1"' in answer.body
    assert get(simulated, f"/DataPlatform/DataApi?action=getReply&{AISIX}").endswith(
        'result="1"></xml>'
    )
    assert simulated.handle(Incoming("GET", "/nowhere")).http == 404


def test_state_survives_a_restart(tmp_path: Path) -> None:
    first = simulator("aisix")
    send = f"action=sendOnce&{AISIX}&cgid=1&c=hi&csid=0&m=18100002707"
    get(first, f"/aisix/OpenPlatform/OpenApi?{send}")
    key = get(first, f"/aisix/OpenPlatform/OpenApi?action=updateKey&{AISIX}")
    journal = Journal(tmp_path / "desk.sqlite")
    journal.write(first.state)
    journal.close()

    state = State()
    journal = Journal(tmp_path / "desk.sqlite")
    journal.load(state)
    journal.close()
    [again], [message] = state.messages.values(), first.state.messages.values()
    assert again == message
    assert state.accounts == first.state.accounts
    assert state.accounts["aisix"].credentials["authkey"] in key


def test_a_file_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no database " * 200)
    with pytest.raises(JournalError, match="no data file"):
        Journal(path)
    done = CliRunner().invoke(command, ["aisix", "--data", str(path)])
    assert done.exit_code == 1
    assert "name another file" in done.output
    assert path.read_text().startswith("no database")


def test_memory_is_bounded() -> None:
    simulated = simulator("aisix", price=0)
    simulated.state.keep = 50
    for number in range(200):
        send = f"action=sendOnce&{AISIX}&cgid=1&c=hi{number}&csid=0&m=18100002707"
        get(simulated, f"/aisix/OpenPlatform/OpenApi?{send}")
    assert len(simulated.state.messages) == 50
    assert len(simulated.state.exchanges) <= 1000
