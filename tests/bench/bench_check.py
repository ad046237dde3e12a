"""How fast a round is, how true its latencies are, what it costs in memory.

Run by ``python -m tests.bench.bench_check``. A server in a process of its own answers after 50 ms.
Every figure is of a whole process, interpreter start included; the yardstick is
``curl -Z --parallel-immediate --parallel-max 50`` against the same server in the same run. Budgets
are printed beside the figures; ``--strict`` makes a miss the exit code.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

DELAY_S = 0.05
_ROOT = Path(__file__).parents[2]
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"


class _Slow(asyncio.Protocol):
    """Answers 50 ms after it has the request; never where ``hang`` is asked for."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        if b"hang" not in data[:40]:
            asyncio.get_running_loop().call_later(DELAY_S, self._answer)

    def _answer(self) -> None:
        self._transport.write(_ANSWER)
        self._transport.close()


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Slow, "127.0.0.1", 0, backlog=1024)
    port = server.sockets[0].getsockname()[1]
    for last in (2, 3):  # the canaries' own addresses
        await loop.create_server(_Slow, f"127.0.0.{last}", port)
    print(port, flush=True)
    await server.serve_forever()


@contextmanager
def slow_server() -> Iterator[str]:
    """Run the server in a process of its own and yield its address."""
    command = [sys.executable, "-m", __spec__.name if __spec__ else __name__, "--serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=_ROOT) as process:
        try:
            out: IO[bytes] | None = process.stdout
            assert out is not None
            yield f"http://127.0.0.1:{int(out.readline())}/"
        finally:
            process.kill()


@dataclass(frozen=True)
class Figures:
    """What one process showed."""

    wall_s: float
    rss_mib: float
    p50: float
    p95: float


def measure_curl(base: str, count: int) -> Figures:
    """Run the yardstick: curl, in parallel, fifty at a time, a fresh connection each."""
    with tempfile.TemporaryDirectory() as folder:
        urls = Path(folder) / "urls"
        urls.write_text("".join(f'url = "{base}{n}"\noutput = "/dev/null"\n' for n in range(count)))
        command = ["curl", "-q", "-s", "-Z", "--parallel-immediate", "--parallel-max", "50"]
        command += ["-w", "%{time_starttransfer}\\n", "-K", str(urls)]
        return _measure(command, lambda out: [float(each) * 1000 for each in out.split()])


def measure_check(base: str, count: int, hanging: int) -> Figures:
    """Run ``statusgen check`` as an operator does; every ``hanging``-th monitor never answers."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "status.yml"
        # Canaries of one host are refused, and rightly: the loopback has more than one.
        canaries = ", ".join(_loopback_addresses(base))
        lines = ["site: {name: Bench}", f"canaries: [{canaries}]", "monitors:"]
        for number in range(count):
            path = f"hang{number}" if hanging and number % hanging == 0 else str(number)
            lines.append(f"  - {{id: m{number}, name: m{number}, url: {base}{path}}}")
        config.write_text("\n".join(lines), encoding="utf-8")
        command = [sys.executable, "-m", "statusgen", "check", "--json"]
        command += ["--config", str(config), "--history", f"{folder}/history"]
        return _measure(command, _latencies)


def _latencies(out: str) -> list[float]:
    checks = json.loads(out)["checks"]
    bad = [check for check in checks if check["state"] == "down" and "hang" not in check["detail"]]
    assert not [check for check in bad if check["reason"] != "timeout"], bad[:3]
    # The phases tell tenths of a millisecond, the total of a check whole ones.
    return [check["timings"]["total"] for check in checks if check["state"] == "up"]


def _loopback_addresses(base: str) -> list[str]:
    port = base.rstrip("/").rpartition(":")[2]
    return [f"http://127.0.0.{last}:{port}/" for last in (1, 2, 3)]


def _measure(command: list[str], latencies: Callable[[str], list[float]]) -> Figures:
    begun = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, cwd=_ROOT, env={**os.environ, "PYTHONPATH": str(_ROOT)}
    ) as process:
        assert process.stdout is not None
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, out
    found = sorted(latencies(out.decode()))
    p95 = found[int(len(found) * 0.95)]
    return Figures(wall, usage.ru_maxrss / 1024, statistics.median(found), p95)


def median(runs: list[Figures]) -> Figures:
    """Return the run of median wall time."""
    return sorted(runs, key=lambda run: run.wall_s)[len(runs) // 2]


def main() -> int:
    """Measure, print, and say whether the budgets were kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--strict", action="store_true", help="exit 1 where a budget is missed")
    parser.add_argument("--quick", action="store_true", help="leave out the hanging thousand")
    given = parser.parse_args()
    if given.serve:
        asyncio.run(_serve())
    missed: list[str] = []

    def show(label: str, value: float, unit: str, budget: float) -> None:
        print(f"  {label:<22}{value:8.2f} {unit:<4} (budget {budget:g})")
        if value > budget:
            missed.append(label)

    with slow_server() as base:
        pairs = [(measure_check(base, 200, 0), measure_curl(base, 200)) for _ in range(5)]
        ours, curl = (median([pair[side] for pair in pairs]) for side in (0, 1))
        ratio = statistics.median(one.wall_s / two.wall_s for one, two in pairs)
        print("200 monitors at 50 ms, whole process, beside curl -Z in the same run")
        show("wall", ours.wall_s, "s", 0.6)
        show("ratio to curl", ratio, "", 2.5)
        show("p50 above curl's", ours.p50 - curl.p50, "ms", 1.5)
        show("p95 above curl's", ours.p95 - curl.p95, "ms", 3)
        show("peak memory", ours.rss_mib, "MiB", 100)
        print(f"  curl: {curl.wall_s:.2f} s, p50 {curl.p50:.1f}, p95 {curl.p95:.1f} ms")
        print(f"  ours: p50 {ours.p50:.1f}, p95 {ours.p95:.1f} ms")
        if not given.quick:
            many = measure_check(base, 5000, 0)
            print("5,000 monitors at 50 ms")
            show("wall of 5,000", many.wall_s, "s", 4)
            show("memory of 5,000", many.rss_mib, "MiB", 120)
            print(f"  p50 {many.p50:.1f}, p95 {many.p95:.1f} ms")
            print("1,000 monitors, 100 of them hanging")
            hanging = measure_check(base, 1000, 10)
            show("wall with hanging", hanging.wall_s, "s", 26)
            show("memory with hanging", hanging.rss_mib, "MiB", 100)
            print(f"  p50 {hanging.p50:.1f}, p95 {hanging.p95:.1f} ms")
    if missed:
        print("over budget: " + ", ".join(missed))
    return 1 if missed and given.strict else 0


if __name__ == "__main__":
    raise SystemExit(main())
