"""Instants as visitors read them: in the site's zone, with the exact UTC time beside the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from statusgen.base.clock import Instant, format_instant, parse_instant, to_datetime
from statusgen.words import Words

_WRITTEN = re.compile(r"(?<![A-Za-z0-9])(\d{4}-\d\d-\d\d \d\d:\d\d) UTC(?![A-Za-z0-9])")
"""How the program writes an instant in the text of an incident."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Writes instants in one time zone, in one language, the year always beside the day."""

    zone: ZoneInfo
    now: Instant
    words: Words

    def local(self, instant: Instant) -> datetime:
        """Return the instant in the site's zone."""
        return datetime.fromtimestamp(instant, self.zone)

    def day(self, instant: Instant) -> date:
        """Return the day on which the instant falls in the site's zone."""
        return self.local(instant).date()

    def month(self, instant: Instant) -> str:
        """Return ``YYYY-MM`` of the instant in the site's zone."""
        return f"{self.day(instant):%Y-%m}"

    def short_day(self, instant: Instant) -> str:
        """Write the day of an instant, ``3 Nov 2026``."""
        return self.words.dated_day(self.day(instant))

    def stamp(self, instant: Instant) -> Markup:
        """Return a ``<time>`` with date, time and zone."""
        return self._time(instant, f"{self.short_day(instant)}, {self._hour(instant)}", "d")

    def hour(self, instant: Instant) -> Markup:
        """Return a ``<time>`` with the time of day and zone, for a day that stands nearby."""
        return _hour_element(instant, self.zone)

    def stamp_and_utc(self, instant: Instant) -> Markup:
        """Return :meth:`stamp`, followed by the time in UTC where the zone is another."""
        if self.local(instant).utcoffset() == to_datetime(instant).utcoffset():
            return self.stamp(instant)
        # The small script hides it where the visitor's own time is UTC.
        utc = Markup(' <span class="utc">({} UTC)</span>').format(f"{to_datetime(instant):%H:%M}")
        return self.stamp(instant) + utc

    def stamped(self, text: str) -> Markup:
        """Return ``text`` escaped, the instants that the program wrote into it as ``<time>``."""
        pieces = _WRITTEN.split(text)
        return Markup("").join(
            self._read(piece) if index % 2 else piece for index, piece in enumerate(pieces)
        )

    def _read(self, written: str) -> Markup | str:
        try:
            return self.stamp(parse_instant(f"{written}Z"))
        except ValueError:
            return f"{written} UTC"

    def _hour(self, instant: Instant) -> str:
        return _time_of_day(instant, self.zone)

    @staticmethod
    def _time(instant: Instant, text: str, form: str) -> Markup:
        return _element(instant, text, form)


def _element(instant: Instant, text: str, form: str) -> Markup:
    at = format_instant(instant)  # a page holds hundreds: no format of Markup, which is slow
    return Markup(f'<time datetime="{at}" data-f="{form}">{escape(text)}</time>')  # noqa: S704


@lru_cache(maxsize=4096)
def _hour_element(instant: Instant, zone: ZoneInfo) -> Markup:
    return _element(instant, _time_of_day(instant, zone), "t")


@lru_cache(maxsize=4096)
def _time_of_day(instant: Instant, zone: ZoneInfo) -> str:
    """Write the time of day and the zone's name; pages of one day tell the same times again."""
    moment = datetime.fromtimestamp(instant, zone)
    return f"{moment.hour:02}:{moment.minute:02} {moment.tzname()}"
