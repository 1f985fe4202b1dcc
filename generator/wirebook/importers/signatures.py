"""What a sample of a signature says of the way in which it was made."""

from __future__ import annotations

from collections.abc import Iterator

from .found import Value
from .words import snake

_NAMES = frozenset({"sign", "signature", "sig", "hmac", "hash"})


def is_signature(value: Value) -> bool:
    """Whether a value is computed for every request, by its name."""
    return snake(value.wire.rpartition(".")[2]).split("_")[-1] in _NAMES


def signature_lines(value: Value, reference: str) -> Iterator[str]:
    """Comments: what could be written where a signature stands."""
    if not value.digest:
        yield "# GUESS: a signature is computed; say how in `compute` and drop"
        yield f"# the credential {reference} (`wirebook explain auth`)."
        return
    digest, output = value.digest.split()
    written = "" if output == "hex" else f", output: {output}"
    yield f"# GUESS: {value.wire} has the length of {digest} as {output}.  What goes into it, and"
    yield "# with which secret, no sample shows.  Declare the secret, put the page's order"
    yield f"# into `of`, drop the credential {reference}, and uncomment one of these:"
    yield "# compute:"
    yield f"#   {reference}: {{digest: {digest}, of: [$unknown_secret, $request.body]{written}}}"
    yield (
        f"#   {reference}: {{hmac: {digest}, key: [$unknown_secret], of: [$request.body]"
        f"{written}}}"
    )
