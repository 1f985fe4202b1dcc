"""Items of a reply and the recipients of a request: by which field they are told."""

from __future__ import annotations

from collections.abc import Iterable

from wirebook.explain import Explanation
from wirebook.model import Field, FieldType, Operation, Provider, Reply
from wirebook.problem import did_you_mean, quote
from wirebook.report import Report

from .lookup import Names, operations


def check(provider: Provider, report: Report) -> None:
    for operation, known in operations(provider):
        for reply in (operation.reply, *(one.reply for one in operation.alternates)):
            if reply.match_parameter is not None:
                _parameter(operation, reply, reply.match_parameter, known, report)


def _parameter(
    operation: Operation, reply: Reply, path: str, known: Names, report: Report
) -> None:
    fields: Iterable[Field] = operation.parameters
    field: Field | None = None
    for name in path.split("."):
        if field is not None and field.type is not FieldType.OBJECT:
            report.error(
                "match-parameter",
                reply.where,
                f"{quote(field.name)} holds no records that {quote(name)} could be of",
                f"end the path at {quote(field.name)}",
            )
            return
        by_name = {one.name: one for one in fields}
        if name not in by_name:
            # A parameter that is unknown altogether has been reported.
            if field is not None:
                report.error(
                    "match-parameter",
                    reply.where,
                    f"the records of {quote(field.name)} have no field {quote(name)}"
                    f"{did_you_mean(name, by_name)}",
                    "known: " + ", ".join(by_name),
                )
            return
        field = by_name[name]
        model = known.models.get(field.model or "")
        fields = model.fields if model is not None else ()
    if field is not None and field.type is FieldType.OBJECT:
        report.error(
            "match-parameter",
            reply.where,
            f"{quote(path)} holds records, and an item is matched with a text",
            "name the field of the record: "
            + " or ".join(f"{path}.{one.name}" for one in fields),
        )


EXPLANATIONS = (
    Explanation(
        "match-parameter",
        "Items that cannot be matched with records",
        "Items belong to the recipients that a parameter holds. Where it holds records, "
        "a dot goes down to the field with the recipient.",
        "match: {field: phone, parameter: messages}    # messages are records\n",
        "match: {field: phone, parameter: messages.phone}\n",
    ),
)
