"""Schemes: credentials that are used, signatures that are proven."""

from __future__ import annotations

from wirebook.explain import Explanation
from wirebook.model import Digest, Hmac, Provider, Reference, Scheme
from wirebook.model.parts import named, steps
from wirebook.problem import quote
from wirebook.report import Report
from wirebook.resolve.operations import braces

from .lookup import operations
from .pushes import callbacks


def check(provider: Provider, report: Report) -> None:
    used = {operation.auth for operation in provider.operations}
    used |= {callback.auth for _, callback in callbacks(provider)}
    for scheme in provider.schemes:
        if scheme.key == "none":
            report.error(
                "reserved-name",
                scheme.where,
                "the scheme 'none' cannot be told from no scheme at all",
                "give it another name",
            )
        if scheme.key not in used and provider.operations:
            report.warning(
                "unused-scheme",
                scheme.where,
                f"no operation uses the scheme {quote(scheme.key)}",
                "name it in the `auth` of an operation or callback, or drop it",
            )
        _session(provider, scheme, report)
        _proof(provider, scheme, report)
    reached = {name for scheme in provider.schemes for name in named(scheme)}
    urls = [server.url for server in provider.servers]
    urls += [operation.path for operation in provider.operations]
    reached |= {name for url in urls for name in braces(url)}
    for credential in provider.credentials:
        if credential.name not in reached:
            report.error(
                "unused-credential",
                credential.where,
                f"no scheme sends or signs with {quote(credential.name)}",
                f"use ${credential.name} under `auth`, or drop it",
            )


def _session(provider: Provider, scheme: Scheme, report: Report) -> None:
    asked = any(
        isinstance(value, Reference) and value.kind == "session"
        for value in steps(scheme)
    )
    if asked and scheme.session is None:
        report.error(
            "session-missing",
            scheme.where,
            f"the scheme {quote(scheme.key)} sends a token that nobody fetches",
            "add `session: {operation: …, token: …}`",
        )
    if scheme.session is not None and not asked:
        report.error(
            "session-missing",
            scheme.where,
            f"the scheme {quote(scheme.key)} fetches a token and never sends it",
            "send $session.token",
        )
    session, clock = scheme.session, scheme.clock
    if session is not None and session.idle and session.lifetime is None:
        report.error(
            "session-missing",
            scheme.where,
            f"the token of {quote(scheme.key)} ends when it is idle, but not how long",
            "add `lifetime: 900`, in seconds",
        )
    if session is not None and not session.token:
        _whole(provider, scheme, session.operation, "token", report)
    if clock is not None and not clock.field:
        _whole(provider, scheme, clock.operation, "field", report)
    helpers = {
        part.operation for part in (scheme.session, scheme.clock) if part is not None
    }
    for operation, _ in operations(provider):
        if operation.id in helpers and operation.auth == scheme.key:
            report.error(
                "session-loop",
                scheme.where,
                f"{quote(operation.id)} is needed by the scheme that it uses itself",
                f"give {quote(operation.id)} another `auth`, or none",
            )


def _whole(
    provider: Provider, scheme: Scheme, id: str, key: str, report: Report
) -> None:
    """Without a field, the whole result must be the value."""
    helper = next((each for each in provider.operations if each.id == id), None)
    if helper is not None and helper.reply.returns_model:
        report.error(
            "session-missing",
            scheme.where,
            f"{quote(id)} returns a record, and nothing says which of its fields is meant",
            f"add `{key}`, the name of a field of {quote(helper.reply.returns or '')}",
        )


def _proof(provider: Provider, scheme: Scheme, report: Report) -> None:
    if not any(isinstance(value, (Digest, Hmac)) for value in steps(scheme)):
        return
    signed = {op.id for op in provider.operations if op.auth == scheme.key}
    signed |= {id for id, each in callbacks(provider) if each.auth == scheme.key}
    if signed and not any(
        vector.operation in signed and vector.request for vector in provider.vectors
    ):
        report.error(
            "unproven-signature",
            scheme.where,
            f"no vector shows a request that the scheme {quote(scheme.key)} signed",
            "add one with `request` to vectors.yaml: the provider's own sample is best",
        )


EXPLANATIONS = (
    Explanation(
        "unused-scheme",
        "A scheme that no operation uses",
        "Either an operation forgot to name it, or it is left over.",
        "auth: {key: {...}, old: {...}}    # and no operation says `auth: old`\n",
        "auth: {key: {...}}\n",
    ),
    Explanation(
        "unused-credential",
        "A credential that goes nowhere",
        "A caller would be asked for something that has no effect.",
        "credentials: {pin: {secret: true}}    # and no $pin\n",
        "auth: {key: {parameters: {pin: $pin}}}\n",
    ),
    Explanation(
        "session-missing",
        "A token and its session go together",
        "`session` says which operation fetches the token, and in which field of its "
        "result, `$session.token` where it travels.",
        "auth: {token: {bearer: $session.token}}\n",
        "auth: {token: {bearer: $session.token, session: {operation: login, token: token}}}\n",
    ),
    Explanation(
        "session-loop",
        "A helper that needs itself",
        "The operation that fetches the token, or the server's time, runs before the "
        "scheme can work.",
        "operations: {login: {auth: token}}\n",
        "operations: {login: {auth: none}}\n",
    ),
    Explanation(
        "unproven-signature",
        "A signature that nothing proves",
        "A signature is right or wrong to the last byte, and only a recorded request "
        "can tell; the provider's own sample is the best proof.",
        "auth: {signed: {compute: {sign: {digest: md5, ...}}}}    # and no vector\n",
        "vectors: [{id: documented, operation: send, request: {headers: {Sign: …}}}]\n",
    ),
)
