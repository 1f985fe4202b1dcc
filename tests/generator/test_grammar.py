"""The list that every finished module is held against, and what is not on it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from msgspec import Struct

from wirebook import code, grammar
from wirebook.plan.artefact import Artefact
from wirebook.problem import Problem
from wirebook.render import Renderer

PATH = "clients/acme/operations.py"

ALLOWED = [
    "",
    '"""Words: import os; eval(x)"""',
    "from __future__ import annotations",
    "import datetime as dt",
    "from .._runtime.status import Row, Table",
    "from .._runtime import check, decode\nx = check.text('a', 'b')",
    "from . import statuses",
    "from typing import Final\nX: Final = 'eval(1)'",
    "def f(*, a: str = 'b', c: int | None = None) -> list[str]:\n    return [a for c in a]",
    "class A:\n    def __init__(self, core: object) -> None:\n        self._core = core",
    "class A(str):\n    def f(self) -> None:\n        super().__init__()",
    "f = lambda a: str(a)",
    "from .._runtime import renamed\nrenamed.members(str, OLD='NEW')",
    "from .._runtime import renamed\n__getattr__ = renamed.names(__name__, {'A': 'B'})",
    "from .._runtime import renamed\n@renamed.parameters(a='b')\ndef f() -> None: return",
]
REFUSED = [
    "import os",
    "renamed.members(str, OLD=open('x'))",
    "__getattr__ = renamed.names(__name__, eval('1'))",
    "@renamed.names(a='b')\ndef f() -> None: return",
    "import os as dt",
    "import datetime",
    "from os import system",
    "from os.path import join",
    "from typing import sys",
    "from importlib import reload",
    "from .._runtime.fork import os",
    "from .._runtime.check import re",
    "from .._runtime.gone import x",
    "from .._runtime import gone",
    "from ....x import y",
    "from .enums import *\nfrom os import *",
    "print(1)",
    "open('x')",
    "eval('1')",
    "exec('1')",
    "compile('1', '', 'eval')",
    "__import__('os')",
    "globals()",
    "x = getattr(str, 'x')",
    "from importlib import import_module\nx = import_module('os')",
    "x = breakpoint",
    "x = __builtins__",
    "x = undefined",
    "x = str.__class__",
    "x = str._secret",
    "x = ''.__class__.__mro__",
    "x = '{0.__class__}'.format(str)",
    "x = 'a' % str",
    "x = f'{str}'",
    "x = b'' + b''",
    "x = (lambda: 1)()",
    "x = [str][0]()",
    "x = str()()",
    "x = 2 ** 9",
    "x = y = 1",
    "str.x = 1",
    "str['x'] = 1",
    "x, y = 1, 2",
    "x += 1",
    "(x := 1)",
    "del str",
    "1",
    "if str: x = 1",
    "if str:\n    import os",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    x = 1",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from os import path",
    "while True: pass",
    "for x in str: pass",
    "with str: pass",
    "try: pass\nexcept: pass",
    "assert str",
    "raise ValueError",
    "match str:\n    case 1: pass",
    "async def f():\n    yield 1",
    "def f():\n    global str",
    "def f():\n    nonlocal str",
    "def f():\n    import os",
    "def f(__builtins__): return 1",
    "def __getattr__(name):\n    return open(name)",
    "def __getattr__(name):\n    return name.__class__",
    "def __dir__():\n    import os",
    "@str\ndef f(): return 1",
    "@property.setter\ndef f(): return 1",
    "class A(metaclass=open): pass",
    "class A:\n    print(1)",
    "class A:\n    def __del__(self): return 1",
    "class A:\n    def f(self): return self._other",
    "class A:\n    def f(self, other): return other._core",
    "def f(a=open('x')): return a",
    "def f(a: open('x')): return a",
    "x: open = 1",
]


@pytest.mark.parametrize("source", ALLOWED)
def test_what_generated_modules_say(source: str) -> None:
    grammar.check(ast.parse(source), PATH)


@pytest.mark.parametrize("source", REFUSED)
def test_what_no_generated_module_says(source: str) -> None:
    tree = ast.parse(source)
    with pytest.raises(grammar.Refused):
        grammar.check(tree, PATH)


def test_a_relative_import_stays_inside_the_package() -> None:
    tree = ast.parse("from ..x import y")
    grammar.check(tree, "clients/acme/x.py")
    with pytest.raises(grammar.Refused, match="outside"):
        grammar.check(tree, "clients/x.py")


def test_a_project_says_what_its_own_templates_import() -> None:
    known = {"logging", "acme.wires"}
    grammar.check(ast.parse("import logging\nx = logging"), PATH, known)
    grammar.check(ast.parse("from acme.wires import wire\nx = wire"), PATH, known)
    for source in (
        "import os",
        "import logging.config",
        "from acme import wires",
        "from . import _runtime as x\nfrom ._runtime.wire import os",
        "print(1)",
    ):
        with pytest.raises(grammar.Refused):
            grammar.check(ast.parse(source), PATH, known)


class Plan(Struct, frozen=True):
    name: code.Code


def test_nothing_is_printed_that_leaves_the_list(tmp_path: Path) -> None:
    (tmp_path / "x.py.jinja").write_text("x = 1\n\ny = {{ name }}('key')\n")
    artefact = Artefact(
        "out/x.py", "x.py.jinja", "specs", Plan(code.identifier("open"))
    )
    problem = Renderer(tmp_path, lambda path: path.name).render(artefact)
    assert isinstance(problem, Problem)
    assert problem.rule == "output-refused"
    assert "line 3 of out/x.py" in problem.message
