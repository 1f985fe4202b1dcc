"""A plan and its template become text.

Templates decide nothing, and they print nothing of their own making: every value
has to come from a writer (`code`, `markdown`), so no text of a spec reaches the
output by accident.  A user's templates, which replace the tool's one by one, live
under the same rules.
"""

from __future__ import annotations

import ast
import re
import traceback
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import NoReturn

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from msgspec.structs import asdict

from . import grammar
from .code import Code, header
from .explain import Explanation
from .markdown import Markdown, comment
from .model import Where
from .plan.artefact import Artefact
from .problem import Problem, error, quote
from .tool import templates as tool_templates

LINE_LENGTH = 88

EXPLANATIONS = (
    Explanation(
        "template-missing",
        "A template is not there",
        "Every file of the output has a template. The tool brings them all; a folder"
        " of your own only replaces some, so a name that is missing is a misspelt"
        " include or import.",
        "{% include 'package/_heade.jinja' %}\n",
        "{% include 'package/_header.jinja' %}\n",
    ),
    Explanation(
        "template-syntax",
        "A template cannot be read",
        "The file is no valid Jinja template, or it joins texts with `~`: the joined"
        " text would be one that no writer has checked.",
        "{{ table.name ~ 'Status' }}\n",
        "{{ table.class_name }}\n",
    ),
    Explanation(
        "template-undefined",
        "A template uses a name that its plan does not have",
        "Templates see the fields of one plan and nothing else. A misspelt name must"
        " not print as nothing.",
        "{{ operation.nmae }}\n",
        "{{ operation.name }}\n",
    ),
    Explanation(
        "template-value",
        "A template prints a value that no writer made",
        "The words of a spec are strangers' words. Only what the writers of code.py"
        " and markdown.py made is known to be harmless; the result of a filter such"
        " as `upper` or `join`, a plain text or None is not.",
        "{{ operation.name|upper }}\n",
        "{{ operation.constant }}\n",
    ),
    Explanation(
        "template-failed",
        "A template could not be printed",
        "Something inside the template went wrong while it ran.",
        "{{ operations[99].name }}\n",
        "{% for operation in operations %}{{ operation.name }}{% endfor %}\n",
    ),
    Explanation(
        "output-invalid",
        "A generated module is no Python",
        "A module that does not parse is never written. The template has a mistake;"
        " where you have replaced none, wirebook has one: please report it.",
        "def {{ operation.name }}(\n",
        "def {{ operation.name }}() -> None:\n",
    ),
    Explanation(
        "output-refused",
        "A generated module says what no generated module does",
        "Before anything is written, each module is held against a list of what the"
        " output consists of: which syntax, names, calls and imports. Whatever is not"
        " on it could only be a spec's text that became code, or a template that does"
        " too much. What templates of your own import besides stands in `imports` of"
        " [tool.wirebook]; a module may not decide or call things when it is imported.",
        "PATH = open('key').read()\n",
        "PATH: Final = 'key'\n",
    ),
)


class Rendered(str):
    """What a macro or a block put together from accepted values."""

    __slots__ = ()


class RefusedValue(TypeError):
    """A template printed a value that no writer made."""


class Renderer:
    """Prints artefacts.

    `overrides` comes before the tool's own templates; `name` writes a path as
    messages show it; `imports` are modules that `overrides` may import besides.
    """

    def __init__(
        self,
        overrides: Path | None = None,
        name: Callable[[Path], str] = Path.as_posix,
        imports: Collection[str] = (),
    ) -> None:
        self._name = name
        self._imports = imports
        self.folders = tuple(f for f in (overrides, tool_templates()) if f)
        # What the plan lays out is black's layout already; a project's own templates
        # may print anything.
        self._certain = overrides is None
        self._environment = _Environment(
            loader=jinja2.FileSystemLoader(self.folders),
            undefined=jinja2.StrictUndefined,
            finalize=_accepted,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            # The tool's own stay as they are while it runs.
            auto_reload=overrides is not None,
            # What the optimizer computes ahead is not seen by the generator.
            optimized=False,
        )

    def render(self, artefact: Artefact) -> bytes | Problem:
        """The bytes of one file, or why there are none."""
        try:
            template = self._environment.get_template(artefact.template)
            text = template.render(_variables(artefact))
        except (Exception, RecursionError) as problem:
            return self._problem(artefact, problem)
        if not artefact.path.endswith(".py"):
            return text.encode()
        try:
            text = text if self._certain else laid_out(text)
            grammar.check(ast.parse(text), artefact.path, self._imports)
        except grammar.Refused as problem:
            line = text.split("\n")[problem.line - 1].strip()
            return error(
                "output-refused",
                self._where(artefact.template, 1),
                f"line {problem.line} of {artefact.path} {problem}: {quote(line)}",
                "a mistake in the template, or in wirebook where it is wirebook's own",
            )
        except (ValueError, SyntaxError) as problem:
            return error(
                "output-invalid",
                self._where(artefact.template, 1),
                f"{artefact.path} would be no Python: {problem}",
                "a mistake in the template, or in wirebook where it is wirebook's own",
            )
        return text.encode()

    def _problem(self, artefact: Artefact, problem: BaseException) -> Problem:
        match problem:
            case jinja2.TemplateSyntaxError():
                where = self._where(problem.name or artefact.template, problem.lineno)
                return error("template-syntax", where, problem.message or "no template")
            case jinja2.TemplateNotFound():
                where = self._line(artefact, problem)
                places = ", ".join(self._name(folder) for folder in self.folders)
                return error(
                    "template-missing",
                    where,
                    f"there is no template '{problem.message}'",
                    f"looked in {places}",
                )
            case jinja2.UndefinedError():
                rule = "template-undefined"
            case RefusedValue():
                rule = "template-value"
            case _:
                rule = "template-failed"
        message = f"{problem} (for {artefact.path})"
        return error(rule, self._line(artefact, problem), message)

    def _line(self, artefact: Artefact, problem: BaseException) -> Where:
        """The last line of a template that ran before the problem."""
        for frame in reversed(traceback.extract_tb(problem.__traceback__)):
            for folder in self.folders:
                if Path(frame.filename).is_relative_to(folder):
                    return Where(self._name(Path(frame.filename)), frame.lineno or 1, 1)
        return self._where(artefact.template, 1)

    def _where(self, template: str, line: int) -> Where:
        for folder in self.folders:
            if (folder / template).is_file():
                return Where(self._name(folder / template), line, 1)
        return Where(template, line, 1)


def laid_out(text: str) -> str:
    """A Python module in black's layout.  Raises ValueError where it is none."""
    # Imported here: it takes long, and only a project's own templates need it.
    from black import format_str
    from black.mode import Mode, TargetVersion

    mode = Mode(line_length=LINE_LENGTH, target_versions={TargetVersion.PY311})
    return format_str(text, mode=mode)


def _variables(artefact: Artefact) -> dict[str, object]:
    write = comment if artefact.path.endswith(".md") else header
    named = write(_portable(artefact.spec), artefact.template)
    return {"header": named, **asdict(artefact.context)}


@lru_cache
def _portable(spec: str) -> str:
    """The spec's name without anything that only this machine knows."""
    path = PurePosixPath(spec)
    if path.is_absolute():
        path = PurePosixPath(*path.parts[-3 if path.suffix else -1 :])
    plain = re.compile(r"[A-Za-z0-9_.-]+", re.ASCII)
    return "/".join(part for part in path.parts if plain.fullmatch(part)) or "specs"


@jinja2.pass_context
def _accepted(context: Context, value: object) -> object:
    page = (context.name or "").endswith(".md.jinja")
    if isinstance(value, (Markdown if page else Code, Rendered)):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, jinja2.Undefined):
        # Printing it raises the error that names it.
        return str(value)
    raise RefusedValue(
        f"{value!r:.60} is {type(value).__name__}, and only values made by a writer"
        " are printed"
    )


class _Generator(CodeGenerator):
    """Refuses what puts text into the output without passing by `_accepted`."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self._refuse("'~'", node)

    def visit_FilterBlock(self, node: nodes.FilterBlock, frame: Frame) -> None:
        self._refuse("a filter block", node)

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:
        self._refuse("a call block", node)

    def _refuse(self, what: str, node: nodes.Node) -> NoReturn:
        self.fail(
            f"{what} would print what no writer has checked; plan the whole text",
            node.lineno,
        )


class _Environment(jinja2.Environment):
    code_generator_class = _Generator

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """What macros and blocks return: all of it went through `_accepted`."""
        return Rendered("".join(parts))
