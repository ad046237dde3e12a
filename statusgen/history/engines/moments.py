"""Samples of an engine put into rounds: one for each vantage and moment that is read.

Moments lie ``every`` seconds apart on one grid, so that a second reading finds the same ones. What
was sampled since the moment before is one round, at the time of its newest sample: of samples that
were taken together the true time is kept.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from statusgen.base.clock import DAY, Instant
from statusgen.base.states import Reason, State
from statusgen.base.text import one_line
from statusgen.base.vantage import OUTSIDE
from statusgen.config.outside import Instance
from statusgen.config.settings import Monitor
from statusgen.history.dayfile import FUTURE_SLACK, day_files, read_bytes
from statusgen.history.record import MAX_MS
from statusgen.probe.round import Check, Round, round_key

MOSTLY = 0.75
"""From this value on a service works, though not as it should."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What an engine saw of one monitor."""

    monitor: str
    vantage: str
    at: Instant
    check: Check


def moment_of(at: Instant, every: int) -> Instant:
    """Return the moment at which a sample is read: the first of the grid at or after it."""
    return -(-at // every) * every


def rounds_of(samples: Iterable[Sample], instance: Instance) -> list[Round]:
    """Return the rounds that samples amount to, oldest first; of two for one monitor the worse."""
    found: dict[tuple[Instant, str], dict[str, Sample]] = {}
    for sample in samples:
        place = (moment_of(sample.at, instance.every), sample.vantage)
        known = found.setdefault(place, {})
        other = known.get(sample.monitor)
        if other is None or sample.check.state.severity > other.check.state.severity:
            known[sample.monitor] = sample
    rounds = [
        round_at(moment, max(each.at for each in of.values()), vantage, instance,
                 {name: of[name].check for name in sorted(of)})
        for (moment, vantage), of in found.items()
    ]  # fmt: skip
    return sorted(rounds, key=lambda each: (each.at, each.key))


def round_at(
    moment: Instant, at: Instant, vantage: str, instance: Instance, checks: Mapping[str, Check]
) -> Round:
    """Return the round of one moment; its key names the moment, so that it is stored once."""
    run = f"{instance.kind}.{instance.vantage}.{moment}"
    return Round(key=round_key(at, vantage, run), at=at, vantage=vantage, net="none", checks=checks)


def last_moment(folder: Path, instance: Instance, *, now: Instant, since: Instant) -> Instant:
    """Return the newest moment of an instance that is stored; ``since`` where there is none."""
    name = re.sub(r"[^A-Za-z0-9._-]", "_", f"{instance.kind}.{instance.vantage}.")
    pattern = re.compile(rb'"round":"[^"]*-' + re.escape(name.encode()) + rb'(\d{1,12})-1"')
    for day, path in reversed(day_files(folder).items()):
        if day > now + FUTURE_SLACK:
            continue
        if day + DAY <= since:
            break
        moments = [int(match[1]) for match in pattern.finditer(read_bytes(path))]
        if moments:
            return max(since, *moments)
    return since


def place_of(text: str, fallback: str) -> str:
    """Return the name of a vantage as a label gives it, made harmless."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-._")[:40]
    return name if name and name != OUTSIDE else fallback


class Finder:
    """Which monitor something in an engine is: by id, by name, by address."""

    def __init__(self, monitors: Sequence[Monitor], named: Mapping[str, str]) -> None:
        self._own = {text: monitor for monitor, text in named.items()}
        self._texts: dict[str, str] = {}
        for monitor in monitors:
            plain = "" if monitor.url.names else monitor.url.text
            bare = re.sub(r"^(tcp|tls|dns)://", "", plain)
            slug = re.sub(r"[^a-z0-9]+", "-", monitor.name.lower()).strip("-")
            group = re.sub(r"[^a-z0-9]+", "-", monitor.group.lower()).strip("-")
            for text in (monitor.id, plain, bare, monitor.name, slug, f"{group}_{slug}"):
                if text:
                    self._texts.setdefault(_settled(text), monitor.id)
        self.found: set[str] = set()
        """The monitors that the engine watches."""
        self.strangers: set[str] = set()
        """What the engine watches and no monitor is."""

    def find(self, *texts: Any) -> str | None:
        """Return the id of the monitor that any of the texts names, the first that does."""
        said = [text for text in texts if isinstance(text, str) and text]
        for text in said:
            found = self._own.get(text) or self._texts.get(_settled(text))
            if found is not None:
                self.found.add(found)
                return found
        if said and len(self.strangers) < 1000:
            self.strangers.add(one_line(said[0], 80))
        return None


def _settled(text: str) -> str:
    return text.strip().rstrip("/").lower()


def check_of(
    value: float,
    monitor: Monitor | None,
    *,
    seconds: float | None = None,
    code: float | None = None,
    certificate_s: float | None = None,
    warn_s: int = 0,
) -> Check:
    """Return the check that figures amount to: 1 up, from 0.75 degraded, below partial, 0 down.

    ``certificate_s``: how long the certificate is valid yet. What is up is degraded where that is
    less than ``warn_s``, or where it took longer than the monitor allows.
    """
    if math.isnan(value):
        return Check(state=State.UNKNOWN, reason=Reason.CHECKER)
    ms = round(seconds * 1000) if seconds is not None and 0 <= seconds < MAX_MS / 1000 else None
    status = int(code) if code is not None and 0 < code <= 65535 else None
    if value <= 0:
        refused = status is not None and not 200 <= status < 400
        return Check(state=State.DOWN, ms=ms, code=status,
                     reason=Reason.STATUS if refused else None)  # fmt: skip
    if value < MOSTLY:
        return Check(state=State.PARTIAL, ms=ms, code=status)
    if value < 1:
        return Check(state=State.DEGRADED, ms=ms, code=status)
    allowed = _allowed_ms(monitor)
    if ms is not None and allowed is not None and ms > allowed:
        return Check(state=State.DEGRADED, ms=ms, code=status, reason=Reason.SLOW)
    if certificate_s is not None and certificate_s < warn_s:
        return Check(state=State.DEGRADED, ms=ms, code=status, reason=Reason.CERTIFICATE)
    return Check(state=State.UP, ms=ms, code=status)


def _allowed_ms(monitor: Monitor | None) -> int | None:
    options: Any = monitor.options if monitor is not None else None
    found = getattr(getattr(options, "expect", options), "max_time", None)
    return found if isinstance(found, int) else None


def in_pages(rounds: Sequence[Round], size: int = 500) -> Iterator[Sequence[Round]]:
    """Yield rounds some at a time."""
    for begin in range(0, len(rounds), size):
        yield rounds[begin : begin + size]
