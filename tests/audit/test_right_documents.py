"""Documents in which everything is right under some sensible reading: nothing is called an error.

``right.md`` holds them, each behind a line ``@@ name``; each was called wrong once.
``right_tables.md`` holds tables and sentences in six languages, most of which are no sums;
``right_strangers.md`` plans and calculations as many hands write them, ``right_hands.md`` whole
documents in twelve languages; ``right_wild.md`` sections on costs in the shapes of many READMEs;
``right_shapes.md`` and ``right_snippets.md`` small tables, lists and sentences, once called wrong.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from statusgen.audit import Severity, audit_roadmap
from statusgen.base.yamltree import load
from statusgen.importer import import_markdown
from statusgen.roadmap.agreement import fits
from statusgen.roadmap.costs import adds_up, table_cost
from statusgen.roadmap.loader import load_roadmap, roadmap_of
from statusgen.roadmap.model import Roadmap
from statusgen.roadmap.money import Range
from statusgen.run.documents import audit_markdown
from tests.audit.wrong_tables import CHANGES


def _documents(name: str) -> dict[str, str]:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    parts = re.split(r"^@@ (.+)\n", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


TABLES = _documents("right_tables.md")
STRANGERS = _documents("right_strangers.md")
RIGHT = _documents("right.md") | TABLES | STRANGERS
RIGHT |= _documents("right_hands.md") | _documents("right_wild.md")
RIGHT |= _documents("right_shapes.md") | _documents("right_snippets.md")


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_in_some_reading_is_no_error(name: str) -> None:
    errors = [
        finding.message
        for finding in audit_markdown(RIGHT[name], "right.md")
        if finding.severity is Severity.ERROR
    ]

    assert errors == []


@cache
def _draft(name: str) -> Roadmap:
    """Return the roadmap that a document's draft holds; two tests look at each."""
    draft = import_markdown(RIGHT[name].encode(), "right.md").yaml
    return roadmap_of(load(draft, "draft.yml"), "draft")


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_in_a_document_is_right_in_its_draft(name: str) -> None:
    found = audit_roadmap(_draft(name))

    assert [finding.message for finding in found if finding.severity is Severity.ERROR] == []


@pytest.mark.parametrize("name", RIGHT)
def test_a_sum_is_shown_only_where_the_author_states_it(name: str) -> None:
    for _, table in _draft(name).tables():
        if adds_up(table):
            assert table.total is not None
            stated = [each.amount for each in (table.total.monthly, table.total.annual) if each]
            (shown,) = (amount for _, amount in table_cost(table).amounts)
            whole = shown if table.total.monthly else shown.scaled(Range.point(12))
            assert any(fits(one, whole, approx=True) for one in stated if one is not None)


@pytest.mark.parametrize("name", ["en-running-balance", "en-cumulative", "fr-cumul", "ja-ruikei"])
def test_what_adds_up_over_time_is_no_cost(name: str) -> None:
    draft = import_markdown(TABLES[name].encode(), "right.md").yaml

    assert not re.search(r"name: .*(?:Balance|Cumul|累計)", draft)


def test_most_changed_numbers_are_found() -> None:
    found = [
        bool(_faults(TABLES[name].replace(before, after)) - _faults(TABLES[name]))
        for name, before, after in CHANGES
    ]

    assert sum(found) >= 0.8 * len(found)


def _faults(text: str) -> set[tuple[str, str]]:
    return {(one.rule, one.message) for one in audit_markdown(text, "d.md") if one.is_fault}


WRONG = {
    "a branch is no part of the sum that it stands under": (
        "```\nCosts\n├── Compute: $120\n│   ├── API: $80\n│   └── Worker: $40\n"
        "├── Database: $60\n└── Total: $190\n```\n"
    ),
    "without what is optional, and with it": (
        "| Item | Cost |\n|---|---|\n| VPS | $10 |\n| Logs (optional) | $7 |\n| Total | $15 |\n"
    ),
    "a year of months and what is paid once": (
        "| Item | Cost |\n|---|---|\n| Setup | $300 |\n| Host | $20/mo |\n"
        "| Total first year | $560 |\n"
    ),
    "points for thousands behind the sign": (
        "- Affitto: € 1.740\n- Utenze: € 380\n- Internet: € 59\n- Totale: € 2.719 al mese\n"
    ),
    "a column by the month in another language": (
        "| Post | Per maand |\n|---|---|\n| Website | € 29,50 |\n| Leden | € 74,00 |\n"
        "| **Totaal** | **€ 113,50** |\n"
    ),
    "spaces for thousands under a sign": (
        "| Работа | Сумма, руб. |\n|---|---|\n| Демонтаж | 42 000 |\n| Электрика | 73 200 |\n"
        "| Итого | 125 200 |\n"
    ),
    "crowns that the language tells": (
        "- Server: 4 500 kr/mån\n- Support: 12 000 kr/mån\n- Licenser: 1 850 kr/mån\n"
        "- Totalt: 18 530 kr/mån\n"
    ),
    "lakhs": "12 tablets × ₹18,500 = ₹2,32,000 in all.\n",
    "a calculation that comes to something else": (
        "18 adults × €20 + 9 children × €8 = €452, of which the hall takes €150.\n"
    ),
    "the sums of two parts and not their sum": (
        "| | |\n|---|---:|\n| Bank | €2,150 |\n| Total assets | €2,150 |\n| Loans | €480 |\n"
        "| Total loans | €480 |\n| Shares | €1,670 |\n| Total shares | €1,670 |\n"
        "| Total loans and shares | €2,350 |\n"
    ),
    "neither with nor without what brackets take off": (
        "| Out | |\n|---|---:|\n| Hall | £410 |\n| Paint | (£22) |\n| Lamps | £130 |\n"
        "| Total | £532 |\n"
    ),
    "two groups of one total, under a heading": (
        "```\nWeb: $20\nData: $30\nTotal servers: $50\nBesides\nMail: $5\nDNS: $2\n"
        "Total: $67\n```\n"
    ),
    "a year that is no twelve of its month": "Five users: $66.65/month = $789.50/year.\n",
    "a list of benefits": (
        "**Yearly savings**:\n\n- Licences: €12K\n- Calls: €31K\n- **Total savings**: €53K/year\n"
    ),
    "bare amounts with how they came about": (
        "| Part | Amount |\n|---|---|\n| Rails | 21,600 (12 × 1.5 m) |\n"
        "| Panels | 64,000 (8 × 410 W) |\n| Subtotal | 80,600 |\n"
    ),
    "a section that its items do not come to, by outline numbers": (
        "| Work | Cost |\n|---|---:|\n| 1 Demolition | $2,171 |\n| 1.1 Floor | $931 |\n"
        "| 1.2 Skip | $1,240 |\n| 2 Paint | $7,620 |\n| 2.1 Walls | $7,620 |\n"
        "| Total | $9,891 |\n"
    ),
    "lines and tax of an invoice": (
        "- Design: € 600,00\n- Codice: € 400,00\n- Imponibile: € 1.100,00\n"
        "- IVA 22%: € 220,00\n- Totale: € 1.220,00\n"
    ),
    "what is taken off, as a bare number": (
        "| Item | Cost |\n|--|--|\n| Goods | 288 |\n| Fitting | 342 |\n| Lamps | 117 |\n"
        "| Voucher | −72 |\n| Total | 685 |\n"
    ),
    "a price of one times a count, beyond its rounding": (
        "| Item | Qty | Unit | Cost |\n|--|--|--|--|\n| A | 3 | $4.00 | $12.00 |\n"
        "| B | 2 | $6.00 | $12.00 |\n| C | 3 | $73.58 | $220.77 |\n"
    ),
    "spaces for thousands and no sign": (
        "| Item | Cost |\n|--|--|\n| Vehicle | 160 000 |\n| Sensors | 74 700 |\n"
        "| Lab | 120 000 |\n| Total | 356 700 |\n"
    ),
    "lakhs under a word for rupees": (
        "| Thing | In rupees |\n|--|--|\n| Scanner | 1,01,400 |\n| Desk | 58,400 |\n"
        "| Lamp | 75,000 |\n| **Total** | **₹2,43,800** |\n"
    ),
    "a count and a unit price beside a sum": (
        "| Role | Count | Salary | Total |\n|---|---|---|---|\n| A | 4 | $100 | $400 |\n"
        "| B | 2 | $50 | $100 |\n| Total | 6 | | $600 |\n"
    ),
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_what_no_reading_gives_is_still_an_error(text: str) -> None:
    assert any(f.severity is Severity.ERROR for f in audit_markdown(text, "wrong.md"))


ASKED = {
    "a sum that only its other amount shows": (
        "| Bill | Now | Then |\n|--|--|--|\n| Rent | £975 | £990 |\n| Water | £32 | £34 |\n"
        "| Power | £142 | £150 |\n| **All bills** | **£1,149** | **£1,184** |\n"
    ),
    "a column that is the difference of two": (
        "| Area | Had | Used | Free |\n|--|--|--|--|\n| A | $45,000 | $19,750 | $25,250 |\n"
        "| B | $30,000 | $11,400 | $18,600 |\n| C | $25,000 | $17,000 | $8,000 |\n"
        "| D | $12,000 | $7,500 | $5,400 |\n"
    ),
    "a total above lines that do not fill it": (
        "- Total: $1,200\n- Rent: $800\n- Insurance: $150\n"
    ),
    "heads": "| Team | People |\n|--|--|\n| A | 12 |\n| B | 7 |\n| C | 5 |\n| Total | 22 |\n",
}


@pytest.mark.parametrize("text", ASKED.values(), ids=ASKED)
def test_what_may_be_meant_otherwise_is_asked(text: str) -> None:
    found = [one for one in audit_markdown(text, "asked.md") if one.is_fault]
    assert [one.severity for one in found] == [Severity.WARNING]


KIND = """# P

- 2x Engineers: {one}
- 1x Lead: $300k/year
- **Total**: {total}
"""


@pytest.mark.parametrize(
    ("one", "total", "wrong"),
    [
        ("$200k/year each", "$700k/year", 0),
        ("$200k/year each", "$900k/year", 1),
        ("$400k/year", "$700k/year", 0),
        ("$400k/year", "$900k/year", 1),
    ],
)
def test_several_of_one_price_count_so_often(one: str, total: str, wrong: int) -> None:
    found = audit_markdown(KIND.format(one=one, total=total), "p.md")
    assert sum(each.severity is Severity.ERROR for each in found) == wrong


@pytest.mark.parametrize(
    ("total", "wrong"), [("$114 M", 0), ("$0.114 bn", 0), ("$117 M", 1), ("$14 M", 0)]
)
def test_letters_apart_from_their_numbers_scale_them(total: str, wrong: int) -> None:
    rows = "| Track | $95 M |\n| Bridges | $14 M |\n| Switches | $4.5 M |\n"
    text = f"# Tram\n\n| Part | Cost |\n|---|---|\n{rows}| **Total** | **{total}** |\n"
    found = audit_markdown(text, "p.md")
    assert sum(each.severity is Severity.ERROR for each in found) == wrong


def test_a_total_of_its_group_is_judged_in_a_block_of_groups() -> None:
    text = (
        "# L\n\n```\nServers:\n  - Web: $330/month\n  - Data: $280/month\n  Total: {total}\n\n"
        "Software:\n  - Logs: $180/month\n  - Names: $20/month\n  Total: $200/month\n\n"
        "Total Monthly Cost: $810\n```\n"
    )
    for total, wrong in (("$610/month", 0), ("$710/month", 1)):
        found = audit_markdown(text.format(total=total), "l.md")
        assert sum(each.severity is Severity.ERROR for each in found) == wrong


@pytest.mark.parametrize(
    ("total", "severity", "named"),
    [
        ("$47", None, ""),
        ("$40", Severity.WARNING, "Logs"),
        ("$36", Severity.WARNING, "Mail, Logs"),
        ("$30", Severity.WARNING, "Mail, DNS, Logs"),
        ("$46", Severity.ERROR, ""),
        ("$57", Severity.ERROR, ""),
        ("$60", Severity.WARNING, ""),
        ("$470", Severity.WARNING, ""),
    ],
)
@pytest.mark.parametrize("written", ["table", "list"])
def test_a_total_of_some_of_its_lines_is_asked_about(
    written: str, total: str, severity: Severity | None, named: str, tmp_path: Path
) -> None:
    lines = {"VPS": "$18", "Database": "$12", "Mail": "$4", "DNS": "$6", "Logs": "$7"}
    if written == "table":
        rows = "".join(f"| {name} | {price} |\n" for name, price in lines.items())
        text = f"# P\n\n| Item | Cost |\n|---|---|\n{rows}| Total | {total} |\n"
    else:
        rows = "".join(f"- {name}: {price}\n" for name, price in lines.items())
        text = f"# P\n\nMonthly costs:\n\n{rows}- Total: {total}\n"
    path = tmp_path / "draft.yml"
    path.write_text(import_markdown(text.encode(), "p.md").yaml, encoding="utf-8")

    for findings in (audit_markdown(text, "p.md"), audit_roadmap(load_roadmap(path, "draft.yml"))):
        found = [one for one in findings if one.rule == "COST001" and one.is_fault]
        assert [one.severity for one in found] == ([severity] if severity else [])
        assert [one.message.partition("without ")[2].partition(":")[0] for one in found] == (
            [named] if severity else []
        )


@pytest.mark.parametrize("sentence", ["From ¥300 to ¥200, 33% less.", "¥200/month (¥2,400/year)"])
def test_sign_of_two_currencies_is_no_amount(sentence: str) -> None:
    text = f"# P\n\nPaid in CNY, billed in JPY.\n\n{sentence}\n"
    assert [f for f in audit_markdown(text, "p.md") if f.severity is Severity.ERROR] == []


LOOK_ALIKES = {
    "k behind a result": ("10 × $1,250 = $12.5k.", "10 × $1,250 = $13.5k."),
    "one unit": ("400 kWh × €0.30/kWh = €120.", "400 kWh × €0.30/kWh = €150."),
    "two units": ("30 min × $90/h = $45.", ""),
    "tax behind a result": ("5 × $20 = $119 incl. 19% VAT.", ""),
    "no tax": ("5 × $20 = $100.", "5 × $20 = $119."),
    "a year that is less": ("Pro is $20/mo or $200/yr.", ""),
    "a year that is more": ("We pay $20/mo or $240/yr.", "We pay $20/mo or $290/yr."),
    "a year with tax": ("That is $20/month ($288/year incl. VAT).", ""),
    "about a month": ("That is about $8/month ($100/year).", ""),
    "a share of both": ("From $300 to $240 (20% less).", "From $300 to $240 (30% less)."),
    "a share of something else": ("Traffic up 40%, bill from $300 to $330.", ""),
    "a factor of units": ("2 × $500 = $1 for each thousand.", ""),
}


@pytest.mark.parametrize(("right", "wrong"), LOOK_ALIKES.values(), ids=LOOK_ALIKES)
def test_a_sentence_is_judged_where_nothing_else_may_be_meant(right: str, wrong: str) -> None:
    for sentence, count in ((right, 0), (wrong, 1)):
        found = audit_markdown(f"# P\n\n{sentence}\n", "p.md")
        errors = [f.message for f in found if f.severity is Severity.ERROR]
        assert len(errors) == (count if sentence else 0), errors
