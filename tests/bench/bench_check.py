"""How fast a round is, how true its latencies are, what it costs in memory.

Run by ``python -m tests.bench.bench_check``. A server in a process of its own answers after 50 ms.
Every figure is of a whole process, interpreter start included, median of three; the baseline is a
plain client of threads and ``http.client`` against the same server in the same run. Budgets are
printed beside the figures; ``--strict`` makes a miss the exit code.
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
from typing import IO, Any

DELAY_S = 0.05
_ROOT = Path(__file__).parents[2]
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"

_BASELINE = """
import http.client, json, resource, sys, time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

base, count = urlsplit(sys.argv[1]), int(sys.argv[2])

def ask(n):
    begun = time.perf_counter()
    connection = http.client.HTTPConnection(base.hostname, base.port, timeout=10)
    connection.request("GET", f"/{n}")
    connection.getresponse().read(1)
    taken = (time.perf_counter() - begun) * 1000
    connection.close()
    return round(taken)

with ThreadPoolExecutor(50) as pool:
    ms = sorted(pool.map(ask, range(count)))
rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"ms": ms, "rss": rss}))
"""


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


def measure_baseline(base: str, count: int) -> Figures:
    """Run the plain client in an interpreter of its own."""
    return _measure([sys.executable, "-c", _BASELINE, base, str(count)], lambda out: out["ms"])


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
        return _measure(command, lambda out: [c["ms"] for c in out["checks"] if c["state"] == "up"])


def _loopback_addresses(base: str) -> list[str]:
    port = base.rstrip("/").rpartition(":")[2]
    return [f"http://127.0.0.{last}:{port}/" for last in (1, 2, 3)]


def _measure(command: list[str], latencies: Callable[[Any], list[int]]) -> Figures:
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
    found = sorted(latencies(json.loads(out)))
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
        ours = median([measure_check(base, 200, 0) for _ in range(3)])
        plain = median([measure_baseline(base, 200) for _ in range(3)])
        print("200 monitors at 50 ms, whole process")
        show("wall", ours.wall_s, "s", 1.0)
        show("reported p50", ours.p50, "ms", 55)
        show("reported p95", ours.p95, "ms", 65)
        show("peak memory", ours.rss_mib, "MiB", 100)
        print(f"  plain threads: {plain.wall_s:.2f} s, p50 {plain.p50:.0f}, p95 {plain.p95:.0f} ms")
        print(f"  ratio to it: {ours.wall_s / plain.wall_s:.1f}")
        if not given.quick:
            print("1,000 monitors, 100 of them hanging")
            hanging = measure_check(base, 1000, 10)
            show("wall with hanging", hanging.wall_s, "s", 60)
            show("peak memory, hanging", hanging.rss_mib, "MiB", 250)
            show("reported p50, hanging", hanging.p50, "ms", 55)
            show("reported p95, hanging", hanging.p95, "ms", 65)
    if missed:
        print("over budget: " + ", ".join(missed))
    return 1 if missed and given.strict else 0


if __name__ == "__main__":
    raise SystemExit(main())
