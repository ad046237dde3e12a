"""Schemas of ``api/objectives.json`` and ``api/gates.json``."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
NULL: Schema = {"type": "null"}
SECOND: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
_VERDICT: Schema = {"enum": ["met", "missed", "unknown"]}
_NUMBER: Schema = {"type": ["number", "null"]}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}


def _standing_schema() -> Schema:
    proof = {
        name: {"type": "number"}
        for name in ("confidence", "checks", "failed", "least", "hours", "bad_hours",
                     "least_by_hours", "interval_seconds")
    }  # fmt: skip
    return {
        "verdict": _VERDICT,
        "doubt": _TEXT_OR_NULL,
        "start": SECOND,
        "end": SECOND,
        "rolling": FLAG,
        "figure": _NUMBER,
        "coverage": _NUMBER,
        "lost_seconds": _NUMBER,
        "since": {"anyOf": [SECOND, NULL]},
        "since_measured": FLAG,
        "proof": {"anyOf": [exactly(**proof), NULL]},
    }


def objectives_schema() -> Schema:
    """Return what ``api/objectives.json`` holds to."""
    burn: Schema = exactly(
        long_seconds={"type": "integer"},
        short_seconds={"type": "integer"},
        limit=_NUMBER,
        over_long=_NUMBER,
        over_short=_NUMBER,
        fast=FLAG,
    )
    one = exactly(
        **{
            "id": TEXT,
            "components": {"type": "array", "items": TEXT},
            "target": _NUMBER,
            **_standing_schema(),
            "budget_seconds": _NUMBER,
            "budget_left_seconds": _NUMBER,
            "budget_checks": _NUMBER,
            "budget_left_checks": _NUMBER,
            "maintenance": {"enum": ["exclude", "count"]},
            "maintenance_seconds": {"type": "integer"},
            "burn": {"type": "array", "items": burn},
            "met_again": {"anyOf": [SECOND, NULL]},
        }
    )
    return exactly(objectives={"type": "array", "items": one})


def gates_schema() -> Schema:
    """Return what ``api/gates.json`` holds to."""
    moment: Schema = {"anyOf": [SECOND, NULL]}
    crossing = exactly(
        first=SECOND,
        likely=SECOND,
        last=SECOND,
        confidence={"const": 0.9},
        method={"enum": ["line", "growth"]},
        figures={"type": "integer"},
    )
    gate = exactly(
        roadmap=TEXT,
        kind={"enum": ["success", "trigger", "metric", "stage", "forecast"]},
        id=TEXT,
        text=TEXT,
        target=TEXT,
        verdict=_VERDICT,
        good={"type": ["boolean", "null"]},
        why=_TEXT_OR_NULL,
        source={"enum": ["checks", "derived", "file", "hand", "read", "forecast", "none"]},
        figure=_NUMBER,
        figure_upto=_NUMBER,
        value=_NUMBER,
        unit=_TEXT_OR_NULL,
        fired={"type": "array", "items": exactly(start=SECOND, end=SECOND)},
        on=moment,
        told_by=_TEXT_OR_NULL,
        mean_of={"type": ["integer", "null"]},
        since=moment,
        last_good=moment,
        verdicts={
            "type": "array",
            "items": exactly(**{"from": SECOND, "verdict": _VERDICT}),
        },
        crossing={"anyOf": [crossing, NULL]},
        crossing_refused={"enum": ["thin", "flat", "far", None]},
        measured={"anyOf": [exactly(**_standing_schema()), NULL]},
    )
    reason = exactly(
        because=TEXT, good={"type": ["boolean", "null"]}, gate=_TEXT_OR_NULL, about=_TEXT_OR_NULL
    )
    stage = exactly(
        roadmap=TEXT, stage=TEXT, state=TEXT, reasons={"type": "array", "items": reason}
    )
    return exactly(gates={"type": "array", "items": gate}, stages={"type": "array", "items": stage})


def exactly(**members: Schema) -> Schema:
    """Return the schema of an object with these members, all of them, and no other."""
    return {
        "type": "object",
        "required": list(members),
        "properties": members,
        "additionalProperties": False,
    }
