"""What the reader of a reply gets: its shape, its items, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any, TypeVar

from . import formats
from .belonging import belonging, owners, texts
from .errors import Error, ProviderError
from .judged import Judged
from .results import Results
from .status import Submitted
from .tree import DecodeProblem, ReplyProblem, Tree, find
from .verdict import strictest

T = TypeVar("T")


class Reply(Judged):
    """A reply, and the ways to judge and read it."""

    __slots__ = ()

    def read(self) -> Any:
        """The result of the call.

        Raises:
            ProviderError: a status says no.
            UnreadableReply: the reply is not what the provider documents.
        """
        try:
            value = self._call.read(self)
            self._settle()
            return value
        except Error:
            raise
        except ReplyProblem as problem:
            words = str(problem)
        except Exception as error:
            # Whatever else: the request was written, and that is what counts now.
            words = f"the reader failed ({type(error).__name__})"
        if not self._late:
            self._judge_http(None)
        raise self.unbelievable(words)

    def matches(
        self,
        *,
        starts_with: str | None = None,
        root: tuple[str, ...] = (),
        charset: str = "utf-8",
        content_type: str | None = None,
        http: tuple[int, ...] = (),
        parameter: str | None = None,
        values: tuple[str, ...] = (),
    ) -> bool:
        """Whether the reply has a shape, by all the signs that are given.

        root: local names, for XML in `charset`.
        An HTTP status that a shape names is no failure.
        """
        body = self.response.body
        if starts_with is not None:
            prefix = starts_with.encode("utf-8")
            if not body.lstrip(b" \t\r\n").startswith(prefix):
                return False
        if root and formats.xml_root(body, charset) not in root:
            return False
        if content_type is not None and self.media_type != content_type.lower():
            return False
        if parameter is not None:
            given = self._call.arguments.get(parameter)
            if given is None or (values and str(given) not in values):
                return False
        if http:
            if self.http_status not in http:
                return False
            self.allow(*http)
        return True

    def expect(self, tree: Tree, path: str, constant: str) -> None:
        """The reply must say that it answers this very operation."""
        found = find(tree, path)
        if not isinstance(found, (str, int)) or str(found) != constant:
            raise DecodeProblem(path, f"{constant!r} expected")

    def item_error(
        self,
        code: str | None,
        message: str | None = None,
        *,
        absent_is_success: bool = False,
    ) -> ProviderError | None:
        """The error that a single item's code stands for; None for a success."""
        if code is None and absent_is_success:
            return None
        operation = self._call.operation
        table = operation.item_table or operation.table
        if table is None:
            raise DecodeProblem("", "no table for the items")
        if code is not None and table.is_success(code):
            return None
        error = self._refusal(table, code or "", message)
        self._rows.append(self.row)
        return error

    def results(
        self,
        items: Iterable[T],
        errors: Iterable[ProviderError | None],
        parameter: str | None = None,
        keys: Sequence[str | None] = (),
    ) -> Results[T]:
        """The items with their verdicts.

        parameter: the one that takes the recipients.  keys: each item's recipient, as
        the reply says it.

        Raises:
            ProviderError: every item was refused; the first one's error, with all of
                them in `results`.
            UnreadableReply: not one item has anything that could be a status.
        """
        judged = Results(
            items,
            errors,
            owners(keys, self._sent(parameter)) if parameter is not None else (),
            operation=self._call.operation.id,
            parameter=parameter,
        )
        refusals = [error for error in judged.errors if error is not None]
        if not refusals or len(refusals) < len(judged):
            self.row = None
            return judged
        table = self._call.operation.item_table or self._call.operation.table
        if table and not any(table.possible(error.code) for error in refusals):
            raise DecodeProblem("", "no item has a status")
        self.row = strictest(self._rows)
        # A copy, so that the error does not hold itself through its results.
        error = copy(
            next(
                (one for one in refusals if one.submitted is not Submitted.NO),
                refusals[0],
            )
        )
        error.results = judged
        raise error

    def matched(
        self,
        items: Sequence[T],
        keys: Sequence[str | None],
        parameter: str,
        *,
        errors: Sequence[ProviderError | None] = (),
        ordered: bool = False,
        partial: bool = False,
    ) -> list[T]:
        """The items in the order of the recipients of the call (see `belonging`).

        parameter: what holds them; with dots, a field of the records in it.
        errors: what the items' own statuses say.

        Raises:
            ProviderError: one item that names no recipient refused all of them.
        """
        sent = self._sent(parameter)
        if len(errors) == 1 and errors[0] is not None and not any(keys):
            if len(sent) != 1:
                raise errors[0]
            return list(items)
        return belonging(items, keys, sent, ordered, partial)

    def _sent(self, parameter: str) -> list[str]:
        name, *path = parameter.split(".")
        return texts(self._call.arguments.get(name), path)
