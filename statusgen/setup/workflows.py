"""What the workflows of a repository do about checks: how often, for how long, with which secrets.

Read from ``.github/workflows/``; what a person changed there is read as it is. Nothing is claimed
of a workflow that does not run ``statusgen check``, nor of a cron that this cannot count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from statusgen.base.clock import DAY, HOUR, MINUTE, parse_duration_ms
from statusgen.setup.schedule_files import WORKFLOWS
from statusgen.setup.schedules import RELAY, Schedule

_SECRET = re.compile(r"\bsecrets\.([A-Za-z_][A-Za-z0-9_]*)")
_CHECK = re.compile(r"\bstatusgen\s+check\b[^\n;|&]*")
_OPTION = r"--{name}[ =](\S+)"


@dataclass(frozen=True, slots=True)
class CheckWorkflow:
    """A workflow that checks."""

    file: str
    relay: bool
    schedule: Schedule | None
    """None where its cron, or how long a job lasts, cannot be counted."""
    secrets: frozenset[str]
    """Names of the secrets that it passes to some step."""
    all_secrets: bool
    """Whether it passes secrets in a way that names none (``toJSON(secrets)``)."""
    permissions: Mapping[str, str] | None = None
    """Of the job that checks: scope → level; None where the repository's defaults hold."""
    token: bool = False
    """Whether the step that checks is given the job's token."""
    pushes: bool = False
    publishes: str = ""
    """The workflow that it starts to have pages made; empty: none."""
    relays: str = ""
    """The workflow that it starts to go on; empty: none."""

    def may(self, scope: str) -> bool:
        """Whether the job may write in a scope, as far as the file says."""
        given = self.permissions
        return given is None or given.get(scope) == "write" or given.get("") == "write-all"


@dataclass(frozen=True, slots=True)
class WorkflowFile:
    """A file of ``.github/workflows/``."""

    file: str
    text: str
    document: Mapping[Any, Any] | None
    """None where it is not the YAML that GitHub runs."""
    line: int = 0
    """Where it is not."""

    def jobs(self) -> Iterator[Mapping[Any, Any]]:
        """Yield its jobs."""
        jobs = self.document.get("jobs") if self.document else None
        for job in jobs.values() if isinstance(jobs, dict) else ():
            if isinstance(job, dict):
                yield job

    def steps(self) -> Iterator[tuple[Mapping[Any, Any], Mapping[Any, Any]]]:
        """Yield each step, with its job."""
        for job in self.jobs():
            steps = job.get("steps")
            for step in steps if isinstance(steps, list) else ():
                if isinstance(step, dict):
                    yield job, step

    @property
    def triggers(self) -> Mapping[Any, Any]:
        """What starts it: name → what is said of it."""
        # YAML 1.1 reads the key `on` as true.
        document = self.document or {}
        said = document.get("on", document.get(True))
        if isinstance(said, str):
            return {said: None}
        if isinstance(said, list):
            return {str(each): None for each in said}
        return said if isinstance(said, dict) else {}


def workflow_files(root: Path) -> list[WorkflowFile]:
    """Return the workflows of a repository, by file."""
    found = []
    folder = root / WORKFLOWS
    for path in sorted([*folder.glob("*.yml"), *folder.glob("*.yaml")]):
        name, text, line = f"{WORKFLOWS}/{path.name}", "", 1
        document = None
        try:
            text = path.read_text(encoding="utf-8")
            document = yaml.safe_load(text)
        except (OSError, ValueError, RecursionError):
            pass
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
        found.append(
            WorkflowFile(name, text, document if isinstance(document, dict) else None, line)
        )
    return found


def check_workflows(root: Path) -> list[CheckWorkflow]:
    """Return the workflows that check, by file; unreadable files are passed over."""
    return [found for each in workflow_files(root) if (found := _check_workflow(each)) is not None]


def _check_workflow(of: WorkflowFile) -> CheckWorkflow | None:
    steps = [
        (job, step, _CHECK.findall(step["run"].replace("\\\n", " ")))
        for job, step in of.steps()
        if isinstance(step.get("run"), str)
    ]
    checking = [each for each in steps if each[2]]
    if not checking or of.document is None:
        return None
    commands = [command for _, _, found in checking for command in found]
    relay = any("--relay" in command for command in commands)
    written = "\n".join(re.sub(r"(^|\s)#.*", "", line) for line in of.text.splitlines())
    job, step, _ = checking[0]
    given = (each.get("env") for each in (of.document, job, step))
    names = {name for env in given if isinstance(env, dict) for name in env}
    return CheckWorkflow(
        file=of.file,
        relay=relay,
        schedule=_schedule(of.document, commands, relay),
        secrets=frozenset(_SECRET.findall(written)),
        all_secrets=bool(re.search(r"\btoJSON\(\s*secrets\s*\)|secrets:\s*inherit", written, re.I)),
        permissions=_permissions(job.get("permissions", of.document.get("permissions"))),
        token="GITHUB_TOKEN" in names,
        pushes=any(re.search(r"--push\b", command) for command in commands),
        publishes=_named(commands, "publish"),
        relays=_named(commands, "relay"),
    )


def _permissions(said: object) -> Mapping[str, str] | None:
    if isinstance(said, str):
        return {"": said}
    if isinstance(said, dict):
        return {str(scope): str(level) for scope, level in said.items()}
    return None


def _named(commands: list[str], option: str) -> str:
    found = (re.search(_OPTION.format(name=option), command) for command in commands)
    return next((each[1] for each in found if each), "")


def _schedule(document: Mapping[Any, Any], commands: list[str], relay: bool) -> Schedule | None:
    crons = _crons(document)
    try:
        every = min(_seconds(command, "every", MINUTE) for command in commands)
        lasting = max(_seconds(command, "for", 0) for command in commands)
    except ValueError:
        return None
    if relay:
        return Schedule(lasting or RELAY.lasting, every, lasting or RELAY.lasting, RELAY.gives)
    counts = [runs_a_day(cron) for cron in crons]
    total = sum(count for count in counts if count is not None)
    if None in counts or not total:
        return None
    return Schedule(DAY // total or 1, every, lasting, "")


def _crons(document: Mapping[Any, Any]) -> list[str]:
    listed = WorkflowFile("", "", document).triggers.get("schedule")
    entries = listed if isinstance(listed, list) else []
    return [str(each.get("cron", "")) for each in entries if isinstance(each, dict)]


def _seconds(command: str, name: str, default: int) -> int:
    given = re.search(_OPTION.format(name=name), command)
    return parse_duration_ms(given[1]) // 1000 if given else default


def runs_a_day(cron: str) -> int | None:
    """Return how often a cron asks to be run on a day that it names; None where that is unclear."""
    fields = cron.split()
    if len(fields) != 5:
        return None
    minutes, hours = _values(fields[0], HOUR // MINUTE), _values(fields[1], 24)
    every_day = fields[2] == fields[3] == fields[4] == "*"
    if minutes is None or hours is None or not every_day:
        return None
    return len(minutes) * len(hours)


def _values(field: str, count: int) -> set[int] | None:
    """Return the values of a field of a cron; None where it is none that we know."""
    found: set[int] = set()
    for part in field.split(","):
        match = re.fullmatch(r"(?:(\*)|(\d+)(?:-(\d+))?)(?:/(\d+))?", part)
        if match is None or match[4] == "0":
            return None
        step = int(match[4] or 1)
        first = int(match[2] or 0)
        # `5` is one value, `5/10` goes on to the end.
        last = count - 1 if match[1] or (match[4] and not match[3]) else int(match[3] or first)
        if last >= count or first > last:
            return None
        found.update(range(first, last + 1, step))
    return found
