"""How far a stage or an item is, in any of the words that people use for it."""

from __future__ import annotations

import difflib
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator

from statusgen.base.text import quote
from statusgen.roadmap.vocabulary import meanings, words


class Status(StrEnum):
    """How far a stage or an item is."""

    CURRENT = "current"
    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"


_WORDS = meanings("status")
_LIKE = 0.8
"""A word less alike is another word: *doing* is not *done*."""


def parse_status(text: str) -> Status:
    """Read a status in any word that is known for one. Raises ValueError with what to write."""
    word = " ".join(text.casefold().split())
    if word in _WORDS:
        return Status(_WORDS[word])
    shown = quote(text.strip(), 40)
    if word in words("halted"):
        raise ValueError(
            f"{shown} does not say how far it is; write `current` where it has begun, else "
            "`planned`, and what it waits for under `depends_on:` or `notes:`"
        )
    if word in words("horizon"):
        raise ValueError(
            f"{shown} says when, not how far it is; write `current` where it has begun, else "
            "`planned`, and the time under `when:`"
        )
    meant = _meant(word)
    raise ValueError(
        f"{shown} is no status; "
        + (
            f"did you mean {meant!r}?"
            if meant
            else "write planned, current, done or dropped, or a word like 'in progress'"
        )
    )


def _meant(word: str) -> str:
    """Return the word for a status that another is a slip of, or nothing.

    What begins otherwise may be its opposite: *incomplete*, *unfinished*, *未完了*.
    """
    known = [one for one in _WORDS if one[:1] == word[:1] and one.isalpha()]
    close = difflib.get_close_matches(word, known, n=1, cutoff=_LIKE) if word.isalpha() else []
    return close[0] if close else ""


def _status(value: object) -> object:
    return parse_status(value) if isinstance(value, str) else value


StatusText = Annotated[Status, BeforeValidator(_status)]
"""A status, in any of the words that people use for it: *in progress*, *erledigt*."""
