"""Promises as programs read them: one shape for the command line and the API."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from statusgen.base.clock import Instant, format_instant
from statusgen.gates.gate import Gate
from statusgen.gates.readiness import Readiness
from statusgen.gates.trend import Crossing
from statusgen.status.objectives import ObjectiveStanding
from statusgen.status.standing import Standing

_SCALE = 1_000_000


def objectives_json(found: Iterable[ObjectiveStanding]) -> list[dict[str, Any]]:
    """Return objectives as plain data; shares are fractions of one, cut off, times seconds."""
    return [
        {
            "id": one.id,
            "components": list(one.components),
            "target": _cut(one.standing.target.value),
            **_standing(one.standing),
            "budget_seconds": _cut(one.budget),
            "budget_left_seconds": _cut(one.left),
            "budget_checks": _cut(one.checks_budget),
            "budget_left_checks": _cut(one.checks_left),
            "maintenance": str(one.counting),
            "maintenance_seconds": one.maintained,
            "burn": [
                {
                    "long_seconds": burn.long,
                    "short_seconds": burn.short,
                    "limit": _cut(burn.limit),
                    "over_long": _cut(burn.over_long),
                    "over_short": _cut(burn.over_short),
                    "fast": burn.fast,
                }
                for burn in one.burns
            ],
            "met_again": _moment(one.met_again),
        }
        for one in found
    ]


def gates_json(found: Iterable[Gate]) -> list[dict[str, Any]]:
    """Return gates as plain data. ``good`` says whether a gate is as one would wish."""
    return [
        {
            "roadmap": gate.roadmap,
            "kind": str(gate.kind),
            "id": gate.id,
            "text": gate.text,
            "target": gate.target,
            "verdict": str(gate.verdict),
            "good": gate.good,
            "why": str(gate.why) or None,
            "source": str(gate.source),
            "figure": _cut(gate.figure),
            "figure_upto": _cut(gate.upto),
            "value": _cut(gate.value),
            "unit": gate.unit or None,
            "fired": [
                {"start": format_instant(start), "end": format_instant(end)}
                for start, end in gate.fired
            ],
            "on": _moment(gate.on),
            "told_by": gate.teller or None,
            "mean_of": gate.averaged or None,
            "since": _moment(gate.since),
            "last_good": _moment(gate.last_good),
            "verdicts": [
                {"from": format_instant(at), "verdict": str(verdict)} for at, verdict in gate.flips
            ],
            "crossing": _crossing(gate.crossing),
            "crossing_refused": None if gate.refused is None else str(gate.refused),
            "measured": None if gate.standing is None else _standing(gate.standing),
        }
        for gate in found
    ]


def stages_json(roadmap: str, found: Iterable[Readiness]) -> list[dict[str, Any]]:
    """Return whether stages may begin, and because of what, as plain data."""
    return [
        {
            "roadmap": roadmap,
            "stage": one.stage,
            "state": str(one.state),
            "reasons": [
                {
                    "because": str(each.because),
                    "good": each.good,
                    "gate": None if each.gate is None else f"{each.gate.kind}/{each.gate.id}",
                    "about": each.part or None,
                }
                for each in one.reasons
            ],
        }
        for one in found
    ]


def _crossing(found: Crossing | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "first": format_instant(found.first),
        "likely": format_instant(found.likely),
        "last": format_instant(found.last),
        "confidence": 0.9,
        "method": str(found.method),
        "figures": found.figures,
    }


def _standing(found: Standing) -> dict[str, Any]:
    proof = found.proof
    return {
        "verdict": str(found.verdict),
        "doubt": str(found.doubt) or None,
        "start": format_instant(found.start),
        "end": format_instant(found.end),
        "rolling": found.target.rolling,
        "figure": _cut(found.figure),
        "coverage": _cut(found.coverage),
        "lost_seconds": _cut(found.bad),
        "since": _moment(found.since),
        "since_measured": found.always,
        "proof": None
        if proof is None
        else {
            "confidence": 0.95,
            "checks": proof.checks,
            "failed": proof.failed,
            "least": _floor(proof.least),
            "hours": proof.hours,
            "bad_hours": proof.bad_hours,
            "least_by_hours": _floor(proof.least_hours),
            "interval_seconds": proof.interval,
        },
    }


def _cut(value: Fraction | None) -> float | int | None:
    """Return a number with six digits, cut towards less: never a share rounded up to one."""
    if value is None:
        return None
    if value.denominator == 1:
        return int(value)
    return math.floor(value * _SCALE) / _SCALE


def _floor(value: float) -> float:
    return math.floor(value * _SCALE) / _SCALE


def _moment(at: Instant | None) -> str | None:
    return None if at is None else format_instant(at)
