"""An Upptime repository's past: every sample found again, once, and nothing made up."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from statusgen.base.clock import parse_instant
from statusgen.base.errors import InputError
from statusgen.base.states import Reason, State
from statusgen.run.site import Site
from statusgen.run.taken import take_over
from statusgen.takeover.upptime import read_upptime

LOG = """\
e9	2026-08-22T01:07:36+00:00	:card_file_box: Update status summary [skip ci] [upptime]
e8	2026-08-21T23:13:27+02:00	🟩 Shop — Web is up (200 in 353 ms) [skip ci] [upptime]
e7	2026-08-21T20:00:01+00:00	🟥 API is down (503 in 1042 ms) [skip ci] [upptime]
e6	2026-08-21T20:00:00+00:00	🟥 Shop — Web is down (0 in 0 ms) [skip ci] [upptime]
e5	2026-08-21T20:00:00+00:00	🟩 API is up (200 in 41 ms) [skip ci] [upptime]
e4	2026-08-20T10:00:00+00:00	slow API is degraded (200 in 5200 ms) by hand
e3	2026-08-19T10:00:00+00:00	Update .upptimerc.yml
e2	2026-08-19T09:00:00+00:00	Say what is up in the README
e1	2026-08-18T09:00:00+00:00	🟩 Old name is up [skip ci]
"""
SUMMARY = [
    {"name": "Shop — Web", "slug": "shop-web", "uptime": "99.46%", "uptimeDay": "98.00%",
     "dailyMinutesDown": {"2026-08-21": 80}},
    {"name": "API", "slug": "backend", "uptime": "100.00%"},
]  # fmt: skip
NOW = parse_instant("2026-08-22T02:00:00Z")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "theirs"
    (made / "history").mkdir(parents=True)
    (made / "gitlog.tsv").write_text(LOG, "utf-8")
    (made / "history" / "summary.json").write_text(json.dumps(SUMMARY), "utf-8")
    return made


def own(folder: Path) -> Site:
    folder.mkdir(exist_ok=True)
    (folder / ".upptimerc.yml").write_text(
        "sites:\n  - {name: Shop — Web, url: 'https://shop.example.com'}\n", "utf-8"
    )
    return Site(folder, given_now=NOW)


def test_each_sample_is_found_with_its_time_state_code_and_duration(folder: Path) -> None:
    found = read_upptime(folder)

    told = [(s.at, s.site, s.state, s.code, s.ms) for s in found.samples]
    assert told == [
        (parse_instant("2026-08-20T10:00:00Z"), "backend", State.DEGRADED, 200, 5200),
        (parse_instant("2026-08-21T20:00:00Z"), "backend", State.UP, 200, 41),
        (parse_instant("2026-08-21T20:00:00Z"), "shop-web", State.DOWN, None, 0),
        (parse_instant("2026-08-21T20:00:01Z"), "backend", State.DOWN, 503, 1042),
        (parse_instant("2026-08-21T21:13:27Z"), "shop-web", State.UP, 200, 353),
    ]
    assert found.unread == ("🟩 Old name is up [skip ci]",)


def test_upptimes_own_figures_are_kept_beside(folder: Path) -> None:
    shop, api = read_upptime(folder).stated

    assert shop.uptime == {"all": "99.46%", "day": "98.00%"}
    assert shop.minutes_down == {"2026-08-21": 80}
    assert (api.site, api.minutes_down) == ("backend", {})


def test_samples_of_one_second_are_one_round_and_of_one_site_never(folder: Path) -> None:
    rounds = list(read_upptime(folder).rounds)

    assert [sorted(one.checks) for one in rounds] == [
        ["backend"],
        ["backend", "shop-web"],
        ["backend"],
        ["shop-web"],
    ]
    assert len({one.key for one in rounds}) == 4
    assert rounds[1].checks["shop-web"].reason == Reason.CONNECT
    assert rounds[2].checks["backend"].reason == Reason.STATUS


def test_a_past_is_brought_once_however_often_it_is_repeated(folder: Path, tmp_path: Path) -> None:
    site = own(tmp_path / "ours")

    dry = take_over(site, read_upptime(folder), now=NOW, dry_run=True)
    assert dry.rounds == 4
    assert list(site.store.rounds(0)) == []
    first = take_over(site, read_upptime(folder), now=NOW)
    again = take_over(own(tmp_path / "ours"), read_upptime(folder), now=NOW)

    assert (first.rounds, first.known) == (4, 0)
    assert (again.rounds, again.known) == (0, 4)
    assert len(list(site.store.rounds(0))) == 4
    assert [(m.id, m.configured, m.samples, m.failed) for m in first.monitors] == [
        ("backend", False, 3, 1),
        ("shop-web", True, 2, 1),
    ]


def test_what_nobody_observed_stays_grey(folder: Path, tmp_path: Path) -> None:
    take_over(own(tmp_path / "ours"), read_upptime(folder), now=NOW)
    (shop,) = own(tmp_path / "ours").snapshot.components

    # Down at 20:00 and up at 21:13: no sample stands for more than its hour, nor for what came
    # before it.
    assert max(one.observed for one in shop.uptimes.values()) <= 2 * 3600


def test_a_real_clone_is_read_and_a_shallow_one_refused(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()

    def git(*arguments: str, where: Path = theirs) -> None:
        subprocess.run(
            ["git", "-c", "user.name=U", "-c", "user.email=u@example.com", *arguments],
            cwd=where, check=True, capture_output=True,
        )  # fmt: skip

    git("init", "-q", "-b", "main")
    for message in (
        "🟩 API is up (200 in 41 ms) [skip ci] [upptime]",
        "🟥 API is down (0 in 0 ms)",
    ):
        git("commit", "-q", "--allow-empty", "-m", message)
    git(
        "clone", "-q", "--depth", "1", f"file://{theirs}", str(tmp_path / "shallow"), where=tmp_path
    )

    assert [s.state for s in read_upptime(theirs).samples] == [State.UP, State.DOWN]
    with pytest.raises(InputError, match="shallow"):
        read_upptime(tmp_path / "shallow")


def test_a_folder_without_a_log_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_upptime(tmp_path)

    assert "git log --format=" in str(caught.value.problems[0].fix)


@pytest.mark.parametrize(
    "line", ["", "x", "a\tb", "a\tnot a time\tA is up (200 in 1 ms)", "\0\t\t"]
)
def test_hostile_logs_end_in_no_traceback(folder: Path, line: str) -> None:
    (folder / "gitlog.tsv").write_text(line + "\n" + LOG, "utf-8")

    assert len(read_upptime(folder).samples) == 5
