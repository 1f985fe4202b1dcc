"""Names that Python or the generated package needs for itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from wirebook.derived import MOST, iterator_name, offered, waits
from wirebook.explain import Explanation
from wirebook.model import (
    EnumValue,
    Field,
    Operation,
    Product,
    Provider,
    Status,
    Where,
)
from wirebook.naming import ARGUMENT_RESERVED, CLIENT_RESERVED, camel_case, constant
from wirebook.problem import quote
from wirebook.reactions import class_names
from wirebook.report import Report

from .lookup import holders
from .reserved import (
    BUILTINS,
    CALLBACKS,
    CLIENT,
    CLIENT_MEMBERS,
    CLOCK,
    ENUM_MEMBERS,
    EVERYWHERE,
    FLOOR,
    FOLDERS,
    KEYWORDS,
    MODEL_CLASSES,
    MODULES,
    PRODUCT_CLASSES,
    RECORD,
    SPOKEN_OF,
    TABLE_CLASSES,
)


def check(provider: Provider, report: Report) -> None:
    _reserve(report, "provider", provider.id, provider.where, FOLDERS)
    _arguments(provider, report)
    for scheme in provider.schemes:
        reserved = BUILTINS | CLOCK | {"digest", "operations", "settings"}
        _reserve(report, "scheme", scheme.key, scheme.where, reserved)
        for name, _ in scheme.compute:
            _reserve(report, "computed value", name, scheme.where, ())
    for product in provider.products:
        if product.key is not None:
            reserved = MODULES | CLIENT_RESERVED | CLIENT_MEMBERS | FOLDERS | SPOKEN_OF
            _reserve(report, "product", product.key, product.where, reserved)
            name = camel_case(product.key)
            if {name, f"Async{name}"} & PRODUCT_CLASSES:
                text = f"the class {quote(name)} of the product is taken by the generated code"
                hint = "give the product another `id`; its title stays"
                report.error("reserved-name", product.where, text, hint)
    for product, _ in holders(provider):
        _product(product, report)
    _classes(provider, report)
    _callbacks(provider, report)


def _callbacks(provider: Provider, report: Report) -> None:
    """One application receives them all: `on_reply` must mean one."""
    taken: dict[str, Product] = {}
    for product in provider.products:
        for callback in product.callbacks:
            if callback.key in CALLBACKS:
                _reserve(report, "callback", callback.key, callback.where, CALLBACKS)
            other = taken.setdefault(callback.key, product)
            if other is not product:
                report.error(
                    "name-collision",
                    callback.where,
                    f"the callback {quote(callback.key)} stands for one of "
                    f"{quote(other.key or provider.id)} already",
                    "all products' pushes reach one application: rename one of them",
                )


def _offered(product: Product, report: Report) -> None:
    """Clients offer more than operations: iterations, waits, counts."""
    known = {operation.name: operation for operation in product.operations}
    places = {
        iterator_name(operation.name): operation.where
        for operation in product.operations
        if operation.pages is not None
    }
    seen: set[str] = set()
    for name in offered(product):
        if name in known:
            report.error(
                "name-collision",
                known[name].where,
                f"{quote(name)} is what clients offer beside the operations already",
                "give the operation another name",
            )
        elif name in seen:
            report.error(
                "name-collision",
                places.get(name, product.where),
                f"two operations would both be iterated by {quote(name)}",
                "their names differ in the verb only: rename one of them",
            )
        seen.add(name)


def _product(product: Product, report: Report) -> None:
    _former(product, report)
    _offered(product, report)
    asked = {operation.id for operation, _, _ in waits(product)}
    for operation in product.operations:
        reserved = CLIENT_RESERVED | MODULES | FLOOR | BUILTINS | CLOCK
        if product.key is None:
            # Here the client itself has the operations; a product has a class for them.
            reserved |= CLIENT_MEMBERS
        _reserve(report, "operation", operation.name, operation.where, reserved)
        reserved = ARGUMENT_RESERVED | MODULES | FLOOR | BUILTINS | CLOCK
        if operation.pages is not None:
            reserved |= {MOST}
        if operation.id in asked:
            reserved |= {"timeout", "interval"}
        for field in operation.parameters:
            _reserve(report, "parameter", field.name, field.where, reserved)
        _derived(operation, report)
    for model in product.models:
        for field in model.fields:
            reserved = RECORD | BUILTINS | CLOCK
            _reserve(report, "field", field.name, field.where, reserved)
    for table in product.tables:
        for row in table.statuses:
            _reserve(report, "member", row.name, row.where, ENUM_MEMBERS)
    for enum in product.enums:
        for value in enum.values:
            _reserve(report, "member", value.name, value.where, ENUM_MEMBERS)


def _arguments(provider: Provider, report: Report) -> None:
    settings = {setting.name for setting in provider.settings}
    for setting in provider.settings:
        _reserve(report, "setting", setting.name, setting.where, CLIENT | MODULES)
    for credential in provider.credentials:
        reserved = CLIENT | MODULES
        _reserve(report, "credential", credential.name, credential.where, reserved)
        if credential.name in settings:
            report.error(
                "name-collision",
                credential.where,
                f"{quote(credential.name)} is a setting already",
                "both become arguments of the client: rename one of them",
            )


def _derived(operation: Operation, report: Report) -> None:
    """Generated functions keep what they make of a parameter beside it."""
    conditions = [
        *(rule.when for rule in operation.rules),
        *(other.parameter for other in operation.alternates),
        *(field.required_when for field in operation.parameters),
        *(part.encode_when.when for part in operation.parameters if part.encode_when),
    ]
    derived = {f"{when.parameter}_text": when.parameter for when in conditions if when}
    for variant in operation.variants:
        derived |= {f"most_{name}": name for name, _ in variant.max_items}
    for field in operation.parameters:
        if field.name in derived:
            report.error(
                "name-collision",
                field.where,
                f"{quote(field.name)} is what the generated code makes of "
                f"{quote(derived[field.name])}",
                "say it in another word",
            )


def _former(product: Product, report: Report) -> None:
    """A former name that is in use again cannot be kept working."""
    groups: list[tuple[Operation | Field | Status | EnumValue, ...]] = [
        product.operations,
        *(operation.parameters for operation in product.operations),
        *(model.fields for model in product.models),
        *(table.statuses for table in product.tables),
        *(enum.values for enum in product.enums),
    ]
    for group in groups:
        taken = {part.name for part in group}
        for part in group:
            if part.renamed_from in taken:
                report.error(
                    "name-collision",
                    part.where,
                    f"{quote(part.renamed_from)}, the former name of "
                    f"{quote(part.name)}, is in use",
                    "drop `renamed_from`, or rename the other one",
                )


def _reserve(
    report: Report, kind: str, name: str, where: Where, reserved: Collection[str]
) -> None:
    if not (name.isascii() and name.isidentifier()) or name.startswith("_"):
        why = "is no name of Python's" if not name.startswith("_") else "is private"
        hint = "letters, digits and `_`, and a letter first"
    elif name in KEYWORDS:
        why, hint = "is a word of Python's", "say it in another word; `wire` stays"
    elif name in reserved:
        why = "is taken by the generated code"
        hint = "say it in another word; the wire's name may stay in `wire`"
    else:
        return
    report.error("reserved-name", where, f"the {kind} {quote(name)} {why}", hint)


def _classes(provider: Provider, report: Report) -> None:
    """Classes of a product share a namespace with the errors and shared ones."""
    errors = frozenset(class_names(provider))
    shared: dict[str, str] = {}
    for product, _ in holders(provider):
        taken = dict(shared)
        base = camel_case(product.key or "")
        own = {base, f"Async{base}"}
        constants = {constant(table.key): table.key for table in product.tables}
        for name, key, where, reserved in _class_names(product):
            if name in errors | own | reserved:
                report.error(
                    "reserved-name",
                    where,
                    f"the class {quote(name)} is taken by the generated code",
                    "give it another name with `class`",
                )
            elif name in taken:
                report.error(
                    "name-collision",
                    where,
                    f"the class {quote(name)} stands for {quote(taken[name])} already",
                    "give one of them another name with `class`",
                )
            elif reserved is TABLE_CLASSES and name in constants:
                report.error(
                    "name-collision",
                    where,
                    f"the class {quote(name)} is the name of the table "
                    f"{quote(constants[name])} already",
                    "give the class another name with `class`",
                )
            taken.setdefault(name, key)
        if product is provider.shared:
            shared = taken


def _class_names(
    product: Product,
) -> Iterator[tuple[str, str, Where, frozenset[str]]]:
    """Name, key, place, and what stands beside the class already."""
    for table in product.tables:
        yield table.class_name, table.key, table.where, TABLE_CLASSES
    for enum in product.enums:
        yield enum.class_name, enum.key, enum.where, EVERYWHERE
    for model in product.models:
        yield model.class_name, model.key, model.where, MODEL_CLASSES


EXPLANATIONS = (
    Explanation(
        "reserved-name",
        "A name that Python or the generated package needs itself",
        "Names of a spec become names of Python. A keyword cannot be one, and some "
        "names would hide what the generated code relies on.",
        "parameters: {from: {type: string}}\n",
        "parameters: {sender: {wire: from, type: string}}\n",
    ),
    Explanation(
        "name-collision",
        "Two things would get one name in Python",
        "Status tables, enums and models of a product become classes side by side, "
        "credentials and settings arguments of one client.",
        "enums: {state: {...}}\nmodels: {state: {...}}\n",
        "enums: {state: {...}}\nmodels: {state: {class: StateReport, ...}}\n",
    ),
)
