"""A small site, rounds of it written as letters, and what stands in its incident files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from statusgen.base.clock import parse_instant, to_datetime
from statusgen.base.secrets import Template
from statusgen.base.states import State
from statusgen.config.settings import Component, Monitor, Settings, Site, Thresholds
from statusgen.incident.model import Incident
from statusgen.incident.pipeline import IncidentChanges, update_incidents
from statusgen.probe.round import Check, Round

T0 = parse_instant("2026-11-20T20:00:00Z")
STEP = 300
_STATES = {"u": State.UP, "g": State.DEGRADED, "d": State.DOWN, "?": State.UNKNOWN}
_NAMES = {"api": "Backend API", "console": "Console", "mail": "Mail"}


class _NoOptions(BaseModel):
    """What a kind of check without options has."""


def site(components: Mapping[str, Sequence[str]] | Sequence[str], **options: int) -> Settings:
    """A configuration of components (each of one monitor, or of those given)."""
    if not isinstance(components, Mapping):
        components = {component: (component,) for component in components}
    return Settings(
        file="status.yml",
        site=Site(name="Example", timezone=ZoneInfo("Europe/Berlin")),
        monitors=tuple(
            Monitor(
                id=monitor,
                name=monitor,
                kind="http",
                url=Template("https://example.com/"),
                options=_NoOptions(),
                interval=STEP,
            )
            for monitors in components.values()
            for monitor in monitors
        ),
        components=tuple(
            Component(id=component, name=_NAMES.get(component, component), monitors=tuple(monitors))
            for component, monitors in components.items()
        ),
        groups=(),
        canaries=(),
        thresholds=Thresholds(
            failures=options.get("failures", 2), successes=options.get("successes", 2)
        ),
        blip=options.get("blip", 900),
    )


def rounds(start: int = T0, /, **letters: str) -> list[Round]:
    """Rounds from one string for each monitor: up, de-``g``-raded, down, ``?``; ``.`` not due."""
    count = max(map(len, letters.values()))
    made = []
    for index in range(count):
        at = start + index * STEP
        checks = {
            monitor.replace("_", "-"): _check(states[index])
            for monitor, states in letters.items()
            if index < len(states) and states[index] != "."
        }
        key = f"{to_datetime(at):%Y%m%dT%H%M%SZ}-github-{index}-1"
        made.append(Round(key=key, at=at, vantage="github", checks=checks))
    return made


def _check(letter: str) -> Check:
    if letter == "d":
        return Check(state=State.DOWN, code=503, reason="status")
    return Check(state=_STATES[letter])


def run(history: Path, settings: Settings, seen: Sequence[Round]) -> IncidentChanges:
    """One run of ``check`` that knows these rounds."""
    return update_incidents(seen, settings=settings, history=history, now=seen[-1].at + 2)


def run_each(
    history: Path, settings: Settings, seen: Sequence[Round], window: int = 576
) -> list[Incident]:
    """One run after each round, each knowing only the newest ``window`` rounds."""
    written: list[Incident] = []
    for count in range(1, len(seen) + 1):
        changes = run(history, settings, seen[max(0, count - window) : count])
        assert changes.problems == ()
        written += changes.written
    return written


def files(history: Path) -> dict[str, str]:
    """The program's incident files: name → text."""
    return {path.name: path.read_text() for path in sorted((history / "incidents").glob("*"))}
