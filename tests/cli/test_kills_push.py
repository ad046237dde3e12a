"""``check --push`` killed at random points: what was pushed is there, whole, and only once."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.cli.harness import statusgen
from tests.cli.test_push import NOWHERE, git, make_repository
from tests.conftest import ROOT


def check_and_kill(copy: Path, delay: float) -> tuple[str | None, bool]:
    """Start a check, kill it after ``delay`` seconds; return its round, and if it was pushed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "statusgen", "check", "--json", "--push", *NOWHERE],
        cwd=copy,
        env={"PATH": os.environ["PATH"], "HOME": str(copy), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    timer = threading.Timer(delay, process.send_signal, [signal.SIGKILL])
    timer.start()
    out, err = process.communicate()
    timer.cancel()
    told = str(json.loads(out)["round"]) if out.endswith("\n") else None
    return told, "pushed\n" in err


def on_the_remote(remote: Path) -> list[str]:
    """The keys of the rounds that the branch holds; every line must be whole."""
    names = git(remote, "ls-tree", "-r", "--name-only", "status-data").split()
    days = [name for name in names if name.endswith(".jsonl") and "outbox" not in name]
    lines = [
        line for day in days for line in git(remote, "show", f"status-data:{day}").splitlines()
    ]
    return [json.loads(line)["round"] for line in lines]


@pytest.mark.parametrize(
    "kills", [6, pytest.param(300, marks=pytest.mark.long)], ids=["few", "three-hundred"]
)
def test_no_pushed_round_is_lost_or_torn_and_the_next_push_takes_the_rest_along(
    tmp_path: Path, kills: int
) -> None:
    copy, remote = make_repository(tmp_path)
    chance = random.Random(20261126)

    statusgen(copy, "check", "--push", *NOWHERE)  # the first makes the branch
    begun = time.monotonic()
    statusgen(copy, "check", "--push", *NOWHERE)
    # Kills fall before, in and after each step, on a slow machine too.
    took = time.monotonic() - begun

    done = [check_and_kill(copy, chance.uniform(0.2, 1.6) * took) for _ in range(kills)]
    last = statusgen(copy, "check", "--push", *NOWHERE)

    assert last.code == 0, last.err
    told = [key for key, _ in done if key is not None]
    there = on_the_remote(remote)
    print(
        f"{kills} kills: {len(told)} rounds told, {sum(pushed for _, pushed in done)} pushed, "
        f"{len(there)} on the remote after the next run"
    )
    assert set(told) <= set(there)
    assert len(there) == len(set(there))
    assert statusgen(copy, "history", "verify").code == 0
    assert git(copy, "status", "--porcelain") == ""
