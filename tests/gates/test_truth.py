"""What the program says of a made-up past is what an independent script worked out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.harness import statusgen, write_config
from tests.gates import truth

GOLDEN = Path(__file__).parent / "golden" / "truth.json"
AT = ("--now", "2026-11-20T12:00:00Z")
CONFIG = """\
site: {name: Test, url: 'https://status.example/', show: [promises]}
canaries: []
defaults: {interval: 10m}
monitors:
  - {id: api, name: API, url: 'https://api.example/'}
  - {id: web, name: Web, url: 'https://www.example/'}
  - id: queue
    name: Queue
    url: https://queue.example/
    http: {expect: {json: {path: $.n, at_least: 0}}}
"""
ROADMAP = """\
id: plan
name: Plan
currency: USD
stages:
  - {id: now, name: Now, trigger: Now, status: current}
  - {id: more, name: More, trigger: 50+ users, depends_on: [now]}
  - {id: many, name: Many, trigger: 200+ users, when: 2027-05-01 to 2027-07-01}
  - {id: rich, name: Rich, trigger: "900+ paying users, compliance"}
  - {id: free, name: Free}
success:
  - {id: steady, text: Steady, metric: uptime, target: "> 99.5%", window: 30d, components: api}
  - {id: tight, text: Tight, metric: uptime, target: "> 99.85%", window: 14d,
     components: api, stage: now}
  - {id: both, text: Both, metric: uptime, target: ">= 99%", window: 7d, components: [api, web]}
  - {id: whole, text: Whole, metric: uptime, target: "> 95%", window: 45d, min_coverage: 95%,
     components: web}
  - {id: queue-week, text: Short queue, metric: other, target: "< 60 tasks", window: 7d}
rollback:
  triggers:
    - {id: hour, text: H, metric: downtime, target: "> 60 minutes", window: 24h, components: web}
    - {id: blink, text: B, metric: downtime, target: "> 5 minutes", window: 24h, components: api}
    - {id: errors, text: Errors, metric: error_rate, target: "> 2%", window: 3d,
       components: [api, web]}
metrics:
  - {id: queue, name: Queue, alert: "> 100 tasks"}
  - {id: memory, name: Memory, alert: "> 85%"}
  - {id: pool, name: Pool, alert: "> 80% of pool"}
measures:
  queue: {component: queue}
  queue-week: {component: queue}
  memory: {value: 72%, on: 2026-11-18, source: the host's own page}
"""


def write_past(folder: Path) -> None:
    """Write the rounds of the made-up past as ``statusgen check`` does."""
    days: dict[str, list[str]] = {}
    for _, line in truth.rounds():
        day = line["at"][:10]
        name = f"data/history/{day[:4]}/{day[5:7]}/{day}.jsonl"
        days.setdefault(name, []).append(json.dumps(line, separators=(",", ":")) + "\n")
    for name, lines in days.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines), encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("truth")
    write_config(folder, CONFIG)
    users = {f"2026-{month:02}-01": count for month, count in truth.USERS}
    paying = [[f"2026-{month:02}-01", count] for month, count in truth.PAYING]
    for name, text in {
        "data/roadmaps/plan.yml": ROADMAP,
        "data/metrics/users.json": json.dumps({"source": "billing", "values": users}, indent="\t"),
        "data/metrics/paying-users.json": json.dumps(paying),
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    write_past(folder)
    return folder


@pytest.fixture(scope="module")
def told(site: Path) -> dict[str, Any]:
    done = statusgen(site, "gates", "--json", *AT)
    assert done.code == 0, done.err
    found: dict[str, Any] = done.json
    return found


def test_the_golden_file_is_what_the_independent_script_says() -> None:
    assert json.loads(GOLDEN.read_text()) == json.loads(json.dumps(truth.truth()))


def test_the_script_stands_alone() -> None:
    text = Path(truth.__file__).read_text("utf-8")
    imported = {line.split()[1].split(".")[0] for line in text.splitlines()
                if line.startswith(("import ", "from "))}  # fmt: skip
    assert imported <= set(sys.stdlib_module_names)


def test_every_promise_stands_as_is_true(told: dict[str, Any]) -> None:
    gates = {f"{each['kind']}/{each['id']}": each for each in told["gates"]}
    said = {}
    for name, true in json.loads(GOLDEN.read_text()).items():
        gate = gates[name]
        shown = {
            **{key: gate[key] for key in ("verdict", "figure", "since")},
            "fired": [[each["start"], each["end"]] for each in gate["fired"]],
        }
        if gate["crossing"]:
            crossing = {key: gate["crossing"][key] for key in ("first", "likely", "last")}
            shown |= {"crossing": crossing, "method": gate["crossing"]["method"]}
        if true.get("since", "") is None:  # never another: from the first midnight that tells
            assert gate["measured"]["since_measured"]
            shown["since"] = None
        said[name] = {key: shown.get(key) for key in true}
    assert said == json.loads(GOLDEN.read_text())


def test_what_nobody_measures_says_so(told: dict[str, Any]) -> None:
    gates = {each["id"]: each for each in told["gates"]}
    assert (gates["pool"]["verdict"], gates["pool"]["why"]) == ("unknown", "source")
    assert gates["memory"]["told_by"] == "the host's own page"
    assert gates["many"]["told_by"] == "data/metrics/users.json: billing"
    assert gates["queue"]["source"] == "read"
    assert gates["queue-week"]["mean_of"] == 7 * 24


def test_the_verdicts_of_the_last_90_days_are_told_with_their_days(told: dict[str, Any]) -> None:
    gates = {each["id"]: each for each in told["gates"]}
    flips = [(each["from"], each["verdict"]) for each in gates["tight"]["verdicts"]]
    # Two hours were lost in October, fifty minutes in November; each for a fortnight.
    assert [verdict for _, verdict in flips] == ["unknown", "missed", "met", "missed"]
    assert flips[-1][0] == gates["tight"]["since"] == gates["tight"]["last_good"]


def test_a_stage_is_ready_or_not_because_of_something(told: dict[str, Any]) -> None:
    stages = {each["stage"]: each for each in told["stages"]}
    assert {name: each["state"] for name, each in stages.items()} == {
        "now": "begun", "more": "not-ready", "many": "not-ready", "rich": "not-ready",
        "free": "unasked",
    }  # fmt: skip
    because = {
        name: [(one["because"], one["good"]) for one in each["reasons"]]
        for name, each in stages.items()
    }
    assert because == {
        "now": [("criterion", False)],
        "more": [("counted", True), ("waits", False)],
        "many": [("counted", False)],
        "rich": [("counted", False), ("words", None)],
        "free": [],
    }


def test_pages_say_it_in_words(site: Path) -> None:
    built = statusgen(site, "build", "--engine", "none", "--out", "out", *AT)
    assert built.code == 0, built.err

    def page(path: str) -> str:
        text = (site / "out" / path / "index.html").read_text("utf-8")
        return text.replace("\u00a0", " ").replace("&#39;", "'").replace("<wbr>", "")

    stage = page("roadmaps/plan/stages/more")
    assert "Not ready to begin</strong><small>Because Now is not done." in stage
    stage = page("roadmaps/plan/stages/many")
    assert "Because “200+ users” is not reached (119 users)." in stage
    assert "expected about 10 Jun 2027 (1 Jun 2027 to 20 Jun 2027, 90 %)" in stage
    assert "200+ users is expected 21 d before the work on it is planned to end." in stage
    assert "expected" in page("roadmaps/plan/timeline")
    overview = page("promises")
    for text in ("Short queue", "the mean of 168 figures in the last 7 d", "the host's own page",
                 "6 as wished, 2 not, 3 that nobody can tell yet"):  # fmt: skip
        assert text in overview, text
    assert 'href="../promises/"' in page("roadmaps")
    status = page("")
    assert "6 as wished" in status
    assert "Tight: missed since 8 Nov 2026" in status
    badge = json.loads((site / "out/badges/promises.json").read_text())
    assert badge["message"] == "6 of 8 kept"
    assert badge["color"] == "red"
    assert (site / "out/badges/promises-plan.svg").is_file()
    claims = page("claims")
    line = 1 + next(n for n, each in enumerate(ROADMAP.splitlines()) if "id: steady" in each)
    assert f"plan.yml:{line}" in claims
