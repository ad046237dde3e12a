"""Crowded architectures: nothing runs through a box, every edge is there, the work is bounded."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statusgen.draw import arch_crowd, arch_route, architecture
from statusgen.draw.arch_nesting import usable
from statusgen.draw.arch_told import told_in_boxes
from statusgen.draw.architecture import Arrangement, arrange, draw_architecture
from statusgen.draw.cards import NARROW_SIZES, WIDE_SIZES
from statusgen.draw.model import ArchGroup, Architecture, ArchNode, Edge
from statusgen.draw.scene import BROAD, NARROW, WIDE, Line, Point
from tests.draw.dense import dense
from tests.draw.test_architecture import layout_faults, span

NEAR = "Some lines run close together"


def laid_out(model: Architecture, room: float = WIDE) -> Arrangement:
    """Lay a model out afresh."""
    architecture._arranged.cache_clear()
    return arrange(model, room, WIDE_SIZES, model.direction == "right")


def trespassers(made: Arrangement) -> list[str]:
    """Return the edges that run through a group which holds neither of their ends."""
    plan, found = made.plan, []
    for route in made.routes:
        edge = route.edge
        own = {edge.source, edge.target}
        own |= {*plan.ancestors(edge.source), *plan.ancestors(edge.target)}
        for group in plan.heads:
            box = plan.boxes[group].grown(-1)
            if group not in own and any(box.meets(span(*pair)) for pair in pairwise(route.points)):
                found.append(f"{edge.source} to {edge.target} through {group}")
    return found


def stretches(points: tuple[Point, ...]) -> list[tuple[bool, float, float, float]]:
    """Return the stretches of a line: whether upright, where, from where, up to where."""
    found = []
    for (x1, y1), (x2, y2) in pairwise(points):
        upright = abs(x1 - x2) < 0.1
        low, high = sorted((y1, y2) if upright else (x1, x2))
        found.append((upright, x1 if upright else y1, low, high))
    return found


def merged(made: Arrangement) -> list[str]:
    """Return where two lines lie upon each other over more than a corner."""
    found = []
    for one, two in combinations(made.routes, 2):
        for up, at, low, high in stretches(one.points):
            for up2, at2, low2, high2 in stretches(two.points):
                if up == up2 and abs(at - at2) < 2 and min(high, high2) - max(low, low2) > 16:
                    found.append(f"{one.edge} and {two.edge} at {at:.0f}")
    return found


@st.composite
def crowds(draw: st.DrawFn) -> Architecture:
    nodes = draw(st.integers(8, 34))
    most = min(60, nodes * (nodes - 1) // 2)
    edges = draw(st.integers(arch_crowd.MANY_EDGES + 1, most))
    seed, groups = draw(st.integers(0, 9999)), draw(st.integers(0, 6))
    model = dense(nodes, edges, groups, seed, draw(st.sampled_from([0, 0, 0.4])))
    more = tuple(
        Edge(f"g{draw(st.integers(0, groups - 1))}", f"n{draw(st.integers(0, nodes - 1))}")
        for _ in range(draw(st.integers(0, 3)) if groups else 0)
    )
    loops = (Edge("n0", "n0"),) * draw(st.integers(0, 1))
    return Architecture(
        title="Random",
        nodes=model.nodes,
        groups=model.groups,
        edges=(*model.edges, *more, *loops),
        direction=draw(st.sampled_from(["down", "right"])),
    )


def whole(svg: str) -> str:
    """Return a drawing with its broken lines joined."""
    return re.sub("</?tspan[^>]*>", "", svg)


def holds(model: Architecture, room: float) -> None:
    made = laid_out(model, room)
    assert layout_faults(made) == []
    assert trespassers(made) == []
    assert [route.edge for route in made.routes] == list(usable(model))
    assert made.mixed or merged(made) == []
    assert laid_out(model, room).routes == made.routes


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(crowds(), st.sampled_from([WIDE, BROAD]))
def test_lines_of_crowded_drawings_pass_no_box_and_keep_apart(
    model: Architecture, room: float
) -> None:
    holds(model, room)


@pytest.mark.long
@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(crowds(), st.sampled_from([WIDE, BROAD]))
def test_lines_of_many_crowded_drawings(model: Architecture, room: float) -> None:
    holds(model, room)


def test_eighty_parts_and_a_hundred_edges_are_drawn_and_told_apart() -> None:
    made = laid_out(dense(80, 100, 8, 2), BROAD)
    assert len(made.routes) == 100
    assert not made.mixed
    assert merged(made) == []
    assert trespassers(made) == []
    assert layout_faults(made) == []


def test_parts_that_face_each_other_are_joined_by_straight_lines() -> None:
    nodes = tuple(ArchNode(id=f"n{one}", name=f"Part {one}") for one in range(30))
    chain = tuple(Edge(f"n{one}", f"n{one + 1}") for one in range(29))
    made = laid_out(Architecture(title="T", nodes=nodes, edges=chain))
    assert [len(route.points) for route in made.routes] == [2] * 29


def test_when_the_steps_are_used_up_edges_still_pass_no_box_and_the_drawing_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = dense(40, 60, 5, 3)
    free = laid_out(model)
    monkeypatch.setattr(arch_crowd, "STEPS", 200)
    made = laid_out(model)
    assert len(made.routes) == 60
    assert layout_faults(made) == []
    assert made.mixed
    assert made.routes != free.routes
    drawn = draw_architecture(model, "x")
    architecture._arranged.cache_clear()
    assert NEAR in whole(drawn.wide_svg)


def test_few_boxes_that_take_too_many_steps_are_drawn_as_a_crowd(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = dense(12, 20, 3, 1)
    usual = laid_out(model)
    monkeypatch.setattr(arch_route, "STEPS", 50)
    made = laid_out(model)
    architecture._arranged.cache_clear()
    assert made.routes != usual.routes
    assert layout_faults(made) == []
    assert len(made.routes) == 20


def test_a_narrow_screen_has_words_in_its_boxes_instead_of_many_lines() -> None:
    model = dense(30, 45, 4, 5)
    drawn = draw_architecture(model, "x")
    scene = architecture._narrow(model, [])
    assert not [mark for mark in scene.flat() if isinstance(mark, Line)]
    assert "each box names what it leads to" in whole(drawn.narrow_svg)
    assert 'class="s"' in drawn.wide_svg
    names = {node.id: node.name for node in model.nodes}
    texts = [text.full or text.text for text in scene.texts()]
    said = " ".join(texts)
    for edge in model.edges:
        assert names[edge.target] in said.split(names[edge.source], 1)[1]
    assert said.count("→") == len({edge.source for edge in model.edges})


@pytest.mark.parametrize("seed", range(4))
def test_words_instead_of_lines_stand_in_their_boxes_once(seed: int) -> None:
    model = told_in_boxes(dense(40, 40, 5, seed))
    assert any(group.tray for group in model.groups)
    made = arrange(model, NARROW, NARROW_SIZES, False)
    assert layout_faults(made) == []
    texts = [text.text for text in made.scene().texts() if text.bold]
    assert {texts.count(node.name) for node in model.nodes} == {1}
    for group in model.groups:
        inside = [
            box for one, box in made.plan.boxes.items() if group.id in made.plan.ancestors(one)
        ]
        empty = made.plan.boxes[group.id].bottom - max(box.bottom for box in inside)
        assert empty < 40


def test_few_lines_stay_lines_on_a_narrow_screen() -> None:
    model = dense(10, 8, 2, 1)
    lines = [m for m in architecture._narrow(model, []).flat() if isinstance(m, Line)]
    assert len(lines) == 8


def test_a_crowd_is_drawn_with_the_same_bytes_whatever_the_order_of_sets() -> None:
    code = (
        "import hashlib; from tests.draw.dense import dense;"
        "from statusgen.draw.architecture import draw_architecture as draw;"
        "made = draw(dense(40, 60, 5, 4, 0.2), 'x');"
        "print(hashlib.sha256((made.wide_svg + made.narrow_svg).encode()).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True, capture_output=True, text=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(said) == 1


def test_no_empty_tower_stands_beside_a_tall_group() -> None:
    inside = tuple(ArchNode(id=f"n{one}", name=f"Part {one}", group="g") for one in range(9))
    model = Architecture(
        title="T",
        nodes=(ArchNode(id="alone", name="Alone"), *inside),
        groups=(ArchGroup(id="g", name="Zone"),),
        edges=(Edge("alone", "n0"), *(Edge(f"n{one}", f"n{one + 1}") for one in range(8))),
        rows=(("alone", "g"),),
    )
    plan = laid_out(model).plan
    assert plan.boxes["alone"].y == plan.boxes["g"].y
    assert plan.boxes["g"].height > 400
    assert plan.boxes["alone"].height < 60
