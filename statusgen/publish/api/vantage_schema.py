"""The schema of ``api/vantages.json``."""

from __future__ import annotations

from statusgen.base.states import State
from statusgen.publish.api.promise_schemas import FLAG, NULL, SECOND, TEXT, Schema, exactly

_COUNT: Schema = {"type": "integer", "minimum": 0}
_COUNT_OR_NULL: Schema = {"anyOf": [_COUNT, NULL]}
_STATE: Schema = {"enum": [state.value for state in State]}


def vantages_schema() -> Schema:
    """Return what ``api/vantages.json`` holds to."""
    word = exactly(
        vantage=TEXT,
        name=TEXT,
        state=_STATE,
        at=SECOND,
        response_ms=_COUNT_OR_NULL,
        code=_COUNT_OR_NULL,
        reason={"type": ["string", "null"]},
        round=TEXT,
        counts=FLAG,
        probes={"anyOf": [exactly(reached=_COUNT, of=_COUNT), NULL]},
    )
    monitor = exactly(
        id=TEXT,
        state=_STATE,
        vantages={"type": "array", "items": word},
        components={"type": "array", "items": TEXT},
    )
    return exactly(monitors={"type": "array", "items": monitor})
