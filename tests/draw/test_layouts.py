from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

import pytest

from statusgen.draw import before_after, cost, growth, ladder, time_axis, timeline, tree
from statusgen.draw.architecture import arrange, draw_architecture
from statusgen.draw.cards import NARROW_SIZES, WIDE_SIZES
from statusgen.draw.cost_figures import figures_of
from statusgen.draw.figure import Diagram, figure_html
from statusgen.draw.model import Amount, BeforeAfter, CostChart, CostStage, Edge, Ladder, Verdict
from statusgen.draw.scene import NARROW, WIDE, Line, Link, Rect, Scene, Text
from statusgen.draw.svg import standalone
from tests.draw import seeds
from tests.draw.geometry import faults

LIMIT = 15_000
T = TypeVar("T")


def all_diagrams() -> dict[str, Diagram]:
    made = {
        "ladder": ladder.draw_ladder(seeds.LADDER, "ladder"),
        "cost": cost.draw_cost(seeds.COSTS, "cost"),
        "before-after": before_after.draw_before_after(seeds.BEFORE_AFTER, "before"),
        "timeline": timeline.draw_timeline(seeds.TIMELINE, "time"),
        "phases": timeline.draw_timeline(seeds.PHASES, "phases"),
        "dates": timeline.draw_timeline(seeds.DATES, "dates"),
    }
    for number, sums in enumerate(seeds.GROWTHS):
        made[f"growth-{number}"] = growth.draw_growth(sums, f"growth{number}")
    for number, one in enumerate(seeds.TREES):
        made[f"tree-{number}"] = tree.draw_tree(one, f"tree{number}")
    for number, two in enumerate(seeds.ARCHITECTURES):
        made[f"architecture-{number}"] = draw_architecture(two, f"arch{number}")
    return made


DIAGRAMS = all_diagrams()


def same(model: T) -> T:
    return model


def scenes_of(change: Callable[[Any], Any] = same) -> dict[str, Callable[[], Scene]]:
    """Return the seeds' layouts by name, their models changed by ``change``."""
    costs, bill = change(seeds.COSTS), change(seeds.BEFORE_AFTER)
    figures = [figures_of(one, costs) for one in costs.stages]
    sums = before_after._sums(bill)
    steps = change(seeds.LADDER)
    order = ladder._order(steps, ladder._names(steps))
    made: dict[str, Callable[[], Scene]] = {
        "ladder-wide": partial(ladder._wide, steps, order),
        "ladder-narrow": partial(ladder._narrow, steps, order),
        "cost-wide": partial(cost._wide, costs, figures),
        "cost-narrow": partial(cost._narrow, costs, figures),
        "before-after-wide": partial(before_after._wide, bill, sums),
        "before-after-narrow": partial(before_after._narrow, bill, sums),
    }
    for name, span in (("t", seeds.TIMELINE), ("p", seeds.PHASES), ("d", seeds.DATES)):
        one = change(span)
        made[f"timeline-{name}-wide"] = partial(timeline._wide, one, timeline._axis(one))
        made[f"timeline-{name}-narrow"] = partial(timeline._narrow, one, timeline._axis(one))
    for at, spine in enumerate((*seeds.TREES, seeds.DEEP_TREE)):
        two = change(spine)
        made[f"tree-{at}-wide"] = partial(tree._scene, two, WIDE, WIDE_SIZES, 250.0)
        made[f"tree-{at}-narrow"] = partial(tree._scene, two, NARROW, NARROW_SIZES, NARROW - 2)
    for at, path in enumerate(seeds.GROWTHS):
        four = change(path)
        made[f"growth-{at}-wide"] = partial(growth._scene, four, WIDE, 220.0, WIDE_SIZES)
        made[f"growth-{at}-narrow"] = partial(growth._scene, four, NARROW, 200.0, NARROW_SIZES)
    for at, system in enumerate(seeds.ARCHITECTURES):
        three = change(system)
        right = system.direction == "right"
        made[f"architecture-{at}-wide"] = arrange(three, WIDE, WIDE_SIZES, right).scene
        made[f"architecture-{at}-narrow"] = arrange(three, NARROW, NARROW_SIZES, False).scene
    return made


SCENES = scenes_of()


@pytest.mark.parametrize("name", SCENES)
def test_no_text_overlaps_is_cut_by_its_box_or_too_small(name: str) -> None:
    assert faults(SCENES[name]()) == []


@pytest.mark.parametrize("name", DIAGRAMS)
def test_each_variant_is_well_formed_labelled_and_small(name: str) -> None:
    for svg in (DIAGRAMS[name].wide_svg, DIAGRAMS[name].narrow_svg):
        root = ET.fromstring(svg)
        names = (root.get("aria-labelledby") or "").split()
        found = {child.get("id"): (child.text or "") for child in root[:2]}

        assert list(found) == names
        assert all(found.values())
        assert len(svg.encode()) < LIMIT
        assert "style=" not in svg
        assert not re.search(r"#[0-9a-f]{3,6}\b(?![^<]*\")", svg), (
            "colours belong to the stylesheet"
        )
        has_links = root.find(".//{http://www.w3.org/2000/svg}a") is not None
        assert root.get("role") == ("group" if has_links else "img")


def test_ids_are_unique_on_a_page_of_all_diagrams() -> None:
    page = "".join(figure_html(one) for one in DIAGRAMS.values())
    ids = re.findall(r'\bid="([^"]+)"', page)

    assert len(ids) == len(set(ids)) == 4 * len(DIAGRAMS)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", DIAGRAMS)
def test_standalone_copies_hold_no_custom_property(name: str, theme: str) -> None:
    for svg in (DIAGRAMS[name].wide_svg, DIAGRAMS[name].narrow_svg):
        alone = standalone(svg, "dark" if theme == "dark" else "light")

        assert b"var(" not in alone
        assert b"--sg" not in alone
        root = ET.fromstring(alone)
        assert root.get("width") in (str(WIDE), str(NARROW))


def test_every_word_of_a_seed_diagram_is_in_its_table_too() -> None:
    for model in seeds.ARCHITECTURES:
        html = draw_architecture(model, "a").table_html
        for node in model.nodes:
            assert node.name in html
            assert " · ".join(node.lines) in html
    for stage in seeds.LADDER.stages:
        assert stage.name in DIAGRAMS["ladder"].table_html
        assert all(item.detail in DIAGRAMS["ladder"].table_html for item in stage.items)


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    script = (
        "from tests.draw.test_layouts import all_diagrams;"
        "from statusgen.draw.figure import figure_html;import hashlib;"
        "print(hashlib.sha256(''.join(map(figure_html, all_diagrams().values())).encode())"
        ".hexdigest())"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }

    assert len(sums) == 1


# What the pictures say.


def test_the_cost_chart_says_what_is_not_itemised() -> None:
    html = DIAGRAMS["cost"].table_html

    for words in ("$57 not itemised", "$10 not itemised", "$411 not itemised", "in range"):
        assert words in html
        assert words in DIAGRAMS["cost"].wide_svg
        assert words in DIAGRAMS["cost"].narrow_svg


def test_small_stages_get_a_scale_of_their_own_only_where_one_scale_crushes_them() -> None:
    even = CostChart(title="Even", stages=tuple(_stage(n, 100 + n) for n in range(3)))

    assert "own scale" in DIAGRAMS["cost"].wide_svg
    assert "own scale" not in cost.draw_cost(even, "even").wide_svg


def _stage(number: int, dollars: int) -> CostStage:
    return CostStage(name=f"Stage {number}", added=Amount.exactly(dollars))


@pytest.mark.parametrize(
    ("stated", "itemised", "words"),
    [
        ((100, 200), (43, 43), "$57 not itemised"),
        ((100, 200), (100, 100), "in range"),
        ((100, 200), (200, 200), "in range"),
        ((100, 200), (201, 201), "$1 above what is stated"),
        ((100, 200), (90, 120), "in range"),
        ((100, None), (900, 900), "in range"),
        ((100, 200), (40, None), "$60 not itemised"),
    ],
)
def test_verdicts_on_stated_costs(
    stated: tuple[int, int | None], itemised: tuple[int, int | None], words: str
) -> None:
    low, high = stated
    one, two = itemised
    stage = CostStage(
        name="S",
        stated=Amount(Decimal(low), None if high is None else Decimal(high)),
        added=Amount(Decimal(one), None if two is None else Decimal(two)),
    )

    assert words in cost.draw_cost(CostChart(title="C", stages=(stage,)), "c").table_html


def test_a_stated_total_that_differs_from_the_sum_is_shown_beside_it() -> None:
    wrong = replace(seeds.BEFORE_AFTER, stated_after=Decimal(140))
    drawn = before_after.draw_before_after(wrong, "w")

    assert "stated $140" in drawn.wide_svg
    assert "$133" in drawn.wide_svg
    assert "stated" not in DIAGRAMS["before-after"].wide_svg
    assert "−$784 (−85.5 %)" in drawn.wide_svg


def test_the_largest_change_comes_first() -> None:
    table = DIAGRAMS["before-after"].table_html
    order = re.findall(r'<th scope="row">([^<]+)', table)

    assert order[:2] == ["Newsletters", "Monitoring"]
    assert order[-1] == "Sum"


def test_edges_of_the_ladder_that_have_no_arrow_are_told_in_words() -> None:
    far = Edge("s1-0", "s3-2")
    drawn = ladder.draw_ladder(replace(seeds.LADDER, edges=(*seeds.LADDER.edges, far)), "l")

    assert "needs Error" in drawn.wide_svg
    assert "needs Error" not in DIAGRAMS["ladder"].wide_svg


def test_every_edge_of_the_critical_path_is_an_arrow_in_both_variants() -> None:
    for svg in (DIAGRAMS["ladder"].wide_svg, DIAGRAMS["ladder"].narrow_svg):
        heads = sum(path.count("M") for path in re.findall(r'class="h-accent" d="([^"]+)"', svg))
        legend = 2

        assert len(seeds.LADDER.edges) == 19
        assert heads - legend == 19


def test_an_empty_model_draws_an_empty_picture() -> None:
    for made in (
        ladder.draw_ladder(Ladder(title="None", stages=()), "a"),
        cost.draw_cost(CostChart(title="None", stages=()), "b"),
        before_after.draw_before_after(
            BeforeAfter(title="None", rows=(), before_name="Old", after_name="New"), "c"
        ),
        timeline.draw_timeline(replace(seeds.TIMELINE, rows=()), "d"),
        draw_architecture(replace(seeds.GRAFANA, nodes=(), edges=()), "e"),
    ):
        assert ET.fromstring(made.wide_svg).get("viewBox")


def test_verdict_words_of_a_caller_win() -> None:
    own = Verdict("unknown", "basis is not stated")
    stage = replace(seeds.COSTS.stages[1], verdict=own)
    html = cost.draw_cost(replace(seeds.COSTS, stages=(stage,)), "o").table_html

    assert own.text in html
    assert "not itemised" not in html


@pytest.mark.parametrize("spans", [(3652059.0, 3652060.0), (739_300.0, 3652060.0), (1.0, 2.0)])
def test_dates_at_the_ends_of_the_calendar_have_an_axis(spans: tuple[float, float]) -> None:
    axis = time_axis.date_axis(*spans)

    assert 1 <= len(axis.cells) <= 16
    assert axis.start <= spans[0]
    assert axis.end >= spans[1] - 1


def test_every_change_of_a_bill_has_an_arrow_that_points_its_way() -> None:
    bill = seeds.BEFORE_AFTER
    for scene in (scenes_of()["before-after-wide"](), scenes_of()["before-after-narrow"]()):
        arrows = [mark for mark in scene.marks if isinstance(mark, Line) and mark.arrow]
        right = [mark for mark in arrows if mark.points[-1][0] > mark.points[0][0]]
        dearer = [row for row in bill.rows if (row.after or 0) > (row.before or 0)]
        assert len(arrows) == len(bill.rows)
        assert len(right) == len(dearer) == 3
        assert {mark.dashed for mark in right} == {True}, "each of them is new"
        assert all(mark.points[0][1] + 5 < scene.height for mark in arrows), "none is cut"


def test_no_card_of_a_ladder_is_half_empty() -> None:
    model = seeds.LADDER
    scene = ladder._wide(model, ladder._order(model, ladder._names(model)))
    links = [mark for mark in scene.marks if isinstance(mark, Link)]
    cards = [link for link in links if isinstance(link.marks[0], Rect)]
    assert len(cards) > len(model.stages)
    for card in cards:
        frame, texts = card.marks[0], [mark for mark in card.marks if isinstance(mark, Text)]
        assert isinstance(frame, Rect)
        spare = frame.box.bottom - max(text.y for text in texts)
        assert spare < 2.2 * WIDE_SIZES.step or len(texts) == 2, texts  # a number and a name
