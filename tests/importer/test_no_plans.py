"""Documents that look like plans and are none: what stands in them is kept as it is."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown


def _draft(text: str) -> dict[str, Any]:
    draft = yaml.safe_load(import_markdown(text.encode(), "doc").yaml)
    assert isinstance(draft, dict)
    return draft


STAGES = {"stages", "phases", "priorities"}


@pytest.mark.parametrize(
    "text",
    [
        """# Aide
## Dépannage
### Erreur : "No such price"
- **Cause** : mauvais code
- **Solution** : Vérifier les codes
""",
        "# Hilfe\n## Fehler\n### Druckt nicht\n**Ursache:** Treiber\n\n**Lösung:** der alte\n",
        "# Help\n## Trouble\n### Wrong price\n- Problem: it is old\n- Solution: check the id\n",
        "# FAQ\n\n## General\n\n**Q: Which Python?**\nA: 3.9+ (works with 3.12)\n",
        "# Preguntas\n\n## Precio\n\n### ¿Cuánto cuesta?\n\nP: ¿Cuánto?\nA: 10 € al mes\n",
    ],
    ids=["fr", "de", "en", "q-and-a", "es"],
)
def test_answers_and_mends_are_no_work(text: str) -> None:
    assert not STAGES & _draft(text).keys()


def test_a_need_with_its_solution_is_work() -> None:
    text = "# Plan\n\n## Mail\n\n- Problem: no bulk mail\n- Solution: Mailgun ($15/month)\n"
    ((stage),) = _draft(text)["stages"]
    assert stage["items"][0]["service"]["name"] == "Mailgun"


@pytest.mark.parametrize(
    "text",
    [
        "# Crêpes\n\n## Étapes\n\n1. Mélanger les œufs.\n2. Laisser reposer 1 heure.\n",
        "# Naleśniki\n\n## Etapy\n\n1. Wymieszaj mąkę.\n2. Smaż 2 minuty.\n",
        "# Блины\n\n## Этапы\n\n1. Смешать муку.\n2. Жарить 2 минуты.\n",
        "# Bolo\n\n## Etapas\n\n1. Misture a farinha,\n2. asse por 40 minutos.\n",
    ],
    ids=["fr", "pl", "ru", "pt"],
)
def test_the_steps_of_a_recipe_are_no_stages(text: str) -> None:
    draft = _draft(text)
    assert not STAGES & draft.keys()
    assert "x-unread" not in draft


@pytest.mark.parametrize(
    "text",
    [
        "# Plan\n\n## Étapes\n\n1. Serveur de test\n2. Bascule\n",
        "# Plan\n\n## Etapas\n\n1. **Piloto**: cinco clientes.\n2. **Todos**: el resto.\n",
        "# Plan\n\n## Этапы\n\n1. Пилот\n2. Все остальные\n",
    ],
    ids=["fr", "es", "ru"],
)
def test_the_stages_of_a_plan_are_read(text: str) -> None:
    assert len(_draft(text)["stages"]) == 2


def test_levels_of_a_game_are_no_stages() -> None:
    text = "# Game\n\n## Map\n\n### Level 1: Village (Early Game)\n\n- 30 foes\n\n"
    text += "### Level 2: Forest (Mid Game)\n\n- 50 foes\n"
    assert not STAGES & _draft(text).keys()


def test_tiers_that_are_planned_are_stages() -> None:
    text = "# Plan\n\n## Growth\n\n### Tier 1: Launch (March 2027)\n\n- Mail\n\n"
    text += "### Tier 2: Region (May 2027)\n\n- DNS\n"
    assert len(_draft(text)["stages"]) == 2


@pytest.mark.parametrize("day", ["DÍA", "Tag", "Jour", "День"])
def test_days_of_a_journey_are_no_stages(day: str) -> None:
    text = f"# Trip\n\n## {day} 1: Roma\n\n- Hotel: 90 €\n\n## {day} 2: Napoli\n\n- Hotel: 80 €\n"
    assert not STAGES & _draft(text).keys()


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("# Final\n\nGoals: 3-3, penalties 4-2\n", None),
        ("# Plan\n\nGoal: 50% less to pay\n", "50% less to pay"),
    ],
)
def test_goals_of_a_game_are_no_goal(text: str, goal: str | None) -> None:
    assert _draft(text).get("goal") == goal


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        ("Reads are 1000x faster", "1000x"),
        ("Lookups: 1,500x faster than before", "1,500x"),
        ("It is 10,000x cheaper now", "10,000x"),
        ("Ca. 2 000x less", "2 000x"),
        ("So it is 2.5x faster", "2.5x"),
    ],
)
def test_a_ratio_is_stated_as_a_whole(said: str, stated: str) -> None:
    ((claim),) = _draft(f"# A\n\n## B\n\n{said}\n")["claims"]
    assert claim["stated"] == stated


@pytest.mark.parametrize(
    ("lines", "monthly"),
    [
        ("Zwischensumme: €80.00\nMwSt. (19%): €15.20\nGesamt: €95.20", "€80.00"),
        ("Sous-total : 80,00 €\nTVA (20 %) : 16,00 €\nTotal TTC : 96,00 €", "80,00 €"),
        ("Subtotal: $80.00\nTax (5%): $4.00\nTotal: $84.00", "$80.00"),
        ("Total: $80.00\nper month", "$80.00 per month"),
    ],
    ids=["de", "fr", "en", "wrapped"],
)
def test_a_sum_ends_where_the_next_line_has_a_label(lines: str, monthly: str) -> None:
    sign = "€" if "€" in lines else "$"
    table = f"| Item | Price |\n|---|---|\n| Cleaning | {sign}60.00 |\n| Glass | {sign}20.00 |\n"
    assert _draft(f"# A\n\n{table}\n{lines}\n")["stacks"][0]["total"]["monthly"] == monthly


def test_an_answer_stays_with_its_question() -> None:
    text = "# FAQ\n\n## General\n\n**Q: Is it free?**\nA: Yes\n\n**Q: For all?**\nA: No\n"
    ((section),) = _draft(text)["x-sections"]
    assert section["notes"] == ["Q: Is it free? A: Yes", "Q: For all? A: No"]


UNPAID = [
    "| Symbol | Entry price | Value |\n|---|---|---|\n| HUM | $394 | $1,528 |",
    "| Datum | Schlusskurs |\n|---|---|\n| 2.1. | 185,64 € |\n| 3.1. | 184,25 € |",
    "| Place | Prize |\n|---|---|\n| 1 | $1,000 |\n| 2 | $500 |",
    "| Metric | Value |\n|---|---|\n| Net income | $6,858 |\n| Total debt | $39,060 |",
    "| Poste | Montant |\n|---|---|\n| Capitaux propres | 900 € |\n| Dettes | 400 € |",
    "| 項目 | 金額 |\n|---|---|\n| 純利益 | 900円 |\n| 有利子負債 | 400円 |",
    "| Extra payment | Time saved | Interest saved |\n|---|---|---|\n| $100 | 4 years | $62,000 |",
]


@pytest.mark.parametrize("table", UNPAID)
def test_amounts_that_nobody_pays_are_no_costs(table: str) -> None:
    draft = _draft(f"# A\n\n## B\n\n{table}\n")
    assert "stacks" not in draft
    assert len(draft["x-tables"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "### Einsparungen\n\n- gegenüber Pro: 14 €/Monat\n- gegenüber Max: 144 €/Monat\n",
        "### Cost savings\n\n- Hosting: $50/month\n- Mail: $20/month\n",
        "### Balance\n\n- Debt: $100,000\n- Equity: $120,000\n",
    ],
)
def test_lists_of_what_nobody_pays_are_no_costs(text: str) -> None:
    assert "stacks" not in _draft(f"# A\n\n{text}")


@pytest.mark.parametrize(
    "table",
    [
        "| Item | Cost |\n|---|---|\n| Rent | $500 |\n| Petty cash | $50 |\n| Stamps | $9 |",
        "| Poste | Montant |\n|---|---|\n| Loyer | 900 € |\n| Dette | 40 € |\n| Eau | 9 € |",
        "| Service | Current price | Notes |\n|---|---|---|\n| Mail | $5 | a |\n| Web | $9 | b |",
    ],
)
def test_costs_with_such_a_line_among_them_are_costs(table: str) -> None:
    assert len(_draft(f"# A\n\n## B\n\n{table}\n")["stacks"]) == 1


@pytest.mark.parametrize(
    ("table", "annual"),
    [
        ("| Plan | Monat | Jahr | Immer |\n|---|---|---|---|\n| Pro | 5 € | 30 € | 80 € |", ""),
        ("| Tier | Month | Year | Life |\n|---|---|---|---|\n| Pro | $5 | $60 | $80 |", "$60"),
        ("| 套餐 | 月付 | 年付 | 年付月均 |\n|---|---|---|---|\n| Pro | $49 | $348 | $29 |", ""),
    ],
    ids=["de", "en", "zh"],
)
def test_a_plan_has_one_price(table: str, annual: str) -> None:
    ((stack),) = _draft(f"# A\n\n## B\n\n{table}\n")["stacks"]
    ((row),) = stack["rows"]
    assert row.get("annual", "") == annual
    assert "monthly" in row


@pytest.mark.parametrize(
    "header", ["| Service | Setup | Hosting |", "| Paket | Einmalig | Monatlich |"]
)
def test_columns_of_other_costs_are_costs_of_their_own(header: str) -> None:
    table = f"{header}\n|---|---|---|\n| Web | $5 | $6 |\n| Mail | $7 | $8 |\n"
    assert len(_draft(f"# A\n\n## B\n\n{table}")["stacks"]) == 2


@pytest.mark.parametrize(
    "header",
    ["| Service | Cost | Notes |", "| Dienst | Kosten | Notiz |", "| 項目 | 費用 | 備考 |"],
)
def test_remarks_are_no_column_of_costs(header: str) -> None:
    rows = "|---|---|---|\n| Mail | $8 | part of the $25 plan |\n| Web | $5 | $1 of it later |\n"
    assert len(_draft(f"# A\n\n## B\n\n{header}\n{rows}")["stacks"]) == 1


def test_the_price_of_an_hour_is_no_cost_of_its_own() -> None:
    table = "| Arbeit | Stunden | Preis in CHF | Betrag in CHF |\n|---|---|---|---|\n"
    table += "| Beratung | 108.5 | 130 | 14105 |\n| Test | 4.25 | 135 | 573.75 |\n"
    ((stack),) = _draft(f"# A\n\n## B\n\n{table}")["stacks"]
    assert [row["unit_price"] for row in stack["rows"]] == ["CHF 130", "CHF 135"]


@pytest.mark.parametrize(
    "text",
    [
        "### `Config(options)`\n\nOptions:\n\n- `types` All types.\n- `names` An object.\n",
        "### `connect(options)`\n\nMore options:\n\n- `wait` {number} Calls `set(wait)`.\n",
        "### Options\n\n- `host` - the host\n- `port` - the port, 80\n",
    ],
)
def test_options_of_a_program_are_no_choices(text: str) -> None:
    draft = import_markdown(f"# A\n\n{text}".encode(), "doc").yaml
    assert "choices:" not in draft
    assert "qualifier" not in draft


def test_options_that_somebody_decides_between_are_choices() -> None:
    text = "# A\n\n### Database\n\nOptions:\n\n- `sqlite3` on one disk\n- Postgres, $15/month\n"
    assert len(_draft(text)["choices"][0]["options"]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "### `rl.rollback()`\n\n- Returns: this\n",
        "## Fallback fonts\n\n- Arial\n- Helvetica\n",
        "## Fallback behaviour\n\n1. The old file\n2. None\n",
    ],
)
def test_what_only_sounds_so_is_no_rollback(text: str) -> None:
    assert "rollback" not in _draft(f"# A\n\n{text}")


@pytest.mark.parametrize("title", ["Rollback", "Fallback plan", "Fallback: the old one"])
def test_the_way_back_is_a_rollback(title: str) -> None:
    text = f"# A\n\n## {title}\n\n1. Stop the new server\n2. Start the old one\n"
    assert len(_draft(text)["rollback"]["steps"]) == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("The poll has a margin of error of 3%.", False),
        ("There is no margin buffer of 1%.", False),
        ("Set the `margin-left` to 25%.", False),
        ("The margin is 40%.", True),
    ],
)
def test_a_margin_is_one_of_money(said: str, told: bool) -> None:
    assert ("claims" in _draft(f"# A\n\n## B\n\n{said}\n")) is told


@pytest.mark.parametrize(
    ("lines", "is_drawn"),
    [
        ("src/\n├── main.py\n├── lib/\n└── README.md", False),
        ("App\n├── Web server\n├── Database\n└── Queue", True),
        ("┌─────┐\n│ Web │\n└─────┘", True),
    ],
)
def test_a_tree_of_files_is_no_architecture(lines: str, is_drawn: bool) -> None:
    assert ("architectures" in _draft(f"# A\n\n## B\n\n```\n{lines}\n```\n")) is is_drawn


def test_how_many_times_the_price_of_one_are_what_comes_in_together() -> None:
    table = "| Tier | € / month | Sponsors | € |\n|---|---|---|---|\n| A | 5 | 14 | 70 |\n"
    table += "| B | 25 | 15 | 375 |\n| | | 29 | 445 |\n"
    ((stack),) = _draft(f"# A\n\n## B\n\nAll in €.\n\n{table}")["stacks"]
    assert [row["unit_price"] for row in stack["rows"]] == ["€5", "€25"]


@pytest.mark.parametrize(
    ("usage", "tier"), [("70% (~4,500 requests)", None), ("80 %", None), ("Small", "Small")]
)
def test_a_share_that_is_used_is_no_size(usage: str, tier: str | None) -> None:
    table = (
        f"| Service | Size | Cost |\n|---|---|---|\n| A | {usage} | $5 |\n| B | {usage} | $9 |\n"
    )
    assert _draft(f"# A\n\n## B\n\n{table}")["stacks"][0]["rows"][0].get("tier") == tier
