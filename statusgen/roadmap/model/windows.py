"""Windows of the calendar as people write them: days, months, quarters, half-years, years.

*October 2026 bis Januar 2027*, ``H1 2027``, ``2026年10月〜2027年1月``, *from March 2027*. What may
mean two things (``09/10/2026``, ``2026/27``) is none here.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from statusgen.roadmap.model.dates import iso
from statusgen.roadmap.vocabulary import grouped, pattern


@dataclass(frozen=True, slots=True)
class Window:
    """Days from one to another; both belong to it."""

    start: date
    end: date | None
    """None where it has no end."""


_YEAR = r"(?:20\d\d)"
_POINT = (
    r"(?:\d{4}-\d\d-\d\d|\d{4}-(?:0[1-9]|1[0-2])(?!\d)"
    rf"|(?:[QT][1-4]|H[12])\s?{_YEAR}(?!\d)|{_YEAR}[- ]?(?:Q[1-4]|H[12])|{_YEAR}(?![\d.-]))"
)
"""A day, a month, a quarter, half a year, a year."""
_WORDS = grouped("window")
_BETWEEN = (
    r"\s*(?:\.\.|[–—〜～~])\s*|\s+-\s*|\s*-\s+"
    rf"|\s+(?:{pattern(_WORDS['between'])})\s+|\s*(?:{{glued}})\s*"
)
_GLUED = "|".join(word for word in _WORDS["between"] if word > "\u2e80")
_WINDOW = re.compile(
    rf"(?:(?P<since>{pattern(_WORDS['since'])})\s*|(?P<from>{pattern(_WORDS['from'])})\s*)?(?P<start>{_POINT})"
    rf"(?:(?:{_BETWEEN.format(glued=_GLUED)}|(?P<solidus>\s?/\s?))(?P<end>{_POINT})"
    rf"(?:\s*(?:{pattern(_WORDS['end'])}))?"
    rf"|\s*(?P<open>\+|(?:{pattern(_WORDS['onwards'])})))?",
    re.I,
)
_UNTIL = re.compile(
    rf"(?:{pattern(_WORDS['between'])})\s*{_POINT}|{_POINT}\s*(?:{pattern(_WORDS['end'])})", re.I
)
"""An end without a beginning."""


def _parts(kind: str) -> str:
    return pattern(tuple(word for word in grouped("period")[kind] if word.isalpha() or "-" in word))


_ORDINAL = r"(?:\.|st|nd|rd|th|er|ère|e|è|ème|º|ª|°|-й|-е)?"
_OF = r"(?:\s+(?:de|of|del|di|van))?\s+"
_SPELLED = tuple(
    (re.compile(text, re.I), new)
    for text, new in (
        # 10/2026 and 2026/10, 12.10.2026: no month is beyond 12, and points part days first.
        (r"(?<![\d./-])(0?[1-9]|1[0-2])[/.](20\d\d)(?![\d./-])", r"\2-\1"),
        (r"(?<![\d./-])(20\d\d)/(0?[1-9]|1[0-2])(?![\d./-])", r"\1-\2"),
        (r"(?<![\d./-])([0-3]?\d)\.\s?([01]?\d)\.\s?(20\d\d)(?![\d./-])", r"\3-\2-\1"),
        # 1. Quartal 2027, 2nd quarter of 2027, 2027年第1季度, 2027년 1분기
        (rf"(?<!\w)([1-4]){_ORDINAL}\s+(?:{_parts('quarter')}){_OF}({_YEAR})", r"Q\1 \2"),
        (rf"(?<!\w)([12]){_ORDINAL}\s+(?:{_parts('half-year')}){_OF}({_YEAR})", r"H\1 \2"),
        (r"(20\d\d)年第?\s?([1-4])季度?", r"Q\2 \1"),
        (r"(20\d\d)년\s?([1-4])\s?분기", r"Q\2 \1"),
        (r"(20\d\d)年上半年|(20\d\d)년\s?상반기", r"H1 \1\2"),
        (r"(20\d\d)年下半年|(20\d\d)년\s?하반기", r"H2 \1\2"),
        (r"(20\d\d)년\s?([01]?\d)월\s?([0-3]?\d)일", r"\1-\2-\3"),
        (r"(20\d\d)년\s?([01]?\d)월", r"\1-\2"),
        # Q1-Q2 2027: both are of the year.
        (rf"^([QTH])([1-4])\s?[-–/]\s?(\1[1-4])\s({_YEAR})$", r"\1\2 \4 .. \3 \4"),
        (rf"^({_YEAR})-({_YEAR})$", r"\1 .. \2"),
        # A month of one digit has two in ISO 8601, and so has a day.
        (r"(?<!\d)(20\d\d)-(\d)(?!\d)", r"\1-0\2"),
        (r"(?<!\d)(20\d\d-\d\d)-(\d)(?!\d)", r"\1-0\2"),
    )
)


def read_window(text: str, *, years: bool = False) -> Window | None:
    """Read a window; None for what is none, or may mean two things.

    ``years``: a number alone is a year. Raises ValueError for a day that no month has, for an end
    before its beginning and for an end alone.
    """
    written = iso(text.strip())
    for rule, new in _SPELLED:
        written = rule.sub(new, written)
    match = _WINDOW.fullmatch(written)
    if match is None:
        if _UNTIL.fullmatch(written):
            raise ValueError(
                f"{text.strip()!r} has no beginning; write both, like 2026-10 to 2027-01, or the "
                "end alone under `due:`"
            )
        return None
    ends = [match["start"], match["end"]]
    numbers = [end for end in ends if end and end.isdecimal()]
    if numbers and (not years or match["solidus"]):
        return None  # 2026/2027 may be a season
    if match["solidus"] and not all(re.fullmatch(r"[\d-]+", end) for end in ends):
        return None
    if match["from"] and not match["end"]:
        return None  # *de marzo de 2027* is of March as well
    start, end = _days(text, match["start"])
    if match["end"]:
        end = _days(text, match["end"])[1]
    if end < start:
        raise ValueError(f"{text.strip()!r} runs backwards; put the earlier one first")
    endless = match["open"] or (match["since"] and not match["end"])
    return Window(start, None if endless else end)


def _days(text: str, point: str) -> tuple[date, date]:
    """Return the first and the last day of a part of the calendar."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", point):
        try:
            day = date.fromisoformat(point)
        except ValueError as error:
            raise ValueError(f"{text.strip()!r} is no date: {error}") from None
        return day, day
    if re.fullmatch(r"\d{4}-\d\d", point):
        year, first = map(int, point.split("-"))
        last = first
    else:
        year = int(re.findall(_YEAR, point)[0])
        part = re.search(r"([QTH])([1-4])", point, re.I)
        length = 12 if part is None else 6 if part[1].upper() == "H" else 3
        first = 1 if part is None else length * (int(part[2]) - 1) + 1
        last = first + length - 1
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
