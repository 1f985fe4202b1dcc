"""The progress bar: only for people who wait."""

from __future__ import annotations

import io

import pytest

from wirebook import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def drawn(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, patience: float) -> str:
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progress, "PATIENCE", patience)
    monkeypatch.setenv("TERM", "xterm")
    with progress.progress() as step:
        for done in range(3):
            step("clients/[bold]x.py", done, 3)
    return stream.getvalue()


def test_a_long_run_on_a_terminal_shows_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "clients/[bold]x.py" in drawn(monkeypatch, Terminal(), -1)


def test_a_short_run_and_a_pipe_show_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(monkeypatch, Terminal(), 60) == ""
    assert drawn(monkeypatch, io.StringIO(), -1) == ""
