"""Where a project keeps its specs and its output."""

from __future__ import annotations

from pathlib import Path

import pytest

from wirebook.config import ConfigError, load


def project(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text(text)
    return folder.resolve()


def test_without_a_file_the_working_directory_is_the_project(tmp_path: Path) -> None:
    config = load(tmp_path)
    root = tmp_path.resolve()
    assert config.root == root
    assert config.specs == root / "specs"
    assert config.output == root / "generated"
    assert config.docs == root / "generated/docs"
    assert config.package == "clients"
    assert config.templates is None


def test_the_nearest_file_with_a_table_counts_from_any_folder(tmp_path: Path) -> None:
    root = project(
        tmp_path,
        "[tool.wirebook]\nspecs = 'api'\noutput = 'out'\npackage = 'telco'\n"
        "docs = 'out/reference'\ntemplates = 'shapes'\n"
        "imports = ['logging']\n",
    )
    deep = project(tmp_path / "tools" / "deep", "[project]\nname = 'x'\n")
    config = load(deep)
    assert config.root == root
    assert config.specs == root / "api"
    assert config.output == root / "out"
    assert config.docs == root / "out/reference"
    assert config.templates == root / "shapes"
    assert config.imports == ("logging",)
    assert config.package == "telco"
    assert config.relative(root / "out" / "x.py") == "out/x.py"


def test_flags_come_first_and_count_from_the_working_directory(tmp_path: Path) -> None:
    root = project(tmp_path, "[tool.wirebook]\nspecs = 'api'\npackage = 'telco'\n")
    (root / "sub").mkdir()
    config = load(root / "sub", {"specs": "mine", "package": None})
    assert config.specs == root / "sub/mine"
    assert config.package == "telco"


def test_docs_inside_the_output_go_where_the_output_goes(tmp_path: Path) -> None:
    root = project(tmp_path, "[tool.wirebook]\ndocs = 'generated/reference'\n")
    assert load(root, {"output": "other"}).docs == root / "other/reference"
    root = project(tmp_path, "[tool.wirebook]\ndocs = 'handbook'\n")
    assert load(root, {"output": "other"}).docs == root / "handbook"


def test_docs_can_be_switched_off(tmp_path: Path) -> None:
    root = project(tmp_path, "[tool.wirebook]\ndocs = false\n")
    assert load(root).docs is None
    assert load(root, {"docs": "pages"}).docs == root / "pages"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool.wirebook]\nspec = 'x'\n", "no key 'spec'; did you mean 'specs'"),
        ("[tool.wirebook]\nzzz = 'x'\n", "no key 'zzz'; it knows specs, output"),
        ("[tool.wirebook]\nspecs = 1\n", "specs must be a path"),
        ("[tool.wirebook]\ntemplates = ''\n", "templates must be a path"),
        ("[tool.wirebook]\nimports = 'logging'\n", "imports must be a list of modules"),
        ("[tool.wirebook]\nimports = ['os; x']\n", "imports must be a list of modules"),
        ("[tool.wirebook]\noutput = '../x'\n", "leads out of the project"),
        ("[tool.wirebook]\noutput = 'specs/x'\n", "inside the specs"),
        ("[tool.wirebook]\npackage = 'json'\n", "would hide another 'json'"),
        ("[tool.wirebook]\npackage = 'httpx2'\n", "would hide another 'httpx2'"),
        ("[tool.wirebook]\npackage = 'class'\n", "would hide"),
        ("[tool.wirebook]\npackage = 'a/b'\n", "is no package name"),
        ("[tool.wirebook]\npackage = 3\n", "is no package name"),
        ("[tool]\nwirebook = 3\n", "must be a table"),
        ("[tool.wirebook\n", "cannot be read"),
    ],
)
def test_a_wrong_configuration_names_the_file_or_the_value(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        load(project(tmp_path, text))


def test_an_absolute_path_may_leave_the_project(tmp_path: Path) -> None:
    other = tmp_path / "other"
    root = project(tmp_path / "p", f"[tool.wirebook]\noutput = '{other}'\n")
    assert load(root).output == other.resolve()


def test_a_link_does_not_lead_out_of_the_project(tmp_path: Path) -> None:
    root = project(tmp_path / "p", "[tool.wirebook]\noutput = 'link'\n")
    (root / "link").symlink_to(tmp_path)
    with pytest.raises(ConfigError, match="leads out"):
        load(root)
