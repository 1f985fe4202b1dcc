"""Beyond: words for what the language leaves out on purpose, and what it has instead.

The page that says so to people is `wirebook explain limits`.
"""

from __future__ import annotations

import re

_BEYOND: tuple[tuple[str, str], ...] = (
    (
        "eval|expr|expression|script|python|javascript|lambda|jinja|loop|foreach",
        "a spec has no code: values are composed of join, digest, hmac, encode and canonical",
    ),
    (
        "jwt|jws|jwk|pem|privatekey|.*rsa.*|ecdsa|ed25519|[rep]s(256|384|512)",
        "signatures with a private key cannot be expressed",
    ),
    (
        "oauth1.*|httpdigest|digestauth|challenge|ntlm|kerberos",
        "a credential that answers the server's challenge cannot be expressed",
    ),
    (
        "mtls|clientcert.*|certificate",
        "a client certificate is no part of a spec: the program gives the client an "
        "SSLContext as `verify`",
    ),
    ("encrypt.*|aes.*|3?des|cipher.*|sm[24]", "encrypted bodies cannot be expressed"),
    (
        "stream.*|chunk.*|eventstream|sse|websocket|grpc|smpp|smtp",
        "a body is whole in memory and travels over HTTP: streams and other protocols "
        "cannot be expressed",
    ),
    (
        "followredirects?|redirects?|cookies?|cookiejar",
        "redirects are not followed and cookies not kept: both carry credentials on",
    ),
    (
        "gzip|deflate|brotli|compress.*|contentencoding|acceptencoding",
        "bodies travel without compression",
    ),
    (
        "dependson|fromoperation|fromreply|workflow",
        "only a token (`session`) and the time (`clock`) come from another operation: the "
        "program makes both calls",
    ),
    (
        "oneof|anyof|allof|union|types",
        "a field has one type: what differs from reply to reply is `type: json`",
    ),
    (
        "html|regexp?",
        "a reply has a shape: free text is read with `format: sentence, templates: "
        '["Sent {id}"]`',
    ),
    ("xml", "no field holds a document: as the body it is `in: xml`"),
    (
        "(failed|failures?|refused|rejected|errors?)(at|in|items|list)",
        "refusals in a list of their own are a field of the record that is returned, "
        "beside the field with what was taken",
    ),
    (
        "batch|batches|bulk",
        "one request is one operation: a batch is an operation of its own, with a list",
    ),
)
_PATTERNS = tuple((re.compile(words), hint) for words, hint in _BEYOND)


def beyond(word: str, path: tuple[str | int, ...]) -> str | None:
    """Why a word has no place in the language; None where nobody left it out.

    path: where it stands, from the root of the file.
    """
    plain = re.sub(r"[^a-z0-9]", "", word.lower())
    if plain.startswith("regex") and not {"reply", "alternates"} & set(path):
        return None
    if plain == "xml" and "encode" not in path:
        return None
    for pattern, hint in _PATTERNS:
        if pattern.fullmatch(plain):
            return f"{hint} (`wirebook explain limits`)"
    return None
