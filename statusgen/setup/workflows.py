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


def check_workflows(root: Path) -> list[CheckWorkflow]:
    """Return the workflows that check, by file; unreadable files are passed over."""
    found = []
    folder = root / WORKFLOWS
    for path in sorted([*folder.glob("*.yml"), *folder.glob("*.yaml")]):
        try:
            text = path.read_text(encoding="utf-8")
            document = yaml.safe_load(text)
        except (OSError, ValueError, yaml.YAMLError, RecursionError):
            continue
        commands = list(_commands(document)) if isinstance(document, dict) else []
        if commands:
            found.append(_workflow(path.name, text, document, commands))
    return found


def _workflow(
    name: str, text: str, document: Mapping[Any, Any], commands: list[str]
) -> CheckWorkflow:
    relay = any("--relay" in command for command in commands)
    written = "\n".join(re.sub(r"(^|\s)#.*", "", line) for line in text.splitlines())
    return CheckWorkflow(
        file=f"{WORKFLOWS}/{name}",
        relay=relay,
        schedule=_schedule(document, commands, relay),
        secrets=frozenset(_SECRET.findall(written)),
        all_secrets=bool(re.search(r"\btoJSON\(\s*secrets\s*\)|secrets:\s*inherit", written, re.I)),
    )


def _commands(document: Mapping[Any, Any]) -> Iterator[str]:
    """Yield each ``statusgen check …`` of a workflow's scripts, as one line."""
    jobs = document.get("jobs")
    for job in jobs.values() if isinstance(jobs, dict) else ():
        steps = job.get("steps") if isinstance(job, dict) else None
        for step in steps if isinstance(steps, list) else ():
            script = step.get("run") if isinstance(step, dict) else None
            if isinstance(script, str):
                yield from _CHECK.findall(script.replace("\\\n", " "))


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
    # YAML 1.1 reads the key `on` as true.
    triggers = document.get("on", document.get(True))
    listed = triggers.get("schedule") if isinstance(triggers, dict) else None
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
