"""Rounds through a real Prometheus and back, and checks that a real blackbox_exporter makes."""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from statusgen.base.clock import DAY, Instant, parse_instant
from statusgen.base.secrets import Template
from statusgen.base.states import State
from statusgen.config.outside import Instance
from statusgen.demo.past import made_up_rounds
from statusgen.history.store import HistoryStore
from statusgen.history.timeline import load_timeline
from statusgen.run.engines import read_engines
from statusgen.run.site import Site
from tests.cli.harness import statusgen, write_config
from tests.conftest import ROOT
from tests.doubles import Quiet, served
from tests.engines.real import backfilled, blackbox, needed, prometheus
from tests.history.made import made_past

NOW = parse_instant("2026-03-20T12:00:00Z")
QUERIES = {"success": "statusgen_check", "duration": "probe_duration_seconds",
           "code": "probe_http_status_code"}  # fmt: skip


def configured(folder: Path, monitors: int, engine: str = "") -> Path:
    listed = "".join(
        f"- {{id: m{n}, name: M{n}, url: 'https://m{n}.example/'}}\n" for n in range(monitors)
    )
    write_config(folder, f"site: {{name: S}}\ncanaries: []\n{engine}monitors:\n{listed}")
    return folder


def through(folder: Path, *, days: int, now: Instant = NOW) -> tuple[Path, int]:
    """Export the history in ``folder``, read it back; return the new site and its rounds."""
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
    subprocess.run(
        [sys.executable, "-m", "statusgen", "export", "prometheus", "prom",
         "--samples", f"{days}d", "--now", moment],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True,
    )  # fmt: skip
    backfilled(folder / "prom")
    with prometheus(folder / "prom") as url:
        other = folder / "back"
        write_config(other, (folder / "data/status.yml").read_text("utf-8"))
        site = Site(root=other, history=other / "data/history", given_now=now)
        settings = replace(
            site.settings,
            engines=(
                Instance(kind="prometheus", url=Template(url), vantage="test", since=days * DAY,
                         queries=QUERIES),
            ),
        )  # fmt: skip
        site.__dict__["settings"] = settings
        read = read_engines(site, now=now, environ={})
        assert read.faults == ()
        again = read_engines(site, now=now, environ={})
        assert again.count == 0
    return other, read.count


def told(folder: Path, monitors: list[str], *, now: Instant, days: int) -> dict[str, object]:
    """What the history says of each monitor: its segments, and how many seconds of each state."""
    line = load_timeline(
        folder / "data/history", now=now, cadences=dict.fromkeys(monitors, 300), max_gap=None,
        days=days,
    )  # fmt: skip
    return {name: line.monitors[name].segments for name in monitors}


def down_seconds(told: dict[str, object]) -> int:
    return sum(
        part.end - part.start
        for segments in told.values()
        for part in segments  # type: ignore[attr-defined]
        if part.state is State.DOWN
    )


def there_and_back(tmp_path: Path, *, monitors: int, days: int) -> int:
    folder = configured(tmp_path / "site", monitors)
    store = HistoryStore(folder / "data/history")
    rounds = [
        replace(each, vantage="test", checks=dict(each.checks))
        for each in made_past(NOW - days * DAY + 300, NOW, monitors=monitors)
    ]
    store.extend(rounds)
    other, count = through(folder, days=days)

    names = [f"m{number}" for number in range(monitors)]
    before = told(folder, names, now=NOW, days=days)
    after = told(other, names, now=NOW, days=days)
    assert count == len(rounds)
    assert after == before
    assert down_seconds(before) > 0
    return down_seconds(after)


def test_a_history_goes_there_and_back_and_says_the_same(tmp_path: Path) -> None:
    needed("prometheus", "promtool")

    there_and_back(tmp_path, monitors=2, days=1)


@pytest.mark.long
def test_a_hundred_targets_and_thirty_days_go_there_and_back(tmp_path: Path) -> None:
    needed("prometheus", "promtool")

    there_and_back(tmp_path, monitors=100, days=30)


@pytest.mark.long
def test_the_past_of_the_demonstration_reads_the_same(tmp_path: Path) -> None:
    needed("prometheus", "promtool")
    folder = configured(tmp_path / "site", 4)
    monitors = Site(root=folder, history=folder / "data/history").settings.monitors
    usual = {monitor.id: 120 for monitor in monitors}
    rounds = [
        each
        for each in made_up_rounds(monitors, usual, until=NOW, down=monitors[1].id)
        if each.at >= NOW - 5 * DAY
    ]
    HistoryStore(folder / "data/history").extend(rounds)
    other, count = through(folder, days=6)

    names = [monitor.id for monitor in monitors]
    assert count == len(rounds)
    assert told(other, names, now=NOW, days=5) == told(folder, names, now=NOW, days=5)


class Handler(Quiet, http.server.BaseHTTPRequestHandler):
    """Answers as the path says."""

    def do_GET(self) -> None:
        self.send_response(int(self.path.strip("/") or 200))
        self.send_header("Content-Length", "0")
        self.end_headers()


@pytest.fixture
def server() -> Iterator[str]:
    with served(Handler) as address:
        yield address


@pytest.mark.long
def test_monitors_written_once_are_checked_by_blackbox_and_read_back(
    tmp_path: Path, server: str
) -> None:
    needed("prometheus", "prometheus-blackbox-exporter")
    text = (
        f"site: {{name: S}}\ncanaries: []\nmonitors:\n"
        f"- {{id: good, name: Good, url: '{server}/200', interval: 1s, timeout: 1s}}\n"
        f"- {{id: bad, name: Bad, url: '{server}/503', interval: 1s, timeout: 1s}}\n"
    )
    write_config(tmp_path, text)
    folder = tmp_path / "prom"
    assert statusgen(tmp_path, "export", "prometheus", "prom").code == 0
    with blackbox(folder, folder / "blackbox.yml") as where:
        exported = statusgen(tmp_path, "export", "prometheus", "prom", "--blackbox", where)
        assert exported.code == 0, exported.err
        with prometheus(folder, folder / "prometheus.yml") as url:
            write_config(
                tmp_path, f"engine: {{prometheus: {{url: '{url}', every: 1s, since: 1m}}}}\n{text}"
            )
            for _ in range(300):  # each asks by itself; it scrapes every second
                done = statusgen(tmp_path, "check", "--json")
                assert done.code == 0, done.err
                seen = {each["id"]: each for each in json.loads(done.out)["checks"]}
                if seen.keys() == {"good", "bad"}:
                    break

    assert (seen["good"]["state"], seen["good"]["code"]) == ("up", 200)
    assert (seen["bad"]["state"], seen["bad"]["code"]) == ("down", 503)
