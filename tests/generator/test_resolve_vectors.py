"""Vectors: defaults of the file, values as YAML gives them."""

from datetime import UTC, datetime

from tests.support.specs import problems, provider

SPEC = """\
credentials: {user: {}, key: {secret: true}}
auth: {plain: {headers: {U: $user, K: $key}}}
models: {item: {fields: {id: {type: string}}}}
operations:
  get:
    does: reads
    method: POST
    path: /x
    parameters:
      a: {type: integer, in: query, optional: true}
      m: {type: map, optional: true}
    reply: {format: json, returns: item}
"""
VECTORS = """\
client: {user: one, key: "1"}
at: "2013-07-21T10:00:00+08:00"
nonce: abc
vectors:
  - id: a
    operation: get
    arguments: {a: 5, m: {k: "1"}}
    request: {method: POST, target: "/x?a=5"}
  - id: b
    operation: get
    client: {key: "2"}
    at: "2020-01-01T00:00:00Z"
    reply: {http: 200, body: "{}"}
    result: null
  - {id: c, operation: get, reply: {http: 500}, raises: {error: UnreadableReply, submitted: "NO"}}
"""


def test_a_vector_takes_the_defaults_of_its_file():
    one, two, three = provider(SPEC, vectors=VECTORS).vectors
    assert one.client == {"user": "one", "key": "1"}
    assert two.client == {"user": "one", "key": "2"}
    assert one.at == datetime(2013, 7, 21, 2, tzinfo=UTC)
    assert two.at == datetime(2020, 1, 1, tzinfo=UTC)
    assert three.nonce == "abc"


def test_values_are_plain_python():
    one, two, three = provider(SPEC, vectors=VECTORS).vectors
    assert one.arguments == {"a": 5, "m": {"k": "1"}}
    assert one.request == {"method": "POST", "target": "/x?a=5"}
    assert (one.has_result, one.reply, one.raises) == (False, None, None)
    assert (two.has_result, two.result) == (True, None)
    assert three.raises is not None
    assert (three.raises.error, three.raises.submitted) == ("UnreadableReply", "NO")


def test_a_clock_shows_a_moment_that_exists():
    vectors = VECTORS.replace("2020-01-01T00:00:00Z", "2020-02-31T00:00:00Z")
    assert problems({"provider.yaml": SPEC, "vectors.yaml": vectors}) == [
        "vectors.yaml:13:9: error[vector-clock]: '2020-02-31T00:00:00Z' is no moment "
        "with an offset from UTC"
    ]
