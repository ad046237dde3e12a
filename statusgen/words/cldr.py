"""Every language but English, written as CLDR says it is. The one module that needs Babel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

_UNITS = {
    "d": "duration-day",
    "h": "duration-hour",
    "min": "duration-minute",
    "s": "duration-second",
    "ms": "duration-millisecond",
}


class Cldr:
    """A language by its code, e.g. ``de``, ``ja``, ``pt-BR``.

    Raises ``babel.UnknownLocaleError`` or ValueError for what is none.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        self._locale = Locale.parse(code, sep="-")
        self.direction = self._locale.text_direction

    @classmethod
    def of(cls, code: str) -> Cldr:
        """Return a language as its region writes it, else as most do where nobody knows that."""
        try:
            return cls(code)
        except (UnknownLocaleError, ValueError):
            return cls(code.partition("-")[0])

    def number(self, value: int) -> str:
        """Write a whole number."""
        return format_decimal(value, locale=self._locale)

    def decimal(self, text: str) -> str:
        """Write a number that English writes as ``text``, grouped as the language does."""
        grouped = self._locale.decimal_formats[None].pattern.partition(".")[0]
        fraction = text.partition(".")[2]
        pattern = f"{grouped}.{'0' * len(fraction)}" if fraction else grouped
        return format_decimal(Decimal(text.replace(",", "")), format=pattern, locale=self._locale)

    def priced(self, sign: str, number: str) -> str:
        """Put a currency's sign where CLDR has it; a code keeps clear of its number."""
        pattern = self._locale.currency_formats["standard"]
        before, after = str(pattern.prefix[0]), str(pattern.suffix[0])
        if before.endswith("¤") and sign[-1:].isalpha():
            before += "\u00a0"
        return before.replace("¤", sign) + number + after.replace("¤", sign)

    def percent(self, hundredths: int, decimals: int = 2) -> str:
        """Write with two decimals or none, whatever CLDR thinks of a percentage; none cuts off."""
        pattern = self._locale.percent_formats[None].pattern
        pattern = pattern.replace("#,##0", "0.00" if decimals else "0")
        share = Decimal(hundredths if decimals else hundredths // 100 * 100) / 10_000
        return format_percent(share, format=pattern, locale=self._locale)

    def unit(self, value: int, unit: str) -> str:
        """Write a number with its short unit, in the plural that it takes."""
        return format_unit(value, _UNITS[unit], length="short", locale=self._locale)

    def short_day(self, day: date, *, year: bool) -> str:
        """Write the day with the short name of its month."""
        return format_skeleton("yMMMd" if year else "MMMd", day, locale=self._locale)

    def long_day(self, day: date) -> str:
        """Write the day with its weekday and year."""
        return format_date(day, format="full", locale=self._locale)

    def month(self, day: date) -> str:
        """Write the month with its year; a language may have a form of its own for it."""
        return format_skeleton("yMMMM", day, locale=self._locale)

    def short_months(self) -> tuple[str, ...]:
        """Return the short names that may stand without a day."""
        names = self._locale.months["stand-alone"]["abbreviated"]
        return tuple(names[number] for number in range(1, 13))

    def span(self, first: date, last: date) -> str:
        """Write several days as one stretch."""
        if first == last:
            return self.long_day(last)
        return format_interval(first, last, "yMMMd", locale=self._locale)

    def joined(self, items: Sequence[str]) -> str:
        """Write a list as a sentence has it."""
        return format_list(list(items), style="standard", locale=self._locale)
