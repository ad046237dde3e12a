"""Texts that say what to do: the steps of an instruction, whatever they stand under."""

from __future__ import annotations

import re
from collections.abc import Sequence

from statusgen.roadmap.vocabulary import grouped, pattern, words


def instructs(text: str) -> bool:
    """Whether a text says what to do: by a verb at its beginning or its end."""
    head = _CLAUSE.split(text, maxsplit=1)[0].strip()
    return bool(_DOES.match(head) or _DOES_LAST.search(head))


_LAST = grouped("act")["does_last"]
_DOES = re.compile(rf"(?:{pattern((*grouped('act')['does'], *_LAST))})", re.I)
_DOES_LAST = re.compile(rf"(?:(?<!\w)|(?<=[\u2e80-\uffff]))(?:{pattern(_LAST)})$", re.I)
_CLAUSE = re.compile(r"[.(（,:：;。、]|\s[–—-]\s")


def are_of_course(word: str, names: Sequence[str]) -> bool:
    """Whether what a word for stages heads says what to do, one thing after the other.

    *Étape* and *etap* are of an instruction as often as of a plan.
    """
    return word.startswith(_COURSE) and 2 * sum(map(instructs, names)) > len(names)


def lists_course(word: str, texts: Sequence[str]) -> bool:
    """Whether a list under such a word is one of steps: each says what to do, or is a sentence."""
    if not word.startswith(_COURSE):
        return False
    told = sum(bool(text) and (text[-1] in ".,;!。" or instructs(text)) for text in texts)
    return 2 * told > len(texts)


_COURSE = tuple(word[:-1] for word in words("course"))
"""Without their last letter: *étapes*, *etapy*."""
