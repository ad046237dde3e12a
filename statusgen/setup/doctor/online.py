"""What GitHub says of the repository, where a token lets us ask.

Only questions, and only of the API that the token is for. What a token may not see is told as not
seen, and never as absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

from statusgen.base.clock import Instant
from statusgen.base.errors import OutsideError
from statusgen.base.secrets import Redactor
from statusgen.base.text import one_line
from statusgen.base.web import Limits, Reply, Web, WebError
from statusgen.config.settings import Settings
from statusgen.setup.doctor.finding import Finding, span
from statusgen.setup.doctor.repository import Clone
from statusgen.setup.minutes import minutes_of
from statusgen.setup.schedules import FREE_MINUTES, dollars
from statusgen.setup.workflows import CheckWorkflow

API = "https://api.github.com"
_REMOTE = re.compile(
    r"(?:https?://|ssh://)?(?:[^@/]+@)?github\.com[:/]([\w.-]+/[\w.-]+?)(?:\.git)?/?"
)
_NAME = re.compile(r"[\w.-]+/[\w.-]+")
_AWRY = 60
"""Seconds that a clock may differ from GitHub's."""
_WRONG = 300
"""Seconds from which on rounds are left out of every figure."""


@dataclass(slots=True)
class Asked:
    """What was found, and what could not be seen."""

    findings: list[Finding] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _GitHub:
    base: str
    repository: str
    token: str = field(repr=False)

    def ask(self, path: str) -> Reply:
        """Put one question about the repository. Raises WebError."""
        web = Web(limits=Limits(seconds=20), redact=Redactor([self.token]))
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self.token}",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        url = f"{self.base}/repos/{self.repository}{path}"
        return web.ask_now("GET", url, headers=headers)


def ask_github(
    clone: Clone | None,
    settings: Settings | None,
    checking: Sequence[CheckWorkflow],
    secrets: Sequence[str],
    environ: Mapping[str, str],
    now: Instant,
) -> Asked:
    """Ask what only GitHub knows; without a token, or for another host, say what was not seen."""
    asked = Asked()
    what = "the clock, Actions, the Pages source, rules for branches, which secrets are set"
    token = environ.get("GITHUB_TOKEN") or environ.get("GH_TOKEN") or ""
    if not token:
        asked.unseen.append(f"{what}: without a token (export GITHUB_TOKEN=…) nobody is asked")
        return asked
    repository = environ.get("GITHUB_REPOSITORY", "")
    if not _NAME.fullmatch(repository):
        found = _REMOTE.fullmatch(clone.url) if clone else None
        repository = found[1] if found else ""
    if not repository:
        asked.unseen.append(
            f"{what}: the remote is not on github.com, and GITHUB_REPOSITORY is unset"
        )
        return asked
    base = environ.get("GITHUB_API_URL", "").rstrip("/") or API
    github = _GitHub(base, repository, token)
    known = f"GitHub's API, about {repository}"
    try:
        whole = github.ask("")
        _of_clock(asked, whole, now, known)
        _of_repository(asked, _json(whole), clone, checking, known)
        for path, look in (
            ("/actions/permissions", _of_actions),
            ("/actions/workflows?per_page=100", _of_states),
            ("/pages", _of_pages),
        ):
            _each(asked, github, path, lambda told, look=look: look(asked, told, checking, known))
        for name in dict.fromkeys(name for each in checking for name in _runs(each)):
            path = f"/actions/workflows/{quote(name, safe='')}/runs?per_page=1&status=completed"
            _each(asked, github, path, lambda told, name=name: _of_run(asked, told, name, known))
        branch = settings.history.branch if settings else None
        if branch is not None:
            path = f"/branches/{quote(branch, safe='')}"
            _each(asked, github, path, lambda told: _of_branch(asked, told, str(branch), known))
        if secrets:
            path = "/actions/secrets?per_page=100"
            _each(asked, github, path, lambda told: _of_secrets(asked, told, secrets, known))
    except (WebError, OutsideError) as error:
        asked.unseen.append(f"{what}: {one_line(str(error), 200)}")
    return asked


def _each(asked: Asked, github: _GitHub, path: str, look: Any) -> None:
    """Ask for one thing; what the token may not see is told as not seen."""
    try:
        told = _json(github.ask(path))
    except WebError as error:
        if error.status == 404 and path in ("/pages",):
            look({})
            return
        name = path.partition("?")[0].strip("/")
        asked.unseen.append(f"{name}: {one_line(str(error), 160)}; this token may not see it")
        return
    look(told)


def _json(reply: Reply) -> Mapping[str, Any]:
    told = reply.json()
    return told if isinstance(told, dict) else {}


def _of_clock(asked: Asked, reply: Reply, now: Instant, known: str) -> None:
    try:
        theirs = int(parsedate_to_datetime(reply.headers.get("date", "")).timestamp())
    except (TypeError, ValueError, OverflowError):
        asked.unseen.append("the clock: the answer had no date")
        return
    apart = now - theirs
    if abs(apart) <= _AWRY:
        return
    side = "ahead of" if apart > 0 else "behind"
    said = f"this machine's clock is {span(abs(apart))} {side} GitHub's"
    level: Any = "bad" if abs(apart) > _WRONG else "doubt"
    asked.findings.append(
        Finding("clock", level, said, "timedatectl set-ntp true", f"the Date of {known}")
    )


def _of_repository(
    asked: Asked,
    told: Mapping[str, Any],
    clone: Clone | None,
    checking: Sequence[CheckWorkflow],
    known: str,
) -> None:
    if told.get("archived") is True:
        said, cure = "the repository is archived: no workflow runs", "gh repo unarchive"
        asked.findings.append(Finding("repository", "bad", said, cure, known))
    if told.get("private") is True:
        asked_for = minutes_of(checking)
        minutes = asked_for.total if asked_for else 0
        if minutes > FREE_MINUTES:
            said = f"the repository is private, and its schedule asks for {minutes:,} minutes a "
            said += f"month: about ${dollars(minutes):,}, less what the plan includes"
            cure = "statusgen schedule --private"
            asked.findings.append(Finding("bill", "doubt", said, cure, known))
    default = told.get("default_branch")
    if clone and clone.head and isinstance(default, str) and clone.default != default:
        said = f"GitHub publishes from {one_line(default, 80)}, and {clone.default} is what is "
        said += "worked on here"
        cure = f"git remote set-head {clone.remote} --auto && git switch {one_line(default, 80)}"
        asked.findings.append(Finding("branch", "doubt", said, cure, known))


def _of_actions(
    asked: Asked, told: Mapping[str, Any], checking: Sequence[CheckWorkflow], known: str
) -> None:
    if told.get("enabled") is False and checking:
        said = "Actions are switched off for the repository: nothing checks"
        cure = "gh api -X PUT repos/{owner}/{repo}/actions/permissions -F enabled=true"
        asked.findings.append(Finding("actions", "bad", said, cure, known))


def _of_states(
    asked: Asked, told: Mapping[str, Any], checking: Sequence[CheckWorkflow], known: str
) -> None:
    listed = told.get("workflows")
    states = {
        str(each.get("path")): str(each.get("state"))
        for each in (listed if isinstance(listed, list) else [])
        if isinstance(each, dict)
    }
    for each in checking:
        state = states.get(each.file, "")
        if state.startswith("disabled"):
            why = "after 60 days in which nobody pushed" if "inactivity" in state else "by hand"
            said = f"{each.file} is switched off ({state}: {why})"
            name = each.file.rpartition("/")[2]
            asked.findings.append(
                Finding("actions", "bad", said, f"gh workflow enable {name}", known)
            )


def _runs(of: CheckWorkflow) -> Iterator[str]:
    """Yield the names of the workflows that have to end well."""
    yield of.file.rpartition("/")[2]
    if of.publishes:
        yield of.publishes


def _of_run(asked: Asked, told: Mapping[str, Any], name: str, known: str) -> None:
    listed = told.get("workflow_runs")
    newest = listed[0] if isinstance(listed, list) and listed else None
    if not isinstance(newest, dict) or newest.get("conclusion") not in ("failure", "timed_out"):
        return
    number, when = newest.get("id"), one_line(str(newest.get("updated_at", "")), 30)
    said = f"the last run of {name} failed, {when}"
    shown = f" {number}" if isinstance(number, int) else ""
    asked.findings.append(Finding("runs", "bad", said, f"gh run view{shown} --log-failed", known))


def _of_pages(
    asked: Asked, told: Mapping[str, Any], checking: Sequence[CheckWorkflow], known: str
) -> None:
    if not any(each.publishes for each in checking):
        return
    cure = "gh api -X POST repos/{owner}/{repo}/pages -f build_type=workflow"
    if not told:
        said = "no Pages site is set up, or this token may not see it; Settings → Pages → Source: "
        said += "GitHub Actions"
        asked.findings.append(Finding("pages", "doubt", said, cure, known))
    elif told.get("build_type") not in (None, "workflow"):
        said = "Pages publishes a branch, and not what the workflow builds; Settings → Pages → "
        said += "Source: GitHub Actions"
        cure = cure.replace("POST", "PUT")
        asked.findings.append(Finding("pages", "bad", said, cure, known))


def _of_branch(asked: Asked, told: Mapping[str, Any], branch: str, known: str) -> None:
    if told.get("protected") is True:
        said = f"a rule protects {branch}, where each round is pushed: pushes may be refused"
        cure = "Settings → Rules: let the rule leave out this branch, or the job past it"
        asked.findings.append(Finding("branch", "doubt", said, cure, known))


def _of_secrets(asked: Asked, told: Mapping[str, Any], wanted: Sequence[str], known: str) -> None:
    listed = told.get("secrets")
    if not isinstance(listed, list):
        return
    there = {str(each.get("name")) for each in listed if isinstance(each, dict)}
    absent = [name for name in wanted if name.upper() not in there]
    if absent:
        said = f"not set in the repository: {', '.join(absent)}"
        cure = "; ".join(f"gh secret set {name}" for name in absent)
        asked.findings.append(Finding("secrets", "bad", said, cure, known))
