"""``export data``: read by a script that knows nothing of the program, and counted again."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest

from statusgen.base.clock import DAY, format_instant
from statusgen.history.rollup import roll_up
from statusgen.history.store import HistoryStore
from tests.cli.harness import statusgen, write_config
from tests.history.made import DAY0, made_past, write_rounds

CONFIG = """\
site: {name: "Example | Status"}
monitors:
  - id: m0
    name: Zero
    url: "https://ada:s3cret@m0.example.com:8443/hook/t0ken?key=k3y"
    http: {headers: {Authorization: "Bearer l1teral"}}
  - {id: one, name: One, url: "https://$HOST_OF_ONE/"}
notifications:
  - {id: team, to: "https://hooks.example.com/t0psecret"}
"""
INCIDENT = """\
---
title: Mail is slow
impact: minor
affected: [{component: one}]
started: 2026-03-03T10:00:00Z
---
## Investigating · 2026-03-03T10:05:00Z

We look, *now*.

## Resolved · 2026-03-03T11:00:00Z

It was a queue.
"""
WINDOW = """\
---
title: Upgrade
affected: [m0]
start: 2026-03-04 02:00
duration: 2h
repeat: FREQ=WEEKLY
---
The disk is replaced.
"""
DAYS = 4


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_config(folder, CONFIG)
    for name, text in (("incidents/2026-03-03-mail", INCIDENT), ("maintenance/u", WINDOW)):
        path = folder / "content" / f"{name}.md"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    history = folder / "data" / "history"
    write_rounds(history, made_past(DAY0, DAY0 + DAYS * DAY + 7200, every=300))
    roll_up(HistoryStore(history), now=DAY0 + DAYS * DAY + 7200, cadences={}, max_gap=None)
    done = statusgen(folder, "export", "data", "out")
    assert done.code == 0, done.err
    return folder


def table(root: Path, name: str) -> list[dict[str, str]]:
    with (root / "out" / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_round_and_check_is_there(root: Path) -> None:
    rounds = made_past(DAY0, DAY0 + DAYS * DAY + 7200, every=300)
    lines = (root / "out" / "rounds" / "2026-03.jsonl").read_text().splitlines()
    assert [json.loads(line)["round"] for line in lines] == [each.key for each in rounds]
    checks = table(root, "checks/2026-03.csv")
    assert [(row["at"], row["monitor"], row["state"], row["ms"]) for row in checks] == [
        (
            format_instant(each.at),
            name,
            check.state.value,
            "" if check.ms is None else str(check.ms),
        )
        for each in rounds
        for name, check in sorted(each.checks.items())
    ]


def test_days_follow_from_the_checks_by_plain_counting(root: Path) -> None:
    """Rounds come every five minutes, so each stands for 300 seconds: no gap ever opens."""
    counted: dict[tuple[str, str], dict[str, int]] = {}
    for row in table(root, "checks/2026-03.csv"):
        day = counted.setdefault((row["at"][:10], row["monitor"]), {})
        day[row["state"]] = day.get(row["state"], 0) + 300
    # m1 is configured no more; its past is there all the same.
    days = [row for row in table(root, "days.csv") if row["day"] < "2026-03-06"]
    assert len(days) == 2 * DAYS
    for row in days:
        told = counted[row["day"], row["monitor"]]
        for state in ("up", "degraded", "partial", "down"):
            assert int(row[f"{state}_seconds"]) == told.get(state, 0)
        assert int(row["unobserved_seconds"]) == told.get("unknown", 0)
        times = sorted(
            int(check["ms"])
            for check in table(root, "checks/2026-03.csv")
            if (check["at"][:10], check["monitor"]) == (row["day"], row["monitor"])
            and check["state"] in ("up", "degraded")
        )
        assert int(row["p50_ms"]) == pytest.approx(times[len(times) // 2], rel=0.1)


def test_outages_are_the_seconds_that_days_count_as_down(root: Path) -> None:
    outages = table(root, "outages.csv")
    assert {row["worst"] for row in outages} == {"down"}
    for monitor in ("m0", "m1"):
        down = sum(int(row["seconds"]) for row in outages if row["monitor"] == monitor)
        days = table(root, "days.csv")
        assert down == sum(int(row["down_seconds"]) for row in days if row["monitor"] == monitor)


def test_words_are_there_and_can_be_read_back(root: Path) -> None:
    out = root / "out"
    (incident,) = json.loads((out / "incidents.json").read_text())
    assert [update["phase"] for update in incident["updates"]] == ["investigating", "resolved"]
    assert (incident["started"], incident["resolved"]) == (
        "2026-03-03T10:00:00Z",
        "2026-03-03T11:00:00Z",
    )
    (window,) = json.loads((out / "maintenance.json").read_text())
    assert (window["start"], window["repeat"]) == ("2026-03-04T02:00:00Z", "FREQ=WEEKLY")
    judged = statusgen(root, "validate", "out/incidents/2026-03-03-mail.md")
    assert judged.code == 0, judged.err


def test_each_file_is_described_with_its_digest_and_columns(root: Path) -> None:
    out = root / "out"
    package = json.loads((out / "datapackage.json").read_text())
    readme = (out / "README.md").read_text()
    listed = {each["path"] for each in package["resources"]}
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert files == listed | {"README.md", "datapackage.json"}
    for each in package["resources"]:
        content = (out / each["path"]).read_bytes()
        assert each["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        if each["path"].endswith(".csv"):
            names = [field["name"] for field in each["schema"]["fields"]]
            assert names == content.decode().splitlines()[0].split(",")
            assert all(f"`{name}`" in readme for name in names)


def test_no_secret_is_in_it(root: Path) -> None:
    whole = b"".join(path.read_bytes() for path in (root / "out").rglob("*") if path.is_file())
    for secret in (
        b"s3cret",
        b"t0ken",
        b"k3y",
        b"l1teral",
        b"t0psecret",
        b"hooks.example",
        b"ada:",
    ):
        assert secret not in whole
    assert b"https://m0.example.com:8443" in whole


def test_the_same_files_give_the_same_bytes_and_nothing_of_others_goes(root: Path) -> None:
    out = root / "out"
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert statusgen(root, "export", "data", "out", env={"TZ": "Asia/Tokyo"}).code == 0
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before

    (out / "mine.txt").write_text("mine")
    refused = statusgen(root, "export", "data", "out")
    assert (refused.code, "mine.txt" in refused.err) == (2, True)
    assert statusgen(root, "export", "data", "content").code == 2
    (out / "mine.txt").unlink()
