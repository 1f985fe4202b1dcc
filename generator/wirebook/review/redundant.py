"""Redundant values: what a spec says although it would hold without."""

from __future__ import annotations

from collections.abc import Iterator

from wirebook.document import ScalarNode
from wirebook.explain import Explanation
from wirebook.naming import camel_case
from wirebook.problem import quote
from wirebook.report import Report
from wirebook.resolve.fields import PERSONAL
from wirebook.schema_parts import Part

from .spec import Spec, inside

ALWAYS: dict[str, dict[str, str]] = {
    "credential": {"secret": "false", "optional": "false"},
    "server": {"insecure": "false"},
    "field": {
        **dict.fromkeys(
            ("optional", "nullable", "secret", "item_status", "item_message"), "false"
        ),
        "list": "false",
    },
    "status": {"success_on_retry": "false", "renews_session": "false"},
    "enum_value": {"reserved": "false"},
    "operation": {
        "encoding": "form",
        "charset": "utf-8",
        "json_style": "compact",
        "array_root": "false",
        "skew_safe": "true",
    },
    "reply": {
        "charset": "utf-8",
        "absent_status": "error",
        **dict.fromkeys(("list", "optional", "header"), "false"),
    },
}
"""Defaults that depend on nothing.

`type`, `format`, `method`, `in`, `does` and `stability` have defaults too, and a
reader wants to see them: they say what travels.
"""


def check(spec: Spec, report: Report) -> None:
    for part in spec.parts(*ALWAYS, "table", "enumeration"):
        for key, value in (*_always(part), *_derived(part)):
            report.warning(
                "redundant-value",
                part.node.keys[key],
                f"{quote(f'{key}: {value}')} says what holds anyway",
                "drop it: what a spec says should be a decision",
            )


def _always(part: Part) -> Iterator[tuple[str, str]]:
    for key, default in ALWAYS.get(part.definition, {}).items():
        if _text(part, key) == default:
            yield key, default


def _derived(part: Part) -> Iterator[tuple[str, str]]:
    """Values that equal what follows from the part itself."""
    match part.definition:
        case "field":
            yield from _field(part)
        case "table" | "enumeration":
            yield from _same(part, "class", camel_case(part.key))
        case "status":
            yield from _row(part)
        case "operation":
            reads = _text(part, "does") == "reads"
            yield from _same(part, "repeatable", "true" if reads else "false")
        case _:
            pass


def _field(part: Part) -> Iterator[tuple[str, str]]:
    kind = _text(part, "type")
    yield from _same(part, "wire", part.key)
    personal = any(kind == each for each in PERSONAL)
    yield from _same(part, "pii", "true" if personal else "false")


def _row(part: Part) -> Iterator[tuple[str, str]]:
    """Failures that repeat the defaults of their table."""
    table = part.enclosing("table")
    if table is None or "reaction" not in part.node.entries:
        return
    defaults = table.node.entries.get("defaults")
    for key in ("effect", "retry"):
        usual = inside(defaults, key)
        if isinstance(usual, ScalarNode):
            yield from _same(part, key, usual.text)
        elif key == "retry":
            yield from _same(part, key, "never")


def _same(part: Part, key: str, usual: str) -> Iterator[tuple[str, str]]:
    if _text(part, key) == usual:
        yield key, usual


def _text(part: Part, key: str) -> str | None:
    node = part.node.entries.get(key)
    return node.text if isinstance(node, ScalarNode) else None


EXPLANATIONS = (
    Explanation(
        "redundant-value",
        "A value that says what holds anyway",
        "A reader asks why it was written down. What is left are decisions; the "
        "defaults are those of the language.",
        "parameters: {content: {wire: content, type: text, optional: false}}\n",
        "parameters: {content: {type: text}}\n",
    ),
)
