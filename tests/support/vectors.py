"""Run a vector of a spec against a generated client, over a real connection."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from tests.support.loopback import Answer, Received, loopback
from wirebook.model import Provider, Vector
from wirebook.proof import compare
from wirebook.proof.play import body_of, headers_of
from wirebook.trial import still
from wirebook.trial.package import Trial

SAMPLE_REPLY = Answer(b"", 200)


class Run:
    """What came of a vector: the request that arrived, and the result or error."""

    def __init__(self, received: list[Received], result: Any, error: Exception | None):
        self.received = received
        self.result = result
        self.error = error


def run_vector(
    package: str, provider: Provider, vector: Vector, *, asynchronous: bool
) -> Run:
    """Perform the vector's operation once against a loopback server."""
    trial = Trial(provider, package)
    operation = provider.operation(vector.operation)
    arguments = trial.typed(operation, vector.arguments)
    with loopback([answer_of(vector)]) as server:
        options: dict[str, Any] = dict(vector.client)
        chosen = next(
            (
                item
                for item in provider.servers
                if item.key == options.get("server", provider.servers[0].key)
            ),
        )
        options["base_url"] = server.url + urlsplit(chosen.url).path.rstrip("/")
        options["clock"] = still.clock(trial, vector.at)
        options["random"] = still.chance(trial, vector.nonce)
        options["retries"] = 0
        try:
            result = trial.call(operation, options, arguments, asynchronous)
        except Exception as error:
            return Run(server.received, None, error)
        return Run(server.received, result, None)


def answer_of(vector: Vector) -> Answer:
    """The scripted reply; a vector of the request alone gets an empty one."""
    if vector.reply is None:
        return SAMPLE_REPLY
    reply = vector.reply
    headers = tuple(headers_of(reply).items())
    return Answer(body_of(reply), int(reply.get("http", 200)), headers)


def check(vector: Vector, run: Run) -> None:
    """Hold a run against all that the vector says."""
    if vector.request is not None:
        assert len(run.received) == 1, run.error
        check_request(vector.request, run.received[0])
    if vector.raises is not None:
        assert list(compare.error(vector.raises, run.error)) == []
    elif vector.reply is not None:
        assert run.error is None, run.error
        if vector.has_result:
            assert compare.result(vector.result, run.result) == []


def check_request(expected: Any, received: Any) -> None:
    if "method" in expected:
        assert expected["method"] == received.method
    if "target" in expected:
        assert expected["target"] == received.target
    for name, value in (expected.get("headers") or {}).items():
        assert str(value) == received.header(name), name
    if "body" in expected:
        assert str(expected["body"]) == received.body.decode("utf-8")
