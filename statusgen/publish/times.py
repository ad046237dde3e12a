"""Instants as visitors read them: in the site's zone, with the exact UTC time beside the words.

Names of months and days are written here, not taken from the locale, so that every machine
writes the same page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from statusgen.base.clock import Instant, format_instant, to_datetime

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def short_day(day: date, today: date | None = None) -> str:
    """Write ``3 Nov``, with the year where it is not that of ``today``."""
    text = f"{day.day} {MONTHS[day.month - 1][:3]}"
    return text if today is None or day.year == today.year else f"{text} {day.year}"


def long_day(day: date) -> str:
    """Write ``Saturday, 21 November 2026``."""
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def month_name(month: str) -> str:
    """Write ``2026-11`` as ``November 2026``."""
    year, _, number = month.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}"


@dataclass(frozen=True, slots=True)
class Clock:
    """Writes instants in one time zone, as seen from one year."""

    zone: ZoneInfo
    now: Instant

    def local(self, instant: Instant) -> datetime:
        """Return the instant in the site's zone."""
        return to_datetime(instant).astimezone(self.zone)

    def day(self, instant: Instant) -> date:
        """Return the day on which the instant falls in the site's zone."""
        return self.local(instant).date()

    def month(self, instant: Instant) -> str:
        """Return ``YYYY-MM`` of the instant in the site's zone."""
        return f"{self.day(instant):%Y-%m}"

    def stamp(self, instant: Instant) -> Markup:
        """Return a ``<time>`` with date, time and zone; the year only where it is not now's."""
        day = short_day(self.day(instant), self.day(self.now))
        form = "y" if day[-4:].isdigit() else "d"
        return self._time(instant, f"{day}, {self._hour(instant)}", form)

    def hour(self, instant: Instant) -> Markup:
        """Return a ``<time>`` with the time of day and zone, for a day that stands nearby."""
        return self._time(instant, self._hour(instant), "t")

    def stamp_and_utc(self, instant: Instant) -> Markup:
        """Return :meth:`stamp`, followed by the time in UTC where the zone is another."""
        if self.local(instant).utcoffset() == to_datetime(instant).utcoffset():
            return self.stamp(instant)
        return self.stamp(instant) + f" ({to_datetime(instant):%H:%M} UTC)"

    def _hour(self, instant: Instant) -> str:
        moment = self.local(instant)
        return f"{moment:%H:%M} {moment.tzname()}"

    @staticmethod
    def _time(instant: Instant, text: str, form: str) -> Markup:
        return Markup('<time datetime="{}" data-f="{}">{}</time>').format(
            format_instant(instant), form, text
        )
