"""Upptime's maintenance issues: a label, and the times in a comment of HTML.

::

    <!--
    start: 2026-11-28T22:00:00Z
    end: 2026-11-29T00:00:00Z
    expectedDown: google, hacker-news
    expectedDegraded: api
    -->

The first such comment counts; a line is split at its first colon; ids are separated by commas.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from statusgen.base.clock import DAY, Instant
from statusgen.base.text import one_line, quote
from statusgen.github.api import Api, GitHubError, Listing
from statusgen.github.issue import Issue, comment, issue
from statusgen.github.people import People
from statusgen.github.state import Remembered
from statusgen.incident.times import read_time

_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_UTC = ZoneInfo("UTC")
_LONGEST = 366 * DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A window as an issue plans it."""

    number: int
    title: str
    start: Instant
    end: Instant
    names: tuple[str, ...]
    """Ids as they were written, in order, each once."""
    about: str
    """The rest of the words, Markdown not yet sanitised."""
    announced: Instant
    ended: Instant | None
    """When a person closed the issue before its time was over, or took its label."""
    said: tuple[tuple[Instant, str], ...] = ()
    """When people who may write commented, and what, oldest first."""


def planned(found: Issue, *, ended: Instant | None = None) -> Planned:
    """Read the times of an issue. Raises ValueError, saying what is wrong and what to write."""
    keys, about = _keys(found.body)
    missing = [key for key in ("start", "end") if not keys.get(key)]
    if missing:
        raise ValueError(
            f"names no {' and no '.join(missing)}; write them in a comment, "
            "<!-- start: 2026-11-28T22:00:00Z and so on, a line each -->"
        )
    start, end = (read_time(keys[key], _UTC).at for key in ("start", "end"))
    if not start < end <= start + _LONGEST:
        raise ValueError("its end is not after its start; correct one of them")
    written = f"{keys.get('expecteddown', '')},{keys.get('expecteddegraded', '')}"
    names = [name.strip() for name in written.split(",") if name.strip()]
    return Planned(
        number=found.number,
        title=found.title or f"#{found.number}",
        start=start,
        end=end,
        names=tuple(dict.fromkeys(names)),
        about=about,
        announced=min(found.created, start),
        ended=ended if ended is not None and ended < end else None,
    )


def _keys(body: str) -> tuple[dict[str, str], str]:
    """Return what the first comment that tells a time says, and the words without it."""
    for found in _COMMENT.finditer(body):
        lines = [line.partition(":") for line in found[1].splitlines()]
        keys = {name.strip().lower(): value.strip() for name, colon, value in lines if colon}
        if "start" in keys or "end" in keys:
            return keys, (body[: found.start()] + body[found.end() :]).strip()
    return {}, body.strip()


@dataclass(slots=True, kw_only=True)
class Maintenance:
    """One run over the issues that plan maintenance."""

    api: Api
    remembered: Remembered
    label: str
    people: People
    problems: list[str]

    def run(self) -> tuple[Planned, ...]:
        """Return what changed or may have; closes issues whose time is over. Raises GitHubError."""
        query = {"labels": self.label, "state": "open"}
        etag = self.remembered.etags.get("maintenance", "")
        listing = self.api.listing("/issues", etag, **query)
        if listing.unchanged:
            return ()
        found = [*self._listed(listing)]
        gone = self._gone(listing)
        found = [self._with_comments(plan) for plan in found]
        # Only now, for a question that was not answered leaves all as it was.
        self.remembered.windows.update({str(plan.number): False for plan in found})
        self.remembered.windows.update(dict.fromkeys(gone, True))
        self.remembered.etags["maintenance"] = "" if self.people.unsure else listing.etag
        return (*found, *(plan for plan in gone.values() if plan is not None))

    def close_past(self, windows: Mapping[int, Instant]) -> None:
        """Close the issues of windows (number → end) that are over. Raises GitHubError."""
        for number, end in sorted(windows.items()):
            if end <= self.api.now() and self.remembered.windows.get(str(number)) is False:
                document = {"state": "closed", "state_reason": "completed"}
                self.api.write("PATCH", f"/issues/{number}", document)
                self.remembered.windows[str(number)] = True

    def _listed(self, listing: Listing) -> list[Planned]:
        found = []
        for each in listing.items:
            one = issue(each)
            if one is None or one.bot or not one.close or not self.people.may_write(one.login):
                continue  # whoever may open an issue must not be able to mute alerts
            plan = self._read(one, None)
            if plan is not None:
                found.append(plan)
        return found

    def _with_comments(self, plan: Planned) -> Planned:
        """Ask what was said below an issue. Raises GitHubError."""
        listing = self.api.listing(f"/issues/{plan.number}/comments")
        said = [one for each in listing.items if (one := comment(each)) is not None]
        told = [
            (each.created, each.body)
            for each in said
            if not each.bot and each.close and each.body.strip()
            if self.people.may_write(each.login)
        ]
        return replace(plan, said=tuple(sorted(told)))

    def _gone(self, listing: Listing) -> dict[str, Planned | None]:
        """Look at issues that were there: closed, or no longer labelled."""
        there = {str(each.get("number")) for each in listing.items}
        numbers = [number for number, over in self.remembered.windows.items() if not over]
        return {number: self._ended(number) for number in sorted(numbers) if number not in there}

    def _ended(self, number: str) -> Planned | None:
        try:
            one = issue(self.api.get(f"/issues/{number}"))
        except GitHubError as error:
            if not error.of_one:
                raise
            one = None
        if one is None:
            self.problems.append(f"issue #{number} is gone: its maintenance stays as planned")
            return None
        plan = self._read(one, one.updated if one.closed is None else one.closed)
        return None if plan is None else self._with_comments(plan)

    def _read(self, one: Issue, ended: Instant | None) -> Planned | None:
        try:
            return planned(one, ended=ended)
        except ValueError as error:
            self.problems.append(f"maintenance #{one.number}: {one_line(str(error), 300)}")
            return None


def known_names(plan: Planned, components: Sequence[str], problems: list[str]) -> tuple[str, ...]:
    """Return the names that there are; tells of the others."""
    for name in plan.names:
        if name not in components:
            shown = quote(one_line(name, 63))
            problems.append(f"maintenance #{plan.number}: there is no component {shown}")
    return tuple(name for name in plan.names if name in components)
