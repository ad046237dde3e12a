"""A made-up past and what is true of it, worked out by brute force. Imports nothing of ours.

``python tests/gates/truth.py`` prints the truth; ``golden/truth.json`` is what it printed, and what
``statusgen gates --json`` must say of the same past (``test_truth.py``). Each check stands until
the next, ten minutes later; moments are looked at one second or one check at a time, without any
of the shortcuts of the program.
"""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

NOW = int(datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp())
STEP, HOUR, DAY = 600, 3600, 86_400
DAYS = 40
FIRST = NOW - DAYS * DAY
CHECKS = range(FIRST, NOW + 1, STEP)
T90 = {3: 2.3534, 4: 2.1318, 5: 2.0150, 8: 1.8595}
"""Student's t, 95 % on one side, from a printed table."""


def _outage(days_ago: int, hour: int, minutes: int) -> range:
    begin = (NOW - days_ago * DAY) // DAY * DAY + hour * HOUR
    return range(begin, begin + minutes * 60, STEP)


DOWN = {
    "api": {*_outage(33, 4, 120), *_outage(12, 7, 50), *_outage(2, 22, 20)},
    "web": {*_outage(9, 3, 300), *_outage(5, 1, 10)},
}
USERS = [(month, 20 + 11 * index + (index % 3)) for index, month in enumerate(range(2, 12))]
"""``(month, users)``: about eleven more each month."""
PAYING = [(month, round(100 * 1.3**index)) for index, month in enumerate(range(6, 12))]
"""Three tenths more each month."""


def queue_length(at: int) -> int:
    """Return what the check of the queue read: long on two days, else short."""
    day = (NOW - at) // DAY
    return 140 + at // STEP % 7 if day in (3, 4) and at % DAY >= 6 * HOUR else 40 + at // STEP % 11


def rounds() -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield each round with its instant."""
    for at in CHECKS:
        checks: dict[str, Any] = {}
        for name, down in DOWN.items():
            checks[name] = {"state": "down", "ms": 9, "code": 503, "reason": "status"} if (
                at in down
            ) else {"state": "up", "ms": 120, "code": 200}  # fmt: skip
        checks["queue"] = {"state": "up", "ms": 30, "code": 200, "value": queue_length(at)}
        moment = datetime.fromtimestamp(at, UTC)
        yield at, {
            "v": 1, "round": f"{moment:%Y%m%dT%H%M%SZ}-t-1-1", "at": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
            "vantage": "t", "took": 130, "net": "ok", "checks": checks,
        }  # fmt: skip


def lost(name: str, start: int, end: int) -> tuple[int, int]:
    """Return the seconds lost, and those observed, of ``[start, end)``."""
    bad = sum(max(0, min(at + STEP, end, NOW) - max(at, start)) for at in DOWN[name] if at < NOW)
    return bad, max(0, min(end, NOW) - max(start, FIRST))


def figure(kind: str, names: list[str], window: int, at: int) -> Fraction | None:
    """Return the figure of the worst, as of a moment."""
    found = []
    for name in names:
        bad, seen = lost(name, at - window, at)
        if not seen:
            return None
        share = Fraction(bad, seen)
        found.append({"uptime": 1 - share, "error_rate": share, "downtime": Fraction(bad)}[kind])
    return min(found) if kind == "uptime" else max(found)


COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b,
}  # fmt: skip


def verdict(one: dict[str, Any], at: int) -> str:
    """Return what is to be said of a promise on time lost, as of a moment."""
    found = figure(one["metric"], one["on"], one["window"], at)
    _, seen = lost(one["on"][0], at - one["window"], at)
    if found is None or Fraction(seen, one["window"]) < one.get("coverage", Fraction(1, 2)):
        return "unknown"
    met = COMPARE[one["op"]](found, one["value"])
    above = one["op"] in (">", ">=")
    well = met == (above if one["metric"] == "uptime" else not above)
    if one["metric"] == "downtime":
        wanted = int(one["value"]) // 2
    else:
        good = float(one["value"] if one["metric"] == "uptime" else 1 - one["value"])
        wanted = one["window"] // math.ceil(math.log(0.05) / math.log(good))
    if well and wanted < STEP:
        return "unknown"
    return "met" if met else "missed"


PROMISES: dict[str, dict[str, Any]] = {
    "success/steady": {"metric": "uptime", "on": ["api"], "op": ">", "value": Fraction(995, 1000),
                       "window": 30 * DAY},
    "success/tight": {"metric": "uptime", "on": ["api"], "op": ">", "value": Fraction(9985, 10000),
                      "window": 14 * DAY},
    "success/both": {"metric": "uptime", "on": ["api", "web"], "op": ">=",
                     "value": Fraction(99, 100), "window": 7 * DAY},
    "success/whole": {"metric": "uptime", "on": ["web"], "op": ">", "value": Fraction(95, 100),
                      "window": 45 * DAY, "coverage": Fraction(95, 100)},
    "trigger/hour": {"metric": "downtime", "on": ["web"], "op": ">", "value": Fraction(3600),
                     "window": DAY},
    "trigger/blink": {"metric": "downtime", "on": ["api"], "op": ">", "value": Fraction(300),
                      "window": DAY},
    "trigger/errors": {"metric": "error_rate", "on": ["api", "web"], "op": ">",
                       "value": Fraction(2, 100), "window": 3 * DAY},
}  # fmt: skip


def _of_promise(name: str, one: dict[str, Any]) -> dict[str, Any]:
    now = verdict(one, NOW)
    marks = range(NOW - DAY * (DAYS - 1), NOW + 1, HOUR)
    since = next((at for at in reversed(marks) if at < NOW and verdict(one, at) != now), None)
    fired: list[list[int]] = []
    if name.startswith("trigger/"):
        before = False
        for at in range(FIRST - FIRST % HOUR + HOUR, NOW + 1, HOUR):
            met = verdict(one, at) == "met"
            if met and not before:
                fired.append([at, NOW])
            elif before and not met:
                fired[-1][1] = at
            before = met
    found = figure(one["metric"], one["on"], one["window"], NOW)
    assert found is not None
    return {
        "verdict": now,
        "figure": int(found) if found.denominator == 1 else math.floor(found * 10**6) / 10**6,
        "since": None if since is None else _text(since),
        "fired": [[_text(start), _text(end)] for start, end in fired],
    }


def hours() -> list[tuple[int, Fraction]]:
    """Return the mean of each hour of the queue."""
    found: dict[int, list[int]] = {}
    for at in CHECKS:
        found.setdefault(at - at % HOUR, []).append(queue_length(at))
    return [
        (at, Fraction(round(10**6 * sum(each) / len(each)), 10**6))
        for at, each in sorted(found.items())
    ]


def _queue() -> dict[str, Any]:
    fired: list[list[int]] = []
    before = False
    for at, mean in hours():
        if mean > 100 and not before:
            fired.append([at, NOW])
        elif before and mean <= 100:
            fired[-1][1] = at
        before = mean > 100
    return {
        "verdict": "missed",
        "figure": float(hours()[-1][1]),
        "since": _text(fired[-1][1]),
        "fired": [[_text(start), _text(end)] for start, end in fired],
    }


def _queue_week() -> dict[str, Any]:
    last = hours()[-1][0]
    within = [mean for at, mean in hours() if at > last - 7 * DAY]
    mean = sum(within, Fraction(0)) / len(within)
    return {"verdict": "met" if mean < 60 else "missed", "figure": math.floor(mean * 10**6) / 10**6}


def expected(points: list[tuple[int, int]], value: float, *, growth: bool) -> dict[str, str]:
    """Return the day on which a line through the points, or their logarithms, meets a value."""
    origin = _month(points[-1][0])
    xs = [(_month(month) - origin) / DAY for month, _ in points]
    ys = [math.log(each) if growth else float(each) for _, each in points]
    aim = math.log(value) if growth else value
    line = statistics.linear_regression(xs, ys)
    middle = statistics.fmean(xs)
    spread = sum((x - middle) ** 2 for x in xs)
    rest = sum((y - line.intercept - line.slope * x) ** 2 for x, y in zip(xs, ys, strict=True))
    error = math.sqrt(rest / (len(xs) - 2))

    def day(sign: int) -> str:
        for x in range(4000):
            wide = math.sqrt(1 + 1 / len(xs) + (x - middle) ** 2 / spread)
            margin = sign * T90[len(xs) - 2] * error * wide
            if line.intercept + line.slope * x + margin >= aim:
                return _text(origin + x * DAY)
        raise AssertionError("it never does")

    return {"first": day(1), "likely": day(0), "last": day(-1)}


def _month(month: int) -> int:
    return int(datetime(2026, month, 1, tzinfo=UTC).timestamp())


def _text(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%SZ}"


def truth() -> dict[str, Any]:
    """Return what is true of each promise."""
    found = {name: _of_promise(name, one) for name, one in PROMISES.items()}
    found["metric/queue"] = _queue()
    found["success/queue-week"] = _queue_week()
    found["stage/more"] = {"verdict": "met", "figure": USERS[-1][1], "since": _text(_month(5))}
    found["stage/many"] = {
        "verdict": "missed", "figure": USERS[-1][1],
        "crossing": expected(USERS, 200, growth=False), "method": "line",
    }  # fmt: skip
    found["stage/rich"] = {
        "verdict": "missed", "figure": PAYING[-1][1],
        "crossing": expected(PAYING, 900, growth=True), "method": "growth",
    }  # fmt: skip
    found["metric/memory"] = {"verdict": "missed", "figure": 0.72}
    return found


if __name__ == "__main__":
    print(json.dumps(truth(), indent=1))
