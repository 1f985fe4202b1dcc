"""Which rule names a thing that came, went or was renamed."""

from __future__ import annotations

from collections.abc import Mapping

from .change import Change, Kind
from .facets.choice import Answer, Choose, Named, Uses, by_side
from .facets.field import required
from .rule import Group, Verdict

_S, _W, _B, _D, _T = Group.SOURCE, Group.WIRE, Group.BEHAVIOUR, Group.DOC, Group.TEST

GROUPS: Mapping[str, frozenset[Group]] = {
    "provider": frozenset({_S, _W, _B, _D}),
    "product": frozenset({_S, _W, _B, _D}),
    "source": frozenset({_D}),
    "note": frozenset({_D}),
    "server": frozenset({_S, _W}),
    "setting": frozenset({_S, _W}),
    "credential": frozenset({_S, _W, _B}),
    "scheme": frozenset({_W}),
    "step": frozenset({_W}),
    "placement": frozenset({_W}),
    "operation": frozenset({_S, _W, _B, _D}),
    "variant": frozenset({_S, _W}),
    "rule": frozenset({_B}),
    "callback": frozenset({_S, _W, _D}),
    "segment": frozenset({_B}),
    "vector": frozenset({_T}),
    "parameter": frozenset({_S, _W, _B, _D}),
    "field": frozenset({_S, _W, _B}),
    "model": frozenset({_S, _D}),
    "enum": frozenset({_S, _D}),
    "value": frozenset({_S, _W}),
    "table": frozenset({_S, _D}),
    "status": frozenset({_S, _B, _D}),
    "family": frozenset({_B}),
    "reply": frozenset({_W}),
    "alternate": frozenset({_W}),
}
"""The projections in which the existence of a thing shows."""


def _added_parameter(change: Change, uses: Uses) -> Answer:
    thing = change.pair.thing
    if required(thing):
        return "Q001"
    return "Q002" if thing.facets.get("default") is None else "Q003"


def _added_note(change: Change, uses: Uses) -> Answer:
    return "D004" if change.pair.thing.facets.get("kind") == "assumption" else "D013"


def _removed_note(change: Change, uses: Uses) -> Answer:
    return "D005" if change.pair.thing.facets.get("kind") == "assumption" else "D014"


def _added_credential(change: Change, uses: Uses) -> Answer:
    return "A020" if change.pair.thing.facets.get("optional") else "A002"


def _added_setting(change: Change, uses: Uses) -> Answer:
    return "T002" if change.pair.thing.facets.get("default") is None else "T010"


def _removed_operation(change: Change, uses: Uses) -> Answer:
    return "O002" if change.pair.thing.facets.get("deprecated") else "O001"


def _header(header: Answer, other: Answer) -> Choose:
    return lambda change, uses: (
        header if change.pair.thing.facets.get("place") == "header" else other
    )


def _moved(change: Change, uses: Uses) -> Answer:
    """A placement under another key has another place, another wire name, or both."""
    old, new = change.pair.old, change.pair.new
    if old and new and old.facets.get("wire") == new.facets.get("wire"):
        return "A006"
    return "A013" if new and new.facets.get("place") == "header" else "A005"


def _value_code(change: Change, uses: Uses) -> Answer:
    return by_side("Q019", Named("Q019", Verdict.RISK))(change, uses)


ADDED: Mapping[str, Answer | Choose] = {
    "provider": "P002",
    "product": "P012",
    "source": "D015",
    "note": _added_note,
    "server": "T014",
    "setting": _added_setting,
    "credential": _added_credential,
    "scheme": "A021",
    "step": "A010",
    "placement": _header("A013", "A025"),
    "operation": "O003",
    "variant": "O021",
    "rule": "K009",
    "callback": "C001",
    "segment": "G001",
    "vector": "D007",
    "parameter": _added_parameter,
    "field": by_side(_added_parameter, "R008"),
    "model": "R036",
    "enum": "Q030",
    "value": by_side("Q016", "R017"),
    "table": "S002",
    "status": "S004",
    "family": "S013",
    "alternate": "R025",
}
REMOVED: Mapping[str, Answer | Choose] = {
    "provider": "P001",
    "product": "P011",
    "source": "D016",
    "note": _removed_note,
    "server": "T015",
    "setting": "T003",
    "credential": "A003",
    "scheme": "A022",
    "step": "A010",
    "placement": _header("A013", "A026"),
    "operation": _removed_operation,
    "variant": "O022",
    "rule": "K010",
    "callback": "C002",
    "segment": "G002",
    "vector": "D009",
    "parameter": "Q004",
    "field": by_side("Q004", "R009"),
    "model": "R035",
    "enum": "Q031",
    "value": by_side("Q017", "R018"),
    "table": "S001",
    "status": "S005",
    "family": "S013",
    "alternate": "R026",
}
RENAMED: Mapping[str, Answer | Choose] = {
    "provider": "P003",
    "product": "P014",
    "source": "D017",
    "note": "D017",
    "server": "T017",
    "setting": "T019",
    "credential": "A004",
    "scheme": "D017",
    "step": "D017",
    "placement": _moved,
    "operation": "O005",
    "variant": "O022",
    "callback": "C006",
    "segment": "G003",
    "vector": "D017",
    "parameter": "Q005",
    "field": by_side("Q005", "R010"),
    "model": "R037",
    "enum": "Q032",
    "value": _value_code,
    "table": "S003",
    "status": "S007",
    "family": "D017",
}
ALIASED: Mapping[str, Answer] = {
    "provider": "P010",
    "operation": "O004",
    "parameter": "Q006",
}
"""Renamed with `renamed_from`; everything else is N003."""

_BY_KIND = {Kind.ADDED: ADDED, Kind.REMOVED: REMOVED, Kind.RENAMED: RENAMED}


def choose(change: Change, uses: Uses) -> Answer | None:
    """The rule of a thing that came, went or was renamed; None where none is."""
    if change.kind is Kind.RENAMED:
        if _same_class(change):
            return "D017"
        # The key of a code or value is what the wire says: no alias for that.
        if change.pair.aliased and change.role not in ("status", "value"):
            return ALIASED.get(change.role, "N003")
    found = _BY_KIND[change.kind].get(change.role)
    return found(change, uses) if callable(found) else found


def _same_class(change: Change) -> bool:
    """Whether only the key inside the spec changed, and the class kept its name."""
    old, new = change.pair.old, change.pair.new
    if old is None or new is None or "class_name" not in new.facets:
        return False
    return old.facets["class_name"] == new.facets["class_name"]
