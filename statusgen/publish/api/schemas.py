"""JSON Schemas of what programs read, published below ``schema/api/``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from statusgen.publish.api.facts import json_asset
from statusgen.publish.api.live_schema import roadmaps_schema
from statusgen.publish.api.promise_schemas import gates_schema, objectives_schema
from statusgen.publish.api.report_schema import report_schema
from statusgen.publish.api.statuspage import STATUS_WORDS
from statusgen.publish.api.vantage_schema import vantages_schema
from statusgen.publish.manifest import Asset

Schema = dict[str, Any]
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string"}
_FLAG: Schema = {"type": "boolean"}
_INSTANT: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"}
_SECOND: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
_ID: Schema = {"type": "string", "pattern": "^[a-z0-9]{12}$"}
_NULL: Schema = {"type": "null"}
_INCIDENT = ("investigating", "identified", "monitoring", "resolved", "postmortem")
_IMPACTS = ("none", "minor", "major", "critical")
_WINDOW = ("scheduled", "in_progress", "verifying", "completed")
_OWN = ("api/objectives.json", "api/gates.json", "api/roadmaps.json", "api/vantages.json")
"""Files of a shape of our own, whose schemas are called as they are."""


def schema_of(path: str) -> str:
    """Return the name of the schema that a published file holds to; empty where there is none."""
    if path.startswith("api/v2/"):
        return "statuspage"
    if path.startswith("reports/"):
        return "report" if path.endswith("/report.json") else ""
    if path in _OWN:
        return path.removeprefix("api/").removesuffix(".json")
    if path.endswith(".json") and path.startswith(("badges/", "api/")):
        return "shield"
    return {
        "history/summary.json": "upptime-summary",
        "freshness.json": "freshness",
        ".well-known/api-catalog": "api-catalog",
        "assets/search.json": "search",
        "history/feed.json": "feed",
    }.get(path, "feed" if path.endswith("/feed.json") else "")


def api_schemas() -> Iterator[Asset]:
    """Return ``schema/api/*.json``."""
    for name, schema in all_schemas().items():
        yield json_asset(f"schema/api/{name}.json", schema)


@cache
def all_schemas() -> dict[str, Schema]:
    """Return the schemas by name."""
    made = {
        "statuspage": _statuspage(),
        "shield": _shield(),
        "upptime-summary": _summary(),
        "freshness": _freshness(),
        "api-catalog": _catalogue(),
        "search": _search(),
        "feed": _feed(),
        "report": report_schema(),
        "objectives": objectives_schema(),
        "gates": gates_schema(),
        "roadmaps": roadmaps_schema(),
        "vantages": vantages_schema(),
    }
    titles = {name: {"$schema": _DRAFT, "title": name} for name in made}
    return {name: titles[name] | json.loads(json.dumps(schema)) for name, schema in made.items()}


def _exactly(**members: Schema) -> Schema:
    """Return the schema of an object that has these members and no others."""
    return {
        "type": "object",
        "properties": members,
        "required": list(members),
        "additionalProperties": False,
    }


def _one_of(*values: str) -> Schema:
    return {"enum": list(values)}


def _or_none(schema: Schema) -> Schema:
    return {"anyOf": [schema, _NULL]}


def _list(schema: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": schema} | more


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _statuspage() -> Schema:
    """Return what all files of ``api/v2/`` hold to: a page, with some of the other members."""
    members = {
        "page": _exactly(id=_ID, name=_TEXT, url=_TEXT, time_zone=_TEXT, updated_at=_INSTANT),
        "status": _exactly(
            indicator=_one_of("none", "minor", "major", "critical", "maintenance"),
            description=_TEXT,
        ),
        "components": _list(_ref("component")),
        "incidents": _list(_ref("incident")),
        "scheduled_maintenances": _list(_ref("maintenance")),
    }
    planned = {"scheduled_for": _INSTANT, "scheduled_until": _INSTANT}
    return {
        **_exactly(**members),
        "required": ["page"],
        "minProperties": 2,
        "$defs": {
            "component": _component(),
            "incident": _incident(_INCIDENT, _IMPACTS),
            "maintenance": _incident(_WINDOW, ("maintenance",), **planned),
        },
    }


def _component() -> Schema:
    """Return the schema of a component; a group is one that names its components."""
    members: dict[str, Schema] = {
        "id": _ID,
        "name": _TEXT,
        "status": _one_of(*STATUS_WORDS),
        "created_at": _INSTANT,
        "updated_at": _INSTANT,
        "position": {"type": "integer", "minimum": 1},
        "description": _or_none(_TEXT),
        "showcase": _FLAG,
        "start_date": _or_none({"type": "string", "format": "date"}),
        "group_id": _or_none(_ID),
        "page_id": _ID,
        "group": _FLAG,
        "only_show_if_degraded": _FLAG,
    }
    return _exactly(**members) | {
        "properties": {**members, "components": _list(_ID)},
        "if": {"properties": {"group": {"const": True}}},
        "then": {"required": ["components"]},
        "else": {"not": {"required": ["components"]}},
    }


def _incident(phases: Sequence[str], impacts: Sequence[str], **more: Schema) -> Schema:
    """Return the schema of an incident, or of a window with ``more`` members."""
    return _exactly(
        id=_ID,
        name=_TEXT,
        status=_one_of(*phases),
        created_at=_INSTANT,
        updated_at=_INSTANT,
        monitoring_at=_or_none(_INSTANT),
        resolved_at=_or_none(_INSTANT),
        impact=_one_of(*impacts),
        shortlink=_TEXT,
        started_at=_INSTANT,
        page_id=_ID,
        incident_updates=_list(_update(phases)),
        components=_list(_ref("component")),
        reminder_intervals=_NULL,
        **more,
    )


def _update(phases: Sequence[str]) -> Schema:
    change = _exactly(
        code=_ID,
        name=_TEXT,
        old_status=_one_of(*STATUS_WORDS),
        new_status=_one_of(*STATUS_WORDS),
    )
    return _exactly(
        status=_one_of(*phases),
        id=_ID,
        body=_TEXT,
        incident_id=_ID,
        created_at=_INSTANT,
        updated_at=_INSTANT,
        display_at=_or_none(_INSTANT),
        affected_components=_or_none(_list(change, minItems=1)),
        deliver_notifications=_FLAG,
        custom_tweet=_or_none(_TEXT),
        tweet_id=_or_none(_TEXT),
    )


def _shield() -> Schema:
    return _exactly(schemaVersion={"const": 1}, label=_TEXT, message=_TEXT, color=_TEXT)


def _summary() -> Schema:
    share: Schema = {"type": "string", "pattern": r"^(\d{1,3}\.\d\d%|unknown)$"}
    time: Schema = {"type": "integer", "minimum": 0}
    windows = ("", "Day", "Week", "Month", "Year")
    return _list(
        _exactly(
            name=_TEXT,
            url=_TEXT,
            icon=_TEXT,
            slug=_TEXT,
            status=_one_of("up", "down", "degraded", "unknown"),
            **{f"uptime{window}": share for window in windows},
            **{f"time{window}": time for window in windows},
            dailyMinutesDown={
                "type": "object",
                "additionalProperties": {"type": "integer", "minimum": 1, "maximum": 1500},
                "propertyNames": {"pattern": r"^\d{4}-\d\d-\d\d$"},
            },
        )
    )


def _freshness() -> Schema:
    members: dict[str, Schema] = {
        "build": _TEXT,
        "generated": _or_none(_SECOND),
        "first_round": _or_none(_SECOND),
        "last_round": _or_none(_SECOND),
        "last_round_key": _or_none(_TEXT),
        "cadence_seconds": {"type": "integer", "minimum": 1},
        "next_expected": _or_none(_SECOND),
        "stale_after": _or_none(_SECOND),
        "history_head": _or_none({"type": "string", "pattern": "^[0-9a-f]{64}$"}),
        "maintenance": _list(_TEXT),
    }
    # Members may be added: a reader takes what it knows.
    return _exactly(**members) | {"additionalProperties": True}


def _catalogue() -> Schema:
    links = _list(_exactly(href={"type": "string", "format": "uri"}, type=_TEXT))
    entry = {"anchor": _TEXT, "service-desc": links, "service-doc": links, "status": links}
    return _exactly(linkset=_list(_exactly(**entry), minItems=1))


def _search() -> Schema:
    texts = _list(_TEXT)
    part = {"type": "array", "prefixItems": [_TEXT, _TEXT, texts], "items": False, "minItems": 3}
    page = {
        "type": "array",
        "prefixItems": [_TEXT, _TEXT, _TEXT, _list(part)],
        "items": False,
        "minItems": 4,
    }
    kinds: Schema = {"type": "object", "additionalProperties": _TEXT}
    return _exactly(kinds=kinds, pages=_list(page))


def _feed() -> Schema:
    item = _exactly(
        id=_TEXT,
        url=_TEXT,
        title=_TEXT,
        content_html=_TEXT,
        date_published={"type": "string", "pattern": "Z$"},
        date_modified={"type": "string", "pattern": "Z$"},
        tags=_list(_TEXT),
    )
    feed = _exactly(
        version={"const": "https://jsonfeed.org/version/1.1"},
        title=_TEXT,
        home_page_url=_TEXT,
        feed_url=_TEXT,
        description=_TEXT,
        language=_TEXT,
        authors=_list(_exactly(name=_TEXT), minItems=1),
        items=_list(item),
    )
    hub = _exactly(type=_TEXT, url=_TEXT)
    feed["properties"]["hubs"] = _list(hub, minItems=1)
    return feed
