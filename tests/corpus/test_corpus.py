"""Documents by others: most of what they hold arrives, nothing is invented, no false error."""

from __future__ import annotations

import random

import pytest

from statusgen.importer import import_markdown
from statusgen.run.documents import read_text
from tests.corpus.score import Document, documents, score

HALVES = ("first", "second")
COUNTED = ("stages", "prices", "totals", "options", "chosen", "checklist")
EVERY = [document for half in HALVES for document in documents(half)]


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("kind", COUNTED)
def test_most_of_what_the_documents_hold_arrives_and_hardly_anything_else(
    half: str, kind: str
) -> None:
    found = score(documents(half), kind)

    assert found.recall >= 0.90, found.missing
    assert found.precision >= 0.97, found.invented


@pytest.mark.parametrize("document", EVERY, ids=lambda one: str(one.name))
def test_only_what_is_wrong_is_called_so(document: Document) -> None:
    assert [fault for fault in document.faults if fault[0] not in document.errors] == []


@pytest.mark.parametrize("document", EVERY, ids=lambda one: str(one.name))
def test_no_sum_is_shown_of_what_does_not_add_up(document: Document) -> None:
    assert document.invented_sums == []


def test_what_is_wrong_is_found() -> None:
    wrong = {(one.name, line) for one in EVERY for line in one.errors}
    found = {(one.name, line) for one in EVERY for line, _, _ in one.faults}

    assert len(wrong & found) >= 0.8 * len(wrong), sorted(wrong - found)


@pytest.mark.parametrize(
    "text",
    [
        "500 € + 19 % = 595 €",
        "$120 − 25% = $90",
        "3 × 50 € = 100–200 €",
        "1.000 € × 1,2 = 1.200 €",
        "€1.200 × 2 = €2,400",
        "10 users × $5 = $50/month = $600/year",
        "(800 € − 200 €) × 3 = 1.800 €",
        "2M requests × $0.40 per million = $0.80",
        "$100/month × 12 = $1,200 − 10 % = $1,080",
    ],
)
def test_what_some_sensible_reading_makes_right_is_no_error(text: str) -> None:
    found = read_text(f"# Costs\n\n{text}\n", "costs.md").audit()

    assert [finding.message for finding in found if finding.is_fault] == []


@pytest.mark.parametrize(
    ("text", "stated", "derived"),
    [
        ("5 meses × 980 € = 4.800 €", "4.800 €", "€4,900"),
        ("4,500円 × 12か月 = 55,000円", "55,000円", "¥54,000"),
        ("800 € + 2 400 € + 8 600 € = 11 900 €", "11 900 €", "€11,800"),
        ("CHF 1'000 × 2 = CHF 3'000, mehr nicht", "CHF 3'000", "CHF 2,000"),
        ("31,97 € − 20,29 € = 11,86 € im Monat", "11,86 €", "€11.68"),
    ],
)
def test_a_wrong_calculation_is_told_as_it_was_written(
    text: str, stated: str, derived: str
) -> None:
    found = read_text(f"# Costs\n\n{text}\n", "costs.md").audit()

    wrong = [finding for finding in found if finding.is_fault]
    assert [(one.rule, one.stated, one.derived) for one in wrong] == [("COST026", stated, derived)]


@pytest.mark.parametrize(
    "after", ["The grant is $500 a year.", "We may spend $100 a year.", "Total budget: $5,000."]
)
def test_a_sentence_behind_a_table_that_is_of_something_else_is_no_total(after: str) -> None:
    text = f"# Costs\n\n| What | Monthly |\n|---|---|\n| A | $20 |\n| B | $5 |\n\n{after}\n"

    draft = import_markdown(text.encode(), "costs.md")
    assert "total:" not in draft.yaml
    assert [one for one in read_text(text, "costs.md").audit() if one.is_fault] == []


@pytest.mark.parametrize(
    "table",
    [
        "| Step | Description |\n|---|---|\n| 1 | Install |\n| 2 | Run it |",
        "| Priority | Task |\n|---|---|\n| 1 | Paint |\n| 1 | Nails |\n| 2 | Wood |",
    ],
)
def test_a_table_of_instructions_or_tasks_is_none_of_stages(table: str) -> None:
    assert "stage" not in import_markdown(f"# Plan\n\n{table}\n".encode(), "plan.md").counts


@pytest.mark.parametrize(
    ("seed", "count"), [(3, 40), pytest.param(4, 2000, marks=pytest.mark.long)]
)
def test_drafts_of_damaged_documents_load(seed: int, count: int) -> None:
    chance = random.Random(seed)
    texts = [one.path.read_text("utf-8").split("\n") for one in EVERY]
    for _ in range(count):
        lines = [*chance.choice(texts)]
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(lines))
            other = chance.choice(chance.choice(texts))
            lines[at] = chance.choice([other, lines[at] + other, lines[at] * 9, lines[at][:9], ""])
        import_markdown("\n".join(lines).encode(), "plan.md")
        read = read_text("\n".join(lines), "plan.md")
        assert read.plan is not None
        read.audit()
