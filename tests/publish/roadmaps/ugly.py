"""Roadmaps as nobody would write them on purpose: what other people's data may look like."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

GERMAN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
JAPANESE = "監視とログ管理のための非常に長い名前のサービスを東京リージョンに移行する"
ARABIC = "مراقبة الخدمة والتكلفة الشهرية للنظام الأساسي"
EMOJI = "🚀 Launch 👩‍👩‍👧‍👦 family plan ✅"
CHATTY = "Kubernetes cluster with autoscaling, spot nodes, three availability zones and a name"
ADDRESS = "https://example.com/a/very/long/path/without/any/space/in/it?q=1"
NAMES = (GERMAN, JAPANESE, ARABIC, EMOJI, "A", CHATTY, ADDRESS, "x" * 70)
PRICES = ("¥1/month", "¥1,000,000/month", "¥120-99000/month", "Free tier (5K a month), then ¥26+")


def name(number: int) -> str:
    """Return one of the names."""
    return NAMES[number % len(NAMES)]


def _stage(number: int) -> dict[str, Any]:
    items = [
        {
            "id": f"i{number}-{k}",
            "name": name(number + k),
            "category": name(number + 2 * k),
            "setup": f"Month {number + 1}",
            "service": {"name": name(k + 3), "tier": "Enterprise Plus", "price": PRICES[k % 4]},
        }
        for k in range(number % 7)
    ]
    stage: dict[str, Any] = {
        "id": f"s{number}",
        "name": f"{name(number)} {number}",
        "status": "done" if number < 2 else "current" if number == 2 else "planned",
        "trigger": f"{10**number}+ users",
        "cost": f"¥{1 + number}-{10 ** min(number + 1, 6)}/month",
        "items": items,
    }
    return stage | ({"depends_on": [f"s{number - 1}"]} if number else {})


def _timelines() -> list[dict[str, Any]]:
    dates = [
        {"when": "2026-01-05 to 2026-02-20", "name": GERMAN, "steps": [JAPANESE, "b"]},
        {"when": "2026-02-10 to 2026-12-31", "name": ARABIC, "steps": ["one"]},
        {"when": "2027-01-15", "steps": [EMOJI]},
        {"when": "2027-02-01+", "name": "Open end", "steps": ["x" * 90]},
    ]
    months = [
        {"when": f"Month {k}-{k + 3}", "name": name(k), "steps": [name(k + 1)]}
        for k in range(1, 20, 2)
    ]
    return [
        {"id": "dates", "name": "With dates", "entries": dates},
        {"id": "months", "name": "Months", "entries": months},
    ]


def _architectures() -> list[dict[str, Any]]:
    groups = {
        "cloud": {"label": f"Cloud {GERMAN}"},
        "net": {"label": "Network", "in": "cloud", "sub": "10.0.0.0/16"},
        "one": {"label": "Subnet A", "in": "net"},
        "two": {"label": JAPANESE, "in": "net"},
        "deep": {"label": "Deep", "in": "one"},
    }
    places = (None, *groups)
    nodes: dict[str, Any] = {}
    for k in range(25):
        label = name(k) if k % 3 == 0 else f"Service {k}"
        place = places[k % len(places)]
        nodes[f"n{k}"] = {"label": label, "sub": [f"port {8000 + k}"]}
        nodes[f"n{k}"] |= {"in": place} if place else {}
    words = ("HTTPS", "gRPC over mTLS", "queries", "監視", "publishes events to the bus", "x")
    edges = [
        f"n{k * 7 % 25} -> n{(k * 7 + 1 + k * 3 % 23) % 25}: {words[k % 6]}" for k in range(40)
    ]
    star = {"hub": "Hub"} | {f"s{k}": name(k) for k in range(8)}
    calls = [f"hub -> s{k}: call {k}" for k in range(8)]
    return [
        {"id": "big", "name": "Big", "groups": groups, "nodes": nodes, "edges": edges},
        {"id": "star", "name": "Star", "nodes": star, "edges": calls},
    ]


def _money() -> dict[str, Any]:
    def table(side: str, called: str, factor: int) -> dict[str, Any]:
        rows = [{"name": name(k), "monthly": f"CHF {factor**k}.50"} for k in range(8)]
        return {"id": side, "name": called, "rows": rows}

    prices = ("CHF 1/month", "CHF 999,999.95-1,234,567.89/month", "Contact sales")
    costs = ("CHF 1-1,000,000/month", "CHF 900,000/month", "CHF 500+/month")
    stages = [
        {
            "id": f"m{k}",
            "name": f"Money {k}",
            "cost": costs[k],
            "items": [{"id": f"i{k}", "name": "I", "service": {"name": "S", "price": prices[k]}}],
        }
        for k in range(3)
    ]
    sides = {"before": table("old", GERMAN, 7), "after": table("new", ARABIC, 3)}
    compared = [{"id": "cmp", "name": "Big and small", **sides}]
    return {"name": "Money", "currency": "CHF", "stages": stages, "comparisons": compared}


def roadmaps() -> dict[str, dict[str, Any]]:
    """Return each roadmap by its id."""
    lone = {"id": "a", "name": JAPANESE}, {"id": "b", "name": ARABIC, "why": "x" * 200}
    twelve = {
        "name": f"Twelve stages {GERMAN}",
        "summary": JAPANESE * 3,
        "currency": "JPY",
        "stages": [_stage(number) for number in range(12)],
        "timelines": _timelines(),
        "architectures": _architectures(),
    }
    one = {"name": "One", "stages": [{"id": "only", "name": GERMAN, "items": list(lone)}]}
    return {"one": one, "twelve": twelve, "money": _money()}


def write(root: Path) -> None:
    """Write the configuration and the roadmaps below ``root``."""
    folder = root / "data/roadmaps"
    folder.mkdir(parents=True)
    monitor = {"id": "api", "name": "API", "url": "https://example.com/"}
    site = {"name": "Ugly", "url": "https://status.example.com/"}
    _dump(root / "data/status.yml", {"site": site, "monitors": [monitor]})
    for identifier, plan in roadmaps().items():
        _dump(folder / f"{identifier}.yml", {"schema": "statusgen/roadmap@1"} | plan)


def _dump(path: Path, document: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), "utf-8")
