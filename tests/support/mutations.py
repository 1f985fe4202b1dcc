"""One edit of a spec for every rule of `wirebook diff`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.specimens import ACME, DUO, Replacement


@dataclass(frozen=True)
class Mutation:
    """Edits whose difference is named by a rule.

    before: made on both sides.  mirror: what the opposite edit is named by, where
    that is neither the rule's mirror nor the rule itself.
    """

    rule: str
    edits: Sequence[Replacement]
    before: Sequence[Replacement] = ()
    mirror: str = ""
    source: Path = ACME

    @property
    def id(self) -> str:
        return self.rule


def _one(rule: str, old: str, new: str, mirror: str = "") -> Mutation:
    return Mutation(rule, [(old, new)], mirror=mirror)


def _both(rule: str, *edits: Replacement, mirror: str = "") -> Mutation:
    return Mutation(rule, edits, mirror=mirror)


_SERVER = '  spare: {url: "https://spare.acme.example/{region}", src: doc}\n'
_SETTING = "summary: Where data is kept., src: doc}\n"
_EXTRA = (
    "  extra: {secret: true, optional: true, env: ACME_EXTRA, summary: A second key.,"
    " src: doc}\n"
)
_SEGMENT = (
    "  wide: {unit: utf16_units, single: 70, part: 67, when: {parameter: kind,"
    " is: [U]}, src: doc}\n"
)
_RULE = "      - {max_total_length: [sender, reference], limit: 60, src: doc}\n"
_CALLBACK = "  delivery_report: {model"
_ALTERNATE = '      - {when: {content_type: text/html}, format: text, status_is: "5"}\n'
_PARTS = "      parts: {type: integer, optional: true, summary: How many messages are billed.}\n"
_LOST = "      L: {name: LOST, text: It is lost, state: failed}\n"
_FLASH = "      F: {name: FLASH, text: Shown at once}\n"
_TWICE = "      4: {name: TWICE, text: The same message again, reaction: duplicate}\n"
_ONLY = "only: [0, 1, 2, 3, 4, 5], "
_VALIDITY = (
    "      validity: {type: integer, minimum: 1, maximum: 48, optional: true,"
    " unit: hours, summary: How long to try.}\n"
)
_THIRD_SCHEME = """\
  third:
    summary: Another.
    src: doc
    headers: {X-Only: $extra}
"""
_SESSION = """\
bearer: $session.token
    session: {operation: send, token: message_id, lifetime: 60}
"""
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
_RETIRED = "    retired: {OLD_NAME: Acme dropped it.}\n"
_TABLE = """\
  third_result:
    type: int
    summary: Another one.
    src: doc
    success: [0]
    codes:
      0: {name: SUCCESS, text: Fine}
enums:
"""
_ENUM = """\
  colour:
    type: string
    summary: A colour.
    src: doc
    values:
      R: {name: RED, text: Red}
models:
"""
_MODEL = """\
  animal:
    summary: A beast.
    src: doc
    fields:
      legs: {type: integer, summary: How many legs it has.}
operations:
"""
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
_SCHEME = "    bearer: $api_key\n    headers: {X-Extra: $extra}\n"
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
    # providers, products, servers, settings
    _one("P006", 'version: "1.0"\n', 'version: "1.1"\n'),
    _one("P007", "file: acme.txt", "file: acme2.txt"),
    _one("P008", "stability: stable", "stability: draft"),
    _one("P013", "  title: Acme", "  class_prefix: Acne\n  title: Acme"),
    _one("T001", "https://api.acme.example", "https://api2.acme.example"),
    Mutation(
        "T002",
        [(_SETTING, f"{_SETTING}  host: {{env: ACME_HOST, summary: Which host.}}\n")],
        mirror="T003",
    ),
    Mutation(
        "T003",
        [("  host: {default: a, env: ACME_HOST, summary: Which host.}\n", "")],
        [
            (
                _SETTING,
                f"{_SETTING}  host: {{default: a, env: ACME_HOST, summary: Which"
                " host.}\n",
            )
        ],
    ),
    Mutation(
        "T010",
        [(_SETTING, f"{_SETTING}  host: {{default: a, summary: Which host.}}\n")],
    ),
    _one("T004", "default: eu", "default: us"),
    Mutation(
        "T005",
        [
            ("https://api", "http://api"),
            ('region}", src', 'region}", insecure: true, src'),
        ],
    ),
    Mutation(
        "T018",
        [("insecure: true, src", "src"), ("http://api", "https://api")],
        [
            ("https://api", "http://api"),
            ('region}", src', 'region}", insecure: true, src'),
        ],
    ),
    _one(
        "T006",
        "at: data\n      returns: submission",
        "at: data\n      http: [200]\n      returns: submission",
    ),
    _one("T007", "timeout: 20", "timeout: 25"),
    _one("T011", "values: [eu, us]", "values: [eu]"),
    _one("T012", "values: [eu, us]", "values: [eu, us, cn]"),
    _one("T013", "ACME_REGION", "ACME_PLACE"),
    _both("T014", (_SERVER, _SERVER + _SERVER.replace("spare", "third"))),
    _one("T015", _SERVER, ""),
    _both("T016", (_SERVER, ""), ("servers:\n", f"servers:\n{_SERVER}")),
    _one("T017", "  spare: {url", "  reserve: {url"),
    _both(
        "T019",
        ("  region: {default", "  area: {default"),
        ("{region}", "{area}"),
        ("{region}", "{area}"),
    ),
    _one("T020", "default: eu, ", "", mirror="T021"),
    Mutation(
        "T021", [("{values: [eu", "{default: eu, values: [eu")], [("default: eu, ", "")]
    ),
    # authentication
    _one("A001", "bearer: $api_key", "bearer: $extra"),
    Mutation(
        "A002",
        [
            (_EXTRA, _EXTRA + "  pin: {secret: true, summary: A pin.}\n"),
            ("X-Extra: $extra", "X-Extra: $extra, X-Pin: $pin"),
        ],
    ),
    Mutation(
        "A003",
        [(_EXTRA, ""), ("    headers: {X-Extra: $extra}\n", "")],
    ),
    _both("A004", ("  extra: {", "  second: {"), ("$extra", "$second")),
    _one("A005", "parameters: {ac: $account", "parameters: {acc: $account"),
    _both(
        "A006",
        (
            "parameters: {ac: $account, key: $api_key}",
            "parameters: {key: $api_key}\n    query: {ac: $account}",
        ),
    ),
    Mutation(
        "A007",
        [("pin: {secret: true, ", "pin: {")],
        [
            (_EXTRA, _EXTRA + "  pin: {secret: true, summary: A pin.}\n"),
            ("X-Extra: $extra", "X-Extra: $extra, X-Pin: $pin"),
        ],
    ),
    Mutation(
        "A008",
        [("pin: {", "pin: {secret: true, ")],
        [
            (_EXTRA, _EXTRA + "  pin: {summary: A pin.}\n"),
            ("X-Extra: $extra", "X-Extra: $extra, X-Pin: $pin"),
        ],
    ),
    _one("A009", "digest: md5", "digest: sha256"),
    _one("A010", "[$account, $api_key, $moment]", "[$api_key, $account, $moment]"),
    _one("A011", "$moment]}", "$moment], output: hex_upper}"),
    _one("A012", "now: unix_seconds", "now: unix_milliseconds"),
    _one("A013", ", X-Kind: plain", ""),
    _one("A014", "allowed_skew: 300", "allowed_skew: 200"),
    _one("A015", "'[0-9]+'", "'[0-9]{3}'"),
    _one(
        "A017", "api_key: {secret: true, ", "api_key: {secret: true, optional: true, "
    ),
    _one("A018", "extra: {secret: true, optional: true, ", "extra: {secret: true, "),
    _both(
        "A020",
        (_EXTRA, _EXTRA + "  pin: {secret: true, optional: true, summary: A pin.}\n"),
        ("X-Extra: $extra", "X-Extra: $extra, X-Pin: $pin"),
    ),
    _one(
        "A021",
        _SCHEME,
        _SCHEME + _THIRD_SCHEME,
    ),
    Mutation(
        "A022",
        [
            (
                _THIRD_SCHEME,
                "",
            )
        ],
        [
            (
                _SCHEME,
                _SCHEME + _THIRD_SCHEME,
            )
        ],
    ),
    Mutation(
        "A023",
        [("lifetime: 60", "lifetime: 90")],
        [
            (
                "bearer: $api_key\n",
                _SESSION,
            )
        ],
    ),
    _one("A025", "{ac: $account", "{ac: $account, more: $account"),
    _one("A026", ", key: $api_key}", "}"),
    # operations
    _one("O003", "callbacks:\n", _OPERATION),
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
    _one("O005", "  book:\n", "  people:\n"),
    _one("O006", "method: POST\n    path: /many", "method: PUT\n    path: /many"),
    _one("O007", "path: /many", "path: /lots"),
    _one("O008", "action: send, format", "action: sned, format"),
    _one("O009", "in: form\n", "in: json\n"),
    _one("O010", "encoding: form", "encoding: rfc3986"),
    _one(
        "O011",
        "    path: /book?all=1\n",
        "    path: /book?all=1\n    deprecated: Use search.\n",
    ),
    _one("O012", "    deprecated: Use search.\n", ""),
    _one(
        "O013",
        "does: submits\n    method: POST\n    path: /many",
        "does: changes\n    method: POST\n    path: /many",
    ),
    _one(
        "O014",
        "does: reads\n    method: GET\n    path: /book?all=1",
        "does: changes\n    method: GET\n    path: /book?all=1",
    ),
    _one("O016", "X-Client: wirebook", "X-Client: other"),
    _one("O018", "total: total, first: 1", "total: total, first: 2"),
    _one("O019", "interval: 5}", "interval: 7}"),
    _one("O020", "    reconcile: search\n", ""),
    _one(
        "O021",
        "max: {recipients: 50}}\n",
        "max: {recipients: 50}}\n      put: {method: PUT}\n",
    ),
    _one("O022", "      get: {method: GET, in: query, max: {recipients: 50}}\n", ""),
    _both(
        "O023",
        ("method: POST\n    path: /send\n    in: form", "method: GET\n    path: /send"),
        ("post: {}\n      get: {method: GET, in: query, max", "get: {max"),
        ("50}}\n", "50}}\n      post: {method: POST, in: form}\n"),
        ("{recipients: 50}", "{recipients: 100}"),
    ),
    _one(
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
    _one("C003", "{model: stored, method", "{model: archive, method"),
    _one(
        "C004",
        "method: POST, format: json, answer",
        "method: POST, format: form, answer",
    ),
    _one("C005", "body: OK", "body: ok"),
    _one("C006", "delivery_report: {", "report: {"),
    _one(
        "G001",
        _SEGMENT,
        _SEGMENT + "  third: {unit: bytes, single: 10, part: 9, when: {parameter: kind,"
        " is: [F]}, src: doc}\n",
    ),
    _one("G002", _SEGMENT, ""),
    _one("G003", "part: 153", "part: 150"),
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
    _one(
        "N002",
        "    path: /book?all=1\n",
        "    path: /book?all=1\n    renamed_from: old_book\n",
    ),
    _both(
        "N003",
        ("  person:\n", "  human:\n    renamed_from: person\n"),
        ("model: person", "model: human"),
        mirror="R037",
    ),
    # parameters
    _one(
        "Q001",
        "      content: {wire",
        "      topic: {type: string, summary: A topic.}\n      content: {wire",
    ),
    _one(
        "Q002",
        "      content: {wire",
        f"{_TOPIC}      content: {{wire",
    ),
    _one(
        "Q003",
        "      content: {wire",
        "      topic: {type: string, default: a, summary: A topic.}\n      content: {wire",
    ),
    Mutation("Q004", [(_VALIDITY, "")]),
    _both(
        "Q005",
        ("      callback_url: {", "      tell: {"),
        ("[report, callback_url]", "[report, tell]"),
    ),
    _both(
        "Q006",
        ("      callback_url: {", "      tell: {renamed_from: callback_url, "),
        ("[report, callback_url]", "[report, tell]"),
        mirror="Q005",
    ),
    _one("Q007", "wire: cb", "wire: back"),
    _one("Q008", "sender: {type: string, optional: true", "sender: {type: string"),
    _one(
        "Q009",
        "content: {wire: c, type: text,",
        "content: {wire: c, type: text, optional: true,",
    ),
    _one("Q010", "validity: {type: integer", "validity: {type: decimal"),
    _one(
        "Q011", "phone: {type: phone", "phone: {type: string, pii: true", mirror="Q010"
    ),
    Mutation(
        "Q012",
        [("callback_url: {wire: cb,", 'callback_url: {wire: cb, list: {join: ","},')],
    ),
    _one("Q013", "enum: kind, default: P", "enum: kind, default: F"),
    _one("Q014", "{wire: cb, ", "{wire: cb, in: query, "),
    Mutation(
        "Q015",
        [(_VALIDITY, ""), ("      values: {wire", f"{_VALIDITY}      values: {{wire")],
    ),
    _one("Q016", _FLASH, f"{_FLASH}      B: {{name: BINARY, text: Bytes}}\n"),
    _one("Q017", _FLASH, ""),
    _one("Q018", "name: FLASH", "name: POPUP"),
    _one("Q019", "      F: {name: FLASH", "      G: {name: FLASH"),
    _one("Q020", "name: FLASH, ", "name: FLASH, reserved: true, "),
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
    _one("Q022", "nick: {type: string,", "nick: {type: string, pii: true,"),
    _one(
        "Q023",
        "sender: {type: string,",
        "sender: {type: string, deprecated: Not used.,",
    ),
    _one(
        "Q025",
        'list: {columns: "{|}", max: 10}',
        'list: {columns: "{|}", max: 9}',
        mirror="K008",
    ),
    _one("Q026", "sender: {type: string,", "sender: {type: string, nullable: true,"),
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
    _one("Q030", "models:\n", _ENUM),
    Mutation("Q031", [(_ENUM, "models:\n")], [("models:\n", _ENUM)]),
    _one("Q032", "  kind:\n    type", "  kind:\n    class: Sort\n    type"),
    # local checks
    _one("K001", "max_length: 500", "max_length: 400"),
    _one("K002", "max_length: 500", "max_length: 600"),
    _one("K003", "min_length: 1,", "min_length: 2,"),
    _one("K004", "min_length: 1, ", ""),
    _one("K005", "'[A-Z]+'", "'[A-Z]*'", mirror="K005"),
    _one("K006", "pattern: '[A-Z]+', ", ""),
    _one("K007", "min: 1, max: 100", "min: 1, max: 60"),
    _one("K008", "min: 1, max: 100", "min: 1, max: 200"),
    _one(
        "K009",
        _RULE,
        f"{_RULE}      - {{at_most_one: [sender, callback_url], src: doc}}\n",
    ),
    _one("K010", _RULE, ""),
    _one("K011", "max_length_numeric: 600", "max_length_numeric: 700"),
    _one("K012", "maximum: 48", "maximum: 24"),
    _one("K013", "maximum: 48", "maximum: 72"),
    _one("W001", 'list: {join: ",", min', 'list: {join: ";", min'),
    _one("W002", "format: yyyyMMddHHmmss", "format: yyyyMMddHHmm"),
    _one("W003", "charset: utf-8\n    parameters", "charset: latin-1\n    parameters"),
    _one("W004", 'spelling: ["0", "1"]', 'spelling: ["no", "yes"]'),
    _one("W005", "encode: hex", "encode: base64"),
    # statuses
    _one("S002", "enums:\n", _TABLE),
    Mutation("S001", [(_TABLE, "enums:\n")], [("enums:\n", _TABLE)]),
    _one("S003", "  other_result:\n", "  other_result:\n    class: OtherOne\n"),
    Mutation(
        "S004",
        [
            (
                _TWICE,
                _TWICE + "      6: {name: NIGHT, text: Not at night, reaction: wait}\n",
            )
        ],
    ),
    Mutation(
        "S005",
        [("      6: {name: NIGHT, text: Not at night, reaction: wait}\n", "")],
        [
            (
                _TWICE,
                _TWICE + "      6: {name: NIGHT, text: Not at night, reaction: wait}\n",
            )
        ],
    ),
    _one("S006", "name: NO_MONEY", "name: BROKE"),
    Mutation(
        "S007",
        [("      6: {name: NIGHT", "      7: {name: NIGHT")],
        [
            (
                _TWICE,
                _TWICE + "      6: {name: NIGHT, text: Not at night, reaction: wait}\n",
            )
        ],
    ),
    _one("S008", "text: No money left", "text: No credit left"),
    _one("S009", "reaction: balance", "reaction: permission"),
    _both(
        "S010",
        ("    success: [0]\n    defaults", "    success: [0, 4]\n    defaults"),
        (", reaction: duplicate", ""),
    ),
    _one("S011", "message: why\n", "message: reason\n"),
    Mutation(
        "S012",
        [
            (
                "    type: int\n    summary: Another one.",
                "    type: string\n    summary: Another one.",
            )
        ],
        [("enums:\n", _TABLE)],
    ),
    _one("S013", "maximum: 199", "maximum: 299"),
    _one(
        "S014",
        "book?all=1\n    statuses: {table: r",
        "book?all=1\n    statuses: {table: other_r",
    ),
    _one("S015", _ONLY, ""),
    _one("S016", _ONLY, "only: [0, 1, 2, 3, 5], "),
    _one("S017", "Internal error, nothing was sent", "Internal error"),
    _one(
        "S018", "text: No money left, ", "text: No money left, deprecated: Not sent., "
    ),
    _one("S019", _RETIRED, ""),
    _one("S020", "aliases: [33]", "aliases: [33, 34]"),
    _one("S021", ", aliases: [33]", ""),
    Mutation(
        "S022",
        [("deprecated: Not sent., ", "")],
        [("text: No money left, ", "text: No money left, deprecated: Not sent., ")],
    ),
    _one("E001", "name: NO_MONEY, ", "name: NO_MONEY, retry: allowed, "),
    _one("E002", "retry: after_delay, wait: 5", "retry: never"),
    _one("E003", "reaction: wait, effect: maybe", "reaction: wait, effect: none"),
    _one(
        "E004",
        "defaults: {effect: none, retry: never}",
        "defaults: {effect: none, retry: allowed}",
    ),
    _one("E005", "wait: 5", "wait: 6"),
    _one("E006", "    path: /many\n", "    path: /many\n    repeatable: true\n"),
    _one("E008", "rate: {calls: 10", "rate: {calls: 20"),
    _one("E009", "reaction: duplicate", "reaction: duplicate, success_on_retry: true"),
    Mutation(
        "E010",
        [("reaction: credentials", "reaction: credentials, renews_session: true")],
        [
            (
                "bearer: $api_key\n",
                _SESSION,
            )
        ],
    ),
    # replies
    _one(
        "R001",
        "{format: json, status: code, message: why, returns: archive}",
        "{format: pairs, status: code, message: why, returns: archive}",
    ),
    _one("R002", "status: code\n", "status: result\n"),
    _one("R003", 'records: ","', 'records: ";"'),
    _one("R004", 'separator: "|"', 'separator: ":"'),
    _one("R005", "fields: [state, id, price]", "fields: [state, price, id]"),
    _one("R006", "root: [people, persons]", "root: [people, crowd]"),
    _one("R007", "expect: {action: send}", "expect: {action: sent}"),
    _one(
        "R008",
        _PARTS,
        f"{_PARTS}      note: {{type: string, optional: true, summary: More.}}\n",
    ),
    _one("R009", _PARTS, ""),
    _one("R010", "      parts: {type", "      segments: {wire: parts, type"),
    _one("R011", "parts: {type", "parts: {wire: count, type"),
    _one("R012", "parts: {type: integer", "parts: {type: decimal"),
    _one("R013", "format: iso8601, optional: true", "format: iso8601"),
    _one("R014", "total: {type: integer", "total: {type: integer, optional: true"),
    _one("R015", "at: data, returns: stored, list: true", "at: data, returns: stored"),
    _one("R016", "at: person, returns: submission", "at: person, returns: person"),
    _one(
        "R017",
        _LOST,
        f"{_LOST}      W: {{name: WAITING, text: It waits, state: enroute}}\n",
    ),
    _one("R018", _LOST, ""),
    Mutation(
        "R020",
        [
            ("calls.yaml", "item_status: true, ", ""),
            ("calls.yaml", "{items: call_status, src", "{src"),
        ],
        source=DUO,
    ),
    _one("R021", "charset: utf-8\n      status", "charset: gbk\n      status"),
    _one("R023", "aliases: [fee]", "aliases: [fee, cost]"),
    _one("R024", "aliases: [fee], ", "", mirror="R023"),
    _one(
        "R025",
        _ALTERNATE,
        _ALTERNATE
        + '      - {when: {content_type: text/csv}, format: text, status_is: "5"}\n',
    ),
    _one("R026", _ALTERNATE, ""),
    Mutation(
        "R027",
        [(_ALTERNATE, ""), ("    alternates:\n", f"    alternates:\n{_ALTERNATE}")],
    ),
    _one(
        "R028",
        "at: data\n      returns",
        "at: data\n      max_bytes: 1000\n      returns",
    ),
    _one("R029", "at: data\n", "at: result\n"),
    _one("R030", "min_fields: 1", "min_fields: 2"),
    _one("R031", '"OK {id}"', '"Fine {id}"'),
    _one("R032", "aliases: [DLV]", "aliases: [DLV, OK]"),
    _one("R033", ", aliases: [DLV]", "", mirror="R032"),
    _one("R034", "state: expired", "state: rejected"),
    Mutation("R035", [(_MODEL, "operations:\n")], [("operations:\n", _MODEL)]),
    _one("R036", "operations:\n", _MODEL),
    _one("R037", "  person:\n", "  person:\n    class: Human\n"),
    _one("R038", "absent_status: success, ", ""),
    _one(
        "R039",
        "parts: {type: integer,",
        "parts: {type: integer, deprecated: Not sent.,",
    ),
    Mutation(
        "R040",
        [("deprecated: Not sent., ", "")],
        [("parts: {type: integer, ", "parts: {type: integer, deprecated: Not sent., ")],
    ),
    # words and proof
    _one("D001", "summary: Send to people.", "summary: Send to some people."),
    _one("D002", "src: doc#many", "src: doc#several"),
    _one(
        "D003",
        "    summary: Send to people.\n    src: doc#many\n",
        "    summary: Send to people.\n",
    ),
    _one(
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
    _both(
        "D006",
        ("t is sent.", "time is sent."),
        ("send_at: {wire: t,", "send_at: {wire: time,"),
    ),
    Mutation("D007", [(_V, "  - id: ping-refused", f"{_VECTOR}  - id: ping-refused")]),
    _one("D011", "notes: [guess, clash]", "notes: [clash]"),
    _one(
        "D013",
        "notes:\n  guess",
        "notes:\n  more: {kind: fact, src: doc, text: Something.}\n  guess",
    ),
    _one(
        "D014",
        "  remark: {kind: fact, src: doc, text: Numbers have no plus sign.}\n",
        "",
    ),
    _one("D015", "  old: {title", "  older: {title: The oldest page}\n  old: {title"),
    _one("D016", "  old: {title: An older page}\n", ""),
    _both(
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
    # reviewing
    _one("M001", "path: /book", "path: /books"),
)
OTHERWISE = {
    "P001": "test_comparison",
    "P002": "test_comparison",
    "P003": "test_comparison",
    "P010": "test_comparison",
    "P011": "test_comparison",
    "P012": "test_comparison",
    "P014": "test_comparison",
    "Q024": "test_silence",
    "D010": "test_silence",
    "M002": "test_fuzz",
    "M003": "test_diff_command",
    "M004": "test_acceptance",
}
"""Rules that need more than an edit of one provider, and where they are proven."""
