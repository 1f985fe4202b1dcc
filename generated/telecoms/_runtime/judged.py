"""A reply, judged before it is believed.

Two things can say that a call failed: the status inside the body and the HTTP status.
The body knows better, so where it carries a status, that decides. A success in the
body of a failed HTTP exchange is a contradiction and proves nothing about what was
submitted. Without a status in the body, the HTTP status decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .content import Content
from .echo import Echo
from .errors import Excerpt, ProviderError, UnreadableReply
from .secret import Secret, scrub
from .status import Does, Row, Submitted, Table
from .transport import Response
from .tree import DecodeProblem
from .verdict import refusal

if TYPE_CHECKING:
    from .call import Call


class Judged(Content):
    """A reply and its verdict.

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

    def allow(self, *http: int) -> None:
        """These HTTP statuses belong to the shape that is being read."""
        self._allowed.update(http)

    @property
    def http_code(self) -> str:
        """The HTTP status as a code for `judge`."""
        return str(self.http_status)

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
