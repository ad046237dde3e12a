"""What a round of hostile servers costs, measured in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.probe.servers import (
    Farm,
    answer,
    bomb,
    drip,
    endless_chunks,
    flood,
    hang,
    head,
    raw,
    redirect,
)

ROOT = Path(__file__).parents[2]

_CHILD = """
import json, re, resource, sys
from pathlib import Path
from tests.probe.rounds import monitor, round_of

def peak():
    # On Linux ru_maxrss begins with the size of the process that forked this one.
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

urls = json.loads(sys.argv[1])
expect = {"body_contains": "never there", "body_matches": "(x+)+$"}
monitors = [monitor(url, f"m{n}", timeout_ms=3000, expect=expect) for n, url in enumerate(urls)]
round_of(monitor("http://127.0.0.1:9"))
before = peak()
ran = round_of(*monitors)
after = peak()
states = {check.state.value for check in ran.checks.values()}
print(json.dumps({"before": before, "after": after, "states": sorted(states)}))
"""


def in_child(urls: list[str]) -> tuple[float, float, list[str]]:
    """Check ``urls`` and return the peak memory before and after in MiB, and the states."""
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, json.dumps(urls)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    shown = json.loads(done.stdout)
    return shown["before"], shown["after"], shown["states"]


def test_a_gzip_bomb_costs_a_few_megabytes(farm: Farm) -> None:
    before, after, states = in_child([farm.start(bomb()).url])
    assert states == ["down"]
    assert after - before < 12


def test_forty_hostile_endpoints_stay_under_150_mebibytes(farm: Farm) -> None:
    line = b"X-Filler: " + b"y" * 65536
    behaviours = [
        bomb(),
        endless_chunks(),
        flood(b"HTTP/1.1 200 OK\r\n", line, 100_000_000),
        flood(b"", b"HTTP/1.1 103 Early Hints\r\nA: %s\r\n\r\n" % (b"b" * 9000)),
        drip(head(headers={"Content-Length": "9999"}), b"x"),
        hang(),
        answer(b"x" * 1_000_000),
        raw(os.urandom(100_000)),
        bomb("gzip, gzip"),
        redirect("/" + "a" * 60_000),
    ]
    urls = [farm.start(behaviour).url for behaviour in behaviours * 4]
    _, after, states = in_child(urls)
    assert "up" not in states
    assert after < 150
