"""Kin: words of other languages and documents, and what is written here instead.

An author who has read a provider's page writes `md5:`, `oauth2:` or `separator:`; the
nearest spelling in the language would be beside the point, the construct is near.
"""

from __future__ import annotations

import re

from .beyond import beyond

_TOKEN = (
    "a token that an operation fetches is a session: "
    "{bearer: $session.token, session: {operation: login, token: token, lifetime: 3600}}"
)
_DIGEST = "write {digest: md5, of: [$secret, $timestamp]}, or hmac with a key"
_KEYED = "write {hmac: sha256, key: [$secret], of: [$request.body], output: base64}"
_PLACE = "a credential travels in headers, query, form, json, path or parameters"
_LIST = 'list: {join: ","}, {repeat: true}, {indexed: true} or {json: true}'

_KIN: dict[str, str] = {
    **dict.fromkeys(
        ("oauth", "oauth2", "token_url", "access_token", "client_credentials", "login"),
        _TOKEN,
    ),
    **dict.fromkeys(("md5", "sha1", "sha256", "sha512", "hash", "sha"), _DIGEST),
    **dict.fromkeys(("hmacsha1", "hmacsha256", "hmacsha512", "hmacmd5"), _KEYED),
    **dict.fromkeys(
        ("base64", "urlencode", "percentencode", "hexencode"),
        "write {encode: base64, of: [$value]}; a digest has `output: base64` itself",
    ),
    **dict.fromkeys(
        ("concat", "concatenate", "string_to_sign"),
        'write {join: "", of: [$one, $other]}',
    ),
    **dict.fromkeys(
        ("timestamp", "time", "date"),
        "write {now: unix_seconds}, or a pattern such as {now: yyyyMMddHHmmss, zone: UTC}",
    ),
    **dict.fromkeys(("uuid", "random", "guid"), "write {nonce: uuid4}"),
    **dict.fromkeys(
        ("sorted", "sort_params", "canonical_query", "canonicalize"),
        "write {canonical: [query], style: rfc3986, exclude: [sign]}",
    ),
    **dict.fromkeys(("apikey", "api_key", "token", "key"), _PLACE),
    **dict.fromkeys(
        ("basic_auth", "username", "http_basic"),
        "write basic: {username: $user, password: $password}",
    ),
    **dict.fromkeys(("array", "repeated", "csv_list"), f"a list has {_LIST}"),
    "separator": 'a list that is one text: {join: ","}',
    **dict.fromkeys(
        ("urlencoded", "formdata", "www_form", "xwwwformurlencoded"),
        "write `in: form`, or `in: multipart` for files",
    ),
    **dict.fromkeys(("const", "constant", "static"), "constants stand under `fixed`"),
    **dict.fromkeys(("required",), "fields are required unless `optional: true`"),
    **dict.fromkeys(("number", "float", "double", "money"), "write `type: decimal`"),
    **dict.fromkeys(("timestamp_ms",), "write {now: unix_milliseconds}"),
    **dict.fromkeys(("body_template", "template"), "see `parameters` and `fixed`"),
    **dict.fromkeys(("regex", "regexp"), "write `pattern`"),
    **dict.fromkeys(
        ("verify", "verification", "signature", "signature_header", "webhook_secret"),
        "a push is proved by a scheme: write it under `auth`, what the provider computes "
        "and where it stands, and name it in the callback, `auth: pushed`",
    ),
    **dict.fromkeys(
        ("next", "next_url", "next_page", "next_link"),
        "write {style: link, link: next, items: items}, or style token",
    ),
    **dict.fromkeys(
        ("skip_lines", "first_line", "header_line", "heading"),
        "write `head: [status, message]`; the other records are then `at: records`",
    ),
    **dict.fromkeys(
        ("substitute", "strip_characters", "remove"),
        'write `replace: {"&": _}`, in a canonical form or with `of`',
    ),
    **dict.fromkeys(
        ("sliding", "inactivity", "idle_timeout"),
        "write {lifetime: 900, idle: true}: it is counted from the last use",
    ),
}

_AUTH_ONLY = frozenset(
    {"apikey", "api_key", "token", "key", "username", "time", "date"}
)
"""Words that mean something else outside of `auth`."""


def kin(word: str, path: tuple[str | int, ...]) -> str | None:
    """What is written here for a word of another language; None where nobody knows.

    path: where it stands, from the root of the file.
    """
    left_out = beyond(word, path)
    if left_out is not None:
        return left_out
    plain = word.strip().lower()
    key = plain if plain in _KIN else re.sub(r"[^a-z0-9]", "", plain)
    if key in _AUTH_ONLY and "auth" not in path:
        return None
    return _KIN.get(key)
