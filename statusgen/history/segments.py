"""Observed time: samples become segments, and unobserved time stays out.

The formula stands in the reference on uptime arithmetic (3.3): a sample taken at ``t`` holds until
the next sample, but no longer than the *gap* ``G``; after that the state is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

from statusgen.base.clock import Instant
from statusgen.base.states import State


@dataclass(frozen=True, slots=True)
class Sample:
    """What one check said at one moment."""

    at: Instant
    state: State


@dataclass(frozen=True, slots=True)
class Segment:
    """A half-open stretch of time ``[start, end)`` in one observed state (never unknown)."""

    start: Instant
    end: Instant
    state: State
