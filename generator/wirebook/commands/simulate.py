"""`wirebook simulate`: every provider on this machine, with an inbox."""

from __future__ import annotations

import signal
from pathlib import Path

import click
import uvicorn

from wirebook.config import Config
from wirebook.load import load
from wirebook.problem import failed, printable, summary
from wirebook.simulate.journal import Journal, JournalError
from wirebook.simulate.server import App, bind
from wirebook.simulate.server import config as server_config
from wirebook.simulate.simulator import Simulator
from wirebook.simulate.snippets import base_url, snippet
from wirebook.simulate.state import KEEP, State
from wirebook.simulate.world import Settings

from .project import project


@click.command(epilog="""\b
Examples:
  wirebook simulate                      all providers on port 8025
  wirebook simulate aisix --port 9000
  wirebook simulate --data desk.sqlite   messages survive a restart
  wirebook simulate --callback http://127.0.0.1:8000/hook""")
@click.argument("providers", nargs=-1, metavar="[PROVIDER]...")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8025,
    show_default=True,
    help="0 takes a free one.",
)
@click.option(
    "--data",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Keep messages in this SQLite file; in memory if not given.",
)
@click.option(
    "--keep",
    type=click.IntRange(1),
    default=KEEP,
    show_default=True,
    help="How many messages are remembered.",
)
@click.option(
    "--deliver-after",
    type=click.FloatRange(0),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a message is on its way.",
)
@click.option(
    "--duplicate-window",
    type=click.FloatRange(0),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a message counts as a duplicate, where documented; 0 never.",
)
@click.option(
    "--callback", metavar="URL", help="Where delivery reports and replies are pushed."
)
@project("specs", "package")
def command(
    config: Config,
    providers: tuple[str, ...],
    host: str,
    port: int,
    data: Path | None,
    keep: int,
    deliver_after: float,
    duplicate_window: float,
    callback: str | None,
) -> None:
    """Run stand-ins of the providers, strict and stateful, with a web inbox.

    Signatures, types, limits and rules are checked from the specs; refusals come in
    the provider's own format and are explained in the inbox.
    """
    loaded = load(config.specs, config.root, providers)
    if failed(loaded.problems):
        found = summary(loaded.problems)
        raise click.ClickException(f"{found} in the specs; run `wirebook lint`")
    if not loaded.providers:
        raise click.ClickException("there is no provider to simulate")
    state = State(keep)
    journal = _journal(data, state)
    settings = Settings(delay=deliver_after, duplicate_window=duplicate_window)
    simulator = Simulator(loaded.providers, settings, state=state)
    if callback:
        for account in state.accounts.values():
            account.callbacks["*"] = callback
    try:
        listener = bind(host, port)
    except OSError as problem:
        raise click.ClickException(
            f"cannot listen on {host}:{port}: {problem.strerror}; choose another --port"
        ) from problem
    shown = f"[{host}]" if ":" in host else host
    origin = f"http://{shown}:{listener.getsockname()[1]}"
    _greet(simulator, origin, config.package)
    server = uvicorn.Server(server_config(App(simulator, journal)))
    # Ended by hand is a good end.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        server.run([listener])
    except KeyboardInterrupt:
        pass
    finally:
        listener.close()


def _journal(data: Path | None, state: State) -> Journal | None:
    if data is None:
        return None
    try:
        journal = Journal(data)
    except JournalError as problem:
        raise click.ClickException(f"{problem}; name another file") from problem
    journal.load(state)
    return journal


def _greet(simulator: Simulator, origin: str, package: str) -> None:
    click.echo(f"Inbox      {origin}/\n")
    for name, gateway in simulator.gateways.items():
        account = simulator.state.accounts[name]
        click.echo(printable(gateway.provider.title))
        click.echo(f"  base URL   {base_url(gateway.provider, origin)}")
        for credential, value in account.credentials.items():
            click.echo(f"  {credential:<10} {value}")
        click.echo()
        for line in snippet(gateway.provider, account, origin, package).splitlines():
            click.echo(f"    {printable(line)}" if line else "")
        click.echo()
    click.echo("Stop it with Ctrl+C.")
