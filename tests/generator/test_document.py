"""Reading a spec file: every value at its place, nothing lost, nothing guessed."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from wirebook.document import (
    MAX_BYTES,
    MAX_NODES,
    MAX_TEXT,
    MOST_PROBLEMS,
    ListNode,
    MapNode,
    ScalarNode,
    character,
    explained,
    plain,
    read,
    read_file,
    reader,
    scalar,
    syntax,
)
from wirebook.model.place import Where

EXPLANATIONS = [
    rule
    for stage in (character, explained, scalar, syntax)
    for rule in stage.EXPLANATIONS
    if not rule.bad.startswith("# ") or rule.rule == "empty-file"
]


@pytest.fixture(params=["libyaml", "python"])
def _parser(request, monkeypatch):
    """Both parsers: libyaml is missing on some platforms."""
    if request.param == "python":
        monkeypatch.setattr(reader, "LOADER", yaml.SafeLoader)


TWISTED = """
yes No ON off y N True FALSE ~ Null NULL = 012 0x1F 0o7 0b1 1_000 +1 -0 00 11:51 -10:00
1:2:3.4 170.040 1.5 1e3 -1E-3 .5 5. .inf -.Inf .NaN 2018-03-03 2018-3-3T10:00:00Z
1234567890123456
"""


def rules(text: str) -> list[str]:
    return [problem.rule for problem in read(text, "f.yaml")[1]]


def value(text: str):
    root, problems = read(f"key: {text}\n", "f.yaml")
    assert problems == []
    assert root is not None
    return plain(root)["key"]


@pytest.mark.usefixtures("_parser")
def test_every_key_and_value_knows_its_place():
    text = "spec: 1\nmaps:\n  你好: {b: [x, 'y']}\n  text: |\n    line\n"
    root, problems = read(text, "f.yaml")
    assert problems == []
    assert isinstance(root, MapNode)
    maps = root.entries["maps"]
    assert isinstance(maps, MapNode)
    flow = maps.entries["你好"]
    assert isinstance(flow, MapNode)
    items = flow.entries["b"]
    assert isinstance(items, ListNode)
    assert root.keys["maps"] == Where("f.yaml", 2, 1)
    assert maps.keys["你好"] == maps.where == Where("f.yaml", 3, 3)
    assert flow.where == Where("f.yaml", 3, 7)
    assert flow.keys["b"] == Where("f.yaml", 3, 8)
    assert [item.where.column for item in items.items] == [12, 15]
    assert maps.entries["text"].where == Where("f.yaml", 4, 9)
    assert plain(root) == {
        "spec": 1,
        "maps": {"你好": {"b": ["x", "y"]}, "text": "line\n"},
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0),
        ("-10", -10),
        ("18100002707", 18100002707),
        ("true", True),
        ("false", False),
        ("null", None),
        ('"true"', "true"),
        ("'012'", "012"),
        ("v1.0.0.1890", "v1.0.0.1890"),
        ("1.0.0", "1.0.0"),
        ("1001@100001", "1001@100001"),
        ("87B01469201D6557C2685137EB3B5DEC", "87B01469201D6557C2685137EB3B5DEC"),
        ("$api_key", "$api_key"),
        ("page#SMS status", "page#SMS status"),
        ("2022-03-25 edition", "2022-03-25 edition"),
        ('"\\r\\n"', "\r\n"),
        ("{}", {}),
        ("[]", []),
    ],
)
@pytest.mark.usefixtures("_parser")
def test_what_plain_scalars_mean(text, expected):
    found = value(text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    "text",
    TWISTED.split(),
)
@pytest.mark.usefixtures("_parser")
def test_what_loaders_disagree_about_is_refused(text):
    root, (problem,) = read(f"key: {text}\n", "f.yaml")
    assert problem.where == Where("f.yaml", 1, 6)
    assert f"'{text}'" in (problem.hint or "")
    assert rules(f"key: '{text}'\n") == []
    assert rules(f"{text}: value\n") == [problem.rule]
    assert rules(f"'{text}': value\n") == []
    assert root is not None
    node = root.entries["key"]
    assert isinstance(node, ScalarNode)
    assert (node.refused, node.value) == (True, text)


@pytest.mark.usefixtures("_parser")
def test_keys_are_text():
    root, problems = read("codes: {-1: a, 1701: b, x: c, '012': d}\n", "f.yaml")
    assert problems == []
    assert root is not None
    assert list(plain(root)["codes"]) == ["-1", "1701", "x", "012"]


@pytest.mark.usefixtures("_parser")
def test_all_problems_come_together_until_the_syntax_breaks():
    text = "a: yes\na: &x 1\nb: *x\nc: 1.5\nd: [\n"
    found = rules(text)
    assert found == [
        "truth-word",
        "duplicate-key",
        "anchor",
        "alias",
        "plain-number",
        "yaml-syntax",
    ]


@pytest.mark.parametrize("rule", EXPLANATIONS, ids=lambda rule: rule.rule)
@pytest.mark.usefixtures("_parser")
def test_explanations_show_what_they_say(rule):
    if rule.rule != "not-utf-8":
        assert rule.rule in rules(rule.bad)
    assert rules(rule.good) == []


def test_lines_end_as_windows_ends_them():
    root, problems = read("a: 1\r\nb: yes\r\n", "f.yaml")
    assert [problem.where.line for problem in problems] == [2]
    assert root is not None


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"a: 1\nb: \xff\n", 2, 4),
        ("你: 好\n".encode("gbk"), 1, 1),
        ("a: 1\n".encode("utf-16"), 1, 1),
    ],
)
def test_bytes_that_are_no_utf_8(tmp_path: Path, content, line, column):
    path = tmp_path / "f.yaml"
    path.write_bytes(content)
    root, (problem,) = read_file(path, "f.yaml")
    assert root is None
    assert problem.rule == "not-utf-8"
    assert problem.where == Where("f.yaml", line, column)


@pytest.mark.usefixtures("_parser")
def test_lone_surrogates():
    assert rules("a: \ud800\n") == ["not-utf-8"]
    assert rules('a: "\\ud800"\n')[0] in ("not-utf-8", "yaml-syntax")
    assert rules('a: "\\Uffffffff"\n') == ["yaml-syntax"]


def test_what_is_too_much(tmp_path: Path):
    path = tmp_path / "f.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    assert [problem.rule for problem in read_file(path, "f")[1]] == ["file-too-large"]
    assert rules("#" * (MAX_BYTES + 1)) == ["file-too-large"]
    assert rules("a: [" + "1," * (MAX_NODES + 1) + "]") == ["too-many-values"]


def test_an_endless_text_is_no_value_and_no_key():
    text = "x" * (MAX_TEXT + 1)
    assert rules(f'a: "{text}"') == ["text-too-long"]
    assert rules(f'? "{text}"\n: 1') == ["text-too-long"]
    assert rules(f'a: "{text[1:]}"') == []


def test_endless_problems_end():
    found = rules("a:\n" + "  - 012\n" * 10_000)
    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1] == "too-many-problems"
    # The C composer would crash, and merge keys would run for minutes.
    assert rules("[" * 100_000) == ["too-deep"]
    assert rules("a: " + "{b: " * 100_000) == ["too-deep"]
    assert rules("- " * 50_000) == ["too-deep"]


MARKS = "- |? |{|}|[|]|'|\"|>|&a |*a|!t |<<|#|%|@|`|: |, |a|key|yes|~|012|1.5|-1|11:51"
BREAKS = "\n|\n  |\n- |---\n|...\n|\t|\r|\\|\\u|\ufeff|\u2028"
PIECES = [*MARKS.split("|"), *BREAKS.split("|"), "|"]
YAMLISH = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=30
).map("".join)


@given(YAMLISH)
def test_no_text_makes_reading_raise(text):
    root, problems = read(text, "f.yaml")
    assert root is not None or problems
    lines = text.split("\n")
    for problem in problems:
        assert 1 <= problem.where.line <= len(lines)
        assert 1 <= problem.where.column <= len(lines[problem.where.line - 1]) + 1


@given(YAMLISH)
def test_both_parsers_accept_the_same_texts(text):
    fast = read(text, "f.yaml")
    reader.LOADER, kept = yaml.SafeLoader, reader.LOADER
    try:
        slow = read(text, "f.yaml")
    finally:
        reader.LOADER = kept
    if not fast[1] and not slow[1]:
        assert fast == slow


@given(
    st.dictionaries(
        st.from_regex(r"-?[a-z0-9]{1,8}", fullmatch=True), st.integers(-999, 10**15 - 1)
    )
)
def test_keys_and_integers_survive(entries):
    text = (
        "map: {"
        + ", ".join(f"'{key}': {number}" for key, number in entries.items())
        + "}"
    )
    root, problems = read(text, "f.yaml")
    assert problems == []
    assert root is not None
    assert plain(root) == {"map": entries}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_can_be_said_in_double_quotes(text):
    escaped = "".join(
        letter if letter.isalnum() else f"\\U{ord(letter):08x}" for letter in text
    )
    root, problems = read(f'text: "{escaped}"\n', "f.yaml")
    assert problems == []
    assert root is not None
    assert plain(root) == {"text": text}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("نمی\u200cباشد", True),
        ("क्\u200dष", True),
        ("\U0001f469\U0001f3fd\u200d\U0001f4bb", True),
        ("❤\ufe0f\u200d\U0001f525", True),
        ("api\u200ckey", False),
        ("سلام\u200c", False),
        ("می\u200c\u200cشود", False),
        ("a\u200d\U0001f4bb", False),
    ],
)
@pytest.mark.usefixtures("_parser")
def test_joiners_stand_where_a_script_writes_them(text, seen):
    assert (rules(f"text: {text}\n") == []) is seen
