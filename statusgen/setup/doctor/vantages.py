"""Does each place that checks come, and does it reach anything? Told by the last day's rounds.

A place without a network counts where several decide: what the others see of a failure is then
``unknown`` where they are no majority without it (D0f of ``content/reference``), which opens no
incident and alarms nobody. That is right for an hour, and never noticed after a month.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path

from statusgen.base.clock import DAY, HOUR, Instant, format_instant
from statusgen.base.vantage import OUTSIDE
from statusgen.config.settings import Settings
from statusgen.history.dayfile import day_files, day_of, read_bytes, read_day
from statusgen.history.record import Entry
from statusgen.setup.doctor.finding import Finding, span

_PATIENCE = HOUR
"""So long a network may be gone before somebody is asked to look."""
_GONE = 6 * HOUR
"""So long a place may be late: a laptop sleeps, GitHub's cron has bad mornings."""
_KNOWN = "the rounds of today and yesterday recorded here"


def of_vantages(settings: Settings | None, folder: Path, now: Instant) -> Iterator[Finding]:
    """Judge every place that made rounds in the last two days, or is named in ``vantages:``."""
    places = _rounds_by_place(folder, now)
    if not places:  # no round at all is the schedule's finding
        return
    newest = max(rounds[-1].at for rounds in places.values())
    for place, rounds in sorted(places.items()):
        if newest - rounds[-1].at > _GONE:
            yield _gone(place, rounds[-1].at, now)
        else:
            yield from _cut_off(place, rounds, alone=len(places) == 1)
    named = [each.id for each in settings.vantages] if settings else []
    for place in (name for name in named if name != OUTSIDE and name not in places):
        said = f"{place} is named in vantages:, and made no round since yesterday"
        yield Finding("vantage", "doubt", said, _bring(place), _KNOWN)


def _rounds_by_place(folder: Path, now: Instant) -> Mapping[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    files = day_files(folder)
    for day in (day_of(now) - DAY, day_of(now)):
        for entry in read_day(day, read_bytes(files[day]), now).entries if day in files else ():
            if entry.vantage != OUTSIDE:
                found[entry.vantage].append(entry)
    return found


def _cut_off(place: str, rounds: Iterable[Entry], *, alone: bool) -> Iterator[Finding]:
    """Yield a finding where the newest rounds all found no network, for longer than an hour."""
    cut = list(takewhile(lambda entry: entry.net == "lost", reversed(list(rounds))))
    if not cut or cut[0].at - cut[-1].at < _PATIENCE:
        return
    said = (
        f"{place} reached none of the canaries in its last {len(cut)} rounds, since "
        f"{format_instant(cut[-1].at)}: "
    ) + (
        "no failure that it sees is believed, and nobody is alarmed"
        if alone
        else "it counts as a place that cannot tell, and may keep a failure that the others see "
        "from being told"
    )
    cure = (
        f"mend the network of {place}, or stop its rounds (a place that is silent is left out); if "
        "it never reaches the internet, name what it does reach in canaries:"
    )
    yield Finding("vantage", "bad", said, cure, _KNOWN)


def _gone(place: str, last: Instant, now: Instant) -> Finding:
    said = f"{place} made no round for {span(now - last)}, while other places go on"
    return Finding("vantage", "doubt", said, _bring(place), _KNOWN)


def _bring(place: str) -> str:
    return (
        f"look whether its timer or job runs, and pushes: statusgen check --push --vantage {place}"
        "; given up on purpose: nothing, or take it out of vantages:"
    )
