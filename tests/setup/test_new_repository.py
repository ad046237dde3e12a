"""What ``init`` writes runs: installed from its own locks and wheel, pushed, checked, built."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from statusgen.publish.precompiled import FOLDER, compiled
from statusgen.setup.locks import locked
from statusgen.setup.wheel import Wheel, running_wheel
from tests.cli.test_push import git
from tests.github.double import Double
from tests.workflow import Runner, jobs_of, quick, stocked

WORKFLOWS = Path(".github/workflows")


@pytest.mark.parametrize("downloads", [False, pytest.param(True, marks=pytest.mark.long)])
def test_every_step_of_the_workflow_runs_where_there_is_only_python_and_git(
    repository: tuple[Path, Path], tmp_path: Path, downloads: bool
) -> None:
    """A check has everything installed from its locks; a build too, where much is downloaded.

    Else a build finds what its lock names, in the versions that it names, and nothing besides.
    """
    copy, remote = repository
    jobs = {
        "check": jobs_of(copy / WORKFLOWS / "status.yml")["check"],
        "build": jobs_of(copy / WORKFLOWS / "pages.yml")["build"],
    }
    env = {"GITHUB_REPOSITORY": "acme/status", "GITHUB_REF_NAME": "main"}

    checking = Runner(tmp_path / "check", remote)
    building = Runner(tmp_path / "build", remote)
    if not downloads:
        building.folder.mkdir()
        stocked(building.environment, copy / "requirements" / "site.txt")
    with Double().running() as double:
        checked_ = checking.play(quick(jobs["check"], GITHUB_API_URL=double.api, **env))
    steps = {"check": checked_, "build": building.play(jobs["build"])}
    assert [name for name, _ in double.started] == ["pages.yml"]

    for job, played in steps.items():
        assert [step.name for step in played if step.code != 0] == [], played[-1].output
        assert len(played) == len(jobs[job]["steps"])
        for step in played:
            print(f"{job}: {step.name}: {step.seconds:.1f} s")
    line = git(remote, "log", "-1", "--format=%s", "status-data").strip()
    assert line.startswith("Record round ")
    page = (building.copy / "site" / "index.html").read_text(encoding="utf-8")
    assert "All Systems Operational" in page
    assert (building.copy / "site" / "about" / "index.html").is_file()
    checked = installed(checking.environment)
    assert {"statusgen", "pycurl", "click"} <= checked
    assert not checked & {"mkdocs", "matplotlib", "jinja2", "hatchling", "material"}
    with_only_a_check(checking)
    demonstration(building)


def installed(environment: Path) -> set[str]:
    """The first names of the distributions of an environment."""
    folders = environment.glob("lib/python*/site-packages/*.dist-info")
    return {folder.name.partition("-")[0].lower() for folder in folders}


def with_only_a_check(runner: Runner) -> None:
    """A missing library is named with the file that installs it, never with an index's name."""
    done = run(runner, "build", "--out", "elsewhere")

    assert done.returncode == 3
    assert "is not installed; python -m pip install --require-hashes" in done.stderr
    assert "-r requirements/site.txt" in done.stderr
    assert (runner.copy / "requirements" / "site.txt").is_file()


def demonstration(runner: Runner) -> None:
    """The installed program runs ``demo``, and ``init`` makes the same wheel again."""
    shown = run(runner, "demo", "--out", "shown")
    again = run(runner, "init", "again", "--url", "https://a.example/")

    assert shown.returncode == 0, shown.stderr
    page = (runner.copy / "shown" / "index.html").read_text(encoding="utf-8")
    assert "This is a demonstration" in page
    assert "Outage" in page
    assert again.returncode == 0, again.stderr
    (wheel,) = (runner.copy / "again" / "vendor").iterdir()
    assert wheel.read_bytes() == (runner.copy / "vendor" / wheel.name).read_bytes()


def run(runner: Runner, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [runner.environment / "bin" / "statusgen", *arguments],
        cwd=runner.copy,
        env={"PATH": os.environ["PATH"], "HOME": str(runner.folder)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_wheel_is_the_same_bytes_each_time_and_small(tmp_path: Path) -> None:
    first, second = running_wheel(), running_wheel()

    assert first == second
    assert len(first.content) < 2_600_000
    path = tmp_path / first.name
    path.write_bytes(first.content)
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
    assert {
        "statusgen/setup/locks/check.txt",
        "statusgen/setup/locks/notify.txt",
        "statusgen/setup/schedule_texts/visits.yml",
    } <= names
    assert {f"{FOLDER}/{name}" for name, _ in compiled()} <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests")]


def test_a_wheel_that_was_altered_is_not_installed(
    repository: tuple[Path, Path], tmp_path: Path
) -> None:
    copy, _ = repository
    (wheel,) = (copy / "vendor").iterdir()
    kept = wheel.read_bytes()
    try:
        wheel.write_bytes(kept + b"\0")
        pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes"]
        done = subprocess.run(
            [*pip, "-d", str(tmp_path), "-r", "requirements/statusgen.txt"],
            cwd=copy,
            capture_output=True,
            text=True,
        )
    finally:
        wheel.write_bytes(kept)

    assert done.returncode != 0
    assert "HASH" in done.stderr.upper()


def test_locks_are_pinned_hashed_and_name_no_index() -> None:
    for purpose in ("check", "site"):
        lines = locked(purpose).splitlines()
        pinned = [line for line in lines if line and not line.startswith(" ")]
        assert pinned
        for line in pinned:
            assert "==" in line, line
        assert sum("--hash=sha256:" in line for line in lines) >= len(pinned)
        assert not [line for line in lines if "http" in line and "://" in line]


def test_a_hostile_name_stays_a_name() -> None:
    from statusgen.setup.starter import starter_files

    wheel = Wheel("w-0-py3-none-any.whl", b"x")
    files = starter_files(
        name='@MONITORS@ "x: #', urls=["https://a.example/"], site_url="", wheel=wheel
    )

    assert '"@MONITORS@ \\"x: #"' in files["data/status.yml"].decode()
