"""The inbox in a real browser: a client sends, a person answers, the client reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from telecoms import aisix
from tests.support.browser import CHROMIUM, Browser
from wirebook.testing import Simulation

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine"),
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    found = Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


@pytest.fixture
def page(browser: Browser, simulator: Simulation) -> Iterator[Browser]:
    browser.problems.clear()
    browser.size(1280, 860)
    browser.open(simulator.url + "/")
    browser.until("document.querySelector('#live').classList.contains('on')")
    yield browser
    assert browser.problems == []


def send(simulator: Simulation, text: str, phone: str = "18100002707") -> str:
    with aisix.Client(**simulator.client("aisix")) as client:
        return client.send_once(
            channel_group="1", content=text, recipients=[phone]
        ).message_id


def test_send_see_answer_receive(page: Browser, simulator: Simulation) -> None:
    assert "No messages yet" in page.text("#list")
    send(simulator, "Shall we meet?")
    page.until("document.querySelector('.row')?.innerText.includes('Shall we meet?')")
    page.click(".row")
    page.until("document.querySelector('#thread')?.innerText.includes('Shall we')")
    page.run("document.querySelector('#answer').focus()")
    page.type("Yes, at eight <b>sharp</b>")
    page.press("Enter")
    page.until("document.querySelectorAll('#thread li').length === 2")
    assert "Yes, at eight <b>sharp</b>" in page.text("#thread .sent")
    with aisix.Client(**simulator.client("aisix")) as client:
        [answer] = client.get_reply()
    assert answer.content == "Yes, at eight <b>sharp</b>"


def test_mark_as_failed(page: Browser, simulator: Simulation) -> None:
    sent = send(simulator, "Are you there?")
    page.click(".row")
    page.click("[data-state=failed]")
    page.until("document.querySelector('.heading .state')?.innerText === 'failed'")
    with aisix.Client(**simulator.client("aisix")) as client:
        [report] = client.get_send_state()
    assert (report.message_id, report.state) == (sent, aisix.MessageState.FAILED)


def test_a_refusal_is_explained_and_secrets_stay_masked(
    page: Browser, simulator: Simulation
) -> None:
    arguments = simulator.client("aisix")
    secret = arguments["authkey"]
    arguments["authkey"] = "0" * 32
    with (
        aisix.Client(**arguments) as client,
        pytest.raises(aisix.InvalidCredentialsError),
    ):
        client.send_once(channel_group="1", content="hi", recipients=["18100002707"])
    send(simulator, "with the right key")
    page.until("document.querySelectorAll('.row').length === 2")
    page.click(".row.refused")
    page.until("document.querySelector('.why')")
    assert "authkey is not the authkey of this account" in page.text(".why")
    message, call = simulator.messages()[-1].number, simulator.calls()[-1].number
    for tab in ("messages", "calls", "connect", "scenarios"):
        page.open(f"{simulator.url}/?tab={tab}&message={message}&exchange={call}")
        assert secret not in page.run("document.documentElement.outerHTML")
        assert "••••••" in page.text() or tab == "scenarios"


def test_search_and_keys(page: Browser, simulator: Simulation) -> None:
    for word in ("apple", "banana", "cherry"):
        send(simulator, word)
    page.until("document.querySelectorAll('.row').length === 3")
    page.press("j")
    page.until("document.querySelector('.heading + .columns')")
    assert "cherry" in page.text("#thread .now")
    page.press("j")
    page.until("document.querySelector('#thread .now')?.innerText.includes('banana')")
    page.press("/")
    page.type("apple")
    page.until("document.querySelectorAll('.row').length === 1")
    assert page.run("document.activeElement.id") == "search"
    assert page.run("document.activeElement.value") == "apple"
    page.press("Escape")
    page.press("Escape")
    page.until("!location.search.includes('message=')")


def test_what_is_typed_survives_live_updates(
    page: Browser, simulator: Simulation
) -> None:
    send(simulator, "first")
    page.click(".row")
    page.until("document.querySelector('#answer')")
    page.run("document.querySelector('#answer').focus()")
    page.type("half a sen")
    send(simulator, "second")
    page.until("document.querySelectorAll('.row').length === 2")
    page.type("tence")
    assert page.run("document.querySelector('#answer').value") == "half a sentence"


def test_a_scenario_is_made_and_removed(page: Browser, simulator: Simulation) -> None:
    page.open(simulator.url + "/?tab=scenarios")
    page.run("document.querySelector('[name=status]').focus()")
    page.type("BALANCE_TOO_LOW")
    page.click(".make button")
    page.until("document.querySelectorAll('.rules li').length === 1")
    with pytest.raises(aisix.InsufficientBalanceError):
        send(simulator, "no money")
    page.click(".rules button")
    page.until("!document.querySelector('.rules')")
    send(simulator, "money again")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_narrow_screens_and_contrast(
    page: Browser, simulator: Simulation, tmp_path: Path, dark: bool
) -> None:
    send(simulator, "hello")
    page.size(360, 740, dark=dark)
    page.open(simulator.url + "/")
    assert page.run("document.documentElement.scrollWidth <= innerWidth")
    page.click(".row")
    page.until("getComputedStyle(document.querySelector('#list')).display === 'none'")
    assert page.run("document.documentElement.scrollWidth <= innerWidth")
    pairs = "[['--ink','--paper'],['--soft','--paper'],['--good','--good-back'],"
    pairs += "['--bad','--bad-back'],['--wait','--wait-back'],['--soft','--ground']]"
    least = page.run(f"""(() => {{
        const style = getComputedStyle(document.documentElement);
        const light = (name) => {{
          let hex = style.getPropertyValue(name).trim().slice(1);
          if (hex.length === 3) hex = [...hex].map((c) => c + c).join('');
          const [r, g, b] = [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
            .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        }};
        return Math.min(...{pairs}.map(([a, b]) => {{
          const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
          return (x + 0.05) / (y + 0.05);
        }}));
        }})()""")
    assert least >= 4.5, "text must stand out as WCAG AA asks"
