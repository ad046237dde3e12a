"""The words behind an amount that names no period: paid once, a remark, or not understood.

An amount without a period is a month's. Words that stand behind it may say otherwise, so those
that may, and that nobody here understands, are refused: ``£60 biennially`` is not £60 a month.
What stands in brackets, or behind a dash, is its author's remark and is left alone.
"""

from __future__ import annotations

import re

from statusgen.base.text import quote
from statusgen.roadmap.vocabulary import grouped, pattern, words

_ONCE = re.compile(r"\b(one[- ]?(?:time|off)|once|set-?up(?: fee)?|up-?front|onboarding)\b", re.I)
_ONCE_WORDS = pattern(words("once"))
_ONCE_AT_AN_END = re.compile(
    rf"(?:{_ONCE_WORDS})(?=$|[\s,;])|.*(?<!\w)(?:{_ONCE_WORDS})$", re.I | re.S
)
_REMARK = re.compile(
    rf"(?:(?:{pattern(words('remark') + words('tax') + words('restated'))})(?:[\s,]+|$))+", re.I
)


_ABOUT_MORE = re.compile(
    r"(?:no|without|plus|and|excl\w*|incl\w*|ohne|zzgl|inkl|exkl|sans|hors|sin|senza|sem)\b", re.I
)
"""*No setup fee*, *plus deposit*: of something else than this amount."""


def is_once(note: str) -> bool:
    """Whether the words beside an amount say that it is paid once."""
    note = note.strip()
    if _ABOUT_MORE.match(note):
        return False
    return _ONCE.search(note) is not None or _ONCE_AT_AN_END.match(note) is not None


def is_once_alone(label: str) -> bool:
    """Whether a label says nothing but that: *Setup*, *refundable deposit*."""
    return _ONCE.fullmatch(label) is not None or _ONCE_ALONE.fullmatch(label.strip()) is not None


def may_be_once(text: str) -> bool:
    """Whether words say of an amount that names no period that it need not be a month's.

    *Fee* and *Pauschale* are paid once as often as each month; *monthly fee* says which.
    """
    said = re.findall(r"[^\W\d_]+", text.casefold())
    if any(word in _TIMES for word in said) or _ABOUT_MORE.match(text.strip()):
        return False
    return is_once(text) or _MAY_BE_ONCE.search(text) is not None


_MAY_BE_ONCE = re.compile(rf"(?<![^\W\d_])(?:{pattern(words('may_be_once'))})(?![^\W\d_])", re.I)
_ONCE_ALONE = re.compile(rf"(?:{_ONCE_WORDS})", re.I)
_TIMES = frozenset(
    word
    for kind in ("period", "every")
    for entries in grouped(kind).values()
    for entry in entries
    for word in re.findall(r"[^\W\d_]+", entry)
    if len(word) > 1
)
_BESIDE_TIMES = frozenset(
    re.findall(
        r"\w+",
        "a an in of the for over per each every first next one two three four five six twelve pro "
        "je im am alle für erste ersten par pour por al all billed paid payable charged invoiced "
        "due renewed advance upfront",
    )
)
"""What stands around words of time and says no more than they do."""


def says_when(note: str) -> bool:
    """Whether a remark is nothing but words of time: *for two years*, *billed annually*.

    *7-day retention* and *weekly newsletter* speak of something else.
    """
    said = re.findall(r"[^\W\d_]+", note.casefold())
    return any(word in _TIMES for word in said) and all(
        word in _TIMES or word in _BESIDE_TIMES for word in said
    )


_MAY_SAY_WHEN = re.compile(
    r"^an?\s|\d|\w(?:ly|lich|weise|ellement|mente)\b|ennial|annual|year|month|week|fortnight|quarter|"
    r"\bdays?\b|hour|\bterm|semest|every|each|deposit|\bbuy|purchase|\bfor\b|jahr|monat|woche|"
    r"\btage?\b|stunde|\balle\b|kauf|kaution|\bans?\b|mois|semaine|achat|caution|\baños?\b|\bmes(?:es)?\b|"
    r"semana|compra|depósito|mese|anni|[年月週回買]",
    re.I,
)
"""What the name of a tier does not hold, and a period or a single payment may."""


def refuse_unknown(note: str, *, remark: bool = False) -> None:
    """Raise ValueError, with what to write instead, for words that may say a period.

    ``remark``: they stand in brackets or behind a dash, where only words of time alone say one.
    """
    may = says_when(note) if remark else _MAY_SAY_WHEN.search(note)
    if may and _REMARK.fullmatch(note.strip()) is None:
        raise ValueError(
            f"{quote(note.strip(), 60)} is not understood behind an amount that names no period; "
            "write /week, /month, /quarter, /half-year, /year or one-off behind the amount, and "
            + ("a remark without words of time" if remark else "put a remark into brackets")
        )
