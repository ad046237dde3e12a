"""Where a round can be seen: its day's page, the run that made it, the line that holds it."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Protocol
from urllib.parse import urlsplit

from statusgen.base.clock import Instant, parse_instant
from statusgen.base.ids import path_segment
from statusgen.config.settings import Settings
from statusgen.history.daylog import DayLog
from statusgen.publish.times import Clock
from statusgen.run.places import HISTORY

_KEY = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-(.+)-(\d+)-(\d+)")
_VANTAGE = "github"
"""What rounds are called that a workflow made."""


class Log(Protocol):
    """What the rounds of a stretch of time say."""

    def between(self, start: Instant, end: Instant, wanted: Collection[str] = ()) -> DayLog:
        """Return what the rounds with ``start <= at < end`` tell; ``wanted`` are keys."""


class NoLog:
    """For whoever has no rounds at hand."""

    def between(self, start: Instant, end: Instant, wanted: Collection[str] = ()) -> DayLog:
        """Return nothing."""
        return DayLog()


def round_day(key: str, clock: Clock) -> date | None:
    """Return the day of the site's zone on which a round began; None where its key is no such."""
    match = _KEY.fullmatch(key)
    if match is None:
        return None
    year, month, day, hour, minute, second = match.groups()[:6]
    try:
        return clock.day(parse_instant(f"{year}-{month}-{day}T{hour}:{minute}:{second}Z"))
    except ValueError:
        return None


def run_link(settings: Settings, key: str) -> str:
    """Return the address of the workflow run that made a round; empty where it is not known."""
    repository, match = settings.site.repository, _KEY.fullmatch(key)
    if not _is_github(repository) or match is None or match[7] != _VANTAGE:
        return ""
    return f"{repository}/actions/runs/{match[8]}/attempts/{match[9]}"


def line_link(settings: Settings, file: str, line: int) -> str:
    """Return the address of a line of a day's file; empty where it is not known."""
    repository, branch = settings.site.repository, settings.history.branch
    if not repository or not line:
        return ""
    host = (urlsplit(repository).hostname or "").lower()
    if not _is_github(repository) and "gitlab" not in host:
        return ""
    place = file if branch else f"{HISTORY.as_posix()}/{file}"
    dash = "" if _is_github(repository) else "/-"
    name = "/".join(path_segment(part) for part in (branch or "HEAD").split("/"))
    return f"{repository}{dash}/blob/{name}/{place}#L{line}"


def _is_github(repository: str) -> bool:
    host = (urlsplit(repository).hostname or "").lower()
    return host == "github.com" or host.startswith("github.")
