"""Diagrams of data that nobody drew beforehand: many stages, long amounts, crowded parts."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from statusgen.draw import before_after, cost, ladder, timeline
from statusgen.draw.architecture import arrange, draw_architecture
from statusgen.draw.cards import NARROW_SIZES, WIDE_SIZES
from statusgen.draw.cost_figures import figures_of
from statusgen.draw.figure import Diagram
from statusgen.draw.ladder import chained
from statusgen.draw.model import (
    Amount,
    Architecture,
    ArchNode,
    BeforeAfter,
    BeforeAfterRow,
    CostChart,
    CostStage,
    Edge,
    Ladder,
    LadderItem,
    LadderStage,
    Timeline,
    TimelineRow,
    Verdict,
)
from statusgen.draw.numbers import money, money_range
from statusgen.draw.scene import NARROW, WIDE, Line, Text
from statusgen.words import Words
from tests.draw.geometry import faults

LIMIT = 15_000


def steps(stages: int, items: int, name: str = "Monitoring of the payment service {}") -> Ladder:
    def item(stage: int, number: int) -> LadderItem:
        return LadderItem(
            id=f"i{stage}-{number}",
            name=name.format(number),
            detail="Datadog or Grafana Cloud",
            when="Month 2",
            price="$1,200/host",
            href=f"stages/s{stage}/#item-{number}",
        )

    made = tuple(
        LadderStage(
            id=f"s{stage}",
            name=name.format(stage),
            note="500+ users, enterprise and compliance",
            stated="−$400–800",
            itemised="−$655,000 to −$201,000",
            verdict=Verdict("bad", "contradicted"),
            items=tuple(item(stage, number) for number in range(items)),
            href=f"stages/s{stage}/",
        )
        for stage in range(stages)
    )
    return Ladder(title="Steps", stages=made, edges=chained(made))


def sizes(drawn: Diagram) -> list[int]:
    return [len(svg.encode()) for svg in (drawn.wide_svg, drawn.narrow_svg)]


def sound(model: Ladder) -> list[str]:
    order = ladder._order(model, ladder._names(model))
    return faults(ladder._wide(model, order)) + faults(ladder._narrow(model, order))


@pytest.mark.parametrize(("stages", "items"), [(6, 6), (12, 6), (3, 20), (12, 0)])
def test_a_ladder_of_any_length_stays_light_and_sound(stages: int, items: int) -> None:
    model = steps(stages, items)

    assert max(sizes(ladder.draw_ladder(model, "l"))) <= LIMIT
    assert sound(model) == []
    for most in (0, 2):
        assert sound(ladder._shortened(model, most)) == []


def test_a_shortened_ladder_counts_and_links_what_it_leaves_to_its_table() -> None:
    drawn = ladder.draw_ladder(steps(6, 6), "l")
    shown = len(re.findall(r"#item-", drawn.wide_svg)) // 6

    assert 0 < shown < 6
    for svg in (drawn.wide_svg, drawn.narrow_svg):
        assert svg.count(f">and {6 - shown} more<") == 6
        # Each stage's card and the card of the others lead to the stage.
        assert svg.count('href="stages/s3/"') == 2
    assert len(re.findall("#item-", drawn.table_html)) == 36


def test_the_last_item_shown_leads_on_to_the_others() -> None:
    model = ladder._shortened(steps(1, 4), 2)

    ends = {(edge.source, edge.target) for edge in model.edges}
    assert ends == {("s0", "i0-0"), ("i0-0", "i0-1"), ("i0-1", "s0/more")}


def test_a_short_ladder_shows_every_item() -> None:
    drawn = ladder.draw_ladder(steps(5, 3, "Status page {}"), "l")

    assert "more<" not in drawn.wide_svg
    assert drawn.wide_svg.count("#item-") == 15


def test_the_figures_of_a_stage_are_never_cut() -> None:
    drawn = ladder.draw_ladder(steps(2, 1), "l")

    assert re.search(r">−\$655,000 to<.*>−\$201,000<", drawn.wide_svg)  # in two lines
    assert "−$655,000 to −$201,000<" in drawn.narrow_svg
    assert "−$655,000 to −$…" not in drawn.wide_svg + drawn.narrow_svg


def charted(count: int, symbol: str = "$") -> CostChart:
    stages = tuple(
        CostStage(
            name=f"Stage number {number}",
            note="500+ users",
            carried=Amount.exactly(number * 900_000),
            added=Amount.exactly(1_000_000),
            stated=Amount(Decimal(1), Decimal(10**7)),
            href=f"stages/s{number}/",
        )
        for number in range(count)
    )
    return CostChart(title="Costs", stages=stages, symbol=symbol)


@pytest.mark.parametrize("count", [1, 5, 12, 20])
def test_costs_of_any_number_of_stages_are_light_and_sound(count: int) -> None:
    model = charted(count)
    figures = [figures_of(one, model) for one in model.stages]

    assert max(sizes(cost.draw_cost(model, "c"))) <= LIMIT
    for own in (True, False):
        assert faults(cost._wide(model, figures, own)) == []
        assert faults(cost._narrow(model, figures, own)) == []


def test_many_stages_lie_below_one_another_with_every_number() -> None:
    drawn = (cost.draw_cost(charted(count), "c").wide_svg for count in (3, 12))
    few, many = (svg.partition("</desc>")[2] for svg in drawn)

    assert few.count(">Stage number") == 3
    assert many.count(">Stage number") == 12
    assert "…" not in many
    assert many.count("stated $1–10,000,000") == 12
    assert "on one scale up to" in many
    assert "on one scale up to" not in few


def test_what_is_not_known_is_no_zero() -> None:
    stage = CostStage(name="S", stated=Amount(Decimal(50), Decimal(80)), known=False)
    drawn = cost.draw_cost(CostChart(title="C", stages=(stage,)), "c")

    for text in (drawn.wide_svg, drawn.narrow_svg, drawn.table_html):
        assert ">not known<" in text
    assert "not itemised" not in drawn.wide_svg
    assert not re.search(r'class="sg-b[^"]*">\$0<', drawn.wide_svg)


def test_the_code_of_a_currency_keeps_clear_of_its_number() -> None:
    assert money(Decimal(1234), "CHF ", Words.of()) == "CHF\u00a01,234"
    assert money(Decimal(-5), "CHF", Words.of()) == "−CHF\u00a05"
    assert money(Decimal(5), "$", Words.of()) == "$5"
    assert money(Decimal(5), "₦", Words.of()) == "₦5"
    assert money_range(Amount(Decimal(1), Decimal(9)), "CHF ", Words.of()) == "CHF\u00a01–9"


def test_long_amounts_of_a_comparison_are_not_cut() -> None:
    rows = tuple(
        BeforeAfterRow(name=f"Row {k}", before=Decimal(7**k), after=Decimal(3**k), href="x/")
        for k in range(8)
    )
    model = BeforeAfter(title="B", rows=rows, symbol="CHF ", before_name="Old", after_name="New")
    scene = before_after._wide(model, before_after._sums(model))
    shown = {text.text for text in scene.texts()}

    assert faults(scene) == []
    assert "CHF 823,543 → CHF 2,187" in shown
    assert not any("…" in text for text in shown)


def test_an_axis_is_labelled_at_even_distances_to_its_end() -> None:
    rows = tuple(
        TimelineRow(id=f"r{k}", name=f"R{k}", start=k * 2.0, end=k * 2.0 + 4, when=f"Month {k}")
        for k in range(10)
    )
    model = Timeline(title="T", rows=rows, unit="month")
    scene = timeline._wide(model, timeline._axis(model))
    labels = [one for one in scene.texts() if re.fullmatch(r"\d+–\d+", one.text)]
    steps = {round(two.x - one.x, 3) for one, two in pairwise(labels)}

    assert faults(scene) == []
    assert len(steps) == 1
    assert labels[-1].x > WIDE - 2 * steps.pop()


def test_dates_of_a_row_are_not_cut() -> None:
    when = "2026-01-05 to 2026-02-20"
    row = TimelineRow(id="r", name="Row", start=739_621.0, end=739_668.0, when=when)
    model = Timeline(title="T", rows=(row,), unit="date")
    scene = timeline._wide(model, timeline._axis(model))
    words = " ".join(text.text for text in scene.texts())

    assert faults(scene) == []
    assert "2026-01-05 to 2026-02-20" in words


def parts(count: int) -> tuple[ArchNode, ...]:
    return tuple(ArchNode(id=f"n{k}", name=f"Service {k}", lines=("port",)) for k in range(count))


def test_a_label_between_neighbours_stands_between_them() -> None:
    model = Architecture(
        title="A",
        nodes=parts(3),
        edges=(Edge("n0", "n1", "metrics"), Edge("n1", "n2", "queries of a long kind")),
        rows=(("n0", "n1", "n2"),),
    )
    made = arrange(model, WIDE, WIDE_SIZES, right=False)

    assert all(label.box for label in made.labels)
    assert faults(made.scene()) == []
    for label in made.labels:
        assert label.box is not None
        assert not any(label.box.meets(box) for box in made.plan.boxes.values())


def test_a_crowded_architecture_leaves_the_words_at_its_arrows_to_the_table() -> None:
    edges = tuple(
        Edge(f"n{k * 7 % 25}", f"n{(k * 7 + 1 + k % 23) % 25}", f"publishes the events of {k}")
        for k in range(45)
    )
    crowded = Architecture(title="A", nodes=parts(25), edges=edges)
    drawn = draw_architecture(crowded, "a")
    calm = draw_architecture(replace(crowded, edges=edges[:5]), "b")

    assert max(sizes(drawn)) <= LIMIT
    assert "table below" in drawn.wide_svg
    assert "events of 7" in drawn.table_html
    assert "table below" not in calm.wide_svg
    assert "events of 4" in calm.wide_svg
    bare = replace(crowded, edges=tuple(replace(edge, label="") for edge in edges))
    for room, kind in ((WIDE, WIDE_SIZES), (NARROW, NARROW_SIZES)):
        assert faults(arrange(bare, room, kind, right=False).scene("a note")) == []


def test_lines_of_one_look_are_one_path_and_lines_of_one_text_one_element() -> None:
    model = steps(3, 2, "Name {}")
    scene = ladder._wide(model, ladder._order(model, ladder._names(model)))
    svg = ladder.draw_ladder(model, "l").wide_svg
    arrows = [mark for mark in scene.flat() if isinstance(mark, Line)]
    going_on = [mark for mark in scene.flat() if isinstance(mark, Text) and mark.goes_on]

    assert len(arrows) == 8
    assert svg.count('class="h-accent"') == 1
    assert svg.count("<tspan") == len(going_on) > 0
    assert re.search(r">500\+ users, <tspan[^>]*>enterprise and ?</?tspan", svg)
