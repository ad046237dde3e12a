"""Starting a workflow by ``workflow_dispatch``, and what a job knows of its repository.

A job's own token starts no workflow by what it pushes, but ``workflow_dispatch`` is excepted: so
one job can start its successor, and have pages published, without a personal token. The job needs
``permissions: actions: write``.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from statusgen.base.errors import InputError, OutsideError
from statusgen.base.secrets import Redactor
from statusgen.base.web import Limits, Reply, Web, WebError

_WAITS = (5.0, 20.0)
"""Seconds before the second and the third try."""


@dataclass(frozen=True, slots=True)
class Job:
    """The repository that a job of GitHub Actions runs in, as its environment tells it."""

    api: str
    repository: str
    """``owner/name``."""
    ref: str
    """The branch that the job runs on, which workflows are started on."""
    token: str = field(repr=False)
    event: str = ""
    """The file that holds the event which started the job."""
    run: str = ""
    """The id of the run that the job is a part of."""

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Job:
        """Read the environment. Raises InputError where something is missing."""
        missing = [
            name
            for name in ("GITHUB_REPOSITORY", "GITHUB_REF_NAME", "GITHUB_TOKEN")
            if not environ.get(name)
        ]
        if missing:
            raise InputError(
                f"{missing[0]} is not set: only a job of GitHub Actions can start a workflow; "
                "GITHUB_TOKEN is given in the step's env as ${{ github.token }}"
            )
        return cls(
            api=environ.get("GITHUB_API_URL", "").rstrip("/") or "https://api.github.com",
            repository=environ["GITHUB_REPOSITORY"],
            ref=environ["GITHUB_REF_NAME"],
            token=environ["GITHUB_TOKEN"],
            event=environ.get("GITHUB_EVENT_PATH", ""),
            run=environ.get("GITHUB_RUN_ID", ""),
        )

    def start(self, workflow: str, sleep: Callable[[float], None] = time.sleep) -> None:
        """Start a workflow, named by its file. Raises OutsideError; an outage is met thrice."""
        path = f"actions/workflows/{quote(workflow, safe='')}/dispatches"
        for wait in (*_WAITS, None):
            try:
                self._ask("POST", path, document={"ref": self.ref})
                return
            except WebError as error:
                hint = _HINTS.get(error.status or 0, "").format(workflow=workflow)
                if hint or error.permanent or wait is None:
                    raise OutsideError(f"{workflow} was not started: {error}{hint}") from None
                sleep(wait)

    def waits(self, workflow: str) -> bool | None:
        """Whether another run of a workflow goes on or waits; None where that cannot be told."""
        try:
            path = f"actions/workflows/{quote(workflow, safe='')}/runs?per_page=20"
            runs = self._ask("GET", path).json()["workflow_runs"]
            return any(
                each["status"] != "completed" and str(each["id"]) != self.run for each in runs
            )
        except (WebError, TypeError, KeyError):
            return None

    def is_private(self) -> bool | None:
        """Whether the repository's minutes are paid for; None where nobody says so."""
        try:
            repository = json.loads(Path(self.event).read_bytes())["repository"]
            return bool(repository["private"])
        except (OSError, ValueError, TypeError, KeyError):
            pass  # not every event tells it
        try:
            answer = self._ask("GET", "").json()
        except WebError:
            return None
        private = answer.get("private") if isinstance(answer, dict) else None
        return private if isinstance(private, bool) else None

    def _ask(self, method: str, path: str, **options: Any) -> Reply:
        web = Web(limits=Limits(seconds=15.0, redirects=2), redact=Redactor([self.token]))
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self.token}",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        address = f"{self.api}/repos/{quote(self.repository)}/{path}".rstrip("/")
        return web.ask_now(method, address, headers=headers, **options)


_HINTS = {
    401: "; the token is not valid",
    403: "; give the job `permissions: actions: write`",
    404: "; there is no .github/workflows/{workflow} on the default branch",
    422: "; the workflow lacks the trigger `workflow_dispatch:`, or the branch is gone",
}
