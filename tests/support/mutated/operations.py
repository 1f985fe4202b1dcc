"""Edits of operations, callbacks and what stands around them."""

from __future__ import annotations

from tests.support.mutation import Mutation, both, one

_SEGMENT = (
    "  wide: {unit: utf16_units, single: 70, part: 67, when: {parameter: kind,"
    " is: [U]}, src: doc}\n"
)
_CALLBACK = "  delivery_report: {model"
_OPERATION = """\
  greet:
    summary: Say hello.
    src: doc#greet
    does: reads
    method: GET
    path: /greet
    statuses: {table: result}
    reply: {format: json, status: code}

callbacks:
"""

MUTATIONS = (
    one("O003", "callbacks:\n", _OPERATION),
    Mutation("O001", [(_OPERATION, "callbacks:\n")], [("callbacks:\n", _OPERATION)]),
    Mutation(
        "O002",
        [
            (
                _OPERATION.replace(
                    "    summary: Say", "    deprecated: Do not.\n    summary: Say"
                ),
                "callbacks:\n",
            )
        ],
        [
            (
                "callbacks:\n",
                _OPERATION.replace(
                    "    summary: Say", "    deprecated: Do not.\n    summary: Say"
                ),
            )
        ],
    ),
    Mutation(
        "O004",
        [("  greet:\n", "  hello:\n    renamed_from: greet\n")],
        [("callbacks:\n", _OPERATION)],
        mirror="O005",
    ),
    one("O005", "  book:\n", "  people:\n"),
    one("O006", "method: POST\n    path: /many", "method: PUT\n    path: /many"),
    one("O007", "path: /many", "path: /lots"),
    one("O008", "action: send, format", "action: sned, format"),
    one("O009", "in: form\n", "in: json\n"),
    one("O010", "encoding: form", "encoding: rfc3986"),
    one(
        "O011",
        "    path: /book?all=1\n",
        "    path: /book?all=1\n    deprecated: Use search.\n",
    ),
    one("O012", "    deprecated: Use search.\n", ""),
    one(
        "O013",
        "does: submits\n    method: POST\n    path: /many",
        "does: changes\n    method: POST\n    path: /many",
    ),
    one(
        "O014",
        "does: reads\n    method: GET\n    path: /book?all=1",
        "does: changes\n    method: GET\n    path: /book?all=1",
    ),
    one("O016", "X-Client: wirebook", "X-Client: other"),
    one("O018", "total: total, first: 1", "total: total, first: 2"),
    one("O019", "interval: 5}", "interval: 7}"),
    one("O020", "    reconcile: search\n", ""),
    one(
        "O021",
        "max: {recipients: 50}}\n",
        "max: {recipients: 50}}\n      put: {method: PUT}\n",
    ),
    one("O022", "      get: {method: GET, in: query, max: {recipients: 50}}\n", ""),
    both(
        "O023",
        ("method: POST\n    path: /send\n    in: form", "method: GET\n    path: /send"),
        ("post: {}\n      get: {method: GET, in: query, max", "get: {max"),
        ("50}}\n", "50}}\n      post: {method: POST, in: form}\n"),
        ("{recipients: 50}", "{recipients: 100}"),
    ),
    one(
        "C001",
        _CALLBACK,
        "  other: {model: stored, format: json, summary: Another., src: doc}\n"
        + _CALLBACK,
    ),
    Mutation(
        "C002",
        [("  other: {model: stored, format: json, summary: Another., src: doc}\n", "")],
        [
            (
                _CALLBACK,
                "  other: {model: stored, format: json, summary: Another., src: doc}\n"
                + _CALLBACK,
            )
        ],
    ),
    one("C003", "{model: stored, method", "{model: archive, method"),
    one(
        "C004",
        "method: POST, format: json, answer",
        "method: POST, format: form, answer",
    ),
    one("C005", "body: OK", "body: ok"),
    one("C006", "delivery_report: {", "report: {"),
    one(
        "G001",
        _SEGMENT,
        _SEGMENT + "  third: {unit: bytes, single: 10, part: 9, when: {parameter: kind,"
        " is: [F]}, src: doc}\n",
    ),
    one("G002", _SEGMENT, ""),
    one("G003", "part: 153", "part: 150"),
    Mutation(
        "N001",
        [("    renamed_from: old_book\n", "")],
        [
            (
                "    path: /book?all=1\n",
                "    path: /book?all=1\n    renamed_from: old_book\n",
            )
        ],
    ),
    one(
        "N002",
        "    path: /book?all=1\n",
        "    path: /book?all=1\n    renamed_from: old_book\n",
    ),
    both(
        "N003",
        ("  person:\n", "  human:\n    renamed_from: person\n"),
        ("model: person", "model: human"),
        mirror="R037",
    ),
)
