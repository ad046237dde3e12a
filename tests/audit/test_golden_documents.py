"""The audit of Markdown documents: whole ones, consistent tables, wrong numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from statusgen.audit.finding import RULES, Finding
from statusgen.run.documents import audit_markdown
from tests.importer.conftest import NAMES, clean

GOLDEN = [
    ("A01", "S0", 244, "COST002", "holds", ["$0 new, $0 running"]),
    ("A02", "S0", 253, "COST002", "contradicted", ["$43 new", "$57 short of the low end"]),
    ("A03", "S0", 262, "COST002", "holds", ["$379 new, $422 running"]),
    ("A04", "S0", 271, "COST002", "contradicted", ["$790 running", "$10 short"]),
    ("A05", "S0", 280, "COST002", "contradicted", ["$1,589 running", "$411 short"]),
    ("A06", "S0", 4, "COST003", "contradicted", ["new or running", "no reading fits all"]),
    ("A07", "S0", 88, "COST004", "open", ["exactly 10 hosts", "nobody states", "$150 / $15"]),
    ("A08", "S0", 185, "COST005", "open", ["~$500", "31 % of the running cost"]),
    ("A09", "S1", 820, "COST001", "holds", ["$350 + $49 + $58 = $917"]),
    ("A10", "S1", 808, "COST006", "holds", ["11 times"]),
    ("A10", "S1", 823, "COST006", "holds", ["12 times"]),
    ("A10", "S1", 820, "COST001", "holds", ["$11,004"]),
    ("A10", "S1", 836, "COST001", "holds", ["$1,596"]),
    ("A11", "S1", 836, "COST001", "holds", ["$14 + $25 + $50", "= $133"]),
    ("A12", "S1", 839, "COST009", "holds", ["917 − 133 = $784"]),
    ("A12", "S1", 839, "COST007", "holds", ["133 / 917", "85.5 %"]),
    ("A12", "S1", 840, "COST009", "holds", ["11,004 − 1,596 = $9,408"]),
    ("A13", "S1", 4, "COST022", "contradicted", ["$917", "$183 short of the low end"]),
    ("A14", "S1", 5, "COST022", "contradicted", ["$133", "$42 short of the low end"]),
    ("A15", "S1", 6, "COST007", "open", ["72.73…94.26 %", "84.09 %", "90.16 %"]),
    ("A16", "S1", 841, "COST010", "holds", ["⌈133 / 67⌉ = 2"]),
    ("A17", "S1", 2, "COST010", "contradicted", ["3…5"]),
    ("A18", "S1", 841, "COST010", "contradicted", ["⌈917 / 67⌉ = 14", "7 × 67 = 469"]),
    ("A19", "S1", 6, "COST026", "contradicted", ["3.5 x and 7 x", "7 / 2", "917 / 67"]),
    ("A20", "S1", 872, "COST011", "contradicted", ["15,000 / 100 = $150", "$67"]),
    ("A21", "S1", 872, "COST026", "holds", ["$14,200"]),
    ("A22", "S1", 872, "COST007", "contradicted", ["94.67 %"]),
    ("A23", "S1", 808, "COST009", "contradicted", ["-$1,558 to -$808", "-$784", "smaller"]),
    ("A24", "S1", 14, "COST023", "contradicted", ["-$101", "-$755", "-$851 to -$5"]),
    ("A25", "S1", 261, "COST023", "contradicted", ["-$76", "-$280"]),
    ("A26", "S1", 448, "COST023", "contradicted", ["-$369", "-$749"]),
    ("A27", "S1", 617, "COST023", "holds", ["-$58"]),
    ("A28", "S1", 361, "COST013", "contradicted", ["GlitchTip", "4 other", "$133 + $7 = $140"]),
    ("A28", "S1", 830, "COST022", "contradicted", ["Listmonk VM", "$7 here, $0 in the plan"]),
    ("A28", "S1", 831, "COST022", "contradicted", ["monitoring VM", "$7 here, $0 in the plan"]),
    ("A28", "S1", 833, "COST022", "contradicted", ["n8n VM", "$7 here, $0 in the plan"]),
    ("A28", "S1", 834, "COST022", "contradicted", ["Umami VM", "$7 here, $0 in the plan"]),
    ("A29", "S1", 810, "COST022", "contradicted", ["$70", "$100-300", "$30 short"]),
    ("A29", "S1", 815, "COST022", "holds", ["$26-80"]),
    ("A29", "S1", 817, "COST022", "holds", ["$350-500"]),
    ("A29", "S1", 179, "COST014", "open", ["ClickHouse", "no line for it"]),
    ("A29", "S1", 813, "COST014", "open", ["AWS S3 + CloudFront", "no item of the plan"]),
    ("A29", "S1", 835, "COST014", "open", ["Backblaze B2", "no item of the plan"]),
    ("A30", "S1", 868, "COST026", "holds", ["133 < 200"]),
    ("A31", "S1", 884, "COST025", "holds", ["weeks 1 to 16"]),
    ("A32", "S2", 245, "COST001", "holds", ["= $6.50-11.50"]),
    ("A33", "S2", 240, "COST005", "open", ["$1.15", "$0.35 would be 70,000 requests", "65 GB"]),
    ("A34", "S2", 242, "COST012", "open", ["GHS", "₵50", "$7.50", "without a dated rate"]),
    ("A35", "S2", 219, "COST025", "holds", ["Week 2 1.25–2.25 h", "10.25–16.25 h in all"]),
    ("A36", "S4", 52, "COST001", "holds", ["$41, without 1.5%"]),
    ("A37", "S4", 86, "COST008", "holds", ["$41 + $18 + $18 + $43 = $120"]),
    ("A38", "S4", 182, "COST002", "open", ["not one of its items has a price"]),
    ("A38", "S4", 243, "COST002", "open", ["not one of its items has a price"]),
    ("A38", "S4", 360, "COST022", "holds", ["~$50–80"]),
]

# Worked out by hand from what the documents say; a line is named by how it begins.
WRITTEN: list[tuple[str, str, str, str, list[str]]] = [
    ("P0", "Cost Estimate: $0", "COST003", "contradicted", ["as new costs 2 of 4"]),
    ("P0", "Service: Tracewell", "COST004", "open", ["exactly 8 hosts", "$96 / $12"]),
    ("P0", "Service: Ledgerhub", "COST005", "open", ["~$150", "28 % of the running cost"]),
    ("P0", "Total: $0-20", "COST002", "holds", ["$0 new, $0 running"]),
    ("P0", "Total: ~$60", "COST002", "contradicted", ["$18 + $27 = $45", "$15 short of the low"]),
    ("P0", "Total: ~$150", "COST002", "holds", ["$96 + $61 = $157", "$202 running"]),
    ("P0", "Total: ~$500", "COST002", "holds", ["$180 + $150 = $330", "$532 running"]),
    ("P1", "## Goal", "COST010", "contradicted", ["3…4", "60…90 / 25"]),
    ("P1", "**Current State", "COST022", "contradicted", ["$500", "$100 short of the low end"]),
    ("P1", "**Target State", "COST022", "contradicted", ["$40", "$20 short of the low end"]),
    ("P1", "**Savings**", "COST007", "open", ["85…93.33 %", "600 = 90 %; high ends"]),
    ("P1", "**Savings**", "COST026", "contradicted", ["5 x and 10 x", "10 / 2"]),
    ("P1", "**Cost Impact**: -$300", "COST023", "contradicted",
     ["low ends -$124 to -$104", "high ends -$236 to -$216", "at most -$254 to -$86"]),
    ("P1", "- 2× micro VMs", "COST026", "holds", ["2 × 6 = $12"]),
    ("P1", "**Cost Impact**: -$110", "COST023", "holds", ["-$110"]),
    ("P1", "**Cost Impact**: -$200", "COST023", "contradicted", ["-$270", "-$420"]),
    ("P1", "#### 2.1", "COST013", "contradicted", ["Selfwatch", "2 other", "$40 + $6 = $46"]),
    ("P1", "#### 3.2", "COST014", "open", ["Clickcount", "no line for it"]),
    ("P1", "| Service", "COST006", "holds", ["5 times"]),
    ("P1", "| Service", "COST009", "contradicted", ["-$830 to -$610", "-$460", "smaller"]),
    ("P1", "| Bigcloud VM", "COST022", "holds", ["$70-160"]),
    ("P1", "| Mailgiant", "COST022", "holds", ["$250-400"]),
    ("P1", "| **Total** | **$500", "COST001", "holds", ["$80 + $60 + $110 + $250 = $500"]),
    ("P1", "| **Total** | **$500", "COST001", "holds", ["$6,000"]),
    ("P1", "| Tinyhost (Letterpress", "COST022", "contradicted", ["$6 here, $0 in the plan"]),
    ("P1", "| Tinyhost (Countstats", "COST022", "contradicted", ["$6 here, $0 in the plan"]),
    ("P1", "| Coldbox", "COST014", "open", ["no item of the plan"]),
    ("P1", "| **Total** | **$40", "COST001", "holds", ["$12 + $14 + $6 + $6 + $2 = $40"]),
    ("P1", "| **Total** | **$40", "COST001", "holds", ["$144 + $168 + $72 + $72 + $24 = $480"]),
    ("P1", "- **Monthly**", "COST007", "holds", ["40 / 500", "92 %"]),
    ("P1", "- **Monthly**", "COST009", "holds", ["500 − 40 = $460"]),
    ("P1", "- **Annual**", "COST009", "holds", ["6,000 − 480 = $5,520"]),
    ("P1", "- **Break-even**", "COST010", "holds", ["⌈40 / 25⌉ = 2"]),
    ("P1", "- **Break-even**", "COST010", "contradicted", ["⌈500 / 25⌉ = 20", "10 × 25 = 250"]),
    ("P1", "✅ **Cost Red", "COST026", "holds", ["40 < 60"]),
    ("P1", "✅ **Break-even", "COST010", "contradicted", ["⌈500 / 25⌉ = 20"]),
    ("P1", "✅ **Profit", "COST007", "contradicted", ["5,200 / 6,000 = 86.67 %"]),
    ("P1", "✅ **Profit", "COST011", "contradicted", ["6,000 / 100 = $60", "$25"]),
    ("P1", "✅ **Profit", "COST026", "holds", ["$5,200"]),
    ("P1", "**Total Time", "COST025", "holds", ["weeks 1 to 8"]),
    ("P2", "## Implementation Order", "COST025", "holds",
     ["Week 1 3–5 h", "Week 2 0.50 h", "3.50–5.50 h in all"]),
    ("P2", "| **Bucketeer", "COST005", "open", ["$0.80", "$0.20 would be 50,000 requests"]),
    ("P2", "| **Textbird", "COST012", "open", ["GHS", "₵40", "without a dated rate"]),
    ("P2", "| **Total", "COST001", "holds", ["= $5-7"]),
    ("P4", "| **Total", "COST001", "holds", ["$27, without 2.5%"]),
    ("P4", "**Estimated total: ~$80", "COST008", "holds", ["$27 + $14 + $39 = $80"]),
    ("P4", "**Estimated total: ~$40", "COST002", "open", ["not one of its items has a price"]),
    ("P4", "**Estimated total: ~$150", "COST002", "open", ["not one of its items has a price"]),
    ("P4", "| Stage 2 | ~$40", "COST022", "holds", ["~$40–60"]),
    ("P4", "| Lowest", "COST017", "contradicted", ["Small Steps at $80", "Stack costs $27"]),
]  # fmt: skip


def _line(name: str, begins: str) -> int:
    """Return the number of the first line that begins so."""
    lines = clean(name).split("\n")
    return next(number for number, line in enumerate(lines, 1) if line.startswith(begins))


CASES = [case for case in GOLDEN if case[1] in NAMES] + [
    (f"B{number:02}", name, _line(name, begins), rule, verdict, shows)
    for number, (name, begins, rule, verdict, shows) in enumerate(WRITTEN, 1)
]

NO_FAULT = {("S4", "COST002"), ("P4", "COST002")}
"""Open where no author is to blame: they state a sum and price nothing."""

BEYOND = {
    ("S0", 231, "COST018"),  # "Month 4-6" and "Month 6+" overlap
    ("S1", 816, "COST014"),  # SendGrid, as the other lines of A29
    ("S1", 829, "COST014"),  # Cloudflare R2, likewise
    ("S1", 848, "COST025"),  # the old stack runs on for 2 weeks; in phase 1 both run for 1
    ("S1", 860, "COST025"),  # the database is cut over in week 3, its phase ends with week 2
    ("S1", 871, "COST010"),  # A18, said a second time
    ("S4", 372, "COST017"),  # "Lowest possible cost" leads to the dearest of three
}
"""What stands in the documents beside the claims, and what repeats one of them."""


@pytest.fixture(scope="module")
def findings(documents: dict[str, bytes]) -> dict[str, list[Finding]]:
    return {seed: audit_markdown(raw, f"{NAMES[seed]}.md") for seed, raw in documents.items()}


@pytest.mark.parametrize(("claim", "seed", "line", "rule", "verdict", "shows"), CASES)
def test_claim_of_a_document_gets_its_verdict_from_the_document_itself(
    findings: dict[str, list[Finding]],
    claim: str,
    seed: str,
    line: int,
    rule: str,
    verdict: str,
    shows: list[str],
) -> None:
    said = [
        f"{finding.message} | {finding.derived} | {finding.formula}"
        for finding in findings[seed]
        if (finding.line, finding.rule, finding.verdict) == (line, rule, verdict)
    ]

    assert any(all(text in everything for text in shows) for everything in said), (claim, said)


def test_all_38_claims_of_the_real_documents_are_judged_in_its_document() -> None:
    assert {claim for claim, *_ in GOLDEN} == {f"A{number:02}" for number in range(1, 39)}


def test_documents_have_no_fault_beyond_those_that_are_known(
    findings: dict[str, list[Finding]],
) -> None:
    known = {
        (seed, line, rule)
        for _, seed, line, rule, verdict, _ in CASES
        if verdict != "holds" and (seed, rule) not in NO_FAULT
    } | {one for one in BEYOND if one[0] in NAMES}
    faults = {
        (seed, finding.line, finding.rule)
        for seed, found in findings.items()
        for finding in found
        if finding.is_fault
    }

    assert faults == known


def test_findings_have_names_of_their_own_and_known_rules(
    findings: dict[str, list[Finding]],
) -> None:
    for seed, found in findings.items():
        assert len({finding.id for finding in found}) == len(found)
        assert {finding.rule for finding in found} <= RULES.keys()
        assert {finding.file for finding in found} <= {f"{NAMES[seed]}.md"}


def test_break_even_is_told_gross_and_after_the_fees_that_the_document_names() -> None:
    text = (
        "# P\n\nStripe takes 2.9% + $0.30 per transaction.\n\n"
        "Break-even: 2 customers @ $67/month on $120-133/month.\n"
    )

    (found,) = [f for f in audit_markdown(text, "a.md") if f.rule == "COST010"]

    assert found.verdict == "holds"
    assert "after fees of 2.9% + $0.30 it takes 2…3" in found.message


def test_an_old_document_has_old_prices() -> None:
    text = "# P\n\n**Last Updated:** 2026-01-05\n\n## Stage 1: A\n\n- Sentry ($26/mo)\n"

    def stale(text: str, today: date | None) -> list[str]:
        found = audit_markdown(text, "a.md", today=today)
        return [f.message for f in found if f.rule == "COST021"]

    assert stale(text, date(2026, 11, 21)) == [
        "1 price is as old as the document: 320 days, since 2026-01-05"
    ]
    assert stale(text, date(2026, 3, 1)) == []
    assert stale(text, None) == []
    assert stale(text.replace("**Last Updated:** 2026-01-05", ""), date(2026, 11, 21)) == []


def _table(*rows: str) -> str:
    columns = rows[0].count("|") - 1
    return "\n".join(("## Costs", "", rows[0], "|" + "---|" * columns, *rows[1:])) + "\n"


CONSISTENT = {
    "plain": _table("| A | Cost |", "| x | $5 |", "| y | $7 |", "| **Total** | **$12** |"),
    "thousands": _table(
        "| A | Cost |", "| x | $1,500 |",
        "| y | $2,000.50 |", "| Total | $3,500.50 |",
    ),
    "about": _table("| A | Cost |", "| x | ~$19 |", "| y | ~$24 |", "| Total | ~$45 |"),
    "ranges": _table("| A | Cost |", "| x | $5-10 |", "| y | $7–9 |", "| Total | $12-19 |"),
    "point in a range": _table("| A | Cost |", "| x | $5-10 |", "| y | $7 |", "| Total | $15 |"),
    "free and empty": _table(
        "| A | Cost |", "| x | Free |", "| y | — |", "| z | $7 |", "| v | n/a |", "| Total | $7 |"
    ),
    "footnotes": _table("| A | Cost |", "| x | $0* |", "| y | $7[^1] |", "| Total | $7† |"),
    "euros behind": _table("| A | Preis |", "| x | 5,50 € |", "| y | 7 € |", "| Summe | 12,50 € |"),
    "bare numbers": _table("| A | Cost (USD) |", "| x | 5 |", "| y | 7 |", "| Total | 12 |"),
    "per month and bare": _table(
        "| A | Cost |", "| x | $5/mo |",
        "| y | $7 |", "| Total | $12/month |",
    ),
    "periods": _table(
        "| A | Cost |", "| x | $5/month |",
        "| y | $120/year |", "| Total | $15/month |",
    ),
    "open ends": _table("| A | Cost |", "| x | $5+ |", "| y | $7 |", "| Total | $12+ |"),
    "usage": _table("| A | Cost |", "| x | 1.5% |", "| y | $7 |", "| Total | $7 |"),
    "total first": _table("| A | Cost |", "| Total | $12 |", "| x | $5 |", "| y | $7 |"),
    "subtotals": _table(
        "| A | Cost |", "| x | $5 |", "| y | $7 |",
        "| Subtotal | $12 |", "| z | $3 |", "| w | $1 |",
        "| Subtotal | $4 |", "| Total | $16 |",
    ),
    "subtotal and more": _table(
        "| A | Cost |", "| x | $5 |", "| y | $7 |", "| Subtotal | $12 |", "| Tax | $2 |",
        "| Total | $14 |",
    ),
    "total with a buffer": _table("| A | Cost |", "| x | $5 |", "| Total (with 20% buffer) | $6 |"),
    "unit prices": _table(
        "| A | Qty | Unit price | Cost |", "| x | 2 | $7 | $14 |", "| y | 3 | $5 | $15 |",
        "| Total | 5 | $9 | $29 |",
    ),
    "years": _table(
        "| A | Monthly | Annual |", "| x | $5 | $60 |", "| y | $7 | $84 |", "| Total | $12 | $144 |"
    ),
    "two months free": _table(
        "| A | Monthly | Annual |", "| x | $5 | $50 |", "| y | $7 | $70 |", "| Total | $12 | $120 |"
    ),
    "paid a year ahead": _table(
        "| A | Monthly | Annual (20% off) |", "| x | $10 | $96 |", "| y | $20 | $192 |"
    ),
    "both totals below": _table(
        "| A | Cost per month |", "| x | $5 |", "| y | $7 |", "| Total monthly | $12 |",
        "| Total annual | $144 |",
    ),
    "savings": _table(
        "| A | Before | After | Savings |", "| x | $50 | $20 | $30 |", "| y | $40 | $30 | 25% |",
        "| Total | $90 | $50 | $40 |",
    ),
    "across": _table(
        "| A | Q1 | Q2 | Total |", "| x | $5 | $6 | $11 |", "| y | $7 | $8 | $15 |",
        "| Total | $12 | $14 | $26 |",
    ),
    "hours": _table("| A | Hours |", "| x | 3 |", "| y | 4.5 |", "| Total | 7.5 |"),
    "percentages": _table("| A | Uptime |", "| x | 99.9% |", "| y | 99.5% |", "| Total | 99.4% |"),
    "stages": _table("| Stage | Cost |", "| Stage 1 | $5 |", "| Stage 2 | $70 |"),
    "rounded": _table(
        "| A | Cost |", "| x | $1.33 |",
        "| y | $1.33 |", "| z | $1.33 |", "| Total | $4 |",
    ),
    "list": "## Costs\n\n- A: $5/month\n- B: $7/month\n- Total: $12/month\n",
    "total below a list": "## Costs\n\n- A - $5/month\n- B - $12/year\n\nTotal: $6/month\n",
    "total below a table": _table("| A | Cost |", "| x | $5 |", "| y | $7 |")
    + "\n**Monthly total: $12**\n",
    "years in a list": "## Costs\n\n- A: $5/month\n- B: $12/year\n- Total: $6/month\n",
    "total of other things": "## Costs\n\n- A: $5\n- B, later\n- C: $7\n\nTotal: $30\n",
    "month and year": "It costs $1,397 per month, or $16,764 per year.\n",
    "a year at a discount": "It costs $12/month ($120/year billed annually).\n",
    "bands": "# P\n\n## Stage 1 (1,000–10,000 users)\n\n- a\n\n## Stage 2 (10,000+ users)\n\n- b\n",
    "durations": "# P\n\n## Phase 1: A (4 weeks)\n\n- a\n\n## Phase 2: B (2 weeks)\n\n- b\n",
    "an impact without migrations": "# P\n\n## Phase 1: A\n\n**Cost impact:** -$5/month\n\n- a\n",
    "two breakdowns in one block": "## C\n\n```\nBefore:\n- A: $7/month\n- B: $10/month\n"
    "- Total: $17/month\n\nAfter:\n- 2x A: $14/month (bundled)\n- B: $43/month\n"
    "- Total: ~$57/month (+$40 for scaling)\n```\n",
    "prices by unit": "## C\n\n- Agency: £9,000/month per home\n- Overtime: £5,000/month per home\n"
    "- Total budget: £70,000 (£14,000 × 5 homes)\n",
    "a subtotal in a block": "## C\n\n```\nA: $5\nB: $7\nSubtotal: $12\nC: $3\nTotal: $15\n```\n",
    "a stage priced in part": "# P\n\n## Stage 1: A\n\n**Cost:** $20/mo\n\n- X ($15/mo)\n- Y\n",
    "paid once": "## C\n\n- A: $26/month\n- Setup: $500 one-time\n- Total: $26/month\n",
    "a note in brackets": "## C\n\n- A: $72/month (~$10 bandwidth)\n- B: $12\n- Total: $84/month\n",
    "prose": "We went from $917/month to $133/month, an 85% reduction that saves $784 a month.\n",
    "prose up": "Traffic cost rose from $100 to $150, 50% more.\n",
    "calculation": "10 hosts × $15 = $150, and 12 × $41 = $492/year.\n",
    "other percentages": "Use 50% of the budget; go from $5 plans to $7 plans for 99.9% uptime.\n",
    "dates": "2026-01-02 - $5 = the fee; see 10 - 3 = 7 and v1.2 - $3.\n",
}  # fmt: skip


@pytest.mark.parametrize("name", CONSISTENT)
def test_consistent_document_raises_no_alarm(name: str) -> None:
    faults = [f for f in audit_markdown(CONSISTENT[name], "plan.md") if f.is_fault]

    assert [f"{f} | {f.formula}" for f in faults] == []


WRONG = {
    "sum": (
        _table("| A | Cost |", "| x | $5 |", "| y | $7 |", "| **Total** | **$13** |"),
        (7, "COST001", "$5 + $7 = $12", "$1 short of the low end"),
    ),
    "sum of the year": (
        _table(
            "| A | Monthly | Annual |", "| x | $5 | $60 |",
            "| y | $7 | $80 |", "| z | $1 | $12 |",
        ),
        (6, "COST006", "12 × $7 = $84", "y costs $84 a year, not $80"),
    ),
    "year beside a price of one": (
        _table(
            "| A | Nodes | $/node/month | Monthly | Annual |", "| x | 2 | $5 | $10 | $120 |",
            "| y | 3 | $5 | $15 | $170 |",
        ),
        (6, "COST006", "12 × $15 = $180", "not $170"),
    ),
    "subtotal": (
        _table(
            "| A | Cost |", "| x | $5 |", "| Subtotal | $5 |", "| y | $7 |", "| z | $2 |",
            "| Subtotal | $8 |", "| Total | $14 |",
        ),
        (9, "COST001", "= ", "what is stated"),
    ),
    "euros": (
        _table("| A | € |", "| x | 5,50 |", "| y | 7 |", "| Summe | 13,50 |"),
        (7, "COST001", "€5.50 + €7 = €12.50", "€1 short"),
    ),
    "currencies": (
        _table("| A | Cost |", "| x | $5 |", "| y | €7 |", "| Total | $12 |"),
        (7, "COST012", "", "EUR and USD cannot be added"),
    ),
    "quantity": (
        _table(
            "| A | Qty | Unit price | Cost |", "| x | 2 | $7 | $14 |", "| y | 3 | $5 | $15 |",
            "| z | 4 | $5 | $25 |",
        ),
        (7, "COST026", "4 × $5 = $20", "not $25"),
    ),
    "difference": (
        _table(
            "| A | Before | After | Savings |",
            "| x | $50 | $20 | $30 |", "| y | $40 | $30 | $10 |",
            "| z | $9 | $4 | $6 |",
        ),
        (7, "COST026", "$9 − $4 = $5", "not $6"),
    ),
    "list": (
        "## Costs\n\n- A: $5\n- B: $7\n- Total: $20\n",
        (5, "COST001", "$5 + $7 = $12", "$8 short"),
    ),
    "reduction": (
        "# P\n\nHosting falls from $800/month to $450/month, a 60% reduction.\n",
        (3, "COST007", "1 − 450 / 800 =", "43.75 %"),
    ),
    "saved": (
        "We move from $800 to $450 and save $400 per month.\n",
        (1, "COST009", "800 − 450", "$350"),
    ),
    "growth": (
        "Cost rises from $100 to $150, 20% more.\n",
        (1, "COST007", "150 / 100 − 1 =", "50 %"),
    ),
    "calculation": (
        "Ten hosts: 10 × $15 = $180.\n",
        (1, "COST026", "10 × 15 = $150", "$180 is stated"),
    ),
    "total below a list": (
        "## Costs\n\n- A - $5/month\n- B - $24/year\n\nTotal: $6/month\n",
        (6, "COST001", "$5 + $2 = $7", "above"),
    ),
    "total below a table": (
        _table("| A | Cost |", "| x | $5 |", "| y | $7 |") + "\n**Monthly total: $13**\n",
        (8, "COST001", "$5 + $7 = $12", "$1 short"),
    ),
    "year in prose": (
        "The bill is $1,397 per month, or $17,000 per year.\n",
        (1, "COST006", "12 × $1,397", "not $17,000"),
    ),
    "break-even": (
        "# P\n"
        + _table("| A | Cost |", "| x | $100 |", "| Total | $100 |").replace("Costs", "Today")
        + _table("| A | Cost |", "| y | $30 |", "| Total | $30 |").replace("Costs", "New")
        + "\n- Break-even: 3 customers @ $10/month (vs 10)\n- That is 5x faster break-even.\n",
        (16, "COST026", "10 / 3 = 3.33", "3.33 x"),
    ),
    "a stage below its items": (
        "# P\n\n## Stage 1: A\n\n**Cost:** $20/month\n\n- X ($15/month)\n- Y ($10/month)\n",
        (5, "COST002", "$15 + $10 = $25", "$5 above"),
    ),
    "a heading": (
        "# P\n\n## Stage 1: A — $29/mo\n\n- X ($15/month)\n- Y ($20/month)\n\n## Stage 2: B\n",
        (3, "COST002", "$15 + $20 = $35", "$6 above"),
    ),
    "a plan and its table": (
        "# P\n## Phase 1: A\n### Host\n**From**: EC2 ($100/mo)\n**To**: Hetzner ($40/mo)\n"
        + _table("| A | Cost |", "| EC2 | $80 |", "| Total | $80 |").replace("Costs", "Before")
        + _table("| A | Cost |", "| Hetzner | $40 |", "| Total | $40 |").replace("Costs", "After"),
        (10, "COST022", "", "EC2 costs $80 here, $100 in the plan"),
    ),
    "each": (
        "- 3× small VMs (1 GB): $7/month each = $24/month\n",
        (1, "COST026", "3 × 7 = $21", "$24 is stated"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_wrong_number_is_found_in_its_line(name: str) -> None:
    text, (line, rule, formula, says) = WRONG[name]
    faults = [f for f in audit_markdown(text, "plan.md") if f.is_fault]

    assert [(f.file, f.line, f.rule) for f in faults] == [("plan.md", line, rule)]
    assert formula in faults[0].formula
    assert says in faults[0].message
    assert faults[0].stated


def test_a_file_its_bytes_and_its_text_are_audited_alike(tmp_path: Path) -> None:
    text = "".join(CONSISTENT.values())
    path = tmp_path / "plan.md"
    path.write_text(text, "utf-8")

    assert (
        audit_markdown(path, "plan.md")
        == audit_markdown(text, "plan.md")
        == audit_markdown(text.encode(), "plan.md")
    )
