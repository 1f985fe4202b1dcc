"""Fields: a parameter of a request and a value of a reply are described alike."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from .place import Place, Where


class FieldType(StrEnum):
    """The closed list of value types, with the Python type each becomes."""

    STRING = "string"
    TEXT = "text"
    """The words of a message: str, personal data."""
    PHONE = "phone"
    """A telephone number: str, personal data."""
    EMAIL = "email"
    """An e-mail address: str, personal data."""
    INTEGER = "integer"
    DECIMAL = "decimal"
    """Money and other exact numbers: Decimal, never float."""
    BOOLEAN = "boolean"
    DATETIME = "datetime"
    """An aware datetime."""
    DATE = "date"
    TIME = "time"
    ENUM = "enum"
    STATUS = "status"
    """A code of a status table (per item, or repeated inside a reply)."""
    BYTES = "bytes"
    OBJECT = "object"
    MAP = "map"
    """Free names to texts: dict[str, str]."""
    JSON = "json"
    """Any JSON value."""
    ROWS = "rows"
    """A row of texts per recipient: Sequence[Sequence[str]] (see ListStyle)."""
    FILE = "file"
    """A part of a multipart body: name, bytes, media type."""


class ListStyle(Struct, frozen=True, kw_only=True):
    """How a list travels.

    style: `joined` (one value, `separator` between), `repeated` (the name once
    per item), `indexed` (the wire name has `{i}`), `json` (a JSON array),
    `columns` (rows turned into columns: wire name has `{i}`, each column is
    joined by `separator`).  Joined rows have `cells` between their values.
    """

    style: str
    separator: str | None = None
    cells: str | None = None
    min_items: int | None = None
    max_items: int | None = None
    first: int = 1
    """The number that `{i}` starts with."""
    item: str | None = None
    """XML: the element of one item, where the list has an element of its own."""
    unique: bool = False


class Condition(Struct, frozen=True, kw_only=True):
    """`parameter` is one of `values` (wire spellings), or is given at all."""

    parameter: str
    values: tuple[str, ...] = ()
    also: tuple[Condition, ...] = ()
    """Further conditions: all of them must hold."""

    @property
    def all(self) -> tuple[Condition, ...]:
        """This condition and the further ones, each for itself."""
        return (Condition(parameter=self.parameter, values=self.values), *self.also)


class Entries(Struct, frozen=True, kw_only=True):
    """A map that travels as a list of pairs: the names of key and value in each (dots
    nest), and constants that every pair has."""

    key: str
    value: str
    fixed: tuple[tuple[str, str], ...] = ()


class EncodeWhen(Struct, frozen=True, kw_only=True):
    """Another text encoding while a condition holds."""

    encode: str
    when: Condition


class Split(Struct, frozen=True, kw_only=True):
    """One wire field of a datetime that travels in several."""

    wire: str
    format: str


class Field(Struct, frozen=True, kw_only=True):
    """A parameter of an operation, or a field of a model."""

    name: str
    """The Python name, as written in the spec."""
    wire: str
    """The provider's name; in replies a path (`data.records`, `@msgid`, `Item`), or a
    header of the reply (`$header.X-Request-Id`)."""
    wire_aliases: tuple[str, ...] = ()
    """Other names that replies use for the same field (`price`, then `fee`)."""
    type: FieldType
    place: Place | None = None
    """Where a parameter travels; None in models."""
    optional: bool = False
    nullable: bool = False
    default: str | None = None
    """Sent when the caller gives nothing (wire spelling)."""
    server_default: str | None = None
    """What the provider assumes when nothing is sent; documentation only."""
    list: ListStyle | None = None
    nested: str | None = None
    """In a query or form, how names inside of an object are written: `dots` (a.b) or
    `brackets` (a[b]); None: objects do not travel there as they are."""
    entries: Entries | None = None
    enum: str | None = None
    table: str | None = None
    model: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    max_length_numeric: int | None = None
    """The limit when all characters are digits (a leading + does not count)."""
    minimum: str | None = None
    maximum: str | None = None
    pattern: str | None = None
    charset: str | None = None
    """`ascii`, `digits`, `alphanumeric`, `gsm`: characters that are accepted."""
    format: str | None = None
    """Datetimes, dates and times: a named format or a pattern (yyyyMMddHHmmss)."""
    formats: tuple[str, ...] = ()
    """Replies: further formats that are accepted."""
    zone: str | None = None
    """IANA zone of a wire time without an offset."""
    ahead: float | None = None
    """Seconds by which a moment must lie in the future."""
    split: tuple[Split, ...] = ()
    max_offset: str | None = None
    """Largest UTC offset that the wire can say, `12:00`."""
    offset_step: int | None = None
    """Minutes between two UTC offsets that the wire can say."""
    spelling: tuple[str, str] | None = None
    """Wire texts of False and True."""
    spelling_numbers: bool = False
    """In JSON the two spellings travel as numbers."""
    encode: str | None = None
    """`base64`, `hex`, `utf16be_hex`, `json` (JSON inside a string field), `percent`."""
    encode_when: EncodeWhen | None = None
    required_when: Condition | None = None
    unit: str | None = None
    secret: bool = False
    pii: bool = False
    item_status: bool = False
    """This field of a model judges its item."""
    item_message: bool = False
    """This field of a model holds the words about the status of its item."""
    summary: str = ""
    src: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    renamed_from: str | None = None
    deprecated: str | None = None
    where: Where


class Rule(Struct, frozen=True, kw_only=True):
    """A rule over several parameters, or fields of a record that travels.

    kind: same_count, exactly_one, at_least_one, at_most_one, all_or_none,
    required_when, forbidden_when, placeholders, order, max_span,
    max_total_length.
    """

    kind: str
    parameters: tuple[str, ...] = ()
    when: Condition | None = None
    """The rule holds while this does."""
    template: str | None = None
    """placeholders: how a placeholder is written, `{p{i}}`."""
    limit: float | None = None
    """max_span: seconds; max_total_length: characters."""
    text: str = ""
    src: tuple[str, ...] = ()
    where: Where


class Model(Struct, frozen=True, kw_only=True):
    """A record with named fields, in replies, requests or callbacks."""

    key: str
    class_name: str
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...] = ()
    """Over its fields, where the record is part of a request."""
    summary: str = ""
    src: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    renamed_from: str | None = None
    where: Where
