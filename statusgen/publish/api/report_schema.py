"""The JSON Schema of ``reports/<period>/report.json``."""

from __future__ import annotations

from typing import Any

from statusgen.status.methods import Method

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_SECOND: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
_DAY: Schema = {"type": "string", "format": "date"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_HASH: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_PARTS = ("availability", "incidents", "maintenance", "objectives", "agreements")
_PERCENT: Schema = {
    "type": ["string", "null"],
    "pattern": r"^\d{1,3}\.\d\d$",
    "description": "As printed, in percent; null where nothing was measured.",
}
_SHARE: Schema = {
    "type": ["string", "null"],
    "pattern": r"^\d+(/\d+)?$",
    "description": "The exact share, as a fraction.",
}
_VERDICT: Schema = {"enum": ["met", "missed", "unknown"]}


def report_schema() -> Schema:
    """Return the schema."""
    return _exactly(
        report={"type": "string", "pattern": r"^\d{4}(-(\d\d|Q[1-4]))?$"},
        site=_TEXT,
        title=_TEXT,
        start=_SECOND,
        end=_SECOND,
        time_zone=_TEXT,
        revision={"type": "integer", "minimum": 1},
        revisions=_list(_exactly(number=_COUNT, noted=_SECOND, digests=_digests())),
        digests=_digests(),
        availability=_list(_availability()),
        incidents=_list(_incident()),
        maintenance=_list(
            _exactly(
                id=_TEXT, title=_TEXT, start=_SECOND, end=_SECOND, components=_list(_TEXT),
                uptime={"enum": ["exclude", "count"]},
            )
        ),
        objectives=_list(
            _exactly(
                id=_TEXT, monitors=_list(_TEXT), target=_SHARE, uptime=_PERCENT, verdict=_VERDICT
            )
        ),
        agreements=_list(_agreement()),
    )  # fmt: skip


def _availability() -> Schema:
    figure = _exactly(uptime=_PERCENT, exact=_SHARE)
    return _exactly(
        component=_TEXT,
        seconds_observed=_COUNT,
        seconds_of_period=_COUNT,
        seconds_down=_COUNT,
        coverage=_SHARE,
        methods=_exactly(**{str(each): figure for each in Method}),
    )


def _incident() -> Schema:
    return _exactly(
        id=_TEXT,
        title=_TEXT,
        impact={"enum": ["none", "minor", "major", "critical"]},
        started=_SECOND,
        resolved={"anyOf": [_SECOND, {"type": "null"}]},
        components=_list(_TEXT),
        updates=_list(_exactly(at=_SECOND, phase=_TEXT, sha256=_HASH)),
        rounds=_list(_TEXT),
    )


def _agreement() -> Schema:
    return _exactly(
        id=_TEXT,
        method={"enum": [str(each) for each in Method]},
        target=_SHARE,
        component={"type": ["string", "null"]},
        uptime=_PERCENT,
        exact=_SHARE,
        seconds_good={"type": "string", "pattern": r"^\d+(/\d+)?$"},
        seconds_counted=_COUNT,
        seconds_left_out=_COUNT,
        verdict=_VERDICT,
        credit=_SHARE,
        amount={"type": ["string", "null"]},
        claim_by={"anyOf": [_DAY, {"type": "null"}]},
    )


def _digests() -> Schema:
    """Return the schema of the digests of a report's parts; later versions may have more parts."""
    return {
        "type": "object",
        "required": list(_PARTS),
        "additionalProperties": _HASH,
    }


def _exactly(**members: Schema) -> Schema:
    return {
        "type": "object",
        "properties": members,
        "required": list(members),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}
