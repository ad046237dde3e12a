"""The uptime of every scene, counted by a script that shares nothing with the program."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from statusgen.base.clock import DAY, parse_instant
from statusgen.run.record import follow
from statusgen.run.site import Site
from tests.maintenance import oracle
from tests.maintenance.scenes import SCENES

WINDOWS = {"24h": DAY, "7d": 7 * DAY, "30d": 30 * DAY, "90d": 90 * DAY}


def test_the_script_shares_nothing_with_the_program() -> None:
    tree = ast.parse(Path(oracle.__file__).read_text())
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    assert {name.partition(".")[0] for name in imported} <= set(sys.stdlib_module_names)


@pytest.mark.parametrize(
    ("counting", "rolled_up"),
    [
        ("exclude", False),
        ("count", False),
        ("exclude", True),
    ],
    ids=["left-out", "counted", "rolled-up"],
)
@pytest.mark.parametrize("name", SCENES)
def test_uptime_and_days_are_what_the_seconds_say(
    tmp_path: Path, name: str, counting: str, rolled_up: bool
) -> None:
    scene = SCENES[name]
    root = tmp_path / "site"
    scene.write(root, counting)
    now = parse_instant(scene.now)
    if rolled_up:
        follow(Site(root, given_now=now), now=now)
    site = Site(root, given_now=now)
    assert site.problems == ()
    for component in site.snapshot.components:
        since = oracle.first_round(root, component.id)
        for window, length in WINDOWS.items():
            start = max(now - length, since)
            expected = oracle.count(root, component.id, start, now, counting)
            found = component.uptimes[window]
            assert (found.good, found.observed, found.window) == (
                expected.good, expected.observed, expected.window,
            ), window  # fmt: skip
        bars = {bar.day: bar for bar in component.bars}
        for day, start, end in oracle.midnights(scene.zone, since, now):
            expected = oracle.count(root, component.id, max(start, since), min(end, now), counting)
            bar = bars[day]
            assert (bar.uptime.good, bar.uptime.observed, bar.uptime.window, bar.maintenance) == (
                expected.good, expected.observed, expected.window, expected.worked,
            ), day  # fmt: skip


def test_the_scenes_are_no_two_of_a_kind(tmp_path: Path) -> None:
    """Leaving out maintenance, or counting it, makes a difference in each but the cancelled one."""
    for name, scene in SCENES.items():
        root = tmp_path / name
        scene.write(root)
        now = parse_instant(scene.now)
        since = oracle.first_round(root, "api")
        left_out, counted = (
            oracle.count(root, "api", since, now, counting) for counting in ("exclude", "count")
        )
        always_counts = name in ("cancelled", "weekly-new-york-autumn")
        assert (left_out != counted) == (not always_counts), name
        assert bool(left_out.worked) == (name != "cancelled"), name
