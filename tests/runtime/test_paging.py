"""The calls of an iteration, without a network: numbers, offsets and tokens."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from wirebook.runtime.call import Call, Operation
from wirebook.runtime.draft import Draft
from wirebook.runtime.errors import UnreadableReply
from wirebook.runtime.paging import Course, Pages
from wirebook.runtime.request import Place
from wirebook.runtime.status import Does

LIST = Operation("acme.list", does=Does.READS)


class Page(NamedTuple):
    items: tuple[int, ...]
    token: str | None = None
    total: int | None = None
    pages: int | None = None


def ask(position: Any) -> Call[Page]:
    draft = Draft("GET", "/list", Place.QUERY)
    return Call(LIST, draft, lambda reply: Page(()), position=position)


def positions(course: Course[Page, int], *pages: Page) -> list[Any]:
    """Where each page was asked for; the course must end with the last one."""
    found: list[Any] = []
    for page in pages:
        assert course.call is not None
        found.append(course.call.arguments["position"])
        course.turn(page)
    assert course.call is None
    return found


def items(page: Page) -> tuple[int, ...]:
    return page.items


def test_tokens_are_followed_and_an_empty_page_is_not_the_end() -> None:
    pages = Pages(ask, items, style="token", token=lambda page: page.token)
    turned = (Page((1,), "a"), Page((), "b"), Page((2,), ""))
    assert positions(pages.course(), *turned) == [None, "a", "b"]


def test_a_token_that_stands_still() -> None:
    pages = Pages(ask, items, style="token", token=lambda page: page.token)
    course = pages.course()
    course.turn(Page((1,), "a"))
    with pytest.raises(UnreadableReply, match=r"acme\.list: the list does not end"):
        course.turn(Page((2,), "a"))


def test_offsets_end_with_the_total() -> None:
    pages = Pages(ask, items, style="offset", first=0, total=lambda page: page.total)
    turned = (Page((1, 2), total=3), Page((3,), total=3))
    assert positions(pages.course(), *turned) == [0, 2]


@pytest.mark.parametrize("first", [0, 1])
def test_numbers_end_with_the_count_of_pages(first: int) -> None:
    pages = Pages(ask, items, first=first, pages=lambda page: page.pages)
    turned = (Page((1,), pages=2), Page((2,), pages=2))
    assert positions(pages.course(), *turned) == [first, first + 1]


def test_numbers_without_any_count_end_with_an_empty_page() -> None:
    turned = (Page((1,)), Page((2,)), Page(()))
    assert positions(Pages(ask, items, first=1).course(), *turned) == [1, 2, 3]


def test_a_reply_without_a_page_ends_the_list() -> None:
    course = Pages(ask, items, first=1).course()
    assert course.turn(Page((1,))) == [1]
    assert course.turn(None) == []
    assert course.call is None


def test_courses_are_independent() -> None:
    pages = Pages(ask, items, first=1)
    one = pages.course(1)
    assert one.turn(Page((1, 2, 3))) == [1]
    assert one.call is None
    assert pages.course().call is pages.call
