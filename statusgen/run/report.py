"""What a report of record holds, without words, and as plain data that digests are made of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from statusgen.base.clock import Instant, format_instant
from statusgen.history.reportlog import Revision
from statusgen.status.agreements import Settled
from statusgen.status.methods import Method, printed
from statusgen.status.periods import Period
from statusgen.status.snapshot import Uptime
from statusgen.status.standing import Verdict
from statusgen.status.uptime import hundredths

if TYPE_CHECKING:
    from statusgen.config.settings import Objective
    from statusgen.incident.model import Incident
    from statusgen.incident.recurrence import Occurrence
    from statusgen.incident.window import Window
    from statusgen.status.intervals import Interval


@dataclass(frozen=True, slots=True)
class Counted:
    """One component over a period, by each method."""

    component: str
    since: Instant
    """Its first check."""
    uptimes: Mapping[Method, Uptime]
    down: int
    """Seconds observed in a major or a partial outage, maintenance left out as pages do."""

    @property
    def coverage(self) -> Fraction | None:
        """The share of the period that was observed."""
        return self.uptimes[Method.OURS].coverage


@dataclass(frozen=True, slots=True)
class Held:
    """An objective over a period."""

    objective: Objective
    figure: Fraction | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Worked:
    """A stretch of maintenance in a period."""

    window: Window
    planned: Occurrence
    stretch: Interval
    """As it was excused, within the period."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that a report says, without words."""

    period: Period
    components: tuple[Counted, ...]
    incidents: tuple[Incident, ...]
    """Those that touched the period, oldest first; a withdrawn one is none."""
    maintenance: tuple[Worked, ...]
    objectives: tuple[Held, ...]
    agreements: tuple[Settled, ...]
    revisions: tuple[Revision, ...] = ()
    """Those that were noted, oldest first."""

    @cached_property
    def parts(self) -> Mapping[str, Any]:
        """What it says as plain data, by part; what a digest is made of."""
        return {
            "availability": [_availability(each) for each in self.components],
            "incidents": [_incident(each) for each in self.incidents],
            "maintenance": [_maintenance(each) for each in self.maintenance],
            "objectives": [_objective(each) for each in self.objectives],
            "agreements": [_agreement(each) for each in self.agreements],
        }

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """Part → SHA-256 of what it says."""
        return {name: _digest(told) for name, told in self.parts.items()}

    @property
    def figures(self) -> Mapping[str, Sequence[int | None]]:
        """Component → what is printed of it, in the order of the methods."""
        return {
            each.component: tuple(printed(each.uptimes[method]) for method in Method)
            for each in self.components
        }

    @property
    def noted(self) -> bool:
        """Whether the newest revision that was noted says what this report says."""
        return bool(self.revisions) and self.revisions[-1].digests == self.digests

    @property
    def number(self) -> int:
        """Which revision this is."""
        return len(self.revisions) + (not self.noted)

    def changed(self, number: int) -> tuple[str, ...]:
        """Return the parts in which a revision (from 2 on) differs from the one before it."""
        told = [each.digests for each in self.revisions]
        if not self.noted:
            told.append(self.digests)
        before, after = told[number - 2], told[number - 1]
        return tuple(part for part in self.parts if before.get(part) != after.get(part))


def _digest(told: object) -> str:
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _availability(each: Counted) -> dict[str, Any]:
    ours = each.uptimes[Method.OURS]
    return {
        "component": each.component,
        "seconds_observed": ours.observed,
        "seconds_of_period": ours.window,
        "seconds_down": each.down,
        "coverage": _share(ours.coverage),
        "methods": {
            str(method): {
                "uptime": _percent(printed(uptime)),
                "exact": _share(uptime.ratio),
            }
            for method, uptime in each.uptimes.items()
        },
    }


def _incident(each: Incident) -> dict[str, Any]:
    return {
        "id": each.id,
        "title": each.title,
        "impact": str(each.worst),
        "started": format_instant(each.started),
        "resolved": None if each.resolved is None else format_instant(each.resolved),
        "components": list(dict.fromkeys(one.component for one in each.affected)),
        "updates": [
            {
                "at": format_instant(one.at),
                "phase": str(one.phase),
                "sha256": hashlib.sha256(one.body.encode("utf-8", "replace")).hexdigest(),
            }
            for one in each.updates
        ],
        "rounds": list(each.evidence),
    }


def _maintenance(each: Worked) -> dict[str, Any]:
    start, end = each.stretch
    return {
        "id": each.window.id,
        "title": each.window.title,
        "start": format_instant(start),
        "end": format_instant(end),
        "components": list(each.window.components),
        "uptime": str(each.window.uptime),
    }


def _objective(each: Held) -> dict[str, Any]:
    return {
        "id": each.objective.id,
        "monitors": list(each.objective.target.components),
        "target": _share(each.objective.target.value),
        "uptime": _percent(hundredths(each.figure)),
        "verdict": str(each.verdict),
    }


def _agreement(each: Settled) -> dict[str, Any]:
    credit = each.credit
    return {
        "id": each.agreement.id,
        "method": each.agreement.method,
        "target": _share(each.agreement.target),
        "component": each.component or None,
        "uptime": _percent(hundredths(each.ratio)),
        "exact": _share(each.ratio),
        "seconds_good": str(each.good),
        "seconds_counted": each.counted,
        "seconds_left_out": each.left_out,
        "verdict": str(each.verdict),
        "credit": None if credit is None else _share(credit.share),
        "amount": None if each.amount is None else f"{each.amount[0]:f} {each.amount[1]}",
        "claim_by": None if each.claim_by is None else each.claim_by.isoformat(),
    }


def _share(ratio: Fraction | None) -> str | None:
    """Return an exact fraction, ``43138/43200``; None where there is none."""
    return None if ratio is None else str(ratio)


def _percent(value: int | None) -> str | None:
    """Return hundredths of a percent as text, ``99.98``."""
    return None if value is None else f"{value // 100}.{value % 100:02}"
