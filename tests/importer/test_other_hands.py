"""Stages, options and sums as other hands write them: in trees, by letters, above a rule."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown
from statusgen.importer.words import priced
from statusgen.run.documents import audit_markdown


def _draft(text: str) -> dict[str, Any]:
    draft = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)
    assert isinstance(draft, dict)
    return draft


def _errors(text: str) -> list[str]:
    return [f.message for f in audit_markdown(text, "d.md") if str(f.severity) == "error"]


LETTERED = """# RFC

## {head}

### A. Keep polling

Cost: $0
*Pros*
- nothing to do
*Cons*
- slow

### B. Managed queue

Cost: $10/month
Pros
- scales

### C. RabbitMQ

**Cons**
- patching

## Decision

{decision}
"""


@pytest.mark.parametrize("head", ["Options considered", "Alternatives", "What else we looked at"])
def test_sections_by_letter_are_options(head: str) -> None:
    (choice,) = _draft(LETTERED.format(head=head, decision="We go with **B**."))["choices"]
    first, second, third = choice["options"]

    assert [first["name"], second["name"], third["name"]] == [
        "Keep polling",
        "Managed queue",
        "RabbitMQ",
    ]
    assert (first["price"], first["pros"], first["cons"]) == ("$0", ["nothing to do"], ["slow"])
    assert (second["price"], second["pros"], third["cons"]) == (
        "$10/month",
        ["scales"],
        ["patching"],
    )
    assert choice["chosen"]["option"] == second["id"]


@pytest.mark.parametrize(
    "decision", ["A decision is pending.", "We do not go with B.", "Vote in May."]
)
def test_letter_that_decides_nothing_chooses_nothing(decision: str) -> None:
    (choice,) = _draft(LETTERED.format(head="Options", decision=decision))["choices"]

    assert "chosen" not in choice


@pytest.mark.parametrize(
    "text",
    [
        "# Manual\n\n## Chapters\n\n### A. Install\n\nRun it.\n\n### B. Configure\n\nEdit it.\n",
        "# RFC\n\n## Options\n\n### B. Queue\n\nCost: $1\n\n### D. Topic\n\nCost: $2\n",
    ],
)
def test_sections_by_letter_that_are_no_options(text: str) -> None:
    assert "choices" not in _draft(text)


@pytest.mark.parametrize(
    ("line", "pros", "cons"),
    [
        ("Pros: known, cheap. Cons: slow.", "known, cheap.", "slow."),
        ("Vorteile: bekannt; Nachteile: teuer", "bekannt", "teuer"),
        ("Avantages : rapide. Inconvénients : personne ne le connaît.", "rapide.", None),
    ],
)
def test_arguments_of_both_sides_in_one_line(line: str, pros: str, cons: str | None) -> None:
    draft = _draft(f"# X\n\n## Option A: One\n\n{line}\n\n## Option B: Two\n\nCost: €5\n")
    option = draft["choices"][0]["options"][0]

    assert option["pros"] == pros
    assert option["cons"] == (cons or "personne ne le connaît.")


TREE = """# Plan

```
plan/
├── Stage 1: Proof (0–20 testers)       ~€10/mo
│   ├── 1 × CX22 (€3.79)
│   └── object storage (€6)
├── Stage 2: Pilots (20–200)     ~€41/mo
│   ├── 2 × CX32 (€6.80{each})
│   ├── Postgres (€19)
│   └── backups (€8.40)
└── Stage 3: Open doors
    └── load balancer
```
"""


@pytest.mark.parametrize("each", [" each", ""])
def test_branches_of_a_tree_are_stages_with_their_items(each: str) -> None:
    text = TREE.format(each=each)
    first, second, third = _draft(text)["stages"]

    assert (first["name"], first["trigger"], first["cost"]["stated"]) == (
        "Proof",
        "0–20 testers",
        "~€10/mo",
    )
    assert [item["name"] for item in second["items"]] == ["2 × CX32", "Postgres", "backups"]
    assert [item["name"] for item in third["items"]] == ["load balancer"]
    assert _errors(text) == []


def test_wrong_sum_in_a_tree_of_stages_is_found() -> None:
    wrong = TREE.format(each=" each").replace("~€41/mo", "~€61/mo")
    assert {f.rule for f in audit_markdown(wrong, "d.md") if f.is_fault} == {"COST002"}


def test_tree_of_files_is_no_plan() -> None:
    draft = _draft("# X\n\n```\nsrc/\n├── phase1/\n│   └── a.py\n└── phase2/\n    └── b.py\n```\n")

    assert "stages" not in draft
    assert "phases" not in draft


@pytest.mark.parametrize(
    ("name", "price"),
    [("2 × CX32", "€6.80"), ("CX32 (x2)", "€6.80"), ("2x CX32", "€6.80"), ("CX32 2x", "€6.80")],
)
@pytest.mark.parametrize("whole", ["€41", "€34.20"])
def test_price_beside_several_may_be_that_of_one_or_of_all(
    name: str, price: str, whole: str
) -> None:
    listed = f"# X\n\n- {name}: {price}\n- Postgres: €19\n- backups: €8.40\n\nTotal: {whole}/mo\n"
    table = (
        f"# X\n\n| What | Price |\n|---|---|\n| {name} | {price} |\n| Postgres | €19 |\n"
        f"| Backups | €8.40 |\n| Total | {whole} |\n"
    )

    assert _errors(listed) == []
    assert _errors(table) == []
    assert len(_errors(table.replace(whole, "€48"))) == 1


def test_amounts_above_a_rule_are_added_up_and_no_heading() -> None:
    text = (
        "# X\n\n## Summary\n\nNodes ............ 372 €\nBalancer ......... 18 €\n"
        "---------------\nTotal ............ {} €\n\n## Next\n\nText.\n"
    )
    (table,) = _draft(text.format(390))["stacks"]

    assert [row["monthly"] for row in table["rows"]] == ["372 €", "18 €"]
    assert table["total"]["monthly"] == "390 €"
    assert _errors(text.format(390)) == []
    assert len(_errors(text.format(450))) == 1


def test_underlined_words_stay_a_heading() -> None:
    draft = _draft("# X\n\nSomething that goes\nover two lines of 3\n---\n\nText.\n")

    assert draft["x-sections"][0]["name"] == "Something that goes over two lines of 3"


@pytest.mark.parametrize("title", ["Phases", "Etapas", "Étapes", "Этапы", "Etappen"])
def test_numbered_list_under_the_word_for_stages_is_one_of_stages(title: str) -> None:
    draft = _draft(f"# X\n\n## {title}\n\n1. **Pilot** one shop\n2. Whole city — ten shops\n")

    assert [(s["number"], s["name"], s["notes"]) for s in draft["stages"]] == [
        ("1", "Pilot", ["one shop"]),
        ("2", "Whole city", ["ten shops"]),
    ]


@pytest.mark.parametrize("title", ["Steps", "Schritte", "Phase", "Phases of the moon", "Rules"])
def test_numbered_list_under_another_word_is_none(title: str) -> None:
    draft = _draft(f"# X\n\n## {title}\n\n1. Open it\n2. Close it\n")

    assert "stages" not in draft


def test_stage_behind_a_colon_may_begin_with_a_small_letter() -> None:
    draft = _draft("# X\n\n## Harmonogram\n\n- Etap 1: zgłoszenia (do 15 marca)\n- Etap 2: finał\n")

    assert [stage["name"] for stage in draft["stages"]] == ["zgłoszenia", "finał"]
    assert "trigger" not in draft["stages"][0]


def test_bold_weeks_begin_the_windows_of_a_timeline() -> None:
    draft = _draft("# X\n\n## Plan\n\n- **Weeks 1–2** Discovery\n- **Week 3** Build\n")

    assert [
        (entry["when"], entry["steps"][0]["text"]) for entry in draft["timelines"][0]["entries"]
    ] == [
        ("Weeks 1–2", "Discovery"),
        ("Week 3", "Build"),
    ]


@pytest.mark.parametrize(
    "label", ["je Nebenstelle mtl.", "Per seat", "Par poste", "Extension, each"]
)
def test_line_that_tells_the_price_of_one_is_no_part_of_the_sum(label: str) -> None:
    text = (
        "# X\n\n| | A | B |\n|---|---|---|\n| Base | 49,00 € | 35,00 € |\n"
        f"| {label} | 6,90 € | 8,20 € |\n| 14 seats | 96,60 € | 114,80 € |\n"
        "| Total | {a} | 149,80 € |\n| 24 months | 3.494,40 € | 3.595,20 € |\n"
    )

    assert _errors(text.format(a="145,60 €")) == []
    assert len(_errors(text.format(a="175,60 €"))) == 1


def test_sum_below_the_dots_of_a_numbered_list_is_its_sum() -> None:
    text = (
        "# X\n\n1) Elétrica ............... R$ 8.400,00\n2) Piso ................... R$ 6.250,00\n"
        "                      TOTAL  R$ {}\n"
    )
    (table,) = _draft(text.format("14.650,00"))["stacks"]

    assert [row["name"] for row in table["rows"]] == ["Elétrica", "Piso"]
    assert table["total"]["monthly"] == "R$ 14.650,00"
    assert _errors(text.format("14.650,00")) == []
    assert len(_errors(text.format("15.650,00"))) == 1


@pytest.mark.parametrize(("month", "year"), [("Per månad", "Per år"), ("Pr. måned", "Pr. år")])
def test_header_of_a_period_is_none_of_one_piece(month: str, year: str) -> None:
    (table,) = _draft(
        f"# X\n\n| Post | {month} | {year} |\n|---|---|---|\n| Server | 129 kr | 1548 kr |\n"
        "| Mail | 75 kr | 900 kr |\n\nAlla belopp i kronor (SEK).\n"
    )["stacks"]

    assert [(row["monthly"], row["annual"]) for row in table["rows"]] == [
        ("129 kr", "1548 kr"),
        ("75 kr", "900 kr"),
    ]


@pytest.mark.parametrize(
    ("line", "price"),
    [
        ("3 × CX32, €6.80 each = €20.40/month", "€6.80 each = €20.40/month"),
        ("2 × CX32 (€6.80 each)", "2 × €6.80"),
        ("Marketplace: 8% of sales", "8% of sales"),
        ("Reach: $40k in sales", ""),
    ],
)
def test_price_of_several_and_shares_of_sales(line: str, price: str) -> None:
    assert priced(line).price == price
