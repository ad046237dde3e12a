"""Totals under another condition than the lines: net and gross, first year, a discount."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.audit import Severity, audit_roadmap
from statusgen.importer import import_markdown
from statusgen.roadmap.loader import load_roadmap
from statusgen.run.documents import audit_markdown


def _faults(text: str) -> list[tuple[str, Severity]]:
    return [(one.rule, one.severity) for one in audit_markdown(text, "p.md") if one.is_fault]


def _table(sign: str, *totals: str, header: str = "Item | Sum") -> str:
    lines = [f"| Alpha | {sign} |", f"| Beta | {sign} |", f"| Gamma | {sign} |"]
    rows = [
        line.format(number) for line, number in zip(lines, ("1000", "2000", "500"), strict=True)
    ]
    ends = [f"| **{label}** | **{sign.format(number)}** |" for label, number in _pairs(totals)]
    return "\n".join(["# P", "", f"| {header} |", "|---|---|", *rows, *ends, ""])


def _pairs(totals: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(one.rpartition("=")[0], one.rpartition("=")[2]) for one in totals]


@pytest.mark.parametrize(
    ("sign", "totals"),
    [
        ("{} €", ("Total HT=3500", "Total TTC=4200")),
        ("{} €", ("Total TTC=4200",)),
        ("{} €", ("Total sin IVA=3500", "Total con IVA=4235")),
        ("{} €", ("Totale imponibile=3500", "Totale ivato=4270")),
        ("{} zł", ("Razem netto=3500", "Razem brutto=4305")),
        ("{} €", ("Total sem IVA=3500", "Total com IVA=4305")),
        ("{} €", ("Summe netto=3500", "Summe brutto=4165")),
        ("{} €", ("Summe brutto=4165",)),
        ("¥{}", ("合計（税抜）=3500", "合計（税込）=3850")),
        ("¥{}", ("合计（不含税）=3500", "合计（含税）=3710")),
        ("{} ₽", ("Итого без НДС=3500", "Итого с НДС=4200")),
        ("{} TL", ("Toplam (KDV hariç)=3500", "Toplam (KDV dahil)=4200")),
        ("{}원", ("합계 (부가세 별도)=3500", "합계 (부가세 포함)=3850")),
        ("{} kr", ("Summa exkl. moms=3500", "Summa inkl. moms=4375")),
        ("{} kr", ("I alt uden moms=3500", "I alt med moms=4375")),
        ("{} kr", ("Sum uten mva=3500", "Sum med mva=4375")),
        ("€ {}", ("Totaal zonder btw=3500", "Totaal met btw=4235")),
        ("${}", ("Total (ex GST)=3500", "Total (inc GST)=3850")),
        ("${}", ("Subtotal=3500", "Total=4165")),
        ("${}", ("Total (gross)=4165",)),
    ],
)
def test_total_with_a_tax_is_not_held_against_lines_without(
    sign: str, totals: tuple[str, ...]
) -> None:
    assert _faults(_table(sign, *totals)) == []


@pytest.mark.parametrize(
    ("sign", "totals"),
    [
        ("{} €", ("Total TTC=3500", "Total HT=2916.67")),
        ("{} €", ("Summe brutto=3500", "Summe netto=2941.18")),
        ("{} zł", ("Razem netto=2845.53",)),
    ],
)
def test_total_without_a_tax_is_not_held_against_lines_with_it(
    sign: str, totals: tuple[str, ...]
) -> None:
    assert _faults(_table(sign, *totals)) == []


@pytest.mark.parametrize(
    "totals",
    [
        ("Total=3500", "First Year Total=3000"),
        ("Total=3500", "Best case total=1750"),
        ("Total=3500", "Total per user (10 users)=350"),
        ("Total=3500", "Total with reserved instances=3100"),
        ("Best case total=3100", "Expected total=3500"),
        ("Total (USD)=3500", "Total (EUR)=3150"),
        ("Gesamt=3500", "Gesamt mit Rabatt=3150"),
        ("Totale=3500", "Totale nel caso migliore=3100"),
        ("合計=3500", "合計（割引適用後）=3150"),
        ("Total (first year)=1750",),
        ("Total avec remise=3150",),
        ("Worst case total=3900",),
    ],
)
def test_total_on_another_condition_is_not_held_against_the_lines(totals: tuple[str, ...]) -> None:
    assert _faults(_table("${}", *totals)) == []


@pytest.mark.parametrize(
    ("totals", "header"),
    [
        (("Total HT=3600", "Total TTC=4320"), "Item | Sum"),
        (("Total TTC=3600",), "Poste | Montant TTC"),
        (("Summe netto=3400", "Summe brutto=4046"), "Posten | Betrag"),
        (("Subtotal=3500", "Total=3600"), "Item | Cost"),
        (("Subtotal=3600", "Total (first year)=3000"), "Item | Cost"),
        (("Razem brutto=3400",), "Pozycja | Kwota brutto"),
    ],
)
def test_total_of_the_lines_is_told_all_the_same(totals: tuple[str, ...], header: str) -> None:
    text = _table("{} €", *totals, header=header)
    assert _faults(text) == [("COST001", Severity.ERROR)]


@pytest.mark.parametrize(
    ("total", "discount"),
    [
        ("Total avant remise", "Remise fidélité"),
        ("Summe vor Rabatt", "Rabatt"),
        ("Total antes de descuento", "Descuento"),
    ],
)
def test_total_before_a_line_that_it_names_is_that_of_the_lines(total: str, discount: str) -> None:
    below = f"| {discount} | −350 € |\n| **Total** | **3150 €** |\n"
    assert _faults(_table("{} €", f"{total}=3500") + below) == []
    assert ("COST001", Severity.ERROR) in _faults(_table("{} €", f"{total}=3600") + below)


def test_digits_that_changed_places_are_asked_about_on_any_condition() -> None:
    text = _table("{} €", "Summe brutto=3050")
    assert _faults(text) == [("COST001", Severity.WARNING)]


@pytest.mark.parametrize("total", ["Total TTC", "Summe brutto", "Razem brutto", "Total (gross)"])
def test_page_of_the_draft_says_the_same(total: str, tmp_path: Path) -> None:
    draft = tmp_path / "draft.yml"
    text = _table("{} €", f"{total}=4200")
    draft.write_text(import_markdown(text.encode(), "p.md").yaml, encoding="utf-8")
    assert not [one for one in audit_roadmap(load_roadmap(draft, "draft.yml")) if one.is_fault]
