"""What to write instead of a price that is not understood, in its own currency."""

from __future__ import annotations

import re

from statusgen.roadmap.money import SIGN
from statusgen.roadmap.price_scale import CODES
from statusgen.roadmap.price_spelling import is_doubtful, respelled
from statusgen.roadmap.vocabulary import grouped, pattern

_SIGNED = re.compile(rf"{SIGN}|\b(?:{CODES})\b")

_LATER = re.compile(rf"\d.*,.*\d.*(?:{pattern(grouped('window')['since'])})\s.*20\d\d", re.I | re.S)
"""*£10/month, £5 from 2027*."""


def price_hint(sign: str = "$", *, behind: bool = False) -> str:
    """Return what to write instead, with amounts as they are written in a currency."""

    def price(number: str, tail: str) -> str:
        gap = " " if sign[-1:].isalpha() and sign.isascii() and len(sign) > 1 else ""
        digits = number.lstrip("~")
        written = f"{digits} {sign}" if behind else f"{sign}{gap}{digits}"
        return f"{'~' if number[0] == '~' else ''}{written}{tail}"

    return (
        f"write it like {price('19', '/month')}, {price('~5-10', '/month')}, "
        f"{price('15', '/host/month')}, {price('0.10', ' per 1,000 emails')} or Free"
    )


def hint_for(raw: str) -> str:
    """Return a hint in the currency that a text names; in dollars where it names none."""
    text = respelled(raw)
    if is_doubtful(text):
        return (
            "write its thousands without a point; a roadmap may say `numbers: 1.234,56` at its top"
        )
    if _LATER.search(text):
        return (
            "write the price of today; the later one belongs to a stage or an item of its own "
            "that says `when:`"
        )
    found = _SIGNED.search(text)
    if found is None:
        return price_hint()
    sign = found[0].strip()
    at = raw.find(sign)
    behind = at > 0 and any(map(str.isdigit, raw[:at])) and not any(map(str.isdigit, raw[at:]))
    return price_hint(sign, behind=behind)
