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
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

DELAY_S = 0.05
_ROOT = Path(__file__).parents[2]
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"

_ROUND = """
import json, resource, sys
from statusgen.base.clock import now
from statusgen.base.secrets import Template
from statusgen.config.settings import Canary, Monitor
from statusgen.probe.kinds.http import HTTP
from statusgen.probe.scheduler import run_round

base, count, hanging = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
monitors = [
    Monitor(
        id=f"m{n}", name=f"m{n}", kind="http", options=HTTP.options(),
        url=Template(base + ("hang" if hanging and n % hanging == 0 else str(n))),
    )
    for n in range(count)
]
canaries = [Canary(id=f"c{n}", url=base) for n in range(3)]
round_ = run_round(monitors, canaries, at=now(), vantage="bench", run_id="1", environ={})
up = sorted(check.ms for check in round_.checks.values() if check.state == "up")
rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"ms": up, "rss": rss, "took": round_.took_ms}))
"""

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
    print(server.sockets[0].getsockname()[1], flush=True)
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


def measure(program: str, *arguments: str) -> Figures:
    """Run ``program`` in an interpreter of its own."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        check=True,
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
    )
    wall = time.perf_counter() - begun
    shown = json.loads(done.stdout)
    latencies = shown["ms"]
    p95 = latencies[int(len(latencies) * 0.95)]
    return Figures(wall, shown["rss"], statistics.median(latencies), p95)


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
        ours = median([measure(_ROUND, base, "200", "0") for _ in range(3)])
        plain = median([measure(_BASELINE, base, "200") for _ in range(3)])
        print("200 monitors at 50 ms, whole process")
        show("wall", ours.wall_s, "s", 1.0)
        show("reported p50", ours.p50, "ms", 55)
        show("reported p95", ours.p95, "ms", 65)
        show("peak memory", ours.rss_mib, "MiB", 100)
        print(f"  plain threads: {plain.wall_s:.2f} s, p50 {plain.p50:.0f}, p95 {plain.p95:.0f} ms")
        print(f"  ratio to it: {ours.wall_s / plain.wall_s:.1f}")
        if not given.quick:
            print("1,000 monitors, 100 of them hanging")
            hanging = measure(_ROUND, base, "1000", "10")
            show("wall with hanging", hanging.wall_s, "s", 60)
            show("peak memory, hanging", hanging.rss_mib, "MiB", 250)
            show("reported p50, hanging", hanging.p50, "ms", 55)
            show("reported p95, hanging", hanging.p95, "ms", 65)
    if missed:
        print("over budget: " + ", ".join(missed))
    return 1 if missed and given.strict else 0


if __name__ == "__main__":
    raise SystemExit(main())
