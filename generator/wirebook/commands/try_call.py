"""`wirebook try`: make one call with the client that a spec becomes."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any

import click

from wirebook.config import Config
from wirebook.load import load
from wirebook.model import Operation, Provider
from wirebook.moment import aware
from wirebook.problem import (
    Severity,
    did_you_mean,
    failed,
    format_text,
    lines_shown,
    quote,
)
from wirebook.problem import as_json as json_text
from wirebook.trial import shown, still
from wirebook.trial.exchange import Exchange, Recorder
from wirebook.trial.given import Unusable, arguments
from wirebook.trial.hidden import Hiding, Shown, names
from wirebook.trial.package import Trial, Unprintable, method, trial
from wirebook.trial.steps import Steps, watched
from wirebook.trial.steps import lines as step_lines

from .account import credentials, server_of
from .account import settings as settings_of
from .project import project

FAILED = 1
"""Exit code of a call that failed."""
DRAFT = frozenset({"unproven-signature", "operation-without-vector"})
"""What a spec is told that is still being written: it is what `try` is for."""


@click.command(
    name="try",
    epilog="""\b
Examples:
  wirebook try aisix get_balance
  wirebook try acme send recipients=+4915112345678 content=hello --dry-run
  wirebook try acme send recipients=+49151123 recipients=+49151124 content=@text.txt
  wirebook try acme get_balance --base-url http://127.0.0.1:8025/acme --json
  wirebook try acme send ... --dry-run --steps --at 2026-01-31T12:00:00Z --nonce 1

\b
Lists are several words of one name, or a JSON list; objects are JSON; @path is the
content of a file.  Credentials come from the variables that the spec names (`env`),
else from PROVIDER_NAME.  Exit codes: 0 the call succeeded; 1 it failed; 2 it could
not be made.""",
)
@click.argument("provider_id", metavar="PROVIDER")
@click.argument("operation_id", metavar="OPERATION")
@click.argument("words", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--dry-run", is_flag=True, help="Send nothing; print the exact bytes.")
@click.option("--show-secrets", is_flag=True, help="Mask nothing.")
@click.option("--base-url", metavar="URL", help="Another server, such as a simulator.")
@click.option("--server", metavar="KEY", help="One of the spec's servers.")
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="Give a setting."
)
@click.option(
    "--at", metavar="MOMENT", help="The clock of the client: 2026-01-31T12:00:00Z."
)
@click.option("--nonce", metavar="TEXT", help="What every nonce becomes.")
@click.option(
    "--steps", is_flag=True, help="Print what was computed for the signature, too."
)
@click.option("--timeout", type=float, help="Seconds for the whole call.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@project("specs", "templates")
def command(
    config: Config,
    provider_id: str,
    operation_id: str,
    words: tuple[str, ...],
    dry_run: bool,
    show_secrets: bool,
    base_url: str | None,
    server: str | None,
    settings: tuple[str, ...],
    at: str | None,
    nonce: str | None,
    steps: bool,
    timeout: float | None,
    as_json: bool,
) -> None:
    """Call OPERATION of PROVIDER once and print request, reply and result.

    The client is made of the specs as they are now; nothing is generated on disk.
    Secrets, and what is computed from them, are masked.
    """
    provider = _provider(config, provider_id)
    operation = _operation(provider, operation_id)
    options: dict[str, Any] = {"retries": 0}
    if timeout is not None:
        options["timeout"] = timeout
    if base_url is not None:
        options["base_url"] = base_url
    if server is not None:
        options["server"] = server_of(provider, server)
    moment = _moment(at)
    told = settings_of(provider, settings)
    options |= {**credentials(provider, dry_run, told), **told}
    try:
        with trial(provider, config) as package:
            find = package.find(operation)
            given = arguments(provider, operation, words, find, _file(package))
            if moment is not None:
                options["clock"] = still.clock(package, moment)
            if nonce is not None:
                options["random"] = still.chance(package, nonce)
            call = _Call(package, operation, dry_run)
            call.make(options, given)
    except (Unusable, Unprintable) as problem:
        raise click.UsageError(str(problem)) from problem
    secrets = [*call.secrets, *_secret_arguments(operation, given)]
    sent = [shown.raw(each).decode("latin-1") for each in call.exchanges]
    hide = shown.EVERYTHING
    if not show_secrets:
        hide = Hiding(names(provider), secrets, sent)
    if steps:
        for line in call.computed(hide):
            click.echo(f"# {lines_shown(line)}", err=True)
    if as_json:
        click.echo(call.as_json(hide))
    elif dry_run:
        call.print_bytes(hide)
    else:
        click.echo(lines_shown(call.as_text(hide)), nl=False)
    if not call.succeeded:
        raise click.exceptions.Exit(FAILED)


class _Call:
    """One call, what it exchanged, and what came of it."""

    def __init__(self, package: Trial, operation: Operation, dry: bool) -> None:
        self._package = package
        self._operation = operation
        self._dry = dry
        self._recorder = Recorder(package, dry)
        self.exchanges: list[Exchange] = self._recorder.exchanges
        self.result: Any = None
        self.error: Any = None
        self.secrets: list[str] = []
        self._scheme = package.provider.scheme(operation.auth)
        self._steps: Steps = {}

    def computed(self, hide: Shown) -> list[str]:
        """What the scheme computed, a line each."""
        masked = hide if isinstance(hide, Hiding) else None
        return step_lines(self._package.provider, self._scheme, self._steps, masked)

    def make(self, options: dict[str, Any], given: dict[str, Any]) -> None:
        errors = self._package.floor("errors")
        recorder = self._recorder
        options = {**options, "transport": recorder, "hooks": recorder.hooks()}
        try:
            client = self._package.module.Client(**options)
        except errors.InvalidArgument as problem:
            raise click.UsageError(str(problem.message or problem)) from problem
        try:
            with watched(self._package, self._scheme) as self._steps:
                self.result = method(client, self._operation)(**given)
        except errors.Error as error:
            self.error = error
        except TypeError as problem:
            raise Unusable(_told(problem)) from problem
        finally:
            account = client._core.account
            self.secrets = [secret.reveal() for secret in account.secrets]
            client.close()
            self._recorder.close()

    @property
    def succeeded(self) -> bool:
        if self._dry:
            return bool(self.exchanges)
        return self.error is None

    def print_bytes(self, hide: Shown) -> None:
        if not self.exchanges:
            click.echo(lines_shown(hide(shown.told(self.error))), err=True, nl=False)
        for exchange in self.exchanges:
            self._say_helper(exchange)
            click.echo(f"# {exchange.method} {hide(exchange.url)}", err=True)
            content = shown.raw(exchange, hide)
            if sys.stdout.isatty():
                # Exact bytes are for files and pipes; a terminal would obey them.
                click.echo(lines_shown(content.decode("utf-8", "replace")))
            else:
                click.echo(content)

    def _say_helper(self, exchange: Exchange) -> None:
        if not exchange.operation.endswith(f".{self._operation.id}"):
            click.echo(
                f"# {self._operation.id} needs the answer of {exchange.operation}"
                " first, so only that request can be shown",
                err=True,
            )

    def as_text(self, hide: Shown) -> str:
        parts = [shown.text(exchange, hide) for exchange in self.exchanges]
        end = shown.written(self.result) if self.error is None else None
        return "\n".join([*parts, hide(end or shown.told(self.error))])

    def as_json(self, hide: Shown) -> str:
        found: dict[str, Any] = {
            "operation": f"{self._package.provider.id}.{self._operation.id}",
            "exchanges": [shown.record(each, hide) for each in self.exchanges],
        }
        if self.error is None:
            found["result"] = hide.tree(shown.plain(self.result))
        elif not (self._dry and self.exchanges):
            found["error"] = hide.tree(shown.failure(self.error))
        return json_text(found)


def _provider(config: Config, name: str) -> Provider:
    loaded = load(config.specs, config.root, [name])
    problems = [each for each in loaded.problems if each.severity is Severity.ERROR]
    grave = [each for each in problems if each.rule not in DRAFT]
    if failed(grave):
        click.echo(format_text(grave), err=True, nl=False)
        raise click.ClickException(f"the spec of {quote(name)} has errors")
    if loaded.providers:
        return loaded.providers[0]
    return _draft(config, name)


def _draft(config: Config, name: str) -> Provider:
    """A provider whose only errors are vectors that are not there yet."""
    from wirebook.load import read
    from wirebook.specs import files, folders

    found, _ = folders(config.specs, config.root, [name])
    provider, _ = read(files(found[name], config.root))
    if provider is None:
        raise click.ClickException(f"the spec of {quote(name)} cannot be read")
    return provider


def _operation(provider: Provider, name: str) -> Operation:
    known = {operation.id: operation for operation in provider.operations}
    if name in known:
        return known[name]
    named = [each for each in provider.operations if each.name == name]
    if len(named) == 1:
        return named[0]
    if named:
        hint = f"; it is {' or '.join(each.id for each in named)}"
    else:
        hint = did_you_mean(name, known) or f"; it has {', '.join(known) or 'none'}"
    raise click.UsageError(f"{provider.id} has no operation {quote(name)}{hint}")


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = aware(text)
    if moment is None:
        raise click.UsageError(
            f"--at {quote(text)}: write date, time and offset, 2026-01-31T12:00:00Z"
        )
    return moment


def _secret_arguments(operation: Operation, given: dict[str, Any]) -> list[str]:
    secret = {field.name for field in operation.parameters if field.secret}
    return [str(given[name]) for name in secret if name in given]


def _file(package: Trial) -> Any:
    made = package.floor("record").File

    def file(name: str, content: bytes) -> Any:
        return made(name=name, content=content)

    return file


def _told(problem: TypeError) -> str:
    """Python's words about a call without a required argument, made ours."""
    text = str(problem).partition("() ")[2] or str(problem)
    return text.replace("keyword-only argument", "argument")
