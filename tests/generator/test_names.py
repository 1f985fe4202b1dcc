"""Names of specs that Python, or the generated package, has a use for.

Each is reported with a way out that works, or does no harm: nothing is bent in silence.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.support.families import FAMILIES, KINDS, connected, sources
from tests.support.renamings import (
    BASE,
    Spec,
    callback,
    computed,
    credential,
    enum,
    enum_class,
    field,
    member,
    model,
    model_class,
    operation,
    parameter,
    product,
    provider,
    scheme,
    setting,
    status,
    table,
    table_class,
)
from wirebook.load import read
from wirebook.problem import Problem, Severity
from wirebook.rules import reserved
from wirebook.runtime.client import BaseAsyncClient, BaseClient
from wirebook.runtime.credentials import BaseCredentials
from wirebook.runtime.options import AsyncOptions, Options
from wirebook.runtime.record import Record


def words(text: str) -> list[str]:
    return text.split()


KEYWORDS = words("class from import async await lambda match case")
EVERY = words("""
    and as assert async await break class continue def del elif else except finally for
    from global if import in is lambda nonlocal not or pass raise return try while with
    yield match case
    """)

REFUSED: list[tuple[Callable[[Spec, str], None], list[str]]] = [
    (setting, [*KEYWORDS, *words("self server timeout settings given declared")]),
    (credential, [*KEYWORDS, *words("self options transport secrets given auth")]),
    (scheme, [*KEYWORDS, *words("digest settings str datetime annotations")]),
    (computed, KEYWORDS),
    (table, words("true false none row effect acme_error final table")),
    (enum, words("true false none final str_enum int_enum client")),
    (model, words("true none value record tree mapping secret any")),
    (model_class, words("None Decimal Value Sequence Client AcmeError")),
    (enum_class, words("StrEnum Literal True AsyncClient InvalidRequestError")),
    (table_class, words("Row Table Effect Prefix False OUTCOME IntEnum")),
    (field, [*KEYWORDS, *words("self to_dict delivery_state str datetime property")]),
    (operation, [*KEYWORDS, *words("close aclose core reconcile resend models list")]),
    (operation, words("annotations renamed shared_models")),
    (parameter, [*EVERY, *words("self variant draft reply decode str dt auth")]),
    (product, [*KEYWORDS, *words("close client models list globals annotations con")]),
    (product, words("literal options secret unpack none decimal tree")),
    (callback, ["largest_body"]),
    (provider, words("class con nul index")),
]
"""What is reported."""

BUILTINS = words(
    "id type input open print eval len max min hash format filter next dir"
)
MODULES = words("json os sys typing decimal logging string email http enum asyncio re")
INSIDE = words("""
    node item items key keys value values name names cls mro code text fields record call
    moment path query range with_options with_retries a_ a__b
    """)
FREE = [*BUILTINS, *MODULES, *INSIDE]

HARMLESS: list[tuple[Callable[[Spec, str], None], list[str]]] = [
    (setting, FREE),
    (credential, FREE),
    (scheme, [*FREE, *words("draft credentials moment")]),
    (computed, [*FREE, *words("draft credentials moment digest str self")]),
    (table, words("dict type status reply session operation call sms")),
    (status, words("NAME VALUE MRO NONE TRUE CLASS SELF T A_B")),
    (enum, words("type class reply session operation place row family")),
    (member, words("NAME VALUE MRO NONE TRUE CLASS SELF T N1")),
    (model, words("type class reply session operation call prefix row")),
    (field, [*FREE, *words("decode tree class_ made errors")]),
    (operation, [*FREE, *words("credentials client_ self reply")]),
    (parameter, [*FREE, *words("cls timeout retries headers")]),
    (product, [*BUILTINS, *words("json os typing logging http enum sms call value")]),
    (callback, [*FREE, *words("class handler self")]),
]
"""What may be called so."""


def made(kind: Callable[[Spec, str], None], name: str) -> Spec:
    spec = deepcopy(BASE)
    kind(spec, name)
    return spec


def files(spec: Spec) -> dict[str, str]:
    """The spec as files; a key that ends in `.yaml` is one of its own."""
    whole = {key: part for key, part in spec.items() if not key.endswith(".yaml")}
    found = {key: json.dumps(spec[key]) for key in spec if key.endswith(".yaml")}
    return {"provider.yaml": json.dumps(whole), **found}


def problems(spec: Spec) -> list[Problem]:
    folder = spec["provider"]["id"]
    named = {
        f"specs/{folder}/{name}": text.encode() for name, text in files(spec).items()
    }
    found = read(named)[1]
    return [
        problem
        for problem in found
        if problem.severity is Severity.ERROR and problem.rule != "unproven-signature"
    ]


@pytest.mark.parametrize(("kind", "names"), REFUSED)
def test_a_name_with_a_use_is_reported_with_a_way_out(kind, names: list[str]):
    for name in names:
        found = problems(made(kind, name))
        assert found, name
        for problem in found:
            assert problem.rule in (
                "reserved-name",
                "name-collision",
                "provider-id",
            ), problem
            assert problem.hint, name


def test_the_hints_name_the_key_that_keeps_the_wire():
    hints = {
        kind.__name__: problems(made(kind, name))[0].hint
        for kind, name in ((parameter, "from"), (field, "class"), (table, "none"))
    }
    assert "`wire`" in str(hints["parameter"])
    assert "`wire`" in str(hints["field"])
    assert "`class`" in str(hints["table"])


def test_members_of_one_name_are_reported():
    spec = deepcopy(BASE)
    spec["enums"]["colour"]["values"]["R"] = {"name": "RED"}
    (problem,) = problems(spec)
    assert problem.rule == "duplicate-member"
    spec["enums"]["colour"]["values"]["R"] = {"name": "BRIGHT_RED"}
    assert not problems(spec)
    del spec["enums"]["colour"]["values"]["R"]["name"]
    (problem,) = problems(spec)
    assert "name" in problem.message


def placed(folder: Path, spec: Spec) -> Path:
    folder = folder / spec["provider"]["id"]
    folder.mkdir()
    for name, text in files(spec).items():
        (folder / name).write_text(text, "utf-8")
    return folder


def answer(request: Any) -> str:
    return json.dumps(
        {"code": 0, "d": {"size": "s", "hue": "r", **json.loads(request.body)}}
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_ways_out_work(kind: str, tmp_path: Path):
    """`wire` keeps what the provider calls it, `class` what the module needs."""
    spec = deepcopy(BASE)
    spec["provider"]["id"] = f"ways_{kind}"
    operation = spec["operations"]["make"]
    taken = {
        name
        for one in (parameter, field)
        for k, names in REFUSED
        if k is one
        for name in names
    }
    for name in sorted(taken):
        operation["parameters"][f"the_{name}"] = {"wire": name, "type": "string"}
        spec["models"]["thing"]["fields"][f"the_{name}"] = {
            "wire": name,
            "type": "string",
        }
    spec["models"]["none"] = {**spec["models"].pop("thing"), "class": "Nothing"}
    operation["reply"]["returns"] = "none"
    spec["enums"]["true"] = {**spec["enums"].pop("colour"), "class": "Truth"}
    for part in (operation["parameters"], spec["models"]["none"]["fields"]):
        part["hue"]["enum"] = "true"
    spec["statuses"]["effect"] = {
        **spec["statuses"].pop("outcome"),
        "class": "Outcomes",
    }
    operation["statuses"]["table"] = "effect"
    with connected(placed(tmp_path, spec), kind, answer, pass_key="k") as (api, server):
        given = {f"the_{name}": name for name in taken}
        result = api.call("make", width="9", hue=api.module.Truth.RED, **given)
        assert type(result) is api.module.Nothing
        sent = json.loads(server.requests[0].body)
        for name in taken:
            assert sent[name] == name
            assert getattr(result, f"the_{name}") == name


def harmless_names() -> dict[str, list[str]]:
    return {one.__name__: found for one, found in HARMLESS}


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All names at once: what one module holds together cannot hide the others."""
    spec = deepcopy(BASE)
    spec["provider"]["id"] = "free"
    names = harmless_names()
    for name in names["setting"]:
        spec["settings"].setdefault(name, {"default": "eu"})
    for name in names["credential"]:
        if name not in names["setting"]:
            spec["credentials"][name] = {"env": "NONE", "optional": True}
    for name in names["field"]:
        spec["models"]["thing"]["fields"].setdefault(
            name, {"type": "string", "optional": True}
        )
    make = spec["operations"]["make"]
    for name in names["parameter"]:
        make["parameters"].setdefault(name, {"type": "string", "optional": True})
    for name in names["operation"]:
        spec["operations"][name] = deepcopy(make)
    for name in names["scheme"]:
        spec["auth"][name] = deepcopy(BASE["auth"]["plain_key"])
        spec["operations"][f"by_{name}"] = {
            **deepcopy(BASE["operations"]["make"]),
            "auth": name,
        }
    compute = {
        name: {"join": "", "of": ["$pass_key", name]} for name in names["computed"]
    }
    headers = {f"X-{name}": f"${name}" for name in names["computed"]}
    spec["auth"]["all"] = {"compute": compute, "headers": headers}
    spec["operations"]["by_all"] = {
        **deepcopy(BASE["operations"]["make"]),
        "auth": "all",
    }
    for name in names["model"]:
        spec["models"][name] = deepcopy(BASE["models"]["thing"])
    for name in names["enum"]:
        if name not in spec["models"]:
            spec["enums"][name] = deepcopy(BASE["enums"]["colour"])
    for name in names["table"]:
        if name not in {*spec["models"], *spec["enums"]}:
            spec["statuses"][name] = deepcopy(BASE["statuses"]["outcome"])
    codes, values = (
        spec["statuses"]["outcome"]["codes"],
        spec["enums"]["colour"]["values"],
    )
    for number, name in enumerate(names["status"], 2):
        codes[str(number)] = {"name": name, "text": "x", "reaction": "request"}
    for name in names["member"]:
        values[name.lower()] = {"name": name}
    spec["callbacks"] = {
        name: {"model": "thing", "format": "json"} for name in names["callback"]
    }
    return placed(tmp_path_factory.mktemp("names"), spec)


@pytest.mark.parametrize("kind", KINDS)
def test_names_that_do_no_harm_do_none(kind: str, harmless: Path):
    names = harmless_names()
    with connected(harmless, kind, answer, pass_key="k") as (api, server):
        module = api.module
        assert module.statuses.Outcome.MRO.value == 4
        assert module.enums.Colour("mro") is module.enums.Colour.MRO
        assert all(
            hasattr(module.callbacks, name.upper()) for name in names["callback"]
        )
        for name in [
            *names["operation"],
            *(f"by_{n}" for n in (*names["scheme"], "all")),
        ]:
            given = names["parameter"] if not name.startswith("by_") else ()
            result = api.call(name, width="9", **dict.fromkeys(given, "v"))
            assert (result.size, result.hue) == ("s", module.Colour.RED)
            assert server.requests[-1].header(
                "X-Stamp" if name != "by_all" else "X-self"
            )
        assert (
            dict.fromkeys(given, "v").items()
            <= json.loads(server.requests[0].body).items()
        )
        result = api.call("id", width="9", **dict.fromkeys(names["parameter"], "v"))
        common = set(names["parameter"]) & set(names["field"])
        assert {name: getattr(result, name) for name in common} == dict.fromkeys(
            common, "v"
        )


def test_products_may_be_called_like_modules_and_builtins(tmp_path: Path):
    spec: Spec = {}
    names = dict(zip([k.__name__ for k, _ in HARMLESS], HARMLESS, strict=True))[
        "product"
    ][1]
    for name in names:
        found = made(product, name)
        part = found[f"{name}.yaml"]
        part["callbacks"] = {f"of_{name}": {"model": "thing", "format": "json"}}
        spec = {**found, **spec, f"{name}.yaml": part}
    spec["provider"]["id"] = "lines"
    with connected(placed(tmp_path, spec), "sync", answer, pass_key="k") as (api, _):
        for name in names:
            assert api.call(f"{name}.make", width="9").size == "s"
            assert getattr(api.module.callbacks, name)


def imported(text: str) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and not (
            isinstance(node, ast.ImportFrom)
            and node.module
            and node.level
            and "_runtime" not in node.module
        )
        for alias in node.names
    }


KEPT = {
    "models.py": reserved.MODEL_CLASSES,
    "statuses.py": reserved.TABLE_CLASSES,
    "enums.py": reserved.EVERYWHERE,
}


def test_every_class_that_generated_modules_import_is_kept():
    """What a template or plan begins to import must not be hidden by a spec."""
    seen: set[str] = set()
    for folder in sorted(FAMILIES.glob("*/provider.yaml")):
        for path, text in sources(folder.parent).items():
            kept = KEPT.get(Path(path).name)
            if kept is None:
                continue
            names = {name for name in imported(text) if name[0].isupper()}
            assert names <= kept | {"TYPE_CHECKING"}, path
            seen |= names
    assert {"Record", "Row", "StrEnum"} <= seen


def test_what_the_floor_has_is_reserved() -> None:
    def public(*kinds: type) -> set[str]:
        return {name for kind in kinds for name in dir(kind) if name[0] != "_"}

    options = Options.__optional_keys__ | AsyncOptions.__optional_keys__
    assert public(Record) <= reserved.RECORD
    assert options | public(BaseCredentials) <= reserved.CLIENT
    assert public(BaseClient, BaseAsyncClient) <= reserved.CLIENT_MEMBERS
