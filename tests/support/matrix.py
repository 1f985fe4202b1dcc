"""Every pair of signing, request, reply and status, as operations of one spec."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

AXES = {
    "signing": ("key", "hashed", "basic", "bearer", "stamp", "query_hmac", "body_hmac"),
    "request": (
        *("query_repeat", "query_join", "form_indexed", "form_json", "form_nested"),
        *("json_list", "json_wrapped", "json_deep", "xml_list", "multipart", "raw"),
    ),
    "reply": ("json", "xml", "delimited", "sentence", "csv", "pairs", "text"),
    "status": ("integer", "zeros", "http", "item"),
}

LISTS = ("json", "xml", "delimited", "sentence", "csv")
"""Formats that can hold several items."""

_PLACES = {
    "query": ("GET", "query"),
    "form": ("POST", "form"),
    "json": ("PUT", "json"),
    "xml": ("POST", "xml"),
    "multipart": ("POST", "multipart"),
    "raw": ("PATCH", "body"),
}
_NUMBERS: dict[str, dict[str, Any]] = {
    "query_repeat": {"wire": "to", "list": {"repeat": True}},
    "query_join": {"wire": "to", "list": {"join": ";"}},
    "form_indexed": {"wire": "to.{i}", "list": {"indexed": True, "first": 0}},
    "form_json": {"wire": "to", "list": {"json": True}},
    "form_nested": {"wire": "to[{i}][n]", "list": {"indexed": True}},
    "json_list": {"wire": "a.to", "list": {"json": True}},
    "json_wrapped": {"wire": "to", "list": {"json": True, "item": "n"}},
    "json_deep": {"wire": "a.0.to", "list": {"json": True}},
    "xml_list": {"wire": "a.to", "list": {"repeat": True, "item": "n"}},
    "multipart": {"wire": "to", "list": {"repeat": True}},
    "raw": {"wire": "X-To", "in": "header", "list": {"join": ","}},
}
_TEMPLATES = ["{code} {id}", "{code}"]

Cell = dict[str, str]


def possible(cell: Cell) -> bool:
    """Whether a combination makes sense at all."""
    if cell["status"] == "item" and cell["reply"] not in LISTS:
        return False
    # Only a list can come as CSV here, and only it has a status in each row.
    return cell["reply"] != "csv" or cell["status"] in ("item", "http")


def cells() -> list[Cell]:
    """Few combinations in which every possible pair of values stands together."""
    names = list(AXES)
    all_cells = [
        cell
        for values in product(*AXES.values())
        if possible(cell := dict(zip(names, values, strict=True)))
    ]
    missing = set().union(*(_pairs(cell) for cell in all_cells))
    found: list[Cell] = []
    while missing:
        best = max(all_cells, key=lambda cell: len(_pairs(cell) & missing))
        missing -= _pairs(best)
        found.append(best)
    return found


def _pairs(cell: Cell) -> set[tuple[str, str]]:
    values = [f"{name}={value}" for name, value in cell.items()]
    return set(combinations(values, 2))


def name_of(number: int) -> str:
    return f"call_{number}"


def spec() -> dict[str, Any]:
    """The spec, as the YAML that it is written to."""
    return {
        "spec": 1,
        "provider": {"id": "matrix", "title": "Matrix", "summary": "All pairs."},
        "servers": {"main": {"url": "https://matrix.example"}},
        "credentials": {"user": {}, "secret": {"secret": True}},
        "auth": _auth(),
        "statuses": _tables(),
        "models": {
            "item": {
                "fields": {
                    "id": {"type": "string", "optional": True},
                    "code": {
                        **{"type": "status", "table": "integer"},
                        **{"item_status": True},
                    },
                }
            },
            "line": {"fields": {"id": {"type": "string"}}},
        },
        "operations": {
            name_of(number): _operation(cell, number)
            for number, cell in enumerate(cells())
        },
    }


def _auth() -> dict[str, Any]:
    mac = {"hmac": "sha256", "key": ["$secret"]}
    query = ["$request.method", "$request.path", "$pairs"]
    return {
        "key": {"parameters": {"key": "$secret"}},
        "hashed": {"parameters": {"key": {"digest": "sha512", "of": ["$secret"]}}},
        "basic": {"basic": {"username": "$user", "password": "$secret"}},
        "bearer": {"bearer": "$secret"},
        "stamp": {
            "compute": {
                "at": {"now": "unix_milliseconds"},
                "sign": {"digest": "md5", "of": ["$user", "$secret", "$at"]},
            },
            "headers": {"X-At": "$at", "X-Sign": "$sign"},
        },
        "query_hmac": {
            "compute": {
                "pairs": {"canonical": ["query"]},
                "sign": {**mac, "of": query, "separator": "\n"},
            },
            "headers": {"X-Sign": "$sign"},
        },
        "body_hmac": {
            "compute": {"sign": {**mac, "of": ["$request.body"], "output": "base64"}},
            "headers": {"X-Sign": "$sign"},
        },
    }


def _tables() -> dict[str, Any]:
    def table(kind: str, success: Any, good: str, bad: str) -> dict[str, Any]:
        return {
            "type": kind,
            "success": success,
            "defaults": {"effect": "none"},
            "codes": {
                good: {"name": "GOOD", "text": "good"},
                bad: {"name": "BAD", "text": "bad", "reaction": "balance"},
            },
        }

    return {
        "integer": table("int", [1], "1", "-7"),
        "zeros": table("string", {"prefix": "0"}, "001", "7.01"),
        "http": table("int", {"minimum": 200, "maximum": 299}, "202", "402"),
    }


def _operation(cell: Cell, number: int) -> dict[str, Any]:
    family = cell["request"].partition("_")[0]
    method, place = _PLACES[family]
    text: dict[str, Any] = {"wire": "text", "type": "text"}
    if cell["request"] == "json_deep":
        text["wire"] = "a.0.text"
    made: dict[str, Any] = {
        "does": "submits",
        "method": method,
        "path": f"/{name_of(number)}",
        "in": place,
        "auth": cell["signing"],
        "encoding": "rfc3986",
        "parameters": {
            "text": text,
            "numbers": {"type": "phone", **_NUMBERS[cell["request"]]},
        },
        "reply": _reply(cell),
    }
    if family == "xml":
        made["xml_root"] = "call"
    status = cell["status"]
    key = {"item": "items", "http": "http"}.get(status, "table")
    made["statuses"] = {key: "integer" if status == "item" else status}
    if status == "http":
        made["alternates"] = [
            {"when": {"http": [402]}, "format": "text", "status": "$http"}
        ]
    return made


def _reply(cell: Cell) -> dict[str, Any]:
    kind, status = cell["reply"], cell["status"]
    reply: dict[str, Any] = {"format": kind}
    listed = status == "item" or kind == "csv"
    if kind == "delimited":
        reply |= {"fields": ["code", "id"], "min_fields": 1}
        reply |= {"records": ","} if listed else {}
    elif kind == "sentence":
        reply |= {"templates": _TEMPLATES} | ({"records": "\n"} if listed else {})
    elif kind == "csv":
        reply["header"] = True
    if listed:
        reply |= {"returns": "item" if status == "item" else "line", "list": True}
        if kind in ("json", "xml"):
            reply["at"] = "items.item"
        return reply
    if status != "http":
        reply["status"] = "text" if kind == "text" else "code"
    if kind != "text":
        reply |= {"returns": "string", "at": "id"}
    return reply
