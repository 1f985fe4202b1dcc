"""The command line.

`pip install wirebook` brings what generated clients need and not what the tool
needs, so nothing here may import a library before a missing one can be named.
"""

from __future__ import annotations

import gc
import sys
from io import TextIOWrapper
from typing import NoReturn

EXTRAS = {
    "click": "generator",
    "yaml": "generator",
    "jsonschema": "generator",
    "referencing": "generator",
    "jinja2": "generator",
    "msgspec": "generator",
    "black": "generator",
    "rich": "generator",
    "starlette": "simulator",
    "uvicorn": "simulator",
    "redis": "redis",
    "opentelemetry": "otel",
    "dask": "cluster",
    "distributed": "cluster",
}
"""Which extra brings a library."""

COULD_NOT_RUN = 2
"""Exit code; 1 is for findings."""


def main() -> NoReturn:
    """Run the command line: exit 0, 1 with findings, 2 where it could not run."""
    # What is made is kept until the end and holds no cycles worth looking for.
    gc.set_threshold(200_000, 50, 100)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Providers' words come in every script; a terminal may know only one.
            stream.reconfigure(errors="backslashreplace")
    try:
        from wirebook.commands.group import group

        group(prog_name="wirebook")
    except ModuleNotFoundError as missing:
        library = (missing.name or "").partition(".")[0]
        if library not in EXTRAS:
            _crash()
        print(
            f"wirebook: this needs {library}, which is not installed;"
            f" run: pip install 'wirebook[{EXTRAS[library]}]'",
            file=sys.stderr,
        )
    except MemoryError:
        print(
            "wirebook: there is not enough memory for these specs; name fewer"
            " providers in one run",
            file=sys.stderr,
        )
    except RecursionError:
        print(
            "wirebook: something nests deeper than can be followed; make it flatter",
            file=sys.stderr,
        )
    except Exception:
        _crash()
    sys.exit(COULD_NOT_RUN)


def _crash() -> NoReturn:
    # Imported here: it takes as long as click.
    import traceback

    traceback.print_exc()
    print(
        "wirebook: this is a mistake in wirebook itself, not in a spec", file=sys.stderr
    )
    sys.exit(COULD_NOT_RUN)
