"""Objectives on uptime: the error budget, and how fast it is being spent.

Reference 3.3: the budget is ``(1 − target) × window``, and the burn rate over a window is
``(1 − uptime) / (1 − target)``: at a burn of 1 the budget lasts exactly its window.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from statusgen.status.snapshot import Uptime


@dataclass(frozen=True, slots=True)
class Budget:
    """An error budget in seconds, exact."""

    total: Fraction
    """What the objective allows to be lost in its window."""
    used: Fraction
    """What was observed to be lost; unobserved time uses nothing."""

    @property
    def left(self) -> Fraction:
        """What may still be lost; negative once overdrawn."""
        return self.total - self.used

    @property
    def left_share(self) -> Fraction | None:
        """``left`` of the total, at least 0; None for a target of 100 %, which has no budget."""
        return max(Fraction(0), self.left / self.total) if self.total else None

    @property
    def exhausted(self) -> bool:
        """Whether more was lost than allowed: the objective is missed."""
        return self.left < 0


def target_of(text: str) -> Fraction:
    """Read a target such as ``0.999`` exactly. Raises ValueError unless it lies in (0, 1]."""
    target = Fraction(text)
    if not 0 < target <= 1:
        raise ValueError(f"a target lies above 0 and at most at 1, not at {text}")
    return target


def budget(uptime: Uptime, target: Fraction, window: int) -> Budget:
    """Return the error budget of an objective over ``window`` seconds, with what ``uptime`` lost.

    ``window`` is the objective's own length: a budget does not shrink where history is young.
    """
    return Budget(total=(1 - target) * window, used=uptime.observed - uptime.good)


def burn_rate(uptime: Uptime, target: Fraction) -> Fraction | float | None:
    """Return how many times faster than allowed the budget was spent in the window of ``uptime``.

    None where nothing was observed; infinity for any loss against a target of 100 %.
    """
    ratio = uptime.ratio
    if ratio is None:
        return None
    lost = 1 - ratio
    if target == 1:
        return math.inf if lost else Fraction(0)
    return lost / (1 - target)
