from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from statusgen.draw.arch_labels import _spots
from statusgen.draw.arch_tray import with_trays
from statusgen.draw.architecture import arrange, draw_architecture
from statusgen.draw.cards import NARROW_SIZES, WIDE_SIZES
from statusgen.draw.model import ArchGroup, Architecture, ArchNode, Edge
from statusgen.draw.scene import BROAD, NARROW, WIDE
from tests.draw.test_architecture import both, layout_faults

APART = "Not connected to other parts in this plan"


def nodes(names: str, group: str = "") -> tuple[ArchNode, ...]:
    return tuple(ArchNode(id=name, name=name.upper(), group=group) for name in names)


def groups(**inside: str) -> tuple[ArchGroup, ...]:
    return tuple(ArchGroup(id=name, name=name, group=group) for name, group in inside.items())


def held(model: Architecture) -> dict[str, list[str]]:
    """Return what lies in trays, by what is around the tray."""
    made = with_trays(model)
    trays = {group.id: group.group for group in made.groups if group.tray}
    found: dict[str, list[str]] = {}
    within = [(group.id, group.group) for group in made.groups]
    within += [(node.id, node.group) for node in made.nodes]
    for part, group in within:
        if group in trays:
            found.setdefault(trays[group], []).append(part)
    return found


def test_what_no_edge_reaches_lies_in_a_tray_of_its_own_group() -> None:
    inside = nodes("abc", "g")
    model = Architecture(
        title="T",
        nodes=(*inside, *nodes("xyz")),
        groups=groups(g=""),
        edges=(Edge("a", "b"), Edge("x", "a")),
    )
    assert held(model) == {"g": ["c"], "": ["y", "z"]}
    for made in both(model):
        assert layout_faults(made) == []
        joined = [made.plan.boxes[name].bottom for name in "abx"]
        assert made.plan.boxes["y"].y > max(joined)
        assert made.plan.boxes["g"].holds(made.plan.boxes["c"])


def test_a_group_of_which_nothing_is_connected_goes_in_as_a_whole() -> None:
    model = Architecture(
        title="T",
        nodes=(*nodes("ab"), *nodes("cd", "in")),
        groups=groups(out="", **{"in": "out"}, empty=""),
        edges=(Edge("a", "b"),),
    )
    assert held(model) == {"": ["out", "empty"]}


def test_what_is_connected_in_any_way_stays_where_it_is() -> None:
    ends_at_the_frame = (Edge("a", "g"),)
    an_island = (Edge("a", "b"), Edge("c", "d"))
    a_ring = (Edge("a", "b"), Edge("b", "a"), Edge("b", "c"), Edge("c", "d"), Edge("d", "b"))
    for edges in (ends_at_the_frame, an_island, a_ring):
        model = Architecture(
            title="T",
            nodes=(*nodes("ab"[: 2 - (len(edges) == 1)]), *nodes("cd", "g")),
            groups=groups(g=""),
            edges=edges,
        )
        assert held(model) == {}


def test_an_edge_to_itself_connects_nothing() -> None:
    model = Architecture(
        title="T", nodes=nodes("abc"), edges=(Edge("a", "b"), Edge("c", "c", "retries"))
    )
    assert held(model) == {"": ["c"]}
    assert "C (retries)" in draw_architecture(model, "x").table_html


def test_without_any_edge_nothing_is_apart_and_the_drawing_says_so() -> None:
    model = Architecture(title="T", nodes=nodes("abcd"))
    drawn = draw_architecture(model, "x")
    assert held(model) == {}
    for svg in (drawn.wide_svg, drawn.narrow_svg):
        assert "no connections" in svg.replace("</tspan> <tspan", "").partition("</desc>")[2]
        assert APART not in svg
    alone = draw_architecture(Architecture(title="T", nodes=nodes("a")), "x")
    assert "no connections" not in alone.wide_svg.partition("</desc>")[2]


def test_the_tray_is_named_in_the_drawing_and_in_the_table() -> None:
    model = Architecture(title="T", nodes=nodes("abc"), edges=(Edge("a", "b"),))
    drawn = draw_architecture(model, "x")
    assert APART in drawn.wide_svg
    assert drawn.table_html.count(APART) == 1


def test_no_id_of_a_tray_meets_another() -> None:
    odd = ArchNode(id="tray.", name="Odd")
    model = Architecture(title="T", nodes=(*nodes("ab"), odd), edges=(Edge("a", "b"),))
    assert held(model) == {"": ["tray."]}
    for made in both(model):
        assert layout_faults(made) == []


def test_boxes_use_the_width_there_is() -> None:
    for count in (2, 3, 4):
        made = nodes("abcd"[:count])
        rows = (tuple(node.id for node in made),)
        edges = tuple(Edge(one.id, two.id) for one, two in pairwise(made))
        model = Architecture(title="T", nodes=made, edges=edges, rows=rows)
        boxes = arrange(model, WIDE, WIDE_SIZES, False).plan.boxes.values()
        used = max(box.right for box in boxes) - min(box.x for box in boxes)
        widest = max(box.width for box in boxes)
        assert used > WIDE * 0.9 or widest > 200
        one_column = arrange(model, NARROW, NARROW_SIZES, False).plan
        assert all(box.right <= NARROW for box in one_column.boxes.values())


def test_boxes_make_room_for_the_words_between_them() -> None:
    long = tuple(
        ArchNode(id=name, name="A name of some length indeed", lines=("and more words",))
        for name in "abc"
    )
    edges = (Edge("a", "b", "metrics"), Edge("b", "c", "query"))
    model = Architecture(title="T", nodes=long, edges=edges, rows=(("a", "b", "c"),))
    made = arrange(model, WIDE, WIDE_SIZES, False)
    assert all(label.box for label in made.labels)
    assert len({made.plan.boxes[name].y for name in "abc"}) == 1


def test_a_ring_and_many_parts_are_drawn_and_twice_alike() -> None:
    many = tuple(
        ArchNode(id=f"n{number}", name=f"Service {number}", group=f"g{number % 4}")
        for number in range(30)
    )
    ring = tuple(Edge(f"n{number}", f"n{(number + 4) % 28}") for number in range(28))
    frames = groups(**{f"g{number}": "" for number in range(4)})
    model = Architecture(title="T", nodes=many, groups=frames, edges=ring)
    one, two = draw_architecture(model, "x", BROAD), draw_architecture(model, "x", BROAD)
    assert one == two
    assert one.broad
    assert one.zoom
    assert 'viewBox="0 0 900 ' in one.wide_svg


def test_where_a_part_leads_is_of_the_page_it_stands_on() -> None:
    def drawn(href: str) -> str:
        part = ArchNode(id="a", name="A", href=href)
        return draw_architecture(Architecture(title="T", nodes=(part,)), "x").wide_svg

    assert '<a href="../one/">' in drawn("../one/")
    assert '<a href="../../two/">' in drawn("../../two/")
    assert "<a " not in drawn("")


def test_a_drawing_gets_no_more_room_than_it_fills() -> None:
    model = Architecture(title="T", nodes=nodes("ab"), edges=(Edge("a", "b"),))
    drawn = draw_architecture(model, "x", BROAD)
    assert not drawn.broad
    assert drawn.share == 40
    assert f'viewBox="0 0 {WIDE * 0.4:g} ' in drawn.wide_svg


def test_eighty_parts_all_stand_in_the_drawing_and_in_the_table() -> None:
    many = tuple(ArchNode(id=f"n{k}", name=f"S{k}", group=f"g{k % 10}") for k in range(80))
    frames = groups(**{f"g{k}": "" for k in range(10)})
    edges = tuple(Edge(f"n{k}", f"n{k + 10}") for k in range(20))
    drawn = draw_architecture(Architecture(title="T", nodes=many, groups=frames, edges=edges), "x")
    for k in range(80):
        assert f">S{k}</text>" in drawn.wide_svg
        assert f">S{k}</text>" in drawn.narrow_svg
        assert f'<th scope="row">S{k}</th>' in drawn.table_html
    assert drawn.wide_svg.count(APART) == 10  # one tray in each group


def test_a_node_does_not_grow_with_a_group_beside_it() -> None:
    model = Architecture(
        title="T",
        nodes=(*nodes("a"), *nodes("xyz", "g"), *nodes("b")),
        groups=groups(g=""),
        edges=(Edge("a", "b"), Edge("a", "x"), Edge("x", "y"), Edge("y", "z")),
    )
    boxes = arrange(model, WIDE, WIDE_SIZES, False).plan.boxes
    assert boxes["b"].y == boxes["g"].y  # they share a row
    assert boxes["b"].height == boxes["a"].height < boxes["g"].height


def test_a_drawing_has_no_empty_sides() -> None:
    chain = Architecture(
        title="T", nodes=nodes("abcdefg"), edges=tuple(Edge(*two) for two in pairwise("abcdefg"))
    )
    made = draw_architecture(chain, "p")
    assert made.share == 40
    assert f'viewBox="0 0 {WIDE * 0.4:g} ' in made.wide_svg
    drawn = arrange(chain, WIDE, WIDE_SIZES, False)
    left = min(box.x for box in drawn.plan.boxes.values())
    right = max(box.right for box in drawn.plan.boxes.values())
    assert left == pytest.approx(drawn.plan.width - right)
    assert arrange(chain, NARROW, NARROW_SIZES, False).plan.width == NARROW


def test_only_gaps_that_lack_room_for_a_label_are_widened() -> None:
    long = "a label that is long enough to find no place between them"
    ends = tuple("bcdef")
    model = Architecture(
        title="T",
        nodes=(*nodes("a"), *nodes("bcdef"), *nodes("xy", "g")),
        groups=groups(g=""),
        edges=(*(Edge("a", end, long) for end in ends), Edge("b", "x"), Edge("x", "y")),
    )
    plain = replace(model, edges=tuple(replace(edge, label="") for edge in model.edges))
    gaps = []
    for one in (model, plain):
        boxes = arrange(one, NARROW, NARROW_SIZES, False).plan.boxes
        gaps.append(boxes["y"].y - boxes["x"].bottom)
    assert gaps[0] == pytest.approx(gaps[1])


def test_a_label_lies_on_its_line_where_it_can() -> None:
    model = Architecture(
        title="T", nodes=nodes("abc"), edges=(Edge("a", "b", "copies"), Edge("b", "c", "copies"))
    )
    drawn = arrange(model, WIDE, WIDE_SIZES, False)
    for label, one in zip(drawn.labels, drawn.routes, strict=True):
        assert label.box
        assert label.box.centre[0] == pytest.approx(one.points[0][0])


def test_a_label_lies_beside_its_line_only_where_no_place_on_it_is_left() -> None:
    spots = list(_spots(((50.0, 0.0), (50.0, 100.0)), 40.0, 15.0))
    on = [spot.centre[0] == 50 for spot in spots]
    assert True in on
    assert False in on
    assert on == sorted(on, reverse=True)
    assert {spot.x for spot, lies in zip(spots, on, strict=True) if not lies} == {56.0, 4.0}
