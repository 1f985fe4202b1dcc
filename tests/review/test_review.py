"""The careful reviewer: each question at its place, and answered in place."""

import re
from pathlib import Path
from typing import cast

import pytest

from wirebook.document import ListNode, MapNode, Node, ScalarNode, read
from wirebook.explain import rules
from wirebook.load import check
from wirebook.load import load as load_specs
from wirebook.model import Where
from wirebook.problem import Problem, failed
from wirebook.review import SUBJECTS, answers, review, review_one
from wirebook.review.spec import Spec
from wirebook.schema import load
from wirebook.schema_parts import Part, parts

HEAD = """\
spec: 1
provider: {id: acme, title: Acme}
"""
HTTPS = 'servers: {main: {url: "https://api.example.com"}}\n'

CASES = {
    "key-not-secret": (
        HTTPS
        + "credentials: {api_key: {}}\n"
        + "auth: {one: {headers: {Key: $api_key}}}\n"
        + "operations: {get: {path: /a, does: reads, method: GET, reply: {format: json}}}\n",
        ["4:15 the credential 'api_key' is not marked as a secret"],
    ),
    "person-not-marked": (
        HTTPS
        + "operations:\n"
        + "  get:\n"
        + "    {does: reads, method: GET, path: /a, reply: {format: json}, parameters:\n"
        + "      {mobile: {type: string}, contact_email: {type: string},\n"
        + "       phone: {type: phone}, email_id: {type: string},\n"
        + "       ip_address: {type: string}, first_name: {type: string, pii: true}}}\n",
        [
            "7:8 'mobile' sounds like somebody's, and is not marked as personal",
            "7:32 'contact_email' sounds like somebody's, and is not marked as personal",
        ],
    ),
    "secret-in-url": (
        HTTPS
        + "credentials: {key: {secret: true}, user: {}}\n"
        + "auth:\n"
        + "  plain: {query: {k: $key, u: $user}}\n"
        + "  signed: {query: {s: {digest: md5, of: [$key]}}}\n"
        + "operations:\n"
        + "  get: {path: /a, does: reads, method: GET, reply: {format: json}, parameters:\n"
        + "    {pin: {type: string, secret: true}}}\n",
        [
            "6:19 the secret 'k' travels in the URL",
            "10:6 the secret 'pin' travels in the URL",
        ],
    ),
    "plain-http-unexplained": (
        "servers:\n"
        + '  main: {url: "http://a.example.com", insecure: true}\n'
        + '  other: {url: "http://b.example.com", insecure: true, notes: [N1]}\n'
        + "notes: {N1: {kind: fact, text: No https.}}\n",
        ["4:3 no note says why 'main' is called without encryption"],
    ),
    "effect-not-said": (
        HTTPS
        + "statuses:\n"
        + "  result: {type: int, success: [0], codes: {\n"
        + "    0: {name: SUCCESS, text: ok},\n"
        + "    -1: {name: LOW, text: low, reaction: balance},\n"
        + "    -2: {name: SLOW, text: slow, reaction: wait, effect: none}}}\n"
        + "operations: {send: {does: submits, method: POST, path: /a, statuses: {table: result},\n"
        + "  reply: {format: json, status: code}}}\n",
        ["7:5 '-1' of 'result' does not say whether anything was submitted"],
    ),
    "failure-without-vector": (
        HTTPS
        + "statuses:\n"
        + "  result: {type: int, success: [0], defaults: {effect: none}, codes: {\n"
        + "    0: {name: SUCCESS, text: ok},\n"
        + "    -1: {name: LOW, text: low, reaction: balance}}}\n"
        + "operations: {send: {does: submits, method: POST, path: /a, statuses: {table: result},\n"
        + "  reply: {format: json, status: code}}}\n",
        ["5:3 no vector shows a failure of 'result'"],
    ),
    "unused-declaration": (
        HTTPS
        + "sources: {doc: {title: A}, faq: {title: B}}\n"
        + "enums: {kind: {type: int, values: {1: {name: ONE}}}}\n"
        + "models: {lost: {src: doc, fields: {a: {type: string}}}}\n"
        + "statuses: {result: {type: int, success: [0], codes: {0: {name: OK, text: ok}}}}\n"
        + "operations: {get: {does: reads, method: GET, path: /a, reply: {format: json}}}\n",
        [
            "4:28 nothing refers to the source 'faq'",
            "5:9 nothing refers to the enum 'kind'",
            "6:10 nothing refers to the model 'lost'",
            "7:12 nothing refers to the table 'result'",
        ],
    ),
    "odd-name": (
        HTTPS
        + "operations:\n"
        + "".join(
            f"  send_{n}: {{does: submits, method: POST, path: /{n}, reply: {{format: json}},\n"
            f"    parameters: {{{name}: {{wire: m, type: phone}}}}}}\n"
            for n, name in enumerate(("phones", "phones", "phones", "mobiles"))
        ),
        [
            "12:18 'm' is called 'mobiles' here and 'phones' in 3 other places",
            "12:18 'mobiles' is somebody whom 3 other operations call 'phone'",
        ],
    ),
    "near-duplicate": (
        HTTPS
        + "operations:\n"
        + "  get: {does: reads, method: GET, path: /a, reply: {format: json}, parameters: {\n"
        + "    template_id: {type: string}, templateid: {type: string},\n"
        + "    number: {type: string}, numbers: {type: string},\n"
        + "    key_1: {type: string}, key_2: {type: string},\n"
        + "    from_day: {type: string}, form_day: {type: string}}}\n",
        [
            "6:34 the parameters 'template_id' and 'templateid' are hard to tell apart",
            "7:29 the parameters 'number' and 'numbers' are hard to tell apart",
            "9:31 the parameters 'from_day' and 'form_day' are hard to tell apart",
        ],
    ),
    "summary-style": (
        HTTPS
        + "operations:\n"
        + "  get: {does: reads, method: GET, path: /a, summary: asks, reply: {format: json}}\n"
        + "  ask: {does: reads, method: GET, path: /b, summary: Ask., reply: {format: json}}\n",
        ["5:3 the summary 'asks' is no sentence"],
    ),
    "redundant-value": (
        HTTPS
        + "credentials: {name: {secret: false}}\n"
        + "auth: {one: {headers: {Name: $name}}}\n"
        + "statuses:\n"
        + "  result: {type: int, class: Result, success: [0], defaults: {effect: none}, codes: {\n"
        + "    0: {name: OK, text: ok, effect: none},\n"
        + "    -1: {name: BAD, text: bad, reaction: wait, effect: none, retry: never}}}\n"
        + "operations:\n"
        + "  get: {does: reads, method: GET, path: /a, repeatable: true, encoding: form,\n"
        + "    statuses: {table: result}, parameters: {encoding: {wire: encoding, type: text,\n"
        + "    pii: true, default: form}},\n"
        + "    reply: {format: json, status: code, charset: utf-8}}\n",
        [
            "4:22 'secret: false' says what holds anyway",
            "7:23 'class: Result' says what holds anyway",
            "9:48 'effect: none' says what holds anyway",
            "9:62 'retry: never' says what holds anyway",
            "11:45 'repeatable: true' says what holds anyway",
            "11:63 'encoding: form' says what holds anyway",
            "12:56 'wire: encoding' says what holds anyway",
            "13:5 'pii: true' says what holds anyway",
            "14:41 'charset: utf-8' says what holds anyway",
        ],
    ),
    "unused-suppression": (
        HTTPS
        + "operations:\n"
        + "  get: {does: reads, method: GET, path: /a, summary: asks, reply: {format: json},\n"
        + "    lint: {summary-style: A word., secret-in-url: None here., sumary-style: x y,\n"
        + "      bad-url: An error.}}\n",
        [
            "6:36 nothing in here breaks 'secret-in-url'",
            "6:63 there is no rule 'sumary-style'; did you mean 'summary-style'?",
            "7:7 nothing in here breaks 'bad-url'",
        ],
    ),
}


def asked(text: str, root: Path, rule: str = "") -> list[Problem]:
    """What the reviewer asks about one provider.yaml, by this rule."""
    found = reviewed(written(text), root)
    return [problem for problem in found if problem.rule == rule or not rule]


def written(text: str) -> MapNode:
    document, problems = read(HEAD + text, "provider.yaml")
    assert not problems
    assert document is not None
    return document


def reviewed(document: MapNode, root: Path) -> list[Problem]:
    documents = {"provider.yaml": document}
    provider, problems = check(documents)
    assert not failed(problems), problems
    assert provider is not None
    return review_one(Spec(provider, documents, root))


def meaning(document: MapNode) -> str:
    """The model in words, without its places."""
    provider, problems = check({"provider.yaml": document})
    assert not failed(problems), problems
    return re.sub(r"Where\([^)]*\)", "", repr(provider))


def told(problem: Problem) -> str:
    return f"{problem.where.line}:{problem.where.column} {problem.message}"


@pytest.mark.parametrize("rule", CASES)
def test_a_question_stands_where_its_reason_is(rule: str, tmp_path: Path):
    text, expected = CASES[rule]
    assert [told(problem) for problem in asked(text, tmp_path, rule)] == expected


def test_every_question_is_shown_and_explained():
    stages = (*SUBJECTS, answers)
    explained = {each.rule for stage in stages for each in stage.EXPLANATIONS}
    assert explained == {
        *CASES,
        "foreign-word",
        "text-not-in-source",
        "source-changed",
    }
    assert explained <= set(rules())


@pytest.mark.parametrize(
    "rule", [rule for rule in CASES if rule != "unused-suppression"]
)
def test_an_answer_takes_the_question_away_where_it_stands(rule: str, tmp_path: Path):
    """The answer is put into the innermost mapping that the question points into."""
    document = written(CASES[rule][0])
    questions = [each for each in reviewed(document, tmp_path) if each.rule == rule]
    for question in questions:
        mappings = parts(document, "provider")
        inner = [
            each
            for each in mappings
            if spans(each, question) and "lint" in keys(each.definition)
        ][-1]
        reason = ScalarNode(inner.node.where, "It is so.", "It is so.", False)
        lint = MapNode(reason.where, {rule: reason}, {rule: reason.where})
        cast(dict[str, Node], inner.node.entries)["lint"] = lint
        cast(dict[str, Where], inner.node.keys)["lint"] = lint.where
    left = {problem.rule for problem in reviewed(document, tmp_path)}
    assert questions
    assert rule not in left
    assert "unused-suppression" not in left


def keys(definition: str) -> set[str]:
    found = load("provider")["$defs"].get(definition, {})
    return set(found.get("properties", ()))


def spans(part: Part, problem: Problem) -> bool:
    return part.where <= problem.where <= last(part.node)


def last(node: Node) -> Where:
    inner = node.entries.values() if isinstance(node, MapNode) else ()
    items = node.items if isinstance(node, ListNode) else inner
    return max([node.where, *map(last, items)])


def test_an_answer_holds_for_everything_inside(tmp_path: Path):
    text, expected = CASES["redundant-value"]
    answer = "lint: {redundant-value: Said for readers.}, "
    around = text.replace(
        "parameters: {encoding: {", f"parameters: {{encoding: {{{answer}"
    )
    left = [told(problem) for problem in asked(around, tmp_path, "redundant-value")]
    assert len(left) == len(expected) - 2
    assert not any("'wire: encoding'" in line or "'pii: true'" in line for line in left)


def test_a_redundant_value_can_be_dropped(tmp_path: Path):
    """Each of them, and all together: the model stays what it is."""
    document = written(CASES["redundant-value"][0])
    before = meaning(document)
    asked_of = reviewed(document, tmp_path)
    places = {each.where for each in asked_of if each.rule == "redundant-value"}
    dropped = 0
    for part in parts(document, "provider"):
        entries = cast(dict[str, Node], part.node.entries)
        for key in [key for key in entries if part.node.keys[key] in places]:
            del entries[key]
            dropped += 1
            assert meaning(document) == before, key
    assert dropped == len(CASES["redundant-value"][1])


def test_a_parameter_may_be_called_lint(tmp_path: Path):
    text = (
        HTTPS
        + "operations: {get: {does: reads, method: GET, path: /a, reply: {format: json},\n"
        + "  parameters: {lint: {type: string}}, fixed: {other: a}}}\n"
    )
    assert not asked(text, tmp_path, "unused-suppression")


def test_warnings_of_every_stage_can_be_answered(tmp_path: Path):
    text = "operations: {get: {does: reads, method: GET, path: /a, reply: {format: json}%s}}\n"
    silent, loud = (
        read(HEAD + HTTPS + text % answer, "provider.yaml")[0]
        for answer in (", lint: {operation-without-vector: No sample.}", "")
    )
    assert silent is not None
    assert loud is not None
    assert [p.rule for p in check({"provider.yaml": loud})[1]] == [
        "operation-without-vector"
    ]
    assert check({"provider.yaml": silent})[1] == []
    assert not asked(HTTPS + text % "", tmp_path)


def test_a_word_that_no_other_provider_has(tmp_path: Path):
    """Asked once for each provider, and of none that is looked at alone."""
    for id, name in ("one", "recipients"), ("two", "phones"):
        operations = "operations:\n" + "".join(
            f"  send_{n}: {{does: submits, method: POST, path: /{n},\n"
            f"    reply: {{format: json}}, parameters: {{{name}: {{type: phone}}}}}}\n"
            for n in range(3 if id == "one" else 1)
        )
        file = tmp_path / id / "provider.yaml"
        file.parent.mkdir()
        file.write_text((HEAD + HTTPS + operations).replace("acme", id))
    providers = load_specs(tmp_path, tmp_path).providers
    (problem,) = review(providers, tmp_path)
    assert (problem.rule, problem.where.file) == ("foreign-word", "two/provider.yaml")
    assert told(problem) == (
        "6:41 'phones' of 'two' is somebody whom 3 operations of other providers call "
        "'recipient'"
    )
    assert review(providers[1:], tmp_path) == []
    path = tmp_path / "two/provider.yaml"
    answer = "{lint: {foreign-word: Its own word.}, type: phone}"
    path.write_text(path.read_text().replace("{type: phone}", answer))
    providers = load_specs(tmp_path, tmp_path).providers
    assert review(providers, tmp_path) == []
    assert review(providers[1:], tmp_path) == []


QUOTED = (
    HTTPS
    + "sources: {doc: {title: Page, file: page.txt%s}, other: {title: Elsewhere}}\n"
    + "statuses:\n"
    + "  result: {type: int, success: [0], src: doc, codes: {\n"
    + '    0: {name: OK, text: "It\'s ok"},\n'
    + "    -1: {name: LOW, text: Balance is low, reaction: balance},\n"
    + "    -2: {name: AWAY, text: Gone, reaction: wait, src: other}}}\n"
)


def test_an_edited_text_is_found_and_folded_ones_are_not(tmp_path: Path):
    (tmp_path / "page.txt").write_text("0 It’s\u00a0ok\n-1\nBalance is too low\n")
    (problem,) = asked(QUOTED % "", tmp_path)
    assert problem.rule == "text-not-in-source"
    assert told(problem) == "8:5 the text 'Balance is low' is not in 'doc'"
    assert problem.hint == "the document has 'Balance is too low'"


def test_a_source_that_is_not_here_is_not_missed(tmp_path: Path):
    assert asked(QUOTED % "", tmp_path) == []


def test_another_edition_of_a_source_is_noticed(tmp_path: Path):
    (tmp_path / "page.txt").write_text("It's ok; Balance is low")
    digest = "0" * 64
    (problem,) = asked(QUOTED % f', sha256: "{digest}"', tmp_path)
    assert problem.rule == "source-changed"
    assert (problem.where.line, problem.where.column) == (4, 11)


def test_our_own_specs_are_answered_for():
    root = Path(__file__).resolve().parents[2]
    loaded = load_specs(root / "specs", root)
    assert loaded.problems == ()
    assert review(loaded.providers, root) == []
