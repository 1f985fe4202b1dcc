"""auth.py: who calls, and how each request says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from wirebook.code import Code, docstring, identifier, literal
from wirebook.expression import (
    Bracketed,
    Expression,
    call,
    compare,
    either,
    mapping,
    subscript,
    union,
)
from wirebook.layout import (
    Assign,
    If,
    Parameter,
    Return,
    Statement,
    signature,
    statement,
    statements,
)
from wirebook.model import Credential, Provider, Scheme, Setting
from wirebook.prose import Prose, sections, sentences

from .function import Function
from .module import Module
from .schemes import scheme_lines
from .sessions import Helper, helpers
from .settings import for_servers
from .types import NONE, STR
from .words import note_texts


class Declared(Struct, frozen=True):
    """One credential or setting of a class."""

    assignment: Code
    docstring: Code


class Auth(Struct, frozen=True):
    """What auth.py contains."""

    docstring: Code
    imports: Code
    credentials: tuple[Declared, ...]
    settings: tuple[Declared, ...]
    settings_function: tuple[Function, ...]
    schemes: tuple[Function, ...]
    helpers: tuple[Helper, ...]


def auth(provider: Provider) -> Auth:
    module = Module(provider, None, "auth")
    module.floor("credentials", "BaseCredentials")
    credentials = tuple(_credential(module, c) for c in provider.credentials)
    spare = for_servers(provider)
    settings = tuple(_setting(module, s, s in spare) for s in provider.settings)
    function = (_settings(module, provider, spare),) if provider.settings else ()
    schemes = tuple(_scheme(module, scheme) for scheme in provider.schemes)
    found = tuple(_helpers(module, provider))
    words = Prose(0).summary(
        f"Who calls {provider.title}, and how each request says so."
    )
    return Auth(
        docstring(words.text()),
        module.imports.code(),
        credentials,
        settings,
        function,
        schemes,
        found,
    )


def described(entry: Credential | Setting, spare: bool = False) -> str:
    """A constructor argument in words.

    spare: another `base_url` does without it.
    """
    text = sentences(entry.summary or entry.name.replace("_", " ").capitalize())
    parts = [text]
    if entry.env:
        parts.append(f"Left out, `{entry.env}` of the environment is read.")
    if isinstance(entry, Setting) and entry.default is not None:
        parts.append(f"`{entry.default}` if not given.")
    if spare:
        parts.append("Not needed beside `base_url`.")
    return f"{' '.join(parts)} {sections(entry.src)}".strip()


def _credential(module: Module, credential: Credential) -> Declared:
    kind = "Hidden" if credential.secret else "Plain"
    if credential.optional:
        kind = f"Optional{kind}"
    declared = call(
        module.floor("credentials", kind),
        env=_maybe(credential.env),
        pattern=_maybe(credential.pattern),
    )
    return _declared(credential, declared)


def _setting(module: Module, setting: Setting, spare: bool) -> Declared:
    needed = setting.default is None and not spare
    kind = "Plain" if needed else "OptionalPlain"
    pattern = setting.pattern
    if pattern is None and setting.values:
        pattern = "|".join(re.escape(value) for value in setting.values)
    declared = call(
        module.floor("credentials", kind),
        env=_maybe(setting.env),
        pattern=_maybe(pattern),
    )
    return _declared(setting, declared, spare)


def _declared(
    entry: Credential | Setting, declared: Bracketed, spare: bool = False
) -> Declared:
    words = Prose(1).summary(described(entry, spare))
    return Declared(
        statement(Assign(identifier(entry.name), declared), 1),
        docstring(words.text(), 1),
    )


def _settings(module: Module, provider: Provider, spare: Sequence[Setting]) -> Function:
    """The settings as placeholders of URLs and paths are filled with them."""
    parameters = [Parameter("given", identifier("Settings"))]
    lines: list[Statement] = []
    words = "The settings by name, defaults included."
    if spare:
        parameters.append(Parameter("base_url", union(STR, NONE), NONE))
        demanded = call("given.demand", *(literal(setting.name) for setting in spare))
        lines.append(If(compare(identifier("base_url"), "is", NONE), (demanded,)))
        words = "The settings by name, defaults included; beside `base_url` some may be empty."
    values: list[tuple[Expression, Expression]] = []
    for setting in provider.settings:
        value: Expression = identifier(f"given.{setting.name}")
        if setting.default is not None or setting in spare:
            value = either(value, literal(setting.default or ""))
        values.append((literal(setting.name), value))
    mapping_type = module.imports.name("collections.abc", "Mapping")
    return Function(
        signature(
            "settings",
            parameters,
            subscript(mapping_type, STR, STR),
            0,
        ),
        (docstring([words], 1), *statements([*lines, Return(mapping(values))], 1)),
    )


def _scheme(module: Module, scheme: Scheme) -> Function:
    draft = module.floor("draft", "Draft")
    moment = module.floor("moment", "Moment")
    words = Prose(1).summary(
        f"{sentences(scheme.summary) or 'Put the credentials into a request.'}"
        f" {sections(scheme.src)}"
    )
    words.bullets(note_texts(module.provider, scheme.notes))
    return Function(
        signature(
            scheme.key,
            [
                Parameter("draft", draft),
                Parameter("credentials", identifier("Credentials")),
                Parameter("moment", moment),
            ],
            NONE,
            0,
        ),
        (docstring(words.text(), 1), *statements(scheme_lines(module, scheme), 1)),
    )


def _helpers(module: Module, provider: Provider) -> Iterator[Helper]:
    for scheme in provider.schemes:
        yield from helpers(module, scheme)


def _maybe(value: str | None) -> Expression | None:
    return None if value is None else literal(value)
