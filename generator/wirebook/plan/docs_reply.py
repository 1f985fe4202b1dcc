"""How an operation is answered, in words."""

from __future__ import annotations

from wirebook.markdown import Markdown, code, codes, joined, sealed, text
from wirebook.model import HTTP, Operation, Reply, header_of

from . import docs_fields
from .docs_page import Page, sourced


def reply_lines(page: Page, operation: Operation) -> list[Markdown]:
    """What a call returns, and every form that its reply may take."""
    reply = operation.reply
    lines = [joined([text("Returns"), page.returned(reply)])]
    if reply.returns_model and reply.returns:
        fields = docs_fields.names(page.model(reply.returns))
        lines = [sealed(f"{lines[0]}: {fields}")]
    lines.append(page.noted(sourced(_form(reply), reply.src), reply.notes))
    for alternate in operation.alternates:
        other = _form(alternate.reply)
        words = [text("Another form of reply")]
        if alternate.starts_with:
            words += [text("begins with"), code(alternate.starts_with)]
        if alternate.root:
            words += [text("has the root"), codes(alternate.root)]
        if alternate.content_type:
            words += [text("comes as"), code(alternate.content_type)]
        if alternate.http:
            words += [text("comes under HTTP"), codes(map(str, alternate.http))]
        if alternate.parameter:
            words += [text("comes when")]
            words.append(docs_fields.condition_words(alternate.parameter))
        words = [sealed(joined(words) + ":"), other]
        if alternate.status_is:
            words += [text("and stands for status"), code(alternate.status_is)]
        lines.append(sourced(joined(words), alternate.reply.src))
    return lines


def _form(reply: Reply) -> Markdown:
    words = [text(f"The reply is {_FORMATS.get(reply.format, reply.format)}")]
    if reply.root:
        words += [text("with the root"), codes(reply.root)]
    if reply.fields:
        words += [text("of"), codes(reply.fields)]
        if reply.separator:
            words += [text("with"), code(reply.separator), text("between them")]
    if reply.records:
        words += [text("and"), code(reply.records), text("between records")]
    if reply.templates:
        words += [text("such as"), codes(reply.templates)]
    if reply.status:
        words += [text("; the status is"), codes(map(_path, reply.status))]
    if reply.at:
        words += [text("; the result is at"), code(_path(reply.at))]
    # The semicolons belong to the words before them.
    return sealed(joined(words).replace(" ; ", "; "))


def _path(path: str) -> str:
    """Where a value stands."""
    if path == HTTP:
        return "the HTTP status"
    header = header_of(path)
    return path if header is None else f"the header {header}"


_FORMATS = {
    "json": "JSON",
    "xml": "XML",
    "delimited": "a delimited text",
    "pairs": "lines of names and values",
    "sentence": "a sentence",
    "csv": "CSV",
    "text": "plain text",
    "bytes": "a file",
    "empty": "empty",
}
