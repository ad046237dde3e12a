"""What a run does with what it saw, in an order that loses nothing when it is killed.

1. Append the round: what was measured is safe before anything follows from it.
2. Roll up the days that are closed; once a day, note which revisions of reports there are.
3. Open, continue and resolve incidents; their files, people's, and those of windows tell what
   happened as events. All of the last days are derived each time, for a run that is killed before
   it passes them on has told nobody: whoever tells people tells each key once.
4. What channels are to be told goes into the outbox.
5. :func:`push`, where asked for: commit everything that is here, so that a push which failed is
   made good by the next one.
6. Send what is due, mark it, push again (``run.tell``).
7. Where asked for, bring GitHub's issues up to what is pushed, and push what was read there
   (``run.issues``).

Each step can be repeated: a run that is killed between two of them leaves nothing that the next
run does not make good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from statusgen.base import clock
from statusgen.base.clock import Instant
from statusgen.base.errors import InputError, Problem
from statusgen.base.event import Event
from statusgen.history.rollup import roll_up
from statusgen.probe.round import Round
from statusgen.run.places import CONTENT
from statusgen.run.site import Site

if TYPE_CHECKING:
    from statusgen.config.channels import Channel
    from statusgen.history.gitbranch import Published
    from statusgen.run.tidings import Tidings

MANY = 3
"""More rounds than these are stored a day at a time."""
REPLAYED = 2 * clock.DAY
"""How far back each run looks to continue the threshold machine."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a round."""

    events: tuple[Event, ...] = ()
    """What happened to incidents and windows in the last two days, oldest first; the key of each
    is the same in every run."""
    problems: tuple[Problem, ...] = ()
    """Files of the program that were damaged by hand, which are let be; rounds of a wrong clock."""


def record(
    site: Site,
    done: Round,
    *,
    now: Instant,
    channels: Sequence[Channel] = (),
    also: Sequence[Round] = (),
) -> Recorded:
    """Store a round and all that follows from it. Raises OutsideError where the disk refuses.

    A round without a check (nothing was due) is not stored. ``channels`` are to be told. ``also``:
    what others said at the same time, or rounds that were read and are younger.
    """
    rounds = sorted(
        (each for each in (done, *also) if each.checks), key=lambda each: (each.at, each.key)
    )
    if not rounds:
        return Recorded()
    tidings = _tidings(site, channels, rounds[0].at)
    first = first_of_day(site, now)
    if len(rounds) > MANY:
        site.store.extend(rounds)
    else:
        for each in rounds:
            site.store.append(each)
    followed = follow(site, now=now, tidings=tidings, first=first)
    ahead = Site(site.root, site.config, site.history, given_now=now).rounds_ahead
    return Recorded(followed.events, (*followed.problems, *ahead))


def _tidings(site: Site, channels: Sequence[Channel], at: Instant) -> Tidings | None:
    if not channels:
        return None
    from statusgen.run.tidings import Tidings

    tidings = Tidings(despite_mkdocs(site)[0], channels)
    tidings.begin(at)
    return tidings


def follow(
    site: Site,
    *,
    now: Instant,
    rounds: Sequence[Round] | None = None,
    tidings: Tidings | None = None,
    first: bool = False,
) -> Recorded:
    """Roll up what is closed, and let incidents follow from ``rounds``: else those of two days.

    What ``tidings`` finds worth telling goes into the outbox. ``first``: whether this is the first
    round of a day, on which the whole past is looked at.
    """
    site, doubts = despite_mkdocs(site)
    roll_up(site.store, now=now, cadences=site.cadences, max_gap=site.settings.history.max_gap)
    if first:
        _close_reports(site, now, tidings)
    recent = list(site.store.looks(now - REPLAYED, now=now)) if rounds is None else rounds
    failed = any(check.state.failed for each in recent for check in each.checks.values())
    impaired = tidings is not None and (
        tidings.may_be_impaired(recent) or tidings.watches_objectives
    )
    if not failed and not site.has_incidents and not site.has_windows and not impaired:
        return Recorded(
            problems=doubts
        )  # all is well and always was: what follows need not even be imported
    from statusgen.incident.ordinals import remember
    from statusgen.incident.pipeline import update_incidents

    changes = update_incidents(
        recent,
        settings=site.settings,
        history=site.places.history,
        now=now,
        maintenance=site.quiet(now - REPLAYED, now),
        people=site.lately(now - REPLAYED).people,
    )
    remember(site.places.history, site.lately(now - REPLAYED).joined)
    if tidings is not None:
        tidings.take(now - REPLAYED, now, recent)
    return Recorded(happened(site, now - REPLAYED, now), (*doubts, *changes.problems))


def first_of_day(site: Site, now: Instant) -> bool:
    """Whether no round of this UTC day is stored yet, and there are some of earlier days.

    What looks at the whole past is then done, once a day: not in each check.
    """
    files = site.store.day_files()
    return bool(files) and max(files) < now - now % clock.DAY


def _close_reports(site: Site, now: Instant, tidings: Tidings | None) -> None:
    """Note which revisions of reports there are, and tell of those that were closed of late."""
    if "reports" in site.settings.site.hide:
        return
    from statusgen.run.reports import Reports

    # A site of its own: what was read before this round was stored is no longer all.
    reports = Reports(replace(site, given_now=now))
    reports.note(now)
    if tidings is not None and any(channel.reports for channel in tidings.channels):
        tidings.take_reports(reports.all, now)


def happened(site: Site, since: Instant, now: Instant) -> tuple[Event, ...]:
    """Return what happened in ``(since, now]``, oldest first; the same whenever it is asked."""
    from statusgen.incident.events import incident_events

    found = list(incident_events(site.lately(since).joined, since, now))
    if site.has_windows:
        from statusgen.incident.steps import window_events

        found += window_events(site.windows.windows, since, now)
    return tuple(sorted(found, key=lambda event: (event.at, event.key)))


def despite_mkdocs(site: Site) -> tuple[Site, tuple[Problem, ...]]:
    """Return the site with its pages in ``content/`` where nobody can tell what mkdocs.yml says.

    Checks must not end, nor incidents wait, for a file of the prose's engine.
    """
    try:
        _ = site.places.content
    except InputError as error:
        return replace(site, given_content=site.root / CONTENT), tuple(error.problems)
    return site, ()


def push(site: Site, rounds: Sequence[Round]) -> Published:
    """Commit what the history folder holds and push it. Raises OutsideError where that fails.

    ``rounds``: those since the last push, oldest first, for the commit's message; none where only
    what became of notifications is new.
    """
    from statusgen.history.gitbranch import publish

    return publish(
        site.root, site.places.history, site.settings.history.branch, commit_message(rounds)
    )


def commit_message(rounds: Sequence[Round]) -> str:
    """Say in one line what rounds found; what is down is told as of the newest of each monitor."""
    if not rounds:
        return "Record what became of notifications"
    newest = {name: result for each in rounds for name, result in each.checks.items()}
    down = sorted(name for name, result in newest.items() if result.state.failed)
    told = f"down: {', '.join(down[:5])}" if down else "nothing down"
    more = f" and {len(down) - 5} more" if len(down) > 5 else ""
    earlier = f" and {len(rounds) - 1} before it" if len(rounds) > 1 else ""
    count = sum(len(each.checks) for each in rounds)
    return f"Record round {rounds[-1].key}{earlier}: {count} checks, {told}{more}"
