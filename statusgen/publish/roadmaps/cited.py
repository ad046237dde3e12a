"""From a component back to the parts of roadmaps that name it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from statusgen.publish.roadmaps.addresses import item_path, roadmap_path, section_path, stage_path
from statusgen.publish.roadmaps.dossier import Dossier, Library
from statusgen.roadmap.model import Path
from statusgen.roadmap.references import component_references

_SECTIONS = {
    "limitations": "decisions",
    "success": "gates",
    "metrics": "gates",
    "rollback": "gates",
    "stacks": "costs",
    "summaries": "costs",
    "comparisons": "compare",
    "architectures": "architecture",
}
"""On which page a part of a roadmap that is no item stands."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A part of a roadmap that names a component."""

    name: str
    path: str
    """From the site's root."""


@dataclass(frozen=True, slots=True)
class CitedIn:
    """A roadmap that names a component, with its parts that do."""

    name: str
    path: str
    parts: tuple[Citation, ...]


def cited(library: Library) -> Mapping[str, tuple[CitedIn, ...]]:
    """Return by component the roadmaps that name it, items and stages first."""
    found: dict[str, list[CitedIn]] = {}
    for dossier in library.dossiers:
        parts: dict[str, list[Citation]] = {}
        for path, component in component_references(dossier.roadmap):
            kept = parts.setdefault(component, [])
            kept += [one for one in _citation(dossier, path) if one not in kept]
        for component, named in parts.items():
            one = CitedIn(dossier.roadmap.name, roadmap_path(dossier.id), tuple(named))
            found.setdefault(component, []).append(one)
    return {component: tuple(named) for component, named in found.items()}


def _citation(dossier: Dossier, path: Path) -> Iterator[Citation]:
    """Yield the part that a reference stands in; the roadmap itself is its own part."""
    plan = dossier.roadmap
    for at, item in plan.items():
        if path[: len(at)] == at:
            yield Citation(item.name, item_path(plan, item.id))
            return
    if path[0] == "stages":
        stage = plan.stages[int(path[1])]
        yield Citation(stage.name, stage_path(plan.id, stage.id))
        return
    section = _SECTIONS.get(str(path[0]), "")
    if not section or not dossier.has(section):
        return
    if section == "architecture":
        model = plan.architectures[int(path[1])]
        yield Citation(model.name, f"{section_path(plan.id, section)}#{model.id}")
        return
    title = next(one.title for one in dossier.sections if one.key == section)
    yield Citation(title, section_path(plan.id, section))
