"""The form for a phone, its workflow's ``run:`` steps executed as a hosted runner would."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_push import git
from tests.setup.conftest import INSTALLED
from tests.workflow import Runner, jobs_of

FORM = Path(".github/workflows/incident.yml")
NOT_CHOSEN = {"component": "(none)", "impact": "(unchanged)", "phase": "(unchanged)"}
OPENING = {
    "action": "open", "title": "Sign-in fails $(touch /tmp/pwned-by-form)", "impact": "major",
    "component": "127-0-0-1", "next": "30m",
    "text": "It's `down`; \"$GITHUB_TOKEN\" ${{ secrets.X }}\n::error::no\n##[error]no",
}  # fmt: skip
REFUSES = "#!/bin/sh\nwhile read old new ref; do\n"
REFUSES += (
    "  [ $ref != refs/heads/main ] || { echo 'GH006: Protected branch' >&2; exit 1; }\ndone\n"
)


@dataclass
class Phone:
    """Whoever fills in the form; each time a new machine carries it out."""

    folder: Path
    remote: Path
    environment: Path
    count: int = 0
    jobs: dict[str, Any] = field(default_factory=dict)

    def runner(self, said: dict[str, str], attempt: int = 1) -> Runner:
        """Return a machine with the checkout made and the program installed."""
        self.count += 1
        names = ("action", "title", "components", "text", "remedy", "next", "incident")
        inputs = {**dict.fromkeys(names, ""), **NOT_CHOSEN, **said}
        context = {f"inputs.{name}": value for name, value in inputs.items()}
        context["github.event.repository.default_branch"] = "main"
        context["github.repository"] = "acme/status"
        runner = Runner(self.folder / str(self.count), self.remote, {}, context, attempt)
        runner.folder.mkdir(parents=True)
        runner.environment.symlink_to(self.environment)
        self.play(runner, "Check out")
        return runner

    def play(self, runner: Runner, name: str, run_id: str = "1") -> tuple[int, str]:
        """Play one step of the first job and return its exit code and its output."""
        steps = [step for step in self.jobs["write"]["steps"] if step["name"] == name]
        (done,) = runner.play({"steps": steps}, run_id)
        return done.code, done.output

    def send(self, said: dict[str, str], run_id: str = "1", attempt: int = 1) -> tuple[int, str]:
        """Carry out a form on a new machine."""
        return self.play(self.runner(said, attempt), "Do what the form says", run_id)

    def incidents(self) -> list[dict[str, Any]]:
        """Return what `incident list` says in a new clone of the remote."""
        runner = self.runner({"action": ""})
        for command in (("history", "pull"), ("incident", "list", "--json")):
            done = subprocess.run(
                [self.environment / "bin" / "statusgen", *command],
                cwd=runner.copy,
                env={"PATH": os.environ["PATH"], "HOME": str(runner.folder)},
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, done.stderr
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found


@pytest.fixture(scope="module")
def jobs(
    repository: tuple[Path, Path], environment: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """The jobs of the form, the first of which has installed what it needs."""
    copy, remote = repository
    phone = Phone(tmp_path_factory.mktemp("machine"), remote, environment, 0, jobs_of(copy / FORM))
    runner = phone.runner(OPENING)
    for name in ("Set up Python", "Install what a check needs"):
        code, output = phone.play(runner, name)
        assert code == 0, output
    return phone.jobs


@pytest.fixture
def phone(
    repository: tuple[Path, Path], environment: Path, jobs: dict[str, Any], tmp_path: Path
) -> Phone:
    """A phone before a remote of its own, as ``init`` and a first push leave it."""
    copy, _ = repository
    remote = tmp_path / "remote.git"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(remote))
    git(copy, "push", "-q", f"file://{remote}", "main")
    return Phone(tmp_path / "machines", remote, environment, 0, jobs)


def hook(phone: Phone, text: str, name: str = "pre-receive") -> Path:
    path = phone.remote / "hooks" / name
    path.write_text(text)
    path.chmod(0o755)
    return path


def files(phone: Phone, branch: str, below: str) -> list[str]:
    listed = git(phone.remote, "ls-tree", "-r", "--name-only", branch, "--", below)
    return listed.splitlines()


def test_a_form_is_pushed_and_the_status_workflow_started(phone: Phone) -> None:
    runner = phone.runner(OPENING)
    code, output = phone.play(runner, "Do what the form says", "7")

    assert code == 0, output
    (name,) = files(phone, "main", "content/incidents")
    assert name in output
    assert "pushed to main" in output
    assert not [line for line in output.splitlines() if line.startswith("::") or "##[" in line]
    assert not Path("/tmp/pwned-by-form").exists()
    text = git(phone.remote, "show", f"main:{name}")
    assert 'title: "Sign-in fails $(touch /tmp/pwned-by-form)"\nimpact: major\n' in text
    assert 'It\'s `down`; "$GITHUB_TOKEN" ${{ secrets.X }}\n::error::no\n##[error]no' in text
    assert git(phone.remote, "log", "-1", "--format=%an <%ae>%n%B", "main") == (
        "octocat <583231+octocat@users.noreply.github.com>\n"
        f"Open incident {Path(name).stem}\n\nForm-Run: 7\n\n"
    )
    assert "pushed to main" in (runner.folder / "summary.md").read_text()
    assert git(runner.copy, "status", "--porcelain") == ""

    gh = runner.folder / "bin" / "gh"
    gh.parent.mkdir()
    gh.write_text('#!/bin/sh\necho "$GH_REPO $GH_TOKEN: $*"\n')
    gh.chmod(0o755)
    (step,) = phone.jobs["build"]["steps"]
    script = {
        "name": "Start",
        "run": f'PATH="{gh.parent}:$PATH"\n{step["run"]}',
        "env": step["env"],
    }
    (done,) = runner.play({"steps": [script]})
    said = "acme/status value of github.token: workflow run pages.yml --ref main\n"
    assert (done.code, done.output) == (0, said)


def test_an_incident_from_its_opening_to_its_end_and_a_false_alarm(phone: Phone) -> None:
    code, output = phone.send(OPENING, "1")
    assert code == 0, output
    for number, said in enumerate(
        [
            {"action": "update", "text": "A disk.", "phase": "identified", "impact": "critical"},
            {"action": "resolve", "text": "Replaced."},
            {**OPENING, "title": "Another"},
            {"action": "withdraw"},
        ],
        start=2,
    ):
        code, output = phone.send(said, str(number))
        assert code == 0, output

    another, first = sorted(phone.incidents(), key=lambda each: each["title"])
    assert (first["phase"], first["impact"], first["withdrawn"]) == ("resolved", "critical", None)
    assert another["withdrawn"] is not None
    messages = git(phone.remote, "log", "--format=%s", "main").splitlines()
    assert [line.partition(" ")[0] for line in messages] == [
        "Withdraw", "Open", "Resolve", "Update", "Open", "Begin",
    ]  # fmt: skip


def test_where_main_refuses_the_file_goes_to_the_data_branch_and_stays_there(phone: Phone) -> None:
    hook(phone, REFUSES)

    code, output = phone.send(OPENING, "1")

    assert code == 0, output
    assert "the main branch is protected, so this lies on the branch status-data" in output
    (name,) = files(phone, "status-data", "incidents")
    assert files(phone, "main", "content/incidents") == []
    for number, said in enumerate(
        [{"action": "update", "text": "A disk."}, {"action": "resolve", "text": "Replaced."}],
        start=2,
    ):
        code, output = phone.send(said, str(number))
        assert code == 0, output
    (only,) = phone.incidents()
    assert (only["phase"], only["file"]) == ("resolved", f"data/history/{name}")
    assert git(phone.remote, "log", "--format=%s", "main") == "Begin\n"


def test_where_every_branch_refuses_it_says_so_at_the_top_of_the_page(phone: Phone) -> None:
    hook(phone, "#!/bin/sh\necho 'GH013: Repository rule' >&2\nexit 1\n")

    code, output = phone.send(OPENING)

    assert code == 3
    assert "::error title=The form::" in output
    assert "status-data is protected" in output


def test_a_fault_is_told_at_the_top_of_the_page_and_nothing_is_pushed(phone: Phone) -> None:
    code, output = phone.send({**OPENING, "component": "gone\n::add-mask::x", "impact": "major"})

    assert code == 2
    assert "there is no component 'gone'" in output
    told = [line for line in output.splitlines() if line.startswith("::")]
    assert told
    assert all(line.startswith("::error title=The form::") for line in told)
    assert files(phone, "main", "content/incidents") == []


@pytest.mark.parametrize("protected", [False, True])
def test_forms_at_the_same_time_lose_nothing(phone: Phone, protected: bool) -> None:
    if protected:
        hook(phone, REFUSES)
    assert phone.send(OPENING, "1")[0] == 0
    (first,) = phone.incidents()
    news = {"action": "update", "incident": first["id"]}
    said = [{**news, "text": f"News {number}."} for number in range(2)]
    said.append({**OPENING, "title": "Other"})
    runners = [phone.runner(each) for each in said]

    with ThreadPoolExecutor(len(runners)) as pool:
        done = list(
            pool.map(
                lambda pair: phone.play(pair[1], "Do what the form says", str(pair[0] + 10)),
                enumerate(runners),
            )
        )

    assert [code for code, _ in done if code != 0] == [], done
    branch, below = ("status-data", "incidents") if protected else ("main", "content/incidents")
    names = files(phone, branch, below)
    assert len(names) == 2
    whole = "".join(git(phone.remote, "show", f"{branch}:{name}") for name in names)
    for number in range(2):
        assert whole.count(f"News {number}.") == 1
    assert len(phone.incidents()) == 2


@pytest.mark.parametrize("protected", [False, pytest.param(True, marks=pytest.mark.long)])
@pytest.mark.parametrize(
    "when", ["pre-receive", pytest.param("post-receive", marks=pytest.mark.long)]
)
def test_a_run_killed_around_its_push_and_repeated_makes_one_incident(
    phone: Phone, tmp_path: Path, when: str, protected: bool
) -> None:
    """Killed before the push arrived, or after it did and before anybody was told."""
    started, go = tmp_path / "started", tmp_path / "go"
    os.mkfifo(started)
    os.mkfifo(go)
    ends = "exit 1" if when == "pre-receive" else "exit 0"
    waits = f"echo x > {started}; read x < {go}; {ends}\n"
    only = "refs/heads/status-data" if protected else "refs/heads/main"
    script = f"#!/bin/sh\nread old new ref\n[ $ref = {only} ] || exit 0\n{waits}"
    if protected and when == "pre-receive":
        script = f"#!/bin/sh\nread old new ref\n[ $ref = {only} ] || exit 1\n{waits}"
    elif protected:
        hook(phone, REFUSES)
    hook(phone, script, when)
    runner = phone.runner(OPENING)
    (step,) = [s for s in phone.jobs["write"]["steps"] if s["name"] == "Do what the form says"]
    steps = [{**step, "run": step["run"].replace("statusgen ", f"{INSTALLED} ")}]
    with ThreadPoolExecutor(1) as pool:
        playing = pool.submit(runner.play, {"steps": steps}, "5")
        started.read_text()  # the push has reached the remote
        kill_statusgen(runner)
        go.write_text("x\n")
        (killed,) = playing.result()
    assert killed.code != 0
    (phone.remote / "hooks" / when).unlink()
    if protected:
        hook(phone, REFUSES)

    code, output = phone.send(OPENING, "5", attempt=2)

    assert code == 0, output
    assert ("nothing new" in output) is (when == "post-receive")
    (only_one,) = phone.incidents()
    assert only_one["phase"] == "investigating"
    # Repeated once more when all is over, it opens nothing again.
    assert phone.send({"action": "resolve", "text": "Over."}, "6")[0] == 0
    assert phone.send(OPENING, "5", attempt=3)[0] == 0
    assert len(phone.incidents()) == 1


def kill_statusgen(runner: Runner) -> None:
    """End the program at work in a runner's checkout without letting it clean up."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_bytes().split(b"\0")
            here = (place / "cwd").resolve() == runner.copy.resolve()
        except OSError:
            continue
        if here and any(word.endswith(f"/{INSTALLED}".encode()) for word in command):
            os.kill(int(place.name), signal.SIGKILL)


def test_a_form_sent_twice_by_an_impatient_thumb_makes_one_incident(phone: Phone) -> None:
    assert phone.send(OPENING, "1")[0] == 0
    code, output = phone.send(OPENING, "2")
    assert code == 0
    assert "nothing new" in output
    assert len(phone.incidents()) == 1
