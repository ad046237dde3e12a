"""Uptime with maintenance, counted second by second from the files as they lie on the disk.

It shares nothing with the program: no module, no rule of recurrence, no arithmetic of intervals.
It knows the little of the files' form that the scenes here use: ``start`` and ``end`` on the clock
of a zone, ``repeat: daily`` or ``weekly``, ``except``, ``uptime``, and updates.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

WEIGHTS = {
    "up": Fraction(1),
    "degraded": Fraction(1),
    "partial": Fraction(7, 10),
    "down": Fraction(0),
}
LETTERS = {"up": b"u", "degraded": b"g", "partial": b"p", "down": b"d", "unknown": b"?"}
NOTHING = b" "
LONGEST = 750
"""Seconds that a round stands for; the scenes' ``history.max_gap``."""


@dataclass
class Figures:
    """What a window of time holds."""

    good: Fraction = Fraction(0)
    observed: int = 0
    window: int = 0
    worked: int = 0
    """Seconds of maintenance, counted or not."""


@cache
def count(root: Path, component: str, start: int, end: int, default: str) -> Figures:
    """Count the seconds of ``[start, end)``; ``default``: of windows that do not say ``uptime``."""
    seconds, worked = _states(root, component, start, end), _Worked(start, end)
    left_out = _Worked(start, end)
    for path in sorted((root / "content" / "maintenance").glob("*.md")):
        head, updates = _read(path)
        if component not in head["affected"]:
            continue
        for each in _seconds(head, updates, start, end):
            worked.mark(*each)
            if head.get("uptime", default) == "exclude":
                left_out.mark(*each)
    counted = bytes(s for s, out in zip(seconds, left_out.seconds, strict=True) if not out)
    found = Figures(window=len(counted), worked=worked.seconds.count(1))
    for state, weight in WEIGHTS.items():
        many = counted.count(LETTERS[state])
        found.observed += many
        found.good += many * weight
    return found


class _Worked:
    """A byte a second of ``[start, end)``: whether work was under way."""

    def __init__(self, start: int, end: int) -> None:
        self.start, self.seconds = start, bytearray(end - start)

    def mark(self, first: int, last: int) -> None:
        """Mark the seconds of ``[first, last)``, which lie within."""
        if last > first:
            self.seconds[first - self.start : last - self.start] = b"\1" * (last - first)


def first_round(root: Path, component: str) -> int:
    """Return the second of the first check."""
    return min(at for at, checks in _rounds(root) if component in checks)


def midnights(zone: str, start: int, end: int) -> list[tuple[date, int, int]]:
    """Return the local days that touch ``[start, end)``: each second asked for its date."""
    found: dict[date, list[int]] = {}
    for second in range(start, end, 60):  # midnight is at a whole minute
        day = datetime.fromtimestamp(second, ZoneInfo(zone)).date()
        found.setdefault(day, []).append(second)
    return [(day, min(each), max(each) + 60) for day, each in found.items()]


@cache
def _rounds(root: Path) -> list[tuple[int, dict[str, str]]]:
    found = []
    for path in (root / "data" / "history").glob("2*/*/*.jsonl"):
        for line in path.read_text().splitlines():
            told = json.loads(line)
            if "checks" in told:
                at = int(datetime.fromisoformat(told["at"]).timestamp())
                found.append((at, {name: each["state"] for name, each in told["checks"].items()}))
    return sorted(found)


def _states(root: Path, component: str, start: int, end: int) -> bytearray:
    """A letter a second of ``[start, end)``: what the newest check says, unless it is too old."""
    rounds = [(at, checks[component]) for at, checks in _rounds(root) if component in checks]
    found = bytearray(NOTHING * (end - start))
    for (at, state), following in zip(rounds, [*(at for at, _ in rounds[1:]), end], strict=True):
        first, last = max(at, start), min(following, at + LONGEST, end)
        if last > first:
            found[first - start : last - start] = LETTERS[state] * (last - first)
    return found


def _read(path: Path) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """Return the keys of the front matter, and the updates with their seconds."""
    text = path.read_text()
    head = dict(re.findall(r"^(\w+): (.*)$", text.split("---")[1], re.MULTILINE))
    updates = re.findall(r"^## ([\w ]+) · (\S+Z)$", text, re.MULTILINE)
    return head, [(int(datetime.fromisoformat(at).timestamp()), phase) for phase, at in updates]


def _seconds(
    head: dict[str, str], updates: list[tuple[int, str]], start: int, end: int
) -> list[tuple[int, int]]:
    """Return from and until when work was under way, within ``[start, end)``."""
    planned = _occurrences(tuple(head.items()), end // 86400)
    found = []
    for begins, ends in planned:
        mine = [
            (at, phase)
            for at, phase in updates
            if min(planned, key=lambda one: _distance(at, one)) == (begins, ends)
        ]
        begun = [at for at, phase in mine if phase in ("In progress", "Verifying")]
        over = [at for at, phase in mine if phase in ("Completed", "Cancelled")]
        first = min([begins, *begun])
        last = min([ends, *over])
        found.append((max(first, start), min(last, end)))
    return found


def _distance(at: int, one: tuple[int, int]) -> int:
    """How far an update lies from an occurrence; the scenes write close to the one they mean."""
    return max(one[0] - at, at - one[1], 0)


@cache
def _occurrences(told: tuple[tuple[str, str], ...], last_day: int) -> list[tuple[int, int]]:
    head = dict(told)
    zone = ZoneInfo(head["timezone"])
    begins, ends = (datetime.fromisoformat(head[key]) for key in ("start", "end"))
    step = {"daily": 1, "weekly": 7}.get(head.get("repeat", ""))
    found = []
    for number in range(1000):
        moved = timedelta(days=(step or 0) * number)
        if (begins + moved).date().isoformat() not in head.get("except", ""):
            first, last = _on_the_clock(begins + moved, zone), _on_the_clock(ends + moved, zone)
            if last <= first:  # the clock went forward over its end
                last = first + int((ends - begins).total_seconds())
            found.append((first, last))
        if step is None or found[-1][0] > (last_day + 10) * 86400:
            break
    return found


def _on_the_clock(wall: datetime, zone: ZoneInfo) -> int:
    """Return the first second at which the clock of the zone shows this time.

    Where it skipped the time: as the clock would have shown it had it gone on.
    """
    around = int(wall.replace(tzinfo=UTC).timestamp())
    for minute in range(around - 16 * 3600, around + 16 * 3600, 60):
        if datetime.fromtimestamp(minute, zone).replace(tzinfo=None) == wall:
            return minute
    before = datetime.fromtimestamp(around - 86400, zone).utcoffset()
    assert before is not None
    return around - int(before.total_seconds())
