"""HAR files and Postman collections: requests that were made, or are ready to be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from .curl import request
from .found import Call, Found, chosen, tree
from .replies import of_text

Tree = Any


def har(whole: Tree) -> Found:
    """The requests of a recording, one of each kind; pages and pictures are left out."""
    found = Found()
    seen: set[tuple[str, ...]] = set()
    for entry in whole["log"].get("entries", ()):
        sent, answer = entry["request"], entry.get("response", {})
        media = str(answer.get("content", {}).get("mimeType", "")).lower()
        if sent["method"] == "OPTIONS" or _page(media):
            continue
        data = sent.get("postData", {})
        body = data.get("text") or urlencode(
            [(each["name"], each.get("value", "")) for each in data.get("params", ())]
        )
        headers = [(each["name"], each["value"]) for each in sent.get("headers", ())]
        if data.get("mimeType"):
            headers.append(("Content-Type", data["mimeType"]))
        call = request(sent["method"], sent["url"], headers, body)
        kind = (call.method, call.path, *chosen(call))
        if kind in seen:
            continue
        seen.add(kind)
        _answer(call, str(answer.get("content", {}).get("text", "")))
        found.calls.append(call)
    if not found.calls:
        found.remarks.append("The recording holds no request of an API.")
    return found


def _page(media: str) -> bool:
    return media.startswith(("text/html", "image/", "font/", "text/css")) or (
        "javascript" in media
    )


def postman(whole: Tree) -> Found:
    """The requests of a collection, folders included."""
    found = Found(title=str(whole["info"].get("name", "")))
    auth = whole.get("auth")
    for item in _items(whole.get("item", ()), auth):
        found.calls.append(item)
    return found


def _items(items: Any, auth: Any) -> Iterator[Call]:
    for item in items:
        own = item.get("auth", auth)
        if "item" in item:
            yield from _items(item["item"], own)
        elif "request" in item:
            yield _postman_call(item, own)


def _request(given: Any) -> Tree:
    """A request; one that is written as its URL alone is a GET."""
    return tree(given) or {"method": "GET", "url": str(given)}


def _postman_call(item: Tree, auth: Any) -> Call:
    sent = _request(item["request"])
    url = sent.get("url", "")
    url = url if isinstance(url, str) else url.get("raw", "")
    headers = [
        (each["key"], str(each.get("value", "")))
        for each in sent.get("header") or ()
        if not each.get("disabled")
    ]
    text, place = _postman_body(tree(sent.get("body")))
    auth = tree(sent.get("auth", auth))
    headers += _postman_auth(auth)
    call = request(sent.get("method", "GET"), url, headers, text, place)
    call.name = str(item.get("name", ""))
    call.basic = call.basic or auth.get("type") == "basic"
    call.bearer = call.bearer or auth.get("type") in ("bearer", "oauth2")
    description = sent.get("description") or item.get("description") or ""
    call.summary = description if isinstance(description, str) else ""
    for answer in item.get("response") or ():
        if 200 <= int(answer.get("code") or 0) < 300:
            _answer(call, str(answer.get("body") or ""))
            break
    return call


def _postman_body(body: Tree) -> tuple[str, str]:
    mode = body.get("mode", "raw")
    if mode in ("urlencoded", "formdata"):
        parts: list[tuple[str, Any]] = [
            (each["key"], "@file" if each.get("type") == "file" else each.get("value"))
            for each in body.get(mode) or ()
            if not each.get("disabled")
        ]
        if mode == "formdata":
            return "&".join(f"{key}={value}" for key, value in parts), "multipart"
        return urlencode(parts), ""
    return str(body.get("raw") or ""), ""


def _postman_auth(auth: Tree) -> list[tuple[str, str]]:
    if auth.get("type") != "apikey":
        return []
    facts = {each["key"]: each.get("value") for each in auth.get("apikey", ())}
    return [(str(facts.get("key") or "X-Api-Key"), "")]


def _answer(call: Call, text: str) -> None:
    try:
        sample = tree(json.loads(text))
    except ValueError:
        sample = {}
    if sample:
        call.reply, call.shape = sample, "json"
    else:
        of_text(call, text)
