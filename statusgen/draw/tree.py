"""Decision trees: questions down a spine, the outcome of each answer beside it."""

from __future__ import annotations

from dataclasses import dataclass, field

from statusgen.draw.cards import NARROW_SIZES, WIDE_SIZES, Sizes, card
from statusgen.draw.figure import Cell, Diagram, diagram, table
from statusgen.draw.metrics import ASCENT, DESCENT, clean, fit, width
from statusgen.draw.model import DecisionTree, TreeNode
from statusgen.draw.scene import NARROW, WIDE, Box, Line, Mark, Rect, Scene, Text
from statusgen.words import Words

_DEEPEST = 8
"""Levels that branch off the spine and are moved in; deeper ones stay at that margin."""
_STEP = 34.0
_SPINE, _EXIT = 11.0, 21.0
"""Where the way on, and the ways off, leave a question: the outer one never crosses the inner."""


def draw_tree(model: DecisionTree, prefix: str) -> Diagram:
    """Draw a decision tree; ``prefix`` makes its ids unique on the page.

    The last answer of a question leads on down the spine; outcomes of the others stand beside it,
    and questions that the others lead to are moved in.
    """
    paths = _paths(model.root)
    said = "; ".join(f"{asked} {node.text}".strip() for asked, node in paths)
    return diagram(
        prefix,
        model.title,
        said,
        _scene(model, WIDE, WIDE_SIZES, 250.0),
        _scene(model, NARROW, NARROW_SIZES, NARROW - 2),
        _table(paths, model.words),
    )


def _paths(root: TreeNode) -> list[tuple[str, TreeNode]]:
    """Return every outcome with the answers that lead to it, in reading order."""
    found: list[tuple[str, TreeNode]] = []
    waiting: list[tuple[str, TreeNode]] = [("", root)]
    while waiting:
        asked, node = waiting.pop()
        if not node.branches:
            found.append((asked, node))
        for branch in reversed(node.branches):
            waiting.append((f"{asked} {node.text} {branch.label}:".strip(), branch.node))
    return found


@dataclass(slots=True)
class _Drawing:
    """The marks so far, and where the next row begins."""

    sizes: Sizes
    width: float
    box: float
    """Width of a question's card at the margin."""
    top: float = 1.0
    lines: list[Mark] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def wide(self) -> bool:
        """Whether outcomes have room beside their question."""
        return self.box < self.width * 0.6

    def put(self, node: TreeNode, x: float, y: float, room: float) -> Box:
        """Draw a question or an outcome."""
        fill = "card" if node.branches else "range"
        one = card(
            room,
            self.sizes,
            node.text or "?",
            (node.note,),
            (),
            "card" if fill == "card" else "range",
            node.href,
            most=3,
        )
        self.marks += one.place(x, y, one.height)
        return Box(x, y, room, one.height)

    def label(self, words: str, x: float, y: float, room: float, middle: bool = False) -> float:
        """Write an answer over its line, its middle at y; return the width it takes."""
        size = self.sizes.small
        text = fit(clean(words), room, size, True)
        if not text:
            return 0.0
        taken = width(text, size, True) + 8
        left = max(x - taken / 2, 1.0) if middle else x
        tall = (ASCENT + DESCENT) * size
        self.marks.append(Rect(Box(left, y - tall / 2, taken, tall), "page", 2))
        baseline = y - tall / 2 + ASCENT * size
        self.marks.append(Text(left + 4, baseline, text, size, "accent", True))
        return taken


def _scene(model: DecisionTree, room: float, sizes: Sizes, box: float) -> Scene:
    drawing = _Drawing(sizes, room, box)
    _spine(drawing, model.root, 0)
    marks = (*drawing.lines, *drawing.marks)
    return Scene(room, drawing.top + 1, marks)


def _spine(drawing: _Drawing, node: TreeNode, depth: int) -> Box:
    """Draw a node and all that it leads to from ``drawing.top`` down; return its own box."""
    x = 1 + min(depth, _DEEPEST) * _STEP
    room = min(drawing.box, drawing.width - 1 - x)
    first: Box | None = None
    while True:
        here = drawing.put(node, x, drawing.top, room)
        first = first or here
        drawing.top = here.bottom
        if not node.branches:
            return first
        _exits(drawing, node, here, depth)
        last = node.branches[-1]
        next_top = max(drawing.top, here.bottom) + 44
        _join(drawing, here, next_top, last.label)
        drawing.top, node = next_top, last.node


def _join(drawing: _Drawing, here: Box, until: float, words: str) -> None:
    """Lead from a question to the next one below it; the answer stands on the line."""
    x = here.x + _SPINE
    points = ((x, here.bottom), (x, until))
    drawing.lines.append(Line(points, "accent", arrow=True))
    drawing.label(words, x, until - 25, here.width - 40, middle=len(clean(words)) < 4)


def _exits(drawing: _Drawing, node: TreeNode, here: Box, depth: int) -> None:
    """Draw where the other answers lead: beside the question, else beneath it and moved in."""
    bottom = here.bottom
    exits = node.branches[:-1]
    leaves = [branch for branch in exits if not branch.node.branches]
    if drawing.wide and len(leaves) == len(exits) == 1:
        branch = exits[0]
        x = here.right + 96
        side = drawing.put(branch.node, x, here.y, min(drawing.width - 1 - x, 240.0))
        y = here.y + min(here.height, side.height) / 2
        drawing.lines.append(Line(((here.right, y), (x, y)), "accent", arrow=True))
        drawing.label(branch.label, here.right + 43, y, 70, middle=True)
        drawing.top = max(bottom, side.bottom)
        return
    for branch in exits:
        start = drawing.top + 34
        child_x = 1 + min(depth + 1, _DEEPEST) * _STEP
        drawing.label(branch.label, child_x + 4, start - 14, drawing.width - child_x - 8)
        drawing.top = start
        child = _spine(drawing, branch.node, depth + 1)
        y = child.y + min(child.height / 2, 18)
        x = here.x + _EXIT
        if child.x > x + 4:
            points = ((x, here.bottom), (x, y), (child.x, y))
            drawing.lines.append(Line(points, "accent", arrow=True))


def _table(paths: list[tuple[str, TreeNode]], words: Words) -> str:
    always = words.say("drawings.always")
    rows = [
        (asked or always, Cell(node.text + (f" ({node.note})" if node.note else ""), node.href))
        for asked, node in paths
    ]
    head = (words.say("drawings.column-answers"), words.say("drawings.column-outcome"))
    return table(head, rows)
