"""The rule of vectors that do not hold."""

from __future__ import annotations

from wirebook.explain import Explanation

BROKEN = "broken-vector"

EXPLANATIONS = (
    Explanation(
        BROKEN,
        "A vector that does not hold",
        "`wirebook prove` plays each vector against the clients: the arguments must "
        "become its request, byte for byte, and its reply must yield its result or "
        "raise its error. One of spec and vector is wrong.",
        'request: {headers: {X-Sign: "0000"}}    # the scheme computes another\n',
        "request: {headers: {X-Sign: 972dd303b2e9a14eb5687120c8f3327e}}\n",
    ),
)
