from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.states import State
from statusgen.history.gitmerge import Excused, merge, nothing_excused
from statusgen.history.record import to_line
from statusgen.probe.round import Check
from tests.history.made import DAY0, made_round

LINES = [to_line(made_round(DAY0 + place)) for place in range(8)]
some_lines = st.sets(st.sampled_from(LINES))


def joined(*lines: set[bytes], excused: Excused = nothing_excused) -> set[bytes]:
    """Return the lines after a merge of base, ours, theirs; None stands for a missing file."""
    base, ours, theirs = (b"".join(sorted(each)) or None for each in lines)
    told = merge("a.jsonl", base, ours, theirs, excused) or b""
    assert told.count(b"\n") == len(set(told.splitlines()))
    return set(told.splitlines(True))


@given(some_lines, some_lines, some_lines)
def test_lines_of_the_remote_never_go(
    base: set[bytes], ours: set[bytes], theirs: set[bytes]
) -> None:
    """What we added is there, what we lack stays, what they dropped stays dropped."""
    assert joined(base, ours, theirs) == theirs | (ours - base)


@given(some_lines, some_lines, some_lines)
def test_lines_that_stand_elsewhere_may_go(
    base: set[bytes], ours: set[bytes], theirs: set[bytes]
) -> None:
    told = joined(base, ours, theirs, excused=lambda line: True)
    gone = base - ours if ours else set()
    assert told == (theirs - gone) | (ours - base)


@pytest.mark.parametrize("damage", [None, b"", b"\0" * 4096, b"\n\n"])
@pytest.mark.parametrize("path", ["2026/01/2026-01-01.jsonl", "incidents/a.md", "daily/2026.json"])
def test_damage_here_is_no_deletion(path: str, damage: bytes | None) -> None:
    theirs = file_of(("2026-01-01", 1)) if path.startswith("daily") else LINES[0]
    assert merge(path, theirs, damage, theirs) == theirs
    assert merge(path, None, damage, theirs) == theirs


def test_a_roll_up_that_is_gone_here_comes_back() -> None:
    theirs = file_of(("2026-01-01", 1), ("2026-01-02", 2))
    ours = file_of(("2026-01-02", 2))
    assert merge("daily/2026.json", theirs, ours, theirs) == theirs


def test_a_round_that_the_remote_has_in_other_words_is_not_added_again() -> None:
    ours = to_line(made_round(DAY0, {"a": Check(state=State.UP)}))
    theirs = to_line(made_round(DAY0, {"a": Check(state=State.DOWN)}))
    assert merge("a.jsonl", None, ours, theirs) == theirs


def file_of(*days: tuple[str, int]) -> bytes:
    lines = [f'"{name}":{{"size":{size}}}' for name, size in days]
    return ('{"v":1,"days":{\n' + "\n,".join(lines) + "\n}}\n").encode()


def test_roll_ups_are_joined_by_day_and_stay_json() -> None:
    base = file_of(("2026-01-01", 1), ("2026-01-02", 2))
    ours = file_of(("2026-01-01", 1), ("2026-01-02", 20), ("2026-01-04", 4))
    theirs = file_of(("2026-01-01", 10), ("2026-01-02", 2), ("2026-01-03", 3))
    told = merge("daily/2026.json", base, ours, theirs)
    assert told == file_of(
        ("2026-01-01", 10), ("2026-01-02", 20), ("2026-01-03", 3), ("2026-01-04", 4)
    )
    assert set(json.loads(told)) == {"v", "days"}


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        (b"a", b"a", b"b", b"b"),
        (b"a", b"b", b"a", b"b"),
        (b"a", b"b", b"c", b"b"),
        (b"a", None, b"a", b"a"),
        (b"a", None, b"b", b"b"),
        (b"a", b"b", None, b"b"),
        (b"a", b"a", None, None),
        (None, b"b", None, b"b"),
        (None, None, b"b", b"b"),
    ],
)
def test_other_files_are_ours_unless_we_deleted(
    base: bytes | None, ours: bytes | None, theirs: bytes | None, expected: bytes | None
) -> None:
    assert merge("incidents/a.md", base, ours, theirs) == expected
