"""Follow-ups: operations that others rely on must be able to answer."""

from __future__ import annotations

from wirebook.explain import Explanation
from wirebook.model import Field, FieldType, Model, Operation, Provider
from wirebook.problem import quote
from wirebook.report import Report

from .lookup import Names, operations


def check(provider: Provider, report: Report) -> None:
    known = {
        operation.id: (operation, names) for operation, names in operations(provider)
    }
    for operation, _ in known.values():
        if operation.reconcile in known:
            other, _ = known[operation.reconcile]
            _reads(operation, other, "reconcile", report)
        if operation.polling is not None and operation.polling.operation in known:
            other, names = known[operation.polling.operation]
            _reads(operation, other, "polling", report)
            _state(operation, other, names, report)
            _one_shape(operation, other, "polling-state", "polling", report)
            _ids(operation, other, report)
        _pages(operation, report)
        if operation.pages is not None:
            _one_shape(operation, operation, "bad-pages", "pages", report)


def _reads(operation: Operation, other: Operation, key: str, report: Report) -> None:
    if other.does != "reads":
        report.error(
            "asking-changes",
            operation.where,
            f"{key} of {quote(operation.name)} would ask with {quote(other.id)}, which "
            f"{other.does}",
            "name an operation that reads",
        )


def _state(
    operation: Operation, other: Operation, names: Names, report: Report
) -> None:
    polling = operation.polling
    model = names.models.get(other.reply.returns or "")
    field = _find(model, polling.item_state, names) if polling and model else None
    if field is None:
        return
    enum = names.enums.get(field.enum or "")
    if field.type is not FieldType.ENUM or (
        enum is not None and not any(row.state for row in enum.values)
    ):
        report.error(
            "polling-state",
            operation.where,
            f"{quote(field.name)} of {quote(other.id)} does not tell what became of a "
            "message",
            "make it an enum whose values have a `state`",
        )


def _one_shape(
    operation: Operation, other: Operation, rule: str, key: str, report: Report
) -> None:
    """Its items are found by one path, so all shapes of the reply must have it."""
    usual = other.reply
    for alternate in other.alternates:
        reply = alternate.reply
        same = (reply.returns, reply.list) == (usual.returns, usual.list)
        if reply.returns is not None and not same:
            report.error(
                rule,
                operation.where,
                f"{key} of {quote(operation.name)}: {quote(other.id)} also returns "
                f"{quote(reply.returns)}, where its items cannot be looked for",
                f"let every shape of the reply return {quote(usual.returns or '')}",
            )


def _ids(operation: Operation, other: Operation, report: Report) -> None:
    polling = operation.polling
    if polling is not None and polling.safe and polling.id_parameter is None:
        report.error(
            "polling-ids",
            operation.where,
            f"nothing tells {quote(other.id)} which messages to report on",
            "name the `parameter` that takes their ids, or say `safe: false`",
        )


def _find(model: Model, path: str, names: Names) -> Field | None:
    head, _, rest = path.partition(".")
    field = next((field for field in model.fields if field.name == head), None)
    if field is None or not rest:
        return field
    inner = names.models.get(field.model or "")
    return _find(inner, rest, names) if inner else None


def _pages(operation: Operation, report: Report) -> None:
    pages = operation.pages
    if pages is None:
        return
    problem = None
    if operation.does != "reads":
        problem = "only what is read comes in pages"
    elif pages.style == "link" and pages.link is None:
        problem = "`style: link` needs `link`, the field with the URL of the next page"
    elif pages.style == "link" and pages.parameter:
        problem = "`style: link` turns pages without a `parameter`: drop it"
    elif pages.style != "link" and not pages.parameter:
        problem = "nothing says which parameter turns the page: add `parameter`"
    elif pages.style == "token" and pages.token is None:
        problem = "`style: token` needs `token`, the field that names the next page"
    elif not pages.items and not operation.reply.list:
        problem = "nothing says which field holds the items: add `items`"
    if problem:
        report.error(
            "bad-pages", operation.where, f"pages of {quote(operation.name)}: {problem}"
        )


EXPLANATIONS = (
    Explanation(
        "asking-changes",
        "A question that changes something",
        "Polling and reconciling happen while nobody knows the outcome of a call: they "
        "may ask, and nothing else.",
        "send: {does: submits, reconcile: send}\n",
        "send: {does: submits, reconcile: get_sent_records}\n",
    ),
    Explanation(
        "polling-state",
        "A report that does not tell the state",
        "Waiting for a delivery ends when the state is final; the enum's values say so.",
        "values: {0: {name: SENT}}\n",
        "values: {0: {name: SENT, state: delivered}}\n",
    ),
    Explanation(
        "polling-ids",
        "Reports that cannot be asked for by id",
        "Clients wait for deliveries by asking about messages again and again. A report "
        "that takes no ids hands out what it has, perhaps only once: others may miss it.",
        "polling: {operation: get_report, item_id: id, item_state: state}\n",
        "polling: {operation: get_report, parameter: ids, item_id: id, item_state: state}\n",
    ),
    Explanation(
        "bad-pages",
        "Pages that cannot be turned",
        "Each page must name the next one, and hold its items somewhere.",
        "pages: {style: token, parameter: cursor, items: records}\n",
        "pages: {style: token, parameter: cursor, items: records, token: next}\n",
    ),
)
