"""What the rounds of a day tell, and the line that holds each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from statusgen.base.clock import DAY, HOUR, MINUTE, parse_instant
from statusgen.base.states import State
from statusgen.history.daylog import Change, Rounds
from statusgen.probe.round import Check
from tests.history.made import made_round, write_rounds

DAY0 = parse_instant("2026-11-20T00:00:00Z")
UP = Check(state=State.UP, ms=120, code=200)
DOWN = Check(state=State.DOWN, ms=80, code=503, reason="status")


def rounds(folder: Path, *down: int, aliases: dict[str, str] | None = None) -> Rounds:
    """Write a day of hourly rounds; at the hours ``down`` one of two monitors fails."""
    write_rounds(
        folder,
        [
            made_round(DAY0 + hour * HOUR, {"api": DOWN if hour in down else UP, "web": UP})
            for hour in range(24)
        ],
    )
    return Rounds(folder, DAY0 + DAY, aliases or {})


def test_of_a_quiet_day_the_first_and_the_last_round_are_told(tmp_path: Path) -> None:
    log = rounds(tmp_path).between(DAY0, DAY0 + DAY)
    assert log.count == 24
    assert [(each.at - DAY0) // HOUR for each in log.told] == [0, 23]
    assert [each.line for each in log.told] == [1, 24]
    assert log.told[0].file == "2026/11/2026-11-20.jsonl"
    assert all(each.changes == () for each in log.told)


def test_rounds_that_saw_a_change_are_told_with_it(tmp_path: Path) -> None:
    log = rounds(tmp_path, 7, 8, 9).between(DAY0, DAY0 + DAY)
    told = {(each.at - DAY0) // HOUR: each for each in log.told}
    assert list(told) == [0, 7, 10, 23]
    assert told[7].changes == (Change("api", State.DOWN, "status", 503),)
    assert told[10].changes == (Change("api", State.UP, None, 200),)


def test_the_line_told_holds_the_round(tmp_path: Path) -> None:
    log = rounds(tmp_path, 7).between(DAY0, DAY0 + DAY)
    for each in log.told:
        line = (tmp_path / each.file).read_text().split("\n")[each.line - 1]
        assert f'"round":"{each.key}"' in line


@pytest.mark.parametrize("down", [(), (7,)])
def test_lines_that_were_joined_in_another_order_are_told_by_time(
    tmp_path: Path, down: tuple[int, ...]
) -> None:
    known = rounds(tmp_path, *down).between(DAY0, DAY0 + DAY)
    file = tmp_path / known.told[0].file
    lines = file.read_text().splitlines()
    file.write_text("\n".join([*reversed(lines), lines[3], "no round"]) + "\n")
    log = Rounds(tmp_path, DAY0 + DAY).between(DAY0, DAY0 + DAY)
    assert log.count == 24
    assert [each.key for each in log.told] == [each.key for each in known.told]
    for each in log.told:
        assert each.key in file.read_text().split("\n")[each.line - 1]


def test_a_day_of_another_zone_reaches_over_two_files(tmp_path: Path) -> None:
    write_rounds(
        tmp_path,
        [made_round(DAY0 - 2 * HOUR + hour * HOUR, {"api": UP}) for hour in range(6)],
    )
    log = Rounds(tmp_path, DAY0 + DAY).between(DAY0 - HOUR, DAY0 + 23 * HOUR)
    assert log.count == 5
    assert [each.file[-11:] for each in log.told] == ["11-19.jsonl", "11-20.jsonl"]


def test_rounds_asked_for_by_key_are_told(tmp_path: Path) -> None:
    all_of_them = rounds(tmp_path)
    middle = all_of_them.between(DAY0 + 5 * HOUR, DAY0 + 5 * HOUR + MINUTE).told[0]
    log = all_of_them.between(DAY0, DAY0 + DAY, [middle.key, "another"])
    assert [(each.at - DAY0) // HOUR for each in log.told] == [0, 5, 23]


def test_a_former_id_tells_of_the_monitor_that_has_it_now(tmp_path: Path) -> None:
    log = rounds(tmp_path, 7, aliases={"api": "backend"}).between(DAY0, DAY0 + DAY)
    changed = [change.monitor for each in log.told for change in each.changes]
    assert changed == ["backend", "backend"]


def test_without_rounds_nothing_is_told(tmp_path: Path) -> None:
    log = Rounds(tmp_path / "none", DAY0).between(DAY0, DAY0 + DAY)
    assert (log.count, log.told) == (0, ())


def test_lines_of_another_form_tell_the_same(tmp_path: Path) -> None:
    """Spaces, as another program's JSON has them, and a line of a newer version."""
    known = rounds(tmp_path, 7, 8).between(DAY0, DAY0 + DAY)
    file = tmp_path / known.told[0].file
    spaced = [json.dumps(json.loads(line)) for line in file.read_text().splitlines()]
    file.write_text("\n".join(spaced) + "\n")
    assert Rounds(tmp_path, DAY0 + DAY).between(DAY0, DAY0 + DAY) == known


def test_a_monitor_that_was_not_due_has_not_recovered(tmp_path: Path) -> None:
    checks = [{"api": UP}, {"api": DOWN}, {"web": UP}, {"api": UP}]
    write_rounds(tmp_path, [made_round(DAY0 + at * HOUR, told) for at, told in enumerate(checks)])
    log = Rounds(tmp_path, DAY0 + DAY).between(DAY0, DAY0 + DAY)
    changed = {(each.at - DAY0) // HOUR: each.changes for each in log.told if each.changes}
    assert list(changed) == [1, 3]
