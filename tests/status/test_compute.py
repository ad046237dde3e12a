"""The snapshot, from settings and a timeline to the numbers that pages show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from pydantic import BaseModel

from statusgen.base.clock import DAY, HOUR, parse_instant
from statusgen.base.secrets import Template
from statusgen.base.states import Look, State
from statusgen.config.settings import (
    Component,
    Group,
    HistoryOptions,
    Monitor,
    Settings,
    Site,
)
from statusgen.history.histogram import Histogram
from statusgen.history.segments import Segment
from statusgen.history.timeline import MonitorTimeline, Timeline
from statusgen.probe.round import Check
from statusgen.status.compute import Maintenance, take_snapshot
from statusgen.status.freshness import expected_cadence
from statusgen.status.overall import Level, banner
from statusgen.status.snapshot import LastCheck, Snapshot, Uptime
from tests.status.samples import DEGRADED, DOWN, UNKNOWN, UP

NOW = parse_instant("2026-11-20T20:10:00Z")


class NoOptions(BaseModel):
    """Stands for the options of a kind of check."""


def monitor(identifier: str, interval: int | None = None) -> Monitor:
    return Monitor(
        id=identifier,
        name=identifier.title(),
        kind="http",
        url=Template("https://example.com/"),
        options=NoOptions(),
        interval=interval,
    )


def settings(
    components: Mapping[str, Sequence[str]],
    groups: Mapping[str, Sequence[str]] | None = None,
    *,
    intervals: Mapping[str, int] | None = None,
    max_gap: int | None = None,
) -> Settings:
    monitors = {each: None for members in components.values() for each in members}
    groups_or_one = {"": list(components)} if groups is None else groups
    return Settings(
        file="status.yml",
        site=Site(name="Example", timezone=ZoneInfo("Europe/Berlin")),
        monitors=tuple(monitor(each, (intervals or {}).get(each)) for each in monitors),
        components=tuple(
            Component(id=name, name=name.title(), monitors=tuple(members))
            for name, members in components.items()
        ),
        groups=tuple(
            Group(name=name, components=tuple(members)) for name, members in groups_or_one.items()
        ),
        canaries=(),
        history=HistoryOptions(max_gap=max_gap),
    )


def line(
    identifier: str,
    segments: Sequence[Segment] = (),
    *,
    last: State | None = UP,
    age: int = 60,
    gap: int = 750,
    hours: Mapping[int, Histogram] | None = None,
    values: Mapping[int, str] | None = None,
    first: int | None = None,
) -> MonitorTimeline:
    """``first`` is the first check; by default what the other arguments tell of it."""
    known = [part.start for part in segments] + ([NOW - age] if last else [])
    return MonitorTimeline(
        monitor=identifier,
        segments=tuple(segments),
        latency_by_hour=hours or {},
        values_by_day=values or {},
        first_at=min(known, default=None) if first is None else first,
        last=Check(state=last, ms=120, code=200) if last else None,
        last_at=NOW - age if last else None,
        last_round="newest" if last else None,
        gap=gap,
    )


def timeline(
    *lines: MonitorTimeline, last_round: int | None = NOW - 60, median: int | None = 300
) -> Timeline:
    return Timeline(
        now=NOW,
        monitors={each.monitor: each for each in lines},
        first_round=last_round and NOW - 400 * DAY,
        last_round=last_round,
        last_round_key="newest" if last_round else None,
        usual_gap=median,
        quarantined=0,
    )


def up_for(days: int) -> list[Segment]:
    return [Segment(NOW - days * DAY, NOW, UP)]


def test_one_component_in_all_its_parts() -> None:
    down = Segment(NOW - 30 * HOUR, NOW - 29 * HOUR, DOWN)
    segments = [
        Segment(NOW - 100 * DAY, down.start, UP),
        down,
        Segment(down.end, NOW, UP),
    ]
    hour = NOW - NOW % HOUR
    hours = {hour - 100 * DAY: Histogram.of([9]), hour: Histogram.of([10, 11])}
    snapshot = take_snapshot(
        settings({"api": ["api"]}), timeline(line("api", segments, hours=hours))
    )

    (group,) = snapshot.groups
    (api,) = group.components
    assert (api.id, api.name, api.state, api.since) == ("api", "Api", UP, down.end)
    assert api.first_observed == NOW - 100 * DAY
    assert api.checks == (
        LastCheck("api", "Api", NOW - 60, UP, ms=120, code=200, reason=None, round="newest"),
    )
    assert api.uptimes == {
        "24h": Uptime(Fraction(DAY), DAY, DAY),
        "7d": Uptime(Fraction(7 * DAY - HOUR), 7 * DAY, 7 * DAY),
        "30d": Uptime(Fraction(30 * DAY - HOUR), 30 * DAY, 30 * DAY),
        "90d": Uptime(Fraction(90 * DAY - HOUR), 90 * DAY, 90 * DAY),
        "365d": Uptime(Fraction(100 * DAY - HOUR), 100 * DAY, 100 * DAY),
    }
    assert len(api.bars) == 90
    assert [bar.day.isoformat() for bar in api.bars if bar.state is DOWN] == ["2026-11-19"]
    assert (api.bars[0].day.isoformat(), api.bars[-1].is_today) == ("2026-08-23", True)
    assert api.bars[-1].uptime.window == 21 * HOUR + 600
    assert {name: each.count for name, each in api.latencies.items()} == {
        "24h": 2,
        "7d": 2,
        "30d": 2,
        "90d": 2,
    }
    assert [(point.start, point.latency.p50) for point in api.latency_series] == [(hour, 10)]
    assert (group.state, group.uptime) == (UP, api.uptimes["90d"])
    assert (snapshot.now, snapshot.last_round, snapshot.last_round_key) == (NOW, NOW - 60, "newest")


def test_a_component_of_two_monitors_and_a_group_of_two_components() -> None:
    lines = (
        line("web", [Segment(NOW - 2 * DAY, NOW - DAY, UP), Segment(NOW - DAY, NOW, UP)]),
        line("db", [Segment(NOW - 2 * DAY, NOW - HOUR, UP), Segment(NOW - HOUR, NOW, DEGRADED)],
             last=DEGRADED),
        line("mail", [Segment(NOW - 2 * DAY, NOW - 7200, DOWN), Segment(NOW - 7200, NOW, UP)]),
    )  # fmt: skip
    snapshot = take_snapshot(
        settings({"shop": ["web", "db"], "mail": ["mail"]}, {"Core": ["shop", "mail"]}),
        timeline(*lines),
    )

    (core,) = snapshot.groups
    shop, mail = core.components
    assert (shop.state, shop.since, len(shop.checks)) == (DEGRADED, NOW - HOUR, 2)
    assert shop.uptimes["24h"] == Uptime(Fraction(DAY), DAY, DAY)
    assert mail.uptimes["24h"] == Uptime(Fraction(7200), DAY, DAY)
    assert (core.name, core.state) == ("Core", DEGRADED)
    assert core.uptime == Uptime(Fraction(7200), 2 * DAY, 2 * DAY)  # since the first check
    assert snapshot.components == (shop, mail)


@pytest.mark.parametrize(
    ("age", "state", "since"), [(749, UP, NOW - 5 * DAY), (750, UNKNOWN, None)]
)
def test_a_check_speaks_no_longer_than_its_gap(age: int, state: State, since: int | None) -> None:
    snapshot = take_snapshot(settings({"api": ["api"]}), timeline(line("api", up_for(5), age=age)))

    (api,) = snapshot.components
    assert (api.state, api.since) == (state, since)


def test_maintenance_is_cut_out_of_its_component() -> None:
    down = [Segment(NOW - 4 * HOUR, NOW - 2 * HOUR, DOWN), Segment(NOW - 2 * HOUR, NOW, UP)]
    windows = {"api": [(NOW - 4 * HOUR, NOW - 3 * HOUR), (NOW - 3 * HOUR, NOW - 2 * HOUR)]}
    snapshot = take_snapshot(
        settings({"api": ["api"]}),
        timeline(line("api", down)),
        maintenance=Maintenance(windows, windows),
    )

    (group,) = snapshot.groups
    (api,) = group.components
    assert api.uptimes["24h"] == Uptime(Fraction(2 * HOUR), 2 * HOUR, 2 * HOUR)
    assert group.uptime == api.uptimes["90d"]
    assert api.bars[-1].state is UP


def test_maintenance_does_not_change_since_when_a_state_lasts() -> None:
    snapshot = take_snapshot(
        settings({"api": ["api"]}),
        timeline(line("api", up_for(5))),
        maintenance=Maintenance(excluded={"api": [(NOW - HOUR, NOW + HOUR)]}),
    )

    assert snapshot.components[0].since == NOW - 5 * DAY


def test_a_state_first_seen_now_began_now() -> None:
    """By default a build takes the newest round for now, so this is how every outage begins."""
    snapshot = take_snapshot(
        settings({"api": ["api"]}), timeline(line("api", up_for(5), last=DOWN, age=0))
    )

    assert (snapshot.components[0].state, snapshot.components[0].since) == (DOWN, NOW)


def test_a_monitor_checked_but_never_observed_leaves_its_component_without_a_number() -> None:
    snapshot = take_snapshot(
        settings({"shop": ["web", "db"]}),
        timeline(line("web", up_for(5)), line("db", last=UNKNOWN, first=NOW - 5 * DAY)),
    )

    (shop,) = snapshot.components
    assert (shop.state, shop.since, shop.uptimes["24h"].observed) == (UNKNOWN, None, 0)


def test_a_monitor_that_could_not_yet_tell_leaves_what_was_known_before_it() -> None:
    snapshot = take_snapshot(
        settings({"shop": ["web", "db"]}),
        timeline(line("web", up_for(5)), line("db", last=UNKNOWN, first=NOW - HOUR)),
    )

    (shop,) = snapshot.components
    assert shop.state is UNKNOWN
    assert shop.uptimes["24h"] == Uptime(Fraction(23 * HOUR), 23 * HOUR, DAY)
    assert shop.first_observed == NOW - 5 * DAY


def test_days_whose_checks_could_not_tell_are_missing_and_not_unmonitored() -> None:
    snapshot = take_snapshot(
        settings({"api": ["api"]}), timeline(line("api", up_for(5), first=NOW - 20 * DAY))
    )

    (api,) = snapshot.components
    assert (api.uptimes["30d"].coverage, api.first_observed) == (Fraction(1, 4), NOW - 20 * DAY)
    assert sum(bar.look is Look.UNKNOWN for bar in api.bars) == 15
    assert sum(bar.look is Look.UNMONITORED for bar in api.bars) == 90 - 21


def test_known_trouble_shows_beside_a_monitor_that_fell_silent() -> None:
    degraded = [Segment(NOW - DAY, NOW, DEGRADED)]
    silent = [Segment(NOW - DAY, NOW - HOUR, UP)]
    snapshot = take_snapshot(
        settings({"shop": ["web", "db"]}),
        timeline(line("web", degraded, last=DEGRADED), line("db", silent, age=HOUR)),
    )

    (shop,) = snapshot.components
    assert (shop.state, shop.since) == (DEGRADED, NOW - 60)
    assert shop.uptimes["24h"].observed == DAY - HOUR


def test_before_the_first_round_everything_is_empty_and_nothing_breaks() -> None:
    snapshot = take_snapshot(
        settings({"api": ["api"], "shop": ["web", "db"]}),
        timeline(
            *(line(each, last=None) for each in ("api", "web", "db")), last_round=None, median=None
        ),
    )

    assert {component.state for component in snapshot.components} == {UNKNOWN}
    assert [each.bars for each in snapshot.components] == [(), ()]
    assert snapshot.groups[0].uptime == Uptime(Fraction(0), 0, 90 * DAY)
    assert (snapshot.last_round, snapshot.next_expected, snapshot.stale_after) == (None, None, None)
    assert snapshot.cadence == 300
    assert banner(snapshot).level is Level.NO_DATA


def test_a_site_without_monitors_has_a_snapshot() -> None:
    snapshot = take_snapshot(settings({}, {}), timeline(last_round=None, median=None))

    assert snapshot.groups == ()
    assert snapshot.cadence == 300


@pytest.mark.parametrize(
    ("intervals", "median", "max_gap", "cadence", "stale"),
    [
        pytest.param({}, None, None, 300, 750, id="default interval"),
        pytest.param({"api": 60, "web": 900}, 60, None, 60, 150, id="the most frequent"),
        pytest.param({}, 1200, None, 1200, 3000, id="a scheduler slower than asked"),
        pytest.param({}, 60, None, 300, 750, id="a scheduler faster than asked"),
        pytest.param({}, 300, 7200, 300, 7200, id="fixed by the operator"),
        pytest.param({"api": 3600, "web": 3600}, 3600, None, 3600, 5400, id="hourly"),
        pytest.param({}, 1800, None, 1800, 3600, id="capped at an hour"),
    ],
)
def test_when_data_is_due_and_when_it_is_stale(
    intervals: Mapping[str, int], median: int | None, max_gap: int | None, cadence: int, stale: int
) -> None:
    snapshot = take_snapshot(
        settings({"api": ["api"], "web": ["web"]}, intervals=intervals, max_gap=max_gap),
        timeline(line("api", up_for(1)), line("web", up_for(1)), median=median),
    )

    assert snapshot.last_round is not None
    assert (snapshot.cadence, snapshot.next_expected, snapshot.stale_after) == (
        cadence,
        snapshot.last_round + cadence,
        snapshot.last_round + stale,
    )


@pytest.mark.parametrize(
    ("interval", "median", "expected"), [(None, None, 300), (60, 1200, 1200), (3600, 300, 3600)]
)
def test_a_monitors_cadence_follows_the_slower_of_wish_and_fact(
    interval: int | None, median: int | None, expected: int
) -> None:
    assert expected_cadence(monitor("api", interval), median) == expected


def test_the_same_input_gives_the_same_snapshot() -> None:
    def once() -> Snapshot:
        return take_snapshot(settings({"api": ["api"]}), timeline(line("api", up_for(5))))

    assert once() == once()


def test_a_state_that_two_monitors_saw_began_with_the_first_of_them() -> None:
    """Neither state has a length yet, or time between was not observed: the checks tell."""
    snapshot = take_snapshot(
        settings({"shop": ["web", "db"]}),
        timeline(line("web", last=DOWN, age=30), line("db", last=DOWN, age=90)),
    )

    assert snapshot.components[0].since == NOW - 90
