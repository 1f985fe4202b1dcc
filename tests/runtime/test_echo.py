"""What a reply repeats of the request, and what only looks like it."""

import pytest

from wirebook.runtime.draft import Draft
from wirebook.runtime.echo import Echo
from wirebook.runtime.request import Place
from wirebook.runtime.secret import Secret


@pytest.mark.parametrize(
    ("sent", "words", "shown"),
    [
        ("limit", "RequestLimitExceeded", "RequestLimitExceeded"),
        ("limit", "no limit, no Limit", "no ***, no ***"),
        ("limit", "daily_limit=4", "daily_***=4"),
        ("4915112345678", "+4915112345678x", "+***x"),
        ("grüß", "grüße", "***e"),
        ("a text that goes on and on", "xa text that goes on", "x***"),
    ],
)
def test_a_word_is_struck_alone_and_all_else_anywhere(sent, words, shown):
    draft = Draft("POST", "/send", Place.FORM)
    draft.add("mark", sent)
    assert Echo(draft, []).struck(words) == shown


def test_a_secret_is_struck_anywhere():
    draft = Draft("POST", "/send", Place.FORM)
    draft.add("mark", "limit")
    assert Echo(draft, [Secret("limit")]).struck("RequestLimits") == "Request***s"
