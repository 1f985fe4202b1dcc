"""Fragments: YAML to paste, and to review.

What the spec says already is kept; a row whose words another table of the
provider has gets that row's name and judgement; the rest is proposed.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from wirebook.document import ListNode, MapNode, Node, ScalarNode
from wirebook.document.scalar import value_of
from wirebook.fold import fold
from wirebook.model import Where
from wirebook.resolve import kind_of
from wirebook.schema_parts import Part, parts

from .codes import CodeList, CodeRow
from .expected import words
from .finding import Change, Finding

_LONGEST = 5
"""Words of a proposed name."""
_SMALL = frozenset(
    {"a", "an", "and", "are", "by", "for", "in", "is", "it", "of"}
    | {"on", "or", "please", "the", "this", "to", "was", "which", "with", "you", "your"}
)
_JUDGEMENT = ("reaction", "effect", "retry", "wait")


class _Names:
    """Names that are given once; the next one of a name is not looked for from 2 on."""

    def __init__(self, given: Iterable[str] = ()) -> None:
        self.given = set(given)
        self._last: dict[str, int] = {}

    def unused(self, name: str) -> str:
        """The name, with a number where it is given already; it is given now."""
        number = self._last.get(name, 1)
        free = name if number == 1 else f"{name}_{number}"
        while free in self.given:
            number += 1
            free = f"{name}_{number}"
        self._last[name] = number
        self.given.add(free)
        return free


class Fragments:
    """Writes what findings ask for; `documents` are the files of the spec."""

    def __init__(self, documents: Mapping[str, MapNode]) -> None:
        self._parts: dict[Where, Part] = {}
        self._by_text: dict[str, Part] = {}
        for file, document in documents.items():
            for part in parts(document, kind_of(file)):
                self._parts[part.where] = part
                if part.definition == "status":
                    text = fold(_scalar(part.node, "text"))
                    self._by_text.setdefault(text, part)

    def write(self, findings: Sequence[Finding]) -> str:
        """All of it; empty where nothing is to be pasted."""
        lines: list[str] = []
        rows: dict[Where, list[Finding]] = defaultdict(list)
        named: dict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            if finding.subject == "row" and finding.table is not None:
                rows[finding.table.where].append(finding)
            elif finding.parameter is not None:
                named[finding.name.rpartition(" ")[0]].append(finding)
        for where, group in rows.items():
            lines += self._rows(where, group)
        taken = _Names()
        for finding in findings:
            if finding.listed is not None:
                lines += () if taken.given else ("statuses:",)
                lines += self._table(finding, finding.listed, taken)
            elif finding.subject == "table" and finding.table is not None:
                lines.append(
                    f"# {finding.spec}: {finding.table.key} is not on the page; drop it,"
                    " or cite another source"
                )
        for owner, group in named.items():
            lines += _parameters(owner, group)
        return "".join(f"{line}\n" for line in lines)

    def _rows(self, where: Where, findings: Sequence[Finding]) -> Iterator[str]:
        table = findings[0].table
        assert table is not None
        yield f"# {where}: in {table.kind}/{table.key}"
        held = "codes" if table.kind == "statuses" else "values"
        gone = [each.row for each in findings if each.change is Change.MISSING]
        # The name of a row that went is free for the same words under another code.
        taken = _Names(row.name for row in table.rows if row not in gone)
        changed = [each for each in findings if each.change is not Change.MISSING]
        if changed:
            yield f"{held}:"
        for finding in changed:
            assert finding.code is not None
            if finding.row is not None:
                row = self._reworded(finding.row.where, finding.after)
            else:
                row = self._new(finding.code, taken)
            code = finding.row.code if finding.row else finding.code.code
            yield f"  {_key(code)}: {row}"
        for old in gone:
            if old is not None and old.name in taken.given:
                yield f"# {old.where}: drop {old.code}; its words have another code now"
            elif old is not None:
                yield (
                    f"# {old.where}: drop {old.code}, and keep its name from coming back:"
                    f" retired: {{{old.name}: not on the page any more}}"
                )

    def _reworded(self, where: Where, text: str) -> str:
        """The row as it is written, with other words."""
        node = self._parts[where].node
        return _flow({**node.entries, "text": text})

    def _table(
        self, finding: Finding, listed: CodeList, taken: _Names
    ) -> Iterator[str]:
        """A whole table; `taken` are the keys of the tables before it."""
        key = "_".join([*telling(finding.name), "status"])
        key = taken.unused(key if key != "status" else "new_status")
        numbers = all(re.fullmatch("-?[0-9]+", row.code) for row in listed.rows)
        zero = any(row.code == "0" for row in listed.rows)
        success = "0" if zero else listed.rows[0].code
        yield f"  # new on {_line(finding)}; failures need a reaction"
        yield f"  {key}:"
        yield f"    type: {'int' if numbers else 'string'}"
        yield f"    success: [{_key(success)}]{'' if zero else '    # is it?'}"
        yield "    codes:"
        names = _Names()
        for row in listed.rows:
            yield f"      {_key(row.code)}: {self._new(row, names, row.code == success)}"

    def _new(self, row: CodeRow, taken: _Names, succeeds: bool = False) -> str:
        text = fold(row.text.text)
        like = self._by_text.get(text)
        name = _scalar(like.node, "name") if like else ""
        name = taken.unused(name or proposed_name(text, row.code))
        entries: dict[str, Node | str] = {"name": name, "text": text}
        if like is not None and not succeeds:
            known = like.node.entries
            entries |= {key: known[key] for key in _JUDGEMENT if key in known}
        return _flow(entries)


def proposed_name(text: str, code: str) -> str:
    """`Insufficient balance` -> `INSUFFICIENT_BALANCE`; the code where no word is
    ASCII."""
    found = re.findall(r"[a-z0-9]+", fold(text).replace("'", "").casefold())
    kept = [word for word in found if word not in _SMALL][:_LONGEST]
    name = "_".join(kept or found[:_LONGEST]).upper()
    if not name or name[0].isdigit():
        return "CODE_" + re.sub("[^A-Z0-9]+", "_", code.upper().replace("-", "MINUS_"))
    return name[:50].rstrip("_")


def telling(heading: str) -> list[str]:
    """The telling words of a heading, in its order, fit for a key."""
    telling_words = words(heading)
    found = re.findall(r"[a-z][a-z0-9]*", fold(heading).casefold())
    return [word for word in dict.fromkeys(found) if word in telling_words][:_LONGEST]


def _parameters(owner: str, findings: Iterable[Finding]) -> Iterator[str]:
    yield f"# new in {owner}; see to the types, and what is optional"
    yield "parameters:"
    for finding in findings:
        row = finding.parameter
        assert row is not None
        name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|-", "_", row.wire).lower().strip("_")
        entries: dict[str, Node | str] = {} if name == row.wire else {"wire": row.wire}
        entries |= {"type": _type(row.about)}
        flow = _flow(entries)
        if _optional(row.about):
            flow = f"{flow[:-1]}, optional: true}}"
        yield f"  {_key(name)}: {flow}    # {_line(finding)}: {' | '.join(row.about)}"


_TYPES = (
    (r"int|integer|long|short|number", "integer"),
    (r"bool|boolean", "boolean"),
    (r"float|double|decimal", "decimal"),
)


def _type(about: Iterable[str]) -> str:
    for cell in about:
        for pattern, kind in _TYPES:
            if re.fullmatch(pattern, cell, re.IGNORECASE):
                return kind
    return "string"


def _optional(about: Iterable[str]) -> bool:
    no = r"n|no|false|optional|否|非必填|可选"
    return any(re.fullmatch(no, cell, re.IGNORECASE) for cell in about)


def _line(finding: Finding) -> str:
    return f"{finding.page.file}:{finding.page.line}" if finding.page else ""


def _scalar(node: MapNode, key: str) -> str:
    found = node.entries.get(key)
    return found.text if isinstance(found, ScalarNode) else ""


def _flow(entries: Mapping[str, Node | str]) -> str:
    """`{name: LOW, text: "…"}`, on one line."""
    inner = ", ".join(f"{_key(key)}: {_value(value)}" for key, value in entries.items())
    return f"{{{inner}}}"


def _value(value: Node | str) -> str:
    match value:
        case str():
            return _text(value)
        case ScalarNode(quoted=True, text=text):
            return json.dumps(text, ensure_ascii=False)
        case ScalarNode(text=text, value=str()):
            return _text(text)
        case ScalarNode(text=text):
            return text
        case ListNode(items=items):
            return f"[{', '.join(map(_value, items))}]"
        case MapNode(entries=entries):
            return _flow(entries)
        case _:
            raise TypeError(f"not a node: {value!r}")


def _text(text: str) -> str:
    """Plain where every reader of YAML takes it for a text."""
    simple = re.fullmatch("[A-Za-z][A-Za-z0-9_]*", text)
    plain = simple and value_of(text, Where("", 1, 1)) == (text, None)
    return text if plain else json.dumps(text, ensure_ascii=False)


def _key(text: str) -> str:
    return text if re.fullmatch("-?(0|[1-9][0-9]*)", text) else _text(text)
