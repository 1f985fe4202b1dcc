"""Functions, as templates write them."""

from __future__ import annotations

from msgspec import Struct

from wirebook.code import Code


class Function(Struct, frozen=True):
    """A function of a module, or a method or property of a class.

    Signature and body are laid out for the depth at which the template puts them.
    """

    signature: Code
    body: tuple[Code, ...]
    """Statements; where there is a docstring, it is the first of them."""
