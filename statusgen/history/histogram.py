"""Response times counted in fixed buckets, so that hours and days can be merged exactly.

**Bounds.** Bucket ``k`` holds the whole milliseconds from ``BOUNDS[k]`` to ``BOUNDS[k + 1] - 1``.
The bounds follow one integer rule, the same on every machine: they begin at 0 and each is the one
before it plus ``max(1, bound // 10)``: 0, 1, 2, … 20, 22, 24, … 30, 33, … up to a day. They are
part of the file format and stay for ever.

**Error.** A bucket answers with its middle. A value below 20 ms is exact; above, a bucket that
begins at ``b`` spans at most ``b / 10``, so its middle is off by less than 5 % of the true value.
Counts are exact, and merging adds them, so a percentile over a year is as good as one over an hour.
"""

from __future__ import annotations

import bisect
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import itemgetter

_TOP = 86_400_000


def _bounds() -> tuple[int, ...]:
    bounds = [0]
    while bounds[-1] <= _TOP:
        bounds.append(bounds[-1] + max(1, bounds[-1] // 10))
    return tuple(bounds)


BOUNDS = _bounds()
"""Lower bounds of the buckets in milliseconds; the last one only closes the last bucket."""
_MIDDLES = tuple((low + high - 1) // 2 for low, high in pairwise(BOUNDS))
_PAIR = re.compile(r"([0-9]{1,4})(?::([0-9]{1,12}))?")
_times = itemgetter(1)


def bucket_of(ms: int) -> int:
    """Return the bucket that counts ``ms``; more than a day counts as a day."""
    return bisect.bisect_right(BOUNDS, ms if ms < _TOP else _TOP) - 1


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts per bucket; the bounds are fixed for ever."""

    counts: tuple[tuple[int, int], ...] = ()
    """``(bucket, count)`` pairs, by bucket, without zeros."""

    @classmethod
    def of(cls, values: Iterable[int]) -> Histogram:
        """Count whole milliseconds. Raises ValueError for a negative one."""
        counts = Counter(map(bucket_of, values))
        if -1 in counts:
            raise ValueError("a response time is never negative")
        return cls(tuple(sorted(counts.items())))

    @classmethod
    def merge(cls, parts: Iterable[Histogram]) -> Histogram:
        """Add the counts of several."""
        counts = [0] * len(_MIDDLES)
        for part in parts:
            for bucket, count in part.counts:
                counts[bucket] += count
        return cls(tuple((bucket, count) for bucket, count in enumerate(counts) if count))

    @property
    def count(self) -> int:
        """How many values were counted."""
        return sum(map(_times, self.counts))

    def percentile(self, p: int | float | Fraction) -> int | None:
        """Return the ``p``-th percentile in milliseconds, or None of an empty histogram.

        By nearest rank: the least value that at least ``p`` per cent do not exceed. Raises
        ValueError unless ``0 <= p <= 100``.
        """
        if not 0 <= p <= 100:
            raise ValueError(f"a percentile lies between 0 and 100, not at {p}")
        return self.percentiles(p)[0]

    def percentiles(self, *ps: int | float | Fraction) -> tuple[int | None, ...]:
        """Return several percentiles as :meth:`percentile` does, counting once."""
        if not self.counts:
            return (None,) * len(ps)
        upto = list(accumulate(map(_times, self.counts)))
        total = upto[-1]
        found = []
        for p in ps:
            rank = max(1, _share(p, total))
            found.append(_MIDDLES[self.counts[bisect.bisect_left(upto, rank)][0]])
        return tuple(found)

    def to_text(self) -> str:
        """Write it compactly: ``bucket:count`` by spaces, the count left out where it is 1."""
        return " ".join(f"{b}:{n}" if n != 1 else f"{b}" for b, n in self.counts)

    @classmethod
    def from_text(cls, text: str) -> Histogram:
        """Read what :meth:`to_text` wrote. Raises ValueError for anything else."""
        if not text:
            return cls()
        pairs = tuple(map(_pair, text.split(" ")))
        if len(pairs) > 1 and (list(pairs) != sorted(pairs) or len(dict(pairs)) < len(pairs)):
            raise ValueError("not a histogram: buckets out of order")
        return cls(pairs)


@lru_cache(maxsize=1 << 13)
def _pair(text: str) -> tuple[int, int]:
    """Read one ``bucket:count``. A build reads a million of them, of few kinds."""
    match = _PAIR.fullmatch(text)
    bucket, count = (int(match[1]), int(match[2] or 1)) if match else (-1, 0)
    if not 0 <= bucket < len(_MIDDLES) or count < 1:
        raise ValueError("not a histogram")
    return bucket, count


def _share(p: int | float | Fraction, count: int) -> int:
    """Return ``p`` per cent of ``count``, rounded up; exact."""
    return -(-p * count // 100) if isinstance(p, int) else math.ceil(Fraction(p) * count / 100)
