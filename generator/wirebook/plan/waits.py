"""Waits for deliveries: which questions there will be, and the method that asks them.

Planned twice: as a function of operations.py that says how to ask, and as a method of
the clients that does.
"""

from __future__ import annotations

from wirebook.code import Code, docstring, identifier, literal, sealed
from wirebook.derived import iterator_name
from wirebook.expression import Expression, awaited, call, lambda_, subscript
from wirebook.layout import Parameter, Return, signature, statements
from wirebook.model import Field, Operation, Polling
from wirebook.prose import Prose

from .arguments import argument_parameter, choice, passed
from .documentation import argument_text
from .function import Function
from .module import Module
from .paths import NOTHING, field_at, reading, result_of
from .types import STR, element

TIMEOUT = 300
"""Seconds that a wait takes if the caller does not say."""


IDS = "Ids of the messages, as their submission returned them; any number of them."


def wait(module: Module, report: Operation, polling: Polling, name: str) -> Function:
    """`operations.wait_for_delivery(…)`: how to learn what became of messages."""
    result = result_of(module, report)
    item, path = _items(module, report, polling)
    kind = subscript(module.floor("waiting", "Watch"), result, item)
    ids = _ids(report, polling)
    batch = identifier("ids")
    paged = report.pages is not None
    given: dict[str, Expression] = {n: identifier(n) for n in _waiting(report)}
    given[ids.name] = batch if ids.list else subscript("ids", literal(0))
    most = ids.list.max_items if ids.list is not None else 1
    made = call(
        "Watch",
        literal(ids.name),
        identifier(ids.name),
        lambda_(
            ("ids",),
            call(iterator_name(report.name) if paged else report.name, **given),
        ),
        reading(
            module,
            report,
            "answer",
            path,
            NOTHING,
            alone=_alone(module, report, path),
        ),
        _attribute("report", polling.item_id.rpartition(".")[2]),
        _attribute("report", "delivery_state"),
        most=literal(1000 if most is None else most),
        timeout=identifier("timeout"),
        interval=identifier("interval"),
    )
    return Function(
        signature(name, _parameters(module, report, polling), kind, 0),
        (
            docstring(["What became of messages, asked until it is final."], 1),
            *statements([Return(made)], 1),
        ),
    )


def wait_method(
    module: Module, report: Operation, polling: Polling, name: str, asynchronous: bool
) -> Function:
    """`client.wait_for_delivery(…)`: the reports, once all states are final."""
    item, _ = _items(module, report, polling)
    names = [*_waiting(report), "timeout", "interval"]
    module.sibling("operations")
    made = call(f"operations.{name}", **{n: identifier(n) for n in names})
    watched = call("self._core.watch", made)
    words = Prose(2).summary("Wait until it is known what became of messages.")
    words.paragraph(
        f"Asks `{report.name}` now and then, about those that have no final state yet:"
        " delivered, failed, expired or rejected. What passes (a lost answer, too many"
        " calls) is waited out."
    )
    arguments = [
        (
            field.name,
            IDS if field.name == polling.id_parameter else argument_text(field),
        )
        for field in report.parameters
        if field.name in names
    ]
    arguments.append(("timeout", "In s. No further question is asked after it."))
    arguments.append(
        (
            "interval",
            "In s. The time between the first two questions; it grows to a minute,"
            " and is jittered.",
        )
    )
    words.section("Args", arguments)
    words.section("Returns", [("", "A report of each message, in the order of ids.")])
    words.section(
        "Raises",
        [
            ("DeliveryPending", "Some had no final state in time; it has the reports."),
            ("Error", f"As `{report.name}`."),
        ],
    )
    return Function(
        signature(
            name,
            [Parameter("self"), *_parameters(module, report, polling)],
            subscript("list", item),
            1,
            "async def" if asynchronous else "def",
        ),
        (
            docstring(words.text(), 2),
            *statements([Return(awaited(watched) if asynchronous else watched)], 2),
        ),
    )


def _waiting(report: Operation) -> list[str]:
    """What a caller says once; the pages are turned for him."""
    turned = report.pages.parameter if report.pages else ""
    return [name for name in passed(report) if name != turned]


def _ids(report: Operation, polling: Polling) -> Field:
    return next(f for f in report.parameters if f.name == polling.id_parameter)


def _items(
    module: Module, report: Operation, polling: Polling
) -> tuple[Expression, str]:
    """The type of one report, and where reports stand in an answer."""
    path = polling.item_id.rpartition(".")[0]
    assert report.reply.returns is not None
    if not path:
        return module.model_class(report.reply.returns), ""
    model = module.model(report.reply.returns)
    return element(module, field_at(module, model, path)), path


def _parameters(module: Module, report: Operation, polling: Polling) -> list[Parameter]:
    found = [Parameter("*")]
    names = _waiting(report)
    for field in report.parameters:
        if field.name not in names:
            continue
        if field.name == polling.id_parameter and field.list is None:
            sequence = module.imports.name("collections.abc", "Sequence")
            found.append(Parameter(field.name, subscript(sequence, STR)))
        else:
            found.append(argument_parameter(module, field))
    if report.variants:
        keys = [variant.key for variant in report.variants]
        found.append(choice(module, "variant", keys, keys[0]))
    number = identifier("float")
    found.append(Parameter("timeout", number, literal(TIMEOUT)))
    return [*found, Parameter("interval", number, literal(polling.interval))]


def _alone(module: Module, report: Operation, path: str) -> bool:
    """Whether an answer has one report, and no list of them."""
    if not path:
        return not report.reply.list
    return field_at(module, module.model(str(report.reply.returns)), path).list is None


def _attribute(variable: str, name: str) -> Code:
    """`lambda report: report.id`."""
    one = identifier(variable)
    return sealed(f"lambda {one}: {one}.{identifier(name)}")
