"""No blind spot: every single edit of our specs is refused, seen, or no change.

The judge is the model itself, compared field by field without its places: a
tree that forgets a field, or a rule that swallows a difference, is found here.
"""

import os
import random
import time
from pathlib import Path

import pytest
from msgspec import Struct

from tests.support.edits import Edit, apply, documents, edits
from tests.support.specimens import ACME
from wirebook.diff.change import changes
from wirebook.diff.judge import judge
from wirebook.diff.places import Places
from wirebook.diff.tree import tree
from wirebook.load import check
from wirebook.model import Where
from wirebook.problem import failed

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [*sorted((ROOT / "specs").glob("[a-z]*/")), ACME]
QUICK, LONG = 1.0, float(os.environ.get("WIREBOOK_FUZZ", "20"))
"""Seconds for each provider; a run of all edits (`inf`) takes hours with the largest."""


def _ids(folder: Path) -> str:
    return folder.name


@pytest.mark.parametrize("folder", FOLDERS, ids=_ids)
def test_a_sample_of_edits_is_refused_seen_or_no_change(folder: Path):
    _sample(folder, QUICK)


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=_ids)
def test_more_edits_are_refused_seen_or_no_change(folder: Path):
    """As many as the seconds in `WIREBOOK_FUZZ` hold."""
    _sample(folder, LONG)


def _sample(folder: Path, seconds: float) -> None:
    files = documents(folder, ROOT)
    every = list(edits(files))
    # Another order for every state of a spec, and the same one for the same state.
    random.Random(len(every)).shuffle(every)
    _try(files, every, time.monotonic() + seconds)


def _try(files, chosen: list[Edit], end: float) -> None:
    provider, problems = check(files)
    assert provider is not None
    assert not failed(problems)
    base, places, before = tree(provider), Places(files), _plain(provider)
    seen = 0
    for edit in chosen:
        if seen and time.monotonic() > end:
            break
        edited = apply(files, edit)
        found, problems = check(edited)
        if found is None or failed(problems):
            continue
        judged = judge(provider.id, changes(base, tree(found)), places, Places(edited))
        visible = bool(judged.findings or judged.spacing)
        assert visible == (_plain(found) != before), edit
        assert not [f for f in judged.findings if f.rule.id == "M002"], edit
        seen += visible
    assert seen, "a sample of which nothing gets through proves nothing"


def _plain(value: object) -> object:
    """The model without places: two specs that mean the same are equal."""
    if isinstance(value, Where):
        return None
    if isinstance(value, Struct):
        return type(value), [
            (field, _plain(getattr(value, field)))
            for field in value.__struct_fields__
            if field != "files"
        ]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
