"""A project of its own in a folder, and the command line run in it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from wirebook.commands.group import group

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


@dataclass(frozen=True)
class Project:
    """A folder with a pyproject.toml and specs."""

    root: Path

    def run(self, *arguments: str) -> Result:
        """`wirebook …`; the test has made the project its working directory."""
        return CliRunner().invoke(group, arguments, prog_name="wirebook")

    def generate(self, *arguments: str) -> Result:
        result = self.run("generate", *arguments)
        assert result.exit_code == 0, result.output
        return result

    def configure(self, text: str) -> None:
        (self.root / "pyproject.toml").write_text(f"[tool.wirebook]\n{text}\n")

    def replace(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    def second_provider(self) -> None:
        """The same provider once more, as `pong`."""
        shutil.copytree(self.root / "specs/ping", self.root / "specs/pong")
        self.replace("specs/pong/provider.yaml", "id: ping", "id: pong")
        self.replace("specs/pong/provider.yaml", "title: Ping", "title: Pong")

    def tree(self, folder: str = "generated") -> dict[str, bytes]:
        """Every file below a folder, by its path."""
        root = self.root / folder
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }


def project(root: Path, case: str = "one_read") -> Project:
    """A project with the specs of a golden case."""
    shutil.copytree(GOLDEN / case / "specs", root / "specs")
    made = Project(root)
    made.configure("package = 'clients'")
    return made
