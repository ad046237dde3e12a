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
from statusgen.roadmap.agreement import ends, is_near
from statusgen.roadmap.money import Range

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


def _in_points(stated: Range, derived: Range) -> bool:
    return any(
        abs(one - other) <= POINTS for one, other in zip(ends(stated), ends(derived), strict=True)
    )
