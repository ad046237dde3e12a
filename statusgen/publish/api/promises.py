"""``api/objectives.json``, ``gates.json``, ``roadmaps.json``: promises, and how they stand."""

from __future__ import annotations

from collections.abc import Iterator

from statusgen.gates.live_report import lives_json
from statusgen.gates.report import gates_json, objectives_json, stages_json
from statusgen.publish.api.facts import json_asset
from statusgen.publish.edition import Edition
from statusgen.publish.manifest import Asset


def promise_files(edition: Edition) -> Iterator[Asset]:
    """Return the files of what there is."""
    if edition.objectives:
        yield json_asset("api/objectives.json", {"objectives": objectives_json(edition.objectives)})
    gates = [gate for found in edition.gates.values() for gate in found]
    if gates:
        stages = [
            each
            for roadmap, found in edition.readiness.items()
            for each in stages_json(roadmap, found.values())
        ]
        yield json_asset("api/gates.json", {"gates": gates_json(gates), "stages": stages})
    if edition.lives:
        yield json_asset("api/roadmaps.json", {"roadmaps": lives_json(edition.lives)})
