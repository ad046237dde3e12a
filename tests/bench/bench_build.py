"""What a build costs, whole process, each with its ratio to a baseline of the same run.

Run by ``python -m tests.bench.bench_build [MONITORS] [DAYS]``. Measured are: a build with a
rolled-up past, as a scheduled check leaves it, beside plain MkDocs with Material and as many pages;
what this repository's own roadmaps add to it, beside as many pages of prose in their place; and a
build from rounds alone, beside parsing their bytes.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path

from statusgen.base.clock import DAY, format_instant
from statusgen.history.rollup import roll_up
from statusgen.history.store import HistoryStore
from tests.fixtures import SITE
from tests.history.made import DAY0, made_past, write_rounds

_ROOT = Path(__file__).parents[2]
_ROADMAPS = ("roadmaps", "wizard")
"""Where the roadmaps' pages stand, below ``data/`` and on the site."""
_COLD = 50
"""Monitors of the build from cold."""
_PARSE = """
import json, pathlib
for path in pathlib.Path("data/history").rglob("*.jsonl"):
    for line in path.read_bytes().splitlines():
        json.loads(line)
"""


@dataclass(frozen=True)
class Run:
    """A whole process."""

    wall: float
    cpu: float
    mib: float

    def __str__(self) -> str:
        return f"{self.wall:6.2f} {self.cpu:6.2f} {self.mib:5.0f}"


def main() -> None:
    """Make the pasts, build, print."""
    monitors = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    days = int(sys.argv[2]) if len(sys.argv) > 2 else 365
    print(f"{days} days of 5-minute rounds (wall s, CPU s, MiB)")
    with tempfile.TemporaryDirectory() as bytecode:
        # As an installation has it, for both sides: the first of several runs writes it.
        os.environ |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": bytecode}
        with tempfile.TemporaryDirectory() as name:
            bench_usual(Path(name), monitors, days)
        with tempfile.TemporaryDirectory() as name:
            bench_cold(Path(name), _COLD, days)


def bench_usual(folder: Path, monitors: int, days: int) -> None:
    """Build with a rolled-up past, with and without the roadmaps."""
    in_child(prepare, folder, monitors, days, True)
    ours = measured(build(days, "site"), folder)
    pages = html_pages(folder / "site")
    planned = sum(html_pages(folder / "site" / part) for part in _ROADMAPS)
    plain = measured(PLAIN, plain_site(folder, pages))
    print(f"{monitors} monitors, {pages} pages")
    print(f"  build               {ours}  budget 5 s")
    print(f"  plain Material      {plain}  ratio of CPU {ours.cpu / plain.cpu:.1f}, budget 2")
    shutil.rmtree(folder / "data" / "roadmaps")
    (folder / "data" / "wizard.yml").unlink()
    (folder / "content" / "roadmap-notes.md").write_text("# Notes\n")
    write_prose(folder / "content", "prose", planned)
    bare = measured(build(days, "without"), folder)
    added = ours.cpu - bare.cpu
    print(
        f"  prose, no roadmaps  {bare}  {planned} pages of roadmaps: {added:+.2f} s CPU, budget 1"
    )


def bench_cold(folder: Path, monitors: int, days: int) -> None:
    """Build from rounds alone, as after a clone without roll-ups."""
    in_child(prepare, folder, monitors, days, False)
    ours = measured(build(days, "site"), folder, times=1)
    least = measured([sys.executable, "-c", _PARSE], folder, times=1)
    print(f"{monitors} monitors, from cold")
    print(f"  build               {ours}  budget 60 s, 500 MB")
    print(f"  json.loads alone    {least}  ratio of CPU {ours.cpu / least.cpu:.1f}")


def in_child(step: Callable[..., None], *arguments: object) -> None:
    """Run a step in a process of its own: what we hold counts as the peak of our children."""
    child = multiprocessing.get_context("fork").Process(target=step, args=arguments)
    child.start()
    child.join()
    assert child.exitcode == 0, step


def prepare(folder: Path, monitors: int, days: int, rolled_up: bool) -> None:
    """Write a repository with a past of rounds, its closed days rolled up where asked for."""
    for part in ("content", "data/roadmaps"):
        shutil.copytree(SITE / part, folder / part)
    engine = (SITE / "mkdocs.yml").read_text(encoding="utf-8")
    own = re.sub(r"^site_url:.*$", "site_url: https://bench.example/", engine, flags=re.MULTILINE)
    (folder / "mkdocs.yml").write_text(own, encoding="utf-8")
    shutil.copy(SITE / "data" / "wizard.yml", folder / "data")
    ids = monitor_ids(monitors)
    past = made_past(DAY0, DAY0 + days * DAY, monitors=ids)
    lines = [f"  - {{id: {one}, name: {one}, url: https://{one}.example/}}" for one in ids]
    text = "\n".join(["site: {name: Bench, url: https://bench.example/}", "monitors:", *lines])
    (folder / "data" / "status.yml").write_text(text, encoding="utf-8")
    history = folder / "data" / "history"
    write_rounds(history, past)
    if rolled_up:
        now, cadences = DAY0 + days * DAY, dict.fromkeys(ids, 300)
        roll_up(HistoryStore(history), now=now, cadences=cadences, max_gap=None)


def monitor_ids(count: int) -> list[str]:
    """Return ids for so many monitors: first those that the roadmaps name, then made ones."""
    status = (SITE / "data" / "status.yml").read_text(encoding="utf-8")
    named = re.findall(r"^  - id: (\S+)$", status, flags=re.MULTILINE)
    return [*named, *(f"m{number}" for number in range(len(named), count))][:count]


def build(days: int, out: str) -> list[str]:
    """Return the command that builds at the end of the past."""
    now = format_instant(DAY0 + days * DAY)
    return [sys.executable, "-m", "statusgen", "build", "--now", now, "--out", out]


PLAIN = [sys.executable, "-m", "mkdocs", "-q", "build"]


def html_pages(site: Path) -> int:
    """Count the pages below a folder."""
    return len(list(site.rglob("*.html")))


def plain_site(folder: Path, pages: int) -> Path:
    """Write a MkDocs site with Material and nothing of ours, only its index in the navigation."""
    plain = folder / "plain"
    (plain / "docs").mkdir(parents=True)
    (plain / "mkdocs.yml").write_text(
        "site_name: Plain\ntheme: {name: material, font: false}\nnav: [index.md]\n"
    )
    write_prose(plain / "docs", "page", pages - 1)
    shutil.copy(plain / "docs" / "page-0.md", plain / "docs" / "index.md")
    return plain


def write_prose(folder: Path, name: str, count: int) -> None:
    """Write pages of a few words."""
    body = "\n\n".join(
        f"## Part {n}\n\nSome words that a page has.\n\n- one\n- two" for n in range(8)
    )
    for number in range(count):
        text = f"# Page {number}\n\n{body}\n"
        (folder / f"{name}-{number}.md").write_text(text, encoding="utf-8")


def measured(command: list[str], folder: Path, times: int = 3) -> Run:
    """Run a command several times; return its least of each, for the machine may be busy."""
    runs = []
    for _ in range(times):
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
    return Run(*(min(values) for values in zip(*map(astuple, runs), strict=True)))


if __name__ == "__main__":
    main()
