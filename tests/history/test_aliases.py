"""A monitor that got another id keeps its past, wherever the change fell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from statusgen.base.clock import DAY, HOUR, Instant
from statusgen.history.rollup import roll_up
from statusgen.history.store import HistoryStore
from statusgen.history.timeline import load_timeline
from tests.history.made import DAY0, made_past, write_rounds
from tests.history.test_timeline import told

END = DAY0 + 4 * DAY + 5 * HOUR
CADENCES = {"m0": 300, "m1": 300}


@pytest.mark.parametrize("change", [DAY0 + 2 * DAY, DAY0 + 2 * DAY + 12 * HOUR, END - HOUR, END])
@pytest.mark.parametrize("rolled", [False, True])
def test_the_past_is_the_same_as_if_the_id_had_always_been_the_new_one(
    tmp_path: Path, change: Instant, rolled: bool
) -> None:
    past = made_past(DAY0, END)
    renamed = [
        replace(each, checks={"old" if k == "m0" else k: v for k, v in each.checks.items()})
        if each.at < change
        else each
        for each in past
    ]
    for name, rounds in (("always", past), ("changed", renamed)):
        write_rounds(tmp_path / name, rounds)
        if rolled:
            cadences = CADENCES | {"old": 300}
            roll_up(HistoryStore(tmp_path / name), now=END, cadences=cadences, max_gap=600)

    always, changed = (
        load_timeline(tmp_path / name, now=END, cadences=CADENCES, max_gap=600, aliases=aliases)
        for name, aliases in (("always", {}), ("changed", {"old": "m0"}))
    )

    assert told(changed) == told(always)


def test_without_the_alias_the_past_is_of_nobody(tmp_path: Path) -> None:
    write_rounds(tmp_path, made_past(DAY0, DAY0 + DAY))
    timeline = load_timeline(tmp_path, now=DAY0 + DAY, cadences={"new": 300}, max_gap=None)
    assert timeline.monitors["new"].segments == ()
