"""A reply, judged before it is believed.

Two things can say that a call failed: the status inside the body and the HTTP status.
The body knows better, so where it carries a status, that decides. A success in the
body of a failed HTTP exchange is a contradiction and proves nothing about what was
submitted. Without a status in the body, the HTTP status decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from . import formats
from .belonging import belonging, owners, texts
from .content import Content
from .echo import Echo
from .errors import Error, Excerpt, ProviderError, UnreadableReply
from .results import Results
from .secret import Secret, scrub
from .status import Does, Row, Submitted, Table
from .transport import Response
from .tree import DecodeProblem, ReplyProblem, Tree, find
from .verdict import refusal, strictest

if TYPE_CHECKING:
    from .call import Call

T = TypeVar("T")


class Reply(Content):
    """What a reader gets: the reply, and the ways to judge and read it.

    `row` is the row of the status table that refused the reply, if one did.
    """

    __slots__ = (
        "http_status",
        "row",
        "wait",
        "_allowed",
        "_attempt",
        "_call",
        "_echo",
        "_judged",
        "_late",
        "_rows",
        "_secrets",
    )

    def __init__(
        self,
        call: Call[Any],
        response: Response,
        attempt: int = 1,
        secrets: Iterable[Secret] = (),
    ) -> None:
        self.http_status = response.status
        super().__init__(response)
        self.row: Row | None = None
        self.wait: float | None = None
        self._allowed: set[int] = set()
        self._attempt = attempt
        self._call = call
        self._echo: Echo | None = None
        self._judged = False
        self._late = False
        self._rows: list[Row | None] = []
        self._secrets = tuple(secrets)

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

    # Which shape it has.

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

    def allow(self, *http: int) -> None:
        """These HTTP statuses belong to the shape that is being read."""
        self._allowed.update(http)

    @property
    def http_code(self) -> str:
        """The HTTP status as a code for `judge`."""
        return str(self.http_status)

    # What it says.

    def expect(self, tree: Tree, path: str, constant: str) -> None:
        """The reply must say that it answers this very operation."""
        found = find(tree, path)
        if not isinstance(found, (str, int)) or str(found) != constant:
            raise DecodeProblem(path, f"{constant!r} expected")

    def judge(
        self,
        code: str | None,
        message: str | None = None,
        *,
        absent_is_success: bool = False,
        http: bool = False,
        wait: Decimal | None = None,
    ) -> None:
        """Return for a success, raise for anything else.

        code: the status as the body (or `http_code`) says it, None where it says
        nothing.  message: the provider's own words.  http: where the body says
        nothing, the HTTP status is the status, in its own table.  wait: seconds that
        the body asks to wait before a repetition.

        Raises:
            ProviderError: the code is no success; the provider's OutcomeUnknownError
                where something may have been submitted all the same.
            UnreadableReply: success in the body, failure in HTTP.
        """
        self.wait = None if wait is None else float(wait)
        table = self._call.operation.table
        if code is None and http:
            self._judge_by_http(message)
            return
        if code is None or table is None:
            self._judge_http(message)
            if code is None and not absent_is_success:
                raise DecodeProblem("", "no status")
            self._judged = True
            return
        if self._is_success(table, code):
            if code == self.http_code:
                self.allow(self.http_status)
            elif not self._http_ok and self._call.operation.does is not Does.READS:
                raise self.unbelievable(
                    f"the body says success, HTTP says {self.http_status}",
                    reason="contradiction",
                )
        else:
            row = table.row(code)
            self._late = row is not None and row.success_on_retry and self._attempt > 1
            if row is None:
                # The table does not know it; perhaps the HTTP status is known.
                self._judge_known_http(message)
            if not self._late:
                raise self._refusal(table, code, message)
        self._judged = True

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

    # Errors.

    def unbelievable(
        self,
        words: str,
        reason: str = "reply",
        kind: type[UnreadableReply] | None = None,
    ) -> UnreadableReply:
        """The error of a reply that cannot be read or must not be believed."""
        operation = self._call.operation
        submitted = Submitted.MAYBE
        if operation.does is Does.READS:
            submitted = Submitted.NO
        elif self._late:
            submitted = Submitted.YES
            words = f"an earlier attempt has succeeded, its result is lost ({words})"
        return (kind or UnreadableReply)(
            words,
            operation=operation.id,
            submitted=submitted,
            reason=reason,
            attempts=self._attempt,
            reply=self.excerpt,
        )

    @property
    def excerpt(self) -> Excerpt:
        """What can be shown of the reply."""
        body = self.response.body
        words = self.struck(body[:2048].decode("utf-8", "replace"))
        return Excerpt(
            http_status=self.http_status or None,
            media_type=self.media_type,
            size=len(body),
            beginning=scrub(words),
        )

    @property
    def _http_ok(self) -> bool:
        return 200 <= self.http_status < 300 or self.http_status in self._allowed

    def _settle(self) -> None:
        """A body without a status is as good as its HTTP status."""
        if not self._judged:
            self._judge_http(None)

    def _is_success(self, table: Table[Any], code: str) -> bool:
        if not table.is_success(code):
            return False
        documented = self._call.operation.documented
        # Where the operation's page lists its successes, no other is one.
        return table.code(code) in documented or not any(
            table.is_success(other) for other in documented
        )

    def _judge_by_http(self, message: str | None) -> None:
        """Judge a shape whose status is the HTTP status."""
        table = self._call.operation.http_table
        code = self.http_code
        if table is None:
            raise DecodeProblem("", "no table for the HTTP status")
        listed = table.row(code) is not None
        if not table.is_success(code) and (listed or self.http_status >= 300):
            raise self._refusal(table, code, message)
        self.allow(self.http_status)
        self._judged = True

    def _judge_known_http(self, message: str | None) -> None:
        table = self._call.operation.http_table
        if not self._http_ok and table is not None and table.row(self.http_code):
            raise self._refusal(table, self.http_code, message)

    def _judge_http(self, message: str | None) -> None:
        if self._http_ok:
            return
        table = self._call.operation.http_table
        if table is None:
            raise self.unbelievable(f"HTTP {self.http_status}", reason="http")
        if not table.is_success(self.http_code):
            raise self._refusal(table, self.http_code, message)

    def _refusal(
        self, table: Table[Any], code: str, message: str | None
    ) -> ProviderError:
        if table.row(code) is None:
            code = self.struck(code)
        error, self.row = refusal(
            self._call.operation,
            table,
            code,
            message=self.struck(message or ""),
            http_status=self.http_status,
            attempt=self._attempt,
        )
        return error

    def struck(self, words: str) -> str:
        """Words of the provider without what they repeat of the request."""
        if not words:
            return words
        if self._echo is None:
            self._echo = Echo(self._call.draft, self._secrets)
        return self._echo.struck(words)
