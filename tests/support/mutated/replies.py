"""Edits of replies and models."""

from __future__ import annotations

from tests.support.mutation import Mutation, one
from tests.support.specimens import DUO

_ALTERNATE = '      - {when: {content_type: text/html}, format: text, status_is: "5"}\n'
_PARTS = "      parts: {type: integer, optional: true, summary: How many messages are billed.}\n"
_LOST = "      L: {name: LOST, text: It is lost, state: failed}\n"
_MODEL = """\
  animal:
    summary: A beast.
    src: doc
    fields:
      legs: {type: integer, summary: How many legs it has.}
operations:
"""

MUTATIONS = (
    one(
        "R001",
        "{format: json, status: code, message: why, returns: archive}",
        "{format: pairs, status: code, message: why, returns: archive}",
    ),
    one("R002", "status: code\n", "status: result\n"),
    one("R003", 'records: ","', 'records: ";"'),
    one("R004", 'separator: "|"', 'separator: ":"'),
    one("R005", "fields: [state, id, price]", "fields: [state, price, id]"),
    one("R006", "root: [people, persons]", "root: [people, crowd]"),
    one("R007", "expect: {action: send}", "expect: {action: sent}"),
    one(
        "R008",
        _PARTS,
        f"{_PARTS}      note: {{type: string, optional: true, summary: More.}}\n",
    ),
    one("R009", _PARTS, ""),
    one("R010", "      parts: {type", "      segments: {wire: parts, type"),
    one("R011", "parts: {type", "parts: {wire: count, type"),
    one("R012", "parts: {type: integer", "parts: {type: decimal"),
    one("R013", "format: iso8601, optional: true", "format: iso8601"),
    one("R014", "total: {type: integer", "total: {type: integer, optional: true"),
    one("R015", "at: data, returns: stored, list: true", "at: data, returns: stored"),
    one("R016", "at: person, returns: submission", "at: person, returns: person"),
    one(
        "R017",
        _LOST,
        f"{_LOST}      W: {{name: WAITING, text: It waits, state: enroute}}\n",
    ),
    one("R018", _LOST, ""),
    Mutation(
        "R020",
        [
            ("calls.yaml", "item_status: true, ", ""),
            ("calls.yaml", "{items: call_status, src", "{src"),
        ],
        source=DUO,
    ),
    one("R021", "charset: utf-8\n      status", "charset: gbk\n      status"),
    one("R023", "aliases: [fee]", "aliases: [fee, cost]"),
    one("R024", "aliases: [fee], ", "", mirror="R023"),
    one(
        "R025",
        _ALTERNATE,
        _ALTERNATE
        + '      - {when: {content_type: text/csv}, format: text, status_is: "5"}\n',
    ),
    one("R026", _ALTERNATE, ""),
    Mutation(
        "R027",
        [(_ALTERNATE, ""), ("    alternates:\n", f"    alternates:\n{_ALTERNATE}")],
    ),
    one(
        "R028",
        "at: data\n      returns",
        "at: data\n      max_bytes: 1000\n      returns",
    ),
    one("R029", "at: data\n", "at: result\n"),
    one("R030", "min_fields: 1", "min_fields: 2"),
    one("R031", '"OK {id}"', '"Fine {id}"'),
    one("R032", "aliases: [DLV]", "aliases: [DLV, OK]"),
    one("R033", ", aliases: [DLV]", "", mirror="R032"),
    one("R034", "state: expired", "state: rejected"),
    Mutation("R035", [(_MODEL, "operations:\n")], [("operations:\n", _MODEL)]),
    one("R036", "operations:\n", _MODEL),
    one("R037", "  person:\n", "  person:\n    class: Human\n"),
    one("R038", "absent_status: success, ", ""),
    one(
        "R039",
        "parts: {type: integer,",
        "parts: {type: integer, deprecated: Not sent.,",
    ),
    Mutation(
        "R040",
        [("deprecated: Not sent., ", "")],
        [("parts: {type: integer, ", "parts: {type: integer, deprecated: Not sent., ")],
    ),
)
