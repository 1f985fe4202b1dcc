"""One spec for each question of the reviewer, and what is asked about it."""

from pathlib import Path

from wirebook.document import MapNode, read
from wirebook.load import check
from wirebook.problem import Problem, failed
from wirebook.review import review_one
from wirebook.review.spec import Spec

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


def told(problem: Problem) -> str:
    return f"{problem.where.line}:{problem.where.column} {problem.message}"
