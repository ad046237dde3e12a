"""What history costs: appending, rolling a year up, loading a timeline.

Run ``python -m tests.bench.bench_history [MONITORS] [DAYS]`` from the repository's root. Times
depend on the machine; the ratio to parsing the same bytes with ``json.loads`` depends on it less.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from statusgen.base.clock import DAY
from statusgen.history.rollup import roll_up
from statusgen.history.store import HistoryStore
from statusgen.history.timeline import load_timeline
from tests.history.made import DAY0, made_past, write_rounds


def bench_append(folder: Path, monitors: int) -> None:
    """Append a day of rounds, each durably."""
    store = HistoryStore(folder)
    taken = []
    for round_ in made_past(DAY0, DAY0 + DAY, monitors=monitors):
        begun = time.perf_counter()
        store.append(round_)
        taken.append((time.perf_counter() - begun) * 1000)
    taken.sort()
    p99 = taken[len(taken) * 99 // 100]
    print(f"append, with fsync: p50 {statistics.median(taken):.2f} ms, p99 {p99:.2f} ms")


def bench_json(folder: Path, end: int, cadences: dict[str, int]) -> None:
    """Parse every line plainly: the least that reading can cost."""
    for path in sorted(folder.rglob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            json.loads(line)


def bench_cold(folder: Path, end: int, cadences: dict[str, int]) -> None:
    """Load a timeline from rounds alone."""
    load_timeline(folder, now=end, cadences=cadences, max_gap=None)


def bench_roll_up(folder: Path, end: int, cadences: dict[str, int]) -> None:
    """Roll up every closed day."""
    days = roll_up(HistoryStore(folder), now=end, cadences=cadences, max_gap=None)
    print(f"  {days} days rolled up")


def bench_nothing_new(folder: Path, end: int, cadences: dict[str, int]) -> None:
    """Look for days to roll up where there are none: what every run pays."""
    assert roll_up(HistoryStore(folder), now=end, cadences=cadences, max_gap=None) == 0


def bench_load(folder: Path, end: int, cadences: dict[str, int]) -> None:
    """Load a timeline from roll-ups and the last days, and ask every hour's percentile."""
    timeline = load_timeline(folder, now=end, cadences=cadences, max_gap=None)
    for monitor in timeline.monitors.values():
        for histogram in monitor.latency_by_hour.values():
            histogram.percentile(95)


def in_child(step: Callable[..., None], *arguments: object) -> float:
    """Run a step in a process of its own, so that its peak of memory is its own."""
    queue: multiprocessing.Queue[tuple[float, float, float]] = multiprocessing.Queue()
    child = multiprocessing.Process(target=_measured, args=(queue, step, arguments))
    child.start()
    seconds, cpu, mebibytes = queue.get()
    child.join()
    print(f"{step.__name__[6:]}: {seconds:.2f} s, CPU {cpu:.2f} s, peak {mebibytes:.0f} MiB")
    return cpu


def _measured(
    queue: multiprocessing.Queue[tuple[float, float, float]],
    step: Callable[..., None],
    arguments: tuple[object, ...],
) -> None:
    begun, begun_cpu = time.perf_counter(), time.process_time()
    step(*arguments)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    queue.put((time.perf_counter() - begun, time.process_time() - begun_cpu, peak))


def main() -> None:
    """Measure and print."""
    given = dict(enumerate(sys.argv))
    monitors, days = int(given.get(1, "20")), int(given.get(2, "365"))
    multiprocessing.set_start_method("spawn")
    with tempfile.TemporaryDirectory() as scratch:
        bench_append(Path(scratch) / "append", monitors)
        folder, end = Path(scratch) / "year", DAY0 + days * DAY + 2 * 3600
        for day in range(days + 1):
            start = DAY0 + day * DAY
            write_rounds(folder, made_past(start, min(start + DAY, end), monitors=monitors))
        size = sum(path.stat().st_size for path in folder.rglob("*.jsonl"))
        print(f"{monitors} monitors, {days} days, every 5 minutes: {size / 1e6:.0f} MB of rounds")
        cadences = {f"m{number}": 300 for number in range(monitors)}
        steps = (bench_json, bench_cold, bench_roll_up, bench_nothing_new, bench_load)
        taken = [in_child(step, folder, end, cadences) for step in steps]
        size = sum(path.stat().st_size for path in (folder / "daily").glob("*.json"))
        print(f"roll-ups: {size / 1e6:.1f} MB")
        rolled, loaded = taken[2] / taken[0], taken[4] / taken[0]
        print(f"ratio to json.loads: roll-up {rolled:.1f}, load {loaded:.2f}")


if __name__ == "__main__":
    main()
