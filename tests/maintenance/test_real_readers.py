"""Real feed readers over successive builds: each thing that happened is shown exactly once.

newsboat is Debian's (``apt-get install newsboat``), rss2email Python's (``pip install rss2email``,
best into an environment of its own, whose ``bin`` then stands on the path). Where one is missing
its test is skipped; ``tests/publish/test_feed_readers.py`` reads the same with feedparser.
"""

from __future__ import annotations

import email
import email.policy
import os
import re
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from statusgen.base.clock import HOUR, MINUTE, format_instant, parse_instant
from statusgen.publish.build import BuildOptions, build_manifest
from tests.doubles import published

BEGIN = parse_instant("2026-11-20T08:00:00Z")
LONG_AGO = parse_instant("2020-01-01T00:00:00Z")
CONFIG = """
site: {name: T, url: 'https://example.org/'}
monitors: [{id: api, name: API, url: https://api.example.com/}]
"""
INCIDENT = "---\ntitle: {}\nimpact: minor\naffected: [api]\n---\n"
WINDOW = "---\ntitle: {}\naffected: [api]\nstart: {}\nend: {}\n---\n\nOrders wait.\n"


def at(hours: float) -> str:
    return format_instant(BEGIN + int(hours * HOUR))


def update(phase: str, hours: float) -> str:
    return f"\n## {phase} · {at(hours)}\n\nWords of that moment.\n"


WRITTEN: list[tuple[float, str, str]] = [
    (1, "maintenance/w.md", WINDOW.format("Upgrade", at(3), at(4)) + update("Scheduled", 1)),
    (1.5, "maintenance/c.md", WINDOW.format("Move", at(6), at(7)) + update("Scheduled", 1.5)),
    (2, "incidents/a.md", INCIDENT.format("Broken") + update("Investigating", 2)),
    (2.5, "incidents/b.md", INCIDENT.format("Slow") + update("Investigating", 2.5)),
    (4.5, "incidents/a.md", update("Identified", 4.5)),
    (5, "maintenance/c.md", update("Cancelled", 5)),
    (5.5, "incidents/a.md", update("Withdrawn", 5.5)),
    (6, "incidents/b.md", update("Resolved", 6)),
    (6.5, "maintenance/o.md", WINDOW.format("Cables", at(7), at(7.5)) + update("Scheduled", 6.5)),
    (7, "maintenance/o.md", update("In progress", 6.95)),
    (8, "maintenance/o.md", update("Completed", 8)),
]
"""After how many hours each text is added to which file."""
HAPPENED = [
    "Maintenance Scheduled: Upgrade",
    "Maintenance Scheduled: Move",
    "Investigating: Broken",
    "Investigating: Slow",
    "Maintenance In Progress: Upgrade",
    "Maintenance Completed: Upgrade",
    "Identified: Broken",
    "Maintenance Cancelled: Move",
    "Withdrawn: Broken",
    "Resolved: Slow",
    "Maintenance Scheduled: Cables",
    "Maintenance In Progress: Cables",
    "Maintenance Overrunning: Cables",
    "Maintenance Completed: Cables",
]
FEEDS = ("history/rss.xml", "components/api/rss.xml", "history/atom.xml")
PROGRAMS = {
    "newsboat": "apt-get install newsboat",
    "r2e": "pip install rss2email into an environment of its own, and put its bin on the path",
}


MAILED = {
    "email-protocol": "maildir",
    "maildir-path": "{home}/mail",
    "maildir-mailbox": "in",
}


@contextmanager
def served(builds: list[dict[str, bytes]], folder: Path) -> Iterator[tuple[str, Iterator[int]]]:
    """Serve one build after the other below ``folder``; the iterator puts the next one there."""

    def each() -> Iterator[int]:
        for number, files in enumerate(builds):
            for name, content in files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)
                # Readers ask whether it changed since, in whole seconds; real builds lie apart.
                os.utime(folder / name, (LONG_AGO + 60 * number, LONG_AGO + 60 * number))
            yield number

    with published(folder) as address:
        yield address, each()


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """The feeds of builds every half hour while an author goes on writing."""
    root = tmp_path_factory.mktemp("author")
    (root / "data").mkdir()
    (root / "data/status.yml").write_text(CONFIG)
    written, found = 0, []
    for now in range(BEGIN + 5 * MINUTE, BEGIN + 9 * HOUR, 30 * MINUTE):
        while written < len(WRITTEN) and BEGIN + WRITTEN[written][0] * HOUR <= now:
            _, name, text = WRITTEN[written]
            path = root / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text((path.read_text() if path.exists() else "") + text)
            written += 1
        made = build_manifest(BuildOptions(root, now=now)).entries
        found.append({feed: made[feed].content for feed in FEEDS})  # type: ignore[union-attr]
    return found


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        reason = f"{name} is not installed: {PROGRAMS[name]}"
        print(reason)
        pytest.skip(reason)
    return found


def test_newsboat_shows_each_thing_once(tmp_path: Path, builds: list[dict[str, bytes]]) -> None:
    newsboat = program("newsboat")
    home, out = tmp_path / "home", tmp_path / "out"
    home.mkdir()
    out.mkdir()
    shown: list[str] = []
    with served(builds, out) as (address, each):
        (home / "urls").write_text(f"{address}history/rss.xml\n")
        (home / "config").write_text("auto-reload no\nuse-proxy no\n")
        for _number in each:
            run(home, newsboat, "-C", "config", "-u", "urls", "-c", "cache.db", "-x", "reload")
            shown += unread(home / "cache.db")
    assert Counter(shown) == Counter(HAPPENED)
    assert shown == HAPPENED


def unread(cache: Path) -> list[str]:
    """What newsboat would show as new, oldest first; then it has been read."""
    with closing(sqlite3.connect(cache)) as database, database:
        found = database.execute(
            "select title from rss_item where unread = 1 and deleted = 0 order by pubDate, id desc"
        ).fetchall()
        database.execute("update rss_item set unread = 0")
    return [title for (title,) in found]


@pytest.mark.parametrize(
    ("feed", "expected"),
    [
        ("history/rss.xml", HAPPENED),
        pytest.param("components/api/rss.xml", HAPPENED, marks=pytest.mark.long),
        # An entry of Atom is one incident or window: rss2email tells it as it appears.
        (
            "history/atom.xml",
            ["Upgrade", "Move", "Broken", "Slow", "Cables"],
        ),
    ],
)
def test_rss2email_sends_each_thing_once(
    tmp_path: Path, builds: list[dict[str, bytes]], feed: str, expected: list[str]
) -> None:
    r2e = program("r2e")
    home, out = tmp_path / "home", tmp_path / "out"
    home.mkdir()
    out.mkdir()
    (home / "mail").mkdir()
    options = ("-c", "config", "-d", "seen.json")
    sent: list[str] = []
    with served(builds, out) as (address, each):
        run(home, r2e, *options, "new", "somebody@example.com")
        config = (home / "config").read_text()
        for key, value in MAILED.items():
            config = re.sub(rf"(?m)^{key} = .*$", f"{key} = {value.format(home=home)}", config)
        (home / "config").write_text(config)
        run(home, r2e, *options, "add", "status", f"{address}{feed}")
        for _number in each:
            run(home, r2e, *options, "run")
            sent += sorted(mails(home / "mail"), key=expected.index)
    assert sent == expected


def mails(box: Path) -> Iterator[str]:
    """The subjects of what came, each taken out of the box."""
    for path in sorted(box.rglob("*")):
        if path.is_file() and path.parent.name in ("new", "cur"):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            yield str(message["subject"])
            path.unlink()


def run(home: Path, *command: str) -> None:
    done = subprocess.run(
        command, cwd=home, capture_output=True, text=True, timeout=60,
        env={"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
