"""Reading commits: real repositories, and every way in which one lacks something."""

import shlex
from pathlib import Path

import pytest

from tests.support.repository import Repo, repository
from wirebook.diff.git import Blob, GitError, Repository

CODE = ("name: NO_MONEY", "name: BROKE")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch) -> Repo:
    made = repository(tmp_path / "repo")
    monkeypatch.chdir(made.root)
    return made


def test_the_working_tree_is_held_against_where_the_branch_left_main(repo):
    repo.git("checkout", "-q", "-b", "work")
    repo.edit(CODE)
    repo.git("checkout", "-q", "main", "-b", "other")
    repo.git("stash", "-q")
    repo.edit(("text: Too fast", "text: Much too fast"))
    repo.git("checkout", "-q", "-B", "main")
    repo.commit("main goes on")
    repo.git("checkout", "-q", "work")
    repo.git("stash", "pop", "-q")
    result = repo.run("diff")
    assert result.exit_code == 1
    assert "S006 statuses/result/codes/3" in result.stdout
    assert "Much too fast" not in result.stdout, "main's own change is not the branch's"


def test_two_commits(repo):
    repo.edit(CODE)
    repo.commit()
    result = repo.run("diff", "HEAD~1", "HEAD")
    assert result.exit_code == 1
    assert "name: NO_MONEY → BROKE" in result.stdout
    assert repo.run("diff", "HEAD", "HEAD").exit_code == 0


def test_a_folder_and_a_file_of_a_commit(repo):
    repo.edit(CODE)
    for old in ("HEAD:specs", "HEAD:specs/acme", "HEAD:specs/acme/provider.yaml"):
        result = repo.run("diff", old, "specs/acme")
        assert result.exit_code == 1, result.output
        assert "S006" in result.stdout


def test_a_path_that_a_commit_does_not_have(repo):
    result = repo.run("diff", "HEAD:spec")
    assert result.exit_code == 2
    assert "HEAD has no specs at 'spec'" in result.stderr


def test_a_commit_that_is_not_here_comes_with_the_command_that_brings_it(repo):
    for ref, command in (
        ("v9", "git fetch origin v9"),
        ("nowhere~3", "git fetch origin nowhere"),
    ):
        result = repo.run("diff", ref)
        assert result.exit_code == 2
        assert f"does not have '{ref}'; run: {command}" in result.stderr
    repo.git("remote", "add", "upstream", "https://git.example/acme.git")
    result = repo.run("diff", "upstream/next")
    assert (
        "run: git fetch upstream +refs/heads/next:refs/remotes/upstream/next"
        in result.stderr
    )


def test_an_option_is_no_ref(repo):
    with pytest.raises(GitError, match="no name of a commit"):
        Repository.around(repo.root).commit("--upload-pack=x")


def test_a_shallow_clone(repo, tmp_path, monkeypatch):
    repo.git("checkout", "-q", "-b", "work")
    repo.edit(CODE)
    repo.commit()
    repo.git("checkout", "-q", "main")
    target = tmp_path / "shallow"
    repo.git(
        "clone", "-q", "--depth=1", "--branch=work", f"file://{repo.root}", str(target)
    )
    clone = Repo(target)
    monkeypatch.chdir(target)

    result = clone.run("diff", "origin/main")
    assert result.exit_code == 2
    fetch = "git fetch origin +refs/heads/main:refs/remotes/origin/main"
    assert fetch in result.stderr
    clone.git(*fetch.split()[1:], "--depth=1")

    # Both tips are here; what they have in common is not.
    result = clone.run("diff")
    assert result.exit_code == 2
    assert "run: git fetch --unshallow origin" in result.stderr
    assert clone.run("diff", "origin/main").exit_code == 1
    clone.git("fetch", "-q", "--unshallow", "origin")
    assert clone.run("diff").exit_code == 1


def test_no_main_branch_at_all(repo):
    repo.git("branch", "-m", "trunk")
    result = repo.run("diff")
    assert result.exit_code == 2
    assert "there is no main branch here" in result.stderr


def test_no_repository_at_all(repo, tmp_path, monkeypatch):
    (tmp_path / "plain").mkdir()
    monkeypatch.chdir(tmp_path / "plain")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    result = repo.run("diff")
    assert result.exit_code == 2
    assert "is in no git repository" in result.stderr
    result = repo.run("diff", str(repo.root / "specs"), str(repo.root / "specs"))
    assert result.exit_code == 0, "two folders need no repository"


def test_specs_that_did_not_exist_yet(tmp_path, monkeypatch):
    repo = repository(tmp_path / "repo")
    monkeypatch.chdir(repo.root)
    repo.git("rm", "-rq", "--cached", "specs")
    repo.git("commit", "-q", "--amend", "-m", "nothing yet")
    result = repo.run("diff")
    assert result.exit_code == 0
    assert "P002" in result.stdout


def test_a_file_that_was_deleted_and_one_that_was_renamed(repo):
    folder = repo.root / "specs" / "acme"
    (folder / "vectors.yaml").rename(folder / "vectors-all.yaml")
    assert repo.run("diff").stdout == "no differences\n"
    (folder / "provider.yaml").unlink()
    (folder / "vectors-all.yaml").unlink()
    result = repo.run("diff")
    assert result.exit_code == 1
    assert "P001" in result.stdout
    assert "was specs/acme/provider.yaml:4:1" in result.stdout


def test_junk_beside_specs_is_an_error_and_not_a_removal(repo):
    (repo.root / "specs" / "acme" / "junk.yaml").write_bytes(b"\x00\xff\xfe junk")
    result = repo.run("diff")
    assert result.exit_code == 2
    assert "not-utf-8" in result.stderr
    assert "the specs of working tree cannot be compared" in result.stderr
    assert "P001" not in result.stdout


def test_a_past_that_breaks_todays_rules_is_compared_all_the_same(repo):
    repo.edit(("  stored:", "  stored:\n    class: Client"))
    assert repo.run("lint").exit_code == 1
    repo.commit("was fine then")
    repo.edit(("    class: Client\n", ""))
    result = repo.run("diff", "HEAD")
    assert result.exit_code == 1
    assert "R037" in result.stdout
    assert repo.run("diff", "HEAD", "HEAD").exit_code == 2


def test_names_that_need_quoting_and_links(repo):
    folder = repo.root / "specs" / "acme"
    (folder / "ver sion\n.txt").write_text("x")
    (folder / "link.yaml").symlink_to("/etc/passwd")
    repo.commit()
    (folder / "link.yaml").unlink()
    assert repo.run("diff", "HEAD").exit_code == 0
    found = Repository.around(repo.root)
    blobs = found.blobs("HEAD", "specs")
    assert {Path(blob.path).name for blob in blobs} == {
        "provider.yaml",
        "vectors.yaml",
        "ver sion\n.txt",
    }
    content = found.read(blobs)
    assert content["specs/acme/ver sion\n.txt"] == b"x"


def test_an_object_that_is_missing(repo):
    found = Repository.around(repo.root)
    with pytest.raises(GitError, match="missing here; run: git fetch origin --refetch"):
        found.read([Blob("x.yaml", "0" * 40, 0)])


def test_a_project_below_the_top_of_its_repository(tmp_path, monkeypatch):
    repo = repository(tmp_path / "repo")
    (repo.root / "part").mkdir()
    for name in ("specs", "pyproject.toml"):
        (repo.root / name).rename(repo.root / "part" / name)
    repo.commit()
    monkeypatch.chdir(repo.root / "part")
    path = repo.root / "part" / "specs" / "acme" / "provider.yaml"
    path.write_text(path.read_text().replace(*CODE), "utf-8")
    result = repo.run("diff", "HEAD")
    assert result.exit_code == 1
    assert " specs/acme/provider.yaml:64:11 (was 64:11)" in result.stdout


@pytest.mark.parametrize(
    "name",
    ["$(touch${IFS}pwned)", "`touch`", "a;b", "a|b&c", "'q'", '"q"', "#x", "\u202ex"],
    ids=ascii,
)
def test_a_branch_may_have_an_odd_name(repo: Repo, name: str) -> None:
    repo.git("branch", name)
    repo.edit(CODE)
    repo.commit()
    for words in (["diff", name], ["diff", name, "HEAD"], ["diff", f"{name}:specs"]):
        result = repo.run(*words)
        assert result.exit_code == 1, result.output
        assert "name: NO_MONEY → BROKE" in result.stdout
        assert "\u202e" not in result.output
    assert not list(repo.root.glob("*pwned*"))


@pytest.mark.parametrize(
    "name",
    [
        *("$(touch pwned)", "a;b", "`id`", "-x", "--output=x", "@{-1}", ":/first"),
        *("HEAD:../..", "HEAD:/etc/passwd", "HEAD:\x1b[31m", "\u202e\x1b[31m"),
        *("a..b", "a\nb", " "),
    ],
    ids=ascii,
)
@pytest.mark.parametrize("command", ["diff", "show"])
def test_what_is_no_commit_is_refused(repo: Repo, name: str, command: str) -> None:
    result = repo.run(command, "--", name)
    said = result.output
    assert result.exit_code != 0 or name == ":/first", said
    assert "mistake in wirebook" not in said
    assert all(letter.isprintable() or letter == "\n" for letter in said)
    for line in said.split("\n"):
        # A command that is offered means one thing in a shell.
        _, _, offered = line.partition("run: ")
        if offered:
            words = shlex.split(offered)
            assert words[:2] == ["git", "fetch"]
            assert shlex.join(words) == offered
    assert repo.git("status", "--porcelain") == ""
