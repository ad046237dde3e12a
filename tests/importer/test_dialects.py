"""What a document's own amounts and words tell of its numbers and of signs that several share."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from statusgen.importer import import_markdown
from statusgen.importer.amounts import as_price, currency_in
from statusgen.importer.dialects import dialect_of
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap
from statusgen.roadmap.money import Range
from statusgen.roadmap.price_grammar import parse_price

IN_WORDS = {
    "it": "Il canone del servizio e le spese per il primo anno sono da pagare nel mese di marzo.",
    "de": "Die Kosten für den Betrieb sind mit dem Verein abgestimmt und werden von uns bezahlt.",
    "nl": "De kosten van het beheer zijn met het bestuur besproken en wij betalen per maand.",
    "tr": "Bakım ve sunucu için aylık toplam maliyet bu aşama ile birlikte ödenir.",
    "da": "Vi betaler for driften af serverne, og vores udgifter til mail er ikke med endnu.",
    "nb": "Vi betaler for driften av serverne, og våre utgifter til e-post er ikke med ennå.",
    "sv": "Vi betalar för drift och support från maj, och det är inte med i kostnaden.",
}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Summe 1.195,50 €", "1.234,56"),
        ("Valor: $2.480.000", "1.234,56"),
        ("Kosten € 85,-", "1.234,56"),
        ("Total $1,250.00", ""),
        ("₹1,20,00,000 in all", ""),
        ("Total CHF 12'500", ""),
        (IN_WORDS["it"], "1.234,56"),
        (IN_WORDS["de"], "1.234,56"),
        (IN_WORDS["nl"], "1.234,56"),
        (IN_WORDS["tr"], "1.234,56"),
        (IN_WORDS["sv"], "1.234,56"),
        # Of these nobody can tell, or both.
        ("The host is paid by us and the rest is not for this year: € 1.200.", ""),
        (IN_WORDS["de"] + " CHF 1.200", ""),
        ("Heroku $19.99, Hetzner 4,51 €", ""),
        ("Version 1.204 listens on 192.168.100.200", ""),
    ],
)
def test_how_a_document_writes_numbers(text: str, numbers: str) -> None:
    assert dialect_of(text).numbers == numbers


@pytest.mark.parametrize(
    ("text", "sign", "code"),
    [
        ("| Monto (MXN) |\n|---|\n| $1,150 |", "$", "MXN"),
        ("All amounts in AUD. Hosting $20.", "$", "AUD"),
        ("Renta: $1,150 MXN", "$", "MXN"),
        ("All amounts in CAD. VM $84, and US$26 on top.", "$", "CAD"),
        ("Hosting $20 (AUD 31), billed as USD 20", "$", "USD"),
        ("Hosting $20, domain AUD 31", "$", "USD"),
        ("每月费用：云服务器 ¥320，数据库 ¥260，短信通知 ¥180。", "¥", "CNY"),
        ("サーバーの費用は月額 ¥320 です。見積もりは別です。", "¥", "JPY"),
        ("Paid in RMB: ¥320", "¥", "CNY"),
        ("¥320, or 4,500円", "¥", "JPY"),
        (IN_WORDS["sv"], "kr", "SEK"),
        ("Server 349 kr, alle priser i DKK", "kr", "DKK"),
        ("Server 349 kr", "kr", None),
        (IN_WORDS["da"], "kr", "DKK"),
        (IN_WORDS["nb"], "kr", "NOK"),
        ("Hosting R 1 200, domain R 1 450", "r", "ZAR"),
        ("Quoted by a firm in South Africa: R350", "r", "ZAR"),
        ("Stored in R2, on an r5.large, with R 4.3 installed", "r", None),
        ("Server 20 €, Mail 5 €, Maps ¥500", "¥", None),
        ("Paid in JPY or CNY: ¥500", "¥", None),
    ],
)
def test_what_a_shared_sign_means(text: str, sign: str, code: str | None) -> None:
    assert dialect_of(text).signs.meaning(sign) == code


def _draft(text: str, folder: Path) -> Roadmap:
    path = folder / "draft.yml"
    path.write_text(import_markdown(text.encode(), "plan.md").yaml, encoding="utf-8")
    return load_roadmap(path, "draft.yml")


def _amounts(plan: Roadmap) -> list[tuple[str, Decimal]]:
    (table,) = plan.stacks
    found = []
    for row in table.rows:
        assert row.monthly is not None
        term = row.monthly.terms[0]
        assert term.amount is not None
        found.append((term.currency, term.amount.low))
    return found


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("- Affitto: € 1.850\n- Utenze: € 420\n- Totale: € 2.270 al mese", [1850, 420]),
        ("- Sunucu: ₺1.450\n- Yedek: ₺980\n- Toplam: ₺2.430 aylık ve KDV ile", [1450, 980]),
        ("- Huur: € 1.020,-\n- Beheer: € 240,-\n- Totaal: € 1.260,-", [1020, 240]),
        ("- Staff: ₹2,10,000\n- Cloud: ₹38,500\n- Total: ₹2,48,500", [210000, 38500]),
        ("- 服务器：¥480\n- 带宽和备份的费用：¥350\n- 合计：¥830 每月", [480, 350]),
        ("- Host: €40\n- Mail: €12.50\n- Total: €52.50", [40, Decimal("12.50")]),
    ],
)
def test_a_draft_is_read_as_its_document_was(
    tmp_path: Path, lines: str, expected: list[int]
) -> None:
    plan = _draft(f"# Plan\n\n{lines}\n", tmp_path)

    assert _amounts(plan) == [(plan.currency, Decimal(amount)) for amount in expected]


def test_a_draft_keeps_its_amounts_to_the_letter(tmp_path: Path) -> None:
    text = "# Costi\n\n- Affitto: € 1.850\n- Utenze: € 420\n- Totale: € 2.270 al mese\n"
    plan = _draft(text, tmp_path)

    assert [str(row.monthly) for row in plan.stacks[0].rows] == ["€ 1.850", "€ 420"]
    assert plan.numbers == "1.234,56"


@pytest.mark.parametrize(
    "text",
    [
        "## Variante A – Server\nStrom 22 €/Monat\n\n## Variante B – gemietet\n30 €/Monat\n",
        "**Alternativa A: cinta**\nCosto: 15 €/mes\n\n**Alternativa B: nube**\nCosto: 96 €/mes\n",
        "案A：国内クラウド\n- 長所：円建て\n\n案B：海外クラウド\n- 長所：安い\n",
        "Wariant 1: kino plenerowe\n\nWariant 2: tylko sale\n",
    ],
)
def test_choices_are_told_by_their_heads(tmp_path: Path, text: str) -> None:
    (choice,) = _draft(f"# Plan\n\n{text}", tmp_path).choices

    assert len(choice.options) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Option A is what most of us use today.\n\nOption B is too dear for us.\n",
        "## Option A: alone\n\nThere is no other.\n",
        "Alternativ 1: vi stannar, det kostar inget.\n\nAlternativ 2: vi byter, mot en avgift.\n",
    ],
)
def test_sentences_and_a_single_head_are_no_choice(tmp_path: Path, text: str) -> None:
    assert _draft(f"# Plan\n\n{text}", tmp_path).choices == ()


@pytest.mark.parametrize(
    "time",
    [
        "2. Halbjahr 2027", "2.º semestre de 2027", "1.er trimestre de 2027", "2e helft 2027",
        "2-е полугодие 2027", "II półrocze 2027", "2027年上半年", "2027년 하반기", "2027年度上期",
        "1e kwartaal 2027", "2026年10月〜12月", "31.01.2027", "bis 30/04/2027",
    ],
)  # fmt: skip
def test_parts_of_years_are_times(tmp_path: Path, time: str) -> None:
    plan = _draft(
        f"# Plan\n\n## Phase 1: Start ({time})\nText.\n\n## Phase 2: End\nText.\n", tmp_path
    )
    stage = plan.stages[0]

    assert stage.trigger is None
    assert (*stage.facets.get("When", ()), str(stage.when)).count(time) == 1


def test_stages_are_counted_in_chinese(tmp_path: Path) -> None:
    plan = _draft("# 计划\n\n## 第一阶段：试点\n文\n\n## 第二阶段：推广\n文\n", tmp_path)

    assert [(stage.number, stage.name) for stage in plan.stages] == [("1", "试点"), ("2", "推广")]


def test_what_is_saved_and_one_of_several_costs_are_no_price(tmp_path: Path) -> None:
    text = (
        "# Plan\n\n1. Hoy: servidor, 340 €/mes\n2. Luego: nube, 210 €/mes (ahorro de 130 €)\n\n"
        "## Variante A – Server\n- Anschaffung 2.890 €\n- Strom 22 €/Monat\n\n"
        "## Variante B – Miete\n- 64 €/Monat\n"
    )
    plan = _draft(text, tmp_path)

    assert [amount for _, amount in _amounts(plan)] == [340, 210]
    assert plan.choices[0].options[0].price is None


def test_rates_and_amounts_without_a_time_are_no_month(tmp_path: Path) -> None:
    text = (
        "# Bütçe\n\nÜcret: ₺450/saat\n\n"
        "| İşlem | Saat | Ücret/Saat | Toplam |\n|---|---:|---:|---:|\n"
        "| Arayüz | 24 | ₺450 | ₺10.800 |\n| Test | 12 | ₺400 | ₺4.800 |\n"
        "| **Genel toplam** | **36** | | **₺15.600** |\n"
    )
    (table,) = _draft(text, tmp_path).stacks

    assert [str(row.unit_price) for row in table.rows] == ["₺450", "₺400"]
    assert table.total is not None
    assert table.total.period == "unstated"
    assert {row.period for row in table.rows} == {"unstated"}


def test_what_a_calculation_comes_to_is_kept_to_the_letter(tmp_path: Path) -> None:
    plan = _draft("# Kosten\n\nNa 5 jaar: € 1.195,50 + 60 × € 19,95 = € 2.392,50.\n", tmp_path)

    assert [claim.stated.raw for claim in plan.claims] == ["€ 2.392,50"]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Hosting: R 1 200/month\n- Storage on R2: R450/month\n- Total: R 1 650", [1200, 450]),
        ("Server: Rp 150.000\n- Domain: Rp 1.250.000\n- Total: Rp 1.400.000", [150000, 1250000]),
        ("Réseau : 45 k€\n- Serveurs : 4,5 k€\n- Total : 49,5 k€", [45000, 4500]),
        ("Umbau: 1,2 M€\n- Netz: 45 T€\n- Summe: 1.245 T€", [1200000, 45000]),
    ],
)
def test_signs_and_scales_of_other_countries(tmp_path: Path, text: str, amounts: list[int]) -> None:
    plan = _draft(f"# Plan\n\n- {text}\n", tmp_path)

    assert [amount for _, amount in _amounts(plan)] == amounts


@pytest.mark.parametrize(
    ("header", "cell", "amount"),
    [
        ("Kosten (T€)", "12,5", 12500),
        ("Cost (k€)", "45", 45000),
        ("$000", "1,250", 1250000),
        ("USD thousands", "42.0", 42000),
        ("Budget in Mio. €", "1,2", 1200000),
        ("Coût en milliers €", "45", 45000),
        ("Cost (EUR)", "45", 45),
        ("$/1k tokens", "3", 3),
    ],
)
def test_header_says_how_many_of_a_currency(header: str, cell: str, amount: int) -> None:
    price = parse_price(as_price(cell, currency_in(header)))

    assert price.amount == Range.point(amount)


BARE = """# Club

{said}

| What | Hours | Cost |
|---|---|---|
| Host | 12 | 38 |
| Mail | 3 | 15 |
| Sum | 15 | 53 |
"""


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("All amounts in CHF unless noted.", "CHF"),
        ("Alle Beträge in Euro.", "EUR"),
        ("Les montants sont en CHF.", "CHF"),
        ("Currency: EUR", "EUR"),
        ("単位：円", "JPY"),
    ],
)
def test_bare_amounts_are_in_what_the_document_says(tmp_path: Path, said: str, code: str) -> None:
    plan = _draft(BARE.format(said=said), tmp_path)

    assert plan.currency == code
    assert _amounts(plan) == [(code, Decimal(38)), (code, Decimal(15))]


@pytest.mark.parametrize(
    "said",
    [
        "Figures in USD thousands.",
        "単位：千円",
        "Some invest in EUR.",
        "Prices in EUR, fees in USD.",
        "",
    ],
)
def test_bare_numbers_stay_numbers_where_it_does_not(tmp_path: Path, said: str) -> None:
    assert _draft(BARE.format(said=said), tmp_path).stacks == ()


def test_last_line_without_a_name_is_a_sum_only_where_it_is_one(tmp_path: Path) -> None:
    table = "# X\n\n| What | Cost |\n|---|---|\n| Host | €38 |\n| Mail | €15 |\n| | €{} |\n"
    (summed,) = _draft(table.format(53), tmp_path).stacks
    (more,) = _draft(table.format(20), tmp_path).stacks

    assert summed.total is not None
    assert len(summed.rows) == 2
    assert more.total is None
    assert len(more.rows) == 3
