"""What a provider has judged item by item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from typing import TYPE_CHECKING, Generic, TypeVar, cast, overload

from .record import masked
from .status import Submitted

if TYPE_CHECKING:
    from .errors import ProviderError

T_co = TypeVar("T_co", covariant=True)


class Results(Sequence[T_co], Generic[T_co]):
    """The results of a call that the provider judged item by item.

    errors: parallel to the items, None where an item was accepted.
    recipients: parallel to the items, as the caller has given them; None where the
        reply does not say whose an item is.
    operation, parameter: the call, and the name of its parameter for recipients.
    """

    __slots__ = ("_items", "_errors", "_recipients", "operation", "parameter")

    def __init__(
        self,
        items: Iterable[T_co],
        errors: Iterable[ProviderError | None] = (),
        recipients: Iterable[str | None] = (),
        *,
        operation: str | None = None,
        parameter: str | None = None,
    ) -> None:
        self._items = tuple(items)
        self._errors = tuple(errors) or (None,) * len(self._items)
        self._recipients = tuple(recipients) or (None,) * len(self._items)
        self.operation = operation
        self.parameter = parameter
        if not len(self._items) == len(self._errors) == len(self._recipients):
            raise ValueError("Results: as many errors as items are needed")

    @property
    def errors(self) -> list[ProviderError | None]:
        """For each item the error that its status stands for, or None."""
        return list(self._errors)

    @property
    def accepted(self) -> list[T_co]:
        """The items that the provider took."""
        return [
            item
            for item, error in zip(self._items, self._errors, strict=True)
            if error is None
        ]

    @property
    def rejected(self) -> list[T_co]:
        """The items that the provider refused."""
        return [
            item
            for item, error in zip(self._items, self._errors, strict=True)
            if error is not None
        ]

    @property
    def resendable(self) -> list[str]:
        """The recipients to whom the same may be sent again: refused, with the proof
        that nothing was submitted. Whoever else stands in the call is none of them."""
        again: dict[str, None] = {}
        others: set[str] = set()
        for recipient, error in zip(self._recipients, self._errors, strict=True):
            if recipient is not None:
                if error is not None and error.submitted is Submitted.NO:
                    again[recipient] = None
                else:
                    others.add(recipient)
        return [recipient for recipient in again if recipient not in others]

    def masked(self) -> Results[T_co]:
        """What may leave the process inside of an error: without recipients, and with
        the fields masked that a repr masks. Nothing of it is resendable."""
        return Results(
            [masked(item) for item in self._items],
            self._errors,
            operation=self.operation,
            parameter=self.parameter,
        )

    def raise_for_status(self) -> None:
        """Raise the error of the first refused item; its `results` are these."""
        for error in self._errors:
            if error is not None:
                # A copy, so that the error does not hold itself through its results.
                raised = copy(error)
                raised.results = self
                raise raised

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> Results[T_co]: ...
    def __getitem__(self, index: int | slice) -> T_co | Results[T_co]:
        if isinstance(index, slice):
            return Results(
                self._items[index],
                self._errors[index],
                self._recipients[index],
                operation=self.operation,
                parameter=self.parameter,
            )
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Results):
            return self._items == cast("Results[object]", other)._items
        if isinstance(other, (list, tuple)):
            return self._items == tuple(cast("Iterable[object]", other))
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._items)

    def __repr__(self) -> str:
        return f"Results({list(self._items)!r}, rejected={len(self.rejected)})"
