"""What YAML's parser complains about, in plain words.

libyaml and PyYAML's own parser word the same complaint differently; the table
below knows both by the part that they share.
"""

from __future__ import annotations

import yaml
from msgspec import Struct

from wirebook.explain import Explanation
from wirebook.model.place import Where
from wirebook.problem import Problem, error

RULE = "yaml-syntax"


class _Complaint(Struct, frozen=True):
    """`context` and `problem` are parts of the parser's words."""

    context: str
    problem: str
    message: str
    hint: str
    at_context: bool = False
    """Report where the construct opens, not where the parser gave up."""
    nearby: str = ""
    """The message where it gave up in the line of the opening: then that is the place."""


_QUOTE = "put the whole text in quotes"

_COMPLAINTS = (
    _Complaint(
        "quoted scalar",
        "unexpected end of stream",
        "a quote is opened here and never closed",
        "close it; inside single quotes a quote is written twice: 'it''s'",
        at_context=True,
    ),
    _Complaint(
        "quoted scalar",
        "document separator",
        "a quote is opened here and never closed",
        "close it; inside single quotes a quote is written twice: 'it''s'",
        at_context=True,
    ),
    _Complaint(
        "double-quoted scalar",
        "escape",
        "a backslash is followed by no escape that YAML knows",
        "write \\\\ for a backslash, or use single quotes, where it means itself",
    ),
    _Complaint(
        "quoted scalar",
        "escape",
        "a backslash is followed by no escape that YAML knows",
        "write \\\\ for a backslash, or use single quotes, where it means itself",
    ),
    _Complaint(
        "double-quoted scalar",
        "hexadecimal",
        "an escape has too few hexadecimal digits",
        "write \\x and two digits, \\u and four, or \\U and eight",
    ),
    _Complaint(
        "quoted scalar",
        "hexadecimal",
        "an escape has too few hexadecimal digits",
        "write \\x and two digits, \\u and four, or \\U and eight",
    ),
    _Complaint(
        "flow mapping",
        "'}'",
        "this { is not followed by 'key: value' pairs with commas between them and a }",
        "add it; a text that holds {, }, [, ], a quote or a comma needs quotes around it",
        at_context=True,
        nearby="a comma or } is missing before this",
    ),
    _Complaint(
        "flow sequence",
        "']'",
        "this [ is not followed by items with commas between them and a ]",
        "add it; a text that holds {, }, [, ], a quote or a comma needs quotes around it",
        at_context=True,
        nearby="a comma or ] is missing before this",
    ),
    _Complaint(
        "block scalar",
        "",
        "text follows the | or > that opens a block of text",
        "write the text on the next line, indented; or put it in quotes",
    ),
    _Complaint(
        "simple key",
        "':'",
        "this line is no 'key: value'",
        "write the colon and a space after the key, or indent text that goes on",
        at_context=True,
    ),
    _Complaint(
        "block mapping",
        "",
        "this does not continue the keys above it",
        "check its indentation, and quotes that close too early",
    ),
    _Complaint(
        "block collection",
        "",
        "this does not continue the list above it",
        "check its indentation and its dash",
    ),
    _Complaint(
        "anchor",
        "",
        "an & begins an anchor, and no name follows",
        _QUOTE,
        at_context=True,
    ),
    _Complaint(
        "alias", "", "a * begins an alias, and no name follows", _QUOTE, at_context=True
    ),
    _Complaint("tag", "", "a ! begins a tag, which specs do not use", _QUOTE),
    _Complaint("", "tag handle", "a ! begins a tag, which specs do not use", _QUOTE),
    _Complaint(
        "",
        "mapping values are not allowed",
        "a ': ' stands where no key can be",
        "check the indentation; a text that holds ': ' needs quotes",
    ),
    _Complaint(
        "",
        "sequence entries are not allowed",
        "a '- ' stands where no list can begin",
        "begin the list on its own line, or put the text in quotes",
    ),
    _Complaint(
        "", "mapping keys are not allowed", "a '? ' stands where no key can be", _QUOTE
    ),
    _Complaint(
        "",
        "<document start>",
        "this does not continue the keys above it",
        "indent all keys of one map alike",
    ),
    _Complaint("", "node content", "a value cannot begin like this", _QUOTE),
)


def explain(found: Exception, text: str, file: str) -> Problem:
    """The problem for whatever the parser raised."""
    if not isinstance(found, yaml.MarkedYAMLError):
        # PyYAML's own parser lets chr() raise for \Uffffffff, without a place.
        return error(
            RULE, Where(file, 1, 1), "an escape in double quotes is no character"
        )
    problem, context = found.problem or "", found.context or ""
    mark = found.problem_mark or found.context_mark
    where = _where(mark, text, file)
    if "directive" in context or "incompatible YAML" in problem:
        opening = found.context_mark or mark
        return directive(_where(opening, text, file))
    if "cannot start any token" in problem:
        return _bad_start(text, where)
    for complaint in _COMPLAINTS:
        if complaint.context in context and complaint.problem in problem:
            return _told(
                complaint, where, _where(found.context_mark or mark, text, file)
            )
    return error(RULE, where, f"this is not YAML: {problem or context}")


def _told(complaint: _Complaint, where: Where, opening: Where) -> Problem:
    message = complaint.message
    if complaint.nearby and where.line == opening.line:
        message = complaint.nearby
    elif complaint.at_context:
        where = opening
    return error(RULE, where, message, complaint.hint)


def directive(where: Where) -> Problem:
    return error(
        "directive",
        where,
        "a line that begins with % is a YAML directive, which specs do not use",
        "delete the line",
    )


def _bad_start(text: str, where: Where) -> Problem:
    line = text.split("\n")[where.line - 1] if text else ""
    character = line[where.column - 1 : where.column]
    if character == "\t":
        return error(
            RULE,
            where,
            "a tab stands where only spaces may indent",
            "indent with spaces",
        )
    return error(
        RULE, where, f"a text without quotes cannot begin with '{character}'", _QUOTE
    )


def _where(mark: yaml.error.Mark | None, text: str, file: str) -> Where:
    if mark is None:
        return Where(file, 1, 1)
    line, column = mark.line, mark.column
    lines = text.split("\n")
    if line >= len(lines) or (line == len(lines) - 1 and not lines[line] and line):
        # The end of the file is reported at its last line with text.
        line = max(
            (at for at, content in enumerate(lines) if content.strip()), default=0
        )
        column = len(lines[line].rstrip())
    return Where(file, line + 1, column + 1)


EXPLANATIONS = (
    Explanation(
        rule=RULE,
        title="The file is not YAML",
        why="Quotes, brackets, colons and indentation must fit together before "
        "anything else can be checked.  Reading stops at the first such place.",
        bad="summary: Sends: one text\n",
        good='summary: "Sends: one text"\n',
    ),
    Explanation(
        rule="directive",
        title="A YAML directive",
        why="%YAML and %TAG change how the rest of a file is read.  Specs are read one "
        "way only.",
        bad="%YAML 1.2\n---\nspec: 1\n",
        good="spec: 1\n",
    ),
)
