"""A promise of a roadmap with its verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from statusgen.base.clock import Instant
from statusgen.roadmap.model import Path
from statusgen.status.standing import Standing, Verdict


class Kind(StrEnum):
    """What part of a roadmap it is."""

    SUCCESS = "success"
    """A criterion: good when it is met."""
    TRIGGER = "trigger"
    """A reason to go back: fires when it is met."""
    METRIC = "metric"
    """A watched figure: alerts when it is met."""
    STAGE = "stage"
    """What makes a stage due: ``50+ users``."""
    FORECAST = "forecast"
    """A promised uptime, held against what the parts of an architecture let one expect."""


class Source(StrEnum):
    """Where the figure comes from."""

    CHECKS = "checks"
    DERIVED = "derived"
    """From the roadmap's own costs and formulas."""
    FILE = "file"
    """``data/metrics/``."""
    FORECAST = "forecast"
    """What was measured of the parts of an architecture, put together."""
    NONE = "none"


class Why(StrEnum):
    """Why nothing can be told; the first five as ``status.standing.Doubt``."""

    NONE = ""
    NOTHING = "nothing"
    COVERAGE = "coverage"
    SAMPLES = "samples"
    UNIT = "unit"
    SOURCE = "source"
    """Nothing measures it: no component, no formula, no file."""
    OPEN = "open"
    """The figure is a range that holds both, or cannot be derived."""
    PARTS = "parts"
    """Nobody measures some of the parts that it is put together from."""
    NO_TARGET = "no-target"
    """The target is no operator with one number."""
    OLD = "old"
    """Its newest figure is too old."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One promise, trigger or watched figure, as it stands."""

    roadmap: str
    kind: Kind
    id: str
    path: Path
    """Where it stands in the file."""
    text: str
    target: str
    """As the author wrote it."""
    verdict: Verdict
    why: Why = Why.NONE
    source: Source = Source.NONE
    figure: Fraction | None = None
    """Seconds for times, a fraction of one for shares, else as the target's unit."""
    upto: Fraction | None = None
    """The upper end where the figure is a range."""
    value: Fraction | None = None
    """What it is held against, in the same unit."""
    unit: str = ""
    """``share``, ``seconds``, a currency, or words."""
    standing: Standing | None = None
    """Of what checks measured."""
    fired: tuple[tuple[Instant, Instant], ...] = ()
    """When a trigger or a watched figure would have fired in the last 90 days, oldest first."""
    on: date | None = None
    """Of the day of the newest figure of a file."""
    crossing: tuple[date, date, date] | None = None
    """When a growing figure crosses the value: earliest, most likely, latest."""

    @property
    def good(self) -> bool | None:
        """Whether that is as one would wish; None where nothing can be told."""
        if self.verdict is Verdict.UNKNOWN:
            return None
        met = self.verdict is Verdict.MET
        return met if self.kind in (Kind.SUCCESS, Kind.STAGE, Kind.FORECAST) else not met
