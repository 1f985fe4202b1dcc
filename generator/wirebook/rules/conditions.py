"""Rules over several parameters: they must be able to hold, and to fail."""

from __future__ import annotations

from wirebook.explain import Explanation
from wirebook.model import Condition, Field, FieldType, Operation, Provider, Rule, Where
from wirebook.problem import quote
from wirebook.report import Report

from .fields import unfit
from .lookup import Names, operations

_CHOICES = ("exactly_one", "at_least_one", "at_most_one", "all_or_none")
_ORDERED = frozenset(
    {FieldType.DATETIME, FieldType.DATE, FieldType.TIME, FieldType.INTEGER}
    | {FieldType.DECIMAL}
)


def check(provider: Provider, report: Report) -> None:
    for operation, known in operations(provider):
        fields = {field.name: field for field in operation.parameters}
        for rule in operation.rules:
            _rule(rule, fields, report)
            if rule.when is not None:
                _condition(rule.when, fields, known, rule.where, report)
        for field in operation.parameters:
            for when in (
                field.required_when,
                field.encode_when.when if field.encode_when else None,
            ):
                if when is not None:
                    _condition(when, fields, known, field.where, report)
        for alternate in operation.alternates:
            if alternate.parameter is not None:
                where = alternate.reply.where
                _condition(alternate.parameter, fields, known, where, report)
        _rows(operation, report)


def _rule(rule: Rule, fields: dict[str, Field], report: Report) -> None:
    given = [fields[name] for name in rule.parameters if name in fields]
    if len(given) < len(rule.parameters):
        return
    problem = _problem(rule, given)
    if problem is not None:
        message, hint = problem
        report.error("idle-rule", rule.where, f"{rule.kind}: {message}", hint)


def _problem(rule: Rule, given: list[Field]) -> tuple[str, str] | None:
    """What keeps a rule from saying anything, and the way out."""
    for field in given:
        match rule.kind:
            case "same_count" if field.list is None:
                return f"{quote(field.name)} is no list", "name lists only"
            case "order" | "max_span" if field.type not in _ORDERED:
                return f"{quote(field.name)} has no order", "name moments or numbers"
            case kind if kind in _CHOICES and not field.optional:
                text = f"{quote(field.name)} is always given"
                return text, "make it optional, or drop the rule"
            case "required_when" if not field.optional:
                text = f"{quote(field.name)} is required anyway"
                return text, "make it optional, or drop the rule"
            case _:
                pass
    if rule.kind == "placeholders":
        if given[-1].type is not FieldType.ROWS:
            text = f"{quote(given[-1].name)} holds no rows"
            return text, "name the text first, then the rows"
        if "{i}" not in (rule.template or ""):
            return "nothing counts the placeholders", 'write `template: "{p{i}}"`'
    return None


def _condition(
    when: Condition,
    fields: dict[str, Field],
    known: Names,
    where: Where,
    report: Report,
) -> None:
    field = fields.get(when.parameter)
    for value in when.values if field is not None else ():
        why = unfit(field, value, known) if field is not None else None
        if why and why != "is reserved":
            report.error(
                "unfit-value",
                where,
                f"{quote(when.parameter)} is never {quote(value)}: it {why}",
                "write the value as the wire spells it",
            )


def _rows(operation: Operation, report: Report) -> None:
    """Rows belong to the items of another list; the provider pairs them."""
    counted = {
        name
        for rule in operation.rules
        if rule.kind == "same_count"
        for name in rule.parameters
    }
    for field in operation.parameters:
        columns = field.list is not None and field.list.style == "columns"
        if field.type is FieldType.ROWS and columns and field.name not in counted:
            report.warning(
                "rows-without-count",
                field.where,
                f"nothing says how many rows {quote(field.name)} needs",
                "add a rule `same_count` with the list that the rows belong to",
            )


EXPLANATIONS = (
    Explanation(
        "idle-rule",
        "A rule that always holds, or never can",
        "A rule over parameters is checked before a request is sent; one that cannot "
        "be checked only looks like protection.",
        "rules: [{same_count: [content, recipients]}]    # content is one text\n",
        "rules: [{same_count: [contents, recipients]}]\n",
    ),
    Explanation(
        "rows-without-count",
        "Rows without a count",
        "Rows are turned into columns, and the provider pairs the n-th value of each "
        "column with the n-th recipient: a missing row shifts all that follow.",
        "parameters: {recipients: {...}, values: {type: rows, ...}}\n",
        "rules: [{same_count: [values, recipients]}]\n",
    ),
)
