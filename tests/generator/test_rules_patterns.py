"""Patterns: what is safe passes, what could be made slow does not."""

import re
import time

import pytest

from wirebook.pattern import Unsafe, inspect

SAFE = [
    "[0-9]+",
    "[0-9A-Z]{32}",
    r"[^@\s]+@[^@\s]+",
    r"\+?[1-9][0-9]{6,14}",
    "(?:[0-9]{2}:){5}[0-9]{2}",
    "(?:AA|BB)[0-9]*",
    "a|b|",
    "[]a]+",
    r"[a\]]{0,3}",
    r"\{[a-z]+\}",
    "(ab)+",
    "[a-z]+[0-9]+[a-z]+",
    "",
]
UNSAFE = [
    "([0-9]+)+",
    "(?:a?){20}",
    "(a*)*",
    "(?:a|a)*",
    "(?:ab|a)+",
    ".*.*.*x",
    ".*x.*",
    "(?s).*##code##.*",
    r"[\s\S]*##code##[\s\S]*",
    r".*.+\d{1000}",
    "(?:ab)*(?:ab)+(?:ab){0,1000}",
    "[ab]{0,1000}[ab]{0,1000}[ab]{0,1000}x",
    "[ab]*a{0,1000}[ab]+x",
    "[a-z]+[a-z]*[a-c]+x",
    "a*b?a*b?a*x",
    "(?:a+b)+",
    r"(a)\1",
    "(?=a)a",
    "(?<!a)b",
    "(?P<n>a)",
    "(?i)a",
    "(?>a)",
    "^a",
    "a$",
    r"\bword",
    r"\Aa",
    "a+?",
    "a++",
    "a{2}{3}",
    "a{1001}",
    "a{3,2}",
    "a{,}",
    "{",
    "*a",
    "(a",
    "a)",
    "[a",
    "a\\",
    r"\x41",
    "a" * 501,
]


@pytest.mark.parametrize("pattern", SAFE)
def test_safe(pattern: str):
    inspect(pattern)


@pytest.mark.parametrize("pattern", UNSAFE)
def test_unsafe(pattern: str):
    with pytest.raises(Unsafe):
        inspect(pattern)


@pytest.mark.parametrize("pattern", SAFE)
@pytest.mark.parametrize("seed", ["a", "1", "##code#", "x", "ab", "@", "]"])
def test_safe_patterns_are_fast_on_long_values(pattern: str, seed: str):
    compiled = re.compile(pattern, re.ASCII)
    value = seed * (2000 // len(seed)) + "\x00"
    begin = time.process_time()
    compiled.fullmatch(value)
    assert time.process_time() - begin < 1
