"""Snapshots and incidents made by hand, so that this room's tests need no other room."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from statusgen.base.clock import DAY, HOUR, Instant, parse_instant
from statusgen.base.secrets import Template
from statusgen.base.states import Look, State
from statusgen.config.settings import Component, Group, Monitor, NavLink, Settings, Site
from statusgen.incident.model import Affected, Impact, Incident, Phase, Update
from statusgen.status.proof import proof_of
from statusgen.status.snapshot import (
    ComponentStatus,
    DayBar,
    GroupStatus,
    LastCheck,
    Latency,
    LatencyPoint,
    Month,
    Snapshot,
    Uptime,
)

NOW = parse_instant("2026-11-20T20:12:00Z")
BERLIN = ZoneInfo("Europe/Berlin")
WINDOWS = {"24h": DAY, "7d": 7 * DAY, "30d": 30 * DAY, "90d": 90 * DAY, "365d": 365 * DAY}
_LETTERS = {
    "u": State.UP,
    "g": State.DEGRADED,
    "p": State.PARTIAL,
    "d": State.DOWN,
    "?": State.UNKNOWN,
}


class NoOptions(BaseModel):
    """A kind's options without any."""


def settings(
    components: Mapping[str, Sequence[str]] | None = None,
    *,
    url: str = "https://status.example.com/",
    name: str = "Example Status",
    theme: str = "auto",
    nav: Sequence[NavLink] = (),
    description: str = "",
    zone: ZoneInfo = BERLIN,
    logo: str = "",
    names: Mapping[str, str] | None = None,
) -> Settings:
    """Make settings with one monitor per component; ``components`` is ids by group name."""
    grouped = components or {"Core": ["api", "web"], "": ["mail"]}
    titles = names or {}
    ids = [identifier for members in grouped.values() for identifier in members]
    group_of = {identifier: group for group, members in grouped.items() for identifier in members}

    def title(identifier: str) -> str:
        return titles.get(identifier, identifier.replace("-", " ").capitalize())

    return Settings(
        file="data/status.yml",
        site=Site(
            name=name,
            url=url,
            timezone=zone,
            theme=theme,
            nav=tuple(nav),
            description=description,
            logo=logo,
        ),
        monitors=tuple(
            Monitor(
                id=identifier,
                name=title(identifier),
                kind="http",
                url=Template(f"https://{identifier}.example.com/"),
                options=NoOptions(),
            )
            for identifier in ids
        ),
        components=tuple(
            Component(
                id=identifier,
                name=title(identifier),
                monitors=(identifier,),
                group=group_of[identifier],
            )
            for identifier in ids
        ),
        groups=tuple(
            Group(name=group, components=tuple(members)) for group, members in grouped.items()
        ),
        canaries=(),
    )


def uptime(window: int, down: int = 0, unknown: int = 0) -> Uptime:
    """Make an uptime from seconds of a window."""
    observed = window - unknown
    return Uptime(Fraction(max(observed - down, 0)), observed, window)


def bars(pattern: str, now: Instant = NOW, zone: ZoneInfo = BERLIN) -> tuple[DayBar, ...]:
    """Make bars from letters (``u g p d ?``), oldest first; the last is today."""
    midnight = datetime.fromtimestamp(now, zone).replace(hour=0, minute=0, second=0)
    made = []
    known = pattern.strip("?")
    first = pattern.index(known) if known else 0
    for index, letter in enumerate(pattern):
        state = _LETTERS[letter]
        day = midnight.date() - timedelta(days=len(pattern) - 1 - index)
        start = int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())
        following = day + timedelta(days=1)
        end = int(datetime(following.year, following.month, following.day, tzinfo=zone).timestamp())
        length = min(end, now) - start
        bad = 0 if state in (State.UP, State.UNKNOWN) else min(4320, length)
        seconds: dict[State, int] = {}
        if state is not State.UNKNOWN:
            seconds = {State.UP: length - bad} | ({state: bad} if bad else {})
        made.append(
            DayBar(
                day=day,
                start=start,
                end=end,
                state=state,
                seconds=seconds,
                uptime=uptime(length, _lost(seconds), length if state is State.UNKNOWN else 0),
                is_today=index == len(pattern) - 1,
                monitored=index >= first,
            )
        )
    return tuple(made)


def _lost(seconds: Mapping[State, int]) -> int:
    """Return how many seconds count as down: of a partial outage, three of ten."""
    return seconds.get(State.DOWN, 0) + seconds.get(State.PARTIAL, 0) * 3 // 10


def months(days: Sequence[DayBar]) -> tuple[Month, ...]:
    """Sum up the months of some days."""
    made: dict[date, list[Uptime]] = {}
    for bar in days:
        if bar.monitored:
            made.setdefault(bar.day.replace(day=1), []).append(bar.uptime)
    return tuple(Month(first, summed(parts)) for first, parts in made.items())


def summed(parts: Iterable[Uptime]) -> Uptime:
    """Make one uptime of those of stretches that follow each other."""
    each = tuple(parts)
    return Uptime(
        sum((part.good for part in each), Fraction(0)),
        sum(part.observed for part in each),
        sum(part.window for part in each),
    )


def together(members: Sequence[ComponentStatus]) -> tuple[DayBar, ...]:
    """Return the days of a group: on each that of the member that fared worst.

    What fails in :func:`bars` fails in the same minutes of a day, so the worst member's day is
    the group's, as :meth:`statusgen.status.facts.Facts.together` finds it.
    """
    return tuple(max(days, key=_badness) for days in zip(*(m.bars for m in members), strict=True))


def _badness(bar: DayBar) -> tuple[bool, int, bool, int]:
    worst = max((state.severity for state in bar.seconds), default=0)
    return bar.monitored, _lost(bar.seconds), bar.state is State.UNKNOWN, worst


@cache
def latency_series(now: Instant = NOW, seed: int = 1, days: int = 90) -> tuple[LatencyPoint, ...]:
    """Make hourly response times with a daily rhythm, a slow day and a hole."""
    generator = random.Random(seed)
    first = now - now % HOUR - days * DAY
    points = []
    for hour in range(days * 24):
        if days * 6 < hour < days * 6 + 30:
            continue
        base = 110 + 40 * abs((hour % 24) - 12) / 12 + generator.random() * 25
        if hour // 24 == days * 2 // 3:
            base *= 3
        p50 = int(base)
        points.append(
            LatencyPoint(first + hour * HOUR, Latency(p50, int(base * 1.8), int(base * 2.6), 12))
        )
    return tuple(points)


def component(
    identifier: str,
    pattern: str = "u" * 90,
    *,
    state: State | None = None,
    name: str = "",
    description: str = "",
    link: str = "",
    reason: str | None = None,
    code: int | None = None,
    series: tuple[LatencyPoint, ...] = (),
    now: Instant = NOW,
    zone: ZoneInfo = BERLIN,
) -> ComponentStatus:
    """Make a component from its days."""
    days = bars(pattern, now, zone)
    current = state or (days[-1].state if days else State.UNKNOWN)
    down = sum(_lost(bar.seconds) for bar in days)
    unknown = sum(bar.uptime.window for bar in days if bar.look is Look.UNKNOWN)
    observed = [bar.start for bar in days if bar.uptime.observed]
    life = now - next((bar.start for bar in days if bar.monitored), now)
    lengths = {name: min(life, each) for name, each in WINDOWS.items()}
    uptimes = {
        name: uptime(length, min(down, length), min(unknown, length))
        for name, length in lengths.items()
    }
    starts = [each.start for each in series]
    latency = Latency(123, 245, 410, 2000) if observed else Latency(None, None, None, 0)
    check = LastCheck(
        monitor=identifier,
        name=name or identifier.capitalize(),
        at=now - 117,
        state=current,
        ms=123,
        code=code or 200,
        reason=reason,
        round="20261120T201003Z-github-8812-1",
    )
    return ComponentStatus(
        id=identifier,
        name=name or identifier.replace("-", " ").capitalize(),
        description=description,
        link=link,
        state=current,
        since=now - 3900 if observed else None,
        checks=(check,) if observed else (),
        uptimes=uptimes,
        proofs={
            name: proof_of(each.observed, each.observed - each.good, -(-down // HOUR), 300)
            for name, each in uptimes.items()
            if each.observed
        },
        bars=days,
        latencies={name: latency for name in WINDOWS if name != "365d"},
        latency_series=series,
        latency_days=tuple(
            LatencyPoint(bar.start, series[first].latency)
            for bar in days
            if (first := bisect_left(starts, bar.start)) < bisect_left(starts, bar.end)
        ),
        months=months(days),
        first_observed=next((bar.start for bar in days if bar.monitored), None),
    )


def snapshot(
    groups: Mapping[str, Sequence[ComponentStatus]],
    *,
    now: Instant = NOW,
    last_round: Instant | None = NOW - 117,
) -> Snapshot:
    """Make a snapshot of components by group name."""
    made = []
    for name, members in groups.items():
        states = [member.state for member in members]
        days = together(members)
        made.append(
            GroupStatus(
                name=name,
                description="",
                state=max(states, key=lambda state: state.severity, default=State.UNKNOWN),
                uptime=summed(bar.uptime for bar in days if bar.monitored),
                since=min((m.first_observed for m in members if m.first_observed), default=None),
                components=tuple(members),
                bars=days if name else (),
            )
        )
    return Snapshot(
        now=now,
        groups=tuple(made),
        last_round=last_round,
        last_round_key=None if last_round is None else "20261120T201003Z-github-8812-1",
        first_round=None if last_round is None else now - 89 * DAY,
        cadence=300,
        next_expected=None if last_round is None else last_round + 300,
        stale_after=None if last_round is None else last_round + 750,
    )


def incident(
    identifier: str = "2026-11-20-api",
    *,
    title: str = "API answers slowly",
    started: Instant = NOW - 2 * HOUR,
    resolved: Instant | None = None,
    impact: Impact = Impact.MAJOR,
    components: Sequence[str] = ("api",),
    bodies: Sequence[str] = ("We are looking into it.", "A database is **full**."),
    blip: bool = False,
    evidence: Sequence[str] = (),
) -> Incident:
    """Make an incident whose phases follow one another, ten minutes apart."""
    phases = [Phase.INVESTIGATING, Phase.IDENTIFIED, Phase.MONITORING, Phase.MONITORING]
    updates = [
        Update(at=started + 300 + index * 600, phase=phases[min(index, 3)], body=body)
        for index, body in enumerate(bodies)
    ]
    if resolved is not None:
        updates.append(Update(at=resolved, phase=Phase.RESOLVED, body="All is well again."))
    return Incident(
        id=identifier,
        uid=f"urn:uuid:00000000-0000-5000-8000-{abs(hash_of(identifier)) % 10**12:012}",
        title=title,
        impact=impact,
        started=started,
        resolved=resolved,
        affected=tuple(
            Affected(component=name, start=started, end=resolved) for name in components
        ),
        updates=tuple(updates),
        blip=blip,
        automatic=blip,
        evidence=tuple(evidence),
    )


def hash_of(text: str) -> int:
    """Return a number that depends on the text alone (``hash`` changes with each process)."""
    return int.from_bytes(text.encode()[-5:], "big")
