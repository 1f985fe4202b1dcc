"""Real git repositories in a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from tests.support.specimens import ACME, Replacement
from wirebook.commands.group import group

_IDENTITY = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


@dataclass(frozen=True)
class Repo:
    """A repository with a project of one provider."""

    root: Path

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**os.environ, **_IDENTITY},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def commit(self, message: str = "change") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message, "--allow-empty")
        return self.git("rev-parse", "HEAD")

    def run(self, *arguments: str) -> Result:
        """`wirebook …`; the test has made the repository its working directory."""
        return CliRunner().invoke(group, arguments, prog_name="wirebook")

    def edit(self, *replacements: Replacement) -> None:
        for replacement in replacements:
            *file, old, new = replacement
            path = self.root / "specs" / "acme" / (file[0] if file else "provider.yaml")
            text = path.read_text("utf-8")
            assert old in text, old
            path.write_text(text.replace(old, new, 1), "utf-8")


def repository(root: Path) -> Repo:
    """A repository whose main branch has one commit with the specs of acme."""
    root.mkdir(parents=True)
    made = Repo(root)
    made.git("init", "-q", "-b", "main")
    shutil.copytree(ACME, root / "specs" / "acme")
    (root / "pyproject.toml").write_text("[tool.wirebook]\n")
    made.commit("first")
    return made
