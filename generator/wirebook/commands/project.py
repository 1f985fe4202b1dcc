"""The flags that say which project a command works on."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from wirebook.config import KEYS, Config, ConfigError, load

_HELP = {
    "specs": "Folder with one folder per provider.",
    "output": "Folder of everything that is generated.",
    "package": "Name of the generated package.",
    "docs": "Folder of the Markdown reference.",
    "templates": "Folder whose templates replace the tool's, one by one.",
}


def project(*keys: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the flags for `keys` (all when none is named); the command gets `config`."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def configured(**arguments: Any) -> Any:
            flags = {key: arguments.pop(f"flag_{key}", None) for key in KEYS}
            return command(config=configuration(flags), **arguments)

        for key in reversed(keys or KEYS):
            metavar = "NAME" if key == "package" else "FOLDER"
            option = click.option(
                f"--{key}", f"flag_{key}", metavar=metavar, help=_HELP[key]
            )
            configured = option(configured)
        return configured

    return decorate


def configuration(flags: dict[str, str | None]) -> Config:
    """The configuration of the working directory; exit 2 where it is wrong."""
    try:
        return load(flags=flags)
    except ConfigError as problem:
        raise click.UsageError(str(problem)) from problem
