"""Sessions and the provider's clock: what a client learns by calls of its own."""

from __future__ import annotations

import asyncio
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.fault_server import FaultServer, Hang, Pause, fault_server, reply
from tests.support.specimen import (
    NO_WAIT,
    OK,
    AsyncClient,
    Client,
    Credentials,
    InvalidCredentialsError,
    call,
    credentials,
    modes,
    operation,
    perform,
)
from wirebook.runtime import decode, errors
from wirebook.runtime.account import ServerTime, Session
from wirebook.runtime.call import Call, Reply
from wirebook.runtime.draft import Draft
from wirebook.runtime.moment import Moment
from wirebook.runtime.request import Place
from wirebook.runtime.secret import Secret
from wirebook.runtime.servers import Server
from wirebook.runtime.status import Does, Submitted

EXPIRED = reply(b'{"status": -6}')
REFUSED = reply(b'{"status": -2}')


def token(text: str) -> bytes:
    return reply(b'{"status": 0, "token": "%s"}' % text.encode())


def read_token(reply: Reply) -> Secret:
    tree = reply.json()
    reply.judge(decode.status(tree, "status"))
    return decode.secret(tree, "token")


LOGIN = operation(Does.READS, authenticate=None, retry=NO_WAIT, timeout=10)


def login(credentials: Credentials) -> Call[Any]:
    draft = Draft("POST", "/login", Place.FORM)
    draft.add("key", credentials.key)
    return Call(LOGIN, draft, read_token)


def bearer(draft: Draft, credentials: Credentials, moment: Moment) -> None:
    draft.header("Authorization", f"Bearer {draft.session_token}")


def itself(result: Any) -> Any:
    return result


def session(**facts: Any) -> Session:
    return Session("main", login=login, token=itself, **facts)


def paths(server: FaultServer) -> list[str]:
    return [request.split()[1].decode() for request in server.requests]


def bearers(server: FaultServer) -> list[str]:
    return [
        line.removeprefix(b"Authorization: Bearer ").decode()
        for request in server.requests
        for line in request.split(b"\r\n")
        if line.startswith(b"Authorization: ")
    ]


SEND = operation(Does.SUBMITS, authenticate=bearer, session=session(), retry=NO_WAIT)


@modes
def test_a_token_is_fetched_once(mode: str) -> None:
    with fault_server([token("t1")], [OK]) as server:
        assert perform(mode, server.url, *[call(SEND)] * 3)[:3] == ["7"] * 3
        assert paths(server) == ["/login", *["/do?action=x"] * 3]
        assert bearers(server) == ["t1"] * 3


@modes
def test_a_status_renews_it_once(mode: str) -> None:
    with fault_server([token("t1")], [EXPIRED], [token("t2")], [OK]) as server:
        assert perform(mode, server.url, call(SEND))[0] == "7"
        assert bearers(server) == ["t1", "t2"]
    with fault_server([token("t1")], [EXPIRED], [token("t2")], [EXPIRED]) as server:
        error = perform(mode, server.url, call(SEND))[0]
        assert type(error) is InvalidCredentialsError
        assert bearers(server) == ["t1", "t2"]


@modes
def test_its_life_is_respected(mode: str) -> None:
    short = operation(Does.SUBMITS, authenticate=bearer, session=session(lifetime=0.1))
    with fault_server([token("t1")], [OK], [token("t2")], [OK]) as server:
        perform(mode, server.url, call(short), 0.1, call(short))
        assert bearers(server) == ["t1", "t2"]


def in_an_hour(result: Any) -> datetime:
    return datetime.now(UTC) + timedelta(hours=1)


def long_ago(result: Any) -> float:
    return 0.0


def test_its_end_may_be_told_by_the_reply() -> None:
    for expires, logins in ((in_an_hour, 1), (long_ago, 2)):
        send = operation(
            Does.SUBMITS, authenticate=bearer, session=session(expires=expires)
        )
        with fault_server([token("t")], [OK], [token("t")], [OK]) as server:
            server.scripts = [
                [token("t")],
                [OK],
                [OK if logins == 1 else token("t")],
                [OK],
            ]
            perform("sync", server.url, call(send), call(send))
            assert paths(server).count("/login") == logins


@modes
def test_a_login_that_is_refused_is_the_error(mode: str) -> None:
    with fault_server([REFUSED]) as server:
        error = perform(mode, server.url, call(SEND))[0]
        assert type(error) is InvalidCredentialsError
        assert error.operation == "specimen.reads"
        assert error.submitted is Submitted.NO
        assert paths(server) == ["/login"]


@modes
def test_a_login_that_is_lost_means_that_nothing_was_sent(mode: str) -> None:
    quick = operation(Does.SUBMITS, authenticate=bearer, session=session(), timeout=0.5)
    with fault_server([Hang()]) as server:
        error = perform(mode, server.url, call(quick))[0]
        assert isinstance(error, errors.NotSent)
        assert (error.reason, error.operation) == ("session", "specimen.submits")
        assert paths(server) == ["/login"]


@modes
def test_a_login_without_a_token(mode: str) -> None:
    empty = Session("main", login=login, token=lambda result: "")
    send = operation(Does.SUBMITS, authenticate=bearer, session=empty)
    with fault_server([token("t1")]) as server:
        error = perform(mode, server.url, call(send))[0]
        assert isinstance(error, errors.NotSent)
        assert server.received == 1


def test_threads_wait_for_one_login() -> None:
    with fault_server([Pause(0.05), token("t1")], [OK]) as server:
        with Client(credentials(), Server(server.url)) as client:
            threads = [
                threading.Thread(target=client.perform, args=(call(SEND),))
                for _ in range(8)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert paths(server).count("/login") == 1
        assert bearers(server) == ["t1"] * 8


def test_tasks_wait_for_one_login() -> None:
    async def main(url: str) -> list[Any]:
        async with AsyncClient(credentials(), Server(url)) as client:
            return await asyncio.gather(*[client.perform(call(SEND)) for _ in range(8)])

    with fault_server([Pause(0.05), token("t1")], [OK]) as server:
        assert asyncio.run(main(server.url)) == ["7"] * 8
        assert paths(server).count("/login") == 1


def test_the_wait_for_another_login_has_an_end() -> None:
    quick = operation(Does.SUBMITS, authenticate=bearer, session=session(), timeout=0.3)
    slow = operation(Does.SUBMITS, authenticate=bearer, session=session(), timeout=20)
    with (
        fault_server([Pause(1), token("t1")], [OK]) as server,
        Client(credentials(), Server(server.url)) as client,
    ):
        first = threading.Thread(target=client.perform, args=(call(slow),))
        first.start()
        while not server.received:
            time.sleep(0.005)
        with pytest.raises(errors.NotSent, match="another login"):
            client.perform(call(quick))
        first.join()


# The provider's clock.


def ask_time(credentials: Credentials) -> Call[Any]:
    return Call(LOGIN, Draft("GET", "/time", Place.QUERY), read_token)


def in_two_hours(result: Any) -> datetime:
    return datetime.now(UTC) + timedelta(hours=2)


@modes
def test_the_providers_clock_is_asked_once(mode: str) -> None:
    clock = ServerTime("main", ask=ask_time, read=in_two_hours)
    send = operation(Does.SUBMITS, server_time=clock)
    with fault_server([token("now")], [OK]) as server:
        assert perform(mode, server.url, call(send), call(send))[:2] == ["7", "7"]
        assert paths(server) == ["/time", *["/do?action=x"] * 2]
        stamp = int(server.requests[1].split(b"time=")[1].split(b"&")[0])
        assert stamp - time.time() == pytest.approx(7200, abs=5)


@modes
def test_without_the_providers_clock_ours_has_to_do(mode: str) -> None:
    clock = ServerTime("main", ask=ask_time, read=in_two_hours)
    send = operation(Does.SUBMITS, server_time=clock)
    with fault_server([REFUSED], [OK]) as server:
        assert perform(mode, server.url, call(send))[0] == "7"


def test_a_clock_of_another_year_is_not_believed_and_said_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def years_ago(result: Any) -> float:
        return 1_414_253_462.0

    clock = ServerTime("main", ask=ask_time, read=years_ago)
    send = operation(Does.SUBMITS, server_time=clock)
    with fault_server([token("then")], [OK], [token("then")], [OK]) as server:
        assert perform("sync", server.url, call(send), call(send))[:2] == ["7", "7"]
        stamp = int(server.requests[1].split(b"time=")[1].split(b"&")[0])
        assert stamp == pytest.approx(time.time(), abs=60)
    said = [record.getMessage() for record in caplog.records]
    assert [text for text in said if "2014-10-25" in text] == said[:1]
