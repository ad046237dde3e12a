"""Plays a job of a workflow: its ``run:`` steps, in order, as a hosted runner would.

Where a step uses an action the stand-in does on this machine what the action is known to do:
checkout clones the remote, setup-python makes an environment with nothing in it but pip.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sysconfig
import time
import venv
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Step:
    """How one step ended."""

    name: str
    code: int
    output: str
    seconds: float


@dataclass(slots=True)
class Runner:
    """A machine that has nothing but Python and git."""

    folder: Path
    remote: Path
    secrets: dict[str, str] = field(default_factory=dict)
    context: dict[str, str] = field(default_factory=dict)
    """Expression → its value: ``{"inputs.action": "open"}``."""
    attempt: int = 1
    kept: dict[str, Path] = field(default_factory=dict)
    """Artifacts by name; shared by the runners of one run."""

    @property
    def copy(self) -> Path:
        """Where the repository is checked out."""
        return self.folder / "work"

    @property
    def environment(self) -> Path:
        """The Python environment of this job."""
        return self.folder / "python"

    def play(self, job: dict[str, Any], run_id: str = "1") -> list[Step]:
        """Run the job's steps until one fails; return how each ended."""
        self.folder.mkdir(parents=True, exist_ok=True)
        done: list[Step] = []
        for step in job["steps"]:
            began = time.monotonic()
            code, output = self._step(step, run_id)
            name = str(step.get("name", step.get("uses")))
            done.append(Step(name, code, output, time.monotonic() - began))
            if code != 0:
                break
        return done

    def _step(self, step: dict[str, Any], run_id: str) -> tuple[int, str]:
        if "run" in step:
            output = self.folder / "output"
            output.write_text("")
            done = self._run(["bash", "-e", "-o", "pipefail", "-c", step["run"]], step, run_id)
            for line in output.read_text().splitlines():
                name, _, value = line.partition("=")
                self.context[f"steps.{step.get('id')}.outputs.{name}"] = value
            return done
        action = step["uses"].partition("@")[0]
        if action == "actions/checkout":
            source = f"file://{self.remote}"
            clone = ["git", "clone", "-q", "--depth", "1", source, str(self.copy)]
            return self._run(clone, step, run_id, self.folder)
        if action == "actions/setup-python":
            if not self.environment.exists():
                bare(self.environment)
            return 0, ""
        if action == "actions/upload-pages-artifact":
            there = (self.copy / step["with"]["path"] / "index.html").is_file()
            return (0, "") if there else (1, "there is no site to upload")
        given = {name: self._value(str(text)) for name, text in step.get("with", {}).items()}
        if action == "actions/upload-artifact":
            kept = self.folder / "artifacts" / given["name"]
            shutil.copytree(self.copy / given["path"], kept)
            self.kept[given["name"]] = kept
            return 0, ""
        if action == "actions/download-artifact":
            shutil.copytree(self.kept[given["name"]], self.copy / given["path"])
            return 0, ""
        if action == "actions/attest":
            paths = [text for name, text in given.items() if name != "show-summary"]
            lacking = [path for path in paths if not list(self.copy.glob(path))]
            return len(lacking), f"missing: {lacking}"
        raise AssertionError(f"no stand-in for {action}")

    def _run(
        self, command: list[str], step: dict[str, Any], run_id: str, folder: Path | None = None
    ) -> tuple[int, str]:
        given = {name: self._value(str(text)) for name, text in step.get("env", {}).items()}
        kept = {
            k: v for k, v in os.environ.items() if k.startswith("PIP_") or k in ("LANG", "TMPDIR")
        }
        environ = {
            "PIP_NO_COMPILE": "1",  # most of a library is never imported here
            **kept,
            "PATH": f"{self.environment / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_RUN_ID": run_id,
            "GITHUB_RUN_ATTEMPT": str(self.attempt),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_ACTOR": "octocat",
            "GITHUB_ACTOR_ID": "583231",
            "GIT_CONFIG_NOSYSTEM": "1",
            "PIP_CACHE_DIR": os.environ.get("PIP_CACHE_DIR", str(Path.home() / ".cache" / "pip")),
            **given,
        }
        ended = subprocess.run(
            command,
            cwd=folder or self.copy,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
        )
        return ended.returncode, ended.stdout

    def _value(self, text: str) -> str:
        def one(found: re.Match[str]) -> str:
            name = found[1]
            if name in self.context:
                return self.context[name]
            return self.secrets.get(name.removeprefix("secrets."), f"value of {name}")

        return re.sub(r"\$\{\{\s*([\w.]+)\s*\}\}", one, text)


LIBRARIES = Path(sysconfig.get_path("purelib"))


def bare(environment: Path) -> None:
    """Make a Python environment with nothing in it but pip: this one's."""
    venv.create(environment, symlinks=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    for each in LIBRARIES.glob("pip*"):
        (packages / each.name).symlink_to(each)
    program = environment / "bin" / "pip"
    program.write_text(f'#!/bin/sh\nexec "{environment}/bin/python" -m pip "$@"\n')
    program.chmod(0o755)


def stocked(environment: Path, lock: Path) -> None:
    """Make an environment that holds what a lock names, and nothing else: of these libraries.

    pip takes as installed what has the version that the lock names; all else it installs.
    """
    bare(environment)
    (packages,) = environment.glob("lib/python*/site-packages")
    shelf = environment / "shelf"
    shelf.mkdir()
    (packages / "shelf.pth").write_text(f"{shelf}\n")
    for name in re.findall(r"^([\w.-]+)==", lock.read_text(encoding="utf-8"), re.M):
        with contextlib.suppress(metadata.PackageNotFoundError):  # of another system
            found = metadata.distribution(name)
            for part in {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}:
                if not (shelf / part).exists():
                    (shelf / part).symlink_to(str(found.locate_file(part)))


def furnished(environment: Path, wheel: Path) -> None:
    """Make an environment that holds the wheel, and all that any lock names: these libraries.

    What is installed from where and in which share is looked at where nothing is furnished:
    ``tests/setup/test_new_repository.py``.
    """
    bare(environment)
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "furnished.pth").write_text(f"{LIBRARIES}\n")
    pip = [environment / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-index"]
    alone = ["--no-deps", "--no-compile", "--ignore-installed"]
    command = [str(part) for part in (*pip, *alone, wheel)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def quick(job: dict[str, Any], **env: str) -> dict[str, Any]:
    """Return the same job where nobody waits for minutes, with ``env`` in each of its steps."""
    steps = []
    for step in job["steps"]:
        script = re.sub(r"--every 60s --for \d+m", "--every 1s --for 2s", step.get("run", ""))
        steps.append(
            {**step, "env": {**env, **step.get("env", {})}, **({"run": script} if script else {})}
        )
    return {**job, "steps": steps}


def jobs_of(path: Path) -> dict[str, dict[str, Any]]:
    """Return the jobs of a workflow file, by name."""
    jobs: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return jobs
