"""The rules of reconciling, where no sequence of rounds shows them."""

from __future__ import annotations

from dataclasses import replace

from statusgen.incident.lifecycle import reconcile
from statusgen.incident.model import Impact, Incident
from statusgen.status.snapshot import Outage
from statusgen.words import Words
from tests.incident.world import STEP, T0

WORDS = Words.of()

NAMES = {"api": ("api", "Backend API"), "console": ("console", "Console")}


def outage(monitor: str, start: int, end: int | None = None) -> Outage:
    """Opened one step after its first failure, closed one after its first success."""
    closed = None if end is None else T0 + (end + 1) * STEP
    return Outage(
        monitor=monitor,
        start=T0 + start * STEP,
        opened=T0 + (start + 1) * STEP,
        opened_round=f"r{start + 1}",
        reason="timeout",
        code=None,
        end=None if end is None else T0 + end * STEP,
        closed=closed,
        closed_round=None if end is None else f"r{end + 1}",
    )


def told(
    outages: list[Outage], existing: list[Incident] | None = None, now: int = T0
) -> list[Incident]:
    return reconcile(outages, existing or [], names=NAMES, blip=0, now=now, words=WORDS)


def test_nothing_happened() -> None:
    assert told([]) == []


def test_the_order_of_the_outages_does_not_matter() -> None:
    outages = [outage("api", 0, 4), outage("console", 0, 6), outage("api", 8)]
    assert told(outages) == told(outages[::-1])


def test_an_older_outage_does_not_join_a_newer_incident() -> None:
    newer = told([outage("api", 20)])
    older, *rest = told([outage("api", 0, 4), outage("api", 20)], newer)
    assert rest == []
    assert (older.started, older.resolved) == (T0, T0 + 4 * STEP)


def test_two_incidents_that_began_in_one_minute_have_names_of_their_own() -> None:
    first = Outage("api", T0, T0 + 1, "r1", None, None, T0 + 2, T0 + 3, "r3")
    second = Outage("api", T0 + 10, T0 + 11, "r11", None, None)
    incidents = told([first, second])
    assert incidents[0].id == "2026-11-20-api-2000"
    assert incidents[1].id == f"2026-11-20-api-2000-{incidents[1].uid[-8:]}"
    assert told([first, second], incidents) == []


def test_a_clock_that_went_back_ends_nothing_before_it_began() -> None:
    (opened,) = told([outage("console", 0)])
    (closed,) = reconcile(
        [], [opened], names={"api": ("api", "A")}, blip=0, now=T0 - 1000, words=WORDS
    )
    assert closed.affected[0].end == T0 + 1 == closed.resolved
    assert closed.updates[1].at == opened.updates[0].at + 1


def test_incidents_that_no_check_opened_are_let_be() -> None:
    (mine,) = told([outage("api", 0)])
    by_hand = replace(mine, id="by-hand", uid="urn:uuid:x", automatic=False)
    ended = replace(
        by_hand, resolved=T0 + 9, affected=(replace(mine.affected[0], end=T0 + 9 * STEP),)
    )
    for existing in (by_hand, ended):
        assert [one.id for one in told([outage("api", 0, 4)], [existing])] == [mine.id]


def test_all_components_is_critical_part_is_major() -> None:
    assert told([outage("api", 0)])[0].impact is Impact.MAJOR
    assert told([outage("api", 0), outage("console", 0)])[0].impact is Impact.CRITICAL


def test_ids_from_elsewhere_make_safe_names() -> None:
    odd = {"../Süd__(1)": ("x", "X"), "___": ("y", "Y"), "a" * 300: ("z", "Z")}
    ids = [
        reconcile([outage(monitor, 0)], [], names={monitor: name}, blip=0, now=T0, words=WORDS)[
            0
        ].id
        for monitor, name in odd.items()
    ]
    assert ids == [
        "2026-11-20-s-d-1-2000",
        "2026-11-20-outage-2000",
        f"2026-11-20-{'a' * 40}-2000",
    ]


def test_the_identity_depends_on_round_and_monitors_alone() -> None:
    (one,) = told([outage("api", 0)])
    (same,) = reconcile(
        [replace(outage("api", 0), reason="dns")],
        [],
        names={"api": ("api", "Renamed")},
        blip=900,
        now=0,
        words=WORDS,
    )
    (other,) = told([outage("api", 1)])
    assert one.uid == same.uid != other.uid
