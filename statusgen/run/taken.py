"""Bringing another tool's past into the history: appended once, however often it is repeated."""

from __future__ import annotations

from dataclasses import dataclass

from statusgen.base.clock import Instant
from statusgen.base.errors import InputError, Problem
from statusgen.history.rollup import roll_up
from statusgen.run.site import Site
from statusgen.takeover.upptime import Stated, Upptime


@dataclass(frozen=True, slots=True)
class TakenMonitor:
    """What became of one site's past."""

    id: str
    name: str
    configured: bool
    """Whether the configuration has a monitor of that id: without one no page shows it."""
    samples: int
    failed: int
    first: Instant
    last: Instant
    stated: Stated | None
    """Upptime's own figures."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import brought."""

    monitors: tuple[TakenMonitor, ...]
    rounds: int
    """Rounds that were not there before."""
    known: int
    """Rounds that an earlier import had brought."""


def take_over(site: Site, found: Upptime, *, now: Instant, dry_run: bool = False) -> Taken:
    """Append an Upptime repository's samples as rounds, and roll up their days.

    Raises InputError for a log without a sample and OutsideError where the disk refuses. Killed in
    the middle, the next run goes on: a round is stored once, by its key.
    """
    if not found.samples:
        problem = Problem(
            "no sample was found in the log",
            "Upptime's are messages such as: 🟩 Name is up (200 in 353 ms)",
        )
        raise InputError([problem])
    new = known = 0
    for one in found.rounds:
        if one.at > now:
            continue
        if dry_run or site.store.append(one):
            new += 1
        else:
            known += 1
    if not dry_run:
        roll_up(site.store, now=now, cadences=site.cadences, max_gap=site.settings.history.max_gap)
    return Taken(tuple(_monitors(site, found)), new, known)


def _monitors(site: Site, found: Upptime) -> list[TakenMonitor]:
    configured = {monitor.id for monitor in site.settings.monitors}
    stated = {one.site: one for one in found.stated}
    by_site: dict[str, list[int]] = {}
    for index, sample in enumerate(found.samples):
        by_site.setdefault(sample.site, []).append(index)
    return [
        TakenMonitor(
            identifier,
            found.samples[indices[-1]].name,
            identifier in configured,
            len(indices),
            sum(found.samples[index].state.failed for index in indices),
            found.samples[indices[0]].at,
            found.samples[indices[-1]].at,
            stated.get(identifier),
        )
        for identifier, indices in sorted(by_site.items())
    ]
