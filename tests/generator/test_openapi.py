"""What other tools get, and what they are told that they do not get."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.project import project
from tests.support.vocabulary_package import providers
from wirebook.load import load
from wirebook.openapi import export

ROOT = Path(__file__).resolve().parents[2]
TEXT = {"type": "string"}
PROVIDERS = (*load(ROOT / "specs", ROOT).providers, *providers())


def references(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*map(references, value.values()))
    return set().union(*map(references, value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.id)
def test_a_document_is_whole(provider: Any) -> None:
    document = json.loads(json.dumps(export(provider).document))
    schemas = document["components"]["schemas"]
    assert {ref.rpartition("/")[2] for ref in references(document)} <= set(schemas)
    made = [o for methods in document["paths"].values() for o in methods.values()]
    assert len(made) == len(provider.operations)
    assert len({operation["operationId"] for operation in made}) == len(made)


def _reply(document: Any, path: str) -> Any:
    (operation,) = document["paths"][path].values()
    (media,) = operation["responses"]["200"]["content"].values()
    return media["schema"]


def test_the_code_and_the_words_of_a_refusal_stand_beside_the_result() -> None:
    aisix, onbuka = (
        export(next(each for each in PROVIDERS if each.id == id)).document
        for id in ("aisix", "onbuka")
    )
    schemas = "#/components/schemas"
    assert _reply(aisix, "/OpenPlatform/OpenApi")["properties"] == {
        "@result": {"anyOf": [{"$ref": f"{schemas}/ResultStatus"}, TEXT]},
        "Item": {"$ref": f"{schemas}/Submission"},
    }
    assert _reply(onbuka, "/seatGroup/basicSettingResp")["properties"] == {
        "status": {"anyOf": [{"$ref": f"{schemas}/CallCenterCallCenterStatus"}, TEXT]},
        "reason": TEXT,
        "data": {"$ref": f"{schemas}/CallCenterAgentGroupSettings"},
    }
    # A result that is the whole reply shares its object with them.
    sent = _reply(onbuka, "/sendEmail")
    assert [sorted(part) for part in sent["allOf"]] == [
        ["$ref"],
        ["properties", "type"],
    ]
    assert set(sent["allOf"][1]["properties"]) == {"status", "reason"}


def test_what_has_no_place_is_named() -> None:
    lost = {(loss.at, loss.what) for loss in export(PROVIDERS[0]).losses}
    assert ("send_batch", "its address: another has the same") in lost
    assert ("send_batch.contents", "a list that travels joined") in lost
    assert any("refusal under HTTP 200" in what for _, what in lost)


def test_the_command_prints_the_document_and_the_losses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ping = project(tmp_path)
    result = ping.run("export", "openapi", "ping")
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    (word,) = document["paths"]["/ping"]["get"]["parameters"]
    assert (word["name"], word["schema"]["maxLength"]) == ("word", 10)
    assert document["security"] == [{"bearer": []}]
    assert "lost: ping: retry advice" in result.stderr
    assert ping.run("export", "openapi", "ping", "-o", "p.json").stdout == ""
    assert json.loads((tmp_path / "p.json").read_text()) == document
    assert ping.run("export", "openapi", "pong").exit_code == 1
