"""State in a SQLite file, so that it survives a restart."""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from dataclasses import asdict
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from .state import Account, Entity, Message, State

VERSION = 1
_TABLES = """
create table if not exists messages (number integer primary key, content text not null);
create table if not exists things (kind text, name text, content text not null,
    primary key (kind, name));
"""


class JournalError(Exception):
    """A file that is no journal of the simulator, or of a newer one."""


class Journal:
    """Keeps what matters of a `State`; exchanges are not kept."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._things = ""
        try:
            self._base = sqlite3.connect(path, check_same_thread=False)
            found = self._base.execute("pragma user_version").fetchone()[0]
            if found not in (0, VERSION):
                raise JournalError(f"{path}: written by another version of wirebook")
            self._base.executescript(_TABLES)
            self._base.execute(f"pragma user_version = {VERSION}")
            self._base.execute("pragma journal_mode = wal")
            self._base.execute("pragma synchronous = normal")
        except sqlite3.DatabaseError as problem:
            raise JournalError(f"{path}: no data file of the simulator") from problem

    def load(self, state: State) -> None:
        """Bring back what was written."""
        rows = self._base.execute("select content from messages order by number")
        for (content,) in rows:
            state.add(Message(**_read(content)))
        state.dirty.clear()
        for kind, name, content in self._base.execute("select * from things"):
            values = _read(content)
            if kind == "account":
                state.accounts[name] = Account(**values)
            else:
                provider, noun = name.split("/", 1)
                state.entities[provider, noun] = OrderedDict(
                    (each["id"], Entity(**each)) for each in values
                )

    def write(self, state: State) -> None:
        """Write what changed since the last time."""
        things = {
            ("account", name): _write(asdict(account))
            for name, account in state.accounts.items()
        } | {
            ("entities", "/".join(key)): _write([asdict(e) for e in kept.values()])
            for key, kept in state.entities.items()
        }
        told = repr(things)
        if not state.dirty and told == self._things:
            return
        numbers = list(state.dirty)
        state.dirty.clear()
        with self._base:
            self._base.executemany(
                "insert or replace into messages values (?, ?)",
                [
                    (number, _write(asdict(state.messages[number])))
                    for number in numbers
                    if number in state.messages
                ],
            )
            first = next(iter(state.messages), None)
            self._base.execute(
                "delete from messages where ? is null or number < ?", (first, first)
            )
            if told != self._things:
                self._base.execute("delete from things")
                self._base.executemany(
                    "insert into things values (?, ?, ?)",
                    [(*key, content) for key, content in things.items()],
                )
        self._things = told

    def close(self) -> None:
        self._base.close()


def _write(value: Any) -> str:
    return json.dumps(value, default=_plain, ensure_ascii=False)


def _plain(value: Any) -> Any:
    for kind in (datetime, date, time):
        if isinstance(value, kind):
            return {f"${kind.__name__}": value.isoformat()}
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, bytes):
        return {"$bytes": value.hex()}
    raise TypeError(f"{type(value).__name__} cannot be kept")


def _read(text: str) -> Any:
    return json.loads(text, object_hook=_typed)


_KINDS = {
    "$datetime": datetime.fromisoformat,
    "$date": date.fromisoformat,
    "$time": time.fromisoformat,
    "$decimal": Decimal,
    "$bytes": bytes.fromhex,
}


def _typed(values: dict[str, Any]) -> Any:
    if len(values) == 1:
        [(name, text)] = values.items()
        if name in _KINDS:
            return _KINDS[name](text)
    return values
