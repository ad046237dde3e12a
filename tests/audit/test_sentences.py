"""Claims in sentences, each kind in the words of several people, and what is none.

For each: sentences that are right, the same with one number wrong, and look-alikes that say
something else. All were written before they were tried.
"""

from __future__ import annotations

import pytest

from statusgen.audit import Finding, Severity
from statusgen.audit.finding import listed
from statusgen.run.documents import audit_markdown

RIGHT = {
    "from to, percent": "We cut hosting from $800 to $450 a month, 44% less.",
    "from to, arrow": "Logs: $1,500/mo → $300/mo (an 80% reduction)",
    "from to, more": "Seats went up from $20 to $23, an increase of 15%.",
    "from to, saved": "Moving down from $400 to $250 saves $150.",
    "from to, saved a year": "Dropping from $1,500 to $300/month saves $14,400.",
    "equation": "$15K MRR - $800 costs = $14.2K profit",
    "equation, units": "Compute: 730 hours × $0.0416 = $30.37",
    "equation, euros": "5 Monate × 980 € = 4.900 €",
    "margin": "Profit margin 94.7% ($15K revenue - $800 costs = $14.2K)",
    "each": "2× micro VMs: $7/month each = $14/month",
    "each, servers": "- 3 x app servers ($20 each = $60)",
    "year, brackets": "That is $784/month ($9,408/year).",
    "year, or": "We pay $50 per month or $600 per year.",
    "year, equals": "$9,100/month = $109,200/year",
    "achieved": "Cost: <$200/month (achieved at $133/month)",
    "achieved, word": "Keep it under $200/month (reached: $133/month)",
    "achieved, at most": "≤ $200/month, currently $200/month",
}
WRONG = {
    "from to, percent": ("44%", "54%"),
    "from to, arrow": ("80%", "70%"),
    "from to, more": ("15%", "25%"),
    "from to, saved": ("$150", "$180"),
    "from to, saved a year": ("$14,400", "$13,400"),
    "equation": ("$14.2K", "$14.9K"),
    "equation, units": ("$30.37", "$33.37"),
    "equation, euros": ("4.900 €", "5.900 €"),
    "margin": ("94.7%", "97.7%"),
    "each": ("$14/month", "$15/month"),
    "each, servers": ("$60", "$70"),
    "year, brackets": ("$9,408", "$9,804"),
    "year, or": ("$600", "$700"),
    "year, equals": ("$109,200", "$119,200"),
    "achieved": ("$133", "$233"),
    "achieved, word": ("$133", "$233"),
    "achieved, at most": ("currently $200", "currently $201"),
}
LOOK_ALIKES = {
    "two changes in one sentence": "A went from $10 to $20 and B from $5 to $50, 100% more.",
    "a percentage of something else": "From $800 to $450: the 99.9% target stays.",
    "ranges": "We go from $100-200 to $50-80, about 50% less.",
    "a part of a longer calculation": "2 × $24 = $48 + $15 = $63",
    "periods converted without a word": "$3/day × 30 = $90/month, $20/week × 4 = $87/month",
    "a discount by the year": "$20/month or $200/year (two months free)",
    "billed by the year": "$10/month billed annually, $144/year otherwise",
    "a price now, another later": "Stays under $50/month now; at scale $80/month",
    "a ratio of speed": "The new build is 3x faster: 2 minutes instead of 6.",
}


def _faults(text: str) -> list[Finding]:
    return [found for found in audit_markdown(f"# Plan\n\n{text}\n", "plan.md") if found.is_fault]


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_is_right_is_checked_and_not_told(text: str) -> None:
    found = audit_markdown(f"# Plan\n\n{text}\n", "plan.md")

    assert [one.verdict for one in found] == ["holds"] * len(found)
    assert found


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_number_is_told(name: str) -> None:
    right, wrong = WRONG[name]
    text = RIGHT[name]
    assert text.count(right) == 1

    faults = _faults(text.replace(right, wrong))

    assert [one.severity for one in faults] == [Severity.ERROR]


@pytest.mark.parametrize("text", LOOK_ALIKES.values(), ids=LOOK_ALIKES)
def test_what_only_looks_alike_is_no_fault(text: str) -> None:
    assert _faults(text) == []


TABLES = """\
# Plan

## Before

| Service | Monthly |
|---|---|
| A | $400 |
| B | $500 |
| **Total** | **$900** |

## After

| Service | Monthly |
|---|---|
| A | $30 |
| B | $70 |
| **Total** | **$100** |

## Result

"""
SOONER = [
    "Break-even: 2 customers @ $50 (vs 18 before). That is {n}x faster break-even.",
    "Break-even: 2 customers @ $50 (instead of 18). We break even {n} times sooner.",
    "Break-even: 2 customers @ $50, down from 18: break-even comes {n}× earlier.",
]


@pytest.mark.parametrize("text", SOONER)
def test_how_much_sooner_it_pays_is_said_in_many_ways(text: str) -> None:
    right = audit_markdown(TABLES + text.format(n=9), "plan.md")
    wrong = audit_markdown(TABLES + text.format(n=4), "plan.md")

    assert [one.rule for one in right if one.is_fault] == []
    assert [one.rule for one in wrong if one.is_fault] == ["COST026"]


SIDES = """\
# Move

## Phase 1: Servers (Week 1-2)

- Buy two
- {part}

## Phase 2: Mail (Week 3)

- Move the boxes

## Fallback

{whole}
"""


@pytest.mark.parametrize(
    ("part", "whole", "asked"),
    [
        ("Dual-run for 1 week", "We keep the old machines for 2 weeks.", True),
        ("Parallelbetrieb: 3 Tage", "Alt und neu laufen 1 Woche nebeneinander.", True),
        ("Run both side by side, 7 days", "Old and new run in parallel for 1 week.", False),
        ("Dual run for 1-2 weeks", "Keep both for 10 days.", False),
        ("Two boxes for 1 week", "We keep the old machines for 2 weeks.", False),
        ("Dual-run for 1 week", "The invoices are kept for 2 weeks.", False),
    ],
)
def test_how_long_old_and_new_run_is_asked_where_part_and_whole_differ(
    part: str, whole: str, asked: bool
) -> None:
    found = audit_markdown(SIDES.format(part=part, whole=whole), "plan.md")

    told = [(one.rule, one.verdict) for one in found if one.is_fault]
    assert told == ([("COST025", "open")] if asked else [])


def test_what_is_missing_several_times_is_said_once() -> None:
    assert listed(["prices", "prices", "usage", "prices"]) == listed(["prices", "usage"])
