"""A promise of a roadmap with its verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from statusgen.base.clock import Instant
from statusgen.gates.trend import Crossing, Refusal
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
    HAND = "hand"
    """Written into the roadmap, with its day and where it was read."""
    READ = "read"
    """By a check of JSON."""
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
    INTERVAL = "interval"
    """The promise lies within the interval of what can be expected."""
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
    on: Instant | None = None
    """Of the newest of the figures counted, read or written by hand."""
    teller: str = ""
    """Who says that figure, as somebody wrote it down; a file, a component."""
    window: int | None = None
    """Seconds looked back on for that mean."""
    averaged: int = 0
    """Of how many figures it is the mean, where a window is looked back on; 0: it is the newest."""
    since: Instant | None = None
    """When the verdict became this one; None where that was not looked for, or is not known."""
    flips: tuple[tuple[Instant, Verdict], ...] = ()
    """The verdicts of the last 90 days, each from when on it stood, oldest first."""
    last_good: Instant | None = None
    """When it was last as one would wish, where it no longer is; None: not as far as is known."""
    crossing: Crossing | None = None
    """When the figure is expected to reach the value, where it is on its way there."""
    refused: Refusal | None = None
    """Why no day is expected, of a figure of which one might be."""

    @property
    def good(self) -> bool | None:
        """Whether that is as one would wish; None where nothing can be told."""
        return good_in(self.kind, self.verdict)


def good_in(kind: Kind, verdict: Verdict) -> bool | None:
    """Return whether a verdict is as one would wish of a kind; None where nothing can be told."""
    if verdict is Verdict.UNKNOWN:
        return None
    return (verdict is Verdict.MET) is (kind in (Kind.SUCCESS, Kind.STAGE, Kind.FORECAST))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promises are kept, broken, and open."""

    good: int
    bad: int
    unknown: int


def tally(gates: Iterable[Gate]) -> Tally:
    """Count promises by how they stand.

    A number of users that is not reached breaks none, and what a forecast says is not yet so.
    """
    found = [gate.good for gate in gates if gate.kind not in (Kind.STAGE, Kind.FORECAST)]
    return Tally(found.count(True), found.count(False), found.count(None))
