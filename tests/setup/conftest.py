"""A repository as ``init`` makes it, pushed to a bare remote; and a host that it checks."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_push import git
from tests.conftest import ROOT
from tests.doubles import Quiet, served
from tests.guide.zygote import shim, start
from tests.workflow import furnished

INSTALLED = "statusgen-installed"
"""The program as the wheel brought it: its process is its own."""


@pytest.fixture(scope="session")
def host() -> Iterator[str]:
    """A web server on loopback that answers 200."""

    class Handler(Quiet, http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

    with served(Handler) as address:
        yield f"{address}/"


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory, host: str) -> tuple[Path, Path]:
    """A repository that ``init`` made in an empty folder, and the bare remote it was pushed to."""
    place = tmp_path_factory.mktemp("new")
    copy, remote = place / "copy", place / "remote.git"
    copy.mkdir()
    made = subprocess.run(
        [sys.executable, "-m", "statusgen", "init", "--name", "Acme", "--url", host],
        cwd=copy,
        env=dict(os.environ),
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    git(place, "init", "-q", "--bare", "-b", "main", str(remote))
    git(copy, "init", "-q", "-b", "main")
    git(copy, "add", "-A")
    git(copy, "commit", "-qm", "Begin")
    git(copy, "push", "-q", f"file://{remote}", "main")
    return copy, remote


@pytest.fixture(scope="session")
def environment(
    repository: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """A Python environment in which all is installed that a job of the repository may need.

    Its ``statusgen`` does not import the program anew for each command; ``INSTALLED`` does.
    """
    copy, _ = repository
    (wheel,) = (copy / "vendor").iterdir()
    made = tmp_path_factory.mktemp("furnished") / "python"
    furnished(made, wheel)
    program = made / "bin" / "statusgen"
    program.rename(program.with_name(INSTALLED))
    with tempfile.TemporaryDirectory(prefix="sg-") as folder:
        child = start(Path(folder) / "socket", ROOT)
        shim(program, Path(folder) / "socket")
        yield made
        child.terminate()
        child.communicate()
