"""A real Prometheus and blackbox_exporter on loopback, where Debian's packages are installed."""

from __future__ import annotations

import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.doubles import free_port

PACKAGES = "apt-get install prometheus prometheus-blackbox-exporter"


def needed(*programs: str) -> None:
    """Skip, saying why, where one of them is not installed."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing:
        pytest.skip(f"{', '.join(missing)} is not installed; {PACKAGES}")


@contextmanager
def running(command: Sequence[str], ready: str, folder: Path) -> Iterator[None]:
    """Run a server until the block ends; it is there when ``ready`` answers."""
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        for _ in range(600):
            assert process.poll() is None, (folder / "log").read_text()[-2000:]
            try:
                with urllib.request.urlopen(ready, timeout=5):
                    break
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        else:
            raise AssertionError((folder / "log").read_text()[-2000:])
        yield
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def prometheus(folder: Path, config: Path | None = None) -> Iterator[str]:
    """Run a Prometheus on the blocks in ``folder/data``; yield its address."""
    port = free_port()
    if config is None:
        config = folder / "none.yml"
        config.write_text("scrape_configs: []\n")
    command = [
        "prometheus", f"--config.file={config}", f"--storage.tsdb.path={folder / 'data'}",
        "--storage.tsdb.retention.time=10y", f"--web.listen-address=127.0.0.1:{port}",
    ]  # fmt: skip
    with running(command, f"http://127.0.0.1:{port}/-/ready", folder):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def blackbox(folder: Path, config: Path) -> Iterator[str]:
    """Run a blackbox_exporter; yield host and port."""
    port = free_port()
    where = f"127.0.0.1:{port}"
    command = [
        "prometheus-blackbox-exporter", f"--config.file={config}", f"--web.listen-address={where}",
    ]  # fmt: skip
    with running(command, f"http://{where}/-/healthy", folder):
        yield where


def backfilled(folder: Path) -> None:
    """Make blocks of a Prometheus from the OpenMetrics in ``folder/history``."""
    for day in sorted((folder / "history").glob("*.om")):
        subprocess.run(
            ["promtool", "tsdb", "create-blocks-from", "openmetrics", str(day),
             str(folder / "data")],
            check=True, capture_output=True,
        )  # fmt: skip
