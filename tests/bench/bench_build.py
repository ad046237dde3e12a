"""What a build costs, whole process, beside a plain MkDocs build of as many pages.

Run by ``python -m tests.bench.bench_build [MONITORS] [DAYS]``. The history is rolled up first, as a
scheduled check leaves it; the roadmaps are this repository's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from statusgen.base.clock import DAY, format_instant
from statusgen.history.rollup import roll_up
from statusgen.history.store import HistoryStore
from tests.history.made import DAY0, made_past, write_rounds

_ROOT = Path(__file__).parents[2]


def main() -> None:
    """Make the past, build twice, print."""
    monitors = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    days = int(sys.argv[2]) if len(sys.argv) > 2 else 365
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, monitors, days)
        now = format_instant(DAY0 + days * DAY)
        command = [sys.executable, "-m", "statusgen", "build", "--now", now, "--out"]
        ours = measured([*command, "site"], folder)
        pages = len(list((folder / "site").rglob("*.html")))
        shutil.rmtree(folder / "data" / "roadmaps")
        (folder / "content" / "roadmap-notes.md").write_text("# Notes\n")
        bare = measured([*command, "without"], folder)
        plain = measured([sys.executable, "-m", "mkdocs", "-q", "build"], plain_site(folder, pages))
        print(f"{monitors} monitors, {days} days, {pages} pages (wall s, CPU s, MiB)")
        print(f"  build               {ours}  budget 5 s at 20 monitors and a year")
        print(f"  without roadmaps    {bare}  difference {ours.cpu - bare.cpu:.2f} s CPU, budget 1")
        print(f"  plain MkDocs        {plain}  ratio {ours.wall / plain.wall:.1f}, budget 2")


def prepare(folder: Path, monitors: int, days: int) -> None:
    """Write a repository with a rolled-up past."""
    for part in ("content", "data/roadmaps"):
        shutil.copytree(_ROOT / part, folder / part)
    shutil.copy(_ROOT / "mkdocs.yml", folder)
    past = list(made_past(DAY0, DAY0 + days * DAY, monitors=monitors))
    ids = list(past[0].checks)
    lines = [f"  - {{id: {one}, name: {one}, url: https://{one}.example/}}" for one in ids]
    text = "\n".join(["site: {name: Bench, url: https://bench.example/}", "monitors:", *lines])
    (folder / "data" / "status.yml").write_text(text, encoding="utf-8")
    history = folder / "data" / "history"
    write_rounds(history, past)
    roll_up(
        HistoryStore(history), now=DAY0 + days * DAY, cadences=dict.fromkeys(ids, 300), max_gap=None
    )


def plain_site(folder: Path, pages: int) -> Path:
    """Write a MkDocs site with Material and nothing of ours, only its index in the navigation."""
    plain = folder / "plain"
    (plain / "docs").mkdir(parents=True)
    (plain / "mkdocs.yml").write_text(
        "site_name: Plain\ntheme: {name: material, font: false}\nnav: [index.md]\n"
    )
    body = "\n\n".join(
        f"## Part {n}\n\nSome words that a page has.\n\n- one\n- two" for n in range(8)
    )
    for number in range(pages):
        name = "index.md" if number == 0 else f"page-{number}.md"
        (plain / "docs" / name).write_text(f"# Page {number}\n\n{body}\n", encoding="utf-8")
    return plain


@dataclass(frozen=True, order=True)
class Run:
    """A whole process."""

    wall: float
    cpu: float
    mib: float

    def __str__(self) -> str:
        return f"{self.wall:6.2f} {self.cpu:6.2f} {self.mib:5.0f}"


def measured(command: list[str], folder: Path) -> Run:
    """Run a command twice and return the faster run."""
    runs = []
    for _ in range(2):
        begun = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(_ROOT), "NO_MKDOCS_2_WARNING": "1"},
            stdout=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, command
        cpu = usage.ru_utime + usage.ru_stime
        runs.append(Run(time.perf_counter() - begun, cpu, usage.ru_maxrss / 1024))
    return min(runs)


if __name__ == "__main__":
    main()
