"""The schema of ``api/roadmaps.json``."""

from __future__ import annotations

from typing import Any

from statusgen.publish.api.promise_schemas import FLAG, NULL, SECOND, TEXT, Schema, exactly

_NUMBER: Schema = {"type": ["number", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_TEXTS: Schema = {"type": "array", "items": TEXT}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}


def roadmaps_schema() -> Schema:
    """Return what ``api/roadmaps.json`` holds to."""
    between = exactly(low=_NUMBER, figure=_NUMBER, high={"type": "number"})
    ends = _or_none({"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2})
    struck = exactly(id=TEXT, title=TEXT, start=SECOND, end=_or_none(SECOND))
    one = exactly(
        roadmap=TEXT,
        forecasts=_list(
            exactly(
                architecture=TEXT,
                stage=_TEXT_OR_NULL,
                needed=_list(_TEXTS),
                measured=_TEXTS,
                stated=_TEXTS,
                unknown=_TEXTS,
                confidence={"const": 0.95},
                availability=between,
                lost_minutes_a_month=between,
            )
        ),
        minutes=_list(
            exactly(
                before=TEXT,
                after=TEXT,
                cost_a_month=ends,
                saved_minutes_a_month=between,
                price_a_minute=ends,
                sure=FLAG,
            )
        ),
        replay=_or_none(_replay(struck)),
        limitations=_list(exactly(id=TEXT, incidents=_list(struck))),
        dual_runs=_list(exactly(item=TEXT, measured=_or_none(_dual()))),
        news=_list(
            exactly(
                what={"enum": ["reached", "due", "cost", "done", "broken", "kept"]},
                at=SECOND,
                key=TEXT,
                about=TEXT,
                name=TEXT,
            )
        ),
    )
    return exactly(roadmaps=_list(one))


def _replay(struck: Schema) -> Schema:
    deploy = exactly(at=SECOND, what=TEXT, components=_TEXTS, version=TEXT, url=TEXT)
    firing = exactly(
        trigger=TEXT,
        start=SECOND,
        end=SECOND,
        lasts=FLAG,
        deployments=_list(deploy),
        incidents=_list(struck),
    )
    seldom = exactly(
        trigger=TEXT,
        window_seconds=_COUNT,
        interval_seconds=_COUNT,
        wanted_seconds={"type": ["integer", "null"]},
    )
    return exactly(
        since=SECOND,
        triggers=_COUNT,
        deployments=_COUNT,
        firings=_list(firing),
        too_seldom=_list(seldom),
    )


def _dual() -> Schema:
    side = exactly(
        component=TEXT,
        uptime=_NUMBER,
        coverage=_NUMBER,
        lost_seconds=_NUMBER,
        p50_ms=_NUMBER,
        p95_ms=_NUMBER,
    )
    members: dict[str, Any] = {"from": side, "to": side}
    return exactly(
        start=SECOND,
        end=SECOND,
        days=_COUNT,
        **members,
        clean_days=_COUNT,
        wanted_days=_COUNT,
        safe=FLAG,
    )


def _list(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _or_none(schema: Schema) -> Schema:
    return {"anyOf": [schema, NULL]}
