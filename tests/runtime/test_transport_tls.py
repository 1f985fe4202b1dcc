"""TLS and proxies: whom the client trusts, and what it tells them."""

from __future__ import annotations

import ssl
import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from tests.support.fault_server import (
    Close,
    Hang,
    Script,
    fault_server,
    refused_url,
    reply,
)
from tests.support.specimen import NO_WAIT, OK, call, modes, operation, perform
from wirebook.runtime import errors
from wirebook.runtime.status import Does, Submitted

SEND = operation(Does.SUBMITS, timeout=3, retry=NO_WAIT)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a self-signed certificate for 127.0.0.1, in one file."""
    if which("openssl") is None:
        pytest.skip("needs the openssl command")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    made = subprocess.run(
        [
            *[
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
            ],
            *["-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext"],
            "subjectAltName=IP:127.0.0.1",
            *["-keyout", str(path), "-out", str(path.with_suffix(".crt"))],
        ],
        capture_output=True,
        check=True,
    )
    del made
    path.write_text(path.read_text() + path.with_suffix(".crt").read_text())
    return path


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@modes
def test_a_certificate_that_nobody_vouches_for(mode: str, tls: ssl.SSLContext) -> None:
    with fault_server([OK], tls=tls) as server:
        error, connections = perform(mode, server.url, call(SEND))
        assert (server.accepted, server.received) == (1, 0)
    assert isinstance(error, errors.NotSent)
    assert (error.reason, error.submitted) == ("tls", Submitted.NO)
    assert "self-signed certificate" in str(error)
    assert connections == 0


@modes
def test_an_own_authority(mode: str, tls: ssl.SSLContext, certificate: Path) -> None:
    trusting = ssl.create_default_context(cafile=str(certificate))
    with fault_server([OK], tls=tls) as server:
        assert perform(mode, server.url, call(SEND), verify=trusting)[0] == "7"
        other = server.url.replace("127.0.0.1", "localhost")
        error = perform(mode, other, call(SEND), verify=trusting)[0]
        assert isinstance(error, errors.NotSent)
        assert "localhost" in str(error)


@modes
def test_a_certificate_of_another_host(
    mode: str, tls: ssl.SSLContext, certificate: Path
) -> None:
    trusting = ssl.create_default_context(cafile=str(certificate))
    with fault_server([OK], tls=tls) as server:
        url = server.url.replace("127.0.0.1", "localhost")
        send = call(operation(Does.SUBMITS, timeout=5, retry=NO_WAIT))
        error = perform(mode, url, send, verify=trusting)[0]
        assert server.received == 0
    assert isinstance(error, errors.NotSent)
    assert (error.reason, error.attempts) == ("tls", 1)


@modes
def test_the_environment_adds_no_authority(
    mode: str,
    tls: ssl.SSLContext,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with fault_server([OK], tls=tls) as server:
        error = perform(mode, server.url, call(SEND))[0]
    assert isinstance(error, errors.NotSent)


@modes
def test_no_verification_is_loud(mode: str, tls: ssl.SSLContext) -> None:
    with (
        fault_server([OK], tls=tls) as server,
        pytest.warns(UserWarning, match="verify=False"),
    ):
        outcome = perform(mode, server.url, call(SEND), verify=False)[0]
    assert outcome == "7"


@modes
def test_losses_behind_tls_are_losses_too(
    mode: str, tls: ssl.SSLContext, certificate: Path
) -> None:
    trusting = ssl.create_default_context(cafile=str(certificate))
    losses: list[tuple[Script, str]] = [
        ([Close()], "reset"),
        ([OK[:-3], Close()], "protocol"),
    ]
    for script, reason in losses:
        with fault_server(script, tls=tls) as server:
            error = perform(mode, server.url, call(SEND), verify=trusting)[0]
            assert server.received == 1
        assert isinstance(error, errors.OutcomeUnknown)
        assert error.reason == reason


# Proxies.


@modes
def test_a_proxy_carries_plain_requests(mode: str) -> None:
    with fault_server([OK]) as proxy:
        options: dict[str, Any] = {"proxy": proxy.url, "allow_insecure": True}
        outcome = perform(mode, "http://api.example", call(SEND), **options)[0]
        assert outcome == "7"
        assert proxy.requests[0].startswith(b"POST http://api.example/do?action=x ")


@modes
def test_a_proxy_that_refuses_a_tunnel_has_seen_nothing(mode: str) -> None:
    with fault_server([reply(b"", 407)]) as proxy:
        url = proxy.url.replace("://", "://user:canary-password@")
        error = perform(mode, "https://api.example", call(SEND), proxy=url)[0]
        assert proxy.received == 1
        assert proxy.requests[0].startswith(b"CONNECT api.example:443 HTTP/1.1\r\n")
        assert b"Proxy-Authorization: Basic " in proxy.requests[0]
        assert b"CANARY" not in proxy.requests[0]
    assert isinstance(error, errors.NotSent)
    assert (error.reason, error.attempts) == ("proxy", 1)
    assert "407" in str(error)
    assert "canary" not in str(error)


@modes
def test_a_tunnel_that_breaks_before_tls_proves_that_nothing_was_sent(
    mode: str,
) -> None:
    scripts: list[Script] = [[Close()], [b"HTTP/1.1 200 OK\r\n\r\n", Close()]]
    for script in scripts:
        with fault_server(script) as proxy:
            error = perform(
                mode, "https://api.example", call(SEND), proxy=proxy.url, retries=0
            )[0]
            assert proxy.received == 1
        assert isinstance(error, errors.NotSent)


@modes
def test_a_gateway_that_gives_up_proves_nothing(mode: str) -> None:
    with fault_server([reply(b"upstream timed out", 504)]) as proxy:
        options: dict[str, Any] = {"proxy": proxy.url, "allow_insecure": True}
        error = perform(mode, "http://api.example", call(SEND), **options)[0]
        assert proxy.received == 1
    assert isinstance(error, errors.UnreadableReply)
    assert error.submitted is Submitted.MAYBE


@modes
def test_proxies_of_the_environment_only_when_asked(
    mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fault_server([OK]) as server, fault_server([OK]) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "")
        assert perform(mode, server.url, call(SEND))[0] == "7"
        assert (server.received, proxy.received) == (1, 0)
        assert perform(mode, server.url, call(SEND), trust_env=True)[0] == "7"
        assert (server.received, proxy.received) == (1, 1)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        perform(mode, server.url, call(SEND), trust_env=True)
        assert (server.received, proxy.received) == (2, 1)


@modes
def test_a_proxy_that_is_not_there(mode: str) -> None:
    error = perform(
        mode, "https://api.example", call(SEND), proxy=refused_url(), retries=0
    )[0]
    assert isinstance(error, errors.NotSent)
    assert error.reason == "connect"


@modes
def test_a_tunnel_that_hangs(mode: str) -> None:
    quick = operation(Does.SUBMITS, timeout=0.5, retry=NO_WAIT)
    with fault_server([Hang()]) as proxy:
        error = perform(mode, "https://api.example", call(quick), proxy=proxy.url)[0]
        assert proxy.received == 1
    assert isinstance(error, errors.NotSent)
    assert error.submitted is Submitted.NO


@pytest.mark.parametrize("url", ["127.0.0.1:3128", "ftp://127.0.0.1", "http://"])
def test_a_proxy_is_a_url(url: str) -> None:
    with pytest.raises(errors.InvalidArgument) as caught:
        perform("sync", "https://api.example", call(SEND), proxy=url)
    assert caught.value.parameter == "proxy"
