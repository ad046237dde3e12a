"""Sentences of prose that claim a state ("all systems operational"), which only checks can know.

English alone. A question, a condition and a sentence about what a page shows claim nothing.
"""

from __future__ import annotations

import re

_THINGS = r"(?:systems?|services?|components?|servers?|apps?|platforms?|(?:web)?sites?|apis?)"
_WELL = (
    r"(?:operational|online|up(?:\s+and\s+running)?|running|working|healthy|functional|"
    r"available|normal|green|ok|fine)"
)
_BE = r"(?:(?:are|is|remain|remains)\s+)?(?:(?:all|now|currently|fully|presently)\s+)*"
_NOT_AFTER = (
    r"(?!\s+(?:at|from|in|under|via|through|on|to|for|with|24|around|worldwide|every|as)\b)"
)
"""What follows where a thing is to be had somewhere, and nothing is said of its state."""
_CLAIM = re.compile(
    rf"\b(?:all|every|our)\s+(?:of\s+)?(?:[\w-]+\s+){{0,2}}?{_THINGS}\s*:?\s*{_BE}{_WELL}\b"
    rf"{_NOT_AFTER}"
    rf"|\beverything(?:'s|’s|\s+is)?\s+(?:\w+\s+)?{_WELL}\b{_NOT_AFTER}"
    r"|\ball\s+systems\s+go\b|^\W*(?:status\W+)?(?:(?:fully|100\s*%)\s+)?operational\W*$"
    r"|\bno\s+(?:(?:known|current|ongoing|active|reported|open)\s+)+"
    r"(?:issues|incidents|outages|problems|disruptions)\b"
    r"|\bno\s+(?:issues|incidents|outages|problems|disruptions)\s+"
    r"(?:(?:are|have\s+been)\s+)?(?:known|reported|right\s+now|at\s+(?:this|the)\s+\w+)\b",
    re.IGNORECASE,
)
_NO_CLAIM = re.compile(
    r"\?|\b(?:if|when|whenever|whether|unless|until|once|should|must|will|shows?|says?|means?|"
    r"tells?|check|checks|verify|verifies|ensures?|goal|not)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:[^.!?\n。]|[.!?](?=[\w(]))+(?:[.!?。]+[*_\"')\]]*|\n|$)\s*")


def claimed(text: str) -> str:
    """Return the first sentence of ``text`` that claims a state; empty where none does."""
    return next((each.strip() for each in _sentences(text) if _claims(each)), "")


def without_claims(text: str) -> str:
    """Return ``text`` without the sentences that claim a state."""
    return "".join(each for each in _sentences(text) if not _claims(each)).strip()


def _sentences(text: str) -> list[str]:
    """Part a text so that its parts make it again; no part ends within a pair of ``**``."""
    parts: list[str] = []
    held, at = "", 0
    for match in _SENTENCE.finditer(text):
        held += text[at : match.end()]
        at = match.end()
        if held.count("**") % 2 == 0 or held.endswith("\n\n"):
            parts.append(held)
            held = ""
    return [*parts, held + text[at:]]


def _claims(sentence: str) -> bool:
    plain = re.sub(r"[*_`#>]+", "", sentence)
    return _CLAIM.search(plain) is not None and _NO_CLAIM.search(plain) is None
