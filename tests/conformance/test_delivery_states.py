"""The delivery states of the specs, as the generated enums and records tell them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from telecoms import DeliveryState, aisix, unified
from telecoms.onbuka import sms
from wirebook.load import load
from wirebook.model import Enumeration, Product, Provider

ROOT = Path(__file__).parents[2]
CASES = [
    pytest.param(provider, product, enum, id=f"{provider.id}-{enum.key}")
    for provider in load(ROOT / "specs", ROOT).providers
    for product in provider.products
    for enum in product.enums
    if any(value.state for value in enum.values)
]


@pytest.mark.parametrize(("provider", "product", "enum"), CASES)
def test_enum(provider: Provider, product: Product, enum: Enumeration) -> None:
    home = f".{product.key}" if product.key else ""
    module = import_module(f"telecoms.{provider.id}{home}.enums")
    made = getattr(module, enum.class_name)

    assert len(enum.values) == len(made)
    for value in enum.values:
        expected = DeliveryState(value.state or "unknown")
        assert made[value.name].delivery_state is expected


def aisix_report(
    state: aisix.MessageState | str, word: aisix.OperatorReturn | str
) -> aisix.DeliveryReport:
    return aisix.DeliveryReport(
        sequence="1", message_id="2", recipient="3", state=state, operator_return=word
    )


def test_two_values_of_one_report_speak_together() -> None:
    failed = aisix.MessageState.FAILED
    report = aisix_report(failed, aisix.OperatorReturn.EXPIRED)
    assert report.delivery_state is DeliveryState.EXPIRED
    assert report.state is failed
    report = aisix_report(failed, "DTNEW")
    assert report.delivery_state is DeliveryState.FAILED
    report = aisix_report(aisix.MessageState.UNKNOWN, aisix.OperatorReturn.ACCEPTED)
    assert report.delivery_state is DeliveryState.ACCEPTED
    assert not report.delivery_state.is_final


def test_a_pushed_status_that_is_not_listed_is_a_failure() -> None:
    push = (
        b'{"appId":"a","msgid":"1","mobile":"2","status":%s,"timestamp":1629801177192}'
    )
    read = sms.callbacks.parse_delivery_report
    assert read(body=push % b"0").delivery_state is DeliveryState.DELIVERED
    assert read(body=push % b'"0"').delivery_state is DeliveryState.DELIVERED
    refused = read(body=push % b"1042")
    assert refused.state == "1042"
    assert refused.delivery_state is DeliveryState.FAILED


def test_a_word_that_no_page_lists_says_nothing() -> None:
    query = "sMessageId=1&sMobileNo=2&sStatus=%s"
    read = unified.callbacks.parse_delivery_report
    assert read(query=query % "ENROUTE").delivery_state is DeliveryState.ENROUTE
    assert read(query=query % "ACCEPTD").delivery_state is DeliveryState.ACCEPTED
    assert read(query=query % "NEWWORD").delivery_state is DeliveryState.UNKNOWN
