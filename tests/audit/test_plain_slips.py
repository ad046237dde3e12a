"""Slips that any reader sees at once: a sum without a name, so many at a price each."""

from __future__ import annotations

import pytest

from statusgen.audit import Severity
from statusgen.run.documents import audit_markdown

ASKED = [("COST001", Severity.WARNING)]


def _faults(text: str) -> list[tuple[str, Severity]]:
    return [(one.rule, one.severity) for one in audit_markdown(text, "p.md") if one.is_fault]


OFFER = """\
# Offer

| {head} |
|---|---|---|
| Design | 240 h | {first} |
| Front end | 400 h | {second} |
| Server | 400 h | {second} |
| | | {total} |
"""


@pytest.mark.parametrize(
    ("head", "first", "second", "right", "wrong"),
    [
        ("Service | Hours | Price", "$12,000", "$16,000", "$44,000", "$53,000"),
        ("Leistung | Stunden | Preis", "12.000 €", "16.000 €", "**44.000 €**", "**40.500 €**"),
        ("項目 | 時間 | 金額", "120,000円", "160,000円", "440,000円", "500,000円"),
    ],
)
def test_last_line_without_a_name_is_the_sum(
    head: str, first: str, second: str, right: str, wrong: str
) -> None:
    values = {"head": head, "first": first, "second": second}
    assert _faults(OFFER.format(**values, total=right)) == []
    assert _faults(OFFER.format(**values, total=wrong)) == ASKED


@pytest.mark.parametrize("total", ["$9,000", "$190,000", "240 h", "$16,000", "on request"])
def test_last_line_without_a_name_may_be_anything_else(total: str) -> None:
    head = "Service | Hours | Price"
    text = OFFER.format(head=head, first="$12,000", second="$16,000", total=total)
    assert _faults(text) == []


@pytest.mark.parametrize(
    ("head", "sign"),
    [
        ("Item | Biaya / Tahun (IDR)", "Rp {}"),
        ("Tétel | Költség / év", "{} €"),
        ("Pozicija | Kaina / metus", "€{}"),
    ],
)
def test_unknown_word_behind_a_stroke_may_be_a_time(head: str, sign: str) -> None:
    lines = "".join(f"| {name} | {sign} |\n" for name in ("Hosting", "Domain", "Cadangan"))
    text = "# P\n\n| {head} |\n|---|---|\n{lines}| **Total** | {total} |\n"
    amounts = ("600", "150", "450")
    filled = lines
    for amount in amounts:
        filled = filled.replace("{}", amount, 1)
    right, wrong = (
        text.format(head=head, lines=filled, total=sign.format(number)) for number in (1200, 1300)
    )
    assert _faults(right) == []
    assert _faults(wrong) == ASKED


def test_price_of_one_behind_a_stroke_is_no_sum() -> None:
    text = (
        "# P\n\n| Plan | Custo / cliente |\n|---|---|\n| A | $600 |\n| B | $400 |\n| C | $300 |\n"
    )
    assert _faults(text + "| **Total** | **$433** |\n") == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("ML Engineers (4): $880K ($220K each)", "ML Engineers (4): $808K ($220K each)"),
        (
            "Entwickler (12): 1.260 € (105 € je Person)",
            "Entwickler (12): 1.620 € (105 € je Person)",
        ),
        ("Postes (3) : 1350 € (450 € chacun)", "Postes (3) : 1530 € (450 € chacun)"),
    ],
)
def test_so_many_at_a_price_each_come_to_what_is_stated(right: str, wrong: str) -> None:
    assert _faults(f"# P\n\n- {right}\n") == []
    assert _faults(f"# P\n\n- {wrong}\n") == [("COST026", Severity.WARNING)]


def test_so_many_for_part_of_a_year_are_no_slip() -> None:
    assert _faults("# P\n\n- Engineers (4): $440K ($220K each)\n") == []


@pytest.mark.parametrize(
    ("label", "sign"),
    [
        ("Valor total do projeto", "R$ {}"),
        ("Importe total del proyecto", "{} €"),
        ("Somme des postes", "{} €"),
    ],
)
def test_total_of_the_project_is_a_sum(label: str, sign: str) -> None:
    rows = f"| Pessoal | {sign.format(1000)} |\n| Licenças | {sign.format(500)} |\n"
    head = "# P\n\n| Item | Valor |\n|---|---|\n"
    assert _faults(f"{head}{rows}| {label} | {sign.format(1500)} |\n") == []
    assert _faults(f"{head}{rows}| {label} | {sign.format(1700)} |\n") == [
        ("COST001", Severity.ERROR)
    ]
