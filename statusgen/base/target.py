"""A target: what a measured figure is held against, in OpenSLO's words.

Written as an objective in ``data/status.yml``, and as a criterion, a trigger or a watched metric in
a roadmap; read into one shape, so that one evaluation serves them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Metric(StrEnum):
    """What is measured, where the program can know it."""

    UPTIME = "uptime"
    DOWNTIME = "downtime"
    LATENCY_P50 = "latency_p50"
    LATENCY_P95 = "latency_p95"
    LATENCY_P99 = "latency_p99"
    ERROR_RATE = "error_rate"
    COST = "cost"
    BREAK_EVEN = "break_even"
    MARGIN = "margin"
    OTHER = "other"


MEASURED = frozenset(
    {
        Metric.UPTIME,
        Metric.DOWNTIME,
        Metric.LATENCY_P50,
        Metric.LATENCY_P95,
        Metric.LATENCY_P99,
        Metric.ERROR_RATE,
    }
)
"""The metrics that checks of the status page measure."""


class Operator(StrEnum):
    """How the figure compares with the value."""

    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="


class Combine(StrEnum):
    """How several components make one figure."""

    WORST = "worst"
    AVERAGE = "average"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a figure must be."""

    metric: Metric
    operator: Operator
    value: Fraction
    """Exact, in ``unit``; a share is a fraction of one: 99.9 % is 999/1000."""
    unit: str = ""
    """``ms``, ``s``, a currency, or words; empty for a share or a bare number."""
    window: int | None = None
    """Seconds looked back on; None where the author names none."""
    rolling: bool = True
    """Whether the window ends now, or with a calendar month, quarter or year."""
    components: tuple[str, ...] = ()
    """Ids of the components or monitors that it is measured on."""
    combine: Combine = Combine.WORST
    min_coverage: Fraction = Fraction(1, 2)
    """Below this share of observed time there is no verdict."""

    def met_by(self, figure: Fraction) -> bool:
        """Whether a figure, in the target's unit, is as it must be."""
        match self.operator:
            case Operator.BELOW:
                return figure < self.value
            case Operator.AT_MOST:
                return figure <= self.value
            case Operator.ABOVE:
                return figure > self.value
            case Operator.AT_LEAST:
                return figure >= self.value
