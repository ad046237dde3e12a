from __future__ import annotations

import os
from pathlib import Path

import pytest

from statusgen.base.clock import DAY
from statusgen.base.errors import OutsideError
from statusgen.history.record import to_line
from statusgen.history.repair import repair
from statusgen.history.rollup import roll_up
from statusgen.history.store import HistoryStore
from statusgen.history.timeline import load_timeline
from statusgen.history.verify import VerifyReport, verify
from tests.history.made import DAY0, made_past, made_round, write_rounds

NOW = DAY0 + 12 * DAY
CADENCES = {"m0": 300, "m1": 300}
FIRST = "2026/03/2026-03-02.jsonl"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Eleven days of rounds every half hour, ten of them rolled up."""
    write_rounds(tmp_path, made_past(DAY0, NOW - DAY + 7200, every=1800))
    assert roll_up(HistoryStore(tmp_path), now=NOW - DAY + 7200, cadences=CADENCES, max_gap=None)
    return tmp_path


def check(folder: Path) -> VerifyReport:
    return verify(folder, now=NOW)


def edit(path: Path, old: bytes, new: bytes, line: int) -> None:
    lines = path.read_bytes().splitlines(True)
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    path.write_bytes(b"".join(lines))


def test_a_sound_history_has_no_findings(folder: Path) -> None:
    report = check(folder)
    assert report.findings == ()
    assert report.ok
    assert (report.files, report.rounds, report.rolled_days) == (12, 11 * 48 + 4, 11)


def test_a_missing_history_is_empty_and_sound(tmp_path: Path) -> None:
    report = check(tmp_path / "none")
    assert report.ok
    assert report.rounds == 0


def test_an_altered_round_names_its_day(folder: Path) -> None:
    edit(folder / FIRST, b'"state":"down"', b'"state":"up"', line=1)
    report = check(folder)
    assert not report.ok
    assert str(report.mismatches[0]) == (
        "daily/2026.json: 2026-03-02: its rounds are others than were rolled up"
    )


def test_a_deleted_round_names_its_day(folder: Path) -> None:
    path = folder / "2026/03/2026-03-05.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(True)[1:]))
    assert "2026-03-05" in check(folder).mismatches[0].reason


def test_an_altered_roll_up_names_its_day(folder: Path) -> None:
    path = folder / "daily" / "2026.json"
    path.write_bytes(path.read_bytes().replace(b'"down"]', b'"up"]', 1))
    [finding] = check(folder).mismatches
    assert finding.reason == "2026-03-02: does not follow from its rounds"


def test_every_kind_of_damage_is_named_with_its_line_and_kept_by_repair(folder: Path) -> None:
    path = folder / FIRST
    lines = path.read_bytes().splitlines(True)
    stray = to_line(made_round(DAY0 + 3 * DAY + 77, run=7))
    future = to_line(made_round(NOW + 3600, run=8))
    damaged = [b"<<<<<<< HEAD\n", b"\0\0\0\n", b"\xff\xfe\n", stray, lines[4], future]
    path.write_bytes(b"".join([*lines, *damaged, b'{"v":1,"rou']))
    (folder / "notes.txt").write_text("mine")
    (folder / "2026" / "03" / ".tmp-x").write_text("stray")

    report = check(folder)
    count = len(lines)
    assert [finding.line for finding in report.bad_lines] == [count + n for n in (1, 2, 3, 4)]
    assert [finding.line for finding in report.torn_tails] == [count + 7]
    assert [finding.line for finding in report.future] == [count + 6]
    assert [finding.line for finding in report.duplicates] == [count + 5]
    assert {finding.file for finding in report.unknown_files} == {
        "notes.txt",
        "2026/03/.tmp-x",
    }

    done = repair(folder, now=NOW)
    assert (done.quarantined, done.refiled) == (5, 1)  # the round of a wrong clock, too
    again = check(folder)
    assert again.bad_lines == again.torn_tails == ()
    assert again.quarantined == 5
    kept = (folder / "quarantine.jsonl").read_text()
    assert kept.count(FIRST) == 5
    assert made_round(NOW + 3600, run=8).key in kept
    assert f'"line":{count + 1},' in kept
    keys = {round_.key for round_ in HistoryStore(folder).rounds(0)}
    assert made_round(DAY0 + 3 * DAY + 77, run=7).key in keys
    assert made_round(NOW + 3600, run=8).key not in keys
    assert repair(folder, now=NOW).quarantined == 0


def test_after_repair_the_roll_up_of_the_damaged_day_still_follows(folder: Path) -> None:
    with (folder / FIRST).open("ab") as file:
        file.write(b"=======\n")
    repair(folder, now=NOW)
    assert check(folder).ok


def test_lines_of_a_newer_version_stay_where_they_are(folder: Path) -> None:
    newer = b'{"v":2,"anything":[]}\n'
    with (folder / FIRST).open("ab") as file:
        file.write(newer)
    assert "newer than this program" in check(folder).bad_lines[0].reason
    assert repair(folder, now=NOW).quarantined == 0
    assert (folder / FIRST).read_bytes().endswith(newer)


def test_two_rounds_of_one_key_that_differ_are_a_conflict(folder: Path) -> None:
    with (folder / FIRST).open("ab") as file:
        file.write(to_line(made_round(DAY0)))
    report = check(folder)
    assert not report.ok
    assert "different content" in report.conflicts[0].reason


def test_a_damaged_line_of_roll_ups_costs_one_day_and_is_made_again(folder: Path) -> None:
    path = folder / "daily" / "2026.json"
    before = path.read_bytes()
    lines = before.splitlines(True)
    path.write_bytes(b"".join([*lines[:3], b"<<<<<<< HEAD\n", b",x" + lines[3], *lines[4:]]))
    report = check(folder)
    assert [finding.line for finding in report.bad_lines] == [4, 5]
    assert report.rolled_days == 10
    assert repair(folder, now=NOW).quarantined == 2
    now = NOW - DAY + 7200
    assert roll_up(HistoryStore(folder), now=now, cadences=CADENCES, max_gap=None) == 1
    assert path.read_bytes() == before


def test_roll_ups_past_retention_are_not_called_wrong(folder: Path) -> None:
    for day in ("02", "03", "04"):
        (folder / f"2026/03/2026-03-{day}.jsonl").unlink()
    assert check(folder).ok


def test_a_roll_up_whose_states_were_altered_is_found_and_made_anew(folder: Path) -> None:
    year = folder / "daily" / "2026.json"
    sound = year.read_bytes()
    year.write_bytes(sound.replace(b'"down"]', b'"up"]'))
    assert year.read_bytes() != sound
    assert "does not follow from its rounds" in str(check(folder).mismatches[0])
    assert repair(folder, now=NOW).rolled > 0
    assert year.read_bytes() == sound
    assert check(folder).ok
    assert repair(folder, now=NOW).rolled == 0


def test_a_roll_up_is_no_witness_against_itself_where_the_rounds_changed(folder: Path) -> None:
    """Made anew it would agree with rounds that somebody altered."""
    edit(folder / FIRST, b'"state":"down"', b'"state":"up"', line=1)
    assert repair(folder, now=NOW).rolled == 0
    assert not check(folder).ok


def test_a_closed_day_without_its_file_is_not_sound_but_retention_is(folder: Path) -> None:
    (folder / FIRST).unlink()
    assert check(folder).missing == ()
    (folder / "2026/03/2026-03-07.jsonl").unlink()
    (finding,) = check(folder).missing
    assert str(finding).startswith("2026/03/2026-03-07.jsonl: the 48 rounds of 2026-03-07 are gone")
    for path in folder.glob("2026/03/*.jsonl"):
        path.unlink()
    assert not check(folder).ok


@pytest.mark.parametrize("hidden", ["2026", "2026/03", "daily"])
def test_a_folder_that_cannot_be_read_is_an_error_with_its_name(
    folder: Path, hidden: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kernel lets root read everything, so its refusal is played here."""
    real = os.scandir

    def scandir(path: str | Path) -> object:
        if Path(path) == folder / hidden:
            raise PermissionError(13, "Permission denied")
        return real(path)

    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", scandir)
        with pytest.raises(OutsideError, match=f"{hidden}: Permission denied"):
            load_timeline(folder, now=NOW, cadences=CADENCES, max_gap=None)
        with pytest.raises(OutsideError, match=f"{hidden}: Permission denied"):
            check(folder)
