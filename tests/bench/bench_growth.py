"""How a repository grows in a month: of checks every five minutes, and of a relay every minute.

Run ``python -m tests.bench.bench_growth [DAYS]`` from the repository's root. Twenty monitors answer
with durations that scatter as real ones do, and fail now and then. What a run writes is written by
the program itself: rounds, roll-ups, seals, incidents, numbers of updates, intended notifications.
Each run's commit is put into a real repository by ``git fast-import``, for a month of pushes would
take an hour; the squash is the program's own.
"""

from __future__ import annotations

import math
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from statusgen.base.clock import DAY, HOUR, MINUTE, Instant, format_instant
from statusgen.base.states import State
from statusgen.history.dayfile import day_of, relative_path
from statusgen.history.gitbranch import pull
from statusgen.history.record import to_line
from statusgen.history.shrink import squash
from statusgen.probe.round import Check, Round
from statusgen.run.record import commit_message, follow
from statusgen.run.site import Site
from tests.history.made import DAY0

MONITORS = 20
BRANCH = "status-data"
MEGABYTE = 1_000_000
ONE_OUTAGE_IN = 10 * DAY


class Past:
    """What twenty monitors would have answered."""

    def __init__(self, seed: int = 7) -> None:
        self._chance = random.Random(seed)
        self._down = [self._next_outage(DAY0) for _ in range(MONITORS)]
        self.stirred = DAY0
        """Until when incidents may still change."""

    def _next_outage(self, after: Instant) -> tuple[Instant, Instant]:
        start = after + int(self._chance.expovariate(1 / ONE_OUTAGE_IN))
        return start, start + int(self._chance.expovariate(1 / (20 * MINUTE))) + MINUTE

    def round(self, at: Instant) -> Round:
        """Return the round at one moment; to be asked in time's order."""
        checks = {f"service-{number:02}": self._check(number, at) for number in range(MONITORS)}
        stamp = format_instant(at).replace("-", "").replace(":", "")
        key = f"{stamp}-github-{1_000_000 + at // 60 % 9_000_000}-1"
        took = max((check.ms or 0 for check in checks.values()), default=0) + 40
        return Round(key=key, at=at, vantage="github", took_ms=took, net="ok", checks=checks)

    def _check(self, number: int, at: Instant) -> Check:
        start, end = self._down[number]
        if at > end:
            self._down[number] = self._next_outage(at)
        elif at >= start:
            self.stirred = at + HOUR
            return Check(state=State.DOWN, ms=10_000, reason="timeout", attempts=3)
        ms = int((40 + 13 * number) * math.exp(self._chance.gauss(0, 0.3)))
        if self._chance.random() < 0.0005:
            return Check(state=State.UP, ms=ms * 9, code=200, attempts=2)
        return Check(state=State.UP, ms=ms, code=200)


CONFIG = "site: {{name: Growth, url: 'https://status.example.com/'}}\nmonitors:\n{monitors}"
CHANNEL = "notifications:\n  - {id: team, to: 'json://127.0.0.1:9/'}\n"


def site_in(folder: Path) -> Site:
    """Write a configuration of twenty monitors and return its site."""
    names = (f"service-{number:02}" for number in range(MONITORS))
    lines = "".join(f"  - {{id: {each}, name: {each}, url: 'https://x.test/'}}\n" for each in names)
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "status.yml").write_text(CONFIG.format(monitors=lines))
    return Site(folder, given_now=DAY0)


def play(folder: Path, days: int, every: int, push_every: int) -> Iterator[tuple[Instant, str]]:
    """Let a month of runs write into ``folder``; yield the time and message of each push."""
    past, waiting = Past(), list[Round]()
    history = folder / "data" / "history"
    closed = 0
    for at in range(DAY0, DAY0 + days * DAY, every):
        done = past.round(at)
        waiting.append(done)
        path = history / relative_path(day_of(at))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(to_line(done))
        if (at - DAY0) % push_every:
            continue
        hours_open = (at - HOUR) // DAY
        if at < past.stirred or hours_open != closed:
            closed = hours_open
            follow(Site(folder, given_now=at), now=at)
        yield at, commit_message(waiting)
        waiting.clear()


def commit_all(repository: Path, folder: Path, pushes: Iterator[tuple[Instant, str]]) -> int:
    """Commit what changed at each push; return how many commits."""
    command = ["git", "-C", str(repository), "fast-import", "--quiet"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE)
    stream = child.stdin
    assert stream is not None
    seen: dict[str, tuple[int, int]] = {}
    count = 0
    for at, message in pushes:
        _commit(stream, at, message, folder / "data" / "history", seen, first=not count)
        count += 1
    stream.close()
    assert child.wait() == 0
    return count


def _commit(
    stream: IO[bytes],
    at: Instant,
    message: str,
    history: Path,
    seen: dict[str, tuple[int, int]],
    *,
    first: bool,
) -> None:
    who = f"statusgen <statusgen@users.noreply.github.com> {at} +0000\n"
    text = message.encode()
    stream.write(f"commit refs/heads/{BRANCH}\ncommitter {who}data {len(text)}\n".encode())
    stream.write(text + b"\n")
    if first:
        stream.write(b"deleteall\n")
    for place, _, names in os.walk(history):
        for name in names:
            path = Path(place, name)
            state = path.stat()
            relative = path.relative_to(history).as_posix()
            if seen.get(relative) != (state.st_size, state.st_mtime_ns):
                seen[relative] = (state.st_size, state.st_mtime_ns)
                content = path.read_bytes()
                stream.write(f"M 100644 inline {relative}\ndata {len(content)}\n".encode())
                stream.write(content + b"\n")


def git(repository: Path, *arguments: str) -> str:
    """Run git and return what it says."""
    done = subprocess.run(
        ["git", "-C", str(repository), *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout


def size_of(repository: Path) -> int:
    """Return the bytes of a bare repository after the repack that budgets speak of."""
    git(repository, "reflog", "expire", "--expire=now", "--all")
    git(repository, "repack", "-adf", "--quiet", "--window=50")
    git(repository, "prune", "--expire=now")
    return sum(path.stat().st_size for path in repository.rglob("*") if path.is_file())


def shares(repository: Path) -> str:
    """Tell which kinds of files the packed bytes are for, largest first."""
    names = {
        line.split(" ", 1)[0]: line.partition(" ")[2]
        for line in git(repository, "rev-list", "--objects", "--all").splitlines()
    }
    asked = "".join(f"{name}\n" for name in names)
    form = "--batch-check=%(objectname) %(objecttype) %(objectsize:disk)"
    done = subprocess.run(
        ["git", "-C", str(repository), "cat-file", form],
        input=asked, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: Counter[str] = Counter()
    for line in done.stdout.splitlines():
        name, kind, size = line.split(" ")
        path = names[name]
        top = path.partition("/")[0] if "/" in path else path
        found["rounds" if top.isdigit() else kind if kind != "blob" else top] += int(size)
    return ", ".join(f"{kind} {size / MEGABYTE:.2f}" for kind, size in found.most_common())


def measure(title: str, days: int, every: int, push_every: int) -> Sequence[int]:
    """Play one schedule and print what it costs."""
    with tempfile.TemporaryDirectory() as scratch:
        bare, folder = Path(scratch) / "remote.git", Path(scratch) / "site"
        git(Path(scratch), "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
        site_in(folder)
        commits = commit_all(bare, folder, play(folder, days, every, push_every))
        grown = size_of(bare)
        print(f"{title}: {commits} commits, {grown / MEGABYTE:.2f} MB ({shares(bare)})")
        root = Path(scratch) / "clone"
        git(Path(scratch), "init", "--quiet", str(root))
        git(root, "remote", "add", "origin", bare.as_uri())
        pull(root, BRANCH, root / "data" / "history")
        done = squash(root, root / "data" / "history", BRANCH)
        small = size_of(bare)
        print(f"  squashed ({done.commits} → 1): {small / MEGABYTE:.2f} MB ({shares(bare)})")
        return grown, small


def main() -> None:
    """Measure and print."""
    days = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    print(f"{MONITORS} monitors, {days} days, .git after git repack -adf --window=50")
    measure("every 5 minutes, pushed each time", days, 5 * MINUTE, 5 * MINUTE)
    measure("relay every minute, pushed every ten", days, MINUTE, 10 * MINUTE)


if __name__ == "__main__":
    main()
