"""Which amount of a line is its price, and what is a remark on another."""

from __future__ import annotations

import pytest

from statusgen.importer import import_markdown
from statusgen.importer.words import priced


@pytest.mark.parametrize(
    ("line", "name", "price", "note"),
    [
        ("Heroku ($50/month)", "Heroku", "$50/month", ""),
        ("Render, $180/mo (saves $70)", "Render", "$180/mo", "saves $70"),
        ("Render, $180/mo (was $250)", "Render", "$180/mo", "was $250"),
        ("Server 20 €/Monat (statt 30 €)", "Server", "20 €/Monat", "statt 30 €"),
        ("Serveur : 20 €/mois (au lieu de 30 €)", "Serveur", "20 €/mois", "au lieu de 30 €"),
        ("S3 (up from $20) $35/mo", "S3", "$35/mo", "up from $20"),
        ("Heroku (was $50)", "Heroku (was $50)", "", ""),
        ("Wasabi ($6.99/TB)", "Wasabi", "$6.99/TB", ""),
        ("Worker x2 ($7 each)", "Worker x2", "$7 each", ""),
    ],
)
def test_the_price_of_a_line(line: str, name: str, price: str, note: str) -> None:
    read = priced(line)

    assert (read.name, read.price, read.note) == (name, price, note)


def test_months_in_brackets_a_sum_below_a_list_and_criteria_without_a_colon() -> None:
    text = """# Plan

Phase 1 (Sep 2026 – Dec 2026): second region
  * 2x machines  → $440/mo
  * Sentry stays $25/mo
  total: $465/mo

Phase 2 (2027): a second provider
  * + $120/mo minimum invoice
  total: $585/mo

Exit criteria for phase 2
- p95 checkout < 800 ms over 30 days
- 99.95% uptime
"""

    draft = import_markdown(text.encode(), "plan.md").yaml

    for words in (
        'name: "second region"',
        'when: "Sep 2026 – Dec 2026"',
        'name: "Sentry stays"',
        'monthly: "$465/mo"',
        '"Exit criteria for phase 2":',
    ):
        assert words in draft, words
    assert 'name: "99.95% uptime"' not in draft
    assert "Line 1" not in draft


def test_a_line_costs_its_month_not_its_unit() -> None:
    text = """## Étape 1 : Ouverture

| Service | Prix unitaire | Qté | Mensuel |
|---|---|---|---|
| Serveur | 19,99 € | 3 | 59,97 € |
| Base | 45 € | 1 | 45 € |
| | | Total | 104,97 € |

## Étape 2 : Suite
"""

    draft = import_markdown(text.encode(), "plan.md").yaml

    assert 'price: "59,97 €"' in draft
    assert 'price: "19,99 €"' not in draft
    assert 'stated: "104,97 €"' in draft


def test_what_a_plan_earns_is_no_cost() -> None:
    text = """| | Low | High |
|---|---|---|
| Revenue | $1,000 | $5,000 |
| Servers | $400 | $900 |
| Profit | $600 | $4,100 |
"""

    draft = import_markdown(text.encode(), "plan.md").yaml

    assert "monthly" not in draft
    assert '"$4,100"' in draft


def test_a_line_under_an_entry_that_is_no_sum_stays_in_it() -> None:
    text = "## Phase 1: Build\n\n- Server: $40/month\n- Disk: $5/month\n  size: 40 GB\n"

    draft = import_markdown(text.encode(), "plan.md").yaml

    assert 'name: "size: 40 GB"' not in draft
    assert "size: 40 GB" in draft
