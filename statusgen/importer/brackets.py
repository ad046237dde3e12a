"""What stands in parentheses behind the name of a stage: when, how long, its status, its cost."""

from __future__ import annotations

import re

from statusgen.importer.headers import LEVY, REVENUE
from statusgen.importer.inline import CROSSED
from statusgen.importer.spans import is_months, is_span
from statusgen.importer.spent import METRES, lasts
from statusgen.importer.staged import LASTS, STAGE_WORDS, reads
from statusgen.importer.words import has_money
from statusgen.roadmap.model import parse_trigger, parse_when
from statusgen.roadmap.vocabulary import grouped, pattern, words

_DATED = re.compile(rf"(?<![\w.,])(?:[0-3]?\d\.?\s+(?:de\s+)?(?:{pattern(words('months'))}(?!\w)))")
"""*18–19 April, two days*: a day of a month, whatever is said of it."""


_DAYS = re.compile(r"\d{1,2}[./]\d{1,2}\.?\s?[-–—]\s?\d{1,2}[./]\d{1,2}\.?")
"""*12/10 – 23/10*: from a day to another."""


def told(bracket: str) -> list[tuple[str, str]]:
    """Say what a stage's parenthesis is: one field with its value, or times and a cost by comma."""
    parts = [part.strip() for part in _PARTED.split(bracket)]
    whole = about(bracket)
    if is_timed([whole]) or any(map(str.isdecimal, parts)):
        return [whole]  # *Sep 2026 – Dec 2026*, *10 – 12 weeks*
    fields = [
        ("cost", part) if has_money(part) and not REVENUE.search(part) else about(part)
        for part in parts
    ]
    if is_timed(fields):  # "5 weeks, 2 people" is no condition
        fields = [
            ("reason" if field == "trigger" and not _SCALED.search(text) else field, text)
            for field, text in fields
        ]
    names = [field for field, _ in fields]
    if len(names) > 1 and {*names} <= _TIMED and len({*names}) < len(names):
        return [("time", bracket)]  # *Week 1 - Week 2*
    if (
        len(parts) < 2
        or len({*names}) < len(names)
        or not {*names} & (_TIMED | {"cost"})
        or not {*names} <= _TOLD
    ):
        return [about(bracket)]
    return fields


_PARTED = re.compile(r"\s*(?:[,;:、，；：]\s+|[、，；]|\s[·|/+–—-]\s)\s*")


_TIMED = frozenset({"when", "duration", "time"})


def is_timed(fields: list[tuple[str, str]]) -> bool:
    """Whether a parenthesis says when a stage is or how long it takes."""
    return bool(_TIMED.intersection(field for field, _ in fields))


_TOLD = _TIMED | {"cost", "status", "trigger", "reason"}


_SCALED = re.compile(rf"(?<!\w)(?:{pattern(words('scale'))})", re.I)


def about(bracket: str) -> tuple[str, str]:
    """Say what a stage's parenthesis is: (field of the stage, value)."""
    text = bracket.strip()
    low = text.lower()
    if low in ("now", "today"):
        return "trigger", text
    if status := known_status(low):
        return "status", status
    if reads(parse_when, text):
        return "when", text
    if lasts(text):
        return "duration", text
    dated = (
        _DATED.search(low) or _DAYS.fullmatch(low) or _YEARS.fullmatch(text) or _BEGINS.match(low)
    )
    if dated or is_months(text) or is_span(text):
        return "time", text
    if re.fullmatch(r"[+~≈−–-]?\s?\d[\d.,]*\s?%|\d+\s?/\s?\d+|v\d[\w.]*", text, re.I):
        return "reason", text
    if _SPENT.fullmatch(low):
        return "duration", text
    if _OF_STAGE.search(low):
        return "reason", text
    plain = METRES.search(text) or LEVY.search(text) or _NAMED.fullmatch(text)
    if not plain and re.search(r"(?<![^\W\d_])\d", text) and reads(parse_trigger, text):
        return "trigger", text
    return "reason", text


def known_status(text: str) -> str:
    """Return the status that a text is a word for, in any language; empty for other texts.

    A sign may stand before it; what is crossed is not done.
    """
    said = text.strip(" *_.:")
    low = re.sub(r"^[^\w]+(?=\w)", "", said).casefold()
    status = next((name for name, known in grouped("status").items() if low in known), "")
    return "" if status == "done" and said[:1] in CROSSED else status


_YEAR = r"(?:(?:19|20)\d\d|FY\s?(?:20)?\d\d)"
_YEARS = re.compile(rf"{_YEAR}(?:\s?[-–—/]\s?(?:{_YEAR}|\d\d))?", re.I)
"""*2027*, *2026–2028*, *2031/32*, *FY26–FY27*."""


_BEGINS = re.compile(
    r"(?:immediate(?:ly)?|asap)\b|(?:q[1-4]|h[12])(?:[ /-]?(?:fy)?(?:20)?\d\d\b|$)"
)
"""*Immediate – 1 week*, *Q1 2026 – 1 week*: a time, whatever else is said of it."""


_NAMED = re.compile(r"[^\W\d_]+\.?\s?\d[\d.]*")
"""*Section 3.2*, *v2*: a number that names something."""


_OF_STAGE = re.compile(rf"(?<!\w)(?:{pattern(STAGE_WORDS)})\s+\d")
"""*milestone 1 – the core* names a stage, and no number to be reached."""


_SPENT = re.compile(
    rf"[~≈]?\s?\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?\s?(?:h|hrs?|hours?|{pattern(LASTS)})"
    r"(?:\s?/\s?|\s+(?:an?|per)\s+)[^\W\d_]+"
)
"""*100-200 hours/year*"""
