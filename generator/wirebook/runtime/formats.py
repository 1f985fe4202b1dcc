"""The bytes of a reply to a tree, one function for each declared format.

All are strict, work in linear time, and raise FormatProblem without quoting the
reply.
"""

from __future__ import annotations

from .json_format import json_tree
from .octets import text_of
from .text_formats import (
    csv_tree,
    delimited_tree,
    empty_tree,
    pairs_tree,
    sentence_tree,
    text_tree,
)
from .tree import FormatProblem, Tree
from .xml_format import xml_root, xml_tree

__all__ = [
    "FormatProblem",
    "Tree",
    "csv_tree",
    "delimited_tree",
    "empty_tree",
    "json_tree",
    "pairs_tree",
    "sentence_tree",
    "text_of",
    "text_tree",
    "xml_root",
    "xml_tree",
]
