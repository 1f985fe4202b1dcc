"""What clients offer beside the operations, and the names that it gets."""

from __future__ import annotations

from collections.abc import Iterator

from wirebook.model import Operation, Polling, Product

LISTING = ("get_", "list_", "fetch_", "find_", "query_", "read_", "search_")
"""Beginnings of names that say no more than that something is read."""

WAIT = "wait_for_delivery"
MOST = "max_items"
"""The argument of iterations that ends them."""
COUNT = "count_segments"


def iterator_name(operation: str) -> str:
    """`list_tasks` and `get_tasks` -> `iter_tasks`, `calls` -> `iter_calls`."""
    for verb in LISTING:
        if operation.startswith(verb) and operation != verb:
            return f"iter_{operation.removeprefix(verb)}"
    return f"iter_{operation}"


def waits(product: Product) -> Iterator[tuple[Operation, Polling, str]]:
    """The reports of a product that may be asked again and again: the operation, how
    it is asked, and the name of the wait.

    A single one is `wait_for_delivery`; of several each names its operation too.
    """
    known = {operation.id: operation for operation in product.operations}
    found: dict[str, Polling] = {}
    for operation in product.operations:
        polling = operation.polling
        if polling is not None and polling.safe and polling.id_parameter is not None:
            found.setdefault(polling.operation, polling)
    reports = [(known[id], polling) for id, polling in found.items() if id in known]
    for report, polling in reports:
        yield report, polling, WAIT if len(reports) == 1 else f"{WAIT}_by_{report.name}"


def offered(product: Product) -> Iterator[str]:
    """The names of everything here."""
    for operation in product.operations:
        if operation.pages is not None:
            yield iterator_name(operation.name)
    for _, _, name in waits(product):
        yield name
    if product.segments:
        yield COUNT
