"""A report: the problems of one stage, collected until it has seen everything."""

from __future__ import annotations

from .model import Where
from .problem import Problem, error, in_order, warning


class Report:
    """Collects problems, so that one run names them all."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def error(
        self, rule: str, where: Where, message: str, hint: str | None = None
    ) -> None:
        self._problems.append(error(rule, where, message, hint))

    def warning(
        self, rule: str, where: Where, message: str, hint: str | None = None
    ) -> None:
        self._problems.append(warning(rule, where, message, hint))

    @property
    def problems(self) -> list[Problem]:
        """In the order of their places, each once."""
        return in_order(self._problems)
