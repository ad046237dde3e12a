"""Each rule fires on what is wrong and is silent on what is right."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from statusgen.audit import RULES, Finding, Severity, Verdict, audit_roadmap
from statusgen.audit.agree import agrees
from statusgen.base.errors import InputError
from statusgen.base.saying import Saying
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap
from statusgen.roadmap.money import Range

TODAY = date(2026, 11, 20)


def _plan(folder: Path, text: str, name: str = "plan") -> Roadmap:
    path = folder / f"{name}.yml"
    path.write_text(text, encoding="utf-8")
    return load_roadmap(path, f"data/roadmaps/{name}.yml")


def _faults(plan: Roadmap, *others: Roadmap, today: date | None = None) -> list[str]:
    found = audit_roadmap(plan, others, today)
    return [f"{finding.line} {finding.id}" for finding in found if finding.is_fault]


CONSISTENT = """\
name: A plan in which everything agrees
as_of: 2026-11-01
rates: {as_of: 2026-11-01, worth: {EUR: "1.10", GHS: "0.09"}}
stages:
  - id: one
    name: One
    status: current
    when: Week 1
    cost: {stated: $40-60/month, basis: running}
    items:
      - {id: a, name: A, effort: 2 hours, service: {name: S1, price: $20/month}}
      - {id: b, name: B, service: {name: S2, price: $15/host/month, usage: {host: 2}}}
  - id: two
    name: Two
    trigger: 50+ users
    when: Week 2-3
    cost: {stated: ~$61/month, basis: running}
    cost_impact: -$90/month
    items:
      - {id: c, name: C, service: {name: S3, price: €10/month}}
      - {id: d, name: D, from: {name: Old, price: $90/month}, to: {name: New, price: Free}}
  - id: three
    name: Three
    trigger: 200+ users
    cost: {stated: $53/mo, basis: change, base: now}
    items:
      - {id: e, name: E, service: {name: S4, price: +$3/mo}}
      - {id: f, name: F, service: {name: S5, price: Usage-based, cost: $0}, facets: {x: y}}
timelines:
  - id: order
    name: Order
    entries:
      - {when: Week 1, steps: [{text: A, item: a, effort: 2 hours}]}
      - {when: Week 2-3, steps: [B]}
      - {when: Month 2+, steps: [C]}
stacks:
  - id: now
    name: Now
    rows: [{name: X, monthly: $20, annual: $240}, {name: Y, monthly: $30, annual: $360}]
    total: {monthly: $50, annual: $600/year}
comparisons:
  - id: c
    name: C
    before: {id: before, name: B, rows: [{name: Old, monthly: $90, items: [d]}], total: $90}
    after: {id: after, name: A, rows: [{name: New, monthly: $0, items: [d]}], total: $0}
success:
  - {id: u, text: Up, metric: uptime, target: ">99.9%", window: 30d, components: [api]}
  - {id: c, text: Cheap, metric: cost, target: "<$100/month", formula: before.total + after.total}
claims:
  - {id: all, text: All saved, kind: percent, stated: 100%, formula: 1 - after.total / before.total}
  - {id: weeks, text: Three weeks, kind: duration, stated: 3 weeks, formula: weeks.stages}
decisions:
  - {need: Lowest cost, go: one}
"""


def test_consistent_plan_raises_no_alarm(tmp_path: Path) -> None:
    plan = _plan(tmp_path, CONSISTENT.replace("Usage-based, cost: $0", "Free, cost: $0"))
    found = audit_roadmap(plan, today=TODAY)

    assert [str(finding) for finding in found if finding.is_fault] == []
    assert {finding.verdict for finding in found} == {Verdict.HOLDS}
    assert {finding.rule for finding in found} >= {
        "COST001",
        "COST002",
        "COST006",
        "COST007",
        "COST008",
        "COST009",
        "COST017",
        "COST022",
        "COST023",
        "COST025",
        "COST026",
    }


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("~$61/month, basis: running", "~$70/month, basis: running", "COST002:stages.two.cost"),
        ("~$61/month, basis: running", "~$61/month, basis: new", "COST002:stages.two.cost"),
        ("{stated: ~$61/month, basis: running}", "~$71/month", "COST003:stages.basis"),
        ("host: 2", "VM: 2", "COST004:items.b.price"),
        ("Free, cost: $0", "Usage-based, cost: $9", "COST005:items.f.price"),
        ("Free, cost: $0", "ask sales, cost: $9", "COST024:items.f.price"),
        ("annual: $360}", "annual: $350}", "COST006:tables.now.Y.annual"),
        ("annual: $600/year", "annual: $601/year", "COST001:tables.now.total.annual"),
        ("total: {monthly: $50,", "total: {monthly: $51,", "COST001:tables.now.total.monthly"),
        ("$53/mo", "$54/mo", "COST008:stages.three.cost"),
        ("cost_impact: -$90/month", "cost_impact: -$80/month", "COST023:stages.two.cost_impact"),
        (
            "cost_impact: -$90/month",
            "cost_impact: -$100/month",
            "COST009:comparisons.c.saving",
        ),
        ('worth: {EUR: "1.10"', "worth: {EUR: null", "COST012:stages.two.cost"),
        ("stated: 100%", "stated: 90%", "COST007:claims.all"),
        ("stated: 3 weeks", "stated: 4 weeks", "COST025:claims.weeks"),
        ("item: a, effort: 2 hours", "item: a, effort: 3 hours", "COST025:timelines.order.a"),
        ("{when: Week 2-3, steps", "{when: Week 1-3, steps", "COST018:timelines.order.1"),
        (", components: [api]}", "}", "COST016:success.u"),
        ("Lowest cost, go: one", "Lowest cost, go: two", "COST017:decisions.0"),
        ('"<$100/month"', '"<$50/month"', "COST026:success.c"),
        (
            "name: Old, monthly: $90, items: [d]",
            "name: Old, monthly: $90",
            "COST014:tables.before.Old",
        ),
        ("price: Free}}\n", "price: $9/month}}\n", "COST022:tables.after.d"),
        (
            "as_of: 2026-11-01\nrates",
            "as_of: 2026-05-01\nrates",
            "COST021:prices.stages.0.items.0.service",
        ),
    ],
)
def test_each_rule_fires_on_its_fault(tmp_path: Path, right: str, wrong: str, fault: str) -> None:
    text = CONSISTENT.replace("Usage-based, cost: $0", "Free, cost: $0")
    assert right in text

    plan = _plan(tmp_path, text.replace(right, wrong, 1))
    found = {finding.id: finding for finding in audit_roadmap(plan, today=TODAY)}

    assert fault in found
    assert found[fault].is_fault
    assert found[fault].line > 0


_USED = {
    "price: $20/month, usage: {seat: 5}": "seat",
    "price: $0.10 per GB, usage: {GB: 5, seat: 2}": "seat",
    "price: $0.10 per GB, usage: {GB: 5}": "",
    "price: 'Free up to 10 GB, then $0.10 per GB', usage: {GB: 5}": "",
    "price: $0.01/hour, usage: {hour: 730}": "",
    "price: 2.9% + 30¢ per order, usage: {order: 6, sales: '$90'}": "",
    "price: Usage-based, usage: {request: 5}": "",
}
_STATED = {
    "price: Usage-based, cost: $9, usage: {request: 5}": "",
    "cost: $9, usage: {request: 5}": "",
}
_PRODUCT = "stages: [{name: S, items: [{name: I, service: {name: P, PRICED}}]}]"
_OPTION = "stages: [{name: S, items: [{name: I, options: [{name: P, PRICED}]}]}]"
_LINE = "stacks: [{name: T, rows: [{name: P, PRICED}]}]"


@pytest.mark.parametrize(
    ("priced", "idle", "below"),
    [
        *((*used, _PRODUCT) for used in (_USED | _STATED).items()),
        *((*used, _OPTION) for used in _USED.items()),
        *((*used, _LINE) for used in _USED.items()),
    ],
)
def test_a_usage_that_no_price_counts_is_asked_about(
    tmp_path: Path, priced: str, idle: str, below: str
) -> None:
    path = tmp_path / "r.yml"
    path.write_text(f"name: R\n{below.replace('PRICED', priced)}\n", encoding="utf-8")

    found = [each for each in audit_roadmap(load_roadmap(path)) if each.subject.endswith(".usage")]

    assert [("(seat)" in each.message, each.is_fault) for each in found] == [(True, True)] * bool(
        idle
    )


def test_a_total_that_lacks_a_quantity_is_open_not_right(tmp_path: Path) -> None:
    text = CONSISTENT.replace("host: 2", "VM: 2").replace("$40-60/month", "$10-60/month")
    found = {finding.id: finding for finding in audit_roadmap(_plan(tmp_path, text))}

    assert found["COST002:stages.one.cost"].verdict is Verdict.OPEN
    assert "without the number of hosts" in found["COST002:stages.one.cost"].message


@pytest.mark.parametrize(
    ("right", "yearly"),
    [
        ("~$61/month, basis", "~$732/year, basis"),
        ("$40-60/month", "$480-720/year"),
        ("$53/mo", "$636/year"),
        ("cost_impact: -$90/month", "cost_impact: -$1,080/year"),
        ("total: {monthly: $50,", "total: {monthly: $600/year,"),
    ],
)
def test_amounts_a_year_are_compared_as_months(tmp_path: Path, right: str, yearly: str) -> None:
    text = CONSISTENT.replace("Usage-based, cost: $0", "Free, cost: $0")
    assert right in text

    found = audit_roadmap(_plan(tmp_path, text.replace(right, yearly, 1)), today=TODAY)

    assert [str(finding) for finding in found if finding.is_fault] == []


BANDS = "name: A\nstages:\n" + "".join(
    f"  - {{id: s{n}, name: S{n}, trigger: {{band{n}}}}}\n" for n in range(3)
)


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        (("0-99 users", "100-499 users", "500+ users"), []),
        (("0-100 users", "100-500 users", "500+ users"), []),
        (("0-99 users", "150-499 users", "500+ users"), ["COST018:stages.s1.trigger"]),
        (("0-150 users", "100-499 users", "500+ users"), ["COST018:stages.s1.trigger"]),
        (("50+ users", "200+ users", "1000+ users"), []),
        (("1-5 users", "1-9 hosts", "10+ hosts"), []),
    ],
)
def test_bands(tmp_path: Path, bands: tuple[str, ...], expected: list[str]) -> None:
    text = BANDS
    for number, band in enumerate(bands):
        text = text.replace(f"{{band{number}}}", band)

    assert [fault.split(" ")[1] for fault in _faults(_plan(tmp_path, text))] == expected


def _priced(price: str) -> str:
    return (
        "name: A\nstages:\n  - id: s\n    name: S\n    items:\n"
        f"      - {{id: i, name: I, service: {{name: Log Tail, price: {price}}}}}\n"
    )


@pytest.mark.parametrize(
    ("one", "two", "drifts"),
    [
        ("$19/month", "$20/month", True),
        ("$19/month", "$19/month", False),
        ("$19/month", "$15-20/month", False),
        ("$19/month", "Free", False),
        ("$19/month", '"Free tier (5K errors/month), then $20/month"', True),
        ("$19/month", "$10+/month", False),
        ("$19/month", "$19/host/month", False),
        ("$0.023/GB/month", "$0.025/GB/month", True),
        ("$19/month", "₵19/month", False),
    ],
)
def test_drift(tmp_path: Path, one: str, two: str, drifts: bool) -> None:
    first = _plan(tmp_path, _priced(one), "one")
    second = _plan(tmp_path, _priced(two).replace("Log Tail", "LogTail"), "two")
    found = [f for f in audit_roadmap(first, [first, second]) if f.rule == "COST015"]

    assert [finding.subject for finding in found] == (["drift.logtail"] if drifts else [])
    assert not drifts or "data/roadmaps/two.yml:6" in found[0].message


ACCEPTED = """\
name: A
accept:
  - {rule: COST001, subject: tables.t.total.monthly, reason: quoted as published, until: 2026-12-31}
summaries:
  - {id: t, name: T, rows: [{name: X, monthly: $5}], total: $6}
  - {id: u, name: U, rows: [{name: X, monthly: $5}], total: $6}
"""


@pytest.mark.parametrize(
    ("today", "faults"),
    [
        (None, ["6 COST001:tables.u.total.monthly"]),
        (date(2026, 12, 31), ["6 COST001:tables.u.total.monthly"]),
        (
            date(2027, 1, 1),
            ["5 COST001:tables.t.total.monthly", "6 COST001:tables.u.total.monthly"],
        ),
    ],
)
def test_a_finding_is_accepted_until_its_day(
    tmp_path: Path, today: date | None, faults: list[str]
) -> None:
    plan = _plan(tmp_path, ACCEPTED)

    assert _faults(plan, today=today) == faults
    accepted = audit_roadmap(plan, today=today)[0]
    assert accepted.accepted == ("quoted as published" if len(faults) == 1 else "")


def test_lines_of_one_name_are_told_apart(tmp_path: Path) -> None:
    row = "{name: X, monthly: $5, annual: $70}"
    plan = _plan(
        tmp_path, f"name: A\nsummaries:\n  - {{id: t, name: T, rows: [{row}, {row}, {row}]}}\n"
    )

    assert [finding.subject for finding in audit_roadmap(plan)] == [
        "tables.t.X.annual",
        "tables.t.X.annual.2",
        "tables.t.X.annual.3",
    ]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("rule: COST1, reason: r, until: 2026-12-31", "'COST1' is no rule; write its number like"),
        ("rule: COST001, reason: r, until: 2026-02-31", "'2026-02-31' is no date; write it like"),
        ("rule: COST001, until: 2026-12-31", "reason: is required"),
    ],
)
def test_an_acceptance_names_rule_reason_and_day(tmp_path: Path, wrong: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        _plan(tmp_path, f"name: A\naccept: [{{{wrong}}}]\n")


def _table(amounts: list[int], total: int) -> str:
    rows = "".join(
        f"      - {{name: R{n}, monthly: ${a / 100:.2f}}}\n" for n, a in enumerate(amounts)
    )
    return (
        f"name: A\nsummaries:\n  - id: t\n    name: T\n    rows:\n{rows}"
        f"    total: ${total / 100:.2f}\n"
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=6), st.integers(-500, 500))
def test_a_table_is_wrong_exactly_when_its_sum_is(
    tmp_path: Path, amounts: list[int], error: int
) -> None:
    total = max(sum(amounts) + error, 0)
    faults = _faults(_plan(tmp_path, _table(amounts, total)))

    assert bool(faults) == (total != sum(amounts))


@pytest.mark.parametrize(
    ("stated", "derived", "approx", "op", "verdict"),
    [
        ("917", "917", False, "", "holds"),
        ("917", "917.4", False, "", "holds"),
        ("917", "917.6", False, "", "contradicted"),
        ("41", "41.9", True, "", "holds"),
        ("120", "122", True, "", "holds"),
        ("120", "123", True, "", "contradicted"),
        ("1.50", "1.15", True, "", "contradicted"),
        ("6..12", "6.5..11.5", False, "", "holds"),
        ("6..12", "5.5..11.5", False, "", "contradicted"),
        ("85", "72.7..94.3", False, "", "open"),
        ("95", "94.67", False, ">=", "contradicted"),
        ("200", "133", False, "<", "holds"),
        ("200", "150..250", False, "<", "open"),
        ("200", "200", False, "<", "contradicted"),
        ("100", "50..", False, "<", "open"),
    ],
)
def test_agreement(stated: str, derived: str, approx: bool, op: str, verdict: str) -> None:
    def amount(text: str) -> Range:
        low, dots, high = text.partition("..")
        return Range(Decimal(low), Decimal(high) if high else None if dots else Decimal(low))

    assert agrees(amount(stated), amount(derived), approx=approx, op=op) == verdict


def test_claims_in_thousands_are_held_to_their_precision(tmp_path: Path) -> None:
    text = (
        "name: A\nclaims:\n  - {id: a, text: A, kind: sum, stated: $14.2K, formula: x - y, "
        "values: {x: '$15,030', y: $800}}\n"
    )

    assert _faults(_plan(tmp_path, text)) == []
    assert _faults(_plan(tmp_path, text.replace("15,030", "15,060"))) == ["3 COST026:claims.a"]


def test_findings_quote_authors_in_one_printable_line(tmp_path: Path) -> None:
    evil = '"\\e[31mRed\\n::error::x\\u202e"'
    plan = _plan(
        tmp_path,
        f"name: {evil}\nsummaries:\n"
        f"  - {{id: t, name: {evil}, rows: [{{name: {evil}, monthly: $5}}], total: $6}}\n",
    )
    finding = audit_roadmap(plan)[0]

    assert finding.message.startswith("[31mRed ::error::x: the lines add up to $5")
    assert plan.name == "\x1b[31mRed\n::error::x\u202e"


def test_findings_never_change_the_data(tmp_path: Path) -> None:
    plan = _plan(tmp_path, CONSISTENT)
    before = plan.as_json()
    audit_roadmap(plan, [plan], TODAY)

    assert plan.as_json() == before


def test_rules_have_distinct_numbers_without_gaps() -> None:
    assert sorted(RULES) == [f"COST{n:03}" for n in range(1, len(RULES) + 1)]
    assert all(rule.explains.endswith(".") for rule in RULES.values())


def test_a_finding_prints_its_place() -> None:
    finding = Finding(
        "COST001",
        "a.b",
        Verdict.CONTRADICTED,
        Severity.ERROR,
        Saying("findings.otherwise"),
        file="f.yml",
        line=3,
        column=7,
    )

    assert str(finding) == "f.yml:3:7: error COST001 a.b: otherwise"


def test_work_side_by_side_is_no_overlap(tmp_path: Path) -> None:
    steps = "steps: [{text: A}]"
    entries = ", ".join(f"{{when: Week {weeks}, {steps}}}" for weeks in ("1-3", "2-4", "2-4"))
    plan = _plan(tmp_path, f"name: A\ntimelines:\n  - {{id: t, name: T, entries: [{entries}]}}\n")

    assert [one.id for one in audit_roadmap(plan) if one.is_fault] == []


_LINES = "{name: A, monthly: $10}, {name: B, monthly: $21}, {name: C, monthly: $35}"


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        (f"stacks: [{{name: T, rows: [{_LINES}], total: $66}}]", False),
        (f"stacks: [{{name: T, rows: [{_LINES}], total: $35}}]", True),
        (f"stacks: [{{name: T, rows: [{_LINES}], total: $45}}]", True),
        ("claims: [{id: a, text: t, kind: sum, stated: '$1,200,000', formula: 12 * 100}]", True),
        ("claims: [{id: a, text: t, kind: sum, stated: '~$1,000', formula: 12 * 120}]", True),
        ("claims: [{id: a, text: t, kind: sum, stated: '~$300', formula: 97 * 3}]", False),
    ],
)
def test_a_file_that_a_person_wrote_is_taken_at_its_word(
    tmp_path: Path, written: str, wrong: bool
) -> None:
    """A line is a line there, and a formula says what is meant."""
    path = tmp_path / "r.yml"
    path.write_text(f"name: R\n{written}\n", encoding="utf-8")

    found = {finding.verdict for finding in audit_roadmap(load_roadmap(path))}

    assert (Verdict.CONTRADICTED in found) is wrong
