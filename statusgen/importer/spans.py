"""Texts that are a part of a year and nothing else: *April to June*, *2. Halbjahr 2027*."""

from __future__ import annotations

import re

from statusgen.roadmap.vocabulary import grouped, pattern, words


def is_months(text: str) -> bool:
    """Whether a text names months or seasons and nothing else: ``from April to June 2026``."""
    rest, found = _MONTHS.subn(" ", text.casefold())
    return bool(found) and not re.search(r"\w", _SPAN.sub(" ", rest))


def is_span(text: str) -> bool:
    """Whether a text names parts of years and nothing else: *2. Halbjahr 2027*, 2027年上半年."""
    rest = _MONTHS.sub(" ", text.casefold())
    rest, found = _PARTS.subn(" ", rest)
    rest, dated = _DATES.subn(" ", rest)
    if not (found or dated or rest != text.casefold()) or not re.search(r"\d", text):
        return False
    rest = _NTH.sub(" ", _SPAN.sub(" ", rest))
    return not re.search(
        r"[^\W_]", re.sub(r"(?<!\w)(?:de|del|di|da|do|der|des|do|of|року|г|г\.)(?!\w)", " ", rest)
    )


def is_dates(text: str) -> bool:
    """Whether a text is a day or two of a year and nothing else: *Sun 12 Oct → Sat 18 Oct 2025*."""
    rest, found = _MONTHS.subn(" ", text.casefold())
    rest = _DAY.sub(" ", _SPAN.sub(" ", rest))
    return bool(found) and bool(re.search(r"\d", text)) and not re.search(r"\w", rest)


_DAY = re.compile(
    rf"(?<!\w)(?:{pattern(words('weekdays'))}|[0-3]?\d(?:st|nd|rd|th|er|º|ª)?|(?:de|del|of|the|le|den))"
    r"\.?(?!\w)"
)
_PARTS = re.compile(
    r"(?<!\w)(?:"
    + pattern((*grouped("period")["quarter"], *grouped("period")["half-year"], *words("part")))
    + ")"
)
_DATES = re.compile(
    r"\d{1,2}[./]\d{1,2}[./](?:20)?\d\d(?!\d)|(?:20)?\d\d[年년](?:度)?"
    r"|\d{1,2}(?:[月월]?\s?[〜～~–-]\s?\d{1,2})?[月월](?:[上中下初][旬]|末|底|초|말|중순)?|\d{1,2}[日일]|[上下]半年|[上下]期|[상하]반기"
)
_NTH = re.compile(
    r"(?<!\w)(?:[1-4](?:\.?[ºªo°]|\.?er|ère|ème|e|nd|st|rd|th|-[йея])?|i{1,3}|iv)(?:\.|(?!\w))"
)
_MONTHS = re.compile(rf"(?<!\w)(?:{pattern(words('months'))})\.?(?!\w)")
_SPAN = re.compile(rf"(?<!\w)(?:{pattern(words('span'))}|(?:20)?\d\d)(?!\w)")


def tells_of_plan(bracket: str) -> bool:
    """Whether what stands in parentheses is of a plan: a time, a number or how far something is.

    *Level 2: Forest (Mid Game)* is of none.
    """
    return bool(_OF_PLAN.search(bracket))


_STATUS = tuple(word for known in grouped("status").values() for word in known)
_OF_PLAN = re.compile(rf"\d|(?<!\w)(?:{pattern(words('months'))}|{pattern(_STATUS)})(?!\w)", re.I)
