"""How available a system can be expected to be, from what was measured of its parts.

An architecture is read as a block diagram of reliability (IEC 61078): every node is needed, save
those that are ``optional``; of the nodes that share a name under ``parallel`` one is enough. With
parts that fail independently of each other, the availability of the whole is ::

    A = the product, over what is needed, of A(i)          for one node
                                          of 1 - Π (1 - A(j))  for nodes in parallel

A component that several nodes name is one part: it fails everywhere at once, and the sum is taken
over both of its states. Parts rarely fail independently (one region, one deployment, one
certificate), so the figure is a forecast and no proof: say so wherever it is shown.

The interval: of each measured component the exact binomial interval (Clopper and Pearson, 1934) of
its availability over the window, an hour being one trial, because failures come in runs. The lower
end counts every hour in which anything was lost, the upper end only as many hours as were lost in
all, rounded down. With ``m`` components each tail is 2.5 % / m (Bonferroni), and the formula grows
with each of its parts: put into it, the lower ends give the lower end of the whole and the upper
ends the upper, with at least 95 % of confidence together.

A node that nobody measures may have a stated ``availability``, which is taken as it stands. One
without that is unknown: then no figure can be told, but the upper end, with the unknown parts
taken as perfect, still can.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from statusgen.base.binomial import greatest_availability, least_availability
from statusgen.base.clock import DAY, HOUR, Instant
from statusgen.roadmap.model import Architecture, Node
from statusgen.status.tally import Past

WINDOW = 90 * DAY
"""Seconds looked back on, or as many as there are since a component's first check."""
DOUBT = 0.05
"""One minus the confidence of an interval."""
LEAST_HOURS = 24
"""Observed hours below which a component is unknown."""
LEAST_COVERAGE = Fraction(1, 2)
MONTH = Fraction(1461, 48) * 24 * 60
"""Minutes of a month: 365.25 days by twelve."""
_MOST_SHARED = 12
"""Components in several sets of parallel nodes; each doubles the work."""


@dataclass(frozen=True, slots=True)
class Between:
    """A share of time between two ends; the figure is None where it cannot be told."""

    low: Fraction
    figure: Fraction | None
    high: Fraction


PERFECT_AT_MOST = Between(Fraction(0), None, Fraction(1))
"""What is known of what nobody measures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was measured of a component."""

    hours: int
    bad_hours: int
    """Those in which anything was lost."""
    lost_hours: int
    """What was lost in all, in whole hours."""
    share: Fraction
    """The availability, weighted by time."""

    def within(self, doubt: float) -> Between:
        """Return its exact interval; ``doubt`` is that of both tails together."""
        low = least_availability(self.hours, self.bad_hours, doubt / 2)
        high = greatest_availability(self.hours, self.lost_hours, doubt / 2)
        return Between(min(Fraction(low), self.share), self.share, max(Fraction(high), self.share))


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What can be expected of one architecture."""

    architecture: str
    stage: str | None
    needed: tuple[tuple[str, ...], ...]
    """Ids of nodes; of each set one is enough. Nodes that are optional are in none."""
    measured: tuple[str, ...]
    """The components that it is made from."""
    stated: tuple[str, ...]
    """Nodes taken as their author states them."""
    unknown: tuple[str, ...]
    """Nodes of which nothing is known."""
    whole: Between

    @property
    def known(self) -> bool:
        """Whether a figure can be told."""
        return self.whole.figure is not None

    @property
    def lost_minutes(self) -> Between:
        """Minutes lost in a month: from the fewest to the most."""
        figure = self.whole.figure
        return Between(
            (1 - self.whole.high) * MONTH,
            None if figure is None else (1 - figure) * MONTH,
            (1 - self.whole.low) * MONTH,
        )


def seen(past: Past, now: Instant) -> Seen | None:
    """Return what was measured of a component; None where that is too little to tell."""
    since = past.measured.since
    if since is None:
        return None
    start = max(now - WINDOW, since)
    tally = past.tally(start, now)
    hours = tally.observed // HOUR
    if hours < LEAST_HOURS or tally.coverage < LEAST_COVERAGE or tally.ratio is None:
        return None
    return Seen(
        hours=hours,
        bad_hours=min(hours, past.bad_hours(start, now)),
        lost_hours=min(hours, int(tally.bad) // HOUR),
        share=tally.ratio,
    )


def forecast(model: Architecture, found: Mapping[str, Seen]) -> Forecast:
    """Return what can be expected of an architecture, by what was ``found`` of its components."""
    needed = tuple(_needed(model))
    parts: dict[str, Between] = {}
    measured = sorted(
        {
            node.component
            for names in needed
            for node in map(model.nodes.__getitem__, names)
            if node.component in found and node.component
        }
    )
    doubt = DOUBT / max(1, len(measured))
    stated, unknown = [], []
    sets = []
    for names in needed:
        keys = set()
        for name in names:
            node = model.nodes[name]
            key = _key(name, node, found)
            keys.add(key)
            if node.component in measured and node.component:
                parts[key] = found[node.component].within(doubt)
            elif node.availability is not None:
                stated.append(name)
                parts[key] = _stated(node)
            else:
                unknown.append(name)
                parts[key] = PERFECT_AT_MOST
        sets.append(frozenset(keys))
    sets = _absorbed(sets)
    return Forecast(
        architecture=model.id,
        stage=model.stage,
        needed=needed,
        measured=tuple(measured),
        stated=tuple(stated),
        unknown=tuple(unknown),
        whole=_whole(sets, parts) if needed else PERFECT_AT_MOST,
    )


def _needed(model: Architecture) -> Iterator[tuple[str, ...]]:
    """Return the sets of nodes of each of which one is enough, in the order of the file."""
    together: dict[str, list[str]] = {}
    for name, node in model.nodes.items():
        if not node.optional:
            together.setdefault(f"={node.parallel}" if node.parallel else name, []).append(name)
    yield from map(tuple, together.values())


def _key(name: str, node: Node, found: Mapping[str, Seen]) -> str:
    """Return what fails: a measured component is one part, however many nodes name it."""
    return f"={node.component}" if node.component in found and node.component else name


def _stated(node: Node) -> Between:
    assert node.availability is not None
    low = Fraction(node.availability.ratio.low)
    above = node.availability.ratio.high
    high = Fraction(1) if above is None else Fraction(above)
    return Between(low, low if high == low else None, high)


def _absorbed(sets: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Leave out what another set already asks for: who needs A has A or B."""
    kept: list[frozenset[str]] = []
    for one in sorted(set(sets), key=lambda each: (len(each), sorted(each))):
        if not any(other <= one for other in kept):
            kept.append(one)
    return kept


def _whole(sets: list[frozenset[str]], parts: Mapping[str, Between]) -> Between:
    uses = Counter(key for one in sets for key in one)
    shared = sorted(key for key, count in uses.items() if count > 1)
    if len(shared) > _MOST_SHARED:
        return PERFECT_AT_MOST
    low = _up(sets, shared, {key: one.low for key, one in parts.items()})
    high = _up(sets, shared, {key: one.high for key, one in parts.items()})
    figures = {key: one.figure for key, one in parts.items() if key in uses}
    known = {key: each for key, each in figures.items() if each is not None}
    figure = _up(sets, shared, known) if len(known) == len(figures) else None
    return Between(low, figure, high)


def _up(
    sets: Sequence[frozenset[str]], shared: Sequence[str], chance: Mapping[str, Fraction]
) -> Fraction:
    """Return the chance that of every set at least one part is up."""
    if shared:
        key, rest = shared[0], shared[1:]
        with_it = [one for one in sets if key not in one]
        without = [one - {key} for one in sets]
        up = chance[key] * _up(with_it, rest, chance)
        if not all(without):  # nothing stands in for it
            return up
        return up + (1 - chance[key]) * _up(without, rest, chance)
    found = Fraction(1)
    for one in sets:
        lost = Fraction(1)
        for key in sorted(one):
            lost *= 1 - chance[key]
        found *= 1 - lost
    return found
