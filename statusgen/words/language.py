"""What a language writes by itself: numbers, dates, durations, lists. English is written here.

Names of months and days are not taken from the machine's locale, so that every machine writes the
same page. Everything is plain text with ordinary spaces; ``Words`` keeps them from breaking.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

MINUTE, HOUR, DAY = 60, 3600, 86400
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_GROUPED_FROM = 10_000


class Language(Protocol):
    """How one language writes what is not a sentence."""

    code: str
    """As in HTML: ``en``, ``de``, ``pt-BR``."""
    direction: str
    """Of its script, as in HTML: ``ltr`` or ``rtl``."""

    def number(self, value: int) -> str:
        """Write a whole number."""

    def decimal(self, text: str) -> str:
        """Write a number that English writes as ``text``: ``1,589.50``."""

    def priced(self, sign: str, number: str) -> str:
        """Put a currency's sign or code to a number that is written: ``$19``."""

    def percent(self, hundredths: int, decimals: int = 2) -> str:
        """Write hundredths of a percent, 9998 as ``99.98 %``; without decimals they are cut off."""

    def unit(self, value: int, unit: str) -> str:
        """Write a number with its unit, short: ``d``, ``h``, ``min``, ``s`` or ``ms``."""

    def short_day(self, day: date, *, year: bool) -> str:
        """Write ``3 Nov``, or ``3 Nov 2025``."""

    def long_day(self, day: date) -> str:
        """Write ``Saturday, 21 November 2026``."""

    def month(self, day: date) -> str:
        """Write the month of a day, ``November 2026``."""

    def short_months(self) -> tuple[str, ...]:
        """Return the names of the twelve months as an axis has them: ``Jan`` …"""

    def span(self, first: date, last: date) -> str:
        """Write several days as one stretch, ``12 to 15 November 2026``."""

    def joined(self, items: Sequence[str]) -> str:
        """Write a list in a sentence, ``A, B and C``."""


class English:
    """English as these pages write it: 24 hours, the day before the month."""

    code = "en"
    direction = "ltr"

    def number(self, value: int) -> str:
        """Write ``1204``, and ``12,040`` where the eye needs help."""
        return f"{value:,}" if abs(value) >= _GROUPED_FROM else str(value)

    def decimal(self, text: str) -> str:
        """Return the text itself."""
        return text

    def priced(self, sign: str, number: str) -> str:
        """Write ``$19``, ``CHF 19``."""
        return f"{sign}\u00a0{number}" if sign.isalpha() else sign + number

    def percent(self, hundredths: int, decimals: int = 2) -> str:
        """Write ``99.98 %``, or ``99 %``."""
        whole, rest = divmod(hundredths, 100)
        return f"{whole}.{rest:02d} %" if decimals else f"{whole} %"

    def unit(self, value: int, unit: str) -> str:
        """Write ``12 min``; the units are the same for one and for many."""
        return f"{value} {unit}"

    def short_day(self, day: date, *, year: bool) -> str:
        """Write ``13 Sep``: three letters for every month, never ``Sept``."""
        text = f"{day.day} {MONTHS[day.month - 1][:3]}"
        return f"{text} {day.year}" if year else text

    def long_day(self, day: date) -> str:
        """Write ``Saturday, 21 November 2026``."""
        return f"{WEEKDAYS[day.weekday()]}, {self._dated(day)}"

    def month(self, day: date) -> str:
        """Write ``November 2026``."""
        return f"{MONTHS[day.month - 1]} {day.year}"

    def short_months(self) -> tuple[str, ...]:
        """Return three letters for every month."""
        return tuple(name[:3] for name in MONTHS)

    def span(self, first: date, last: date) -> str:
        """Write ``12 to 15 November 2026``, ``28 Oct to 2 Nov 2026``, both years if two."""
        if first == last:
            return self.long_day(last)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day} to {self._dated(last)}"
        begins = self.short_day(first, year=first.year != last.year)
        return f"{begins} to {self.short_day(last, year=True)}"

    def joined(self, items: Sequence[str]) -> str:
        """Write ``A, B and C``."""
        if len(items) <= 1:
            return "".join(items)
        return f"{', '.join(items[:-1])} and {items[-1]}"

    @staticmethod
    def _dated(day: date) -> str:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
