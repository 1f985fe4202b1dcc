"""Signing by request by reply by status: every pair, over loopback, both clients."""

import base64
import hashlib
import hmac
import json
from email import message_from_bytes
from email.policy import HTTP
from itertools import combinations
from urllib.parse import parse_qsl, quote
from xml.etree import ElementTree

import pytest

from tests.support.families import KINDS, connected
from tests.support.matrix import AXES, cells, name_of, possible, spec

CELLS = cells()
TEXT = "Grüße & <mehr>"


@pytest.fixture(scope="module")
def specs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("specs") / "matrix"
    folder.mkdir()
    text = json.dumps(spec(), indent=1)
    (folder / "provider.yaml").write_text(text, "utf-8")
    return folder


def fields(request, kind):
    """What was sent: text, numbers and key, read by the style of the request."""
    if kind.startswith("query"):
        pairs = request.query
    elif kind.startswith("form"):
        pairs = request.form()
    elif kind == "multipart":
        head = f"Content-Type: {request.header('Content-Type')}\r\n\r\n".encode()
        parts = message_from_bytes(head + request.body, policy=HTTP).iter_parts()
        pairs = [
            (
                part.get_param("name", header="content-disposition"),
                bytes(part.get_payload(decode=True)).decode(),
            )
            for part in parts
        ]
    elif kind.startswith("json"):
        tree = json.loads(request.body)
        key = tree.get("key")
        if kind == "json_wrapped":
            return tree["text"], [one["n"] for one in tree["to"]], key
        inner = tree["a"][0] if kind == "json_deep" else tree["a"]
        return (inner if kind == "json_deep" else tree)["text"], inner["to"], key
    elif kind == "xml_list":
        tree = ElementTree.fromstring(request.body)
        numbers = [one.text for one in tree.findall("a/to/n")]
        return tree.findtext("text"), numbers, tree.findtext("key")
    else:
        key = dict(parse_qsl(request.query_text)).get("key")
        return request.body.decode(), request.header("X-To").split(","), key
    found = dict(pairs)
    match kind:
        case "query_join":
            numbers = found["to"].split(";")
        case "form_indexed":
            numbers = [found["to.0"], found["to.1"]]
        case "form_json":
            numbers = json.loads(found["to"])
        case "form_nested":
            numbers = [found["to[1][n]"], found["to[2][n]"]]
        case _:
            numbers = [value for name, value in pairs if name == "to"]
    return found["text"], numbers, found.get("key")


def verify(request, signing, key):
    given = request.header("Authorization")
    sign = request.header("X-Sign")
    match signing:
        case "key":
            assert key == "s e"
        case "hashed":
            assert key == hashlib.sha512(b"s e").hexdigest()
        case "basic":
            assert given == "Basic " + base64.b64encode(b"me:s e").decode()
        case "bearer":
            assert given == "Bearer s e"
        case "stamp":
            text = f"mes e{request.header('X-At')}"
            assert sign == hashlib.md5(text.encode()).hexdigest()
        case "query_hmac":
            pairs = [
                f"{quote(name, safe='')}={quote(value, safe='')}"
                for name, value in sorted(
                    request.query,
                    key=lambda p: (quote(p[0], safe=""), quote(p[1], safe="")),
                )
            ]
            text = "\n".join([request.method, request.path, "&".join(pairs)])
            made = hmac.new(b"s e", text.encode(), hashlib.sha256).hexdigest()
            assert sign == made
        case _:
            digest = hmac.new(b"s e", request.body, hashlib.sha256).digest()
            assert sign == base64.b64encode(digest).decode()


def reply(cell, good):
    """What the provider answers."""
    http = 200
    if cell["status"] == "http" and not good:
        return 402, "no"
    code = {"integer": ("1", "-7"), "zeros": ("001", "7.01")}.get(
        cell["status"], ("1", "-7")
    )[0 if good else 1]
    if cell["status"] == "item" or cell["reply"] == "csv":
        return http, several(cell["reply"], code)
    match cell["reply"]:
        case "json":
            number = int(code) if cell["status"] == "integer" else code
            return http, json.dumps({"code": number, "id": "x"})
        case "xml":
            return http, f"<r><code>{code}</code><id>x</id></r>"
        case "delimited":
            return http, f"{code}|x\n"
        case "pairs":
            return http, f"code: {code}\r\nid: x\r\n"
        case "sentence":
            return http, f"{code} x"
        case _:
            return http, code


def several(kind, code):
    match kind:
        case "json":
            item = {"code": int(code), "id": "x"}
            return json.dumps({"items": {"item": [item, dict(item, code=-7)]}})
        case "xml":
            element = "<item><code>{}</code><id>x</id></item>"
            return f"<r><items>{element.format(code)}{element.format(-7)}</items></r>"
        case "delimited":
            return f"{code}|x,-7|x"
        case "sentence":
            return f"{code} x\n-7 x\n"
        case _:
            return f"id,code\nx,{code}\nx,-7\n"


@pytest.mark.parametrize("kind", KINDS)
def test_every_pair(specs, kind):
    def provider(request):
        cell = CELLS[int(request.path.rpartition("_")[2])]
        text, numbers, key = fields(request, cell["request"])
        assert (text, numbers) == (TEXT, ["+1", "+2"]) or text == "bad"
        verify(request, cell["signing"], key)
        return reply(cell, text == TEXT)

    with connected(specs, kind, provider, user="me", secret="s e") as (api, _):
        for number, cell in enumerate(CELLS):
            name = name_of(number)
            result = api.call(name, text=TEXT, numbers=["+1", "+2"])
            if cell["status"] == "item":
                assert [bool(error) for error in result.errors] == [False, True], cell
            elif cell["reply"] == "csv":
                assert [row.id for row in result] == ["x", "x"], cell
            else:
                assert result == (None if cell["reply"] == "text" else "x"), cell
            error = api.fails(name, text="bad", numbers=["+1", "+2"])
            assert isinstance(error, api.errors.InsufficientBalance), cell
            assert error.submitted.name == "NO", cell
            codes = {"http": "402", "zeros": "7.01"}
            assert error.code == codes.get(cell["status"], "-7"), cell


def test_no_possible_pair_is_left_out():
    """Counted anew: two values of two axes stand together in some operation."""
    for one, other in combinations(AXES, 2):
        for first in AXES[one]:
            for second in AXES[other]:
                together = [c for c in CELLS if (c[one], c[other]) == (first, second)]
                rest = {"signing": "key", "request": "raw", "reply": "json"}
                cell = {**rest, "status": "item", one: first, other: second}
                if "status" not in (one, other):
                    cell["status"] = "http"
                assert together or not possible(cell), (first, second)
