"""Lists that come in pages: the calls of an iteration, without performing them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from .call import Call
from .errors import InvalidArgument, UnreadableReply
from .status import Submitted

P = TypeVar("P")
T = TypeVar("T")

MOST_PAGES = 10_000
"""Pages of one iteration: a provider that ignores the page asked for never ends."""


class Pages(Generic[P, T]):
    """How a list is asked for, page by page.

    ask: makes the call for a position: the number of a page, the index of an item,
        or the token that the page before named (None for the first one, and for
        links, which have no position).
    items: the items of a page.
    style: `number`, `offset`, `token` or `link`.
    first: the position of the first page.
    total: the number of all items, where a page tells.
    pages: the number of all pages, where a page tells.
    token: the position of the next page, or its URL, nothing on the last one.

    The first call is made at once, so that a wrong argument shows before anything is
    iterated; nothing is sent.
    """

    __slots__ = ("ask", "items", "style", "first", "total", "pages", "token", "call")

    def __init__(
        self,
        # Any: a number or a token, as the operation's own parameter has it.
        ask: Callable[[Any], Call[P | None]],
        items: Callable[[P], Iterable[T]],
        *,
        style: str = "number",
        first: int | None = None,
        total: Callable[[P], int | None] | None = None,
        pages: Callable[[P], int | None] | None = None,
        token: Callable[[P], object] | None = None,
    ) -> None:
        self.ask = ask
        self.items = items
        self.style = style
        self.first = first
        self.total = total
        self.pages = pages
        self.token = token
        self.call = ask(first)

    def course(self, most: int | None = None) -> Course[P, T]:
        """One iteration, over at most `most` items."""
        if most is not None and most < 0:
            words = "max_items: 0 or more expected"
            raise InvalidArgument(words, parameter="max_items")
        return Course(self, most)


class Course(Generic[P, T]):
    """One iteration: `call` is to be performed next, None at the end."""

    __slots__ = ("_of", "_most", "_position", "_seen", "_turned", "call")

    def __init__(self, pages: Pages[P, T], most: int | None) -> None:
        self._of = pages
        self._most = most
        self._position: Any = pages.first
        self._seen = 0
        self._turned = 0
        self.call: Call[P | None] | None = None if most == 0 else pages.call

    def turn(self, page: P | None) -> list[T]:
        """The items of the page that came; `call` moves on to the next one.

        A reply without a page ends the list.
        """
        if page is None:
            self.call = None
            return []
        items = list(self._of.items(page))
        if self._most is not None:
            items = items[: self._most - self._seen]
        self._seen += len(items)
        self._turned += 1
        following = None
        if self._most is None or self._seen < self._most:
            following = self._following(page, len(items))
        if following is None:
            self.call = None
        elif following == self._position or self._turned == MOST_PAGES:
            raise UnreadableReply(
                f"the list does not end: {self._turned} pages so far",
                operation=self._of.call.operation.id,
                submitted=Submitted.NO,
                reason="pages",
            )
        else:
            self._position = following
            self.call = self._ask(following)
        return items

    def _ask(self, following: object) -> Call[P | None]:
        if self._of.style != "link":
            return self._of.ask(following)
        query = urlsplit(str(following)).query
        if not query:
            raise UnreadableReply(
                "the link to the next page has no query",
                operation=self._of.call.operation.id,
                submitted=Submitted.NO,
                reason="pages",
            )
        return self._of.call.asking(query)

    def _following(self, page: P, count: int) -> object:
        """The position of the next page, None where there is none."""
        of = self._of
        if of.token is not None:
            return of.token(page) or None
        if not count:
            return None
        total = of.total(page) if of.total is not None else None
        if total is not None and self._seen >= total:
            return None
        if of.style == "offset":
            return self._position + count
        pages = of.pages(page) if of.pages is not None else None
        # The first page may be called 0.
        if pages is not None and self._turned >= pages:
            return None
        return self._position + 1
