"""Broken set-ups: ``doctor`` names each with its cure; what looks alike and is well it does not."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from statusgen.base.states import Reason, State
from statusgen.history.dayfile import day_of, relative_path
from statusgen.history.record import to_line
from statusgen.notify.message import Outcome
from statusgen.notify.outbox import Outbox
from statusgen.probe.round import Check, Round
from statusgen.run.site import Site
from statusgen.setup.doctor import Report, examine
from statusgen.setup.starter import starter_files
from statusgen.setup.wheel import Wheel
from tests.cli.harness import statusgen
from tests.cli.test_push import git
from tests.setup.test_doctor import NOW, answered, letter

DAY = 86_400
WHEEL = Wheel("statusgen-0.1.0-py3-none-any.whl", b"program")
STATUS, PAGES = (f".github/workflows/{name}.yml" for name in ("status", "pages"))
Change = Callable[[Path], object]


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository as ``init`` makes it, with a remote and a day of rounds."""
    place = tmp_path_factory.mktemp("healthy")
    root = place / "root"
    files = starter_files(
        name="Acme", urls=["https://api.example/"], site_url="https://s.example/", wheel=WHEEL
    )
    for path, content in files.items():
        write(root, path, content.decode())
    git(place, "init", "-q", "--bare", "-b", "main", "remote.git")
    git(root, "init", "-q", "-b", "main")
    git(root, "remote", "add", "origin", f"file://{place}/remote.git")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Begin")
    git(root, "push", "-q", "origin", "main")
    rounds(root, range(NOW - DAY * 5 // 4, NOW, 300))
    return root


@pytest.fixture
def root(healthy: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "copy"
    shutil.copytree(healthy, copy)
    return copy


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def edit(path: str, *pairs: tuple[str, str]) -> Change:
    def change(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        for before, after in pairs:
            assert before in text
            text = text.replace(before, after)
        write(root, path, text)

    return change


def add(path: str, text: str) -> Change:
    return lambda root: write(root, path, text)


def append(path: str, text: str) -> Change:
    return lambda root: write(root, path, (root / path).read_text(encoding="utf-8") + text)


def remove(path: str) -> Change:
    return lambda root: (root / path).unlink()


def run(*command: str) -> Change:
    return lambda root: git(root, *command)


def both(*changes: Change) -> Change:
    return lambda root: [change(root) for change in changes]


def rounds(
    root: Path,
    times: Iterable[int],
    monitor: str = "api-example",
    *,
    vantage: str = "test",
    net: str = "ok",
) -> None:
    check = Check(state=State.UP, ms=5)
    if net == "lost":
        check = Check(state=State.UNKNOWN, reason=Reason.VANTAGE)
    for at in times:
        done = Round(
            key=f"r-{at}-{vantage}-1-1",
            at=at,
            vantage=vantage,
            took_ms=5,
            net=net,
            checks={monitor: check},
        )
        path = root / "data" / "history" / relative_path(day_of(at))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(to_line(done))


def from_place(vantage: str, start: int, end: int, net: str = "ok") -> Change:
    """Add rounds of another place, from ``start`` to ``end`` minutes ago."""
    times = range(NOW - 60 * start, NOW - 60 * end, 300)
    return lambda root: rounds(root, times, vantage=vantage, net=net)


def recorded(*days_ago: float, monitor: str = "api-example") -> Change:
    return lambda root: rounds(root, sorted(NOW - int(days * DAY) for days in days_ago), monitor)


def lock(name: str, age: float) -> Change:
    def change(root: Path) -> None:
        write(root, f".git/{name}", "")
        os.utime(root / ".git" / name, (time.time() - age, time.time() - age))

    return change


def without_rounds_since(days: float) -> Change:
    def change(root: Path) -> None:
        shutil.rmtree(root / "data/history")
        rounds(root, range(NOW - 6 * DAY, NOW - int(days * DAY), 300))

    return change


def dead_letter(root: Path) -> None:
    at = NOW - 40_000
    records = letter("d", at, answered("d", at + 5, Outcome.PERMANENT, dead=True))
    Outbox(root / "data/history").append(records)


ENV = "          GITHUB_TOKEN: ${{ github.token }}\n          # Name here"
BROKEN: dict[str, tuple[Change, str, str, str]] = {
    # name: how it is broken, what is named, how bad, a part of the cure
    "a fault in the configuration": (
        edit("data/status.yml", ("monitors:", "monitor:")),
        "configuration", "bad", "statusgen validate",
    ),
    "two configurations": (
        add(".upptimerc.yml", "owner: a\nrepo: b\nsites: []\n"),
        "configuration", "doubt", "git rm .upptimerc.yml",
    ),
    "a secret that is not passed": (
        edit("data/status.yml", ("https://api.example/", "https://api.example/?k=$API_KEY")),
        "secrets", "bad", "API_KEY: ${{ secrets.API_KEY }}",
    ),
    "issues are asked for, and the job may not write them": (
        append("data/status.yml", "github: {issues: true, repository: a/b}\n"),
        "rights", "bad", "issues: write",
    ),
    "no token for the push": (
        edit(STATUS, (ENV, ENV.replace("GITHUB_TOKEN", "OTHER"))),
        "rights", "bad", "GITHUB_TOKEN: ${{ github.token }}",
    ),
    "the job may not push": (
        edit(STATUS, ("contents: write", "contents: read")),
        "rights", "bad", "contents: write",
    ),
    "no round for a day": (
        without_rounds_since(1),
        "schedule", "bad", "statusgen history pull",
    ),
    "no round ever": (
        lambda root: shutil.rmtree(root / "data/history"),
        "schedule", "bad", "statusgen history pull",
    ),
    "a place without a network": (
        both(from_place("home", 600, 180), from_place("home", 180, 0, "lost")),
        "vantage", "bad", "mend the network of home",
    ),
    "the only place is without a network": (
        both(without_rounds_since(0.5), from_place("test", 719, 0, "lost")),
        "vantage", "bad", "mend the network of test",
    ),
    "a place that has gone": (
        from_place("home", 900, 420), "vantage", "doubt", "--vantage home",
    ),
    "a place that is named and never came": (
        append("data/status.yml", "vantages: [test, eu-west]\n"),
        "vantage", "doubt", "--vantage eu-west",
    ),
    "a dead letter": (dead_letter, "alerts", "bad", "statusgen notify retry --all"),
    "a damaged line": (
        append(f"data/history/{relative_path(day_of(NOW - DAY))}", '{"v":1,"round":\n'),
        "history", "bad", "statusgen history repair",
    ),
    "conflict markers in a day": (
        append(f"data/history/{relative_path(day_of(NOW - DAY))}", "<<<<<<< HEAD\n=======\n"),
        "history", "bad", "statusgen history repair",
    ),
    "lines that were set aside": (
        add("data/history/quarantine.jsonl", '{"file":"x","line":1,"reason":"r","text":"t"}\n'),
        "quarantine", "doubt", "quarantine.jsonl",
    ),
    "a lock of a git that died": (
        lock("index.lock", 7200), "locks", "doubt", "index.lock",
    ),
    "a clock that ran ahead": (recorded(-0.5), "clock", "bad", "set-ntp true"),
    "a history without a monitor": (
        recorded(1.001, 1.1001, monitor="old-name"), "orphans", "doubt", "aliases: [old-name]",
    ),
    "rounds long past their retention": (
        recorded(*range(125, 130)), "size", "doubt", "statusgen history compact",
    ),
    "no remote": (run("remote", "remove", "origin"), "remote", "bad", "git remote add origin"),
    "another branch than the one that publishes": (
        run("branch", "-m", "master"), "pages", "bad", "branches: [master]",
    ),
    "no branch is checked out": (
        both(
            append("data/status.yml", "history: {branch: null}\n"),
            run("checkout", "-q", "--detach"),
        ),
        "branch", "bad", "git switch",
    ),
    "the history in the main branch": (
        run("add", "--force", "data/history"), "branch", "doubt", "git rm -r -q --cached",
    ),
    "the workflow that publishes is gone": (
        remove(PAGES), "pages", "bad", "statusgen upgrade --apply --take",
    ),
    "a workflow that is no YAML": (
        add(".github/workflows/other.yml", "on: push\njobs:\n\ta: b\n"),
        "workflows", "bad", "other.yml",
    ),
    "zensical builds": (
        add(".github/workflows/z.yml", "on: push\njobs: {a: {steps: [{run: zensical build}]}}\n"),
        "engine", "bad", "statusgen export site content && zensical build",
    ),
    "a second place without its secrets": (
        append(
            "data/status.yml",
            "publish:\n"
            "  - {to: 's3://bucket', url: 'https://b.example/', key: $B_KEY, secret: $B_SECRET}\n",
        ),
        "second place", "bad", "B_KEY: ${{ secrets.B_KEY }}",
    ),
    "zensical builds elsewhere": (
        add(".gitlab-ci.yml", "pages:\n  script:\n    - .venv/bin/zensical build --clean\n"),
        "engine", "bad", "statusgen export site content && zensical build",
    ),
    "zensical builds, and nothing completes it": (
        add(
            ".github/workflows/z.yml",
            "on: push\njobs: {a: {steps: [{run: statusgen export site content}, "
            "{run: zensical build}]}}\n",
        ),
        "engine", "bad", "statusgen export site --into site",
    ),
    "upptime runs still": (
        add(
            ".github/workflows/uptime.yml",
            "on: push\njobs: {a: {steps: [{uses: upptime/uptime-monitor@v1}]}}\n",
        ),
        "upptime", "doubt", "git rm .github/workflows/uptime.yml",
    ),
    "a runner that is gone": (
        add(".github/workflows/x.yml", "on: push\njobs: {a: {runs-on: ubuntu-20.04, steps: []}}\n"),
        "versions", "bad", "ubuntu-24.04",
    ),
    "a Python at its end": (
        add(
            ".github/workflows/x.yml",
            "on: push\njobs: {a: {steps: [{uses: x@y, with: {python-version: '3.10'}}]}}\n",
        ),
        "versions", "doubt", "python-version",
    ),
    "a manifest in conflict": (
        add(".statusgen.json", "<<<<<<< HEAD\n"), "generated", "bad", "statusgen upgrade --check",
    ),
    "a form with other components": (
        append("data/status.yml", "  - {id: new, name: New, url: 'https://new.example/'}\n"),
        "configuration", "doubt", "statusgen validate",
    ),
}  # fmt: skip
ALIKE: dict[str, Change] = {
    "nothing": lambda root: None,
    "a network that was gone for half an hour": from_place("home", 30, 0, "lost"),
    "a network that came back": both(from_place("home", 600, 10, "lost"), from_place("home", 9, 0)),
    "a place that is late": from_place("home", 900, 120),
    "strangers were asked yesterday": from_place("globalping", 1300, 1295),
    "places that all come": both(
        append("data/status.yml", "vantages: [test, home]\n"), from_place("home", 900, 0)
    ),
    "a comment on zensical": append(STATUS, "# we do not run zensical build\n"),
    "zensical with our pages": add(
        ".github/workflows/z.yml",
        "on: push\njobs: {a: {steps: [{run: statusgen export site content}, {run: zensical build}, "
        "{run: statusgen export site --into site}]}}\n",
    ),
    "a second place that takes no secret": append(
        "data/status.yml", "publish: [{to: /srv/b, url: 'https://b.example/'}]\n"
    ),
    "a remark on zensical in a Makefile": add("Makefile", "# zensical build: not yet\nsite:\n"),
    "a step that names zensical": add(
        ".github/workflows/z.yml", "on: push\njobs: {a: {steps: [{run: pip show zensical}]}}\n"
    ),
    "a lock that was just made": lock("index.lock", 0),
    "a lock that is no lock of git": add("data/pnpm.lock", ""),
    "master, and the workflow knows it": both(
        edit(PAGES, ("branches: [main]", "branches: [ma*]")), run("branch", "-m", "master")
    ),
    "detached, with the history on its own branch": run("checkout", "-q", "--detach"),
    "a monitor that went long ago": recorded(40, 40.1, monitor="old-name"),
    "an alias": both(
        edit(
            "data/status.yml", ('    name: "api.example"', "    name: A\n    aliases: [old-name]")
        ),
        recorded(1.0001, monitor="old-name"),
    ),
    "rounds a little past their retention": recorded(100, 101),
    "a day's first minutes ahead": recorded(-0.002),
    "all rights": edit(STATUS, ("    permissions:\n", "    permissions: write-all\n    x-was:\n")),
    "a newer Python": add(
        ".github/workflows/x.yml",
        "on: push\njobs: {a: {steps: [{uses: x@y, with: {python-version: '3.14'}}]}}\n",
    ),
    "a workflow that is switched off by its name": add(".github/workflows/old.yml.off", "{"),
    "a generated file that was edited": append(STATUS, "# ours\n"),
    "a deleted generated file": remove(".github/workflows/review.yml"),
    "a secret that is passed": both(
        edit("data/status.yml", ("https://api.example/", "https://api.example/?k=$API_KEY")),
        edit(
            STATUS,
            ("# ORDERS_TOKEN: ${{ secrets.ORDERS_TOKEN }}", "API_KEY: ${{ secrets.API_KEY }}"),
        ),
    ),
}


def looked_at(root: Path, **environ: str) -> Report:
    return examine(Site(root, given_now=NOW), NOW, environ)


def wrong(report: Report) -> list[tuple[str, str, str]]:
    return [(each.what, each.level, each.cure) for each in report.findings if each.level != "fine"]


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_broken_set_up_is_named_with_its_cure(root: Path, name: str) -> None:
    change, what, level, cure = BROKEN[name]
    change(root)

    report = looked_at(root)

    found = [each for each in report.findings if (each.what, each.level) == (what, level)]
    assert found, [f"{each.what}: {each.said}" for each in report.findings]
    assert any(cure in each.cure for each in found), [each.cure for each in found]
    assert all(each.known and each.said for each in found)
    # Nothing else is called broken: what follows from it is at most the standstill of the checks.
    others = {each.what for each in report.findings if each.level == "bad"} - {what, "schedule"}
    assert others == set(), [f"{each.what}: {each.said}" for each in report.findings]


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if n % 2 else pytest.mark.long) for n, name in enumerate(ALIKE)],
)
def test_what_is_well_is_not_called_broken(root: Path, name: str) -> None:
    ALIKE[name](root)

    report = looked_at(root)

    assert wrong(report) == []


def test_every_finding_has_a_cure_and_says_how_it_is_known() -> None:
    assert len(BROKEN) >= 20
    assert all(cure for _, _, _, cure in BROKEN.values())


def test_generated_files_that_an_older_version_wrote(tmp_path: Path) -> None:
    from tests.setup.test_upgrade import FIXTURE

    shutil.copytree(FIXTURE, tmp_path / "old")
    report = looked_at(tmp_path / "old")

    (found,) = [each for each in report.findings if each.what == "generated"]
    assert (found.level, found.cure) == ("doubt", "statusgen upgrade")


def test_the_command_says_how_each_is_known_and_goes_on_after_a_fault(root: Path) -> None:
    BROKEN["a fault in the configuration"][0](root)

    done = statusgen(root, "doctor", "--now", "2026-11-18T00:00:00Z")
    told = statusgen(root, "doctor", "--json", "--now", "2026-11-18T00:00:00Z")

    assert done.code == told.code == 1
    assert "BAD   configuration: 1 faults" in done.out
    assert "seen in: reading what you wrote" in done.out
    assert "→ statusgen validate" in done.out
    assert "not seen: the clock" in done.out
    assert told.json["unseen"]
    assert all(each["known"] for each in told.json["findings"])


@pytest.mark.parametrize(("days", "level"), [(0, "fine"), (100, "doubt"), (400, "doubt")])
def test_the_end_of_the_theme_is_told_and_doubted_when_it_is_near(
    root: Path, days: int, level: str
) -> None:
    now = NOW + days * DAY

    report = examine(Site(root, given_now=now), now, {})

    (found,) = [each for each in report.findings if each.said.startswith("Material")]
    assert (found.level, bool(found.cure)) == (level, level == "doubt")
    assert "2027-05-05" in found.said
