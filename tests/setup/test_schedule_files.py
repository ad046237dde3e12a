"""Each way to have checks made, played in a scratch clone of a repository as ``init`` makes it.

The scripts are those of the files, word by word, but for how long a job goes on and where an
environment lies.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from statusgen.base.errors import InputError
from statusgen.setup.schedule_files import (
    OFFERS,
    REVIEW,
    Kind,
    offer_of,
    review_workflow,
    schedule_files,
)
from tests.cli.harness import statusgen, write_config
from tests.cli.test_push import git
from tests.conftest import ROOT
from tests.github.double import Double
from tests.workflow import Runner, Step, quick

JOBS = dict[str, Any]
SOME = {1, 2}
"""Rounds of a loop of two seconds: a slow machine skips one."""


@dataclass
class Ground:
    """A remote, and a machine on which everything is installed."""

    runner: Runner
    double: Double

    @property
    def remote(self) -> Path:
        return self.runner.remote

    def play(self, job: JOBS, **env: str) -> list[Step]:
        """Play a job on a fresh checkout; the programs of an earlier job are still installed."""
        shutil.rmtree(self.runner.copy, ignore_errors=True)
        played = self.runner.play(quick(job, **env))
        assert [step.name for step in played if step.code != 0] == [], played[-1].output
        assert len(played) == len(job["steps"])
        return played

    def shell(self, script: str, **env: str) -> Step:
        """Run a script in a fresh, empty folder."""
        shutil.rmtree(self.runner.copy, ignore_errors=True)
        self.runner.copy.mkdir(parents=True)
        job = {"steps": [{"name": "script", "run": script, "env": env}]}
        (step,) = self.runner.play(quick(job))
        return step

    def rounds(self) -> int:
        """How many rounds the remote holds."""
        files = git(self.remote, "ls-tree", "-r", "--name-only", "status-data").split()
        days = [name for name in files if name.endswith(".jsonl")]
        return sum(git(self.remote, "show", f"status-data:{day}").count("\n") for day in days)


@pytest.fixture(scope="module")
def ground(
    repository: tuple[Path, Path], environment: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ground]:
    """The remote holds one round; the environment has what a build needs."""
    copy, _ = repository
    place = tmp_path_factory.mktemp("ground")
    remote = place / "status.git"
    git(place, "init", "-q", "--bare", "-b", "main", str(remote))
    git(copy, "push", "-q", f"file://{remote}", "main")
    runner = Runner(place / "machine", remote)
    runner.folder.mkdir()
    runner.environment.symlink_to(environment)
    with Double().running() as double:
        yield Ground(runner, double)


def jobs(text: str) -> dict[str, JOBS]:
    found: dict[str, JOBS] = yaml.safe_load(text)["jobs"]
    return found


def as_job(double: Double, place: Path) -> dict[str, str]:
    return {
        "GITHUB_API_URL": double.api,
        "GITHUB_REPOSITORY": "acme/status",
        "GITHUB_REF_NAME": "main",
        "GITHUB_SERVER_URL": f"file://{place}",
    }


@pytest.mark.parametrize(
    ("kind", "started", "rounds"),
    [
        (Kind.DISPATCH, ["pages.yml"], {1}),
        (Kind.VISITS, ["pages.yml"], SOME),
        (Kind.RELAY, ["pages.yml", "status.yml"], SOME),
    ],
)
def test_a_job_that_checks(
    ground: Ground, kind: Kind, started: list[str], rounds: set[int]
) -> None:
    text = schedule_files(kind)[".github/workflows/status.yml"]
    ground.double.asked.clear()
    if ground.runner.copy.exists():
        git(ground.remote, "branch", "-D", "status-data")

    ground.play(jobs(text)["check"], **as_job(ground.double, ground.remote.parent))

    assert [name for name, _ in ground.double.started] == started
    assert ground.rounds() in rounds


def test_the_job_that_builds(ground: Ground) -> None:
    text = schedule_files(Kind.VISITS)[".github/workflows/pages.yml"]

    ground.play(jobs(text)["build"])

    page = (ground.runner.copy / "site" / "index.html").read_text(encoding="utf-8")
    assert "published at least hourly" in page


def test_the_job_that_reviews_says_what_a_change_does(ground: Ground, tmp_path: Path) -> None:
    (job,) = jobs(review_workflow()).values()
    proposal = tmp_path / "proposal"
    git(tmp_path, "clone", "-q", f"file://{ground.remote}", str(proposal))
    config = proposal / "data" / "status.yml"
    (monitor,) = re.findall(r"- id: (\S+)", config.read_text())
    config.write_text(
        config.read_text().replace(f"- id: {monitor}", "- id: site")
        + "  - {id: new, name: 'A|B <b>[x](javascript:y)', url: 'https://new.example/'}\n"
    )
    git(proposal, "add", "-A")
    git(proposal, "commit", "-qm", "Propose")
    git(proposal, "push", "-q", "origin", "HEAD:refs/heads/merged")
    # A checkout of depth 2 stands on the merge, with what it is merged into below it.
    checkout = {
        "name": "Check out",
        "run": f"git clone -q --depth 2 -b merged 'file://{ground.remote}' .",
    }
    steps = [checkout, *job["steps"][1:-1]]
    shutil.rmtree(ground.runner.copy, ignore_errors=True)
    ground.runner.copy.mkdir()
    (ground.runner.folder / "summary.md").unlink(missing_ok=True)

    played = ground.runner.play({"steps": steps})

    assert [step.name for step in played if step.code != 0] == [], played[-1].output
    assert job["steps"][-1]["uses"].startswith("actions/upload-artifact@")
    assert (ground.runner.copy / job["steps"][-1]["with"]["path"] / "index.html").is_file()
    said = (ground.runner.folder / "summary.md").read_text(encoding="utf-8")
    assert f"| history orphaned | {monitor} |" in said
    assert f"aliases\\: \\[{monitor}\\]" in said
    assert "| monitor added | new | A\\|B \\<b\\>\\[x\\]\\(javascript\\:y\\)\\: its history" in said
    assert "<b>" not in said


@pytest.mark.long
def test_forgejo_puts_the_pages_on_a_branch_and_only_where_that_is_due(ground: Ground) -> None:
    (text,) = schedule_files(Kind.FORGEJO).values()
    (job,) = jobs(text).values()
    environment = str(ground.runner.environment)
    env = {
        "GITHUB_SERVER_URL": f"file://{ground.remote.parent}",
        "GITHUB_REPOSITORY": ground.remote.name,
    }
    heads = []
    for number in range(2):
        shutil.rmtree(ground.runner.copy, ignore_errors=True)
        ground.runner.copy.mkdir(parents=True)
        place = ground.runner.folder / f"freshness-{number}.json"
        steps = [
            {
                **step,
                "env": {**env, **step.get("env", {})},
                "run": step["run"]
                .replace("/tmp/venv", environment)
                .replace("/tmp/freshness.json", str(place)),
            }
            for step in job["steps"]
        ]
        played = ground.runner.play(quick({"steps": steps}))
        assert [step.name for step in played if step.code != 0] == [], played[-1].output
        heads.append(git(ground.remote, "rev-parse", "pages"))

    assert heads[0] == heads[1]
    assert "index.html" in git(ground.remote, "ls-tree", "--name-only", "pages").split()
    assert "nothing to build" in played[-1].output


@pytest.mark.long
def test_gitlab_checks_and_publishes(ground: Ground) -> None:
    (text,) = schedule_files(Kind.GITLAB).values()
    file = yaml.safe_load(text)
    project = str(ground.remote).removesuffix(".git")
    env = {"CI_PROJECT_URL": f"file://{project}", "CI_SERVER_URL": "https://gitlab.example"}
    env |= {"STATUSGEN_TOKEN": "secret", "CI_PAGES_URL": ""}
    for name in ("check", "pages"):
        job = file[name]
        lines = [f"git clone -q --depth 1 'file://{ground.remote}' ."]
        lines += [*file[".install"]["before_script"], *job["script"]]
        script = "\n".join(lines).replace("/tmp/venv", str(ground.runner.environment))
        before = ground.rounds()

        done = ground.shell(script, **env, **job["variables"])

        assert done.code == 0, done.output
        assert ground.rounds() - before in (SOME if name == "check" else {0})
    assert (ground.runner.copy / "public" / "index.html").is_file()
    published = ground.shell(
        script.replace('"$CI_PAGES_URL"', "old"),
        **env,
        **file["pages"]["variables"],
    )
    assert published.code == 0  # nothing is known of what is published: it is published


def test_a_cluster_clones_checks_and_pushes(ground: Ground) -> None:
    (text,) = schedule_files(Kind.KUBERNETES).values()
    pod = yaml.safe_load(text)["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert container["command"][:2] == ["sh", "-euc"]
    before = ground.rounds()

    done = ground.shell(container["command"][2], REPOSITORY=f"file://{ground.remote}")

    assert done.code == 0, done.output
    assert ground.rounds() - before in SOME


def test_a_unit_checks_pushes_and_builds(ground: Ground) -> None:
    unit = schedule_files(Kind.SYSTEMD)["statusgen.service"]
    commands = re.findall(r"^ExecStart=(.*)$", unit, re.M)
    assert len(commands) == 2
    before = ground.rounds()
    program = ground.runner.environment / "bin" / "statusgen"
    lines = [f"git clone -q --depth 1 'file://{ground.remote}' .", f"{program} history pull"]
    lines += [each.replace("/srv/status/.venv/bin/statusgen", str(program)) for each in commands]

    done = ground.shell("\n".join(lines))

    assert done.code == 0, done.output
    assert ground.rounds() == before + 1
    assert (ground.runner.copy / "site" / "index.html").is_file()


@pytest.mark.parametrize(
    ("channels", "installed"),
    [
        ("", False),
        ("  - {id: own, to: 'https://hooks.example.com/$TOKEN'}\n", False),
        ("  - {id: page, to: 'pagerduty://$KEY'}\n  - {id: am, to: 'alertmanagers://h'}\n", False),
        ("  - {id: mail, to: 'mailtos://$USER:$PASS@smtp.example.com'}\n", True),
        ("  - {id: own, to: 'https://h.example/$T'}\n  - {id: s, to: $SLACK_URL}\n", True),
        ("  - {id: chat, to: 'https://hooks.slack.com/services/$SLACK'}\n", True),
        ("  - {id: any, to: 'https://$HOST/x'}\n", True),
    ],
)
@pytest.mark.parametrize("kind", [Kind.VISITS, Kind.FORGEJO, Kind.GITLAB])
def test_a_job_installs_what_its_channels_need_and_only_then(
    tmp_path: Path, environment: Path, kind: Kind, channels: str, installed: bool
) -> None:
    """The step's own script, with a pip that says what it is asked for."""
    (text, *_) = schedule_files(kind).values()
    file = yaml.safe_load(text)
    if kind is Kind.GITLAB:
        lines = [each for each in file[".install"]["before_script"] if "notify" in each]
        script = "NEEDS=check\n" + "\n".join(lines)
    else:
        (step,) = [each for each in file["jobs"]["check"]["steps"] if "channels" in each["name"]]
        script = step["run"]
    write_config(
        tmp_path,
        "site: {name: T}\nmonitors:\n  - {id: a, name: A, url: 'https://a.example'}\n"
        + (f"notifications:\n{channels}" if channels else ""),
    )
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, command in (
        ("statusgen", f'exec "{environment}/bin/statusgen" "$@"'),
        ("pip", 'echo "pip $*"'),
        ("python", 'echo "python $*"'),
    ):
        (tools / name).write_text(f"#!/bin/sh\n{command}\n")
        (tools / name).chmod(0o755)
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script.replace("/tmp/venv/bin", str(tools))],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    asked = "install --quiet --require-hashes -r requirements/notify.txt" in done.stdout
    assert asked is installed


def test_in_a_private_repository_the_cheapest_is_taken_unless_the_price_is_accepted() -> None:
    with pytest.raises(InputError, match=r"43,200 minutes a month, about \$259"):
        schedule_files(Kind.RELAY, private=True)
    single = schedule_files(Kind.VISITS, private=True)[".github/workflows/status.yml"]
    assert "check --push --publish pages.yml" in single
    assert "at most 8,640 minutes" in single
    paid = schedule_files(Kind.RELAY, private=True, paid=True)[".github/workflows/status.yml"]
    assert paid.rstrip().endswith("--relay status.yml --paid")
    assert "--paid" not in schedule_files(Kind.RELAY)[".github/workflows/status.yml"]


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_says_what_it_gives_what_it_costs_and_what_is_left_to_do(kind: Kind) -> None:
    offer = OFFERS[kind]
    assert offer.gives
    assert offer.next
    assert ("minutes" in offer.costs(private=False)) is (offer.schedule is not None)
    for text in schedule_files(kind).values():
        assert not re.search(r"@[A-Z]+@", text)


def test_what_is_shown_is_what_is_charged() -> None:
    """43,200 minutes of relay are $259, a visit of one minute every five $52 (a known price)."""
    relay = offer_of(Kind.RELAY).schedule
    single = offer_of(Kind.VISITS, private=True).schedule
    assert relay is not None
    assert single is not None
    assert (relay.minutes, relay.dollars) == (43_200, 259)
    assert (single.minutes, single.dollars) == (8_640, 52)


def test_the_command_prints_and_writes_and_overwrites_nothing(tmp_path: Path) -> None:
    shown = statusgen(tmp_path, "schedule")
    printed = statusgen(tmp_path, "schedule", "systemd")
    nothing = list(tmp_path.iterdir())
    written = statusgen(tmp_path, "schedule", "relay", "--write")
    again = statusgen(tmp_path, "schedule", "visits", "--write")
    refused = statusgen(tmp_path, "schedule", "relay", "--private")
    aimless = statusgen(tmp_path, "schedule", "--write")

    assert [line.partition("\t")[0] for line in shown.out.splitlines()[1:]] == list(Kind)
    assert "OnCalendar=" in printed.out
    assert nothing == []
    assert written.code == 0
    assert (tmp_path / ".github/workflows/status.yml").is_file()
    assert (again.code, refused.code, aimless.code) == (2, 2, 2)
    assert "$259" in refused.err


@pytest.mark.parametrize(
    ("arguments", "there", "told"),
    [
        ((), True, "at most 34,560 minutes"),
        (("--schedule", "relay"), True, "at most 43,200 minutes"),
        (("--schedule", "elsewhere"), False, "statusgen schedule"),
        (("--private",), True, "at most 8,640 minutes"),
    ],
)
def test_init_says_what_the_schedule_gives_and_costs(
    tmp_path: Path, arguments: tuple[str, ...], there: bool, told: str
) -> None:
    done = statusgen(tmp_path, "init", "new", *arguments)

    assert done.code == 0, done.err
    assert told in done.out
    assert (tmp_path / "new/.github/workflows/status.yml").exists() is there
    assert (tmp_path / "new" / REVIEW).exists()


def test_init_refuses_a_relay_that_costs_money(tmp_path: Path) -> None:
    done = statusgen(tmp_path, "init", "new", "--schedule", "relay", "--private")

    assert done.code == 2
    assert "$259" in done.err
    assert not (tmp_path / "new").exists()


def test_the_composite_action_installs_this_checkout(tmp_path: Path) -> None:
    """Its script, with pip replaced by an echo: what would be installed, from where."""
    from tests.conftest import ROOT

    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    (install,) = [step for step in action["runs"]["steps"] if "run" in step]
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho "$PWD: $*"\n')
    python.chmod(0o755)
    found = {}
    for needed in ("check", "notify", "site", "check; rm -rf /", ""):
        done = subprocess.run(
            ["bash", "-e", "-c", install["run"]],
            env={"PATH": f"{tmp_path}:/usr/bin:/bin", "NEEDED_FOR": needed, "PLACE": str(ROOT)},
            capture_output=True,
            text=True,
        )
        found[needed] = (done.returncode, done.stdout)

    for needed in ("check", "notify", "site"):
        assert found[needed][0] == 0
        assert f"{ROOT}: -m pip install --quiet --require-hashes" in found[needed][1]
        assert f"requirements/{needed}.txt" in found[needed][1]
        assert (ROOT / "requirements" / f"{needed}.txt").is_file()
    assert found["check; rm -rf /"] == found[""] == (2, "")
    assert sys.version_info >= (3, 11)
