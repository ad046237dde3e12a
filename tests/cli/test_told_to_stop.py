"""``check --every`` as a job is cancelled: by a signal, at any moment."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.harness import write_config
from tests.cli.test_push import NOWHERE, git, make_repository
from tests.conftest import ROOT


def start(copy: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start ``check --every --push`` as a workflow's step does."""
    return subprocess.Popen(
        [sys.executable, "-m", "statusgen", "check", "--push", "--every", "60s", *arguments],
        cwd=copy,
        env={"PATH": os.environ["PATH"], "HOME": str(copy), "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stored(copy: Path) -> int:
    files = (copy / "data" / "history").glob("2*/*/*.jsonl")
    return sum(len(path.read_text().splitlines()) for path in files)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_between_rounds_it_pushes_what_it_saw_and_ends_well(
    tmp_path: Path, number: signal.Signals
) -> None:
    copy, remote = make_repository(tmp_path)
    # Nothing changes after the first round, so that the next push would be ten minutes away.
    process = start(copy, *NOWHERE)
    assert process.stderr is not None
    for line in process.stderr:
        if line.strip() == "pushed":
            break

    process.send_signal(number)
    out, err = process.communicate(timeout=30)

    assert process.returncode == 0, err
    assert "Traceback" not in err
    assert out.count("round 2") == stored(copy) == 1
    log = git(remote, "log", "--format=%s", "status-data").splitlines()
    assert log[0].startswith("Record round ")


@pytest.fixture
def silent_host() -> Iterator[tuple[int, threading.Event]]:
    """A port that takes connections and answers nothing; the event says that one came."""
    came = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take() -> None:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            came.set()
            with connection:
                while connection.recv(1024):
                    pass

        taking = threading.Thread(target=take, daemon=True)
        taking.start()
        yield server.getsockname()[1], came
        taking.join(10)


def test_amid_a_round_it_abandons_the_round_and_keeps_the_rest(
    tmp_path: Path, silent_host: tuple[int, threading.Event]
) -> None:
    copy, remote = make_repository(tmp_path)
    port, came = silent_host
    config = f"""\
site: {{name: Test}}
canaries: []
monitors:
  - {{id: api, name: API, url: "http://127.0.0.1:{port}/", timeout: 60s, deadline: 60s}}
"""
    write_config(copy, config)
    process = start(copy)
    assert came.wait(30)

    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=30)

    assert process.returncode == 0, err
    assert stored(copy) == 0
    assert "Traceback" not in err
    assert git(remote, "branch", "--list", "status-data") == ""
