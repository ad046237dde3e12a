"""A total is the sum of lines of its own kind: none of key figures, statistics or offers."""

from __future__ import annotations

import pytest

from statusgen.audit import Severity
from statusgen.run.documents import audit_markdown


def _table(header: str, *lines: str) -> str:
    rule = "|---" * (header.count("|") - 1) + "|"
    return "\n".join(["# Q2", "", header, rule, *lines, ""])


SILENT = {
    # A total that is one figure beside others.
    "balance": _table(
        "| Metric | Value |", "| Revenue | $120M |", "| Profit | $15M |", "| Total assets | $160M |"
    ),
    "balance in French": _table(
        "| Indicateur | Valeur |", "| Chiffre d'affaires | 120 M€ |", "| Résultat net | 15 M€ |",
        "| Total bilan | 150 M€ |",
    ),
    "blood": _table(
        "| Marker | Value |", "| LDL | 142 |", "| HDL | 58 |", "| Total cholesterol | 210 |",
        "| Triglycerides | 88 |",
    ),
    "figures in German": _table(
        "| Kennzahl | Wert |", "| Sitzungen gesamt | 6 |", "| Umgebungen | 14 |",
        "| Aufrufe gesamt | 22 |",
    ),
    "loan": _table(
        "| Loan | Value |", "| Principal | $200,000 |", "| Monthly payment | $1,199 |",
        "| Total interest | $231,677 |",
    ),
    "several kinds in one column": _table(
        "| Item | Now |", "| Gross margin | 91 % |", "| Free cash | $1,018 |", "| Cash | $2,786 |",
        "| Total debt | $3,870 |",
    ),
    # Lines that tell of others.
    "mean above a sum": _table(
        "| Monat | Umsatz |", "| Jan | 60 € |", "| Feb | 40 € |", "| Mittelwert | 50 € |",
        "| Summe | 100 € |",
    ),
    "mean in Japanese": _table(
        "| 月 | 売上 |", "| 1月 | 60万円 |", "| 2月 | 40万円 |", "| 平均 | 50万円 |",
        "| 合計 | 100万円 |",
    ),
    "statistics alone": _table(
        "| | Wert |", "| Durchschnitt | 12 € |", "| Maximum | 30 € |", "| Gesamt | 40 € |"
    ),
    "statistics of something": _table(
        "| Indicador | Montante |", "| Ticket médio | R$ 45,00 |", "| Maior venda | R$ 300,00 |",
        "| Total vendido | R$ 400,00 |",
    ),
    # Offers and parts of a page that are called so.
    "an offer": _table(
        "| Plan | Price |", "| Basic | 120 € |", "| Extended | 240 € |", "| Total Care | 400 € |"
    ),
    "a product": _table(
        "| Product | Price |", "| Total Commander | $48 |", "| Text editor | $30 |",
        "| Diff | $25 |",
    ),
    "a part of a page": _table(
        "| Element | Neu |", "| Logo | 40px |", "| Titel | 16px |", "| Gesamtsumme | 14px |",
        "| Fuß | 8px |",
    ),
    # How many times, and how much for one.
    "factors": _table(
        "| 項目 | 改善 |", "| 検索 | 6-9倍 |", "| 描画 | 5-7倍 |", "| **合計** | **15-20倍** |"
    ),
    "factors in English": _table(
        "| Step | Gain |", "| Parse | 3x |", "| Render | 4x |", "| Total | 6x |"
    ),
    "a mean of numbers": _table(
        "| Group | PF |", "| A | 125.0 |", "| B | 147.8 |", "| C | 77.9 |", "| TOTAL | 134.2 |"
    ),
    "how many and for one": _table(
        "| Dataset | Images |", "| Classes | 10 |", "| Per class | 6,000 |", "| Total | 6,500 |"
    ),
    # Lines that a total does without, or that are taken off.
    "bonus": _table(
        "| Task | Points |", "| A | 40 |", "| B | 60 |", "| Bonus | 10 |", "| Total | 100 |"
    ),
    "brought forward": _table(
        "| Posten | Betrag |", "| Übertrag | 500 € |", "| Miete | 300 € |", "| Strom | 80 € |",
        "| Summe | 380 € |",
    ),
    "deposit": _table(
        "| Poste | Montant |", "| Loyer | 900 € |", "| Caution | 2 700 € |", "| Charges | 250 € |",
        "| Total | 1 150 € |",
    ),
    "voucher": _table(
        "| Position | Betrag |", "| Schuhe | 90,00 € |", "| Gutschein | 15,00 € |",
        "| Versand | 4,90 € |", "| Gesamt | 79,90 € |",
    ),
    "best of them": _table(
        "| Quiz | Points |", "| 1 | 8 |", "| 2 | 6 |", "| 3 | 10 |", "| Total (best two) | 18 |"
    ),
    "gross and net": _table(
        "| Posten | EUR |", "| Brutto | 3.500,00 |", "| Steuer | 420,00 |", "| Kasse | 605,50 |",
        "| Netto | 2.474,50 |",
    ),
    # Notes in brackets, and sums over two columns.
    "a note behind an amount": _table(
        "| 資產 | WebP |", "| sea | 56 KB |", "| car | 46 KB |", "| duo | 67 KB（已有） |",
        "| **合計** | **169 KB** |",
    ),
    "paid once": _table(
        "| Poste | Annuel |", "| Serveur | 1 800 USD |", "| Outil | 312 USD |",
        "| Écran | 800 USD (one-time) |", "| **Total** | **2 912 USD** |",
    ),
    "changes without money": _table(
        "| Line | Diff |", "| Rent | 0 |", "| Food | +50 |", "| Fun | -60 |", "| Total | 10 |"
    ),
    "once and by the year": _table(
        "| What | One-Time | Annual |", "| Drives | $20 | $0 |", "| API | $22 | - |",
        "| Use | - | $12 |", "| Cloud (optional) | - | $120 |", "| Total (minimum) | $42 | $54 |",
    ),
    # What cannot be added.
    "archive": _table(
        "| File | Gzipped |", "| a | 40 KB |", "| b | 9 KB |", "| Total | 47 KB |"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SILENT)
def test_a_total_of_something_else_is_no_sum(name: str) -> None:
    assert [str(one) for one in audit_markdown(SILENT[name], "d.md") if one.is_fault] == []


TOLD = {
    "noun that the table speaks of": (
        _table(
            "| Server | Cost |", "| EU | $120 |", "| US | $230 |", "| Total server cost | $390 |"
        ),
        Severity.ERROR,
    ),
    "noun of its own in a plain table": (
        _table(
            "| Posten | Betrag |", "| Miete | 300 € |", "| Strom | 80 € |", "| Summe Haus | 390 € |"
        ),
        Severity.ERROR,
    ),
    "mean above a wrong sum": (
        _table(
            "| Mois | Dépense |", "| Jan | 60 € |", "| Fév | 40 € |", "| Moyenne | 50 € |",
            "| Total | 110 € |",
        ),
        Severity.ERROR,
    ),
    "a slip of one digit among figures": (
        _table(
            "| Metric | Value |", "| Disks | $1,240 |", "| Boards | $2,155 |", "| Cases | $310 |",
            "| Total parts | $3,755 |",
        ),
        Severity.WARNING,
    ),
    "a note behind an amount": (
        _table(
            "| Item | Cost |", "| A | $56 |", "| B | $46 (list) |", "| Total | $92 |",
        ),
        Severity.ERROR,
    ),
    "gross alone": (
        _table(
            "| Posten | EUR |", "| Hardware | 3.500,00 |", "| Software | 420,00 |",
            "| Brutto | 3.290,00 |",
        ),
        Severity.WARNING,  # what is taken off may stand elsewhere
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_a_slip_in_a_sum_is_still_told(name: str) -> None:
    text, severity = TOLD[name]

    found = [one.severity for one in audit_markdown(text, "d.md") if one.is_fault]

    assert found == [severity]
