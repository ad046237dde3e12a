"""Each command of each guide is run, or stands below with the reason why it cannot be run here."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest

from statusgen.base.clock import DAY, Instant, format_instant
from statusgen.cli import cli
from statusgen.history.chain import head_of
from statusgen.history.gitbranch import publish, pull
from statusgen.history.rollup import roll_up
from statusgen.history.store import HistoryStore
from tests.conftest import ROOT
from tests.guide.runner import Reader, commands_of, inline_commands, pages
from tests.guide.zygote import start
from tests.history.made import made_past, write_rounds
from tests.setup.conftest import host
from tests.takeover.test_cstate import theirs
from tests.takeover.test_kuma import kuma
from tests.takeover.test_statuspage import saved

__all__ = ["host", "kuma", "saved", "theirs"]

_INDEX = "installs from a package index; tests/setup/test_new_repository.py plays it"
_MAKE = "make is what runs these tests"
NOT_RUN = {
    ("getting-started", (".venv/bin/pip install --require-hashes -r requirements/site.txt "
     "-r requirements/statusgen.txt")): _INDEX,
    ("getting-started", "statusgen incident open"): "asks at a terminal: tests/cli/test_asking.py",
    ("wizard", "statusgen wizard"): "asks at a terminal: tests/cli/test_wizard.py",
    ("wizard", "statusgen wizard --file data/wizards/monitoring.yml"):
        "asks at a terminal: tests/cli/test_wizard.py",
    ("upgrade", "python3 -m venv /tmp/newer"): _INDEX,
    ("upgrade", ("/tmp/newer/bin/pip install --require-hashes -r requirements/site.txt "
     "-r requirements/statusgen.txt")): _INDEX,
    ("upgrade", "/tmp/newer/bin/statusgen validate && /tmp/newer/bin/statusgen demo"): _INDEX,
    ("troubleshooting", "GITHUB_TOKEN=$(gh auth token) statusgen doctor"):
        "asks GitHub: tests/setup/test_doctor_github.py has a double of it",
    ("other-monitoring", ('for day in ../prometheus/history/*.om; do\n'
     '  promtool tsdb create-blocks-from openmetrics "$day" ../prometheus/data\ndone')):
        "takes a minute for ten days: tests/engines/test_prometheus.py",
    ("custom-domain", "dig +short status.example.com CNAME"): "asks the world's DNS",
    ("elsewhere", ('crontab -l | { cat; echo "* * * * * cd /srv/status && .venv/bin/statusgen '
     'check && .venv/bin/statusgen build --if-needed --out site"; } | crontab -')):
        "would change the crontab of whoever runs the tests",
    ("engines", "zensical build"): "tests/publish/test_engines.py builds with it",
    ("README", "make site"): _MAKE,
    ("README", "make test"): _MAKE,
    ("README", "make serve"): _MAKE,
}  # fmt: skip

CONFIG = """\
site: {{name: Example Status, url: "https://status.example.com/"}}
monitors:
  - {{id: api, name: Backend API, url: "{host}"}}
  - {{id: login, name: Sign-in, url: "{host}"}}
"""
Scene = Callable[[Reader], None]


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory, host: str) -> Path:
    """A bare repository with a site, and ten days of its past on the branch of the history."""
    place = tmp_path_factory.mktemp("origin")
    bare, seed = place / "status.git", place / "seed"
    git(place, "init", "-q", "--bare", "-b", "main", str(bare))
    git(place, "clone", "-q", bare.as_uri(), str(seed))
    for name, text in {
        "data/status.yml": CONFIG.format(host=host),
        "content/about.md": "# About\n",
        ".gitignore": "/data/history/\n/site/\n",
    }.items():
        path = seed / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    git(seed, "add", "-A")
    git(seed, "commit", "-qm", "Begin")
    git(seed, "push", "-q", "origin", "HEAD:main")
    history = seed / "data" / "history"
    pull(seed, "status-data", history)
    # It ended a day ago, whatever the hour: the doctor must find that checks have stopped.
    end = midnight() - DAY
    write_rounds(history, made_past(end - 10 * DAY, end, every=3600))
    roll_up(HistoryStore(history), now=end + 7200, cadences={}, max_gap=None)
    publish(seed, history, "status-data", "Fill")
    return bare


def midnight() -> Instant:
    now = int(datetime.now(UTC).timestamp())
    return now - now % DAY


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com")
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def zygote() -> Iterator[Path]:
    """The process that runs the program; its socket's path must be short."""
    with tempfile.TemporaryDirectory(prefix="sg-") as folder:
        path = Path(folder) / "socket"
        child = start(path, ROOT)
        yield path
        child.terminate()
        child.communicate()


@pytest.fixture
def reader(tmp_path: Path, origin: Path, zygote: Path) -> Reader:
    """Somebody in a clone of a site that has a remote of its own."""
    remote = tmp_path / "status.git"
    shutil.copytree(origin, remote)
    git(tmp_path, "clone", "-q", remote.as_uri(), str(tmp_path / "status"))
    return Reader(tmp_path / "status", tmp_path / "home", zygote, {"REMOTE": remote.as_uri()})


def follow(reader: Reader, page: str, codes: dict[str, int] | None = None) -> None:
    """Type what the page says, from its top to its end."""
    for command in commands_of(page):
        if (page, command) not in NOT_RUN:
            reader.run(command, (codes or {}).get(command, 0))


def test_getting_started(tmp_path: Path, host: str, zygote: Path) -> None:
    reader = Reader(tmp_path, tmp_path / "home", zygote, {}, {"https://www.example.com/": host})
    follow(reader, "getting-started")
    assert (reader.place / "site" / "index.html").is_file()
    assert "Example Status" in reader.said[-1]


def test_incidents(reader: Reader) -> None:
    today = datetime.now(UTC).date()
    soon = (today + timedelta(days=20)).isoformat()
    reader.replaced = {"2026-11-20": today.isoformat(), "2026-12-01": soon}
    follow(reader, "incidents")
    files = sorted(path.name for path in reader.place.glob("content/*/*.md"))
    assert files == [f"{today}-sign-in-fails.md", f"{soon}-database-upgrade.md"]


def test_operate(reader: Reader) -> None:
    history = reader.place / "data" / "history"
    pull(reader.place, "status-data", history)
    day = format_instant(midnight() - 3 * DAY)[:10]
    path = history / day[:4] / day[5:7] / f"{day}.jsonl"
    lines = path.read_bytes().splitlines(True)
    path.write_bytes(b"".join(lines[1:]))
    git(history, "commit", "-qam", "Take out a round of a wrong clock")
    git(history, "push", "-q", "origin", "status-data")
    reader.replaced = {"5f0c…": head_of(history), "2026-11-20": day}
    for command in commands_of("operate"):
        if command.startswith("statusgen history compact --dry"):
            reader.run("statusgen check --push")
        verify = command.startswith("statusgen history verify")
        reader.run(command, int(verify or command.endswith("doctor")))
    reader.run("statusgen history verify")


def test_troubleshooting(reader: Reader) -> None:
    follow(reader, "troubleshooting", {"statusgen history pull && statusgen doctor": 1})


def test_backup(reader: Reader) -> None:
    reader.run("statusgen history pull")
    follow(reader, "backup")
    trial = reader.place
    assert trial.name == "trial"
    assert "Example Status" in (trial / "site" / "index.html").read_text()


def test_custom_domain(reader: Reader) -> None:
    reader.run("statusgen history pull")
    follow(reader, "custom-domain")
    assert "https://status.example.com/" in reader.said[-1]


def test_private_repositories(reader: Reader, host: str) -> None:
    public = reader.place.parent / "public-page"
    git(public.parent, "init", "-q", "--bare", "-b", "main", "public.git")
    git(public.parent, "clone", "-q", "public.git", str(public))
    reader.replaced = {"https://www.acme.example/": host}
    follow(reader, "private-repositories")
    assert (public / "index.html").is_file()


def test_elsewhere(reader: Reader) -> None:
    reader.run("statusgen history pull")
    reader.replaced = {"/tmp/trial": str(reader.home / "trial")}
    follow(reader, "elsewhere")


def test_vantages(reader: Reader) -> None:
    follow(reader, "vantages")
    assert "STATUSGEN_VANTAGE" in (reader.place / ".github/workflows/status.yml").read_text()


def test_other_monitoring(reader: Reader) -> None:
    reader.run("statusgen history pull")
    follow(reader, "other-monitoring")
    assert (reader.place.parent / "prometheus/blackbox.yml").is_file()


def test_schedules(reader: Reader) -> None:
    follow(reader, "schedules")


def test_upgrade(tmp_path: Path, host: str, zygote: Path) -> None:
    reader = Reader(tmp_path, tmp_path / "home", zygote)
    reader.run(f"statusgen init my-status --url {host}")
    reader.run("cd my-status && git init -q && git add -A && git commit -qm Begin")
    reader.run("echo '# mine' >> .github/workflows/status.yml && git commit -qam Mine")
    follow(reader, "upgrade")


def test_roadmaps(reader: Reader) -> None:
    folder = reader.place
    for name in ("a.md", "b.md", "plan.md", "docs/plan.md", "plans/one.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "tests/fixtures/plans/moving.md", folder / name)
    (folder / "README.md").write_text("# Status\n")
    (folder / "data" / "roadmaps").mkdir()
    reader.replaced = dict.fromkeys((" suoops ", " apexmediation "), " plan ") | {
        " harbour": " plan"
    }
    # An audit finds what is wrong in a document that is full of it.
    strict = (one for one in commands_of("roadmaps") if one.endswith("--fail-on error"))
    follow(reader, "roadmaps", {one: 1 for one in strict if "--baseline" not in one})


def test_promises(reader: Reader) -> None:
    reader.run("git add -A && git commit -qm More --allow-empty")
    reader.run("git -c tag.gpgsign=false tag -a v1.0 -m first")
    follow(reader, "promises")
    assert any("No claim is another than it was." in said for said in reader.said)
    # The deployments of a repository's tags are such as are read.
    assert ",v1.0\n" in (reader.place / "data/deploys.csv").read_text()
    reader.run("statusgen validate")


def test_parts_of_a_roadmap(reader: Reader) -> None:
    follow(reader, "roadmap-parts")
    reader.run("statusgen validate")


ISSUES = json.dumps(
    [
        {
            "number": 7,
            "title": "🛑 Backend API is down",
            "state": "closed",
            "labels": [{"name": "status"}, {"name": "api"}],
            "user": {"login": "upptime-bot", "type": "Bot"},
            "author_association": "NONE",
            "created_at": "2026-08-21T20:00:00Z",
            "closed_at": "2026-08-21T21:00:00Z",
            "body": "Backend API was **down**",
        }
    ],
    ensure_ascii=False,
)


def test_from_upptime(reader: Reader) -> None:
    theirs_ = reader.home / "your-upptime"
    git(reader.home, "init", "-q", str(theirs_))
    git(theirs_, "commit", "-q", "--allow-empty", "-m", "🟩 Backend API is up (200 in 99 ms)")
    address = "https://github.com/you/your-upptime"
    with (reader.home / ".gitconfig").open("a") as config:
        config.write(f'[url "{theirs_.as_uri()}"]\ninsteadOf = {address}\n')
    gh = reader.home / "bin" / "gh"  # answers as GitHub's own program would
    gh.write_text(f"#!/bin/sh\ncase $3 in *comments*) echo '[]';; *) echo '{ISSUES}';; esac\n")
    gh.chmod(0o755)
    follow(reader, "from-upptime")
    (incident,) = (reader.place / "content" / "incidents").iterdir()
    assert incident.name == "2026-08-21-backend-api-is-down-7.md"


def test_from_others(reader: Reader, kuma: Path, saved: Path, theirs: Path) -> None:
    folder = reader.place
    (folder / "config.yaml").write_text(
        "endpoints:\n  - {name: Shop, url: 'https://shop.example.com', interval: 1m,"
        " conditions: ['[STATUS] == 200']}\n"
    )
    shutil.copy(kuma, folder / "kuma.db")
    shutil.copytree(theirs, folder.parent / "old-status", dirs_exist_ok=True)
    shutil.copytree(saved, folder / "saved", dirs_exist_ok=True)
    (folder / "old").mkdir()
    for command in commands_of("from-others"):
        if command == "mkdir saved":
            shutil.move(folder / "saved", folder / "answers")
            reader.replaced = {"https://status.example.com/api/v2": (folder / "answers").as_uri()}
        reader.run(command)


def test_wizard(reader: Reader) -> None:
    shutil.copytree(ROOT / "data", reader.place / "data", dirs_exist_ok=True)
    follow(reader, "wizard")


def test_readme(reader: Reader, host: str) -> None:
    reader.replaced = {
        "/path/to/statusgen/.venv/bin/statusgen": "statusgen",
        "https://www.acme.example/": host,
    }
    follow(reader, "README")


def test_each_page_has_a_test_and_each_exception_stands_in_its_page() -> None:
    tests = set(Path(__file__).read_text().split("def test_")[1:])
    named = {text.partition("(")[0].replace("_", "-") for text in tests}
    renamed = {"roadmap-parts": "parts-of-a-roadmap", "README": "readme"}
    assert {renamed.get(page, page) for page in pages()} <= named
    assert [key for key in NOT_RUN if key[1] not in commands_of(key[0])] == []


def test_the_readme_names_every_command_and_leads_to_every_guide() -> None:
    readme = (ROOT / "README.md").read_text()
    named = re.findall(r"^\| `statusgen ([\w-]+)` \|", readme, re.MULTILINE)
    assert sorted(named) == sorted(cli.list_commands(click.Context(cli)))
    assert {path.name for path in (ROOT / "content/guide").glob("*.md")} <= set(
        re.findall(r"\(content/guide/([\w-]+\.md)\)", readme)
    )


@pytest.mark.parametrize(
    "guide", [path.stem for path in sorted((ROOT / "content/guide").glob("*.md"))] + ["README"]
)
def test_commands_in_running_text_exist(guide: str) -> None:
    assert [text for text in inline_commands(guide) if not exists(text)] == []


def exists(text: str) -> bool:
    """Whether a command and each of its options is there."""
    context = click.Context(cli)
    command: click.Command | None = cli
    for word in text.split()[1:]:
        if word.startswith("--"):
            name = word.rstrip(",.;:").partition("=")[0]
            names = [name] if "|" not in name else name.split("|")
            assert command is not None
            known = {
                option for one in command.params for option in (*one.opts, *one.secondary_opts)
            }
            if command.name == "notify":
                known.add("--test")  # the group's own word for its command `test`
            if not set(names) <= known | {"--help", "--version"}:
                return False
        elif isinstance(command, click.Group) and word[0].islower():
            found = [command.get_command(context, each) for each in word.split("|")]
            if None in found:
                return False
            command = found[0]
    return True


def test_engines(reader: Reader) -> None:
    (reader.place / "site").mkdir()
    (reader.place / "site/about").mkdir()
    (reader.place / "site/about/index.html").write_text("what an engine made of it")
    follow(reader, "engines")
    assert (reader.place / "site/.well-known/api-catalog").is_file()
    assert not (reader.place / "content/index.html").exists()


@pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not installed")
def test_second_place(reader: Reader) -> None:
    config = reader.place / "data/status.yml"
    place = reader.place.parent / "second"
    config.write_text(f"{config.read_text()}publish: [{{to: {place}, url: https://b.example/}}]\n")
    follow(reader, "second-place")
    assert (place / "freshness.json").is_file()
