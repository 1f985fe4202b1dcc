"""`wirebook list`: providers, operations and codes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import click

from wirebook.config import Config
from wirebook.load import load
from wirebook.model import Provider, StatusTable
from wirebook.problem import failed, summary

from .findings import format_option
from .project import project
from .table import columns


@click.command(
    name="list",
    epilog="""\b
Examples:
  wirebook list                  the providers
  wirebook list aisix            its operations
  wirebook list aisix --codes    its status codes and what they mean""",
)
@click.argument("providers", nargs=-1, metavar="[PROVIDER]...")
@click.option("--codes", is_flag=True, help="List status codes instead of operations.")
@format_option(("text", "json"), "How the list is printed.")
@project("specs")
def command(
    config: Config, providers: tuple[str, ...], codes: bool, style: str
) -> None:
    """List providers; with PROVIDER its operations, or with --codes its codes."""
    loaded = load(config.specs, config.root, providers)
    if codes:
        content: list[Any] = [_codes(provider) for provider in loaded.providers]
    elif providers:
        content = [_operations(provider) for provider in loaded.providers]
    else:
        content = [_provider(provider) for provider in loaded.providers]
    if style == "json":
        click.echo(json.dumps(content, indent=2))
    elif providers or codes:
        click.echo("\n".join(_text(each) for each in content), nl=False)
    elif content:
        click.echo(columns([list(map(str, row.values())) for row in content]), nl=False)
    if failed(loaded.problems):
        found = summary(loaded.problems)
        click.echo(
            f"{found} keep the rest from this list; run `wirebook lint`", err=True
        )
        raise click.exceptions.Exit(1)


def _provider(provider: Provider) -> dict[str, str]:
    operations = len(provider.operations)
    return {
        "id": provider.id,
        "operations": f"{operations} operation{'' if operations == 1 else 's'}",
        "stability": provider.stability,
        "version": provider.version,
        "title": provider.title,
    }


def _operations(provider: Provider) -> dict[str, Any]:
    rows = [
        {
            "operation": operation.id,
            "does": operation.does,
            "method": operation.method,
            "path": operation.path,
            "summary": operation.summary,
        }
        for operation in provider.operations
    ]
    return {"provider": provider.id, "operations": rows}


def _codes(provider: Provider) -> dict[str, Any]:
    tables = {key: list(_rows(table)) for key, table in _tables(provider)}
    return {"provider": provider.id, **tables}


def _tables(provider: Provider) -> Iterator[tuple[str, StatusTable]]:
    for product in (provider.shared, *provider.products):
        for table in product.tables:
            yield (f"{product.key}.{table.key}" if product.key else table.key), table


def _rows(table: StatusTable) -> Iterator[dict[str, str]]:
    for status in table.statuses:
        yield {
            "code": status.code,
            "name": status.name,
            "reaction": status.reaction or "success",
            "retry": status.retry,
            "text": status.text,
        }


def _text(content: dict[str, Any]) -> str:
    """`provider` as a heading, then the rows of each list under its name."""
    groups: list[tuple[str, Sequence[dict[str, str]]]] = [
        (key, rows) for key, rows in content.items() if key != "provider"
    ]
    lines = [f"{content['provider']}\n"]
    for key, rows in groups:
        indent = "  "
        if key != "operations":
            lines.append(f"  {key}\n")
            indent = "    "
        if rows:
            lines.append(columns([list(row.values()) for row in rows], indent))
    return "".join(lines)
