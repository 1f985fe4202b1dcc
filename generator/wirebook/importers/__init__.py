"""Beginnings of specs from what providers and tools hand out.

read     a file's text -> what was found in it, whatever its format
propose  what was found -> provider.yaml and vectors.yaml, valid as they are

Values of requests and replies may be secrets, or belong to somebody, and stay behind: only
their names, types and lengths are used.  Copied are words of tables and summaries, with what
looks like a credential struck out, and values that choose an operation (`action=send`).
"""

from .propose import Proposal, propose
from .read import Unreadable, read

__all__ = ["Proposal", "Unreadable", "propose", "read"]
