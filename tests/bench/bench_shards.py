"""Five machines check a share each of 5,000 monitors: as one would, and how long it took.

Run by ``python -m tests.bench.bench_shards``. The monitors lie on a loopback server that answers
after 50 ms; each hundredth refuses. Two rounds are made, so that incidents open. The shares run one
after the other on this machine; what five would take is the slowest share and the joining.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.bench_check import slow_server

COUNT, SHARES, REFUSING = 5000, 5, 100
_ROOT = Path(__file__).parents[2]


def configured(folder: Path, base: str, count: int) -> None:
    """Write a configuration in which monitors share components by ten."""
    (folder / "data").mkdir(parents=True)
    lines = ["site: {name: Bench}", "canaries: []", "defaults: {retry_delays: []}", "monitors:"]
    for number in range(count):
        url = "http://127.0.0.1:1/" if number % REFUSING == 7 else f"{base}{number}"
        lines.append(f"- {{id: m{number}, name: M{number}, url: '{url}'}}")
    lines.append("components:")
    for first in range(0, count, 10):
        of = ", ".join(f"m{number}" for number in range(first, first + 10))
        lines.append(f"- {{id: c{first}, name: C{first}, monitors: [{of}]}}")
    (folder / "data/status.yml").write_text("\n".join(lines), encoding="utf-8")


def command(folder: Path, *arguments: str, run: int) -> float:
    """Run ``statusgen ARGUMENTS``; return its seconds."""
    environ = {**os.environ, "PYTHONPATH": str(_ROOT), "GITHUB_RUN_ID": str(run)}
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "statusgen", *arguments],
        cwd=folder, env=environ, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    return time.perf_counter() - begun


def found(folder: Path) -> dict[str, Any]:
    """Return what follows from the rounds, less when that was."""
    history = folder / "data/history"
    rounds = [
        {name: check["state"] for name, check in sorted(json.loads(line)["checks"].items())}
        for path in sorted(history.glob("2*/*/*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    told = subprocess.run(
        [sys.executable, "-m", "statusgen", "status", "--json"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(_ROOT)}, check=True,
        stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip
    components = sorted(re.findall(r'"id": ?"(c\d+)".*?"state": ?"(\w+)"', told, re.DOTALL))
    incidents = sorted(
        sorted(set(re.findall(r"\bm\d+\b", path.read_text("utf-8"))))
        for path in (history / "incidents").glob("*.md")
    )
    return {"rounds": rounds, "components": components, "incidents": incidents}


def main() -> int:
    """Measure and compare; 1 where the findings differ."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--strict", action="store_true")
    count = parser.parse_args().count
    with TemporaryDirectory() as scratch, slow_server() as base:
        one, many = Path(scratch, "one"), Path(scratch, "many")
        for folder in (one, many):
            configured(folder, base, count)
        alone, shares, joins = [], [], []
        for run in (1, 2):
            alone.append(command(one, "check", run=run))
            files = []
            for share in range(1, SHARES + 1):
                files.append(f"--join={share}.json")
                shares.append(
                    command(many, "check", "--shard", f"{share}/{SHARES}",
                            "--round", f"{share}.json", run=run)
                )  # fmt: skip
            joins.append(command(many, "check", *files, run=run))
            time.sleep(1.1)  # rounds are of whole seconds
        same = (before := found(one)) == found(many)
    print(f"{count} monitors, {len(before['components'])} components with "
          f"{len(before['incidents'])} incidents of {count // REFUSING} that refuse")  # fmt: skip
    print(f"one machine {max(alone):.1f} s; slowest of {SHARES} shares {max(shares):.1f} s, "
          f"joining {max(joins):.1f} s")  # fmt: skip
    print(f"states, components and incidents the same: {'yes' if same else 'NO'}")
    return 0 if same and before["components"] and before["incidents"] else 1


if __name__ == "__main__":
    sys.exit(main())
