"""Requests in text: curl command lines, and URLs as pages print them."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

from .found import Call, Value, of_json, sampled, tree
from .words import looks_secret, name

_URL = re.compile(r"(?:(GET|POST|PUT|PATCH|DELETE)\s+)?<?(https?://[\w{<\[][^\s'\"`]+)")
_HOST = re.compile(r"://|^[\w-]+\.[\w.-]+|^localhost|^[<{]")
_PLACEHOLDER = re.compile(
    r"<([\w -]+)>(?::port)?|\$?\{\{?([\w -]+)\}?\}(?::port)?|\$([A-Za-z_]\w*)"
)
"""What stands for a value: `<id>`, `{id}`, `{{id}}`, `$ID` and `${ID}`."""
_DROPPED = re.compile(
    r"(?i)(host|user-agent|accept.*|content-.*|connection|cache-control|pragma|origin"
    r"|referer|cookie|dnt|te|priority|postman-token|sec-.*|x-requested-with"
    r"|upgrade-.*|traceparent|:.*|if-.*|date|expect|transfer-encoding)"
)
_CURL = re.compile(r"(?m)(?:^|[\s$>`:])(curl\s.+)$")
_COMMAND = re.compile(
    r"""(?s)(?:[^'"\\\n]+|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+""",
)
"""Words of a shell up to the end of a line that is in no quotes."""
LONGEST = 20_000
"""Characters of one command; what goes on further has a quote too many."""
MOST_REQUESTS = 5_000
"""Command lines, or URLs, of a text."""
_DATA = ("-d", "--data", "--data-raw", "--data-binary", "--data-ascii")
_WITH_VALUE = frozenset(
    [
        "-o",
        "--output",
        "-A",
        "--user-agent",
        "-e",
        "--referer",
        "-b",
        "--cookie",
        "-c",
        "--cookie-jar",
        "-m",
        "--max-time",
        "--connect-timeout",
        "-x",
        "--proxy",
        "-w",
        "--write-out",
        "--cacert",
        "--cert",
        "--retry",
    ]
)


def commands(text: str) -> tuple[list[tuple[int, str]], str]:
    """Each curl command line, its continuation lines joined, and the text around them.

    With each stands the place in that text which it was taken from.
    """
    joined = re.sub(r"[\\^]\s*\n", " ", text)
    found: list[tuple[int, str]] = []
    rest: list[str] = []
    done = kept = 0
    for start in _CURL.finditer(joined):
        begin, end = start.span(1)
        # A body in quotes may go on over lines.
        whole = _COMMAND.match(joined, begin, begin + LONGEST)
        if whole and joined[whole.end() : whole.end() + 1] in ("", "\n"):
            end = whole.end()
        rest.append(joined[done:begin])
        kept += len(rest[-1])
        found.append((kept, joined[begin:end].rstrip("`")))
        done = max(done, end)
        if len(found) > MOST_REQUESTS:
            break
    return found, "".join([*rest, joined[done:]])


def from_command(command: str) -> Call | None:
    """The request of a curl command line; None where it names no URL."""
    try:
        words = iter(shlex.split(command)[1:])
    except ValueError:
        return None
    method = url = ""
    headers: list[tuple[str, str]] = []
    data: list[str] = []
    place = ""
    basic = get = False
    for word in words:
        option, equals, value = word.partition("=")
        short = re.fullmatch(r"(-[XHduF])(.+)", word)
        if word.startswith("--") and equals:
            pass
        elif short:
            option, value = short[1], short[2]
        else:
            option, value = word, ""
        if option in ("-X", "--request"):
            method = value or next(words, "")
        elif option in ("-H", "--header"):
            key, _, text = (value or next(words, "")).partition(":")
            headers.append((key.strip(), text.strip()))
        elif option in (*_DATA, "--data-urlencode"):
            data.append(value or next(words, ""))
        elif option == "--json":
            data.append(value or next(words, ""))
            place = "json"
        elif option in ("-F", "--form", "--form-string"):
            data.append(value or next(words, ""))
            place = "multipart"
        elif option in ("-u", "--user"):
            basic = bool(value or next(words, ""))
        elif option in ("-G", "--get"):
            get = True
        elif option == "--url":
            url = value or next(words, "")
        elif option in _WITH_VALUE:
            value = value or next(words, "")
        elif not word.startswith("-") and not url and _HOST.search(word):
            url = word
    if not url:
        return None
    body = "" if get else "&".join(data)
    if get and data:
        url += ("&" if "?" in url else "?") + "&".join(data)
    method = method or ("GET" if not body else "POST")
    try:
        call = request(method, url, headers, body, place)
    except ValueError:
        return None
    call.basic = call.basic or basic
    return call


def request(
    method: str, url: str, headers: list[tuple[str, str]], body: str, place: str = ""
) -> Call:
    """A call from the parts of a request.

    place: multipart where the body is `name=value` parts; else it is told from the
    content type and the body itself.  Raises ValueError for what is no URL.
    """
    url = _PLACEHOLDER.sub(
        lambda found: f"{{{name(found[1] or found[2] or found[3])}}}", url
    )
    url = url if "://" in url else f"https://{url}"
    if url.startswith("https://{base_url}"):
        url = url.replace("{base_url}", "{host}", 1)
    parts = urlsplit(url.replace("\\", "").rstrip(">.,;)"))
    host = parts.netloc.rpartition("@")[2]
    call = Call(method.upper(), f"{parts.scheme}://{host}", "/")
    call.basic = "@" in parts.netloc
    call.path = _path(parts.path, call)
    call.values += _pairs(parts.query, "query")
    for key, text in headers:
        if key.lower() == "authorization":
            kind = text.partition(" ")[0].lower()
            call.basic = call.basic or kind == "basic"
            call.bearer = kind == "bearer"
            if kind not in ("basic", "bearer"):
                call.values.append(Value(key, "header"))
        elif key and not _DROPPED.fullmatch(key):
            call.values.append(sampled(key, "header", text))
    kind = next((t for k, t in headers if k.lower() == "content-type"), "").lower()
    _read_body(call, body, kind, place)
    return call


def _read_body(call: Call, body: str, kind: str, place: str) -> None:
    text = body.strip()
    if not text:
        return
    if place == "multipart":
        call.place = place
        for pair in text.split("&"):
            key, _, value = pair.partition("=")
            part = sampled(key, place, value)
            part.type = "file" if value.startswith("@") else part.type
            call.values.append(part)
        return
    sample: Any = {}
    if "json" in kind or place == "json" or text.startswith(("{", "[")):
        try:
            sample = tree(json.loads(text))
        except ValueError:
            sample = {}
    if sample:
        call.place = "json"
        call.values += of_json(sample)
    elif "=" in text and not text.startswith("<"):
        call.place = "form"
        call.values += _pairs(text, "form")
    else:
        call.place = "body"
        call.values.append(Value("body", "body", "text"))


def _pairs(text: str, place: str) -> Iterator[Value]:
    for pair in text.split("&"):
        wire, _, value = pair.partition("=")
        if wire.strip():
            yield sampled(unquote(wire).strip(), place, value)


def _path(path: str, call: Call) -> str:
    """The path, with a parameter for each part that is somebody's id."""
    parts: list[str] = []
    for part in path.split("/"):
        holder = re.fullmatch(r"\{(\w+)\}|:(\w+)", part)
        own = holder[1] or holder[2] if holder else ""
        if not own and (looks_secret(part) or re.fullmatch(r"\d{5,}", part)):
            before = parts[-1] if parts and parts[-1].isalpha() else ""
            own = f"{before.rstrip('s')}_id" if before else "id"
        if own:
            wire = name(own)
            call.values.append(Value(wire, "path"))
            part = f"{{{wire}}}"
        parts.append(part)
    return "/".join(parts) or "/"


def urls(text: str) -> Iterator[tuple[int, Call]]:
    """Requests of the URLs that a page prints, and where each ends: those with a query,
    a method, or alone on their line."""
    line, end = "", -1
    for found in islice(_URL.finditer(text), MOST_REQUESTS + 1):
        if found.start() > end:
            begin = text.rfind("\n", 0, found.start()) + 1
            end = text.find("\n", found.start())
            end = len(text) if end < 0 else end
            line = text[begin:end].strip(" <>`")
        alone = line == found[2].strip(" <>`")
        if found[1] or "?" in found[2] or alone:
            with suppress(ValueError):
                yield found.end(), request(found[1] or "GET", found[2], [], "")
