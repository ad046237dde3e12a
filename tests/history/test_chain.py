"""Each closed day is sealed: what was edited is named, what came late is no accusation."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statusgen.base.clock import DAY
from statusgen.base.files import exclusive_lock
from statusgen.history.chain import NAME, accept, head_of, read_chain
from statusgen.history.dayfile import day_files, day_name, relative_path
from statusgen.history.gitbranch import publish, pull
from statusgen.history.gitmerge import merge
from statusgen.history.repair import repair
from statusgen.history.rollup import catch_up, roll_up
from statusgen.history.shrink import compact, squash
from statusgen.history.store import HistoryStore
from statusgen.history.verify import VerifyReport, verify
from tests.history.made import DAY0, made_past, made_round, write_rounds
from tests.history.test_gitbranch import BRANCH, clone, git, plain_git, remote

__all__ = ["plain_git", "remote"]
NOW = DAY0 + 12 * DAY + 7200
CADENCES = {"m0": 1800, "m1": 1800}
EDITED = DAY0 + 3 * DAY
FILE = relative_path(EDITED)


def roll(folder: Path, now: int = NOW) -> int:
    return roll_up(HistoryStore(folder), now=now, cadences=CADENCES, max_gap=None)


def fill(folder: Path, days: int = 12) -> Path:
    """Days of rounds every half hour, rolled up one after the other as runs do."""
    for day in range(days):
        start = DAY0 + day * DAY
        write_rounds(folder, made_past(start, start + DAY, every=1800))
        roll(folder, start + DAY + 2 * 3600)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("made"))


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "history")


def look(folder: Path, now: int = NOW) -> VerifyReport:
    return verify(folder, now=now)


def days_named(report: VerifyReport) -> set[str]:
    named = [f"{finding.file} {finding.reason}" for finding in report.edited]
    days = [day_name(DAY0 + day * DAY) for day in range(15)]
    return {day for day in days if any(day in text for text in named)}


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(True)


def changed(lines: list[bytes]) -> None:
    lines[20] = lines[20].replace(b'"state":"up"', b'"state":"down"', 1)


def deleted(lines: list[bytes]) -> None:
    del lines[20]


def added(lines: list[bytes]) -> None:
    lines.insert(20, lines[20].replace(b"test-1-1", b"test-9-1"))


def appended(lines: list[bytes]) -> None:
    lines.append(lines[20].replace(b"test-1-1", b"test-9-1"))


def reordered(lines: list[bytes]) -> None:
    lines[20], lines[30] = lines[30], lines[20]


EDITS = [changed, deleted, added, appended, reordered]


def test_an_untouched_history_is_sealed_day_by_day(folder: Path) -> None:
    report = look(folder)

    assert report.ok
    assert report.notes == ()
    assert len(read_chain(folder).seals) == 12
    assert report.head == head_of(folder)


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("rolled", [False, True])
def test_an_edited_day_is_named(
    folder: Path, edit: Callable[[list[bytes]], None], rolled: bool
) -> None:
    """Also after the next run, which rolls up what it finds but never seals an edit."""
    lines = lines_of(folder / FILE)
    edit(lines)
    (folder / FILE).write_bytes(b"".join(lines))
    if rolled:
        roll(folder)

    report = look(folder)

    if edit is appended and rolled:  # no different from a round that came late: told, not accused
        assert report.notes == ("2026-03-05: 1 round joined after the day was first sealed",)
        assert report.ok
    else:
        assert not report.ok
        assert "2026-03-05" in days_named(report)
        assert FILE in {finding.file for finding in report.edited}


@pytest.mark.parametrize("kept", [True, False])
def test_an_edited_roll_up_is_named_though_its_rounds_are_gone(folder: Path, kept: bool) -> None:
    if not kept:
        for path in list(day_files(folder).values())[:6]:
            path.unlink()
    path = folder / "daily" / "2026.json"
    lines = lines_of(path)
    place = next(n for n, line in enumerate(lines) if b"2026-03-05" in line)
    lines[place] = lines[place].replace(b'"down"', b'"up"', 1)
    path.write_bytes(b"".join(lines))

    report = look(folder)

    assert [str(finding) for finding in report.edited] == [
        "daily/2026.json: 2026-03-05: its roll-up is another than was sealed"
    ]


def test_a_roll_up_that_is_taken_out_is_named(folder: Path) -> None:
    path = folder / "daily" / "2026.json"
    path.write_bytes(b"".join(line for line in lines_of(path) if b'"2026-03-05"' not in line))

    assert days_named(look(folder)) == {"2026-03-05"}


@pytest.mark.parametrize("place", [1, 4, -1])
def test_an_edited_seal_is_named(folder: Path, place: int) -> None:
    path = folder / NAME
    lines = lines_of(path)
    link = json.loads(lines[place])
    lines[place] = lines[place].replace(link["roll"].encode(), b"0" * 64)
    path.write_bytes(b"".join(lines))

    report = look(folder)

    assert link["day"] in days_named(report)
    if place != -1:
        assert report.edited[0].file == NAME
        assert report.edited[0].line == place + 2


def test_seals_taken_out_or_put_in_another_order_are_named(folder: Path) -> None:
    path = folder / NAME
    whole = lines_of(path)
    path.write_bytes(b"".join(whole[:4] + whole[5:]))
    assert look(folder).edited[0].line == 5
    path.write_bytes(b"".join([*whole[:4], whole[5], whole[4], *whole[6:]]))
    assert look(folder).edited[0].line == 5
    path.write_bytes(b"".join(whole[1:]))
    assert look(folder).edited[0].line == 1


def test_who_rewrites_the_whole_chain_is_found_by_a_head_that_somebody_kept(folder: Path) -> None:
    kept = head_of(folder)
    assert kept in read_chain(folder).links
    lines = lines_of(folder / FILE)
    changed(lines)
    (folder / FILE).write_bytes(b"".join(lines))
    (folder / NAME).unlink()
    (folder / "daily" / "2026.json").unlink()
    roll(folder)

    assert look(folder).ok
    assert kept not in read_chain(folder).links


def test_a_history_from_before_is_read_and_sealed_as_it_stands(folder: Path) -> None:
    (folder / NAME).unlink()
    report = look(folder)
    assert report.ok
    assert report.notes == (
        (
            "no day is sealed: not chained before 2026-03-13; the next day that closes begins the "
            "chain"
        ),
    )

    start = DAY0 + 12 * DAY
    write_rounds(folder, made_past(start, start + DAY, every=1800))
    roll(folder, start + 2 * DAY)

    report = look(folder, start + 2 * DAY)
    assert report.ok
    assert report.notes == (
        "not chained before 2026-03-14: the days up to it were sealed then, as they stood",
    )


def test_late_rounds_seal_their_day_again_and_those_that_follow_from_it(folder: Path) -> None:
    before = head_of(folder)
    store = HistoryStore(folder)
    store.append(made_round(EDITED + 77, run=5))
    store.append(made_round(EDITED + 78, run=5))
    roll(folder)

    report = look(folder)

    assert report.ok
    assert report.notes == ("2026-03-05: 2 rounds joined after the day was first sealed",)
    assert before in read_chain(folder).links
    changed_lines = lines_of(folder / FILE)
    changed(changed_lines)
    (folder / FILE).write_bytes(b"".join(changed_lines))
    assert "2026-03-05" in days_named(look(folder))


def test_a_person_may_accept_an_edit_and_the_reason_stays(folder: Path) -> None:
    lines = lines_of(folder / FILE)
    deleted(lines)
    (folder / FILE).write_bytes(b"".join(lines))
    roll(folder)
    assert not look(folder).ok

    with exclusive_lock(folder):
        assert accept(folder, EDITED, "A wrong clock")
        assert not accept(folder, EDITED, "again")

    report = look(folder)
    assert report.ok
    assert report.notes == ("2026-03-05: a person accepted an edit: A wrong clock",)
    changed(lines)
    (folder / FILE).write_bytes(b"".join(lines))
    assert "2026-03-05" in days_named(look(folder))


def test_repair_moves_damage_out_and_accuses_nobody(folder: Path) -> None:
    lines = lines_of(folder / FILE)
    stray = made_round(EDITED + DAY + 11, run=7)
    write_rounds(folder / "x", [stray])
    other = (folder / "x" / relative_path(EDITED + DAY)).read_bytes()
    (folder / FILE).write_bytes(b"".join([*lines[:9], b"no round\n", other, *lines[9:]]))
    shutil.rmtree(folder / "x")
    repair(folder, now=NOW)

    report = look(folder)

    assert report.ok, report.findings
    assert report.notes == ("2026-03-06: 1 round joined after the day was first sealed",)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), rolled=st.booleans())
def test_whatever_is_edited_the_day_is_named(
    seed: int, rolled: bool, made: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(seed)
    folder = shutil.copytree(made, tmp_path_factory.mktemp("edited") / "history")
    day = DAY0 + chance.randrange(12) * DAY
    path = folder / relative_path(day)
    lines = lines_of(path)
    kind = chance.choice(["change", "delete", "insert", "swap"])
    place = chance.randrange(len(lines) - 1)
    if kind == "change":
        lines[place] = lines[place].replace(b'"took":1', b'"took":%d' % chance.randrange(2, 10))
    elif kind == "delete":
        del lines[place]
    elif kind == "insert":
        lines.insert(place, lines[place].replace(b"test-1-1", b"test-8-1"))
    else:
        other = chance.choice([n for n in range(len(lines)) if n != place])
        lines[place], lines[other] = lines[other], lines[place]
    path.write_bytes(b"".join(lines))
    if rolled:
        roll(folder)

    report = look(folder)

    assert not report.ok
    assert day_name(day) in days_named(report)


@settings(max_examples=40, deadline=None)
@given(mine=st.integers(0, 6), theirs=st.integers(0, 6), common=st.integers(0, 6))
def test_of_two_chains_the_remotes_stands(mine: int, theirs: int, common: int) -> None:
    base = [b"a%d\n" % n for n in range(common)]
    ours = b"".join([*base, *(b"o%d\n" % n for n in range(mine))])
    remote_has = b"".join([*base, *(b"t%d\n" % n for n in range(theirs))])
    told = merge(NAME, b"".join(base), ours, remote_has)
    assert told == (ours if not theirs else remote_has)


def test_two_pushers_who_sealed_the_same_days_apart_are_not_accused(remote: Path) -> None:
    """One was offline for days and sealed what it alone had; both then go on."""
    one, two = clone(remote, "one"), clone(remote, "two")
    folders = [root / "data" / "history" for root in (one, two)]
    for root, folder in zip((one, two), folders, strict=True):
        pull(root, BRANCH, folder)

    def measure(which: int, day: int, push: bool) -> None:
        start = DAY0 + day * DAY + which * 60
        store = HistoryStore(folders[which])
        for at in range(start, start + DAY - 3600, 7200):
            store.append(made_round(at, run=which + 1))
        roll(folders[which], start + DAY + 2 * 3600)
        if push:
            publish((one, two)[which], folders[which], BRANCH, "Record a round")

    now = DAY0 + 9 * DAY
    measure(0, 0, True)
    measure(1, 0, True)
    for day in (1, 2, 3):
        measure(0, day, False)  # offline
        measure(1, day, True)
    measure(0, 4, True)
    measure(1, 4, True)
    measure(0, 5, True)
    pull(two, BRANCH, folders[1])
    pull(one, BRANCH, folders[0])

    heads = set()
    for folder in folders:
        report = verify(folder, now=now)
        assert report.findings == ()
        assert read_chain(folder).broken == ()
        heads.add(report.head)
        assert len(report.notes) >= 3  # days that got rounds after they were sealed
    assert len(heads) == 1


def test_what_a_person_accepted_outlives_a_join(remote: Path) -> None:
    one, two = clone(remote, "one"), clone(remote, "two")
    folder = one / "data" / "history"
    pull(one, BRANCH, folder)
    fill(folder, days=5)
    publish(one, folder, BRANCH, "Fill")
    pull(two, BRANCH, two / "data" / "history")
    lines = lines_of(folder / FILE)
    path = folder / FILE
    path.write_bytes(b"".join(lines[1:]))
    git(folder, "commit", "-qam", "Take out a round")
    git(folder, "push", "-q", "origin", BRANCH)
    with exclusive_lock(folder):
        assert accept(folder, EDITED, "A wrong clock")
        catch_up(folder, [EDITED])
    HistoryStore(folder).append(made_round(DAY0 + 60, run=4))
    HistoryStore(two / "data" / "history").append(made_round(DAY0 + 61, run=5))
    publish(two, two / "data" / "history", BRANCH, "Late")

    publish(one, folder, BRANCH, "Accepted")

    report = verify(folder, now=NOW)
    assert report.findings == ()
    assert "2026-03-05: a person accepted an edit: A wrong clock" in report.notes


def test_compact_and_squash_keep_it_verifiable(remote: Path) -> None:
    root = clone(remote, "one")
    folder = root / "data" / "history"
    pull(root, BRANCH, folder)
    write_rounds(folder, made_past(DAY0, DAY0 + 20 * DAY, every=3600))
    roll(folder, DAY0 + 20 * DAY + 7200)
    now = DAY0 + 20 * DAY + 7200
    publish(root, folder, BRANCH, "Fill")
    head = head_of(folder)

    assert compact(root, folder, BRANCH, now=now, retention_days=9).days == 11
    squash(root, folder, BRANCH)

    assert verify(folder, now=now).ok
    assert head_of(folder) == head
    assert git(remote, "show", f"{BRANCH}:{NAME}").splitlines()[-1].count('"roll"') == 1
    path = folder / "daily" / "2026.json"
    path.write_bytes(path.read_bytes().replace(b'"down"', b'"up"', 1))
    assert days_named(verify(folder, now=now)) == {"2026-03-02"}


def test_a_run_that_is_killed_between_the_seal_and_the_roll_up_is_made_good(folder: Path) -> None:
    before = (folder / "daily" / "2026.json").read_bytes()
    HistoryStore(folder).append(made_round(EDITED + 77, run=5))
    roll(folder)
    (folder / "daily" / "2026.json").write_bytes(before)

    assert not [one for one in look(folder).edited if "daily" in one.file]
    roll(folder)
    assert look(folder).ok
    sealed = len(read_chain(folder).links)
    roll(folder)
    assert len(read_chain(folder).links) == sealed


@pytest.mark.long
def test_an_untampered_year_is_sound_and_each_tampered_day_is_named(tmp_path: Path) -> None:
    write_rounds(tmp_path, made_past(DAY0, DAY0 + 365 * DAY, every=1800))
    now = DAY0 + 366 * DAY
    roll(tmp_path, now)
    assert verify(tmp_path, now=now).findings == ()
    for day in (0, 100, 364):
        path = tmp_path / relative_path(DAY0 + day * DAY)
        whole = path.read_bytes()
        path.write_bytes(whole.replace(b'"took":12', b'"took":13', 1))
        named = [str(one) for one in verify(tmp_path, now=now).edited]
        assert named == [
            (
                f"{relative_path(DAY0 + day * DAY)}: {day_name(DAY0 + day * DAY)}: "
                "its rounds are others than were sealed"
            )
        ]
        path.write_bytes(whole)
