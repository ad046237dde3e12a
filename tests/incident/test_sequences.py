"""From rounds to files, as ``check`` runs it."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from statusgen.base.clock import DAY, parse_instant
from statusgen.incident.files import load_incident_folder
from statusgen.incident.model import Impact, Incident
from statusgen.probe.round import Round
from tests.incident.world import STEP, T0, files, rounds, run, run_each, site

API = site(["api", "console"])


def incidents(history: Path) -> list[Incident]:
    loaded = load_incident_folder(history / "incidents", zone=API.site.timezone)
    assert loaded.problems == ()
    return sorted(loaded.items, key=lambda incident: incident.started)


ONE_OUTAGE = """\
---
title: Backend API is down
impact: major
affected:
  - {component: api, reason: status, code: 503}
started: 2026-11-20T20:05:00Z
resolved: 2026-11-20T20:15:00Z
automatic: true
blip: true
evidence:
  - 20261120T201000Z-github-2-1
  - 20261120T202000Z-github-4-1
uid: urn:uuid:UID
---

## Investigating · 2026-11-20T20:10:00Z

Our checks of Backend API have failed since 2026-11-20 20:05 UTC: it answered with HTTP 503.

## Resolved · 2026-11-20T20:20:00Z

Our checks of Backend API succeed again since 2026-11-20 20:15 UTC. The outage lasted 10 min.
"""


def test_down_twice_up_twice_is_one_incident_resolved(tmp_path: Path) -> None:
    written = run_each(tmp_path, API, rounds(api="udduuu", console="uuuuuu"))
    assert len(written) == 2  # opened once, resolved once
    ((name, text),) = files(tmp_path).items()
    assert name == "2026-11-20-api-2005.md"
    assert text == ONE_OUTAGE.replace("urn:uuid:UID", written[0].uid)
    assert written[0].uid == written[1].uid


def test_an_open_incident_says_no_end(tmp_path: Path) -> None:
    run_each(tmp_path, API, rounds(api="udd"))
    (text,) = files(tmp_path).values()
    assert "resolved" not in text
    assert "  - {component: api, reason: status, code: 503}\n" in text
    assert incidents(tmp_path)[0].open


@pytest.mark.parametrize(
    ("letters", "spans"),
    [
        ("ddu", [(0, None)]),
        ("udududud", []),
        ("d?d", [(0, None)]),
        ("udduu", [(1, 3)]),
        ("dddduduuu", [(0, 6)]),
        ("????", []),
        ("dd????uu", [(0, 6)]),
        ("dd?????", [(0, None)]),
        ("ddgg", [(0, 2)]),
        ("dduudduu", [(0, 2), (4, 6)]),
    ],
)
def test_sequences(tmp_path: Path, letters: str, spans: list[tuple[int, int | None]]) -> None:
    run_each(tmp_path, API, rounds(api=letters))
    found = [(one.started, one.resolved) for one in incidents(tmp_path)]
    assert found == [
        (T0 + start * STEP, None if end is None else T0 + end * STEP) for start, end in spans
    ]


def test_f70_a_thousand_alternating_rounds_open_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, API, rounds(api="ud" * 500)).written == ()


def test_an_incident_is_a_blip_below_the_limit_only(tmp_path: Path) -> None:
    run_each(tmp_path / "a", API, rounds(api="ddduu"))
    run_each(tmp_path / "b", site(["api"], blip=901), rounds(api="ddduu"))
    assert [one.blip for one in incidents(tmp_path / "a")] == [False]  # 900 s
    assert [one.blip for one in incidents(tmp_path / "b")] == [True]


def test_monitors_that_fall_in_one_round_share_an_incident(tmp_path: Path) -> None:
    run_each(tmp_path, site(["api", "console", "mail"]), rounds(api="uddduuu", console="udduuuu"))
    (incident,) = incidents(tmp_path)
    assert incident.title == "Backend API and Console are down"
    assert incident.impact is Impact.MAJOR
    assert [(one.component, one.start, one.end) for one in incident.affected] == [
        ("api", T0 + STEP, T0 + 4 * STEP),
        ("console", T0 + STEP, T0 + 3 * STEP),
    ]
    assert [(update.phase.value, update.body) for update in incident.updates] == [
        (
            "investigating",
            (
                "Our checks of 2 components fail:\n\n"
                "- Checks of Backend API have failed since 2026-11-20 20:05 UTC: "
                "it answered with HTTP 503\n"
                "- Checks of Console have failed since 2026-11-20 20:05 UTC: "
                "it answered with HTTP 503"
            ),
        ),
        (
            "investigating",
            (
                "Our checks of Console succeed again since 2026-11-20 20:15 UTC. "
                "Those of Backend API still fail."
            ),
        ),
        (
            "resolved",
            (
                "Our checks of Backend API succeed again since 2026-11-20 20:20 UTC. "
                "The outage lasted 15 min."
            ),
        ),
    ]
    assert len(incident.evidence) == 3


def test_f70_a_mass_outage_is_one_incident(tmp_path: Path) -> None:
    names = [f"svc-{number:02}" for number in range(50)]
    letters = {name.replace("-", "_"): "udd" for name in names}
    (incident,) = run(tmp_path, site(names), rounds(**letters)).written
    assert incident.title == "svc-00, svc-01 and 48 more are down"
    assert incident.impact is Impact.CRITICAL
    assert incident.updates[0].body.endswith("\n- and 30 more")


def test_components_that_fall_in_different_rounds_have_incidents_of_their_own(
    tmp_path: Path,
) -> None:
    run_each(tmp_path, API, rounds(api="udddd", console="uuudd"))
    assert list(files(tmp_path)) == ["2026-11-20-api-2005.md", "2026-11-20-console-2015.md"]


def test_a_component_of_several_monitors_has_one_incident_until_the_last_recovers(
    tmp_path: Path,
) -> None:
    shop = site({"shop": ("cart", "pay"), "mail": ("mail",)})
    run_each(tmp_path, shop, rounds(cart="udddduuuuu", pay="uuudddduuu", mail="uuuuuuuuuu"))
    (incident,) = incidents(tmp_path)
    (entry,) = incident.affected
    assert (entry.start, entry.end) == (T0 + STEP, T0 + 7 * STEP)
    assert entry.monitors == ("cart", "pay")
    assert incident.title == "shop is down"
    assert len(incident.updates) == 2


def test_an_outage_across_midnight_is_one_incident_of_the_day_it_began(tmp_path: Path) -> None:
    start = parse_instant("2026-11-20T23:50:00Z")
    run_each(tmp_path, API, rounds(start, api="udddddduu"))
    assert list(files(tmp_path)) == ["2026-11-20-api-2355.md"]


def test_a_long_outage_outlives_the_window_of_rounds(tmp_path: Path) -> None:
    seen = rounds(api="u" + "d" * 30 + "uu", console="u" * 33)
    run_each(tmp_path, API, seen, window=6)
    (incident,) = incidents(tmp_path)
    assert (incident.started, incident.resolved) == (T0 + STEP, T0 + 31 * STEP)
    assert "The outage lasted 2 h 30 min." in incident.updates[-1].body


def test_a_component_handed_from_one_failing_monitor_to_another_never_was_up(
    tmp_path: Path,
) -> None:
    shop = site({"shop": ("cart", "pay"), "api": ("api",)})
    run_each(tmp_path, shop, rounds(cart="udduuuu", pay="uuudduu"))
    (incident,) = incidents(tmp_path)
    assert incident.affected[0].monitors == ("cart", "pay")
    assert incident.resolved == T0 + 5 * STEP


def test_a_component_is_well_again_when_the_last_of_its_monitors_is(tmp_path: Path) -> None:
    shop = site({"shop": ("cart", "pay"), "api": ("api",)})
    run_each(tmp_path, shop, rounds(cart="uddu?u", pay="udddu" + "u"))
    (incident,) = incidents(tmp_path)
    assert incident.resolved == T0 + 4 * STEP


def test_one_run_after_a_pause_closes_with_what_it_sees(tmp_path: Path) -> None:
    run_each(tmp_path, API, rounds(api="udd"))
    later = rounds(T0 + 4 * DAY, api="ddduu")
    run(tmp_path, API, later)
    (incident,) = incidents(tmp_path)
    assert incident.resolved == T0 + 4 * DAY + 3 * STEP


def test_a_scheduler_slower_than_the_interval_tears_no_streak_apart(tmp_path: Path) -> None:
    every_20_minutes = rounds(api="uuuuuuuuddddd")[::4]
    run_each(tmp_path, API, every_20_minutes)
    assert incidents(tmp_path)[0].started == T0 + 8 * STEP


def test_incidents_long_over_are_passed_over_and_stay(tmp_path: Path) -> None:
    run(tmp_path, API, rounds(api="udduu"))
    path = tmp_path / "incidents" / "2026-11-20-api-2005.md"
    old = path.read_text() + "\n## Resolvd · 2026-11-20T21:00:00Z\n"
    path.write_text(old)
    assert len(run(tmp_path, API, rounds(api="udduu")).problems) == 1
    much_later = run(tmp_path, API, rounds(T0 + 5 * DAY, api="udd"))
    assert much_later.problems == ()
    assert len(much_later.written) == 1
    assert path.read_text() == old


def test_f5_a_repeated_run_writes_nothing_and_a_lost_file_comes_again(tmp_path: Path) -> None:
    seen = rounds(api="uddduu", console="udduuu")
    run(tmp_path, API, seen)
    before = files(tmp_path)
    assert run(tmp_path, API, seen).written == ()
    assert files(tmp_path) == before
    for path in (tmp_path / "incidents").iterdir():
        path.unlink()
    run(tmp_path, API, [*seen, *rounds(T0 + 6 * STEP, api="u", console="u")])
    assert files(tmp_path) == before


def test_a_run_killed_before_it_wrote_is_made_up_for_by_the_next(tmp_path: Path) -> None:
    seen = rounds(api="udddduuu", console="uuddduuu")
    run_each(tmp_path / "all", API, seen)
    for lost in range(1, len(seen)):
        history = tmp_path / str(lost)
        for count in range(1, len(seen) + 1):
            if count != lost:
                run(history, API, seen[:count])
        assert files(history) == files(tmp_path / "all")


letters = st.text("uuddg?.", min_size=1, max_size=14)


@given(st.tuples(letters, letters, letters, letters), st.sets(st.integers(1, 14)))
@settings(max_examples=150, deadline=None)
def test_many_small_runs_and_one_big_one_write_the_same(
    tmp_path_factory: pytest.TempPathFactory, states: tuple[str, ...], skipped: set[int]
) -> None:
    shop = site({"shop": ("cart", "pay"), "api": ("api",), "mail": ("mail",)})
    seen = rounds(cart=states[0], pay=states[1], api=states[2], mail=states[3])
    history = tmp_path_factory.mktemp("history")
    run(history / "once", shop, seen)
    for count in range(1, len(seen) + 1):
        if count not in skipped or count == len(seen):
            shuffled = seen[:count]
            random.Random(count).shuffle(shuffled)
            run(history / "often", shop, [*shuffled, seen[count - 1]])
    assert files(history / "often") == files(history / "once")


always = st.text("uudd", min_size=20, max_size=20)


@given(always, always)
@settings(max_examples=25, deadline=None)
def test_a_window_that_slides_over_the_rounds_tells_nothing_twice(
    tmp_path_factory: pytest.TempPathFactory, api: str, console: str
) -> None:
    seen = rounds(api=api, console=console)
    history = tmp_path_factory.mktemp("history")
    run(history / "once", API, seen)
    run_each(history / "sliding", API, seen, window=5)
    assert files(history / "sliding") == files(history / "once")


def test_a_monitor_that_left_the_configuration_is_closed_honestly(tmp_path: Path) -> None:
    run_each(tmp_path, API, rounds(api="udd", console="udd"))
    seen = rounds(T0 + 3 * STEP, api="dduu")
    for count in (1, 2):
        changes = run(tmp_path, site(["api"]), seen[:count])
        assert len(changes.written) == (count == 1)
    (incident,) = incidents(tmp_path)
    assert incident.updates[-1].body == (
        "We no longer check console and cannot tell whether it has recovered. "
        "Our checks of Backend API still fail."
    )
    run(tmp_path, site(["mail"]), rounds(T0 + 5 * STEP, mail="u"))
    (incident,) = incidents(tmp_path)
    assert incident.resolved == T0 + 5 * STEP + 2
    assert incident.updates[-1].body == (
        "We no longer check api and cannot tell whether it has recovered. "
        "This incident is closed for that reason alone."
    )


def test_what_a_person_wrote_into_the_programs_file_stays(tmp_path: Path) -> None:
    run_each(tmp_path, API, rounds(api="udd"))
    path = tmp_path / "incidents" / "2026-11-20-api-2005.md"
    text = path.read_text().replace("Backend API is down", "Logins fail")
    path.write_text(text + "\n## Identified - 2026-11-20 21:12\n\nA full disk.\n")
    run(tmp_path, API, rounds(api="udduu"))
    (incident,) = incidents(tmp_path)
    assert incident.title == "Logins fail"
    assert [update.body for update in incident.updates][1] == "A full disk."
    assert incident.resolved == T0 + 3 * STEP


def test_an_update_dated_ahead_keeps_the_file_in_order(tmp_path: Path) -> None:
    run_each(tmp_path, API, rounds(api="udd"))
    path = tmp_path / "incidents" / "2026-11-20-api-2005.md"
    path.write_text(path.read_text() + "\n## Identified · 2026-11-20T23:00:00Z\n")
    run(tmp_path, API, rounds(api="udduu"))
    (incident,) = incidents(tmp_path)
    assert incident.updates[-1].at == parse_instant("2026-11-20T23:00:01Z")


def test_a_persons_file_among_the_programs_is_let_be(tmp_path: Path) -> None:
    path = tmp_path / "incidents" / "2026-11-20-by-hand.md"
    path.parent.mkdir()
    path.write_text(
        "---\ntitle: By hand\naffected: api\n---\n## Investigating · 2026-11-20T20:00:00Z\n"
    )
    text = path.read_text()
    run_each(tmp_path, API, rounds(api="udduu"))
    assert list(files(tmp_path)) == ["2026-11-20-api-2005.md", path.name]
    assert path.read_text() == text


def test_an_unreadable_file_is_let_be(tmp_path: Path) -> None:
    path = tmp_path / "incidents" / "2026-11-20-api-2005.md"
    path.parent.mkdir()
    path.write_bytes(b"\xff\xfe")
    changes = run(tmp_path, API, rounds(api="udd"))
    assert "is not UTF-8" in str(changes.problems[0])
    assert changes.written == ()
    assert path.read_bytes() == b"\xff\xfe"


def test_a_file_that_a_person_damaged_is_told_and_let_be(tmp_path: Path) -> None:
    run_each(tmp_path, API, rounds(api="udd"))
    path = tmp_path / "incidents" / "2026-11-20-api-2005.md"
    path.write_text("<<<<<<< ours\n" + path.read_text())
    damaged = path.read_bytes()
    for letters in ("udd", "uddu", "udduu", "udduudd"):
        changes = run(tmp_path, API, rounds(api=letters))
        assert str(path) in str(changes.problems[0])
        assert path.read_bytes() == damaged
    assert list(files(tmp_path)) == [path.name, "2026-11-20-api-2025.md"]


def test_a_recorded_recovery_stays_recorded_when_late_rounds_deny_it(tmp_path: Path) -> None:
    seen = rounds(api="udduud")
    run(tmp_path, API, seen)
    before = files(tmp_path)
    late = rounds(T0 + 3 * STEP + 60, api="d")  # stood between the two successes
    run(tmp_path, API, [*seen, *late])
    assert files(tmp_path) == before
    run(tmp_path, API, [*seen, *late, *rounds(T0 + 6 * STEP, api="d")])
    first, second = incidents(tmp_path)
    assert (first.started, first.resolved) == (T0 + STEP, T0 + 3 * STEP)
    assert second.started >= T0 + 3 * STEP
    assert second.open


def test_stray_temporary_files_and_other_names_are_no_incidents(tmp_path: Path) -> None:
    folder = tmp_path / "incidents"
    folder.mkdir()
    (folder / ".tmp-x").write_text("half")
    (folder / "README.md").write_text("# About")
    os.mkfifo(folder / "pipe.md")
    changes = run(tmp_path, API, rounds(api="udd"))
    assert [str(problem) for problem in changes.problems] == [
        f"{folder / 'pipe.md'}: is not a file; remove it"
    ]
    assert len(changes.written) == 1


def close_together(letters: str, gaps: list[int]) -> list[Round]:
    """Rounds of a second or less apart, in order, with keys as runs of one machine make them."""
    made, at = [], T0
    for index, (letter, gap) in enumerate(zip(letters, gaps, strict=False)):
        at += gap
        (one,) = rounds(at, api=letter)
        made.append(replace(one, key=one.key.replace("github-0", f"github-{index}")))
    return made


@given(
    st.text("ud", min_size=3, max_size=7),
    st.lists(st.integers(0, 2), min_size=7, max_size=7),
    st.sets(st.integers(1, 6)),
)
@example("duduu", [0, 1, 0, 1, 1, 1, 1], set())  # a kill left what one run then sees at once
@example("duduu", [0, 0, 0, 5, 1, 1, 1], {1, 2, 3})  # all within one second
@example("dud", [0, 0, 0, 0, 0, 0, 0], {2})
@settings(max_examples=60, deadline=None)
def test_rounds_of_one_second_are_as_many_outages_as_they_show(
    tmp_path_factory: pytest.TempPathFactory, letters: str, gaps: list[int], stops: set[int]
) -> None:
    """Whatever the kills left for a later run: each outage has its incident, and an end of its own.

    Runs that were killed before they came to the incidents leave their rounds to the next one, and
    a second can hold several of them. An outage that began in the second in which another ended
    once joined that incident, which then ended without it.
    """
    once = site(["api", "console"], failures=1, successes=1)
    seen = close_together(letters, gaps)
    folder = tmp_path_factory.mktemp("history")
    for count in sorted({*stops, len(seen)} & set(range(1, len(seen) + 1))):
        assert run(folder, once, seen[:count]).problems == ()
    assert run(folder, once, seen).written == (), "a run repeated writes nothing"
    found = incidents(folder)
    pairs = list(zip(f"u{letters}", letters, strict=False))
    begun = [place for place, pair in enumerate(pairs) if pair == ("u", "d")]
    ended = [place for place, pair in enumerate(pairs) if pair == ("d", "u")]
    assert [one.evidence[0] for one in sorted(found, key=lambda one: one.evidence)] == [
        seen[place].key for place in begun
    ]
    assert sorted(key for one in found for key in one.evidence[1:]) == [
        seen[place].key for place in ended
    ]
    assert [one.open for one in found].count(True) == letters.endswith("d")
