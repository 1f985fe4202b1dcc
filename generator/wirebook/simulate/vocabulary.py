"""What an operation is about, read from the terms in which its spec describes it.

Nothing here knows a provider: a parameter of type `phone` is who gets the message,
one of type `text` what it says, a moment that must lie `ahead` when it leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from wirebook.arguments import find_enum, find_model
from wirebook.model import Field, FieldType, Model, Operation, Product, Provider

from .kinds import is_list, is_mapping

PEOPLE = (FieldType.PHONE, FieldType.EMAIL)
BALANCE = frozenset({"balance", "credits", "remaining", "remain"})
UNIT_PRICE = frozenset({"price", "unit_price", "rate", "cost_per_message"})
TOTAL_PRICE = frozenset({"total", "cost", "charge", "fee", "total_price", "pay"})
COUNTS = {
    "total": "total",
    "accepted": "accepted",
    "submitted": "accepted",
    "rejected": "rejected",
    "sent": "delivered",
    "delivered": "delivered",
    "succeeded": "delivered",
    "failed": "failed",
    "sending": "enroute",
    "not_found": "not_found",
}
_SENDER = re.compile(r"source|sender|from|signature|display_number")
_SCHEDULE = re.compile(r"send_at|schedule|scheduled_at|start_at|execute_at")
_REPORT = re.compile(r"delivery_report|dlr|report_wanted")


class Parts(Struct, frozen=True):
    """Which fields of a request, or of one of its objects, are a message."""

    people: Field
    text: Field | None
    subject: Field | None
    sender: Field | None
    schedule: Field | None
    wants_report: Field | None


class Sending(Struct, frozen=True):
    """How an operation submits messages; `group` is a list of objects of them."""

    parts: Parts
    group: Field | None = None


class Listing(Struct, frozen=True):
    """How a result lists records: itself, or in a field of a container."""

    container: Model | None
    field: Field | None
    record: Model


def sending(provider: Provider, operation: Operation) -> Sending | None:
    """How the operation's parameters say a message, if it submits any."""
    if operation.does != "submits":
        return None
    parts = _parts(operation.parameters)
    if parts is not None:
        return Sending(parts)
    for field in operation.parameters:
        if field.type is FieldType.OBJECT and field.list is not None:
            model = find_model(provider, operation.product, field.model)
            inner = _parts(model.fields)
            if inner is not None:
                return Sending(inner, field)
    return None


def _parts(fields: tuple[Field, ...]) -> Parts | None:
    people = [field for field in fields if field.type in PEOPLE]
    # An e-mail has a sender of the same type.
    receivers = [f for f in people if not _SENDER.search(f.name)] or people
    if not receivers:
        return None
    texts = [field for field in fields if field.type is FieldType.TEXT]
    subjects = [f for f in texts if "subject" in f.name]
    return Parts(
        receivers[0],
        next((f for f in texts if f not in subjects), None),
        next(iter(subjects), None),
        _first(fields, _SENDER),
        next(
            (
                f
                for f in fields
                if f.type is FieldType.DATETIME
                and (f.ahead is not None or f.split or _SCHEDULE.search(f.name))
            ),
            None,
        ),
        next(
            (
                f
                for f in fields
                if f.type is FieldType.BOOLEAN and _REPORT.search(f.name)
            ),
            None,
        ),
    )


def _first(fields: tuple[Field, ...], pattern: re.Pattern[str]) -> Field | None:
    return next((f for f in fields if pattern.search(f.name)), None)


def messages_of(
    provider: Provider, operation: Operation, arguments: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Recipient and text of each message that a call would submit."""
    form = sending(provider, operation)
    if form is None:
        people = [f for f in operation.parameters if f.type in PEOPLE]
        return [(str(arguments[f.name]), "") for f in people if arguments.get(f.name)]
    groups: list[Any] = [arguments]
    if form.group is not None:
        groups = list(arguments.get(form.group.name) or [])
    found: list[tuple[str, str]] = []
    for group in groups:
        if not is_mapping(group):
            continue
        persons: Any = group.get(form.parts.people.name) or []
        texts = group.get(form.parts.text.name) if form.parts.text else ""
        for index, person in enumerate(persons if is_list(persons) else [persons]):
            text = texts[index] if is_list(texts) and index < len(texts) else texts
            found.append((str(person), text if isinstance(text, str) else ""))
    return found


def listing(provider: Provider, operation: Operation) -> Listing | None:
    """How the operation's result lists records, or None for a single value."""
    reply = operation.reply
    if not reply.returns_model or reply.returns is None:
        return None
    model = find_model(provider, operation.product, reply.returns)
    if reply.list:
        return Listing(None, None, model)
    for field in model.fields:
        if field.type is FieldType.OBJECT and field.list is not None:
            return Listing(
                model, field, find_model(provider, operation.product, field.model)
            )
    return None


def has_state(provider: Provider, product: str | None, model: Model) -> bool:
    """Whether a record says what became of a message."""
    return any(
        field.type is FieldType.ENUM
        and any(row.state for row in find_enum(provider, product, field.enum).values)
        for field in model.fields
    )


def has(model: Model, *types: FieldType) -> bool:
    return any(field.type in types for field in model.fields)


def rotated(provider: Provider, operation: Operation) -> Field | None:
    """The field in which a changed credential is handed out."""
    if operation.does != "changes" or not operation.reply.returns_model:
        return None
    model = find_model(provider, operation.product, operation.reply.returns)
    names = {credential.name for credential in provider.credentials}
    return next((f for f in model.fields if f.secret and f.name in names), None)


def identity(model: Model) -> Field | None:
    """The field that names a record."""
    for field in model.fields:
        if field.name.endswith("_id") and field.type in (
            FieldType.STRING,
            FieldType.INTEGER,
        ):
            return field
    return None


_VERBS = {
    "add": "create",
    "create": "create",
    "upload": "create",
    "import": "create",
    "list": "list",
    "get": "get",
    "query": "list",
    "update": "update",
    "edit": "update",
    "reset": "update",
    "delete": "delete",
    "remove": "delete",
    "cancel": "cancelled",
    "pause": "paused",
    "stop": "paused",
    "start": "running",
    "resume": "running",
    "resend": "running",
}


def deed(operation: Operation) -> tuple[str, str]:
    """Verb and noun of an operation's name: `create`, `voice.task`.

    The verb is empty where the name begins with none that is known.
    """
    first, _, rest = operation.name.partition("_")
    noun = re.sub(r"_(settings|by_\w+)$", "", rest)
    noun = noun.removesuffix("s")
    return _VERBS.get(first, ""), f"{operation.product or ''}.{noun}"


def siblings(provider: Provider, operation: Operation) -> Iterator[Operation]:
    """The operations of the same product."""
    for other in provider.operations:
        if other.product == operation.product:
            yield other


def product_of(provider: Provider, key: str | None) -> Product:
    return next(product for product in provider.products if product.key == key)
