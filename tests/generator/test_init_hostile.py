"""`wirebook init --from` with files of strangers: an error, or a spec that is valid."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.support.project import Project

EVIL = (
    "\x1b[31m\u202e\u200b\x9b\u2028\x07 \"\"\"'''\\{{7*7}}${x}\n    method: DELETE"
    "<script>alert(1)</script>"
)
BACK = {"$ref": "#/components/schemas/A0"}
SECONDS = 4.0


def har(**changed: Any) -> str:
    """A recording of one call with something exchanged."""
    sent = {
        "method": changed.get("method", "POST"),
        "url": changed.get("url", "https://a.example/x"),
        "headers": changed.get("headers", []),
        "postData": {
            "mimeType": "application/json",
            "text": changed.get("body", '{"a": 1}'),
        },
    }
    answer = {"mimeType": "text/xml", "text": changed.get("answer", "{}")}
    entry = {"request": sent, "response": {"status": 200, "content": answer}}
    return json.dumps({"log": {"entries": [entry]}})


def postman(*items: Any) -> str:
    return json.dumps({"info": {"name": EVIL}, "item": items})


def openapi(**changed: Any) -> str:
    schema = {"content": {"application/json": {"schema": BACK}}}
    call = {"requestBody": schema, "responses": {"200": schema}}
    return json.dumps(
        {
            "openapi": "3.0.3",
            "info": {"title": EVIL},
            "servers": [{"url": "https://a.example"}],
            "paths": {"/x": {"post": call}},
            **changed,
        }
    )


def models(count: int) -> dict[str, Any]:
    """Each holds the next one twice, and the last one the first."""
    return {
        "schemas": {
            f"A{n}": {
                "type": "object",
                "properties": {
                    key: {"$ref": f"#/components/schemas/A{(n + 1) % count}"}
                    for key in "ab"
                },
            }
            for n in range(count)
        }
    }


ODD_PARAMETERS = [
    {"name": EVIL, "in": "query", "description": EVIL},
    {"in": EVIL},
    None,
]
REQUEST = {"method": "GET", "url": "https://a.example/x"}
ENTITIES = '<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><r>&b;</r>'
FINE = {
    "a terminal's page": "\x1b]0;x\x07" * 100 + "https://a.example/\x1b[31mx?a=1",
    "a port of many digits": "https://a.example:99999999/?a=1\n",
    "a command without a value": "curl https://a.example/x -X\n",
    "an odd command": f"curl -X '{EVIL[:9]}' -H 'X-{EVIL[:12]}: {EVIL[:8]}'"
    f" -d 'a{EVIL[:9]}=1' 'https://a.example/x{EVIL[:8]}'\n",
    "no method": "curl -X 'GET\n    path: x' https://a.example/x -d 'a=1'\n",
    "names of Python": "curl https://a.example/__class__"
    " -d 'self=1&class=2&None=3&_a=4&a=5&True=6&no=7&null=8'",
    "escapes": "https://a.example/x?a%00=%ff%1b&%e2%80%ae=1&%=2&\u2028b=1\n",
    "digits of elsewhere": "curl https://a.example:²/x?a=1\nhttps://a.example/x?a=٣\n",
    "many braces": f"https://a.example/{'{' * 900_000}?a=1",
    "a table": f"| status | text |\n|---|---|\n| 0 | {EVIL!r} |\n| 1 | [l](javascript:1) |\n",
    "columns": "code\ttext\n" + "1\ta\n" * 50_000,
    "references of HTML": "<table><tr><td>code</td><td>&#0;&#27;[31m&#x202e;</td></tr>"
    "<tr><td>1</td><td>&#27;&#99999999999;</td></tr></table>",
    "an odd recording": har(method=EVIL, url=f"https://a.example/{EVIL}"),
    "odd names": har(
        headers=[{"name": EVIL, "value": EVIL}],
        body=json.dumps({EVIL: EVIL, "__class__": 1, "": 3, " ": 4, "a" * 5_000: 1}),
    ),
    "a reply with entities": har(answer=ENTITIES),
    "a deep reply": har(answer="<a>" * 50_000),
    "models that double": openapi(components=models(60)),
    "a model in itself": openapi(components=models(1)),
    "odd operations": openapi(
        paths={
            "x y\n": {"get": {"operationId": EVIL, "summary": EVIL}},
            "/../..": {"get": {"parameters": ODD_PARAMETERS}},
            "/{a}{b}{": {"get": {"responses": {EVIL: {"description": EVIL}}}},
            "/f": {"$ref": "file:///etc/passwd"},
        }
    ),
    "no servers": openapi(servers=[{"url": "javascript:alert(1)"}]),
    "half of a letter": '{"openapi": "3", "paths": {"/\\ud800": {"get": {"summary":'
    ' "\\udfff\\u0000"}}, "/x": {"get": {"summary": "\\udfff\\u0000"}}}}',
}
REFUSED: dict[str, str | bytes] = {
    "nothing": "",
    "zeros": "\0" * 1_000,
    "no address": "https://[::1/?a=1\nhttps://a\u2100b.example/?a=1\ncurl 'https://[x/?a=1'",
    "a quote without end": "curl 'https://a.example/x\n" + "y\n" * 30_000,
    "many commands": "".join(
        f"curl https://a.example/{n} -d a=1\n" for n in range(6_000)
    ),
    "many URLs": "".join(f"https://a.example/p{n}?a=1\n" for n in range(40_000)),
    "many URLs of a line": "".join(
        f"https://a.example/p{n}?a=1 " for n in range(40_000)
    ),
    "many parameters": "https://a.example/p?"
    + "&".join(f"a{n}={n}" for n in range(10_000)),
    "brackets": "[" * 400_000,
    "maps": '{"openapi":' * 100_000,
    "tables in tables": "<table>" * 50_000 + "<tr><td>code<td>x</table>",
    "tags": "<table>" + "<" * 100_000,
    "no entries": '{"log": {"entries": [null, NaN]}}',
    "no URL": har(url="https://[x/"),
    "a deep body": har(body="[" * 50_000),
    "no requests": postman(None, 1, "x", {"request": None}),
    "no replies": postman({"request": REQUEST, "response": [{"code": "x"}]}),
    "many requests": postman(
        *(
            {"request": {**REQUEST, "url": f"https://a.example/{n}"}}
            for n in range(4_000)
        )
    ),
    "parts of itself": openapi(components={"schemas": {"A0": {"allOf": [BACK] * 50}}}),
    "a tag": "openapi: !!python/object/apply:os.system ['touch pwned']\npaths: {}\n",
    "aliases": "openapi: 3\na: &a [x,x]\nb: &b [*a,*a]\n",
    "a deep list": "openapi: 3\na: " + "[" * 200_000,
    "a long list": "openapi: 3\na:\n" + "  - b: c\n" * 400_000,
    "many lines": "\n" * 4_000_000 + "https://a.example/x?a=1",
    "another charset": b"\xff\xfe\x00h",
    "a large file": "a" * 5_000_001,
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    made = Project(tmp_path)
    made.configure("package = 'clients'")
    return made


def run(project: Project, content: str | bytes) -> tuple[int, str]:
    """Exit code and output of a run over the content, which is quick and tells no tales."""
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    (project.root / "\x1b[31min.txt").write_bytes(data)
    began = time.process_time()
    result = project.run("init", "pidgin", "--from", "\x1b[31min.txt")
    assert time.process_time() - began < SECONDS
    assert result.output
    assert len(result.output) < 2_000
    assert "Traceback" not in result.output
    assert "mistake in wirebook" not in result.output
    kinds = {c: unicodedata.category(c) for c in result.output if c != "\n"}
    assert not {"Cc", "Cf", "Cs", "Zl", "Zp"} & set(kinds.values())
    return result.exit_code, result.output


@pytest.mark.parametrize("name", FINE)
def test_a_proposal_is_harmless(project: Project, name: str) -> None:
    code, said = run(project, FINE[name])
    assert code == 0, said
    written = (project.root / "specs/pidgin/provider.yaml").read_text("utf-8")
    assert all(c.isprintable() or c == "\n" for c in written)
    assert "method: DELETE" not in {line.strip() for line in written.split("\n")}
    result = project.run("lint", "pidgin")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_nothing_is_refused(project: Project, name: str) -> None:
    code, said = run(project, REFUSED[name])
    assert code in (1, 2)
    assert said.startswith(("Error: ", "wirebook: ", "Usage: "))
    assert {path.name for path in project.root.iterdir()} == {
        "pyproject.toml",
        "\x1b[31min.txt",
    }


def test_links_are_not_written_through(project: Project, tmp_path: Path) -> None:
    """Neither a file that is there, nor one that a link leads to, is made or changed."""
    folder = tmp_path / "specs/pidgin"
    folder.mkdir(parents=True)
    (folder / "vectors.yaml").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in.txt").write_text(FINE["a table"])
    result = project.run("init", "pidgin", "--from", "in.txt")
    assert result.exit_code != 0
    assert "Traceback" not in result.output
    assert not (tmp_path / "elsewhere").exists()
    assert not (folder / "provider.yaml").exists()
