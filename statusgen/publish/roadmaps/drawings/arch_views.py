"""What of an architecture one view shows: everything, its groups alone, one group, one stage.

Only a drawing of some size has views, and only those in which there is something else to see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from statusgen.draw.architecture import ROOMY
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.stage_names import stage_heading
from statusgen.roadmap.model import Architecture

OVERVIEW = "overview"
CROWDED = 20
"""With more nodes than this a page begins with the overview."""


@dataclass(frozen=True, slots=True)
class View:
    """One view of an architecture."""

    key: str
    """Its part of the address; empty for all parts."""
    title: str
    shown: Mapping[str, str]
    """Node → the box that stands for it: its own id, or that of a group as `boxed` writes it."""
    frames: frozenset[str] = frozenset()
    """The groups that are drawn as frames."""
    group: str = ""
    """Of which group it is; only edges that touch it are in it."""
    new: frozenset[str] = field(default_factory=frozenset)
    """The nodes that its stage brings."""
    stage: str = ""
    last: bool = True
    """Whether nothing comes later."""


def boxed(group: str) -> str:
    """Return the id of a group in a drawing, where groups and nodes share one set of ids."""
    return f"group.{group}"


def views(dossier: Dossier, model: Architecture) -> tuple[View, ...]:
    """Return the views of an architecture, that of all parts first; none where one is enough."""
    if len(model.nodes) <= ROOMY:
        return ()
    found = [*_groups(dossier, model), *_stages(dossier, model)]
    if not found:
        return ()
    every = {name: name for name in model.nodes}
    return (
        View("", dossier.words.say("drawings.view-all"), every, frozenset(model.groups)),
        *found,
    )


def chain(model: Architecture, group: str | None) -> list[str]:
    """Return a group and those around it, the outermost first."""
    found: list[str] = []
    while group and group in model.groups and group not in found:
        found.append(group)
        group = model.groups[group].group
    return found[::-1]


def members(model: Architecture) -> dict[str, list[str]]:
    """Return the nodes of each group, those of groups inside it too."""
    held: dict[str, list[str]] = {group: [] for group in model.groups}
    for name, node in model.nodes.items():
        for group in chain(model, node.group):
            held[group].append(name)
    return held


def _groups(dossier: Dossier, model: Architecture) -> list[View]:
    """Return the overview and a view of each group of several nodes."""
    # What lies in a group is named behind it.
    places = {group: at for at, group in enumerate(model.groups)}
    order = sorted(model.groups, key=lambda one: [places[each] for each in chain(model, one)])
    inside = members(model)
    held = {group: inside[group] for group in order if inside[group]}
    if len(held) < 2:
        return []
    found = []
    frames, shown = _outermost(model)
    boxes = set(shown.values())
    if 1 < len(boxes) < len(model.nodes):
        title = dossier.words.say("drawings.view-overview")
        found.append(View(OVERVIEW, title, shown, frames))
    for group, names in held.items():
        if 1 < len(names) < len(model.nodes):
            label = model.groups[group].label
            found.append(View(f"group-{group}", label, *_around(model, group, names), group=group))
    return found


def _outermost(model: Architecture) -> tuple[frozenset[str], dict[str, str]]:
    """Return what the overview shows: a frame around everything is opened first."""
    chains = {name: chain(model, node.group) for name, node in model.nodes.items()}
    depth = 0
    while all(len(one) > depth for one in chains.values()):
        if len({one[depth] for one in chains.values()}) > 1:
            break
        depth += 1
    shown = {name: boxed(one[depth]) if len(one) > depth else name for name, one in chains.items()}
    return frozenset(next(iter(chains.values()))[:depth]), shown


def _around(
    model: Architecture, group: str, names: list[str]
) -> tuple[dict[str, str], frozenset[str]]:
    """Return a group with all that is in it, and what its edges lead to as boxes."""
    shown = {name: name for name in names}
    above = chain(model, group)
    for edge in model.edges:
        for here, there in ((edge.start, edge.end), (edge.end, edge.start)):
            if here in names and there in model.nodes and there not in names:
                outside = [
                    one for one in chain(model, model.nodes[there].group) if one not in above
                ]
                shown[there] = boxed(outside[0]) if outside else there
    inside = {one for one in model.groups if group in chain(model, one)}
    return shown, frozenset(inside)


def _stages(dossier: Dossier, model: Architecture) -> list[View]:
    """Return a view for each stage that brings nodes, where several do."""
    plan = dossier.roadmap
    order = {item.id: at for at, stage in enumerate(plan.stages) for item in stage.items}
    since = {name: order.get(node.item or "", -1) for name, node in model.nodes.items()}
    bringing = sorted({at for at in since.values() if at >= 0})
    if len(bringing) < 2:
        return []
    found = []
    for at in bringing:
        stage = plan.stages[at]
        title = stage_heading(dossier.words, plan, stage)
        shown = {name: name for name, begun in since.items() if begun <= at}
        frames = {one for name in shown for one in chain(model, model.nodes[name].group)}
        new = frozenset(name for name, begun in since.items() if begun == at)
        found.append(
            View(
                f"stage-{stage.id}", title, shown, frozenset(frames), new=new, stage=stage.id,
                last=at == bringing[-1],
            )
        )  # fmt: skip
    return found
