"""``statusgen check`` killed at random points: nothing corrupt, no acknowledged round lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.cli.harness import statusgen, write_config
from tests.conftest import ROOT

CONFIG = (
    "site: {name: Test}\ncanaries: []\nmonitors:\n"
    "  - {id: api, name: API, url: https://api.example/}\n"
    "  - {id: shop, name: Shop, url: https://shop.example/}\n"
)
COMMAND = ["check", "--json", "--connect-to", "::127.0.0.1:9", "--retry-delays", "none"]
LONGEST_S = 0.9
"""A little more than a whole check takes, so that kills fall before, in and after the writing."""


def check_and_kill(folder: Path, delay: float) -> str | None:
    """Start a check, kill it after ``delay`` seconds; return the key of the round it told."""
    process = subprocess.Popen(
        [sys.executable, "-m", "statusgen", *COMMAND],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    timer = threading.Timer(delay, process.send_signal, [signal.SIGKILL])
    timer.start()
    out, _ = process.communicate()
    timer.cancel()
    return str(json.loads(out)["round"]) if out.endswith("\n") else None


def stored_keys(folder: Path) -> list[str]:
    lines = [
        line
        for path in sorted((folder / "data" / "history").glob("2*/*/*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [json.loads(line)["round"] for line in lines]


@pytest.mark.parametrize(
    "kills", [12, pytest.param(300, marks=pytest.mark.long)], ids=["few", "three-hundred"]
)
def test_kills_corrupt_nothing_and_lose_no_acknowledged_round(tmp_path: Path, kills: int) -> None:
    write_config(tmp_path, CONFIG)
    chance = random.Random(20261121)

    told = [check_and_kill(tmp_path, chance.uniform(0.05, LONGEST_S)) for _ in range(kills)]
    last = statusgen(tmp_path, *COMMAND)

    assert last.code == 0, last.err
    acknowledged = [key for key in told if key is not None]
    stored = stored_keys(tmp_path)
    print(f"{kills} kills, {len(acknowledged)} rounds acknowledged, {len(stored)} stored")
    assert set(acknowledged) <= set(stored)
    assert len(stored) == len(set(stored))
    verified = statusgen(tmp_path, "history", "verify")
    assert verified.code == 0, verified.out
    assert statusgen(tmp_path, "incident", "list", "--json").code == 0
    assert statusgen(tmp_path, "build", "--engine", "none").code == 0
    assert not list((tmp_path / "data").rglob(".tmp-*"))
