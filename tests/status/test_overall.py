"""The banner's level, and the sentence that is made of it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from statusgen.status.overall import ComponentState, Level, Overall, banner, overall
from statusgen.status.snapshot import ComponentStatus, GroupStatus, Snapshot, Uptime
from statusgen.words import Words
from tests.status.samples import DEGRADED, DOWN, PARTIAL, UNKNOWN, UP

_ZERO = Fraction(0)
LETTERS = {"u": UP, "d": DOWN, "?": UNKNOWN, "g": DEGRADED, "p": PARTIAL}
NAMES = ("API", "Web", "Mail", "Search")
WORDS = Words.of()


def told(result: Overall) -> tuple[Level, str]:
    """What a visitor gets of it."""
    return result.level, WORDS.tell(result.saying)


def components(letters: str) -> list[ComponentState]:
    """One component a letter; a capital stands for one in maintenance."""
    return [
        ComponentState(name, LETTERS[letter.lower()], in_maintenance=letter.isupper())
        for name, letter in zip(NAMES, letters, strict=False)
    ]


@pytest.mark.parametrize(
    ("letters", "level", "sentence"),
    [
        ("uuuu", Level.OPERATIONAL, "All Systems Operational"),
        ("u", Level.OPERATIONAL, "All Systems Operational"),
        # One bad component is named, whatever its level.
        ("uduu", Level.MAJOR, "Web Experiencing Major Outage"),
        ("upuu", Level.PARTIAL, "Web Experiencing Partial Outage"),
        ("uguu", Level.DEGRADED, "Web Experiencing Degraded Performance"),
        ("d", Level.MAJOR, "API Experiencing Major Outage"),
        ("dggg", Level.MAJOR, "API Experiencing Major Outage"),
        # All bad.
        ("dddd", Level.MAJOR, "All Systems Experiencing Major Outage"),
        ("pppp", Level.PARTIAL, "All Systems Experiencing Partial Outage"),
        ("gggg", Level.DEGRADED, "All Systems Experiencing Degraded Performance"),
        # Several, but not all.
        ("dduu", Level.PARTIAL, "Some Systems Experiencing Partial Outage"),
        ("dddg", Level.PARTIAL, "Some Systems Experiencing Partial Outage"),
        ("ppuu", Level.PARTIAL, "Some Systems Experiencing Partial Outage"),
        ("ggpu", Level.PARTIAL, "Mail Experiencing Partial Outage"),
        ("gguu", Level.DEGRADED, "Some Systems Experiencing Degraded Performance"),
        ("DD", Level.MAINTENANCE, "All Systems Under Maintenance"),
        # Maintenance shows over what is measured, and under any outage elsewhere.
        ("uDuu", Level.MAINTENANCE, "Web Under Maintenance"),
        ("uDDu", Level.MAINTENANCE, "Some Systems Under Maintenance"),
        ("gDuu", Level.DEGRADED, "API Experiencing Degraded Performance"),
        ("dDdd", Level.PARTIAL, "Some Systems Experiencing Partial Outage"),
        # What was not measured is never green, and never hides an outage.
        ("????", Level.NO_DATA, "No data: nothing could be measured"),
        ("", Level.NO_DATA, "No data: nothing could be measured"),
        ("uu?u", Level.OPERATIONAL, "All Measured Systems Operational; 1 not measured"),
        ("uu??", Level.OPERATIONAL, "All Measured Systems Operational; 2 not measured"),
        ("u???", Level.NO_DATA, "All Measured Systems Operational; 3 not measured"),
        ("d???", Level.MAJOR, "API Experiencing Major Outage; 3 not measured"),
        ("dd??", Level.MAJOR, "Some Systems Experiencing Major Outage; 2 not measured"),
        ("U???", Level.MAINTENANCE, "API Under Maintenance; 3 not measured"),
    ],
)
def test_banner_table(letters: str, level: Level, sentence: str) -> None:
    assert told(overall(components(letters))) == (level, sentence)


@pytest.mark.parametrize(
    ("letters", "impacts", "level", "sentence"),
    [
        pytest.param(
            "uu", ["major"], Level.MAJOR, "Some Systems Experiencing Major Outage", id="D0m"
        ),
        ("uu", ["critical"], Level.MAJOR, "Some Systems Experiencing Major Outage"),
        ("uu", ["minor"], Level.DEGRADED, "Some Systems Experiencing Degraded Performance"),
        ("uu", ["none"], Level.OPERATIONAL, "All Systems Operational"),
        ("uu", ["none", "minor", "major"], Level.MAJOR, "Some Systems Experiencing Major Outage"),
        ("gu", ["minor"], Level.DEGRADED, "API Experiencing Degraded Performance"),
        ("du", ["minor"], Level.MAJOR, "API Experiencing Major Outage"),
        ("UU", ["minor"], Level.DEGRADED, "Some Systems Experiencing Degraded Performance"),
        ("??", ["none"], Level.NO_DATA, "No data: nothing could be measured"),
        ("??", ["minor"], Level.DEGRADED, "Some Systems Experiencing Degraded Performance"),
        ("u?", ["major"], Level.MAJOR, "Some Systems Experiencing Major Outage; 1 not measured"),
    ],
)
def test_an_open_incident_makes_the_page_at_least_as_bad(
    letters: str, impacts: list[str], level: Level, sentence: str
) -> None:
    assert told(overall(components(letters), impacts)) == (level, sentence)


def snapshot(states: str, *, last_round: int | None, stale_after: int | None) -> Snapshot:
    nothing = Uptime(good=_ZERO, observed=0, window=0)
    members = tuple(
        ComponentStatus(
            id=component.name.lower(),
            name=component.name,
            description="",
            link="",
            state=component.state,
            since=None,
            checks=(),
            uptimes={},
            bars=(),
            latencies={},
            latency_series=(),
            first_observed=None,
        )
        for component in components(states)
    )
    return Snapshot(
        now=10_000,
        groups=(GroupStatus("", "", UNKNOWN, nothing, None, members),),
        last_round=last_round,
        last_round_key=None,
        first_round=last_round,
        cadence=300,
        next_expected=None,
        stale_after=stale_after,
    )


def test_before_the_first_round_nothing_has_been_measured() -> None:
    empty = snapshot("??", last_round=None, stale_after=None)

    assert told(banner(empty)) == (Level.NO_DATA, "Nothing has been measured yet")
    assert Level.MAJOR is banner(empty, ["major"]).level


@pytest.mark.parametrize("states", ["uu", "du", "??"])
def test_a_stale_snapshot_says_nothing_of_the_present(states: str) -> None:
    stale = snapshot(states, last_round=9_000, stale_after=10_000)

    sentence = "No current data: the last checks are too old to tell"
    assert told(banner(stale)) == (Level.NO_DATA, sentence)
    outage = (Level.MAJOR, "Some Systems Experiencing Major Outage")
    assert told(banner(stale, ["major"])) == outage


def test_a_fresh_snapshot_is_told_by_its_components() -> None:
    fresh = snapshot("ud", last_round=9_900, stale_after=10_001)

    assert told(banner(fresh)) == (Level.MAJOR, "Web Experiencing Major Outage")
    maintained = (Level.MAINTENANCE, "Web Under Maintenance")
    (group,) = fresh.groups
    components = tuple(replace(each, in_maintenance=each.id == "web") for each in group.components)
    worked_at = replace(fresh, groups=(replace(group, components=components),))
    assert told(banner(worked_at)) == maintained
