"""What a fenced block in prose shows: a table, a diagram or a list of a roadmap."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from statusgen.base.errors import InputError, Problem
from statusgen.publish.roadmaps.addresses import section_path, stage_path
from statusgen.publish.roadmaps.blocks import STATUS, Request, find_blocks, parse_block
from statusgen.publish.roadmaps.dossier import Dossier, Library
from statusgen.publish.roadmaps.drawings.architecture import in_short
from statusgen.publish.roadmaps.drawings.before_after import before_after
from statusgen.publish.roadmaps.drawings.cost import cost_chart
from statusgen.publish.roadmaps.drawings.growth import growth_chart
from statusgen.publish.roadmaps.drawings.ladder import ladder
from statusgen.publish.roadmaps.drawings.timeline import timelines
from statusgen.publish.roadmaps.plan_tables import decisions_table, findings_table
from statusgen.publish.roadmaps.sheet import Sheet
from statusgen.publish.roadmaps.stage_tables import stage_costs_table, stage_table
from statusgen.words.markup import html_speaker

Parts = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ProseText:
    """A page of prose as its author wrote it."""

    file: str
    """The name that errors use for it."""
    text: str
    address: str
    """Where it is published, from the site's root; ends in ``/`` or in a file's name."""


class _MissingError(Exception):
    """A block asks for something that is not there."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def render_fragments(
    library: Library,
    prose: Sequence[ProseText],
    components: Collection[str] = (),
    now: Callable[[str], str] = lambda _: "",
) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """Return the HTML of every block by file, in order, and every fault of every block.

    ``now`` tells how everything is, on the page published at a path.
    """
    made: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    # Stands for a faulty block, so that each later one stays in its own place.
    not_made = f'<p role="note">{html_speaker(library.words)("roadmap.not-made")}</p>'
    for page in prose:
        html: list[str] = []
        sheet = Sheet(_path(page.address), library, components)
        for block in find_blocks(page.text):
            try:
                request = parse_block(block, page.file)
                whole_site = request.show == STATUS
                html.append(now(sheet.path) if whole_site else _fragment(sheet, request))
            except InputError as error:
                problems += error.problems
                html.append(not_made)
            except _MissingError as error:
                problems.append(error.problem)
                html.append(not_made)
        if html:
            made[page.file] = tuple(html)
    return made, problems


def _path(address: str) -> str:
    return f"{address}index.html" if not address or address.endswith("/") else address


def _fragment(sheet: Sheet, request: Request) -> str:
    library = sheet.library
    show = _SHOWS.get(request.show)
    if show is None:
        raise _MissingError(request.problem("show", f"there is no {request.show!r}", _KNOWN))
    dossier = library.get(request.roadmap)
    if dossier is None:
        known = [one.id for one in library.dossiers]
        raise _MissingError(
            request.problem("roadmap", f"there is no roadmap {request.roadmap!r}", known)
        )
    stages = [stage.id for stage in dossier.roadmap.stages]
    if request.stage and request.stage not in stages:
        problem = request.problem("stage", f"{dossier.id} has no stage {request.stage!r}", stages)
        raise _MissingError(problem)
    values = show(dossier, request, sheet.components)
    if not any(values.get(key) for key in ("drawings", "table", "items", "checklists")):
        raise _MissingError(
            request.problem("show", f"{dossier.id} has no data for {request.show!r}")
        )
    blank: Parts = {"drawings": [], "table": None, "home": "", "items": [], "checklists": []}
    parts = blank | values
    return str(sheet.render("fragment.html", dossier=dossier, plan=dossier.roadmap, **parts))


def _chosen(request: Request, parts: Mapping[str, T], key: str = "id") -> list[T]:
    """Return the one part that the block names, or all where it names none."""
    if not getattr(request, key):
        return list(parts.values())
    name = getattr(request, key)
    if name not in parts:
        raise _MissingError(request.problem(key, f"there is no {name!r} to show", list(parts)))
    return [parts[name]]


def _cost_table(dossier: Dossier, request: Request, _: Collection[str]) -> Parts:
    stage = dossier.roadmap.stage(request.stage)
    home = section_path(dossier.id, "costs")
    if stage is None:
        return {"table": stage_costs_table(dossier), "home": home}
    return {"table": stage_table(dossier, stage), "home": stage_path(dossier.id, stage.id)}


def _ladder(dossier: Dossier, request: Request, _: Collection[str]) -> Parts:
    return {"drawings": [ladder(dossier)] if dossier.roadmap.stages else []}


def _timeline(dossier: Dossier, request: Request, _: Collection[str]) -> Parts:
    return {"drawings": _chosen(request, timelines(dossier))}


def _cost_chart(dossier: Dossier, request: Request, _: Collection[str]) -> Parts:
    chart = cost_chart(dossier)
    return {"drawings": [chart] if chart else []}


def _growth(dossier: Dossier, request: Request, _: Collection[str]) -> Parts:
    chart = growth_chart(dossier)
    return {"drawings": [chart.drawing] if chart else []}


def _options(dossier: Dossier, request: Request, _: Collection[str]) -> Parts:
    stage = dossier.roadmap.stage(request.stage)
    items = stage.items if stage else tuple(item for _, item in dossier.roadmap.items())
    return {"items": _chosen(request, {item.id: item for item in items if item.options})}


def _before_after(dossier: Dossier, request: Request, _: Collection[str]) -> Parts:
    named = {one.id: one for one in dossier.roadmap.comparisons}
    drawn = [before_after(dossier, one) for one in _chosen(request, named)]
    return {"drawings": [one for one in drawn if one]}


def _checklist(dossier: Dossier, request: Request, _: Collection[str]) -> Parts:
    return {"checklists": _chosen(request, {one.id: one for one in dossier.roadmap.checklists})}


def _decision(dossier: Dossier, request: Request, _: Collection[str]) -> Parts:
    if not dossier.roadmap.decisions:
        return {}
    return {"table": decisions_table(dossier), "home": section_path(dossier.id, "decisions")}


def _architecture(dossier: Dossier, request: Request, components: Collection[str]) -> Parts:
    models = {
        one.id: one for one in dossier.roadmap.architectures if request.stage in ("", one.stage)
    }
    return {"drawings": [in_short(dossier, one, components) for one in _chosen(request, models)]}


def _audit(dossier: Dossier, request: Request, _: Collection[str]) -> Parts:
    table = findings_table(dossier, dossier.faults, dossier.words.say("roadmap.to-look-at"))
    return {"table": table, "home": section_path(dossier.id, "audit")}


_SHOWS: dict[str, Callable[[Dossier, Request, Collection[str]], Parts]] = {
    "cost-table": _cost_table,
    "ladder": _ladder,
    "timeline": _timeline,
    "cost-chart": _cost_chart,
    "cost-growth": _growth,
    "options": _options,
    "before-after": _before_after,
    "checklist": _checklist,
    "decision": _decision,
    "architecture": _architecture,
    "audit": _audit,
}
_KNOWN = [STATUS, *_SHOWS]
