"""Edits of parameters, enums and local checks."""

from __future__ import annotations

from tests.support.mutation import Mutation, both, one

_RULE = "      - {max_total_length: [sender, reference], limit: 60, src: doc}\n"
_FLASH = "      F: {name: FLASH, text: Shown at once}\n"
_VALIDITY = (
    "      validity: {type: integer, minimum: 1, maximum: 48, optional: true,"
    " unit: hours, summary: How long to try.}\n"
)
_LEVEL = """\
  level:
    type: string
    summary: A level.
    src: doc
    values:
      1: {name: LOW, text: Low}
models:
"""
_TOPIC = "      topic: {type: string, optional: true, summary: A topic.}\n"
_ENUM = """\
  colour:
    type: string
    summary: A colour.
    src: doc
    values:
      R: {name: RED, text: Red}
models:
"""

MUTATIONS = (
    one(
        "Q001",
        "      content: {wire",
        "      topic: {type: string, summary: A topic.}\n      content: {wire",
    ),
    one(
        "Q002",
        "      content: {wire",
        f"{_TOPIC}      content: {{wire",
    ),
    one(
        "Q003",
        "      content: {wire",
        "      topic: {type: string, default: a, summary: A topic.}\n      content: {wire",
    ),
    Mutation("Q004", [(_VALIDITY, "")]),
    both(
        "Q005",
        ("      callback_url: {", "      tell: {"),
        ("[report, callback_url]", "[report, tell]"),
    ),
    both(
        "Q006",
        ("      callback_url: {", "      tell: {renamed_from: callback_url, "),
        ("[report, callback_url]", "[report, tell]"),
        mirror="Q005",
    ),
    one("Q007", "wire: cb", "wire: back"),
    one("Q008", "sender: {type: string, optional: true", "sender: {type: string"),
    one(
        "Q009",
        "content: {wire: c, type: text,",
        "content: {wire: c, type: text, optional: true,",
    ),
    one("Q010", "validity: {type: integer", "validity: {type: decimal"),
    one(
        "Q011", "phone: {type: phone", "phone: {type: string, pii: true", mirror="Q010"
    ),
    Mutation(
        "Q012",
        [("callback_url: {wire: cb,", 'callback_url: {wire: cb, list: {join: ","},')],
    ),
    one("Q013", "enum: kind, default: P", "enum: kind, default: F"),
    one("Q014", "{wire: cb, ", "{wire: cb, in: query, "),
    Mutation(
        "Q015",
        [(_VALIDITY, ""), ("      values: {wire", f"{_VALIDITY}      values: {{wire")],
    ),
    one("Q016", _FLASH, f"{_FLASH}      B: {{name: BINARY, text: Bytes}}\n"),
    one("Q017", _FLASH, ""),
    one("Q018", "name: FLASH", "name: POPUP"),
    one("Q019", "      F: {name: FLASH", "      G: {name: FLASH"),
    one("Q020", "name: FLASH, ", "name: FLASH, reserved: true, "),
    Mutation(
        "Q021",
        [("topic: {type: string,", "topic: {type: enum, enum: kind,")],
        [
            (
                "      content: {wire",
                f"{_TOPIC}      content: {{wire",
            )
        ],
        mirror="Q010",
    ),
    one("Q022", "nick: {type: string,", "nick: {type: string, pii: true,"),
    one(
        "Q023",
        "sender: {type: string,",
        "sender: {type: string, deprecated: Not used.,",
    ),
    one(
        "Q025",
        'list: {columns: "{|}", max: 10}',
        'list: {columns: "{|}", max: 9}',
        mirror="K008",
    ),
    one("Q026", "sender: {type: string,", "sender: {type: string, nullable: true,"),
    Mutation(
        "Q027",
        [("deprecated: Not used., ", "")],
        [("sender: {type: string, ", "sender: {type: string, deprecated: Not used., ")],
    ),
    Mutation(
        "Q028",
        [
            (
                "    type: string\n    summary: A level.",
                "    type: int\n    summary: A level.",
            )
        ],
        [
            (
                "models:\n",
                _LEVEL,
            )
        ],
    ),
    Mutation(
        "Q029",
        [("name: FLASH, reserved: true, ", "name: FLASH, ")],
        [("name: FLASH, ", "name: FLASH, reserved: true, ")],
    ),
    one("Q030", "models:\n", _ENUM),
    Mutation("Q031", [(_ENUM, "models:\n")], [("models:\n", _ENUM)]),
    one("Q032", "  kind:\n    type", "  kind:\n    class: Sort\n    type"),
    one("K001", "max_length: 500", "max_length: 400"),
    one("K002", "max_length: 500", "max_length: 600"),
    one("K003", "min_length: 1,", "min_length: 2,"),
    one("K004", "min_length: 1, ", ""),
    one("K005", "'[A-Z]+'", "'[A-Z]*'", mirror="K005"),
    one("K006", "pattern: '[A-Z]+', ", ""),
    one("K007", "min: 1, max: 100", "min: 1, max: 60"),
    one("K008", "min: 1, max: 100", "min: 1, max: 200"),
    one(
        "K009",
        _RULE,
        f"{_RULE}      - {{at_most_one: [sender, callback_url], src: doc}}\n",
    ),
    one("K010", _RULE, ""),
    one("K011", "max_length_numeric: 600", "max_length_numeric: 700"),
    one("K012", "maximum: 48", "maximum: 24"),
    one("K013", "maximum: 48", "maximum: 72"),
    one("W001", 'list: {join: ",", min', 'list: {join: ";", min'),
    one("W002", "format: yyyyMMddHHmmss", "format: yyyyMMddHHmm"),
    one("W003", "charset: utf-8\n    parameters", "charset: latin-1\n    parameters"),
    one("W004", 'spelling: ["0", "1"]', 'spelling: ["no", "yes"]'),
    one("W005", "encode: hex", "encode: base64"),
)
