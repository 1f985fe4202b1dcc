import ast
import string

import black
import pytest
from black.mode import TargetVersion
from hypothesis import given, settings
from hypothesis import strategies as st

from wirebook import expression, layout
from wirebook.code import Code, docstring, header, identifier, literal, width

MODE = black.Mode(target_versions={TargetVersion.PY311}, line_length=88)

hostile = st.one_of(
    st.text(max_size=120),
    st.text(alphabet="\"'\\\n\r\t {}%#\u2028\u202e\x00é测", max_size=60),
    st.sampled_from(
        [
            '"""', "'''", "\\", '"', "x\\", '"""\nimport os\n"""', "\r\nimport os",
            "{{ 7*7 }}", "{% raw %}", "\N{RIGHT-TO-LEFT OVERRIDE}", "\ud800",
        ]
    ),
)  # fmt: skip


def blackened(source: str) -> str:
    return black.format_str(source, mode=MODE)


@given(hostile)
def test_a_text_survives_its_literal_and_black_leaves_it(text):
    code = literal(text)
    assert text == ast.literal_eval(code)
    assert code.isprintable()
    # Not the whole module: a lone string would be its docstring.
    source = f"x = [{code}]\n"
    if width(source) <= 89:
        assert source == blackened(source)


@given(
    st.one_of(
        st.integers(-(2**63), 2**63), st.floats(allow_nan=False, allow_infinity=False)
    )
)
def test_a_number_survives_its_literal(number):
    code = literal(number)
    assert number == ast.literal_eval(code)
    assert f"x = {code}\n" == blackened(f"x = {code}\n")


@given(st.lists(hostile, min_size=1, max_size=5), st.integers(0, 2))
def test_a_docstring_keeps_its_words_and_black_leaves_it(lines, depth):
    flat = [" ".join(line.split()) for line in lines]
    if not any(flat):
        flat = ["x"]
    if not flat[0]:
        flat[0] = "first"
    margin = "    " * depth
    opening = "".join(f"{'    ' * d}class C{d}:\n" for d in range(depth))
    source = f"{opening}{margin}{docstring(flat, depth)}\n"
    if not depth:
        source += "\nx = 1\n"
    assert source == blackened(source)
    node: ast.Module | ast.ClassDef = ast.parse(source)
    for _ in range(depth):
        inner = node.body[0]
        assert isinstance(inner, ast.ClassDef)
        node = inner
    words = ast.get_docstring(node, clean=False)
    assert words is not None
    assert words.split() == " ".join(flat).split()


@given(st.text(st.characters(codec="utf-8"), max_size=50))
def test_widths_are_black_s_for_all_that_is_printed(text):
    code = literal(text)
    assert black.strings.str_width(code) == width(code)


def test_only_writers_make_code():
    with pytest.raises(TypeError, match="only the writers"):
        Code("import os")
    assert not isinstance(literal("a") + "b", Code)
    assert not isinstance("%s" % literal("a"), Code)  # noqa: UP031 - what is tested


@pytest.mark.parametrize("name", ["a b", "class", "1a", "", "a.", "ſ", "a\n", "None"])
def test_what_is_no_identifier_is_refused(name):
    with pytest.raises(ValueError, match="identifier"):
        identifier(name)


@pytest.mark.parametrize(
    "path", ["a b", "x\nimport os", "/etc", "a\r", "coding: x", ""]
)
def test_a_header_names_plain_paths_only(path):
    with pytest.raises(ValueError, match="comment"):
        header(path, "package/x.jinja")


names = st.text(string.ascii_lowercase, min_size=1, max_size=30).map(lambda s: f"n_{s}")
atoms = st.one_of(
    names.map(identifier),
    st.text("ab \"'测\\", max_size=60).map(literal),
    st.integers(-999, 999).map(literal),
)


def brackets(children):
    keywords = st.dictionaries(names, children, max_size=4)
    return st.one_of(
        st.builds(
            lambda f, a, k: expression.call(f, *a, **k),
            names,
            st.lists(children, max_size=4),
            keywords,
        ),
        st.lists(children, max_size=5).map(expression.sequence),
        st.builds(
            lambda f, a, b, c: expression.call(f, expression.either(a, b), c),
            names,
            names.map(identifier),
            st.builds(lambda f, a: expression.call(f, *a), names, st.lists(atoms)),
            atoms,
        ),
        st.lists(children, max_size=5).map(expression.listing),
        st.builds(expression.comprehension, children, names, children),
        st.builds(
            lambda n, f, a: expression.lambda_([n], expression.call(f, *a)),
            names,
            names,
            st.lists(children, max_size=4),
        ),
        st.lists(st.tuples(atoms, children), max_size=4).map(expression.mapping),
    )


expressions = st.recursive(atoms, brackets, max_leaves=12)
types = st.recursive(
    names.map(identifier),
    lambda inner: st.builds(
        lambda n, items: expression.subscript(n, *items),
        names,
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=5,
)
simple = st.one_of(
    st.builds(layout.Assign, names.map(identifier), expressions),
    expressions.map(layout.Return),
    brackets(atoms),
)
statements = st.one_of(
    simple,
    st.builds(
        layout.If,
        st.one_of(
            names.map(expression.is_given),
            st.lists(names.map(expression.is_given), min_size=1, max_size=4).map(
                lambda tests: expression.every(*tests)
            ),
        ),
        st.lists(simple, min_size=1, max_size=2).map(tuple),
        st.lists(simple, max_size=2).map(tuple),
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(statements, min_size=1, max_size=4), st.integers(0, 1))
def test_black_leaves_statements_as_they_are(nodes, depth):
    margin = "    " * (depth + 1)
    opening = "class C:\n    def f():\n" if depth else "def f():\n"
    body = "".join(f"{margin}{layout.statement(n, depth + 1)}\n" for n in nodes)
    source = f"{opening}{margin}x()\n{body}"
    assert source == blackened(source)


@settings(max_examples=100, deadline=None)
@given(
    names,
    st.lists(
        st.builds(layout.Parameter, names, types, st.one_of(st.none(), atoms)),
        min_size=1,
        max_size=6,
    ),
)
def test_black_leaves_signatures_as_they_are(function, parameters):
    parameters = [layout.Parameter("*"), *parameters]
    code = layout.signature(function, parameters, literal(None), 0)
    source = f"{code}\n    pass\n"
    assert source == blackened(source)
