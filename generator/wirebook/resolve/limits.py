"""Limits: how often a call may be repeated, and how fast calls may follow."""

from __future__ import annotations

from wirebook.model import Rate, Retry

from .reader import Entry


def retry(entry: Entry | None) -> Retry | None:
    if entry is None:
        return None
    usual = Retry()
    attempts, delay = entry.integer("attempts"), entry.number("delay")
    longest = entry.number("max_delay")
    return Retry(
        attempts=usual.attempts if attempts is None else attempts,
        delay=usual.delay if delay is None else delay,
        max_delay=usual.max_delay if longest is None else longest,
    )


def rate(entry: Entry | None) -> Rate | None:
    if entry is None:
        return None
    per, burst = entry.number("per"), entry.integer("burst")
    return Rate(
        calls=entry.integer("calls") or 1,
        per=1.0 if per is None else per,
        burst=1 if burst is None else burst,
        src=entry.src(),
    )
