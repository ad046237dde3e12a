"""Ids that repeat, references that lead nowhere, dependencies that run in circles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from statusgen.base.errors import Problem
from statusgen.base.model import suggest
from statusgen.base.text import quote
from statusgen.base.yamltree import Document
from statusgen.roadmap.figures import figure_names
from statusgen.roadmap.model import Architecture, DualRun, Item, Part, Path, Roadmap, Step

MAX_CYCLES = 20


@dataclass(frozen=True, slots=True)
class _Reference:
    path: Path
    name: str
    known: Sequence[str]
    what: str


def check_references(roadmap: Roadmap, document: Document) -> list[Problem]:
    """Return every repeated id, every reference that leads nowhere and every dependency cycle."""
    found = list(_repeated(roadmap, document))
    for reference in _references(roadmap):
        if reference.name in reference.known:
            continue
        message = f"there is no {reference.what} {quote(reference.name, 60)}"
        fix = suggest(reference.name, list(reference.known))
        if not fix:
            fix = f"known here: {_listed(reference.known)}"
        found.append(document.problem(reference.path, message, fix))
    for identifier, path, end in _cycles(dependency_edges(roadmap)):
        message = f"the dependencies run in a circle: {' → '.join(identifier)}"
        found.append(document.problem(path, message, f"remove the dependency on {end!r}"))
    return found


def dependency_edges(roadmap: Roadmap) -> list[tuple[str, str, Path]]:
    """Return who depends on whom, and where it is written, in file order."""
    edges: list[tuple[str, str, Path]] = []
    for number, stage in enumerate(roadmap.stages):
        for index, name in enumerate(stage.depends_on):
            edges.append((stage.id, name, ("stages", number, "depends_on", index)))
    for path, item in roadmap.items():
        for index, name in enumerate(item.depends_on):
            edges.append((item.id, name, (*path, "depends_on", index)))
    for number, chain in enumerate(roadmap.critical_path):
        for index in range(1, len(chain)):
            edges.append((chain[index], chain[index - 1], ("critical_path", number, index)))
    return edges


def component_references(roadmap: Roadmap) -> list[tuple[Path, str]]:
    """Return every reference to a component of the status page, and where it is written.

    Whether the component is there is for those to say who know the status configuration.
    """
    return list(_components(roadmap, ()))


def _components(part: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(part, Part):
        for name, info in type(part).model_fields.items():
            value = getattr(part, name)
            at = (*path, info.alias or name)
            if isinstance(value, str) and (
                name == "component" or (name in ("old", "new") and isinstance(part, DualRun))
            ):
                yield at, value
            elif name == "components":
                yield from (((*at, index), item) for index, item in enumerate(value))
            else:
                yield from _components(value, at)
    elif isinstance(part, (tuple, list)):
        for index, entry in enumerate(part):
            yield from _components(entry, (*path, index))
    elif isinstance(part, dict):
        for key, entry in part.items():
            yield from _components(entry, (*path, key))


def _listed(known: Sequence[str]) -> str:
    return ", ".join(known[:12]) + (", …" if len(known) > 12 else "") if known else "none"


def _repeated(roadmap: Roadmap, document: Document) -> Iterator[Problem]:
    """Stages and items share one set of ids, tables another; other lists have their own."""
    plan: list[tuple[Path, str]] = [
        (("stages", number), stage.id) for number, stage in enumerate(roadmap.stages)
    ]
    plan += [(path, item.id) for path, item in roadmap.items()]
    groups: list[list[tuple[Path, str]]] = [
        sorted(plan, key=lambda entry: document.mark(entry[0]).line),
        [(path, table.id) for path, table in roadmap.tables()],
    ]
    for path, item in roadmap.items():
        groups.append([((*path, "options", i), option.id) for i, option in enumerate(item.options)])
    for key in ("architectures", "limitations", "metrics", "success", "claims", "checklists"):
        parts = getattr(roadmap, key)
        groups.append([((key, index), part.id) for index, part in enumerate(parts)])
    for group in groups:
        first: dict[str, Path] = {}
        for path, identifier in group:
            if identifier in first:
                line = document.mark((*first[identifier], "id")).line
                yield document.problem(
                    (*path, "id"),
                    f"the id {identifier!r} stands already in line {line}",
                    "rename one",
                )
            first.setdefault(identifier, path)


def _references(roadmap: Roadmap) -> Iterator[_Reference]:
    stages = [stage.id for stage in roadmap.stages]
    items = [item.id for _, item in roadmap.items()]
    plan = stages + items
    for start, end, path in dependency_edges(roadmap):
        yield _Reference(path, end, plan, "stage or item")
        if path[0] == "critical_path":
            yield _Reference(path, start, plan, "stage or item")
    limitations = [limitation.id for limitation in roadmap.limitations]
    stacks = [table.id for _, table in roadmap.tables()]
    for number, stage in enumerate(roadmap.stages):
        if stage.cost and stage.cost.base is not None:
            where: Path = ("stages", number, "cost", "base")
            yield _Reference(where, stage.cost.base, stacks, "stack")
    for path, item in roadmap.items():
        yield from _of_item(path, item, limitations, items)
    for path, table in roadmap.tables():
        if table.stage:
            yield _Reference((*path, "stage"), table.stage, stages, "stage")
        for index, row in enumerate(table.rows):
            at: Path = (*path, "rows", index)
            yield from _to_items(roadmap, (*at, "items"), row.items)
            if row.stage:
                yield _Reference((*at, "stage"), row.stage, stages, "stage")
    yield from _of_promises(roadmap, stages, items)
    wanted = roadmap.measurable()
    for name in roadmap.measures:
        yield _Reference(("measures", name), name, wanted, "figure to measure named")
    yield from _of_formulas(roadmap)
    for index, picture in enumerate(roadmap.architectures):
        if picture.stage:
            where = ("architectures", index, "stage")
            yield _Reference(where, picture.stage, stages, "stage")
        yield from _of_picture(("architectures", index), picture, items)


def _of_formulas(roadmap: Roadmap) -> Iterator[_Reference]:
    names = figure_names(roadmap)
    for index, claim in enumerate(roadmap.claims):
        own = [*claim.values, *names]
        for formula in claim.formula:
            for name in formula.names:
                yield _Reference(("claims", index, "formula"), name, own, "figure")
    for index, criterion in enumerate(roadmap.success):
        for formula in criterion.formula:
            for name in formula.names:
                yield _Reference(("success", index, "formula"), name, names, "figure")


def _of_item(
    path: Path, item: Item, limitations: Sequence[str], items: Sequence[str]
) -> Iterator[_Reference]:
    if item.chosen:
        options = [option.id for option in item.options]
        yield _Reference((*path, "chosen"), item.chosen.option, options, "option")
    for index, name in enumerate(item.resolves):
        yield _Reference((*path, "resolves", index), name, limitations, "limitation")
    yield from _of_steps((*path, "steps"), item.steps, items)


def _of_steps(path: Path, steps: Iterable[Step], items: Sequence[str]) -> Iterator[_Reference]:
    for index, step in enumerate(steps):
        for name in step.item:
            yield _Reference((*path, index, "item"), name, items, "item")


def _to_items(roadmap: Roadmap, path: Path, names: Sequence[str]) -> Iterator[_Reference]:
    """``item`` or ``item/option``."""
    for index, name in enumerate(names):
        item_id, slash, option = name.partition("/")
        known = [item.id for _, item in roadmap.items()]
        yield _Reference((*path, index), item_id, known, "item")
        item = roadmap.item(item_id)
        if slash and item:
            options = [choice.id for choice in item.options]
            yield _Reference((*path, index), option, options, f"option of {item_id!r} named")


def _of_promises(
    roadmap: Roadmap, stages: Sequence[str], items: Sequence[str]
) -> Iterator[_Reference]:
    plan = [*stages, *items]
    for index, limitation in enumerate(roadmap.limitations):
        for place, name in enumerate(limitation.resolved_by):
            where: Path = ("limitations", index, "resolved_by", place)
            yield _Reference(where, name, plan, "stage or item")
    for index, decision in enumerate(roadmap.decisions):
        yield _Reference(("decisions", index, "go"), decision.go, plan, "stage or item")
    for key in ("success", "claims", "procedures"):
        for index, part in enumerate(getattr(roadmap, key)):
            if part.stage:
                yield _Reference((key, index, "stage"), part.stage, stages, "stage")
    pictures = [one.id for one in roadmap.architectures]
    for index, criterion in enumerate(roadmap.success):
        if criterion.architecture:
            where = ("success", index, "architecture")
            yield _Reference(where, criterion.architecture, pictures, "architecture")
    for index, checklist in enumerate(roadmap.checklists):
        for number, group in enumerate(checklist.groups):
            at: Path = ("checklists", index, "groups", number)
            if group.stage:
                yield _Reference((*at, "stage"), group.stage, stages, "stage")
            for place, point in enumerate(group.points):
                if point.item:
                    yield _Reference((*at, "points", place, "item"), point.item, items, "item")
    for index, timeline in enumerate(roadmap.timelines):
        for number, entry in enumerate(timeline.entries):
            yield from _of_steps(
                ("timelines", index, "entries", number, "steps"), entry.steps, items
            )


def _of_picture(path: Path, picture: Architecture, items: Sequence[str]) -> Iterator[_Reference]:
    nodes, groups = list(picture.nodes), list(picture.groups)
    for name, node in picture.nodes.items():
        if node.group is not None:
            yield _Reference((*path, "nodes", name, "in"), node.group, groups, "group")
        if node.item is not None:
            yield _Reference((*path, "nodes", name, "item"), node.item, items, "item")
    for name, group in picture.groups.items():
        if group.group is not None:
            others = [other for other in groups if other != name]
            yield _Reference((*path, "groups", name, "in"), group.group, others, "other group")
    for index, edge in enumerate(picture.edges):
        for end in (edge.start, edge.end):
            yield _Reference((*path, "edges", index), end, nodes, "node")
    for number, row in enumerate(picture.layout.rows):
        for place, name in enumerate(row):
            yield _Reference((*path, "layout", "rows", number, place), name, nodes, "node")


def _cycles(edges: Sequence[tuple[str, str, Path]]) -> Iterator[tuple[list[str], Path, str]]:
    """Name each circle with the place of its last edge, which is then left out to find others."""
    left = list(edges)
    for _ in range(MAX_CYCLES):
        graph: dict[str, list[str]] = {}
        for start, end, _path in left:
            graph.setdefault(start, []).append(end)
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1][::-1]
        else:
            return
        inside = {(circle[i], circle[i + 1]) for i in range(len(circle) - 1)}
        last = max(index for index, edge in enumerate(left) if edge[:2] in inside)
        yield circle, left[last][2], left[last][1]
        del left[last]
