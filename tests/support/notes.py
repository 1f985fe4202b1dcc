"""Hooks that keep what they hear."""

from __future__ import annotations

from typing import Any, TypeVar

from wirebook.runtime.events import Hooks

Kind = TypeVar("Kind")


class Notes(Hooks):
    """Every event, of whichever kind, in the order in which it came."""

    def __init__(self) -> None:
        self.heard: list[Any] = []

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("on_"):
            return self.heard.append
        return super().__getattribute__(name)

    def of(self, kind: type[Kind]) -> list[Kind]:
        return [event for event in self.heard if isinstance(event, kind)]
