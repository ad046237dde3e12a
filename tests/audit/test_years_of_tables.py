"""A price a year is one of its own, unless a table shows that its years are twelve months."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.audit import Severity, audit_roadmap
from statusgen.importer import import_markdown
from statusgen.roadmap.loader import load_roadmap
from statusgen.run.documents import audit_markdown


def _table(header: str, *lines: str) -> str:
    rule = "|---" * (header.count("|") - 1) + "|"
    return "\n".join(["# Costs", "", header, rule, *lines, ""])


OFFERS = {
    "less by the year, by another share each": _table(
        "| Tier | Monthly | Annual |", "| Lite | $9.99 | $99 |", "| Max | $24.99 | $249 |"
    ),
    "in yen": _table(
        "| プラン | 月額 | 年額 |", "| 個人 | 980円 | 9,800円 |", "| 家族 | 1,480円 | 15,000円 |"
    ),
    "one of two costs less": _table(
        "| Abo | Monat | Jahr |", "| Zeitung | 12,99 € | 129,00 € |", "| Sport | 30 € | 360 € |"
    ),
    "half by the year": _table(
        "| Plano | Mensal | Anual |", "| A | R$ 19,90 | R$ 119,00 |", "| B | R$ 49,90 | R$ 289,00 |"
    ),
    "by the month, paid at once": _table(
        "| Plan | Monatlich | Jährlich |", "| Start | €55 | €49 |", "| Profi | €109 | €99 |"
    ),
    "the total counts the offer": _table(
        "| Service | Monthly cost | Annual cost |", "| Repo | $4 | $48 |", "| Draw | $15 | $144 |",
        "| Mail | $10 | $120 |", "| Total | $29 | $312 |",
    ),
    "thirteen wages": _table(
        "| Job | Monthly | Yearly |", "| Nurse | 3.200 € | 41.600 € |",
        "| Cook | 4.100 € | 49.200 € |",
        "| Guard | 2.500 € | 30.000 € |",
    ),
    "a bonus": _table(
        "| Position | Monthly gross | Annual gross |", "| Junior | 3,500 € | 45,500 € |",
        "| Senior | 5,000 € | 66,000 € |",
    ),
    "months rounded from years": _table(
        "| Posten | Monat | Jahr |", "| Versicherung | 29 € | 350 € |", "| Funk | 18 € | 220 € |"
    ),
    "a month rounded beside one that is not": _table(
        "| 厂商 | 月付 | 年付 |", "| A | ¥115 | ¥1382 |", "| B | ¥72 | ¥864 |"
    ),
    "a month cut off": _table(
        "| 厂商 | 月付 | 年付 |", "| A | ¥172 | ¥2073 |", "| B | ¥72 | ¥864 |"
    ),
    "no money": _table(
        "| City | Monthly average (mm) | Yearly (mm) |", "| Bonn | 48 | 570 |",
        "| Rome | 67 | 798 |"
    ),
    "once, in the year alone": _table(
        "| Poste | Mensuel | Annuel |", "| Serveur | 150 USD | 1 800 USD |",
        "| Outil | 26 USD | 312 USD |", "| Écran | — | 800 USD (one-time) |",
        "| **Total** | **~176 USD** | **~2 912 USD** |",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OFFERS)
def test_a_price_of_its_own_is_not_held_against_twelve_months(name: str, tmp_path: Path) -> None:
    path = tmp_path / "draft.yml"
    path.write_text(import_markdown(OFFERS[name].encode(), "d.md").yaml, encoding="utf-8")

    found = [*audit_markdown(OFFERS[name], "d.md"), *audit_roadmap(load_roadmap(path))]

    assert [str(one) for one in found if one.rule == "COST006" and one.is_fault] == []


SLIPS = {
    "two digits that swapped": (
        _table(
            "| Dienst | Monat | Jahr |", "| A | 9 € | 108 € |", "| B | 24 € | 288 € |",
            "| C | 31 € | 732 € |", "| D | 138 € | 1.566 € |",
        ).replace("732", "372"),
        (8, "€1,656 a year", Severity.ERROR),
    ),
    "one digit": (
        _table(
            "| Service | Mensuel | Annuel |", "| A | 9,90 € | 118,80 € |",
            "| B | 20,00 € | 240,00 € |", "| C | 14,50 € | 194,00 € |",
        ),
        (7, "€174 a year", Severity.ERROR),
    ),
    "the total of the years counts twelve months": (
        _table(
            "| Item | Monthly | Annual |", "| A | $225 | $2,500 |", "| B | $40 | $480 |",
            "| Total | $265 | $3,180 |",
        ),
        (5, "$2,700 a year", Severity.ERROR),
    ),
    "no digit, but the only one": (
        _table(
            "| 项目 | 月付 | 年付 |", "| A | ¥15 | ¥170 |", "| B | ¥10 | ¥120 |",
        ),
        (5, "CNY 180 a year", Severity.WARNING),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_a_line_that_leaves_what_all_others_follow_is_told(name: str) -> None:
    text, (line, says, severity) = SLIPS[name]

    (fault,) = [
        one for one in audit_markdown(text, "d.md") if one.rule == "COST006" and one.is_fault
    ]

    assert (fault.line, fault.severity) == (line, severity)
    assert says in fault.message


def test_a_table_is_asked_about_once_at_most() -> None:
    lines = [f"| P{n} | ${n}9 | ${n * 100 + 90} |" for n in range(1, 8)]
    text = _table("| Plan | Monthly | Yearly |", "| Base | $5 | $60 |", *lines)

    assert [str(one) for one in audit_markdown(text, "d.md") if one.is_fault] == []
