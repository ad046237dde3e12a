"""What is too far off to be called wrong: a document may mean something else there than we read.

A slip of the pen or a line that was changed leaves a sum near what is stated. What is far from it
is more often no sum of these lines at all: of the numbers that were changed in documents of others,
19 of 20 stay within a fifth, and of the sums, years and calculations that were once called wrong
and were right, 5 of 6 lay outside. Those are asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from statusgen.audit.finding import Judged, Verdict
from statusgen.base.saying import Saying
from statusgen.roadmap.money import Range

NEAR = Decimal("0.2")
"""How far a number may be from what is stated, as a share of the larger, to be called wrong."""


POINTS = Decimal(10)
"""How far a percentage may be, in points: 30 % for 20 % is a slip, 80 % is of something else."""


def asked(
    judged: Judged, stated: Range, derived: Sequence[Range], *, percent: bool = False
) -> Judged:
    """Turn a contradiction into a question where the numbers lie far apart in every reading.

    One wrong digit, or two that changed places, are a slip however far they lead.
    """
    if judged.verdict is not Verdict.CONTRADICTED:
        return judged
    if any(is_near(stated, one) or (percent and _in_points(stated, one)) for one in derived):
        return judged
    saying = Saying("findings.far-apart", {"claim": judged.saying})
    return replace(judged, verdict=Verdict.OPEN, saying=saying)


def is_near(stated: Range, derived: Range) -> bool:
    """Whether one number may be the other with a slip in it: a fifth away at most, or one digit."""
    return is_slip(stated, derived) or any(
        abs(one - other) <= NEAR * max(abs(one), abs(other))
        for one, other in zip(_ends(stated), _ends(derived), strict=True)
    )


def _in_points(stated: Range, derived: Range) -> bool:
    return any(
        abs(one - other) <= POINTS for one, other in zip(_ends(stated), _ends(derived), strict=True)
    )


def _ends(amount: Range) -> tuple[Decimal, Decimal]:
    return amount.low, amount.low if amount.high is None else amount.high


def is_slip(stated: Range, derived: Range) -> bool:
    """Whether two numbers differ in one digit alone, or in two beside each other that swapped.

    Two digits at least must be the same, zeros not counted: round numbers resemble each other by
    chance.
    """
    if not (stated.is_point and derived.is_point):
        return False
    one, other = _digits(stated.low), _digits(derived.low)
    if len(one) != len(other):
        return False
    pairs = list(zip(one, other, strict=True))
    places = [place for place, (a, b) in enumerate(pairs) if a != b]
    same = sum(a == b and a not in "0." for a, b in pairs)
    if same < 2:
        return False
    if len(places) == 2 and places[1] == places[0] + 1:
        return one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]
    return len(places) == 1


def _digits(number: Decimal) -> str:
    """Return a number with as many decimals as any other, so that digits stand below digits."""
    return f"{number:.4f}"
