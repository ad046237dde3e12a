"""One thing that the doctor looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["fine", "doubt", "bad"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, how that is known, and the cure."""

    what: str
    level: Level
    """``bad`` keeps the page or the alerts from being right; ``doubt`` may be meant so."""
    said: str
    cure: str = ""
    """What to do, with the command to paste where there is one; empty where all is well."""
    known: str = ""
    """Where it was seen."""


def span(seconds: int) -> str:
    """Write a duration for a terminal: ``5 min``, ``2 h 3 min``."""
    from statusgen.words import Words

    return Words.of().duration(seconds)
