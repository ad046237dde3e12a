"""The guide shows what a simulated month comes to, and what the schedules really cost."""

from __future__ import annotations

from statusgen.setup.schedule_files import Kind
from statusgen.setup.schedules import MONTH, PUBLISHED_MINUTES, RELAY, SINGLE, VISITS, dollars
from tests.conftest import ROOT
from tests.simulator.month import months, table

GUIDE = (ROOT / "content/guide/schedules.md").read_text(encoding="utf-8")


def test_the_guide_shows_what_the_simulator_prints() -> None:
    assert table(months(1)) in GUIDE


def test_the_guide_shows_what_is_charged() -> None:
    for schedule in (VISITS, SINGLE, RELAY):
        assert f"| {schedule.minutes:,} | ${schedule.dollars} |" in GUIDE
    publishing = MONTH // 3600 * PUBLISHED_MINUTES
    assert f"| {publishing:,} | ${dollars(publishing)} |" in GUIDE


def test_the_guide_names_every_kind() -> None:
    for kind in Kind:
        assert f"| `{kind}` |" in GUIDE
