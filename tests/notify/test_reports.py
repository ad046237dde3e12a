"""A channel that asks for reports is told of each closed period, once."""

from __future__ import annotations

from pathlib import Path

from statusgen.base.clock import DAY, HOUR, parse_instant
from tests.notify.world import World, config

END = parse_instant("2026-11-01T00:00:00Z")


def days(world: World, count: int) -> list[str]:
    """Let days pass with three rounds each; return what arrived."""
    told = []
    for _ in range(3 * count):
        told += world.run(8 * HOUR, api="u")
    return told


def test_a_closed_month_is_told_once_to_whoever_asks(tmp_path: Path) -> None:
    channels = (
        "  - {id: boss, to: $A, on: [], reports: monthly}\n"
        "  - {id: bank, to: $B, on: [], reports: [quarterly, yearly]}\n"
        "  - {id: team, to: $C}\n"
    )
    world = World(tmp_path, config(channels, "api"), now=END - 3 * DAY)

    told = days(world, 12)

    assert [each.partition(": ")[0] for each in told] == ["boss"]
    assert told[0].endswith("Report October 2026")
    (message,) = world.senders.arrived
    assert message.link == "https://status.example/reports/2026-10/"
    assert message.body.startswith("Api: 100.00")
    assert END < message.at <= END + DAY  # in the zone of the site


def test_a_channel_that_came_later_is_not_told_of_old_months(tmp_path: Path) -> None:
    world = World(tmp_path, config("", "api"), now=END - 3 * DAY)
    days(world, 8)
    (tmp_path / "data/status.yml").write_text(
        config("  - {id: boss, to: $A, on: [], reports: monthly}\n", "api")
    )

    assert days(world, 3) == []


def test_what_each_revision_held_is_noted_by_the_run_of_a_day(tmp_path: Path) -> None:
    world = World(tmp_path, config("", "api"), now=END - 3 * DAY)
    days(world, 3)
    ledger = tmp_path / "data/history/reports.jsonl"
    assert not ledger.exists()

    days(world, 5)

    assert len(ledger.read_bytes().splitlines()) == 1
