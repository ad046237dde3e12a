"""The vectors U1 to U26 of content/reference, each from samples to the printed text.

Interval 300 s, gap 750 s and window [0, 3600) unless the row says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import pytest

from statusgen.history.segments import observe
from statusgen.status.intervals import Interval
from statusgen.status.uptime import uptime
from tests.status.samples import (
    DEGRADED,
    DOWN,
    PARTIAL,
    UNKNOWN,
    UP,
    Raw,
    as_samples,
    every,
    percent_text,
    segments_of,
)

DAY = 86400
FOURTH_DECIMAL = 10_000


@dataclass(frozen=True)
class Vector:
    samples: Sequence[Raw]
    text: str
    coverage: str | None
    """With up to four decimals, rounded as the table is; None for a dash."""
    end: int = 3600
    now: int | None = None
    interval: int = 300
    gap: int = 750
    maintenance: Sequence[Interval] = field(default_factory=list)


HOUR_UP = every(300, [UP] * 12)
FIFTH_DOWN = every(300, [UP] * 4 + [DOWN] + [UP] * 7)
TWENTY_DOWN = every(300, [UP] * 4 + [DOWN] * 4 + [UP] * 4)
RECHECKS = sorted(
    [sample for sample in HOUR_UP if sample[0] != 1200]
    + [(1200 + 10 * index, DOWN) for index in range(30)]
)

VECTORS = {
    "U1": Vector([], "—", "0"),
    "U2": Vector(HOUR_UP, "100.00 %", "1"),
    "U3": Vector(every(300, [DOWN] * 12), "0.00 %", "1"),
    "U4": Vector(FIFTH_DOWN, "91.66 %", "1"),
    "U5": Vector([(0, UP), (300, DOWN), (1500, UP), (2700, UP)], "66.66 %", "1", gap=1500),
    "U6": Vector([(0, UP), (3000, UP)], "100.00 %", "0.3750"),
    "U7": Vector([(0, DOWN)], "0.00 %", "0.2083"),
    "U8": Vector(TWENTY_DOWN, "100.00 %", "1", maintenance=[(1200, 2400)]),
    "U9": Vector(HOUR_UP, "—", None, maintenance=[(0, 3600)]),
    "U10": Vector(TWENTY_DOWN, "100.00 %", "1", maintenance=[(1200, 2000), (1800, 2400)]),
    "U11": Vector([*HOUR_UP, *HOUR_UP], "100.00 %", "1"),
    "U12": Vector(every(300, [UNKNOWN] * 4 + [UP] * 8), "100.00 %", "0.6667"),
    "U13": Vector(every(300, [UNKNOWN] * 4 + [DOWN] * 4 + [UP] * 4), "50.00 %", "0.6667"),
    "U14": Vector(every(300, [PARTIAL] * 12), "70.00 %", "1"),
    "U15": Vector(every(300, [PARTIAL] * 6 + [UP] * 6), "85.00 %", "1"),
    "U16": Vector(every(300, [DEGRADED] * 12), "100.00 %", "1"),
    "U17": Vector(every(300, [UP] * 5000 + [DOWN] + [UP] * 3639), "99.98 %", "1", end=30 * DAY),
    "U18": Vector(
        sorted([*every(300, [UP] * 8640), (1000, DOWN), (1001, UP)]),
        "99.99 %",
        "1",
        end=30 * DAY,
    ),
    "U19": Vector([(-200, DOWN), *every(300, [UP] * 12, start=100)], "97.22 %", "1"),
    "U20": Vector([*HOUR_UP, (4_000_000_000, UP)], "100.00 %", "1"),
    "U21": Vector(every(300, [UP] * 6, start=1800), "100.00 %", "0.5"),
    "U22": Vector(every(300, [UP] * 6), "100.00 %", "1", end=7200, now=1800),
    "U23": Vector(
        every(300, [UP] * 6000 + [DOWN] * 12 + [UP] * 19908), "99.95 %", "1", end=90 * DAY
    ),
    "U24": Vector(FIFTH_DOWN[::-1], "91.66 %", "1"),
    "U25": Vector(every(1200, [UP] * 3), "100.00 %", "0.6250"),
    "U26": Vector(RECHECKS, "91.66 %", "1"),
}


def test_every_vector_of_the_table_is_here() -> None:
    assert [f"U{number}" for number in range(1, 27)] == list(VECTORS)


@pytest.mark.parametrize("name", VECTORS)
def test_uptime_vector(name: str) -> None:
    vector = VECTORS[name]
    now = vector.end if vector.now is None else vector.now
    segments = segments_of(vector.samples, vector.gap, until=now)

    result = uptime(segments, start=0, end=vector.end, now=now, maintenance=vector.maintenance)

    assert vector.text == percent_text(result)
    assert vector.coverage is None if result.coverage is None else _close(vector, result.coverage)


@pytest.mark.parametrize("name", VECTORS)
def test_uptime_vector_through_history(name: str) -> None:
    """The same from the history room's own segments."""
    vector = VECTORS[name]
    now = vector.end if vector.now is None else vector.now
    segments = observe(
        as_samples(vector.samples), cadence=vector.interval, max_gap=vector.gap, until=now
    )

    result = uptime(segments, start=0, end=vector.end, now=now, maintenance=vector.maintenance)

    assert vector.text == percent_text(result)
    assert vector.coverage is None if result.coverage is None else _close(vector, result.coverage)


def _close(vector: Vector, coverage: Fraction) -> bool:
    """The table states coverage to four decimals."""
    return vector.coverage is not None and round(coverage * FOURTH_DECIMAL) == round(
        Fraction(vector.coverage) * FOURTH_DECIMAL
    )
