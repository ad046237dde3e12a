"""A double of the part of GitHub's REST API that issues need, on loopback, with its faults.

Shaped by GitHub's public documentation: pages of ``per_page`` with ``Link``, ``ETag`` and 304,
``since`` by ``updated_at``, ``labels`` and ``state``, authors' association and permissions, limits.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from statusgen.base.clock import Instant, format_instant
from tests.probe.servers import Farm, Request, head

BOT = "github-actions[bot]"
Answer = tuple[int, dict[str, str], Any]


@dataclass
class GitHub:
    """One repository, ``example/status``."""

    clock: Callable[[], Instant]
    token: str = "ghs_0123456789abcdefghijklmnopqrstuv"
    page: int = 100
    """Most items that it puts on a page, whatever is asked for."""
    permissions: dict[str, str] = field(default_factory=dict)
    associations: dict[str, str] = field(default_factory=dict)
    issues: dict[int, dict[str, Any]] = field(default_factory=dict)
    comments: dict[int, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, str, int]] = field(default_factory=list)
    """Method, path with query, status."""
    faults: list[tuple[str, Answer]] = field(default_factory=list)
    """The next answers to questions whose ``METHOD path`` begins so."""
    url: str = ""

    def opens(self, login: str, title: str, body: str, labels: tuple[str, ...] = ()) -> int:
        """Let somebody open an issue."""
        number = 1 + max([*self.issues, *self.comments], default=0)
        self.issues[number] = {
            "number": number,
            "title": title,
            "body": body,
            "state": "open",
            "state_reason": None,
            "closed_at": None,
            "labels": [{"name": name} for name in labels],
            **self._by(login),
        }
        return number

    def comments_on(self, issue: int, login: str, body: str) -> int:
        """Let somebody comment."""
        number = 1 + max([*self.issues, *self.comments], default=0)
        self.comments[number] = {"id": number, "issue": issue, "body": body, **self._by(login)}
        self.issues[issue]["updated_at"] = format_instant(self.clock())
        return number

    def edits(self, comment: int, body: str) -> None:
        """Let the author change a comment."""
        changed = {"body": body, "updated_at": format_instant(self.clock())}
        self.comments[comment].update(changed)

    def closes(self, issue: int) -> None:
        """Let somebody close an issue."""
        now = format_instant(self.clock())
        self.issues[issue].update(state="closed", closed_at=now, updated_at=now)

    def said(self, issue: int) -> list[str]:
        """The bodies of an issue's comments by us."""
        found = [each for each in self.comments.values() if each["issue"] == issue]
        return [str(each["body"]) for each in found if each["user"]["login"] == BOT]

    def mutations(self) -> list[tuple[str, str]]:
        """What was written and taken."""
        return [(m, p) for m, p, status in self.asked if m != "GET" and status < 300]

    def _by(self, login: str) -> dict[str, Any]:
        now = format_instant(self.clock())
        kind = "Bot" if login.endswith("[bot]") else "User"
        return {
            "user": {"login": login, "type": kind},
            "author_association": self.associations.get(login, "NONE"),
            "created_at": now,
            "updated_at": now,
        }

    def answer(self, request: Request) -> Answer:
        """Answer one request."""
        asked = urlsplit(request.path)
        path = asked.path.removeprefix("/repos/example/status")
        query = {key: values[-1] for key, values in parse_qs(asked.query).items()}
        for index, (begins, fault) in enumerate(self.faults):
            if f"{request.method} {path}".startswith(begins):
                del self.faults[index]
                return fault
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return 401, {}, {"message": "Bad credentials"}
        if not asked.path.startswith("/repos/example/status/"):
            return 404, {}, {"message": "Not Found"}
        document = json.loads(request.body) if request.body else {}
        return self._route(request, path, query, document)

    def _route(
        self, request: Request, path: str, query: dict[str, str], document: dict[str, Any]
    ) -> Answer:
        parts = path.strip("/").split("/")
        match (request.method, *parts):
            case ("GET", "issues"):
                return self._listed(request, query, self._filtered(query))
            case ("POST", "issues"):
                labels = tuple(document.get("labels", ()))
                number = self.opens(BOT, document["title"], document["body"], labels)
                return 201, {}, self.issues[number]
            case ("GET", "issues", number) if int(number) in self.issues:
                return 200, {}, self.issues[int(number)]
            case ("PATCH", "issues", number) if int(number) in self.issues:
                return 200, {}, self._patched(int(number), document)
            case ("GET", "issues", number, "comments") if int(number) in self.issues:
                found = [each for each in self.comments.values() if each["issue"] == int(number)]
                return self._listed(request, query, found)
            case ("POST", "issues", number, "comments") if int(number) in self.issues:
                made = self.comments_on(int(number), BOT, document["body"])
                return 201, {}, self.comments[made]
            case ("PATCH", "issues", "comments", number) if int(number) in self.comments:
                self.edits(int(number), document["body"])
                return 200, {}, self.comments[int(number)]
            case ("DELETE", "issues", "comments", number) if int(number) in self.comments:
                del self.comments[int(number)]
                return 204, {}, None
            case ("GET", "collaborators", login, "permission"):
                level = self.permissions.get(unquote(login))
                return (200, {}, {"permission": level}) if level else (404, {}, {"message": "no"})
        return 404, {}, {"message": "Not Found"}

    def _patched(self, number: int, document: dict[str, Any]) -> dict[str, Any]:
        issue = self.issues[number]
        if document.get("state") == "closed" and issue["state"] == "open":
            self.closes(number)
        issue.update(document, updated_at=format_instant(self.clock()))
        return issue

    def _filtered(self, query: dict[str, str]) -> list[dict[str, Any]]:
        found = []
        for issue in sorted(self.issues.values(), key=lambda each: -each["number"]):
            names = {label["name"] for label in issue["labels"]}
            state = query.get("state", "open")
            if state != "all" and issue["state"] != state:
                continue
            if not set(filter(None, query.get("labels", "").split(","))) <= names:
                continue
            if issue["updated_at"] >= query.get("since", ""):
                found.append(issue)
        return found

    def _listed(
        self, request: Request, query: dict[str, str], items: list[dict[str, Any]]
    ) -> Answer:
        size = min(self.page, int(query.get("per_page", "30")))
        page = int(query.get("page", "1"))
        shown = items[(page - 1) * size : page * size]
        etag = 'W/"' + sha256(json.dumps(shown).encode()).hexdigest()[:16] + '"'
        if request.headers.get("if-none-match") == etag:
            return 304, {"ETag": etag}, None
        headers = {"ETag": etag}
        if page * size < len(items):
            others = request.path.replace(f"&page={page}", "")
            last = -(-len(items) // size)
            headers["Link"] = (
                f'<{self.url}{others}&page={page + 1}>; rel="next", '
                f'<{self.url}{others}&page={last}>; rel="last"'
            )
        return 200, headers, shown


@contextmanager
def served(github: GitHub) -> Iterator[GitHub]:
    """Serve it."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        status, headers, document = github.answer(request)
        github.asked.append((request.method, request.path, status))
        body = b"" if document is None else json.dumps(document).encode()
        fields = {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}
        writer.write(head(status, fields) + body)

    with Farm() as farm:
        github.url = farm.start(behave).url
        yield github
