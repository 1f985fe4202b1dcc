"""What a provider's API is: the resolved model, frozen.

A spec file is text; the model is its meaning, with every default written out
and every reference checked.  Later stages (rules, plan, diff, simulator) read
the model and never the YAML.

* `provider`: Provider, Product, Server, Setting, Credential, Source, Note
* `auth`: Scheme and the closed vocabulary of computed values
* `parts`: what computed values are made of
* `field`: Field, Model, ListStyle: parameters and reply fields alike
* `operation`: Operation, Variant, Rule, Retry
* `reply`: Reply and its formats
* `status`: StatusTable, Status, Family, Enumeration
* `callback`: what a provider pushes to its user
* `vector`: recorded proof
"""

from .auth import (
    Canonical,
    Case,
    Clock,
    Decoded,
    Digest,
    Encoded,
    Hmac,
    Join,
    Literal,
    Nonce,
    Now,
    Placement,
    Reference,
    Replaced,
    Scheme,
    Session,
    Slice,
    Value,
)
from .callback import Callback
from .field import (
    Condition,
    EncodeWhen,
    Entries,
    Field,
    FieldType,
    ListStyle,
    Model,
    Rule,
    Split,
)
from .operation import (
    Constant,
    Operation,
    Pages,
    Polling,
    Rate,
    Retry,
    StatusUse,
    Variant,
)
from .place import Place, Where
from .provider import (
    Credential,
    Note,
    Product,
    Provider,
    Server,
    Setting,
    Source,
)
from .reply import HTTP, Alternate, Reply, ReplyFormat, header_of
from .segment import Segments
from .status import (
    Effect,
    Enumeration,
    EnumValue,
    Family,
    Reaction,
    RetryAdvice,
    Status,
    StatusTable,
    Success,
)
from .vector import Expectation, Vector

__all__ = [
    "HTTP",
    "Alternate",
    "Callback",
    "Canonical",
    "Case",
    "Clock",
    "Condition",
    "Constant",
    "Credential",
    "Decoded",
    "Digest",
    "Effect",
    "EncodeWhen",
    "Encoded",
    "Entries",
    "EnumValue",
    "Enumeration",
    "Expectation",
    "Family",
    "Field",
    "FieldType",
    "Hmac",
    "Join",
    "ListStyle",
    "Literal",
    "Model",
    "Nonce",
    "Note",
    "Now",
    "Operation",
    "Pages",
    "Place",
    "Placement",
    "Polling",
    "Product",
    "Provider",
    "Rate",
    "Reaction",
    "Reference",
    "Replaced",
    "Reply",
    "ReplyFormat",
    "Retry",
    "RetryAdvice",
    "Rule",
    "Scheme",
    "Segments",
    "Server",
    "Session",
    "Setting",
    "Slice",
    "Source",
    "Split",
    "Status",
    "StatusTable",
    "StatusUse",
    "Success",
    "Value",
    "Variant",
    "Vector",
    "Where",
    "header_of",
]
