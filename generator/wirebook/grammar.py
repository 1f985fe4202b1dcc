"""What a generated module may consist of: the last look before anything is written.

The writers see to it that no text of a spec becomes code.  Should one of them, or a
template, ever fail at that, the module would say something that the output never
says; so the finished tree is held against a list of what it does say.  Names, calls
and imports that are not on the list are refused, whatever they do.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

FLOOR: Final = Path(__file__).resolve().parent / "runtime"

_NODES: Final[frozenset[type[ast.AST]]] = frozenset(
    {
        *(ast.AnnAssign, ast.Assign, ast.AsyncFunctionDef, ast.Await, ast.BinOp),
        *(ast.BitOr, ast.BoolOp, ast.And, ast.Or, ast.Call, ast.ClassDef, ast.Compare),
        *(ast.Constant, ast.Dict, ast.Eq, ast.NotEq, ast.In, ast.NotIn, ast.Is),
        *(ast.IsNot, ast.Not, ast.Expr, ast.FunctionDef, ast.GeneratorExp, ast.If),
        *(ast.IfExp, ast.Import, ast.ImportFrom, ast.Lambda, ast.List, ast.ListComp),
        *(ast.Load, ast.Store, ast.Module, ast.Name, ast.Attribute, ast.Raise),
        *(ast.Return, ast.Starred, ast.Subscript, ast.Tuple, ast.UnaryOp, ast.USub),
        *(ast.alias, ast.arg, ast.arguments, ast.comprehension, ast.keyword),
    }
)
_HOOK_NODES: Final = frozenset({ast.JoinedStr, ast.FormattedValue})
"""Only a module's own `__getattr__`, where no spec has a word, formats texts."""

_BARE: Final = frozenset(
    {
        *("arg", "asname", "attr", "ctx", "id", "is_async", "kind", "level", "module"),
        *("name", "simple", "type_comment"),
    }
)
"""Fields that hold no syntax of their own: texts, numbers, and load or store."""
_PARTS: Final[Mapping[type[ast.AST], tuple[str, ...]]] = {
    kind: tuple(part for part in kind._fields if part not in _BARE) for kind in _NODES
}
"""Where each kind of node has others."""

_LIBRARY: Final[Mapping[str, frozenset[str]]] = {
    "__future__": frozenset({"annotations"}),
    "collections.abc": frozenset(
        {"AsyncIterator", "Callable", "Iterable", "Iterator", "Mapping", "Sequence"}
    ),
    "datetime": frozenset({"date", "datetime", "time", "timedelta"}),
    "decimal": frozenset({"Decimal"}),
    "enum": frozenset({"IntEnum", "StrEnum"}),
    "functools": frozenset({"cached_property"}),
    "importlib": frozenset({"import_module"}),
    "sys": frozenset({"modules"}),
    "typing": frozenset(
        {"TYPE_CHECKING", "Any", "Final", "Literal", "TypeAlias", "Unpack", "overload"}
    ),
}
_MODULES: Final = frozenset({("datetime", "dt")})

_BUILTINS: Final = frozenset(
    {
        *("bool", "bytes", "dict", "float", "frozenset", "int", "list", "object"),
        *("property", "range", "set", "str", "super", "tuple"),
    }
)
_HOOKS: Final[Mapping[str, frozenset[str]]] = {
    "__getattr__": frozenset(
        {"AttributeError", "__name__", "getattr", "globals", "import_module"}
    ),
    "__dir__": frozenset({"globals"}),
}
"""Functions that a lazy module has, and what only they may use."""
_HOOK_NAMES: Final = frozenset(name for names in _HOOKS.values() for name in names)
BUILTINS: Final = frozenset(
    name for name in _BUILTINS | _HOOK_NAMES if not name.startswith("_")
)
"""Everything of Python's own that generated modules may speak of."""

_PLAIN: Final = frozenset({ast.Constant, ast.Dict, ast.Load, ast.Name})
"""What former names are told with."""

_METHODS: Final = frozenset({"__init__"})
_DECORATORS: Final = frozenset({"cached_property", "overload", "property"})
_OWN: Final = frozenset({"_core", "_perform"})
"""Private attributes, and only of `self`."""

_DEFINED: Final = re.compile(
    r"^(?:(?:async )?def |class )?([A-Za-z]\w*)(?=[\[(:]| ?[:=])",
    re.ASCII | re.MULTILINE,
)
_PASSED_ON: Final = re.compile(
    r"^from \.\w* import (\([^)]*\)|.*)", re.ASCII | re.MULTILINE
)

_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


class Refused(ValueError):
    """What a module says that no generated module does, and in which line."""

    def __init__(self, node: ast.AST, what: str) -> None:
        super().__init__(what)
        self.line: int = getattr(node, "lineno", 1)


def check(tree: ast.Module, path: str, imports: Collection[str] = ()) -> None:
    """Raise Refused where the module at `path` of the output leaves the list.

    imports: modules that a project's own templates may import besides.
    """
    _Check(path.count("/"), frozenset(imports)).module(tree)


class _Check:
    def __init__(self, depth: int, imports: frozenset[str]) -> None:
        self.depth = depth
        self.imports = imports
        self.bound: set[str] = set(_BUILTINS)
        self.used: list[ast.Name] = []

    def module(self, tree: ast.Module) -> None:
        for statement in tree.body:
            if isinstance(statement, ast.If):
                self.typing(statement)
            elif _is_hook(statement):
                self.hook(statement)
            elif _is_former(statement):
                self.former(statement)
            else:
                self.statement(statement)
                self.walk(statement)
        for name in self.used:
            if name.id not in self.bound:
                raise Refused(
                    name, f"uses {name.id!r}, which it neither has nor imports"
                )

    def statement(self, node: ast.stmt) -> None:
        """What may stand outside of functions."""
        match node:
            case ast.Expr(value=ast.Constant(value=str())):
                pass
            case ast.ClassDef(body=body):
                for inner in body:
                    self.statement(inner)
            case ast.Assign(targets=[ast.Name(id=name)]) if name == "__all__":
                self.bound.add(name)
            case (
                ast.Import()
                | ast.ImportFrom()
                | ast.FunctionDef()
                | ast.AsyncFunctionDef()
                | ast.Assign(targets=[ast.Name()])
                | ast.AnnAssign(target=ast.Name())
            ):
                pass
            case _:
                raise Refused(node, f"has {_kind(node)} outside of a function")

    def typing(self, node: ast.If) -> None:
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), orelse=[]):
                for inner in node.body:
                    if not isinstance(inner, ast.ImportFrom):
                        raise Refused(inner, "has more than imports for type checkers")
                    self.walk(inner)
            case _:
                raise Refused(node, "decides something when it is imported")

    def hook(self, node: ast.stmt) -> None:
        assert isinstance(node, ast.FunctionDef)
        allowed = _HOOKS[node.name] | {"_HOMES", "home", "name", "value", "str", "list"}
        for part in ast.walk(node):
            unusual = type(part) not in _NODES | _HOOK_NODES
            if unusual or isinstance(part, ast.Import | ast.ImportFrom):
                raise Refused(part, f"has {_kind(part)}")
            if isinstance(part, ast.Name) and part.id not in allowed | {"object"}:
                raise Refused(part, f"uses {part.id!r} in {node.name}")
            if isinstance(part, ast.Attribute) and part.attr != "get":
                raise Refused(part, f"uses {part.attr!r} in {node.name}")

    def former(self, node: ast.stmt) -> None:
        """A call of `renamed` with names, outside of functions; or a module's heir."""
        match node:
            case ast.Assign(targets=[ast.Subscript()], value=ast.Name() as heir):
                self.used.append(heir)
            case ast.Expr(value=ast.Call() as call) | ast.Assign(
                value=ast.Call() as call
            ):
                for part in (*call.args, *(key.value for key in call.keywords)):
                    for inner in ast.walk(part):
                        if type(inner) not in _PLAIN:
                            raise Refused(inner, f"has {_kind(inner)} in a former name")
            case _:
                raise Refused(node, f"has {_kind(node)} outside of a function")

    def walk(self, root: ast.AST) -> None:
        """Hold every node of a statement against the list."""
        pending: list[ast.AST | None] = [root]
        used = self.used
        # Not ast.iter_child_nodes, and what a module has most of comes first: this
        # loop is what the check costs.
        while pending:
            node = pending.pop()
            # None is a default that is not there, or `**` in a mapping.
            if node is None:
                continue
            kind = type(node)
            if kind is ast.Name and isinstance(node, ast.Name):
                if type(node.ctx) is ast.Load:
                    used.append(node)
                else:
                    self.bind(node, node.id)
                continue
            if kind is ast.Attribute and isinstance(node, ast.Attribute):
                if node.attr[0] == "_":
                    _check_private(node)
                pending.append(node.value)
                continue
            if kind is ast.Constant:
                continue
            parts = _PARTS.get(kind)
            if parts is None:
                raise Refused(node, f"has {_kind(node)}")
            if kind in _CLOSER:
                self.closer(node)
            for part in parts:
                value = getattr(node, part)
                if type(value) is list:
                    pending += value
                else:
                    pending.append(value)

    def closer(self, node: ast.AST) -> None:
        match node:
            case ast.Call():
                _check_call(node)
            case ast.arg(arg=name):
                self.bind(node, name)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                _check_decorators(node)
                if node.name not in _METHODS:
                    self.bind(node, node.name)
            case ast.Import(names=names):
                for alias in names:
                    known = (alias.name, alias.asname) in _MODULES
                    if not known and alias.name not in self.imports:
                        raise Refused(node, f"imports {alias.name}")
                    self.bind(node, alias.asname or alias.name.partition(".")[0])
            case ast.ImportFrom(names=names):
                if node.level or node.module not in self.imports:
                    self.check_import(node)
                for alias in names:
                    if alias.name in _HOOK_NAMES:
                        continue  # Only the hooks can use it.
                    self.bind(node, alias.asname or alias.name)
            case _:
                pass

    def check_import(self, node: ast.ImportFrom) -> None:
        names = [alias.name for alias in node.names]
        module = node.module or ""
        if node.level > self.depth:
            raise Refused(node, "imports from outside of its package")
        if not node.level:
            known = _LIBRARY.get(module, frozenset())
        elif module.partition(".")[0] == "_runtime":
            known = _floor(module.partition(".")[2])
        else:
            return
        for name in names:
            if name not in known:
                raise Refused(node, f"imports {name} from {module}")

    def bind(self, node: ast.AST, name: str) -> None:
        if name.startswith("__") and name != "__all__":
            raise Refused(node, f"defines {name}")
        self.bound.add(name)


_CLOSER: Final[frozenset[type[ast.AST]]] = frozenset(
    {
        *(ast.Call, ast.arg, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef),
        *(ast.Import, ast.ImportFrom),
    }
)


def _check_private(node: ast.Attribute) -> None:
    match node:
        case ast.Attribute(value=ast.Name(id="self"), attr=name) if name in _OWN:
            pass
        case ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr="__init__"):
            pass
        case _:
            raise Refused(node, f"uses the private name {node.attr}")


def _check_call(node: ast.Call) -> None:
    """What is called has a name: `f`, `module.f`, `self._core.f`, `super().f`."""
    called = node.func
    while isinstance(called, ast.Attribute):
        called = called.value
    if isinstance(called, ast.Call):
        called = called.func
        if not (isinstance(called, ast.Name) and called.id == "super"):
            raise Refused(node, "calls what a call returns")
    if not isinstance(called, ast.Name):
        raise Refused(node, f"calls {_kind(called)}")


def _check_decorators(node: _Function | ast.ClassDef) -> None:
    for decorator in node.decorator_list:
        named = isinstance(decorator, ast.Name) and decorator.id in _DECORATORS
        if not named and not _of_renamed(decorator, "parameters"):
            raise Refused(node, f"decorates {node.name}")


def _is_hook(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name in _HOOKS


def _is_former(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=value):
            return _of_renamed(value, "members", "warn")
        case ast.Assign(targets=[ast.Name(id="__getattr__")], value=value):
            return _of_renamed(value, "names")
        case ast.Assign(
            targets=[
                ast.Subscript(
                    value=ast.Name(id="modules"), slice=ast.Name(id="__name__")
                )
            ],
            value=ast.Name(),
        ):
            return True
        case _:
            return False


def _of_renamed(node: ast.AST, *names: str) -> bool:
    """Whether it is a call such as `renamed.members(…)`."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="renamed"), attr=name)):
            return name in names
        case _:
            return False


def _kind(node: ast.AST) -> str:
    return f"{type(node).__name__} syntax"


@cache
def _floor(module: str) -> frozenset[str]:
    """What a module of the floor has of the floor's own: nothing of the library's."""
    if not module:
        return frozenset(path.stem for path in FLOOR.glob("*.py"))
    path = FLOOR / f"{module}.py"
    if "." in module or not path.is_file():
        return frozenset()
    text = path.read_text("utf-8")
    passed_on = " ".join(_PASSED_ON.findall(text))
    return frozenset(_DEFINED.findall(text)) | frozenset(re.findall(r"\w+", passed_on))
