"""Facts that can be asked: of anything, over any window."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from statusgen.base.clock import DAY, HOUR
from statusgen.base.states import State
from statusgen.history.histogram import Histogram
from statusgen.history.segments import Segment
from statusgen.status.compute import take_snapshot
from statusgen.status.facts import Facts, Measured
from statusgen.status.snapshot import Stretch, Uptime
from statusgen.status.uptime import Observed
from tests.status.test_compute import NOW, line, settings, timeline

UP, DOWN, PARTIAL = State.UP, State.DOWN, State.PARTIAL


def facts(**maintenance: list[tuple[int, int]]) -> Facts:
    web = [
        Segment(NOW - 300 * DAY, NOW - 10 * DAY, UP),
        Segment(NOW - 10 * DAY, NOW - 10 * DAY + HOUR, DOWN),
        Segment(NOW - 10 * DAY + HOUR, NOW - 10 * DAY + 2 * HOUR, PARTIAL),
        Segment(NOW - 10 * DAY + 2 * HOUR, NOW, UP),
    ]
    db = [Segment(NOW - 5 * DAY, NOW - 2 * HOUR, UP), Segment(NOW - 2 * HOUR, NOW, DOWN)]
    hour = NOW - NOW % HOUR
    hours = {hour - 200 * DAY: Histogram.of([900]), hour: Histogram.of([10, 20])}
    return Facts(
        settings({"shop": ["web", "db"], "site": ["web"]}, {"All": ["shop", "site"]}),
        timeline(line("web", web, hours=hours), line("db", db, last=DOWN)),
        maintenance,
    )


def test_a_monitor_a_component_and_a_group_answer_alike() -> None:
    known = facts()

    day = (NOW - DAY, NOW)
    assert known.monitor("web").uptime(*day) == Uptime(Fraction(DAY), DAY, DAY)
    assert known.monitor("db").seconds(*day) == {UP: 22 * HOUR, DOWN: 2 * HOUR}
    assert known.component("shop").uptime(*day) == Uptime(Fraction(22 * HOUR), DAY, DAY)
    assert known.group("All").uptime(*day) == known.component("shop").uptime(*day)
    assert known.component("site").uptime(*day).ratio == 1


def test_any_window_may_be_asked_also_one_in_the_past() -> None:
    shop = facts().component("shop")

    week = (NOW - 12 * DAY, NOW - 5 * DAY)
    assert shop.seconds(*week) == {UP: 7 * DAY - 2 * HOUR, DOWN: HOUR, PARTIAL: HOUR}
    assert shop.uptime(*week).good == 7 * DAY - 2 * HOUR + Fraction(7, 10) * HOUR


def test_outages_that_meet_are_one_at_its_worst() -> None:
    shop = facts().component("shop")

    assert shop.outages(NOW - 30 * DAY, NOW) == (
        Stretch(NOW - 10 * DAY, NOW - 10 * DAY + 2 * HOUR, DOWN),
        Stretch(NOW - 2 * HOUR, NOW, DOWN),
    )
    assert shop.outages(NOW - 4 * DAY, NOW - 3 * HOUR) == ()


def test_maintenance_is_cut_out_of_the_component_that_it_names() -> None:
    known = facts(shop=[(NOW - 2 * HOUR, NOW)])

    assert known.component("shop").outages(NOW - DAY, NOW) == ()
    assert known.component("shop").uptime(NOW - DAY, NOW).window == 22 * HOUR
    assert known.monitor("db").seconds(NOW - HOUR, NOW) == {DOWN: HOUR}


def test_response_times_of_a_year_can_be_asked() -> None:
    site = facts().component("site")

    assert site.latency(NOW - DAY, NOW).count == 2
    year = site.latency(NOW - 365 * DAY, NOW)
    assert year.count == 3
    assert 855 < (year.p99 or 0) < 945
    assert site.latency(NOW - 250 * DAY, NOW - 100 * DAY).count == 1


def test_a_young_thing_is_asked_about_its_life_only_where_the_page_chooses_the_window() -> None:
    db = facts().monitor("db")

    assert db.window(30 * DAY) == (NOW - 5 * DAY, NOW)
    assert db.window(DAY) == (NOW - DAY, NOW)
    assert db.uptime(NOW - 10 * DAY, NOW).coverage == Fraction(1, 2)  # U21: as it was asked


def test_what_is_not_there_is_a_key_error() -> None:
    for ask in (facts().monitor, facts().component, facts().group):
        with pytest.raises(KeyError):
            ask("no-such-thing")


def test_a_monitor_in_two_components_answers_once_in_their_group() -> None:
    everything = facts().group("All")

    assert everything.latency(NOW - DAY, NOW).count == 2
    assert everything.latency(NOW - 365 * DAY, NOW).count == 3


@pytest.mark.parametrize("end", [NOW - 3 * DAY, NOW - 4 * DAY])
def test_a_window_that_holds_no_moment_holds_nothing(end: int) -> None:
    web = facts().monitor("web")

    start = NOW - 3 * DAY
    assert web.seconds(start, end) == {}
    assert web.uptime(start, end) == Uptime(Fraction(0), 0, 0)
    assert web.outages(NOW - 10 * DAY + 60, NOW - 10 * DAY + 60 + end - start) == ()
    hour = NOW - 200 * DAY + 60
    assert web.latency(hour, hour + end - start).count == 0
    assert web.value(start, end) is None
    assert web.latency(NOW + DAY, NOW + 2 * DAY).count == 0


def test_what_another_page_says_of_itself_is_no_uptime_of_ours() -> None:
    config = settings({"own": ["web"], "theirs": ["cdn"]}, {"All": ["own", "theirs"]})
    config = replace(
        config,
        monitors=tuple(
            replace(each, kind="statuspage") if each.id == "cdn" else each
            for each in config.monitors
        ),
    )
    said = [Segment(NOW - 2 * DAY, NOW, DOWN)]
    past = timeline(line("web", [Segment(NOW - DAY, NOW, UP)]), line("cdn", said, last=DOWN))

    assert Facts(config, past).group("All").uptime(NOW - DAY, NOW).ratio == 1
    (group,) = take_snapshot(config, past).groups
    own, theirs = group.components
    assert (group.state, group.uptime.ratio) == (DOWN, Fraction(1))
    assert (own.uptimes["90d"].ratio, own.reporter) == (Fraction(1), "")
    assert (theirs.uptimes["90d"].ratio, theirs.reporter) == (None, "example.com")


def test_a_window_never_ends_before_it_begins() -> None:
    """A round stamped a little ahead of the clock is the first check of a monitor."""
    ahead = Measured(NOW, Observed(()), NOW + 60)

    assert ahead.window(DAY) == (NOW, NOW)
