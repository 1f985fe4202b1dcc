"""A report: the problems of one stage, collected until it has seen everything."""

from __future__ import annotations

from .model import Where
from .problem import Problem, error, in_order, warning

MOST = 2_000
"""Errors, and warnings, that one stage keeps of one provider: the first."""


class Report:
    """Collects problems, so that one run names them all."""

    def __init__(self) -> None:
        self._errors: list[Problem] = []
        self._warnings: list[Problem] = []

    def error(
        self, rule: str, where: Where, message: str, hint: str | None = None
    ) -> None:
        if len(self._errors) < MOST:
            self._errors.append(error(rule, where, message, hint))

    def warning(
        self, rule: str, where: Where, message: str, hint: str | None = None
    ) -> None:
        if len(self._warnings) < MOST:
            self._warnings.append(warning(rule, where, message, hint))

    @property
    def problems(self) -> list[Problem]:
        """In the order of their places, each once."""
        return in_order([*self._errors, *self._warnings])
