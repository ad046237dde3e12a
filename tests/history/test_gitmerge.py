from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.states import State
from statusgen.history.gitmerge import merge
from statusgen.history.record import to_line
from statusgen.probe.round import Check
from tests.history.made import DAY0, made_round

LINES = [to_line(made_round(DAY0 + place)) for place in range(8)]
some_lines = st.sets(st.sampled_from(LINES))


@given(some_lines, some_lines, some_lines)
def test_lines_are_joined_as_sets(base: set[bytes], ours: set[bytes], theirs: set[bytes]) -> None:
    """What we added is there, what we removed is gone, what they dropped stays dropped."""
    told = merge("a.jsonl", *(b"".join(sorted(lines)) or None for lines in (base, ours, theirs)))
    expected = (theirs - (base - ours)) | (ours - base)
    assert set((told or b"").splitlines(True)) == expected
    assert (told or b"").count(b"\n") == len(expected)


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
    ("base", "ours", "theirs", "joined"),
    [
        (b"a", b"a", b"b", b"b"),
        (b"a", b"b", b"a", b"b"),
        (b"a", b"b", b"c", b"b"),
        (b"a", None, b"a", None),
        (b"a", None, b"b", b"b"),
        (b"a", b"b", None, b"b"),
        (b"a", b"a", None, None),
        (None, b"b", None, b"b"),
        (None, None, b"b", b"b"),
    ],
)
def test_other_files_are_ours_unless_we_only_deleted(
    base: bytes | None, ours: bytes | None, theirs: bytes | None, joined: bytes | None
) -> None:
    assert merge("incidents/a.md", base, ours, theirs) == joined
