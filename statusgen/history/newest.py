"""The newest check of each monitor, found without reading more days than needed."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from statusgen.base.clock import DAY, Instant
from statusgen.history.dayfile import FUTURE_SLACK, day_files, read_bytes, read_day
from statusgen.history.looks import Word, looks, words_of_day
from statusgen.history.record import to_check
from statusgen.probe.round import Check


@dataclass(frozen=True, slots=True)
class Newest:
    """One monitor's newest check and the round that holds it."""

    at: Instant
    round: str
    check: Check


def newest_checks(
    folder: Path,
    wanted: Collection[str] | None,
    *,
    now: Instant,
    since: Instant,
    vantage: str = "",
) -> dict[str, Newest]:
    """Return the newest check of each monitor that was made at ``since`` or later.

    Of several vantages: what they say together (:mod:`statusgen.history.looks`), or what the one
    called ``vantage`` says. Days are read from the newest back; with ``wanted`` the search ends
    when all are found, and a day in whose bytes none of the missing ids stands is not parsed.
    """
    missing = None if wanted is None else set(wanted)
    found: dict[str, Newest] = {}
    for day, path in reversed(day_files(folder).items()):
        if day > now + FUTURE_SLACK:
            continue
        if day + DAY <= since or (missing is not None and not missing):
            break
        content = read_bytes(path)
        if missing is not None and not any(_mentions(content, monitor) for monitor in missing):
            continue
        entries = read_day(day, content, now).entries
        own = [entry for entry in entries if entry.vantage == vantage]
        for entry in reversed(own if vantage else looks(entries)):
            if entry.at < since:
                break
            for monitor, members in entry.checks.items():
                if monitor not in found and (missing is None or monitor in missing):
                    found[monitor] = Newest(entry.at, entry.key, to_check(members))
        if missing is not None:
            missing -= found.keys()
    return found


def newest_words(folder: Path, *, now: Instant, since: Instant) -> dict[str, tuple[Word, ...]]:
    """Return each vantage's newest word of each monitor, made at ``since`` or later.

    Empty for a history of one vantage: there is nothing to tell apart.
    """
    found: dict[str, dict[str, Word]] = {}
    for day, path in reversed(day_files(folder).items()):
        if day > now + FUTURE_SLACK:
            continue
        if day + DAY <= since:
            break
        for monitor, words in words_of_day(read_day(day, read_bytes(path), now).entries).items():
            known = found.setdefault(monitor, {})
            for word in words:
                if word.at >= since:
                    known.setdefault(word.vantage, word)
    if len({vantage for words in found.values() for vantage in words}) < 2:
        return {}
    return {
        monitor: tuple(words[vantage] for vantage in sorted(words))
        for monitor, words in found.items()
    }


def _mentions(content: bytes, monitor: str) -> bool:
    ascii_form = json.dumps(monitor).encode("ascii")
    return ascii_form in content or monitor.encode("utf-8", "replace") in content
