"""What was measured of roadmaps, as programs read it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from statusgen.base.clock import Instant, format_instant
from statusgen.gates.deploys import Deploy
from statusgen.gates.dual import Dual, Side
from statusgen.gates.expected import Minute
from statusgen.gates.forecast import Between, Forecast
from statusgen.gates.live import Live
from statusgen.gates.news import News
from statusgen.gates.rollback import Firing, Replayed, Struck

_SCALE = 1_000_000


def lives_json(lives: Mapping[str, Live]) -> list[dict[str, Any]]:
    """Return what was measured of each roadmap; shares are fractions of one, times seconds."""
    return [_live(roadmap, one) for roadmap, one in lives.items()]


def _live(roadmap: str, one: Live) -> dict[str, Any]:
    return {
        "roadmap": roadmap,
        "forecasts": [_forecast(each) for each in one.forecasts.values()],
        "minutes": [_minute(each) for each in one.minutes],
        "replay": None if one.replayed is None else _replay(one.replayed),
        "limitations": [
            {"id": name, "incidents": [_struck(each) for each in found]}
            for name, found in one.struck.items()
        ],
        "dual_runs": [_dual(item, found) for item, found in one.duals.items()],
        "news": [_news(each) for each in one.news],
    }


def _forecast(one: Forecast) -> dict[str, Any]:
    return {
        "architecture": one.architecture,
        "stage": one.stage,
        "needed": [list(each) for each in one.needed],
        "measured": list(one.measured),
        "stated": list(one.stated),
        "unknown": list(one.unknown),
        "confidence": 0.95,
        "availability": _between(one.whole),
        "lost_minutes_a_month": _between(one.lost_minutes),
    }


def _minute(one: Minute) -> dict[str, Any]:
    price = one.price
    return {
        "before": one.before,
        "after": one.after,
        "cost_a_month": None if one.cost is None else _ends(one.cost),
        "saved_minutes_a_month": _between(one.saved),
        "price_a_minute": None if price is None else _ends(price),
        "sure": one.sure,
    }


def _replay(one: Replayed) -> dict[str, Any]:
    return {
        "since": format_instant(one.since),
        "triggers": one.judged,
        "deployments": one.deploys,
        "firings": [_firing(each) for each in one.firings],
        "too_seldom": [
            {
                "trigger": each.trigger,
                "window_seconds": each.window,
                "interval_seconds": each.interval,
                "wanted_seconds": each.wanted or None,
            }
            for each in one.blind
        ],
    }


def _firing(one: Firing) -> dict[str, Any]:
    return {
        "trigger": one.trigger,
        "start": format_instant(one.start),
        "end": format_instant(one.end),
        "lasts": one.lasts,
        "deployments": [_deploy(each) for each in one.deploys],
        "incidents": [_struck(each) for each in one.incidents],
    }


def _deploy(one: Deploy) -> dict[str, Any]:
    return {
        "at": format_instant(one.at),
        "what": one.what,
        "components": list(one.components),
        "version": one.version,
        "url": one.url,
    }


def _struck(one: Struck) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "start": format_instant(one.start),
        "end": _moment(one.end),
    }


def _dual(item: str, one: Dual | None) -> dict[str, Any]:
    if one is None:
        return {"item": item, "measured": None}
    return {
        "item": item,
        "measured": {
            "start": format_instant(one.start),
            "end": format_instant(one.end),
            "days": one.days,
            "from": _side(one.old),
            "to": _side(one.new),
            "clean_days": one.clean,
            "wanted_days": one.wanted,
            "safe": one.safe,
        },
    }


def _side(one: Side) -> dict[str, Any]:
    return {
        "component": one.component,
        "uptime": _cut(one.uptime),
        "coverage": _cut(one.coverage),
        "lost_seconds": _cut(one.lost),
        "p50_ms": one.p50,
        "p95_ms": one.p95,
    }


def _news(one: News) -> dict[str, Any]:
    return {
        "what": str(one.what),
        "at": format_instant(one.at),
        "key": one.key,
        "about": one.subject,
        "name": one.name,
    }


def _between(one: Between) -> dict[str, Any]:
    """Return both ends, each rounded outwards, and the figure, cut towards less."""
    high = math.ceil(one.high * _SCALE) / _SCALE
    return {"low": _cut(one.low), "figure": _cut(one.figure), "high": high}


def _ends(ends: tuple[Fraction, Fraction]) -> list[float]:
    return [float(round(Decimal(one.numerator) / one.denominator, 4)) for one in ends]


def _cut(value: Fraction | None) -> float | int | None:
    if value is None:
        return None
    return math.floor(value * _SCALE) / _SCALE


def _moment(at: Instant | None) -> str | None:
    return None if at is None else format_instant(at)
