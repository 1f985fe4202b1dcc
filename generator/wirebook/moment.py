"""Moments, as people write them."""

from __future__ import annotations

from datetime import datetime


def aware(text: str) -> datetime | None:
    """Date, time and offset from UTC in ISO 8601; None where one is missing."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if moment.tzinfo is None else moment
