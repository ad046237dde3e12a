"""Monitors that seem to have got another id: their history would be told of nobody."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from statusgen.base.clock import DAY, Instant
from statusgen.base.errors import Problem
from statusgen.base.text import quote
from statusgen.config.settings import Monitor, Settings
from statusgen.history.newest import newest_checks

_BACK = 90 * DAY
_RECENT = 2 * DAY
_MOST = 3
_ALIKE = 0.5


def renamed(settings: Settings, history: Path, now: Instant) -> Iterator[Problem]:
    """Yield a warning for each monitor without a past where others have one and are gone.

    Gone is who was checked up to the newest round and is not configured, nor anybody's alias.
    """
    known = {monitor.id for monitor in settings.monitors}
    seen = newest_checks(history, None, now=now, since=now - _BACK)
    latest = max((each.at for each in seen.values()), default=0)
    recent = {name for name, each in seen.items() if each.at > latest - _RECENT}
    gone = sorted(recent - known - settings.aliases.keys())
    aliased = {settings.aliases[alias] for alias in seen.keys() & settings.aliases.keys()}
    new = [each for each in settings.monitors if each.id not in seen and each.id not in aliased]
    for monitor, near in _pairs(new, gone):
        told = " and ".join(quote(name, 63) for name in near)
        have = "has one and is" if len(near) == 1 else "have one and are"
        mark = settings.marks.get(f"monitor.{monitor.id}")
        yield Problem(
            f"{quote(monitor.id, 63)} has no history yet, and {told} {have} configured no more",
            f"renamed? write `{settings.rename_key}` {_value(settings, near[0])} under it",
            settings.file,
            mark.line if mark else 0,
            mark.column if mark else 0,
        )


def _pairs(new: list[Monitor], gone: list[str]) -> list[tuple[Monitor, list[str]]]:
    """Return who of the gone each new monitor may have been; nobody was two of them.

    The nearest names are given first, whatever the order of the file.
    """
    free = list(gone)
    found: dict[str, list[str]] = {}
    alike = sorted(
        (
            (-difflib.SequenceMatcher(None, each.id, name).ratio(), number, name)
            for number, each in enumerate(new)
            for name in gone
        ),
    )
    for likeness, number, name in alike:
        if -likeness >= _ALIKE and name in free and new[number].id not in found:
            free.remove(name)
            found[new[number].id] = [name]
    for each in new:
        if each.id not in found and free:
            found[each.id] = free[:_MOST]
            free.pop(0)
    return [(each, found[each.id]) for each in new if each.id in found]


def _value(settings: Settings, old: str) -> str:
    return quote(old, 63).strip("'") if settings.rename_key == "slug:" else f"[{old}]"
