"""What a few words say is done with a thing: *database cutover*, *move the web*."""

from __future__ import annotations

import re
from enum import StrEnum

from statusgen.roadmap.vocabulary import grouped, pattern

_WORDS = grouped("act")
_BRACKET = re.compile(r"\([^()]*\)")
_NAME = re.compile(r"[^\W_]+")
_JOINED = re.compile(rf"\s*[,;/、，]\s*|\s+(?:[+&]|{pattern(_WORDS['joined'])})\s+", re.I)


class Act(StrEnum):
    """What is done."""

    CARRIED = "carried"
    """It is worked on: it is named alone, or with *migrate*, *set up*."""
    SWITCHED = "switched"
    """It is switched over, which is done once and at the end."""


def _act(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\u2e80-\uffff])(?:{pattern(_WORDS[kind])})", re.I)


_ACTS = {act: _act(act) for act in (Act.SWITCHED, Act.CARRIED)}
_PLAIN = _act("plain")


def thing_by_thing(text: str) -> list[str]:
    """Part a list of things: *Full backend + database cutover* is two."""
    return [part for part in _JOINED.split(text) if part.strip()]


def act_on(text: str, name: str) -> Act | None:
    """Return what a text says is done with the thing of this name.

    None where it says anything else of it: to prepare, to watch or to tune the database is none of
    moving it, and words that are not known may say so too. What stands in brackets is passed over.
    """
    known = frozenset(_NAME.findall(name.casefold()))
    for part in thing_by_thing(_BRACKET.sub(" ", text)):
        rest = part.casefold()
        done = [act for act, words in _ACTS.items() if words.search(rest)]
        for words in _ACTS.values():
            rest = words.sub(" ", rest)
        named = frozenset(_NAME.findall(_PLAIN.sub(" ", rest)))
        if named and named <= known:
            return done[0] if done else Act.CARRIED
    return None
