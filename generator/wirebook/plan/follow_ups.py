"""What follows an operation: the iteration over its pages, the wait for deliveries.

Both are planned twice: as a function of operations.py that says which calls there
will be, and as a method of the clients that performs them.
"""

from __future__ import annotations

from msgspec.structs import replace

from wirebook.code import Code, docstring, identifier, literal, sealed
from wirebook.derived import MOST, iterator_name
from wirebook.expression import Expression, awaited, call, lambda_, subscript, union
from wirebook.layout import Parameter, Return, signature, statements
from wirebook.model import Field, Model, Operation, Pages, Polling
from wirebook.prose import Prose, sentences

from .arguments import argument_parameter, choice
from .arguments import passed as _passed
from .documentation import argument_text
from .function import Function
from .module import Module
from .types import NONE, STR, element, may_be_absent, returned

MARKER = Parameter("*")
NOTHING = sealed("()")
TIMEOUT = 300
"""Seconds that a wait takes if the caller does not say."""
IDS = "Ids of the messages, as their submission returned them; any number of them."


# Pages


def iteration(module: Module, operation: Operation) -> Function:
    """`operations.iter_replies(…)`: how the list is asked for."""
    pages = _pages(operation)
    result = _result(module, operation)
    kind = subscript(
        module.floor("paging", "Pages"), result, _item(module, operation, pages)
    )
    told = {"token": pages.token, "link": pages.link}
    by_reply = pages.style in told
    given = {name: identifier(name) for name in _passed(operation)}
    others = {name for name in given if name != pages.parameter}
    position = "position_" if "position" in others else "position"
    if pages.parameter:
        given[pages.parameter] = identifier(position)
    else:
        position = "_"
    asked = call(operation.name, **given)
    made = call(
        "Pages",
        lambda_((position,), asked),
        _reading(module, operation, "page", pages.items, NOTHING),
        style=None if pages.style == "number" else literal(pages.style),
        first=None if by_reply else literal(pages.first),
        total=_maybe(module, operation, pages.total),
        pages=_maybe(module, operation, pages.pages),
        token=_maybe(module, operation, told.get(pages.style)),
    )
    parameters = _parameters(module, operation, pages.parameter)
    name = iterator_name(operation.name)
    return Function(
        signature(name, parameters, kind, 0),
        (
            docstring(["The pages of the list, asked for one after the other."], 1),
            *statements([Return(made)], 1),
        ),
    )


def iteration_method(
    module: Module, operation: Operation, asynchronous: bool
) -> Function:
    """`client.iter_replies(…)`: the items of all pages."""
    pages = _pages(operation)
    kind = "AsyncIterator" if asynchronous else "Iterator"
    found = subscript(
        module.imports.name("collections.abc", kind), _item(module, operation, pages)
    )
    limit = Parameter(MOST, union(identifier("int"), NONE), NONE)
    parameters = _parameters(module, operation, pages.parameter)
    parameters = [*(parameters or [MARKER]), limit]
    name = iterator_name(operation.name)
    names = [name for name in _passed(operation) if name != pages.parameter]
    module.sibling("operations")
    made = call(f"operations.{name}", **{n: identifier(n) for n in names})
    performed = call("self._core.iterate", made, identifier(MOST))
    heading = sentences(operation.summary) or operation.name.replace("_", " ")
    words = Prose(2).summary(f"{heading} Page by page, as one iteration.")
    use = "async for" if asynchronous else "for"
    words.paragraph(
        f"Pages of `{operation.name}`, each asked for when its first item is wanted:"
        f" nothing is sent before `{use}`, and nothing behind the item that it stops at."
    )
    arguments = [
        (field.name, argument_text(field))
        for field in operation.parameters
        if field.name in names
    ]
    words.section("Args", [*arguments, (MOST, "The largest number of items.")])
    words.section("Raises", [("Error", f"As `{operation.name}`.")])
    return Function(
        signature(name, [Parameter("self"), *parameters], found, 1),
        (docstring(words.text(), 2), *statements([Return(performed)], 2)),
    )


def _pages(operation: Operation) -> Pages:
    assert operation.pages is not None
    return operation.pages


def _item(module: Module, operation: Operation, pages: Pages) -> Expression:
    """The type of an item."""
    reply = operation.reply
    assert reply.returns is not None
    if not pages.items:
        return module.model_class(reply.returns)
    return element(module, _field(module, module.model(reply.returns), pages.items))


# Deliveries


def wait(module: Module, report: Operation, polling: Polling, name: str) -> Function:
    """`operations.wait_for_delivery(…)`: how to learn what became of messages."""
    result = _result(module, report)
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
        _reading(
            module, report, "answer", path, NOTHING, alone=_alone(module, report, path)
        ),
        _attribute("report", polling.item_id.rpartition(".")[2]),
        _attribute("report", "delivery_state"),
        most=literal(1000 if most is None else most),
        timeout=identifier("timeout"),
        interval=identifier("interval"),
    )
    return Function(
        signature(name, _wait_parameters(module, report, polling), kind, 0),
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
            [Parameter("self"), *_wait_parameters(module, report, polling)],
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
    return [name for name in _passed(report) if name != turned]


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
    return element(module, _field(module, model, path)), path


def _wait_parameters(
    module: Module, report: Operation, polling: Polling
) -> list[Parameter]:
    found = [MARKER]
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


# Both


def _parameters(module: Module, operation: Operation, without: str) -> list[Parameter]:
    found = [
        argument_parameter(module, field)
        for field in operation.parameters
        if field.name != without
    ]
    if operation.variants:
        keys = [variant.key for variant in operation.variants]
        found.append(choice(module, "variant", keys, keys[0]))
    return [MARKER, *found] if found else []


def _field(module: Module, model: Model, path: str) -> Field:
    head, _, rest = path.partition(".")
    field = next(field for field in model.fields if field.name == head)
    if not rest:
        return field
    assert field.model is not None
    return _field(module, module.model(field.model), rest)


def _result(module: Module, operation: Operation) -> Expression:
    """The type of a page or an answer that is there."""
    return returned(module, replace(operation.reply, optional=False))


def _maybe(module: Module, operation: Operation, path: str | None) -> Expression | None:
    return None if path is None else _reading(module, operation, "page", path, NONE)


def _alone(module: Module, report: Operation, path: str) -> bool:
    """Whether an answer has one report, and no list of them."""
    if not path:
        return not report.reply.list
    return _field(module, module.model(str(report.reply.returns)), path).list is None


def _reading(
    module: Module,
    operation: Operation,
    variable: str,
    path: str,
    absent: Code,
    *,
    alone: bool = False,
) -> Code:
    """`lambda page: page.data.records`, `absent` where the data may be.

    alone: what is found is made a list of itself.
    """
    name, reply = identifier(variable), operation.reply
    steps = path.split(".") if path else []
    found = str(name)
    missing: list[str] = []
    for index, step in enumerate(steps):
        found += f".{identifier(step)}"
        inner = ".".join(steps[: index + 1])
        last = index + 1 == len(steps) and not alone
        if not last and may_be_absent(
            _field(module, module.model(str(reply.returns)), inner)
        ):
            missing.append(f"{found} is None")
    if alone:
        found = f"({found},)"
    if missing:
        found = f"{absent} if {' or '.join(missing)} else {found}"
    return sealed(f"lambda {name}: {found}")


def _attribute(variable: str, name: str) -> Code:
    """`lambda report: report.id`."""
    one = identifier(variable)
    return sealed(f"lambda {one}: {one}.{identifier(name)}")
