"""Edits of the provider itself, its servers and settings."""

from __future__ import annotations

from tests.support.mutation import Mutation, both, one

_SERVER = '  spare: {url: "https://spare.acme.example/{region}", src: doc}\n'
_SETTING = "summary: Where data is kept., src: doc}\n"

MUTATIONS = (
    one("P006", 'version: "1.0"\n', 'version: "1.1"\n'),
    one("P007", "file: acme.txt", "file: acme2.txt"),
    one("P008", "stability: stable", "stability: draft"),
    one("P013", "  title: Acme", "  class_prefix: Acne\n  title: Acme"),
    one("T001", "https://api.acme.example", "https://api2.acme.example"),
    Mutation(
        "T002",
        [(_SETTING, f"{_SETTING}  host: {{env: ACME_HOST, summary: Which host.}}\n")],
        mirror="T003",
    ),
    Mutation(
        "T003",
        [("  host: {default: a, env: ACME_HOST, summary: Which host.}\n", "")],
        [
            (
                _SETTING,
                f"{_SETTING}  host: {{default: a, env: ACME_HOST, summary: Which"
                " host.}\n",
            )
        ],
    ),
    Mutation(
        "T010",
        [(_SETTING, f"{_SETTING}  host: {{default: a, summary: Which host.}}\n")],
    ),
    one("T004", "default: eu", "default: us"),
    Mutation(
        "T005",
        [
            ("https://api", "http://api"),
            ('region}", src', 'region}", insecure: true, src'),
        ],
    ),
    Mutation(
        "T018",
        [("insecure: true, src", "src"), ("http://api", "https://api")],
        [
            ("https://api", "http://api"),
            ('region}", src', 'region}", insecure: true, src'),
        ],
    ),
    one(
        "T006",
        "at: data\n      returns: submission",
        "at: data\n      http: [200]\n      returns: submission",
    ),
    one("T007", "timeout: 20", "timeout: 25"),
    one("T011", "values: [eu, us]", "values: [eu]"),
    one("T012", "values: [eu, us]", "values: [eu, us, cn]"),
    one("T013", "ACME_REGION", "ACME_PLACE"),
    both("T014", (_SERVER, _SERVER + _SERVER.replace("spare", "third"))),
    one("T015", _SERVER, ""),
    both("T016", (_SERVER, ""), ("servers:\n", f"servers:\n{_SERVER}")),
    one("T017", "  spare: {url", "  reserve: {url"),
    both(
        "T019",
        ("  region: {default", "  area: {default"),
        ("{region}", "{area}"),
        ("{region}", "{area}"),
    ),
    one("T020", "default: eu, ", "", mirror="T021"),
    Mutation(
        "T021", [("{values: [eu", "{default: eu, values: [eu")], [("default: eu, ", "")]
    ),
)
