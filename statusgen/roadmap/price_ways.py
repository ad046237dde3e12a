"""Ways to write a price that are one language's, or one trade's, in the grammar's own.

``月1,200円`` is a price by the month, ``80 Rp.`` are 0.80 francs, *4 Stück à CHF 9.90* are four
times the amount of one, and *every 3 years* is a third of it each year. Amounts have their sign
in front here.
"""

from __future__ import annotations

import re

from statusgen.roadmap.money import SIGN
from statusgen.roadmap.price_scale import CODES
from statusgen.roadmap.vocabulary import grouped, meanings, ordinals, pattern, words

_MONEY = rf"(?:(?:{SIGN})\s?|(?:{CODES})\s)\d[\d.,]*[KM]?(?:\s?[-–—]\s?\d[\d.,]*[KM]?)?"
_LONG = {
    word: period
    for period in ("week", "month", "quarter", "year")
    for word in (*grouped("period")[period], *grouped("lasts").get(period, ()))
    if not any(map(str.isdigit, word))
}
"""A week and what is longer: an hour or a day is what work is paid by."""
_TIMES = pattern(tuple({*meanings("period"), *meanings("lasts")}))
_NUMBERS = {
    word: number for known in ordinals() for number, word in enumerate(known, start=1) if number > 1
}
_SO_MANY = rf"(?P<count>[2-9]|[1-5]\d|{pattern(tuple(_NUMBERS))})"
_UNIT = rf"(?P<unit>{pattern(tuple(_LONG))})"
_EVERY = re.compile(
    rf"(?<=[\d+*KM])(?:\s*(?:{pattern(words('each_so_many'))})\s*|\s?/\s?|\s+per\s+)"
    rf"{_SO_MANY}\s?{_UNIT}(?:\s?(?:{pattern(words('so_many_each'))}))?$",
    re.I,
)
_EVERY_IN_FRONT = re.compile(
    rf"^(?:(?:{pattern(words('each_so_many'))})\s*)?{_SO_MANY}\s?{_UNIT}\s?"
    rf"(?:{pattern(words('so_many_each'))})に?\s?(?P<money>{_MONEY})$",
    re.I,
)
_EACH = re.compile(
    rf"^(?P<count>\d{{1,4}})\s+(?!(?:{_TIMES}))[^\W\d_][^\W\d]{{1,24}}(?:\s[^\W\d]{{2,24}})?"
    rf"\s+(?:(?:{pattern(words('at'))})\s+){{1,2}}(?={_MONEY})",
    re.I,
)
_CJK_PERIODS = "|".join(
    word for kept in grouped("period").values() for word in kept if len(word) == 1 and word > "⺀"
)
_COUNTERS = "|".join(words("counters"))
_TAX = "|".join(word for word in words("tax") if word > "⺀")
_ABOUT = pattern(words("about"))
_RULES = tuple(
    (re.compile(text, re.I), new)
    for text, new in (
        # 80 Rp./Monat; a rupiah (Rp) stands in front of its number.
        (r"(?<![\w.,])(\d)\s?Rp\.?(?=$|[\s/])", r"CHF 0.0\1"),
        (r"(?<![\w.,])(\d\d)\s?Rp\.?(?=$|[\s/])", r"CHF 0.\1"),
        (r"\b(CHF|Fr\.)\s?[-–—]\.(?=\d\d(?!\d))", r"CHF 0."),
        (rf"(?<![\w.])(?:{_ABOUT})\s*~?\s*(?=(?:{CODES})\s\d)", "~"),
        (rf"({_MONEY})\s?(?:{pattern(words('or_so'))})(?=$|[\s/（(])", r"~\1"),
        (rf"^(\d{{1,4}})\s?[×x]\s?(?={_MONEY})", r"\1 × "),
        (
            rf"^({_TAX})\s?([~]?{_MONEY})(.*)$",
            r"\2\3 (\1)",
        ),
        # 月1,200円, but not 10月1,200円.
        (rf"^({_CJK_PERIODS})\s?([~]?{_MONEY})$", r"\2/\1"),
        (rf"^1\s?({_COUNTERS})(?:あたり|につき|当たり)?\s?({_MONEY})$", r"\2 per \1"),
    )
)


def in_our_way(text: str) -> str:
    """Return a price, its signs in front, with what is one language's way put into ours."""
    for rule, new in _RULES:
        text = rule.sub(new, text)
    text = _EACH.sub(r"\g<count> × ", text)
    text = _EVERY_IN_FRONT.sub(lambda found: f"{found['money']}{_several(found)}", text)
    return _EVERY.sub(_several, text)


def split_outside(text: str, separator: str) -> list[str]:
    """Split at ``separator`` outside parentheses."""
    parts, depth, start = [], 0, 0
    matches = {match.start(): match.end() for match in re.finditer(separator, text)}
    for position, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if position in matches and depth == 0:
            parts.append(text[start:position])
            start = matches[position]
    return [*parts, text[start:]]


def _several(match: re.Match[str]) -> str:
    """Write several periods as the grammar reads them: ``/3 years``."""
    word, unit = match["count"].casefold(), _LONG[match["unit"].casefold()]
    several = f"{_NUMBERS.get(word, word)} {unit}"
    return f"/{_ONE_WORD.get(several, several)}"


_ONE_WORD = {"3 month": "quarter", "6 month": "half-year"}
