"""Pages of drafts: what the importer makes of a document is published as it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from statusgen.importer import import_markdown
from statusgen.publish.manifest import Asset, Manifest, Page
from statusgen.publish.roadmaps.dossier import Library
from statusgen.publish.roadmaps.site import roadmap_entries
from statusgen.roadmap.loader import load_roadmaps
from tests.publish.roadmaps.conftest import body
from tests.publish.roadmaps.links import dead_links, repeated_ids
from tests.publish.roadmaps.test_pages import row, texts

DOCUMENTS = Path(__file__).resolve().parents[2] / "importer/documents"


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    folder = tmp_path_factory.mktemp("drafts")
    for path in sorted(DOCUMENTS.glob("*.md")):
        draft = import_markdown(path, path.name).yaml
        (folder / f"{path.stem}.yml").write_text(draft, "utf-8")
    loaded = load_roadmaps(folder, "drafts")
    assert loaded.problems == ()
    made = Manifest()
    for entry in roadmap_entries(Library.of(loaded.roadmaps, date(2026, 11, 21)), ()):
        made.add(entry)
    return made


def test_links_and_ids_of_drafts_are_sound(manifest: Manifest) -> None:
    dead, checked = dead_links(manifest)

    assert dead == []
    assert checked > 500
    assert repeated_ids(manifest) == []


def test_a_choice_beside_the_stages_stands_among_the_options_only(manifest: Manifest) -> None:
    assert 'id="options-considered"' in body(manifest, "warehouse/options/")
    assert "Options considered" not in body(manifest, "warehouse/")


def _pages(tmp_path: Path, text: str) -> Manifest:
    (tmp_path / "plan.yml").write_text(import_markdown(text.encode(), "plan.md").yaml, "utf-8")
    made = Manifest()
    plans = load_roadmaps(tmp_path).roadmaps
    for entry in roadmap_entries(Library.of(plans, date(2026, 11, 21)), ()):
        made.add(entry)
    return made


def test_what_is_paid_once_costs_nothing_a_month(tmp_path: Path) -> None:
    text = "# Plan\n\n## Stage 1: A\n\n- Audit ($500 one-time)\n- Sentry ($26/month)\n"
    made = _pages(tmp_path, text)

    costs = body(made, "plan/costs/")
    assert row(costs, "Audit") == "Audit $500 one-time 1 once $500 once —"
    assert row(costs, "Added") == "Added $26 + $500 once $312"


def test_rates_and_remarks_of_tables_and_criteria_reach_the_pages(tmp_path: Path) -> None:
    text = (
        "# Quote\n\n| Item | Hours | Rate | Amount |\n|---|---|---|---|\n"
        "| Audit | 12 | £95 | £1,140 |\n"
        "| Build | 30 | £110 | £3,300 |\n\n```\nCosts\n├── Host: £9/mo\n├── Mail: £5/mo\n"
        "└── a spare laptop\n```\n\n## Goals\n\n| KPI | Today | Target |\n|---|---|---|\n"
        "| Crash-free | 99.2% | 99.7% |\n"
    )
    (tmp_path / "plan.yml").write_text(import_markdown(text.encode(), "plan.md").yaml, "utf-8")
    made = Manifest()
    plans = load_roadmaps(tmp_path).roadmaps
    for entry in roadmap_entries(Library.of(plans, date(2026, 11, 21)), ()):
        made.add(entry)

    costs = body(made, "plan/costs/")
    assert "Price of one" in texts(costs)
    assert row(costs, "Build") == "Build Hours: 30 £110 £3,300"
    assert "a spare laptop" in texts(costs)
    assert "Today: 99.2%" in row(body(made, "plan/"), "Crash-free")


def test_remarks_on_an_option_stand_beside_it(tmp_path: Path) -> None:
    text = b"# X\n\n## Option A: One (small)\n\nCost: 2 x $24 = $48/month\n\nNeeds a `rack`.\n\n"
    text += b"## Option B: Two\n\nCost: $5\n"
    (tmp_path / "plan.yml").write_text(import_markdown(text, "plan.md").yaml, "utf-8")
    made = Manifest()
    for entry in roadmap_entries(
        Library.of(load_roadmaps(tmp_path).roadmaps, date(2026, 11, 21)), ()
    ):
        made.add(entry)

    assert "One small; Needs a rack" in texts(body(made, "plan/options/"))


def test_no_picture_of_a_draft_is_larger_than_15_kb(manifest: Manifest) -> None:
    pictures = [e for e in manifest if isinstance(e, Asset) and e.path.endswith(".svg")]

    assert len(pictures) > 10
    assert [e.path for e in pictures if len(e.content) > 15_000] == []


def test_each_document_has_an_overview(manifest: Manifest) -> None:
    pages = {e.path for e in manifest if isinstance(e, Page)}

    assert {f"roadmaps/{path.stem}/index.html" for path in DOCUMENTS.glob("*.md")} <= pages


UNTIMED = (
    "# Plan\n\n## Étape 1 — Socle · 38 k€\n\n- Cloud : 9 k€\n- Chaîne : 11 k€\n- Suivi : 18 k€\n\n"
    "## Étape 2 — Suite · 12 k€\n\n- Reprise : 12 k€\n- Recette\n"
)


def test_amounts_of_no_month_stand_as_they_are_written(tmp_path: Path) -> None:
    made = _pages(tmp_path, UNTIMED)
    costs, overview = body(made, "plan/costs/"), body(made, "plan/")

    assert row(costs, "Chaîne") == "Chaîne 11 k€"
    assert row(costs, "Recette") == "Recette —"
    assert row(costs, "Total") == "Total, as stated 38 k€"
    assert row(costs, "Sum") == "Sum of the lines €38,000"
    assert row(costs, "Socle") == "Socle 38 k€"
    for page in (costs, overview):
        assert "not known" not in page
    assert "11 k€" in overview  # on the card of the drawing


def test_sum_of_untimed_amounts_is_told_only_where_it_is_what_is_stated(tmp_path: Path) -> None:
    costs = body(_pages(tmp_path, UNTIMED.replace("38 k€", "40 k€")), "plan/costs/")

    assert "Sum of the lines €38,000" not in texts(costs)
    assert "€38,000; €2,000 short of" in costs  # what the audit says of it
    assert row(costs, "Total").startswith("Total, as stated 40 k€")


COLUMNS = (
    "# Plan\n\n## Budget\n\n| Part | Who | Low | High |\n|---|---|--:|--:|\n"
    "| Web | Ann | €100 | €150 |\n"
    "| Data | Bob | €200 | €260 |\n| Net | | €300 | €410 |\n| Tax | | €60 | €82 |\n"
    "| **In all** | | **€360** | **€492** |\n\n## Team\n\n| Who | Fee |\n|---|--:|\n| Ann | €7 |\n"
    "| Bob | €8 |\n"
)


def test_columns_of_one_table_stand_side_by_side(tmp_path: Path) -> None:
    made = _pages(tmp_path, COLUMNS)
    costs = body(made, "plan/costs/")

    assert costs.count('class="rm-table') == 2
    assert row(costs, "Web") == "Web Who: Ann €100 €150"
    assert row(costs, "Net") == "Net €300 €410"
    assert row(costs, "Tax") == "Tax €60 €82"
    assert row(costs, "In all") == "In all €360 €492"
    assert "Low:" not in costs
    assert "a sum of parts" not in costs


def test_what_all_stages_pay_once_is_added_up(tmp_path: Path) -> None:
    stage = "## Stage {}\n\n- Audit {} (${} one-time)\n- Host {} ($10/month)\n\n"
    text = "# Plan\n\n" + "".join(
        stage.format(f"{n}: S{n}", n, amount, n) for n, amount in ((1, 500), (2, 700))
    )
    costs = body(_pages(tmp_path, text), "plan/costs/")

    assert row(costs, "Paid once") == "Paid once, in all $1,200 once"
    only = body(_pages(tmp_path, text.replace("$700 one-time", "$7/month")), "plan/costs/")
    assert "Paid once" not in only


def test_a_record_of_a_decision_says_of_its_options_what_it_holds(tmp_path: Path) -> None:
    record = (
        "# Sessions\n\n## Considered Options\n\n* Files\n* Redis\n\n## Decision Outcome\n\n"
        'Chosen option: "Redis", because it survives a restart.\n\n'
        "## Pros and Cons of the Options\n\n### Redis\n\n* Good, because fast\n"
        "* Neutral, because new\n\n### Files\n\n* Good, because known\n"
    )
    page = texts(body(_pages(tmp_path, record), "plan/options/"))

    assert "Decided: Redis. it survives a restart." in page
    assert "Redis Chosen For fast Note Points: Neutral, because new" in page
    assert "not stated" not in page
    assert "Against" not in page
    assert "Take it when" not in page


def test_stages_say_how_long_they_take_and_what_they_wait_for(tmp_path: Path) -> None:
    text = (
        "# Plan\n\n| Phase | Effort | Depends on |\n|---|---|---|\n| Phase 1: Dig | 2 weeks | - |\n"
        "| Phase 2: Pipes | 1 week | Phase 1 |\n| Phase 3: Fence | 3 days | Phase 1 |\n"
    )
    page = body(_pages(tmp_path, text), "plan/")

    assert row(page, "1. Dig") == "1. Dig Planned 2 weeks —"
    assert row(page, "3. Fence") == "3. Fence Planned 3 days Dig"
    assert "State Effort Depends on" in texts(page)
    assert "Running" not in texts(page)
    assert "3 days · needs Dig" in texts(page)  # no arrow runs from the first card to the third
    assert "1 week · needs" not in texts(page)


def test_the_first_page_of_a_decision_shows_its_options_and_no_stage(tmp_path: Path) -> None:
    text = (
        "# Which queue?\n\n## Considered options\n\n- Kafka: $90/month\n- NATS: $20/month\n\n"
        "## Decision\n\nWe take NATS.\n"
    )
    page = body(_pages(tmp_path, text), "plan/")

    assert "Where we are" not in page
    assert row(page, "Considered options NATS") == "Considered options NATS chosen $20/month"


def test_a_stage_that_its_scale_names_is_counted_like_others(tmp_path: Path) -> None:
    text = "# P\n\n## Launch (0–500 users)\n\n- A\n\n## Growth (500–5K users)\n\n- B\n"
    page = body(_pages(tmp_path, text), "plan/")

    assert "1. Launch" in page
    assert "Where we are" in page
