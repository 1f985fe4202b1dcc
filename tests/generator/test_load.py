"""Loading a folder of specs: everything in order, every problem at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.bad_specs import told
from tests.support.specs import HEAD
from wirebook.load import load
from wirebook.problem import Severity, failed
from wirebook.specs import relative

ROOT = Path(__file__).resolve().parents[2]
SPECS = sorted(path.name for path in (ROOT / "specs").iterdir() if path.is_dir())


def write(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / "specs" / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root / "specs"


def spec(name: str) -> str:
    return HEAD.replace("acme", name)


@pytest.mark.parametrize("name", SPECS)
def test_the_specs_of_this_repository_have_no_errors(name: str):
    loaded = load(ROOT / "specs", ROOT, [name])
    errors = [
        f"{problem.where.file}:{told(problem)}"
        for problem in loaded.problems
        if problem.severity is Severity.ERROR
    ]
    assert errors == []
    assert [provider.id for provider in loaded.providers] == [name]


def test_providers_come_in_the_order_of_their_folders(tmp_path: Path):
    specs = write(tmp_path, b__provider=spec("b"), a__provider=spec("a"))
    loaded = load(specs, tmp_path)
    assert [provider.id for provider in loaded.providers] == ["a", "b"]
    assert loaded.providers[0].files == ("specs/a/provider.yaml",)
    assert loaded.problems == ()


def test_other_folders_stay_out(tmp_path: Path):
    specs = write(
        tmp_path,
        a__provider=spec("a"),
        _draft__provider="x",
        **{".hidden__provider": "x"},
    )
    (specs / "README.md").write_text("words")
    (specs / "empty").mkdir()
    loaded = load(specs, tmp_path)
    assert [provider.id for provider in loaded.providers] == ["a"]
    assert loaded.problems == ()


def test_only_some_providers(tmp_path: Path):
    specs = write(tmp_path, a__provider=spec("a"), b__provider="not a map")
    assert [p.id for p in load(specs, tmp_path, ["a"]).providers] == ["a"]
    loaded = load(specs, tmp_path, ["aa"])
    assert [told(problem) for problem in loaded.problems] == [
        "1:1: error[unknown-provider]: no folder 'aa' here; did you mean 'a'?"
    ]
    assert loaded.providers == ()


def test_a_provider_with_errors_is_left_out_and_the_others_are_loaded(tmp_path: Path):
    warned = spec("c") + "notes: {N1: {kind: fact, text: Words.}}\n"
    specs = write(
        tmp_path,
        a__provider=spec("a") + "credentials: {key: {}}\n",
        b__provider=spec("b"),
        c__provider=warned,
    )
    loaded = load(specs, tmp_path)
    assert [provider.id for provider in loaded.providers] == ["b", "c"]
    assert [(problem.where.file, problem.rule) for problem in loaded.problems] == [
        ("specs/a/provider.yaml", "unused-credential"),
        ("specs/c/provider.yaml", "unused-note"),
    ]


def test_problems_of_all_providers_come_together(tmp_path: Path):
    specs = write(tmp_path, b__provider="a: no\n", a__provider=spec("wrong"))
    loaded = load(specs, tmp_path)
    assert failed(loaded.problems)
    assert [problem.where.file for problem in loaded.problems][:1] == [
        "specs/a/provider.yaml"
    ]
    assert {problem.rule for problem in loaded.problems} >= {"file-name", "truth-word"}


def test_one_unreadable_file_silences_references_to_what_it_may_declare(tmp_path: Path):
    product = "spec: 1\nproduct: {id: sms, title: SMS}\n" + (
        "operations: {get: {does: reads, method: GET, path: /x, reply: {format: json, "
        "returns: item}}}\n"
    )
    broken = spec("a") + "models: {item: [}\n"
    loaded = load(write(tmp_path, a__provider=broken, a__sms=product), tmp_path)
    assert {problem.rule for problem in loaded.problems} == {"yaml-syntax"}


def test_a_folder_without_provider_yaml(tmp_path: Path):
    specs = write(tmp_path, a__sms="spec: 1\nproduct: {id: sms, title: SMS}\n")
    loaded = load(specs, tmp_path)
    assert [told(problem) for problem in loaded.problems] == [
        "1:1: error[no-provider]: this folder has no provider.yaml with a `provider` block"
    ]


def test_no_folder_at_all(tmp_path: Path):
    loaded = load(tmp_path / "specs", tmp_path)
    assert [(str(p.where), p.rule) for p in loaded.problems] == [
        ("specs:1:1", "no-specs")
    ]


def test_loading_twice_gives_the_same(tmp_path: Path):
    first, second = (load(ROOT / "specs", ROOT, ["aisix"]) for _ in range(2))
    assert first == second


def test_files_are_named_from_the_project(tmp_path: Path):
    assert relative(tmp_path / "specs/a.yaml", tmp_path) == "specs/a.yaml"
    assert relative(tmp_path, tmp_path) == "."
    assert relative(tmp_path, tmp_path / "specs") == tmp_path.resolve().as_posix()
