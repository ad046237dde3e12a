"""What a text says of an option: that it is taken, refused or advised, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass

from statusgen.roadmap.vocabulary import grouped, pattern

_WORDS = grouped("decides")
TAKEN, REFUSED, ADVISED = "taken", "refused", "advised"
_SINCE = "|".join(
    rf"{re.escape(first)}\s+(?={re.escape(rest)})"
    for first, _, rest in (word.partition(" ") for word in _WORDS["since"])
)
"""*Since we*, *as it*: such a word gives a reason only before one that can begin a sentence."""
_BECAUSE = rf"{pattern(_WORDS['because'])}|{_SINCE}"
_REASON = re.compile(
    rf"(?:(?<!\w)|(?<=[\u2e80-\uffff]))(?:{_BECAUSE})\s*(?P<reason>\S.*)", re.I | re.S
)
_SIGNS = "[^\\w\\s\"'“”„«»()（）\\[\\]`~/|.,;:!?&+*%#@<>=^{}\\\\$€£¥-]"
"""A drawn sign, such as a star or a tick."""
_FOLLOWED = rf"\s*(?:$|[.。!,;:：；，（()）—–|-]|(?:{_BECAUSE})|{_SIGNS})"
_VERDICTS = tuple(
    (kind, re.compile(rf"[\W_]*(?:{pattern(_WORDS[kind])})(?P<rest>{behind})", re.I | re.S))
    for kind, behind in ((REFUSED, ".*"), (ADVISED, ".*"), (TAKEN, rf"(?={_FOLLOWED}).*"))
)
_ENDS = re.compile(
    rf"(?P<name>.*?\S)\s*(?:\s[–—-]+\s+|[\[【]|\s{_SIGNS}+\s*)\s*"
    rf"(?P<said>(?:{pattern((*_WORDS[TAKEN], *_WORDS[REFUSED], *_WORDS[ADVISED]))}))[\]】.!\s]*",
    re.I | re.S,
)
_CONSIDERED = re.compile(rf"(?<!\w)(?:{pattern(_WORDS['considered'])})", re.I)
_ARGUED = tuple(
    (side, re.compile(rf"(?:{pattern(_WORDS[word])})[\s,，]*(?P<rest>\S.*)", re.I | re.S))
    for side, word in (("pros", "good"), ("cons", "bad"))
)
_FOR, _AGAINST = frozenset("✅✔✓👍➕"), frozenset("❌✗✘👎➖⚠")
_MAX_TITLE_WORDS = 9


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one option."""

    kind: str
    """``taken``, ``refused`` or ``advised``."""
    reason: str = ""
    """What stands behind *because*, or behind the word and a dash."""


def verdict(text: str) -> Verdict | None:
    """Read a text that begins with a verdict: *Rejected because it sags*, *✅ Chosen*."""
    for kind, form in _VERDICTS:
        if match := form.fullmatch(text.strip()):
            rest = match["rest"].strip()
            return Verdict(kind, reason_of(rest) or _behind(rest))
    return None


def split_verdict(name: str) -> tuple[str, str]:
    """Split a verdict from the end of a name: *Redis — Chosen*, *Redis ⭐ RECOMMENDED*."""
    match = _ENDS.fullmatch(name.strip())
    return (match["name"], match["said"]) if match else (name, "")


def reason_of(text: str) -> str:
    """Return what stands behind *because* in a text; empty where it says none."""
    match = _REASON.search(text)
    reason = match["reason"].strip(" \"'”“)*_") if match else ""
    return reason if len(reason.split()) > 1 or re.search(r"[\u2e80-\uffff]{3}", reason) else ""


def before_reason(text: str) -> str:
    """Return a text up to its *because*."""
    match = _REASON.search(text)
    return text[: match.start()] if match else text


def _behind(text: str) -> str:
    """Return the words that a dash, a colon or a bracket parts from a verdict."""
    match = re.fullmatch(r"[.!\s]*(?:[—–:：,，-]|[(（](?=[^)）]*[)）]\W*$))\s*(.*)", text, re.S)
    reason = match[1].strip(" )）") if match else ""
    return reason if len(reason.split()) > 1 or re.search(r"[\u2e80-\uffff]{3}", reason) else ""


def heads_considered(title: str) -> bool:
    """Whether a heading says that what stands below it was considered: all of it is options."""
    return len(title.split()) <= _MAX_TITLE_WORDS and bool(_CONSIDERED.search(title))


def argued(text: str, mark: str = "") -> tuple[str, str] | None:
    """Read *Good, because it is known*: (``pros``, ``it is known``); None for any other text."""
    for side, form in _ARGUED:
        if match := form.fullmatch(text.strip()):
            return side, match["rest"]
    if mark[:1] in _FOR:
        return "pros", text
    return ("cons", text) if mark[:1] in _AGAINST else None


_WHY_NOT = re.compile(rf"(?:{pattern(_WORDS['why_not'])})\s+(?P<name>[^?？]+)[?？]?", re.I)


def why_not(title: str) -> str:
    """Return what a heading asks about: *Why not Kafka?*; empty for any other one."""
    match = _WHY_NOT.fullmatch(title.strip())
    return match["name"].strip() if match else ""
