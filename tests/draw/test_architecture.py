from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statusgen.draw.architecture import Arrangement, arrange, draw_architecture
from statusgen.draw.cards import NARROW_SIZES, WIDE_SIZES
from statusgen.draw.model import ArchGroup, Architecture, ArchNode, Day, Edge, Verdict
from statusgen.draw.scene import NARROW, WIDE, Box, Point
from tests.draw import seeds
from tests.draw.geometry import faults


def both(model: Architecture) -> list[Arrangement]:
    return [
        arrange(model, WIDE, WIDE_SIZES, model.direction == "right"),
        arrange(model, NARROW, NARROW_SIZES, False),
    ]


def layout_faults(made: Arrangement) -> list[str]:
    """Return what no architecture may show."""
    plan, found = made.plan, faults(made.scene())
    page = Box(0, 0, plan.width, plan.height)
    for one, two in combinations(plan.boxes, 2):
        nested = one in plan.ancestors(two) or two in plan.ancestors(one)
        if not nested and plan.boxes[one].meets(plan.boxes[two]):
            found.append(f"{one} overlaps {two}")
    for one, box in plan.boxes.items():
        if not page.holds(box):
            found.append(f"{one} leaves the page")
        found += [
            f"{one} leaves {group}"
            for group in plan.ancestors(one)
            if not plan.boxes[group].holds(box)
        ]
    for route in made.routes:
        name = f"{route.edge.source} to {route.edge.target}"
        ends = (route.points[0], plan.boxes[route.edge.source])
        if not on_rim(*ends) or not on_rim(route.points[-1], plan.boxes[route.edge.target]):
            found.append(f"{name} does not end at its boxes")
        for a, b in pairwise(route.points):
            if min(abs(a[0] - b[0]), abs(a[1] - b[1])) > 0.1:
                found.append(f"{name} runs aslant")
            found += [
                f"{name} runs through {one}"
                for one, box in plan.boxes.items()
                if one not in plan.heads and box.grown(-1).meets(span(a, b))
            ]
            found += [
                f"{name} runs through the title of {one}"
                for one, box in plan.header_boxes.items()
                if box.grown(-1).meets(span(a, b))
            ]
    for label in made.labels:
        for one, box in plan.boxes.items():
            if label.box and one not in plan.heads and box.meets(label.box):
                found.append(f"label {label.text} lies on {one}")
    return found


def span(a: Point, b: Point) -> Box:
    return Box(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1])).grown(0.25)


def on_rim(point: Point, box: Box) -> bool:
    inside = box.grown(0.1).holds(Box(*point, 0, 0))
    return inside and not box.grown(-0.2).holds(Box(*point, 0, 0), 0)


@pytest.mark.parametrize("model", seeds.ARCHITECTURES, ids=lambda model: model.title)
def test_the_seeds_diagrams(model: Architecture) -> None:
    for made in both(model):
        assert layout_faults(made) == []
        assert len(made.routes) == len(model.edges)
        assert all(label.box for label in made.labels)
        assert len(made.labels) == sum(bool(edge.label) for edge in model.edges)


@st.composite
def architectures(draw: st.DrawFn) -> Architecture:
    groups = draw(st.integers(0, 4))
    names = [f"g{number}" for number in range(groups)]
    made_groups = tuple(
        ArchGroup(
            id=name,
            name=draw(st.sampled_from(["Region", "A rather long name of a network zone"])),
            group=draw(st.sampled_from(["", *names[:number]])),
        )
        for number, name in enumerate(names)
    )
    words = st.sampled_from(
        ["API", "Backend service (web)", "support.example.com", "監視とログ管理", "x" * 60, ""]
    )
    nodes = tuple(
        ArchNode(
            id=f"n{number}",
            name=draw(words),
            lines=tuple(draw(st.lists(words, max_size=3))),
            group=draw(st.sampled_from(["", *names])),
        )
        for number in range(draw(st.integers(1, 10)))
    )
    ends = st.sampled_from([*(node.id for node in nodes), *names, "nobody"])
    label = st.sampled_from(["", "", "query", "HTTPS (browser)"])
    edges = tuple(
        Edge(draw(ends), draw(ends), draw(label)) for _ in range(draw(st.integers(0, 12)))
    )
    return Architecture(
        title="Random",
        nodes=nodes,
        groups=made_groups,
        edges=edges,
        direction=draw(st.sampled_from(["down", "right"])),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(architectures())
def test_random_graphs_have_no_overlap_and_edges_end_at_their_nodes(model: Architecture) -> None:
    for made in both(model):
        assert layout_faults(made) == []


@pytest.mark.long
@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
@given(architectures())
def test_many_random_graphs(model: Architecture) -> None:
    for made in both(model):
        assert layout_faults(made) == []


def test_rings_of_edges_and_of_groups_are_drawn_all_the_same() -> None:
    nodes = tuple(ArchNode(id=name, name=name, group="g") for name in "abc")
    groups = (ArchGroup(id="g", name="G", group="h"), ArchGroup(id="h", name="H", group="g"))
    ring = (Edge("a", "b"), Edge("b", "c"), Edge("c", "a"))
    model = Architecture(title="Ring", nodes=nodes, groups=groups, edges=ring)

    for made in both(model):
        assert layout_faults(made) == []
        assert len(made.routes) == 3


def test_a_label_without_a_place_is_told_beneath_the_picture() -> None:
    nodes = (ArchNode(id="a", name="A"), ArchNode(id="b", name="B"))
    edges = tuple(Edge("a", "b", f"a long label, number {number}") for number in range(9))
    svg = draw_architecture(Architecture(title="T", nodes=nodes, edges=edges), "t").narrow_svg

    for number in range(9):
        assert f"number {number}" in svg


def test_the_wish_for_rows_is_followed() -> None:
    nodes = tuple(ArchNode(id=name, name=name) for name in "abcd")
    model = Architecture(title="T", nodes=nodes, rows=(("d", "b"), ("a", "c")))
    boxes = arrange(model, WIDE, WIDE_SIZES, False).plan.boxes

    assert boxes["d"].y == boxes["b"].y < boxes["a"].y == boxes["c"].y
    assert boxes["d"].x < boxes["b"].x


def test_days_and_states_of_parts_stay_in_their_boxes_however_long_the_words() -> None:
    days: tuple[Day, ...] = (
        *("before",) * 20,
        *("good",) * 40,
        "failed",
        "worse",
        *("unseen",) * 27,
        "good",
    )
    nodes = tuple(
        ArchNode(
            id=f"n{number}",
            name=f"Part {number}",
            verdict=Verdict("bad", "Degraded Performance in every region · 99.97 %"),
            strip=days,
            told="failures on 1 of 42 days",
        )
        for number in range(5)
    )
    edges = tuple(Edge(f"n{one}", f"n{one + 1}") for one in range(4))
    model = Architecture(title="T", nodes=nodes, edges=edges)
    for made in both(model):
        assert layout_faults(made) == []
        foot = max(mark.y for mark in made.scene().texts())
        assert foot <= made.plan.height
    drawn = draw_architecture(model, "x")
    assert drawn.wide_svg.count('class="f-warn"') == 5
    assert "failures on 1 of 42 days" in drawn.table_html


def test_days_that_would_weigh_too_much_are_left_to_the_table() -> None:
    days: tuple[Day, ...] = ("good", "failed") * 45
    nodes = tuple(
        ArchNode(id=f"n{number}", name=f"P{number}", strip=days, told=f"{number} bad days")
        for number in range(25)
    )
    drawn = draw_architecture(Architecture(title="T", nodes=nodes), "x")
    assert len(drawn.wide_svg.encode()) <= 15_000
    assert "in the table below" in drawn.wide_svg.replace("</tspan> <tspan", " ")
    assert "24 bad days" in drawn.table_html
