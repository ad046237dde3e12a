"""Lays the demonstration's folder: a made-up past, its roll-ups and its incidents."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from statusgen.base.clock import DAY, Instant
from statusgen.base.errors import InputError
from statusgen.base.files import write_atomic
from statusgen.base.secrets import Template
from statusgen.config.settings import Monitor
from statusgen.demo.past import made_up_rounds
from statusgen.demo.server import Roles, usual_delay
from statusgen.history.record import to_line
from statusgen.probe.round import Round
from statusgen.probe.templates import secrets_of
from statusgen.run.record import follow
from statusgen.run.site import Site

_MARKER = ".statusgen-demo"


@dataclass(frozen=True, slots=True)
class DemoFolder:
    """Where a demonstration keeps what it made; ignored by git, never ``data/history``."""

    path: Path

    @property
    def history(self) -> Path:
        """The demonstration's own history."""
        return self.path / "history"

    @property
    def ca_file(self) -> Path:
        """The certificate of the authority minted for this run."""
        return self.path / "ca.pem"

    def reset(self) -> None:
        """Empty the folder. Raises InputError rather than touch one that no demonstration made."""
        if self.path.exists():
            if any(self.path.iterdir()) and not (self.path / _MARKER).exists():
                raise InputError(f"{self.path} was not made by statusgen demo; name another folder")
            shutil.rmtree(self.path)
        self.history.mkdir(parents=True)
        (self.path / _MARKER).write_bytes(b"")
        (self.path / ".gitignore").write_bytes(b"*\n")


def invented_environment(monitors: Sequence[Monitor], environ: Mapping[str, str]) -> dict[str, str]:
    """Return ``environ`` with a made-up value for every secret that it does not set."""
    filled = dict(environ)
    whole_urls = {name: monitor for monitor in monitors for name in _whole(monitor.url)}
    for template in secrets_of(monitors):
        for name in template.missing(environ):
            host = name.lower().replace("_", "-").strip("-") or "secret"
            kind = whole_urls[name].kind if name in whole_urls else ""
            scheme = {"http": "https", "tcp": "tcp", "tls": "tls"}.get(kind)
            filled[name] = f"{scheme}://{host}.example:443/" if scheme else "443"
    for monitor in monitors:  # a secret that is a whole header must look like one
        lines = getattr(monitor.options, "raw_headers", ())
        for name in [name for line in lines for name in _whole(line)]:
            filled[name] = environ.get(name) or "X-Demonstration: made up"
    return filled


def _whole(url: Template) -> tuple[str, ...]:
    return url.names if url.text.startswith("$") else ()


def write_past(site: Site, roles: Roles, *, until: Instant) -> int:
    """Write the made-up past and what follows from it; return the number of rounds."""
    monitors = site.settings.monitors
    usual = {monitor.id: round(usual_delay(monitor) * 1000) for monitor in monitors}
    rounds: list[Round] = []
    made = made_up_rounds(monitors, usual, until=until, down=roles.down)
    for _, of_day in groupby(made, key=lambda done: done.at // DAY):
        day = list(of_day)
        lines = b"".join(to_line(done) for done in day)
        write_atomic(site.store.day_path(day[0].at), lines)
        rounds += day
    follow(site, now=until, rounds=rounds)
    return len(rounds)
