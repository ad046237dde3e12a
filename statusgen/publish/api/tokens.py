"""Ids and instants in the form that Statuspage's API gives them."""

from __future__ import annotations

import hashlib

from statusgen.base.clock import Instant, to_datetime

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LENGTH = 12


def token(*parts: str) -> str:
    """Return twelve letters and digits that depend on ``parts`` alone: the same in every build."""
    number = int.from_bytes(
        hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).digest(), "big"
    )
    letters = []
    for _ in range(_LENGTH):
        number, digit = divmod(number, len(_DIGITS))
        letters.append(_DIGITS[digit])
    return "".join(letters)


def stamp(instant: Instant) -> str:
    """Return ISO 8601 with milliseconds, in UTC."""
    return f"{to_datetime(instant):%Y-%m-%dT%H:%M:%S}.000Z"


def stamp_or_none(instant: Instant | None) -> str | None:
    """Return the same, or None."""
    return None if instant is None else stamp(instant)
