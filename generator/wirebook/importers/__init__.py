"""Beginnings of specs from what providers and tools hand out.

read     a file's text -> what was found in it, whatever its format
propose  what was found -> provider.yaml and vectors.yaml, valid as they are

Values of the input are never copied: they may be secrets, or belong to somebody.
"""

from .propose import Proposal, propose
from .read import Unreadable, read

__all__ = ["Proposal", "Unreadable", "propose", "read"]
