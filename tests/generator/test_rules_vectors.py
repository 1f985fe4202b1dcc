"""Vectors that could not happen are reported."""

import pytest

from tests.support.specs import problems

SPEC = """\
enums: {kind: {type: int, values: {0: {name: PLAIN}, 3: {name: KEPT, reserved: true}}}}
models:
  item: {fields: {id: {type: string}, parts: {type: object, model: part, list: {json: true}}}}
  part: {fields: {size: {type: integer}}}
  person: {fields: {name: {type: string}, age: {type: integer, optional: true}}}
statuses:
  result:
    type: int
    success: [0]
    codes:
      0: {name: SUCCESS, text: Success}
      -9: {name: POOR, text: Poor, reaction: balance, effect: none}
operations:
  send:
    does: submits
    method: POST
    path: /x
    parameters:
      content: {type: text}
      recipients: {type: phone, list: {json: true}}
      kind: {type: enum, enum: kind, optional: true}
      count: {type: integer, default: "1"}
      receipt: {type: boolean, optional: true}
      at: {type: datetime, optional: true}
      who: {type: object, model: person, optional: true, encode: json}
      rows: {wire: "p{i}", type: rows, list: {columns: "|"}, optional: true}
    rules: [{same_count: [recipients, rows]}]
    variants: {post: {}, get: {method: GET, in: query, path: /y}}
    statuses: {table: result}
    reply: {format: json, status: status, returns: item}
callbacks:
  report: {model: item, format: json}
"""
GIVEN = "content: hi, recipients: ['181']"
SEND = "id: a, operation: send, arguments"


def told(vector: str, more: str = "") -> list[str]:
    vectors = f"vectors:\n  - {{{vector}}}\n{more}"
    found = problems({"provider.yaml": SPEC, "vectors.yaml": vectors})
    return [line.partition(": ")[2] for line in found]


@pytest.mark.parametrize(
    "arguments",
    [
        GIVEN,
        f"{GIVEN}, kind: PLAIN",
        f"{GIVEN}, kind: '0'",
        f"{GIVEN}, kind: 0, count: 5, receipt: true, variant: get",
        f"{GIVEN}, at: '2020-01-01T00:00:00Z', who: {{name: x, age: 3}}",
        f"{GIVEN}, rows: [[a, b]], kind: null",
    ],
)
def test_arguments_that_fit(arguments: str):
    assert told(f"{SEND}: {{{arguments}}}, request: {{method: POST}}") == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("content: hi", "'a' does not give 'recipients', which 'send' requires"),
        (
            f"{GIVEN}, contnt: x",
            "'send' has no parameter 'contnt'; did you mean 'content'?",
        ),
        (
            "content: hi, recipients: '1'",
            "the argument 'recipients' of 'a' must be a list",
        ),
        (
            "content: [hi], recipients: []",
            "the argument 'content' of 'a' must be one text",
        ),
        ("content: null, recipients: []", "the argument 'content' of 'a' is null"),
        (
            f"{GIVEN}, kind: '7'",
            "the argument 'kind' of 'a' is no value of 'kind' ('0', '3')",
        ),
        (f"{GIVEN}, count: many", "the argument 'count' of 'a' is no whole number"),
        (
            f"{GIVEN}, receipt: '1'",
            "the argument 'receipt' of 'a' must be true or false",
        ),
        (
            f"{GIVEN}, at: soon",
            "the argument 'at' of 'a' 'soon' is no datetime in ISO 8601",
        ),
        (f"{GIVEN}, who: x", "the argument 'who' of 'a' must be a mapping"),
        (
            f"{GIVEN}, who: {{age: 3}}",
            "the argument 'who' of 'a' lacks the field 'name'",
        ),
        (
            f"{GIVEN}, who: {{name: x, agee: 3}}",
            "the argument 'who' of 'a' has no field 'agee'; did you mean 'age'?",
        ),
        (
            f"{GIVEN}, who: {{name: x, age: old}}",
            "the argument 'who' of 'a' in 'age' is no whole number",
        ),
        (f"{GIVEN}, rows: [a]", "the argument 'rows' of 'a' must be a list of rows"),
    ],
)
def test_arguments_that_do_not(arguments: str, message: str):
    vector = f"{SEND}: {{{arguments}}}, request: {{method: POST}}"
    assert told(vector) == [f"error[vector-argument]: {message}"]


def test_a_refused_call_may_give_what_is_refused():
    vector = f"{SEND}: {{recipients: many}}, raises: {{error: InvalidArgument}}"
    assert told(vector) == []


def test_an_unknown_variant():
    vector = f"{SEND}: {{{GIVEN}, variant: gte}}, request: {{method: GET}}"
    assert told(vector) == [
        "error[unknown-variant]: unknown variant 'gte'; did you mean 'get'?"
    ]


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ("{id: '1', parts: [{size: 5}]}", []),
        ("[{id: '1'}]", []),
        (
            "{msgid: '1', parts: [{sizes: 5}]}",
            [
                "error[vector-result]: 'item' has no field 'msgid'",
                "error[vector-result]: 'part' has no field 'sizes'; did you mean 'size'?",
            ],
        ),
    ],
)
@pytest.mark.parametrize(
    "about",
    [
        f"operation: send, arguments: {{{GIVEN}}}, reply: {{http: 200}}",
        "operation: 'callback:report', request: {body: x}",
    ],
)
def test_results_name_fields_of_the_model(about: str, result: str, expected: list[str]):
    assert told(f"id: a, {about}, result: {result}") == expected


@pytest.mark.parametrize(
    ("raises", "expected"),
    [
        (
            "{error: InsufficientBalanceError, status: POOR, code: '-9', submitted: 'NO'}",
            None,
        ),
        ("{error: AcmeError}", None),
        ("{error: ReplyTimeout, submitted: MAYBE}", None),
        (
            "{error: InsufficentBalanceError}",
            "'a' expects 'InsufficentBalanceError', which is no class of errors; "
            "did you mean 'InsufficientBalanceError'?",
        ),
        (
            "{error: ClockSkewError}",
            "'a' expects 'ClockSkewError', which is no class of errors",
        ),
        (
            "{error: AcmeError, status: POR}",
            "'a' expects the status 'POR', which no table has; did you mean 'POOR'?",
        ),
    ],
)
def test_errors_that_can_be_raised(raises: str, expected: str | None):
    vector = f"{SEND}: {{{GIVEN}}}, reply: {{http: 200}}, raises: {raises}"
    found = told(vector)
    if expected is None:
        assert found == []
    else:
        assert len(found) == 1
        assert found[0].startswith(f"error[vector-raises]: {expected}")


def test_a_vector_proves_something():
    silent = f"{SEND}: {{{GIVEN}}}, reply: {{http: 200}}"
    assert told(silent) == [
        "error[idle-vector]: 'a' does not say what its reply yields"
    ]
    pushed = "id: a, operation: 'callback:report', raises: {error: AcmeError}"
    assert told(pushed) == ["error[idle-vector]: 'a' proves nothing"]


def test_ids_are_unique():
    vector = f"{SEND}: {{{GIVEN}}}, request: {{method: POST}}"
    more = f"  - {{{vector}}}\n"
    assert told(vector, more) == [
        "error[duplicate-vector]: there is a vector 'a' already"
    ]


def test_a_signature_is_proven_by_a_request():
    spec = """\
        credentials: {key: {secret: true}}
        auth: {one: {compute: {sign: {digest: md5, of: [$key]}}, headers: {A: $sign}}}
        operations: {get: {does: reads, method: GET, path: /x, reply: {format: json}}}
        """
    reply = "vectors: [{id: a, operation: get, reply: {http: 200}, result: null}]"
    request = "vectors: [{id: a, operation: get, request: {headers: {A: b}}}]"
    assert [
        [line.partition("[")[2].partition("]")[0] for line in problems(files)]
        for files in (
            {"provider.yaml": spec, "vectors.yaml": reply},
            {"provider.yaml": spec, "vectors.yaml": request},
        )
    ] == [["unproven-signature"], []]
