"""Dates in words, brought to the form of ISO 8601: ``1 September 2026``, ``2026年12月15日``."""

from __future__ import annotations

import re

from statusgen.roadmap.vocabulary import grouped, pattern

_CALENDAR = grouped("calendar")
_NUMBERS = {
    word: int(number)
    for number, entries in _CALENDAR.items()
    if number.isdecimal()
    for word in entries
}
_NAME = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))
_MONTH = rf"(?P<month>{_NAME})\.?"
_YEAR = r"(?:de\s+)?(?P<year>[12]\d{3})(?!\d)"
_TO = rf"\s?(?:[-–—]|(?:{pattern(grouped('window')['between'])}))\s?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|\.|er)?"
_NENGETSU = r"(?P<year>[12]\d{3})年\s?(?P<from>[01]?\d)月"
_RULES = tuple(
    re.compile(text, re.I)
    for text in (
        rf"(?<!\w){_DAY}{_TO}(?P<last>[0-3]?\d)\.?\s+(?:de\s+)?{_MONTH},?\s+{_YEAR}",
        rf"(?<!\w)(?P<first>{_NAME})\.?{_TO}{_MONTH}\s+{_YEAR}",
        rf"(?<!\w){_DAY}\s+(?:of\s+|de\s+)?{_MONTH},?\s+{_YEAR}",
        rf"(?<!\w){_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"(?<!\w){_MONTH},?\s+{_YEAR}",
        rf"(?<!\d){_NENGETSU}\s?(?:[-–〜～~至到]|から)\s?(?P<number>[01]?\d)月(?!\d)",
        r"(?<!\d)(?P<year>[12]\d{3})年\s?(?P<number>[01]?\d)月(?:\s?(?P<day>[0-3]?\d)日)?",
    )
)
_SEASON = re.compile(
    rf"(?<!\w)(?:early\s+|late\s+)?(?P<season>{'|'.join(map(re.escape, _CALENDAR['season']))})"
    r"(?:\s+(?P<year>[12]\d{3}))?",
    re.I,
)


def iso(text: str) -> str:
    """Return a text with its dates in words as ``2026-09-01`` or ``2026-09``.

    Raises ValueError, with what to write, for a season: it begins in no certain month.
    """
    if season := _SEASON.fullmatch(text):
        year = season["year"] or "2027"
        raise ValueError(
            f"{text!r} begins in no certain month; write the months that you mean, like "
            f"{year}-01..{year}-03, or a quarter like Q1 {year}"
        )
    for rule in _RULES:
        text = rule.sub(_written, text)
    return text


def _written(match: re.Match[str]) -> str:
    part = match.groupdict()
    number = int(part["number"]) if part.get("number") else _NUMBERS[part["month"].casefold()]
    month = f"{part['year']}-{number:02}"
    if first := part.get("first") or part.get("from"):
        begins = _NUMBERS.get(first.casefold()) or int(first)
        return f"{part['year']}-{begins:02}..{month}"
    if not part.get("day"):
        return month
    begin = f"{month}-{int(part['day']):02}"
    return f"{begin}..{month}-{int(part['last']):02}" if part.get("last") else begin
