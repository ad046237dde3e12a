"""The 38 claims of the source documents: each gets the verdict that the recomputation by hand gave.

They are numbered A01 to A38 in the order of the documents. Where a claim is
made of several statements, each has its line; the claim's number stands in front of all of them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from statusgen.audit import Finding, audit_roadmap
from statusgen.roadmap.loader import load_roadmaps

DATA = Path(__file__).parents[2] / "data" / "roadmaps"

SMART, APEX, LOCAL, SUO = "smart-service", "apexmediation", "locallink", "suoops"

GOLDEN = [
    ("A01", SMART, "COST002:stages.essential-setup.cost", "holds", ["$0 new, $0 running"]),
    ("A02", SMART, "COST002:stages.basic-growth.cost", "contradicted", ["$57 short of the low"]),
    ("A03", SMART, "COST002:stages.scaling.cost", "holds", ["$379 new, $422 running"]),
    ("A04", SMART, "COST002:stages.hardening.cost", "contradicted", ["$10 short", "$368 new"]),
    ("A05", SMART, "COST002:stages.enterprise.cost", "contradicted", ["$411 short", "$1,589"]),
    ("A06", SMART, "COST003:stages.basis", "contradicted", ["new or running", "write `basis:`"]),
    ("A07", SMART, "COST004:items.apm.price", "open", ["exactly 10 hosts", "nobody states"]),
    ("A08", SMART, "COST005:items.compliance.price", "open", ["31 % of the running cost"]),
    ("A09", APEX, "COST001:tables.before.total.monthly", "holds", ["350 + 49 + 58 = $917"]),
    ("A10", APEX, "COST006:tables.before.annual", "holds", ["11 times"]),
    ("A10", APEX, "COST006:tables.after.annual", "holds", ["12 times"]),
    ("A10", APEX, "COST001:tables.before.total.annual", "holds", ["$11,004"]),
    ("A10", APEX, "COST001:tables.after.total.annual", "holds", ["$1,596"]),
    ("A11", APEX, "COST001:tables.after.total.monthly", "holds", ["14 + 25 + 50", "= $133"]),
    ("A12", APEX, "COST009:claims.saved-monthly", "holds", ["917 − 133", "$784"]),
    ("A12", APEX, "COST007:claims.saved-percent", "holds", ["1 − 133 / 917", "85.5 %"]),
    ("A12", APEX, "COST009:claims.saved-annually", "holds", ["$9,408"]),
    ("A13", APEX, "COST022:claims.current-cost", "contradicted", ["$917", "$183 short of the low"]),
    ("A14", APEX, "COST022:claims.target-cost", "contradicted", ["$133", "$42 short of the low"]),
    ("A15", APEX, "COST007:claims.headline-percent", "open", ["84.09 %", "90.16 %", "72.73…94.26"]),
    (
        "A16",
        APEX,
        "COST010:claims.break-even-new",
        "holds",
        ["takes 3 customers", "129.51", "= 134"],
    ),
    ("A17", APEX, "COST010:claims.headline-break-even", "contradicted", ["3…5 customers"]),
    ("A18", APEX, "COST010:claims.break-even-old", "contradicted", ["14 customers", "917 / 67"]),
    ("A19", APEX, "COST026:claims.faster-break-even", "contradicted", ["3.5 x and 7 x"]),
    ("A20", APEX, "COST011:claims.price-per-customer", "contradicted", ["$150", "15,000 / 100"]),
    ("A21", APEX, "COST026:claims.profit", "holds", ["15,000 − 800", "$14,200"]),
    ("A22", APEX, "COST007:claims.margin", "contradicted", ["94.67 %"]),
    (
        "A23",
        APEX,
        "COST009:comparisons.costs.saving",
        "contradicted",
        ["-$1,558 to -$808", "-$784", "smaller than the smallest"],
    ),
    (
        "A24",
        APEX,
        "COST023:stages.core.cost_impact",
        "contradicted",
        ["-$101", "-$755", "-$851 to -$5"],
    ),
    ("A25", APEX, "COST023:stages.observability.cost_impact", "contradicted", ["-$76", "-$280"]),
    ("A26", APEX, "COST023:stages.email.cost_impact", "contradicted", ["-$369", "-$749"]),
    ("A27", APEX, "COST023:stages.status.cost_impact", "holds", ["$58/month or $29-99/month"]),
    ("A28", APEX, "COST013:tables.after.errors", "contradicted", ["GlitchTip", "$133 + $7 = $140"]),
    ("A29", APEX, "COST022:tables.before.hosting", "contradicted", ["$70", "$100-300"]),
    ("A29", APEX, "COST022:tables.before.errors", "holds", ["$26-80"]),
    ("A29", APEX, "COST022:tables.before.newsletters", "holds", ["$350-500"]),
    ("A29", APEX, "COST014:tables.before.analytics-database", "open", ["ClickHouse", "no line"]),
    ("A29", APEX, "COST014:tables.before.AWS S3 + CloudFront", "open", ["no item of the plan"]),
    ("A29", APEX, "COST014:tables.after.Backblaze B2", "open", ["no item of the plan"]),
    ("A30", APEX, "COST026:success.cost-reduction", "holds", ["133 < 200"]),
    ("A31", APEX, "COST025:claims.time-to-launch", "holds", ["5 + 11", "16 weeks"]),
    ("A32", LOCAL, "COST001:tables.monthly.total.monthly", "holds", ["$6.50-11.50"]),
    (
        "A33",
        LOCAL,
        "COST005:tables.monthly.AWS S3",
        "open",
        ["$1.15", "$0.35 would be 70,000 requests", "65 GB"],
    ),
    (
        "A34",
        LOCAL,
        "COST012:tables.monthly.Termii/Twilio",
        "open",
        ["₵50", "$7.50", "without a dated rate"],
    ),
    (
        "A35",
        LOCAL,
        "COST025:timelines.order.effort",
        "holds",
        ["Week 1 6–9 h", "Week 2 1.25–2.25 h", "Week 3 3–5 h", "10.25–16.25 h in all"],
    ),
    ("A36", SUO, "COST001:tables.current.total.monthly", "holds", ["20 + 7 + 7 + 7", "percentage"]),
    ("A37", SUO, "COST008:stages.quick-wins.cost", "holds", ["$41 + $18 + $18 + $43 = $120"]),
    ("A38", SUO, "COST002:stages.growth.cost", "open", ["not one of its items has a price"]),
    ("A38", SUO, "COST002:stages.production.cost", "open", ["not one of its items has a price"]),
    ("A38", SUO, "COST022:tables.comparison.Stage 2", "holds", ["~$50–80"]),
]

LOGIC = [
    (APEX, "COST025:timelines.database.window", "open", ["switched over in Week 3", "Week 1-2"]),
    (SUO, "COST017:decisions.3", "contradicted", ["Current stack costs $41", "33 to 58 % below"]),
    (SUO, "COST018:stages.growth.trigger", "open", ["1 to 99 users"]),
    (SMART, "COST018:timelines.integration.4", "contradicted", ["Month 6+ overlaps Month 4-6"]),
    (LOCAL, "COST015:drift.logtail", "open", ["$19/month in", "$20/month here"]),
    (LOCAL, "COST015:drift.sendgrid", "open", ["$80 in"]),
]


@cache
def _findings(name: str) -> dict[str, Finding]:
    roadmaps = load_roadmaps(DATA).roadmaps
    roadmap = next(roadmap for roadmap in roadmaps if roadmap.id == name)
    found = audit_roadmap(roadmap, [other for other in roadmaps if other is not roadmap])
    assert len({finding.id for finding in found}) == len(found), "two findings of one name"
    return {finding.id: finding for finding in found}


def _check(roadmap: str, identifier: str, verdict: str, shows: list[str]) -> None:
    finding = _findings(roadmap)[identifier]
    everything = " | ".join((finding.message, finding.stated, finding.derived, finding.formula))

    assert finding.verdict == verdict
    assert [text for text in shows if text not in everything] == [], everything
    assert finding.file.endswith(f"{roadmap}.yml")
    assert finding.line > 0


@pytest.mark.parametrize(("claim", "roadmap", "identifier", "verdict", "shows"), GOLDEN)
def test_claim_gets_the_verdict_of_the_recomputation(
    claim: str, roadmap: str, identifier: str, verdict: str, shows: list[str]
) -> None:
    assert claim.startswith("A")
    _check(roadmap, identifier, verdict, shows)


@pytest.mark.parametrize(("roadmap", "identifier", "verdict", "shows"), LOGIC)
def test_logic_that_is_no_sum(
    roadmap: str, identifier: str, verdict: str, shows: list[str]
) -> None:
    _check(roadmap, identifier, verdict, shows)


def test_all_38_claims_are_in_the_golden_table() -> None:
    assert sorted({claim for claim, *_ in GOLDEN}) == [f"A{n:02}" for n in range(1, 39)]


def test_no_fault_beyond_those_that_are_known() -> None:
    expected = {(roadmap, identifier) for _, roadmap, identifier, _, _ in GOLDEN}
    expected |= {(roadmap, identifier) for roadmap, identifier, _, _ in LOGIC}
    # Lines without an item that the 38 claims leave out, and the other ends of the same drifts.
    expected |= {
        (APEX, "COST014:tables.before.SendGrid"),
        (APEX, "COST014:tables.after.Cloudflare R2"),
        (APEX, "COST015:drift.sendgrid"),
        (SMART, "COST015:drift.logtail"),
    }
    faults = {
        (roadmap, finding.id)
        for roadmap in (SMART, APEX, LOCAL, SUO)
        for finding in _findings(roadmap).values()
        if finding.is_fault
    }

    assert faults - expected == set()


def test_findings_come_in_the_same_order_every_time() -> None:
    roadmaps = load_roadmaps(DATA).roadmaps
    first = [str(finding) for roadmap in roadmaps for finding in audit_roadmap(roadmap, roadmaps)]
    again = [
        str(finding)
        for roadmap in load_roadmaps(DATA).roadmaps
        for finding in audit_roadmap(roadmap, tuple(roadmaps))
    ]

    assert first == again
