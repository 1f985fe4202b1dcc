"""The inbox as HTML: a whole page at first, then its parts as they change."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from msgspec import Struct

from .simulator import Simulator
from .snippets import base_url, snippet
from .state import Exchange, Message

MOST = 200
"""Rows of one list."""
PACKAGE = "telecoms"
TABS = (
    ("messages", "Messages"),
    ("calls", "Calls"),
    ("scenarios", "Scenarios"),
    ("connect", "Connect"),
)


class View(Struct, frozen=True):
    """What the person looks at."""

    provider: str = ""
    words: str = ""
    tab: str = "messages"
    message: int | None = None
    exchange: int | None = None

    def query(self, **changes: object) -> str:
        """The query of a link to this view with some changes."""
        values = {
            "tab": "" if self.tab == "messages" else self.tab,
            "provider": self.provider,
            "q": self.words,
            "message": self.message,
            "exchange": self.exchange,
        } | changes
        return "?" + urlencode({k: v for k, v in values.items() if v})


def found(simulator: Simulator, view: View, most: int = MOST) -> list[Message]:
    """The messages that fit a view, newest first."""
    words = view.words.lower().split()
    messages = (
        message
        for message in reversed(list(simulator.state.messages.values()))
        if view.provider in ("", message.provider)
        and all(word in _haystack(message) for word in words)
    )
    return list(islice(messages, most))


def _haystack(message: Message) -> str:
    return (
        f"{message.provider} {message.operation} {message.recipient} {message.sender} "
        f"{message.text} {message.id} {message.state} {message.reason}"
    ).lower()


def calls(simulator: Simulator, view: View) -> list[Exchange]:
    """The exchanges that fit a view, newest first."""
    words = view.words.lower().split()
    exchanges = (
        each
        for each in reversed(list(simulator.state.exchanges))
        if view.provider in ("", each.provider)
        and all(
            word in f"{each.operation} {each.target} {each.body} {each.reply}".lower()
            for word in words
        )
    )
    return list(islice(exchanges, MOST))


def inbox(simulator: Simulator, view: View, origin: str) -> tuple[str, str]:
    """The whole page, and the nonce of its style and script."""
    nonce = secrets.token_urlsafe(16)
    parts = fragments(simulator, view, origin)
    text = (
        _environment()
        .get_template("inbox.html")
        .render(
            nonce=nonce,
            style=Markup(_file("style.css")),
            script=Markup(_file("script.js")),
            parts={name: Markup(part) for name, part in parts.items()},
            view=view,
            tabs=TABS,
        )
    )
    return text, nonce


def fragments(simulator: Simulator, view: View, origin: str) -> dict[str, str]:
    """The parts of the page by the id of their element; escaped by the templates."""
    environment = _environment()
    values: dict[str, Any] = {
        "view": view,
        "tabs": TABS,
        "simulator": simulator,
        "accounts": _accounts(simulator, origin),
        "counts": _counts(simulator),
    }
    parts = {"top": environment.get_template("top.html").render(values)}
    match view.tab:
        case "calls":
            rows = calls(simulator, view)
            chosen = _exchange(simulator, view.exchange)
            values |= {"rows": rows, "exchange": chosen}
            parts["list"] = environment.get_template("calls.html").render(values)
            parts["detail"] = environment.get_template("call.html").render(values)
        case "scenarios":
            values["rules"] = list(simulator.scenarios)
            values["statuses"] = _statuses(simulator)
            parts["list"] = environment.get_template("scenarios.html").render(values)
            parts["detail"] = ""
        case "connect":
            parts["list"] = environment.get_template("connect.html").render(values)
            parts["detail"] = ""
        case _:
            messages = found(simulator, view)
            message = simulator.state.messages.get(view.message or 0)
            values |= {
                "rows": messages,
                "message": message,
                "thread": _thread(simulator, message),
                "exchange": _exchange(simulator, message.exchange if message else None),
            }
            parts["list"] = environment.get_template("messages.html").render(values)
            parts["detail"] = environment.get_template("message.html").render(values)
    return parts


def _thread(simulator: Simulator, message: Message | None) -> list[Message]:
    """What one phone and one account said to each other, oldest first."""
    if message is None:
        return []
    phone = _phone(message)
    return [
        each
        for each in simulator.state.messages.values()
        if each.provider == message.provider and _phone(each) == phone
    ][-30:]


def _phone(message: Message) -> str:
    return message.sender if message.direction == "in" else message.recipient


def _exchange(simulator: Simulator, number: int | None) -> Exchange | None:
    if not number:
        return None
    return next(
        (each for each in simulator.state.exchanges if each.number == number), None
    )


def _accounts(simulator: Simulator, origin: str) -> list[Mapping[str, Any]]:
    return [
        {
            "provider": gateway.provider,
            "account": simulator.state.accounts[name],
            "secret": {c.name for c in gateway.provider.credentials if c.secret},
            "url": base_url(gateway.provider, origin),
            "snippet": simulator.mask(
                snippet(
                    gateway.provider, simulator.state.accounts[name], origin, PACKAGE
                )
            ),
        }
        for name, gateway in simulator.gateways.items()
    ]


def _counts(simulator: Simulator) -> dict[str, int]:
    counts = dict.fromkeys(simulator.gateways, 0)
    for message in simulator.state.messages.values():
        counts[message.provider] = counts.get(message.provider, 0) + 1
    return counts


def _statuses(simulator: Simulator) -> list[tuple[str, str, str]]:
    """Provider, name and text of every status that can be forced, each once."""
    rows: dict[tuple[str, str], str] = {}
    for name, gateway in simulator.gateways.items():
        provider = gateway.provider
        for product in (*provider.products, provider.shared):
            for table in product.tables:
                for status in table.statuses:
                    rows.setdefault((name, status.name), status.text)
    return [(provider, name, text) for (provider, name), text in rows.items()]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("wirebook.simulate", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., object]] = {
        "clock": _clock,
        "iso": datetime.isoformat,
        "pretty": _pretty,
        "spoken": _spoken,
        "plain": _plain,
        "first_line": _first_line,
        "phone": _phone,
    }
    environment.filters.update(filters)
    return environment


def _plain(text: str) -> str:
    return text.replace("`", "")


def _first_line(text: str) -> str:
    return text.partition("\n")[0]


def _clock(moment: datetime) -> str:
    return moment.astimezone().strftime("%H:%M:%S")


def _spoken(text: str) -> Markup:
    """A sentence in which `names` stand between backticks."""
    parts = [escape(part) for part in text.split("`")]
    for position in range(1, len(parts) - 1, 2):
        parts[position] = Markup("<code>{}</code>").format(parts[position])
    return Markup("").join(parts)


def _pretty(text: str) -> str:
    """JSON with indents, other texts as they are."""
    if text[:1] in ("{", "["):
        try:
            return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
        except (ValueError, RecursionError):
            return text
    return text


def _file(name: str) -> str:
    return (
        resources.files("wirebook.simulate").joinpath("pages", name).read_text("utf-8")
    )
