"""The generated clients' credentials, hunted in the errors of lost and refused calls."""

from __future__ import annotations

import asyncio
import pickle
import traceback
from typing import Any

import pytest

from telecoms import aisix, onbuka, unified
from telecoms._runtime import errors
from tests.support.fault_server import Hang, Reset, Script, fault_server, reply

KEY = "CANARYKEY12345678901234567890123"
TEXT = "canary words of a message"
PHONE = "13512345678"
ECHO = f"<p>{KEY} {TEXT} {PHONE}</p>".encode()

CLIENTS: dict[str, tuple[Any, dict[str, Any], str, dict[str, Any]]] = {
    "aisix": (
        aisix,
        {"account": "admin@acme", "authkey": KEY},
        "send_once",
        {"channel_group": "1", "content": TEXT, "recipients": [PHONE]},
    ),
    "onbuka": (
        onbuka,
        {"api_key": "k1234567", "api_secret": KEY},
        "sms.send",
        {"app_id": "app1", "content": TEXT, "numbers": [PHONE]},
    ),
    "unified": (
        unified,
        {"username": "acme", "password": KEY, "host": "localhost", "port": "8080"},
        "submit",
        {
            "message_type": unified.enums.MessageType("0"),
            "destinations": [PHONE],
            "source": "acme",
            "message": TEXT,
        },
    ),
}
ENDS: dict[str, Script] = {
    "reset": [Reset()],
    "silent": [Hang()],
    "echo": [reply(ECHO)],
    "echo with an error": [reply(ECHO, 500)],
}


def lost(mode: str, name: str, url: str) -> errors.Error:
    module, given, method, arguments = CLIENTS[name]
    given = {**given, "base_url": url, "timeout": 0.3}
    if mode == "sync":
        with module.Client(**given) as client, pytest.raises(errors.Error) as caught:
            reach(client, method)(**arguments)
        return caught.value

    async def main() -> errors.Error:
        async with module.AsyncClient(**given) as client:
            with pytest.raises(errors.Error) as caught:
                await reach(client, method)(**arguments)
            return caught.value

    return asyncio.run(main())


def reach(client: Any, path: str) -> Any:
    for name in path.split("."):
        client = getattr(client, name)
    return client


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("name", CLIENTS)
@pytest.mark.parametrize("mode", ["sync", "async"])
def test_no_error_of_a_generated_client_shows_what_was_sent(
    mode: str, name: str, end: str
) -> None:
    with fault_server(ENDS[end]) as server:
        error = lost(mode, name, server.url)
        assert server.received == 1
    assert isinstance(error, errors.OutcomeUnknown)
    assert error.recipients == ("***5678",)
    shown = [str(error), repr(error), repr(vars(error)), repr(pickle.dumps(error))]
    for text in shown:
        for canary in (KEY, TEXT, PHONE):
            assert canary not in text


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("name", CLIENTS)
@pytest.mark.parametrize("mode", ["sync", "async"])
def test_no_frame_below_the_called_method_holds_what_was_sent(
    mode: str, name: str, end: str
) -> None:
    """The method that was called has its arguments; the credentials are in no frame."""
    with fault_server(ENDS[end]) as server:
        error = lost(mode, name, server.url)
    report = traceback.TracebackException.from_exception(error, capture_locals=True)
    assert report.__cause__ is None
    frames = [frame for frame in report.stack if "/telecoms/" in frame.filename]
    assert frames
    for frame in frames:
        assert KEY not in repr(frame.locals)
        if "client.py" not in frame.filename.rpartition("/")[2]:
            assert TEXT not in repr(frame.locals)
            assert PHONE not in repr(frame.locals)
