"""One vector against both clients, or against the parser of a callback."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from wirebook.arguments import UnknownArgument
from wirebook.model import Callback, Operation, Provider, Scheme, Vector
from wirebook.rules.pushes import callbacks
from wirebook.trial import still
from wirebook.trial.exchange import Exchange, Recorder
from wirebook.trial.package import Trial
from wirebook.trial.steps import Steps, watched

from . import compare

CALLBACK = "callback:"
_MISFITS = (UnknownArgument, ValueError, ArithmeticError, TypeError)
"""What arguments raise that are none of the operation."""


@dataclass(slots=True)
class Played:
    """What came of a vector with one kind of client."""

    exchange: Exchange | None = None
    result: Any = None
    error: Exception | None = None
    steps: Steps = field(default_factory=dict[str, str])


class Proof(Struct, frozen=True):
    """A vector, what differs from it, and what its scheme computed meanwhile."""

    vector: Vector
    differences: tuple[str, ...]
    scheme: Scheme | None = None
    steps: Steps = {}


def prove(trial: Trial, vector: Vector) -> Proof:
    """Play one vector; no difference means that the spec is right about it."""
    if vector.operation.startswith(CALLBACK):
        callback = _callback(trial.provider, vector.operation)
        scheme = trial.provider.scheme(callback.auth)
        with watched(trial, scheme) as steps:
            found = tuple(_pushed(trial, callback, vector))
        return Proof(vector, found, scheme, steps)
    provider = trial.provider
    operation = provider.operation(vector.operation)
    try:
        played = [_play(trial, operation, vector, kind) for kind in (False, True)]
    except _MISFITS as problem:
        return Proof(vector, (f"its arguments do not fit: {problem}",))
    found, other = (tuple(_differences(vector, each)) for each in played)
    if not found:
        found = tuple(f"AsyncClient: {difference}" for difference in other)
    return Proof(vector, found, provider.scheme(operation.auth), played[0].steps)


def sent(trial: Trial, vector: Vector) -> Exchange | None:
    """The request that a vector's arguments become, whatever the vector says of it."""
    operation = trial.provider.operation(vector.operation)
    try:
        return _play(trial, operation, vector, asynchronous=False).exchange
    except _MISFITS:
        return None


def _play(
    trial: Trial, operation: Operation, vector: Vector, asynchronous: bool
) -> Played:
    provider = trial.provider
    given = trial.typed(operation, vector.arguments)
    recorder = Recorder(trial, answer=_answers(trial, operation, vector))
    options: dict[str, Any] = {
        **vector.client,
        "clock": still.clock(trial, vector.at),
        "random": still.chance(trial, vector.nonce),
        "retries": 0,
        "hooks": recorder.hooks(),
        "transport": recorder.asynchronous() if asynchronous else recorder,
    }
    played = Played()
    with watched(trial, provider.scheme(operation.auth)) as played.steps:
        try:
            played.result = trial.call(operation, options, given, asynchronous)
        except trial.floor("errors").Error as error:
            played.error = error
    name = f"{provider.id}.{operation.id}"
    sent = [each for each in recorder.exchanges if each.operation == name]
    played.exchange = sent[-1] if sent else None
    return played


def _answers(trial: Trial, operation: Operation, vector: Vector) -> Any:
    """The reply of the vector; helpers get that of a vector of their own."""
    known = {
        each.operation: each for each in reversed(trial.provider.vectors) if each.reply
    }
    known[operation.id] = vector
    prefix = f"{trial.provider.id}."

    def answer(name: str) -> Any:
        found = known.get(name.removeprefix(prefix))
        reply = (found.reply if found is not None else None) or {}
        make: Any = trial.floor("transport").Response
        http = int(reply.get("http", 200))
        return make(http, tuple(headers_of(reply).items()), body_of(reply))

    return answer


def body_of(message: Mapping[str, Any]) -> bytes:
    if "body_base64" in message:
        return base64.b64decode(message["body_base64"])
    return str(message.get("body", "")).encode()


def headers_of(message: Mapping[str, Any]) -> dict[str, str]:
    given: Mapping[str, Any] = message.get("headers") or {}
    return {name: str(value) for name, value in given.items()}


def _differences(vector: Vector, played: Played) -> Iterator[str]:
    if vector.request is not None:
        if played.exchange is None:
            yield f"nothing is sent: {played.error}"
            return
        yield from compare.request(vector.request, played.exchange)
    if vector.raises is not None:
        yield from compare.error(vector.raises, played.error)
    elif vector.reply is not None:
        if played.error is not None:
            yield f"it raises {type(played.error).__name__}: {played.error}"
        elif vector.has_result:
            yield from compare.result(vector.result, played.result)


def _callback(provider: Provider, name: str) -> Callback:
    return next(each for known, each in callbacks(provider) if known == name)


def _pushed(trial: Trial, callback: Callback, vector: Vector) -> Iterator[str]:
    module = trial.part(callback.product, "callbacks")
    request = vector.request or {}
    headers = headers_of(request)
    target = str(request.get("target", "/"))
    given: dict[str, Any] = {"method": str(request.get("method", callback.method))}
    proof: Any = getattr(module, callback.key.upper()).proof
    if proof is not None:
        names = {name.lower(): value for name, value in headers.items()}
        given["url"] = f"https://{names.get('host', 'localhost')}{target}"
        given |= {k: v for k, v in vector.client.items() if k in proof.names}
    try:
        found = getattr(module, f"parse_{callback.key}")(
            **given,
            query=urlsplit(target).query,
            headers=headers,
            body=body_of(request),
        )
    except trial.floor("errors").Error as error:
        if vector.raises is None:
            yield f"it raises {type(error).__name__}: {error}"
        else:
            yield from compare.error(vector.raises, error)
        return
    if vector.raises is not None:
        yield from compare.error(vector.raises, None)
    elif vector.has_result:
        yield from compare.result(vector.result, found)
