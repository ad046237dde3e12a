"""This repository's own workflows, played: the same as those that are generated, but for how the
program comes onto the machine."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.test_push import git
from tests.conftest import ROOT
from tests.github.double import Double
from tests.workflow import Runner, jobs_of, quick

WORKFLOWS = ROOT / ".github" / "workflows"


@pytest.fixture
def remote(tmp_path: Path, host: str) -> Path:
    """A bare remote that holds what is committed here, with one monitor on loopback."""
    committed = subprocess.run(
        ["git", "-C", ROOT, "archive", "--format=tar", "HEAD"], capture_output=True
    )
    if committed.returncode != 0:
        pytest.skip("this is no clone")
    copy, bare = tmp_path / "copy", tmp_path / "remote.git"
    with tarfile.open(fileobj=io.BytesIO(committed.stdout)) as tar:
        tar.extractall(copy, filter="data")
    shutil.rmtree(copy / "content" / "incidents", ignore_errors=True)
    shutil.rmtree(copy / "data" / "roadmaps", ignore_errors=True)
    (copy / "data" / "status.yml").write_text(
        f"site: {{name: Own}}\ncanaries: []\nmonitors:\n  - {{id: api, name: API, url: '{host}'}}\n"
    )
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(bare))
    git(copy, "init", "-q", "-b", "main")
    git(copy, "add", "-A")
    git(copy, "commit", "-qm", "Begin")
    git(copy, "push", "-q", f"file://{bare}", "main")
    return bare


@pytest.mark.long
def test_our_own_jobs_check_and_build(remote: Path, tmp_path: Path) -> None:
    jobs = {
        "check": jobs_of(WORKFLOWS / "status.yml")["check"],
        "build": jobs_of(WORKFLOWS / "pages.yml")["build"],
    }
    env = {"GITHUB_REPOSITORY": "acme/status", "GITHUB_REF_NAME": "main"}
    with Double().running() as double:
        for name, job in jobs.items():
            runner = Runner(tmp_path / name, remote)
            played = runner.play(quick(job, GITHUB_API_URL=double.api, **env))
            assert [step.name for step in played if step.code != 0] == [], played[-1].output
            assert len(played) == len(job["steps"])
        assert [name for name, _ in double.started] == ["pages.yml"]
    assert "Record round" in git(remote, "log", "-1", "--format=%s", "status-data")
    assert (runner.copy / "site" / "freshness.json").is_file()


def test_our_own_workflows_are_those_that_are_generated_but_for_the_installation() -> None:
    """What is right in one must not be forgotten in the other."""
    from statusgen.setup.schedule_files import Kind, schedule_files

    made = schedule_files(Kind.VISITS)
    for name in ("status.yml", "pages.yml"):
        own = jobs_of(WORKFLOWS / name)
        for job, generated in _jobs(made[f".github/workflows/{name}"]).items():
            ours = own[job]
            assert ours.get("permissions") == generated.get("permissions")
            assert ours.get("concurrency") == generated.get("concurrency")
            assert ours["timeout-minutes"] == generated["timeout-minutes"]
            steps = zip(ours["steps"], generated["steps"], strict=True)
            for mine, theirs in steps:
                if not mine["name"].startswith("Install"):
                    assert mine == theirs


def _jobs(text: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(text)["jobs"]
    return found
