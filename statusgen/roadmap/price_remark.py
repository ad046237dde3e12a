"""The words behind an amount that names no period: paid once, a remark, or not understood.

An amount without a period is a month's. Words that stand behind it may say otherwise, so those
that may, and that nobody here understands, are refused: ``£60 biennially`` is not £60 a month.
What stands in brackets, or behind a dash, is its author's remark and is left alone.
"""

from __future__ import annotations

import re

from statusgen.base.text import quote
from statusgen.roadmap.vocabulary import pattern, words

_ONCE = re.compile(r"\b(one[- ]?(?:time|off)|once|set-?up(?: fee)?|up-?front|onboarding)\b", re.I)
_ONCE_WORDS = pattern(words("once"))
_ONCE_AT_AN_END = re.compile(
    rf"(?:{_ONCE_WORDS})(?=$|[\s,;])|.*(?<!\w)(?:{_ONCE_WORDS})$", re.I | re.S
)
_REMARK = re.compile(
    rf"(?:(?:{pattern(words('remark') + words('tax') + words('restated'))})(?:[\s,]+|$))+", re.I
)


def is_once(note: str) -> bool:
    """Whether the words beside an amount say that it is paid once."""
    note = note.strip()
    return _ONCE.search(note) is not None or _ONCE_AT_AN_END.match(note) is not None


def is_once_alone(label: str) -> bool:
    """Whether a label says nothing but that: *Setup*."""
    return _ONCE.fullmatch(label) is not None


_MAY_SAY_WHEN = re.compile(
    r"^an?\s|\d|\w(?:ly|lich|weise|ellement|mente)\b|ennial|annual|year|month|week|fortnight|quarter|"
    r"\bdays?\b|hour|\bterm|semest|every|each|deposit|\bbuy|purchase|\bfor\b|jahr|monat|woche|"
    r"\btage?\b|stunde|\balle\b|kauf|kaution|\bans?\b|mois|semaine|achat|caution|\baños?\b|\bmes(?:es)?\b|"
    r"semana|compra|depósito|mese|anni|[年月週回買]",
    re.I,
)
"""What the name of a tier does not hold, and a period or a single payment may."""


def refuse_unknown(note: str) -> None:
    """Raise ValueError, with what to write instead, for words that may say a period."""
    if _MAY_SAY_WHEN.search(note) and _REMARK.fullmatch(note.strip()) is None:
        raise ValueError(
            f"{quote(note.strip(), 60)} is not understood behind an amount that names no period; "
            "write /week, /month, /quarter, /half-year, /year or one-off behind the amount, and "
            "put a remark into brackets"
        )
