"""Tables of a page as tables of codes, or as what is said of parameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from wirebook.naming import camel_case
from wirebook.rules.reserved import TABLE_CLASSES

from .found import Table
from .words import member, name, redacted

Quote = Callable[[str], str]

_CODE = re.compile(r"-?\d{1,6}|[A-Z]{1,6}[-_.]?\d{1,6}(\.\d+)*")
_NUMBER = re.compile(r"-?[1-9]\d*|0")
_SUCCESS = re.compile(
    r"(?i)^(success|ok\b|accepted|submitted|sent\b|the operation was suc)"
)
_REACTIONS = (
    ("clock", r"timestamp|clock"),
    ("balance", r"balance|credit|top.?up|fund|insufficient"),
    ("slow_down", r"frequent|too (fast|many)|rate|throttl|quota"),
    ("duplicate", r"duplicat|repetit|already"),
    (
        "permission",
        r"permission|denied|forbidden|\bip\b|white.?list|black.?list|locked",
    ),
    ("credentials", r"auth|password|key|sign|username|token|login|credential"),
    ("recipient", r"number|destination|phone|mobile|dnd|recipient"),
    ("content", r"spam|sensitive|template|content|message"),
    ("wait", r"maintenance|busy|try again|unavailable"),
    ("give_up", r"internal|system|platform|timeout|exception"),
)


def codes(table: Table) -> list[tuple[str, str]]:
    """Code and words of each row; empty where the table holds no codes."""
    column = _code_column(table)
    if column is None:
        return []
    found: dict[str, str] = {}
    for row in [table.header, *table.rows]:
        if len(row) > column + 1 and _CODE.fullmatch(row[column]):
            words = redacted(row[-1] if column + 1 == len(row) - 1 else row[column + 1])
            found.setdefault(row[column], words or row[column])
    return [*found.items()] if len(found) > 1 else []


def _code_column(table: Table) -> int | None:
    """The column of codes; one that only counts rows comes before it."""
    width = min(2, len(table.header) - 1)
    if any("param" in cell.lower() for cell in table.header):
        return None
    for column in reversed(range(width)):
        cells = [row[column] for row in table.rows if len(row) > column]
        coded = [cell for cell in cells if _CODE.fullmatch(cell)]
        if cells and len(coded) * 2 > len(cells) and len(coded) > 1:
            return column
    return None


def described(tables: list[Table]) -> dict[str, tuple[str, bool]]:
    """Wire name -> what a table says of the parameter, and whether it is optional."""
    found: dict[str, tuple[str, bool]] = {}
    for table in tables:
        heads = [re.sub(r"[^a-z]", "", cell.lower()) for cell in table.header]
        column = next(
            (i for i, h in enumerate(heads) if "param" in h or h == "field"), None
        )
        if column is None or codes(table):
            continue
        words = next(
            (i for i, head in enumerate(heads) if head.startswith(("desc", "explan"))),
            len(heads) - 1,
        )
        for row in table.rows:
            if len(row) > max(column, words) and re.fullmatch(r"[\w.-]+", row[column]):
                text = redacted(row[words])
                optional = bool(re.search(r"(?i)\boptional\b", " ".join(row)))
                found.setdefault(row[column], (text, optional))
    return found


def status_lines(key: str, table: Table, quoted: Quote) -> Iterator[str]:
    """The `statuses` entry of a table."""
    rows = codes(table)
    success = [code for code, text in rows if _SUCCESS.match(text)]
    if not success and any(code in ("0", "200") for code, _ in rows):
        success = [next(code for code, _ in rows if code in ("0", "200"))]
    doubt = "" if success else "  # GUESS: no row says so; only failures have a code"
    kind = "int" if all(_NUMBER.fullmatch(code) for code, _ in rows) else "string"
    yield f"  {key}:"
    yield f"    type: {kind}"
    yield f"    summary: {quoted(_sentence(table.title))}"
    yield "    src: page"
    yield f"    success: [{', '.join(map(quoted, success))}]{doubt}"
    yield "    notes: [guessed_reactions]"
    yield "    codes:"
    taken: set[str] = set()
    for code, text in rows:
        own = member(text, code)
        if own in taken:
            own = f"{own[:50]}_{re.sub('[^A-Z0-9]', '_', code.upper()).strip('_')}"
        taken.add(own)
        facts = f"name: {own}, text: {quoted(text)}"
        if code not in success:
            facts += f", reaction: {_reaction(text)}"
        yield f"      {quoted(code)}: {{{facts}}}"


def table_key(table: Table, taken: set[str]) -> str:
    words = name(table.title, "result").split("_")[:5]
    key = base = "_".join(words) or "result"
    if camel_case(base) in TABLE_CLASSES:
        key = base = f"{base}_code"
    count = 2
    while key in taken:
        key, count = f"{base}_{count}", count + 1
    taken.add(key)
    return key


def merged(tables: list[Table]) -> list[Table]:
    """Tables of codes that say the same are one: pages repeat them."""
    kept: list[Table] = []
    for table in tables:
        rows = dict(codes(table))
        if not rows:
            continue
        for other in kept:
            known = dict(codes(other))
            shared = rows.keys() & known.keys()
            if len(shared) > 1 and all(rows[code] == known[code] for code in shared):
                more = [(code, rows[code]) for code in rows if code not in known]
                width = _code_column(other) or 0
                pad = ("",) * width
                other.rows += [(*pad, code, text) for code, text in more]
                break
        else:
            kept.append(Table(table.title, table.header, [*table.rows]))
    return kept


def _sentence(title: str) -> str:
    words = redacted(title).rstrip(".:")
    return f"{words}." if words else "Codes of the page."


def _reaction(text: str) -> str:
    for reaction, words in _REACTIONS:
        if re.search(words, text, re.IGNORECASE):
            return reaction
    return "request"
