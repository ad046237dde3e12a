"""Architectures and stages as Mermaid, and architectures as LikeC4.

Labels come from outside: in Mermaid every sign that could end a label or begin markup is written as
an entity code, in LikeC4 quotes and backslashes are escaped. Ids are our own numbers, so that no
word of either language (``end``, ``model``) can stand where a name is meant.
Sources: Mermaid's documentation "Flowcharts: Special characters that break syntax", version 11;
LikeC4's "DSL: Model, Views", version 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from statusgen.base.text import one_line
from statusgen.publish.exports.exported import Exported
from statusgen.roadmap.costs import stage_costs
from statusgen.roadmap.model import Architecture, Group, Node, Roadmap
from statusgen.words.money import money_range

_UNSAFE = re.compile(r"[^\w .,:/()+$€£¥%'=-]")


def architectures_mermaid(roadmap: Roadmap) -> Exported:
    """Return the roadmap's architectures as a flowchart, each in a frame of its own.

    Arrows, frames and smaller lines are kept; the author's rows and prices are not.
    """
    lines = ["flowchart TD"]
    left: list[str] = []
    for number, drawing in enumerate(roadmap.architectures):
        lines.append(f'  subgraph a{number}["{_entity(drawing.name)}"]')
        names = _names(drawing, f"a{number}n")
        lines += _mermaid_level(drawing, None, names, 2)
        lines += _mermaid_arrows(drawing, names)
        lines.append("  end")
        left += _lost(drawing)
    return Exported("\n".join(lines) + "\n", left)


def stages_mermaid(roadmap: Roadmap) -> Exported:
    """Return the roadmap's stages as a flowchart: in their order, or by what waits for what."""
    lines = ["flowchart LR"]
    numbers = {stage.id: number for number, stage in enumerate(roadmap.stages)}
    costs = {cost.stage: cost.running for cost in stage_costs(roadmap)}
    for stage in roadmap.stages:
        told = [stage.name]
        if stage.when is not None:
            told.append(stage.when.raw)
        amounts = costs[stage.id].amounts
        if amounts and not costs[stage.id].missing:
            each = (money_range(code, amount.low, amount.high) for code, amount in amounts)
            told.append(f"{' + '.join(each)} a month")
        label = "<br/>".join(_entity(each) for each in told)
        lines.append(f'  s{numbers[stage.id]}["{label}"]')
    stated = [
        (numbers[other], numbers[stage.id])
        for stage in roadmap.stages
        for other in stage.depends_on
        if other in numbers
    ]
    order = stated or list(zip(range(len(numbers)), range(1, len(numbers)), strict=False))
    lines += [f"  s{start} --> s{end}" for start, end in order]
    left = [
        f"{stage.name}: its {len(stage.items)} items" for stage in roadmap.stages if stage.items
    ]
    return Exported("\n".join(lines) + "\n", left)


def architectures_likec4(roadmap: Roadmap) -> Exported:
    """Return the roadmap's architectures as a model of LikeC4 with a view of each."""
    lines = ["specification {", "  element architecture", "  element frame", "  element node", "}"]
    model: list[str] = ["", "model {"]
    views: list[str] = ["", "views {"]
    left: list[str] = []
    for number, drawing in enumerate(roadmap.architectures):
        names = _names(drawing, "n")
        model.append(f"  a{number} = architecture {_quoted(drawing.name)} {{")
        model += _likec4_level(drawing, None, names, 4)
        model.append("  }")
        full = {id_: ".".join([f"a{number}", *_path(drawing, id_, names)]) for id_ in names}
        for edge in drawing.edges:
            said = f" {_quoted(edge.label)}" if edge.label else ""
            model.append(f"  {full[edge.start]} -> {full[edge.end]}{said}")
        views += [
            f"  view v{number} of a{number} {{",
            f"    title {_quoted(drawing.name)}",
            f"    include a{number}.**",
            "  }",
        ]
        left += _lost(drawing)
    return Exported("\n".join([*lines, *model, "}", *views, "}"]) + "\n", left)


def _lost(drawing: Architecture) -> Iterator[str]:
    if drawing.layout.rows:
        yield f"{drawing.name}: the rows that its author wants"
    if drawing.art is not None:
        yield f"{drawing.name}: the drawing in letters"
    prices = sum(node.price is not None for node in drawing.nodes.values())
    if prices:
        yield f"{drawing.name}: {prices} prices"
    measured = sum(node.component is not None for node in drawing.nodes.values())
    if measured:
        yield f"{drawing.name}: which components {measured} nodes are"


def _names(drawing: Architecture, prefix: str) -> dict[str, str]:
    every = [*drawing.groups, *drawing.nodes]
    return {identifier: f"{prefix}{number}" for number, identifier in enumerate(every)}


def _within(drawing: Architecture, frame: str | None) -> tuple[list[str], list[str]]:
    """Return the frames and the nodes that stand directly in a frame."""
    groups = [each for each, group in drawing.groups.items() if group.group == frame]
    nodes = [each for each, node in drawing.nodes.items() if node.group == frame]
    return groups, nodes


def _path(drawing: Architecture, identifier: str, names: Mapping[str, str]) -> list[str]:
    part: Node | Group = drawing.nodes.get(identifier) or drawing.groups[identifier]
    above = _path(drawing, part.group, names) if part.group else []
    return [*above, names[identifier]]


def _mermaid_level(
    drawing: Architecture, frame: str | None, names: Mapping[str, str], depth: int
) -> Iterator[str]:
    space = "  " * depth
    groups, nodes = _within(drawing, frame)
    for each in nodes:
        yield f'{space}{names[each]}["{_label(drawing.nodes[each])}"]'
    for each in groups:
        yield f'{space}subgraph {names[each]}["{_label(drawing.groups[each])}"]'
        yield from _mermaid_level(drawing, each, names, depth + 1)
        yield f"{space}end"


def _mermaid_arrows(drawing: Architecture, names: Mapping[str, str]) -> Iterator[str]:
    for edge in drawing.edges:
        said = f'|"{_entity(edge.label)}"|' if edge.label else ""
        yield f"    {names[edge.start]} -->{said} {names[edge.end]}"


def _likec4_level(
    drawing: Architecture, frame: str | None, names: Mapping[str, str], indent: int
) -> Iterator[str]:
    space = " " * indent
    groups, nodes = _within(drawing, frame)
    for each in nodes:
        node = drawing.nodes[each]
        yield f"{space}{names[each]} = node {_quoted(node.label)}{_about(node.sub, indent)}"
    for each in groups:
        group = drawing.groups[each]
        yield f"{space}{names[each]} = frame {_quoted(group.label)} {{"
        if group.sub:
            yield f"{space}  description {_quoted('; '.join(group.sub))}"
        yield from _likec4_level(drawing, each, names, indent + 2)
        yield f"{space}}}"


def _about(sub: Sequence[str], indent: int) -> str:
    if not sub:
        return ""
    space = " " * indent
    return f" {{\n{space}  description {_quoted('; '.join(sub))}\n{space}}}"


def _label(part: Node | Group) -> str:
    return "<br/>".join(_entity(each) for each in (part.label, *part.sub))


def _entity(text: str) -> str:
    """Return a label in which nothing is markup: Mermaid reads ``#35;`` as the sign itself."""
    plain = one_line(text)
    return _UNSAFE.sub(lambda match: "".join(f"#{ord(each)};" for each in match[0]), plain) or " "


def _quoted(text: str) -> str:
    plain = one_line(text).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{plain}'"
