"""Time zones as people write them, and which zone they mean where there is none of that name.

Nothing is ever suggested that keeps another time: a name is corrected by its spelling alone, an
abbreviation by the city that it is used in, and an offset by the zone of that offset.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

from statusgen.base.text import quote

# Names that mean what one machine is set to, and variants with leap seconds.
_OF_THE_MACHINE = ("localtime", "posixrules", "posix/", "right/", "Factory")
_OFFSET = re.compile(r"(?:utc|gmt|z)?\s*([+\u2212-])\s*(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
_PLAIN = "write one like Europe/Berlin or UTC"

_ABBREVIATIONS = {
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "PT": "America/Los_Angeles",
    "MDT": "America/Denver",
    "MT": "America/Denver",
    "CDT": "America/Chicago",
    "CT": "America/Chicago",
    "EDT": "America/New_York",
    "ET": "America/New_York",
    "BST": "Europe/London",
    "CEST": "Europe/Berlin",
    "MEZ": "Europe/Berlin",
    "MESZ": "Europe/Berlin",
    "EEST": "Europe/Helsinki",
    "MSK": "Europe/Moscow",
    "JST": "Asia/Tokyo",
    "KST": "Asia/Seoul",
    "SGT": "Asia/Singapore",
    "HKT": "Asia/Hong_Kong",
    "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney",
    "AWST": "Australia/Perth",
    "NZST": "Pacific/Auckland",
    "NZDT": "Pacific/Auckland",
    "BRT": "America/Sao_Paulo",
}
_AMBIGUOUS = {
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "CST": ("America/Chicago", "Asia/Shanghai"),
}
_HALF_HOURS = {
    (1, 3, 30): "Asia/Tehran",
    (1, 4, 30): "Asia/Kabul",
    (1, 5, 30): "Asia/Kolkata",
    (1, 5, 45): "Asia/Kathmandu",
    (1, 6, 30): "Asia/Yangon",
    (1, 9, 30): "Australia/Darwin",
}
"""Zones without summer time, by sign, hours and minutes of their offset."""


def zone_of(text: str) -> ZoneInfo:
    """Return the zone of a name. Raises ValueError, saying which zone seems meant."""
    if not text.startswith(_OF_THE_MACHINE):
        try:
            return ZoneInfo(text)
        except (LookupError, ValueError, OSError):
            pass
    raise ValueError(f"{quote(text, 60)} is not a time zone; {_fix(text.strip())}")


def _fix(text: str) -> str:
    if text.upper() == "Z":
        return "write UTC"
    if text.upper() in _ABBREVIATIONS:
        return f"write the city: {_ABBREVIATIONS[text.upper()]}"
    if text.upper() in _AMBIGUOUS:
        return f"write the city, one of {', '.join(_AMBIGUOUS[text.upper()])}"
    offset = _OFFSET.fullmatch(text)
    if offset is not None:
        return _of_offset(-1 if offset[1] != "+" else 1, int(offset[2]), int(offset[3] or 0))
    near = _near(text)
    return f"did you mean {near!r}?" if near else _PLAIN


def _of_offset(sign: int, hours: int, minutes: int) -> str:
    """Name the zone of an offset. In the names of ``Etc`` the sign is turned round (POSIX)."""
    if not hours and not minutes:
        return "write UTC"
    side = "ahead of" if sign > 0 else "behind"
    if minutes:
        half = _HALF_HOURS.get((sign, hours, minutes))
        return f"write {half}" if half else "write the zone of a city that keeps this time"
    if hours > (14 if sign > 0 else 12):
        return _PLAIN
    name = f"Etc/GMT{'-' if sign > 0 else '+'}{hours}"
    unit = "hour" if hours == 1 else "hours"
    return (
        f"write {name}, which is {hours} {unit} {side} UTC (the sign in such names is turned "
        "round), or, where clocks change in summer, the zone of a city"
    )


def _near(text: str) -> str:
    """Return the zone whose name is spelled almost so; empty where none is near enough."""
    known = sorted(name for name in available_timezones() if not name.startswith(_OF_THE_MACHINE))
    named = {_folded(name): name for name in known}
    for spelling in (text, "/".join(reversed(text.split("/")))):
        if _folded(spelling) in named:
            return named[_folded(spelling)]
    places = [name for name in known if "/" in name and not name.startswith("Etc/")]
    cities: dict[str, list[str]] = {}
    for name in places:
        cities.setdefault(_folded(name.rpartition("/")[2]), []).append(name)
    city = cities.get(_folded(text.rpartition("/")[2]), [])
    if len(city) == 1 or (city and len({_rules(name) for name in city}) == 1):
        return min(city, key=lambda name: (name.count("/"), name))
    if "/" in text:
        close = difflib.get_close_matches(_folded(text), map(_folded, places), n=1, cutoff=0.85)
        return named[close[0]] if close else ""
    close = difflib.get_close_matches(_folded(text), list(cities), n=1, cutoff=0.85)
    return cities[close[0]][0] if close and len(text) > 4 and len(cities[close[0]]) == 1 else ""


def _rules(name: str) -> str:
    """Tell two names of one zone from two zones that share a city's name."""
    zone = ZoneInfo(name)
    moments = (datetime(year, month, 1, tzinfo=UTC) for year in (2000, 2026) for month in (1, 7))
    return " ".join(str(moment.astimezone(zone).utcoffset()) for moment in moments)


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\s_-]+", "", "".join(c for c in plain if not unicodedata.combining(c)))
