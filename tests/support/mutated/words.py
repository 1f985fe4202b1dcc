"""Edits of words and proof."""

from __future__ import annotations

from tests.support.mutation import Mutation, both, one

_VECTOR = """\
  - id: ping-again
    about: Nothing there.
    src: doc#ping
    operation: ping
    arguments: {}
    reply: {http: 200, body: "1"}
    raises: {error: InvalidRequestError, status: NOTHING, code: "1"}
"""
_V = "vectors.yaml"

MUTATIONS = (
    one("D001", "summary: Send to people.", "summary: Send to some people."),
    one("D002", "src: doc#many", "src: doc#several"),
    one(
        "D003",
        "    summary: Send to people.\n    src: doc#many\n",
        "    summary: Send to people.\n",
    ),
    one(
        "D004",
        "notes:\n  guess",
        "notes:\n  more: {kind: assumption, src: doc, text: Something.}\n  guess",
    ),
    Mutation(
        "D005",
        [("  more: {kind: assumption, src: doc, text: Something.}\n", "")],
        [
            (
                "notes:\n  guess",
                "notes:\n  more: {kind: assumption, src: doc, text: Something.}\n  guess",
            )
        ],
    ),
    both(
        "D006",
        ("t is sent.", "time is sent."),
        ("send_at: {wire: t,", "send_at: {wire: time,"),
    ),
    Mutation("D007", [(_V, "  - id: ping-refused", f"{_VECTOR}  - id: ping-refused")]),
    one("D011", "notes: [guess, clash]", "notes: [clash]"),
    one(
        "D013",
        "notes:\n  guess",
        "notes:\n  more: {kind: fact, src: doc, text: Something.}\n  guess",
    ),
    one(
        "D014",
        "  remark: {kind: fact, src: doc, text: Numbers have no plus sign.}\n",
        "",
    ),
    one("D015", "  old: {title", "  older: {title: The oldest page}\n  old: {title"),
    one("D016", "  old: {title: An older page}\n", ""),
    both(
        "D017",
        ("  guess: {kind", "  surmise: {kind"),
        ("notes: [guess,", "notes: [surmise,"),
    ),
    Mutation(
        "D008",
        [(_V, '"fate": "D"', '"fate": "X"'), (_V, "fate: DELIVERED", "fate: EXPIRED")],
    ),
    Mutation(
        "D009",
        [(_V, _VECTOR, "")],
        [(_V, "  - id: ping-refused", f"{_VECTOR}  - id: ping-refused")],
    ),
    one("M001", "path: /book", "path: /books"),
)
