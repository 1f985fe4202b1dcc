"""The control API and the inbox, below `/_wirebook/` and at `/`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from . import asked, page
from .scenario import ScenarioError
from .simulator import Simulator
from .snippets import base_url
from .state import Exchange, Message

HOME = "/_wirebook/"
MOST = 200
"""Messages in one list."""
FINAL = ("delivered", "failed", "expired", "rejected")

Handler = Callable[[Request], Awaitable[Response]]


class Control:
    """The handlers, over one simulator."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    # Pages.

    async def inbox(self, request: Request) -> Response:
        query = asked.query(request)
        view = self._view(request, query)
        text, nonce = page.inbox(self._simulator, view, asked.origin(request))
        response = HTMLResponse(text)
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}';"
            " connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none';"
            " frame-ancestors 'none'"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    async def fragments(self, request: Request) -> Response:
        """The parts of the page that change, as HTML by the id of their element."""
        view = self._view(request, asked.query(request))
        parts = page.fragments(self._simulator, view, asked.origin(request))
        return JSONResponse({"version": self._simulator.state.version, "parts": parts})

    def _view(self, request: Request, query: Mapping[str, str]) -> page.View:
        number = query.get("message", "")
        exchange = query.get("exchange", "")
        return page.View(
            provider=query.get("provider", ""),
            words=query.get("q", ""),
            tab=query.get("tab", "messages"),
            message=asked.number(number),
            exchange=asked.number(exchange),
        )

    async def events(self, request: Request) -> Response:
        """Server-sent events: the version, whenever it changes."""

        async def stream() -> AsyncIterator[str]:
            last = -1
            silent = 0.0
            while not await request.is_disconnected():
                version = self._simulator.state.version
                if version != last:
                    last, silent = version, 0.0
                    yield f"data: {version}\n\n"
                elif silent > 15:
                    silent = 0.0
                    yield ": still here\n\n"
                await asyncio.sleep(0.2)
                silent += 0.2

        return StreamingResponse(
            stream(),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    # What is there.

    async def providers(self, request: Request) -> Response:
        simulator = self._simulator
        return JSONResponse(
            [
                {
                    "id": gateway.provider.id,
                    "title": gateway.provider.title,
                    "url": base_url(gateway.provider, asked.origin(request)),
                    "balance": str(simulator.state.accounts[name].balance),
                    "callbacks": simulator.state.accounts[name].callbacks,
                    "operations": [each.id for each in gateway.provider.operations],
                }
                for name, gateway in simulator.gateways.items()
            ]
        )

    async def messages(self, request: Request) -> Response:
        query = asked.query(request)
        after = query.get("after", "0")
        found = page.found(
            self._simulator,
            page.View(provider=query.get("provider", ""), words=query.get("q", "")),
            MOST,
        )
        least = asked.number(after) or 0
        return JSONResponse(
            [message_json(each) for each in found if each.number > least]
        )

    async def message(self, request: Request) -> Response:
        return JSONResponse(message_json(self._message(request)))

    async def exchanges(self, request: Request) -> Response:
        provider = asked.query(request).get("provider", "")
        found = [
            each
            for each in self._simulator.state.exchanges
            if provider in ("", each.provider)
        ]
        return JSONResponse([exchange_json(each) for each in found[-MOST:]])

    async def scenarios(self, request: Request) -> Response:
        return JSONResponse([each.as_dict() for each in self._simulator.scenarios])

    # What is done.

    async def force(self, request: Request) -> Response:
        try:
            rule = self._simulator.force(**await asked.body(request))
        except (ScenarioError, KeyError) as problem:
            raise asked.Refused(str(problem.args[0])) from problem
        self._simulator.state.version += 1
        return JSONResponse(rule.as_dict(), 201)

    async def unforce(self, request: Request) -> Response:
        self._simulator.scenarios.clear()
        self._simulator.state.version += 1
        return Response(status_code=204)

    async def unforce_one(self, request: Request) -> Response:
        if not self._simulator.scenarios.remove(asked.path_number(request)):
            raise asked.Refused("no such scenario", 404)
        self._simulator.state.version += 1
        return Response(status_code=204)

    async def reply(self, request: Request) -> Response:
        text = asked.text(await asked.body(request), "text")
        answer = self._simulator.reply(self._message(request), text)
        return JSONResponse(message_json(answer), 201)

    async def deliver(self, request: Request) -> Response:
        state = asked.text(await asked.body(request), "state")
        if state not in FINAL:
            raise asked.Refused(f"`state` must be one of {', '.join(FINAL)}")
        message = self._message(request)
        if message.direction != "out" or message.state == "refused":
            raise asked.Refused("only a message that was taken can be delivered")
        self._simulator.deliver(message, state)
        return JSONResponse(message_json(message))

    async def account(self, request: Request) -> Response:
        """Change balance, credentials or callback addresses of an account."""
        values = await asked.body(request)
        account = self._simulator.state.accounts.get(request.path_params["provider"])
        if account is None:
            raise asked.Refused("no such provider", 404)
        for name, value in values.items():
            match name:
                case "balance":
                    account.balance = asked.amount(value)
                case "credentials":
                    account.credentials.update(asked.texts(value, name))
                case "callbacks":
                    account.callbacks = dict(asked.addresses(asked.texts(value, name)))
                case _:
                    raise asked.Refused(
                        f"`{name}` is no part of an account; there are balance,"
                        " credentials and callbacks"
                    )
        self._simulator.state.version += 1
        return Response(status_code=204)

    async def reset(self, request: Request) -> Response:
        self._simulator.reset()
        return Response(status_code=204)

    def _message(self, request: Request) -> Message:
        message = self._simulator.state.messages.get(asked.path_number(request))
        if message is None:
            raise asked.Refused("no such message", 404)
        return message


def routes(simulator: Simulator) -> list[Route]:
    """All routes; the control API answers in JSON."""
    control = Control(simulator)

    def route(path: str, handler: Handler, method: str = "GET") -> Route:
        return Route(path, _guarded(handler), methods=[method])

    return [
        route("/", control.inbox),
        route(f"{HOME}fragments", control.fragments),
        route(f"{HOME}events", control.events),
        route(f"{HOME}providers", control.providers),
        route(f"{HOME}providers/{{provider}}", control.account, "PATCH"),
        route(f"{HOME}messages", control.messages),
        route(f"{HOME}messages/{{number}}", control.message),
        route(f"{HOME}messages/{{number}}/reply", control.reply, "POST"),
        route(f"{HOME}messages/{{number}}/deliver", control.deliver, "POST"),
        route(f"{HOME}exchanges", control.exchanges),
        route(f"{HOME}scenarios", control.scenarios),
        route(f"{HOME}scenarios", control.force, "POST"),
        route(f"{HOME}scenarios", control.unforce, "DELETE"),
        route(f"{HOME}scenarios/{{number}}", control.unforce_one, "DELETE"),
        route(f"{HOME}reset", control.reset, "POST"),
    ]


def _guarded(handler: Handler) -> Handler:
    """Answer refusals in JSON, and nothing to pages of other sites."""

    async def guarded(request: Request) -> Response:
        origin = request.headers.get("origin")
        host = request.headers.get("host", "")
        if (
            request.method != "GET"
            and origin
            and asked.url_parts(origin).netloc != host
        ):
            return JSONResponse({"error": "asked from another site"}, 403)
        try:
            return await handler(request)
        except asked.Refused as problem:
            return JSONResponse({"error": problem.why}, problem.http)

    return guarded


def message_json(message: Message) -> dict[str, Any]:
    return {
        name: _plain(value)
        for name, value in asdict(message).items()
        if name not in ("arguments", "handed", "outcome", "wants_report")
    }


def exchange_json(exchange: Exchange) -> dict[str, Any]:
    return {name: _plain(value) for name, value in asdict(exchange).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat() if value.year < 9999 else None
    return str(value) if isinstance(value, Decimal) else value
