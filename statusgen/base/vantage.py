"""Names of vantages: the places that checks are made from."""

from __future__ import annotations

import re

OUTSIDE = "globalping"
"""The vantage of an opinion that was asked for: probes of others, counted as one place."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_HINT = "write letters, digits, - _ and . like frankfurt or home-2"


def vantage_fault(text: str) -> str | None:
    """Return ``what is wrong; what to write instead`` about a vantage's name, or None.

    A name becomes part of each round's key, so it is kept to what every file and shell can hold.
    """
    if not _NAME.fullmatch(text):
        return f"is no name of a vantage; {_HINT}"
    if text == OUTSIDE:
        return "names the outside opinion; give your own place another name"
    return None
