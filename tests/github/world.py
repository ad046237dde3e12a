"""A repository with its incidents, beside the double of GitHub, with a clock that is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from statusgen.incident.model import Impact, Incident, Phase, Update
from statusgen.run.author import Author
from statusgen.run.issues import Synced, sync_issues
from statusgen.run.site import Site
from tests.cli.harness import write_config
from tests.github.rest import GitHub, served

START = 1_795_000_000
CONFIG = """\
site: {name: T, url: "https://status.example.com/"}
monitors:
  - {id: api, name: Backend API, url: https://api.example/}
  - {id: web, name: Web, url: https://web.example/}
github: {issues: true}
"""


@dataclass
class World:
    root: Path
    github: GitHub
    now: int = START
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def site(self) -> Site:
        return Site(self.root, given_now=self.now)

    def later(self, seconds: int = 300) -> World:
        self.now += seconds
        return self

    def sync(self) -> Synced:
        return sync_issues(self.site, self.environ, now=lambda: self.now, pause=0)

    def open(self, title: str = "API is down", components: Sequence[str] = ("api",)) -> Incident:
        first = Update(at=self.now, phase=Phase.INVESTIGATING, body="It does not answer.")
        affected = [(name, None) for name in components]
        author = Author(self.site, in_history=True)
        return author.open_incident(title, Impact.MAJOR, affected, first).item

    def say(self, phase: Phase, body: str, incident: str | None = None) -> None:
        update = Update(at=self.now, phase=phase, body=body)
        Author(self.site, in_history=True).update_incident(incident, update)

    def incident(self, identifier: str) -> Incident:
        return next(each for each in self.site.incidents.incidents if each.id == identifier)


@contextmanager
def world(root: Path, config: str = CONFIG) -> Iterator[World]:
    write_config(root, config)
    github = GitHub(clock=lambda: here.now)
    here = World(root, github)
    with served(github):
        here.environ = {
            "GITHUB_TOKEN": github.token,
            "GITHUB_REPOSITORY": "example/status",
            "GITHUB_API_URL": github.url,
        }
        yield here
