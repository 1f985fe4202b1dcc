"""The schemas are sound, teach what they take, and agree with the model."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from wirebook import model, schema
from wirebook.document import read, read_file
from wirebook.resolve import kind_of
from wirebook.schema import KINDS, load
from wirebook.schema.__main__ import assembled
from wirebook.schema_check import check

SPECS = Path(__file__).resolve().parents[2] / "specs"


def parts(part: Any, path: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema inside a schema, but not its examples."""
    if isinstance(part, dict):
        yield path, part
    items = part.items() if isinstance(part, dict) else enumerate(part)
    for key, inner in items:
        if isinstance(inner, dict | list) and key != "examples":
            yield from parts(inner, f"{path}/{key}")


def properties(kind) -> list[tuple[str, dict[str, Any]]]:
    return [
        (path, part)
        for path, part in parts(load(kind))
        if path.rpartition("/")[0].endswith("/properties") and "/then/" not in path
        if "/if/" not in path
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one(kind):
    Draft202012Validator.check_schema(load(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_every_property_says_what_it_is(kind):
    validator = Draft202012Validator(load(kind))
    for path, part in properties(kind):
        assert part.get("description", "").endswith((".", "!")), path
        assert part.get("examples"), path
        for example in part["examples"]:
            faults = [
                fault.message
                for fault in validator.evolve(schema=part).iter_errors(example)
            ]
            assert faults == [], f"{path}: {example}"


@pytest.mark.parametrize("kind", KINDS)
def test_editors_can_use_it_alone(kind):
    for path, part in parts(load(kind)):
        assert "oneOf" not in part, path
        if isinstance(part.get("$ref"), str):
            assert part["$ref"].startswith("#/$defs/"), path
        closed = "additionalProperties" in part or "/then" in path or "/if" in path
        if isinstance(part.get("properties"), dict) and "type" in part:
            assert closed, path
        if isinstance(part.get("pattern"), str):
            assert "patternErrorMessage" in part, path


def test_what_is_shared_is_the_same_in_every_file():
    for kind, text in assembled().items():
        assert schema.text(kind) == text, "run: python -m wirebook.schema"


@pytest.mark.parametrize(
    ("definition", "key", "words"),
    [
        ("field", "type", model.FieldType),
        ("field", "in", model.Place),
        ("reply", "format", model.ReplyFormat),
        ("status", "reaction", model.Reaction),
        ("status", "effect", model.Effect),
        ("status", "retry", model.RetryAdvice),
        ("family", "reaction", model.Reaction),
    ],
)
def test_words_are_those_of_the_model(definition, key, words):
    assert load("provider")["$defs"][definition]["properties"][key]["enum"] == list(
        words
    )


@pytest.mark.parametrize(
    "path", sorted(SPECS.glob("*/*.yaml")), ids=lambda path: path.stem
)
def test_our_specs_follow_it(path):
    kind = kind_of(path.name)
    root, problems = read_file(path, path.name)
    assert problems == []
    assert root is not None
    assert check(root, kind) == []


LANGUAGE = {
    "servers": [
        "main: {url: 'https://api.itniotech.com', prefixes: {sms: /sms, email: /email}}",
        "main: {url: 'http://{host}:{port}', insecure: true, src: doc#1.2, notes: [N1]}",
    ],
    "auth": [
        "s: {compute: {once: {nonce: hex, length: 16}, t: {now: iso8601, zone: Asia/Shanghai}}}",
        "s: {compute: {k: {hmac: sha256, key: [$secret], of: [$date], output: raw}}}",
        "s: {compute: {c: {canonical: [query, form], style: rfc3986, sort: name, pair: '=',"
        " separator: '&', exclude: [sign], skip_empty: false, values_only: false}}}",
        "s: {compute: {h: {canonical: [headers], names: [host, x-date]}}}",
        "s: {compute: {b: {encode: base64, of: [$user, ':', {case: upper, of: [$password]}]}}}",
        r's: {compute: {t: {join: "\n", of: [$request.method, $canon]}}, path: {Sid: $sid}}',
        "s: {bearer: $session.token, session: {operation: login, token: token, lifetime: 3600}}",
        "s: {basic: {username: $user, password: $password}, allowed_skew: 1800}",
        "s: {headers: {Sign: $sign}, clock: {operation: server_time, field: time}}",
    ],
    "statuses": [
        "t: {type: string, success: {prefix: '2'}, codes: {E1: {name: E_ONE, text: one}}}",
        "t: {type: int, success: [1701], codes: {1725: {name: LOW, text: low, aliases: [1025],"
        " reaction: balance, retry: after_delay, wait: 60, success_on_retry: true,"
        " renews_session: true, renamed_from: OLD, deprecated: gone}},"
        " families: {smpp: {text: SMPP, minimum: 1, maximum: 255,"
        " reaction: give_up, effect: maybe, retry: never}},"
        " retired: {OLD_NAME: reason}}",
    ],
    "operations": [
        "o: {does: submits, method: POST, path: '/{setting}/x', in: form, auth: none,"
        " fixed: {action: sendOnce}, fixed_query: {v: 2}, encoding: php, repeatable: false,"
        " parameters: {values: {wire: 'p{i}', type: rows, list: {columns: '{|}', max: 10}},"
        " when: {type: datetime, split: {date: MM/dd/yyyy}, max_offset: '12:00', offset_step: 30},"
        " dlr: {type: boolean, spelling: ['0', '1'], default: '0'},"
        " source: {type: string, max_length: 11, max_length_numeric: 18},"
        " text: {type: text, encode_when: {encode: utf16be_hex, parameter: type, is: ['2']}}},"
        " variants: {post: {}, get: {method: GET, in: query, max: {values: 10}}},"
        " rules: [{required: [a], when: {parameter: b}}, {placeholders: [a, b],"
        " template: '{p{i}}'}, {order: [a, b], max_span: 10},"
        " {max_total_length: [a, b], limit: 1000}],"
        " statuses: {table: t, only: [1, -1], texts: {-1: other}, http: h, items: i, src: doc#9},"
        " reply: {format: xml, root: xml, expect: {'@name': x}, status: ['@result', $http],"
        " absent_status: success, at: Item, returns: m, list: true, optional: true, http: [200],"
        " match: {field: a, parameter: b, ordered: true}},"
        " pages: {style: number, parameter: page, size: size, items: records, total: total},"
        " polling: {operation: sms.get, id: a.b, item_id: id, item_state: state, interval: 5},"
        " reconcile: get_sent, retry: {attempts: 3, delay: '0.5'}, rate: {calls: 1}, timeout: 60}",
        "o: {does: reads, method: GET, path: /x, reply: {format: delimited, records: ',',"
        " separator: '|', fields: [status, id], min_fields: 1}, alternates: [{when: {starts_with:"
        " 'Scheduled|'}, status_is: 1701, format: sentence, templates: ['Sent {id}']}]}",
    ],
    "callbacks": [
        "r: {model: m, method: POST, format: json, at: '', list: false, lenient: true,"
        " answer: {http: 200, body: ''}}"
    ],
    "segments": [
        "gsm: {unit: gsm_septets, single: 160, part: 153, charset: gsm,"
        " when: {parameter: type, is: ['0']}}"
    ],
}


@pytest.mark.parametrize(
    ("section", "text"),
    [(section, text) for section, texts in LANGUAGE.items() for text in texts],
)
def test_the_whole_language_is_taken(section, text):
    head = "spec: 1\nprovider: {id: acme, title: Acme}\n"
    if section != "servers":
        head += "servers: {main: {url: 'https://api.example.com'}}\n"
    root, problems = read(f"{head}{section}: {{{text}}}\n", "provider.yaml")
    assert problems == []
    assert root is not None
    assert check(root, "provider") == []


def test_a_refused_scalar_is_told_once():
    text = (
        "spec: 1\nprovider: {id: acme, title: Acme}\n"
        "servers: {main: {url: 'https://api.example.com', insecure: yes}}\n"
    )
    root, problems = read(text, "provider.yaml")
    assert [problem.rule for problem in problems] == ["truth-word"]
    assert root is not None
    assert check(root, "provider") == []


def test_nothing_is_retrieved(monkeypatch):
    from wirebook.schema_check import fault

    remote = json.dumps({"$ref": "https://example.com/schema.json"})
    monkeypatch.setattr(schema, "text", lambda kind: remote)
    fault._validator.cache_clear()
    root, _ = read("spec: 1\n", "f")
    assert root is not None
    try:
        with pytest.raises(Exception, match="Unresolvable"):
            check(root, "provider")
    finally:
        fault._validator.cache_clear()
