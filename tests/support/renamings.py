"""A spec with one of everything that has a name, and what gives each another name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Spec = dict[str, Any]

BASE: Spec = {
    "spec": 1,
    "provider": {"id": "acme", "title": "Acme"},
    "servers": {"main": {"url": "https://acme.example"}},
    "settings": {"region": {"default": "eu"}},
    "credentials": {"pass_key": {"env": "ACME_KEY"}},
    "auth": {
        "plain_key": {
            "compute": {"stamp": {"join": "", "of": ["$pass_key", "!"]}},
            "headers": {"X-Key": "$pass_key", "X-Stamp": "$stamp"},
        }
    },
    "statuses": {
        "outcome": {
            "type": "int",
            "success": [0],
            "defaults": {"effect": "none"},
            "codes": {
                "0": {"name": "FINE", "text": "fine"},
                "1": {"name": "WRONG", "text": "wrong", "reaction": "request"},
            },
        }
    },
    "enums": {"colour": {"type": "string", "values": {"r": {"name": "RED"}}}},
    "models": {
        "thing": {
            "fields": {
                "size": {"type": "string"},
                "hue": {"type": "enum", "enum": "colour"},
                "made_at": {"type": "datetime", "optional": True},
                "cost": {"type": "decimal", "optional": True},
            }
        }
    },
    "operations": {
        "make": {
            "does": "submits",
            "method": "POST",
            "path": "/make",
            "in": "json",
            "parameters": {
                "width": {"type": "string", "max_length": 9},
                "hue": {"type": "enum", "enum": "colour", "optional": True},
                "parts": {"type": "string", "list": {"json": True}, "optional": True},
            },
            "rules": [
                {"required": ["hue"], "when": {"parameter": "width", "is": ["w"]}}
            ],
            "statuses": {"table": "outcome"},
            "reply": {
                "format": "json",
                "status": "code",
                "at": "d",
                "returns": "thing",
            },
        }
    },
}
"""One of everything; each kind below renames one thing of it."""


def renamed(found: Spec, old: str, new: str) -> Spec:
    return {new if key == old else key: value for key, value in found.items()}


def setting(spec: Spec, name: str) -> None:
    spec["settings"] = renamed(spec["settings"], "region", name)


def credential(spec: Spec, name: str) -> None:
    spec["credentials"] = renamed(spec["credentials"], "pass_key", name)
    scheme = spec["auth"]["plain_key"]
    scheme["headers"]["X-Key"] = f"${name}"
    scheme["compute"]["stamp"]["of"] = [f"${name}", "!"]


def scheme(spec: Spec, name: str) -> None:
    spec["auth"] = renamed(spec["auth"], "plain_key", name)


def computed(spec: Spec, name: str) -> None:
    found = spec["auth"]["plain_key"]
    found["compute"] = renamed(found["compute"], "stamp", name)
    found["headers"]["X-Stamp"] = f"${name}"


def table(spec: Spec, name: str) -> None:
    spec["statuses"] = renamed(spec["statuses"], "outcome", name)
    spec["operations"]["make"]["statuses"]["table"] = name


def status(spec: Spec, name: str) -> None:
    spec["statuses"]["outcome"]["codes"]["1"]["name"] = name


def enum(spec: Spec, name: str) -> None:
    spec["enums"] = renamed(spec["enums"], "colour", name)
    spec["models"]["thing"]["fields"]["hue"]["enum"] = name
    spec["operations"]["make"]["parameters"]["hue"]["enum"] = name


def member(spec: Spec, name: str) -> None:
    spec["enums"]["colour"]["values"]["g"] = {"name": name}


def model(spec: Spec, name: str) -> None:
    spec["models"] = renamed(spec["models"], "thing", name)
    spec["operations"]["make"]["reply"]["returns"] = name


def field(spec: Spec, name: str) -> None:
    found = spec["models"]["thing"]
    found["fields"] = renamed(found["fields"], "size", name)


def operation(spec: Spec, name: str) -> None:
    spec["operations"] = renamed(spec["operations"], "make", name)


def parameter(spec: Spec, name: str) -> None:
    found = spec["operations"]["make"]
    found["parameters"] = renamed(found["parameters"], "width", name)
    found["rules"][0]["when"]["parameter"] = name


def product(spec: Spec, name: str) -> None:
    own = ("statuses", "enums", "models", "operations")
    parts = {key: spec.pop(key) for key in own}
    spec[f"{name}.yaml"] = {"spec": 1, "product": {"id": name, "title": "P"}, **parts}


def callback(spec: Spec, name: str) -> None:
    spec["callbacks"] = {name: {"model": "thing", "format": "json"}}


def provider(spec: Spec, name: str) -> None:
    spec["provider"]["id"] = name


def class_of(part: str, key: str) -> Callable[[Spec, str], None]:
    def named(spec: Spec, name: str) -> None:
        spec[part][key]["class"] = name

    return named


model_class = class_of("models", "thing")
enum_class = class_of("enums", "colour")
table_class = class_of("statuses", "outcome")
