"""Everything that the pages say about measured time, computed once for one instant.

One function makes each number, and every page, feed and badge shows that number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from statusgen.base.clock import Instant
from statusgen.base.states import Look, State
from statusgen.status.proof import Proof


@dataclass(frozen=True, slots=True)
class Lost:
    """Downtime by Upptime's arithmetic (``status.methods``), where a site asks for that."""

    seconds: int
    whole: int
    """Seconds of the window since the first check, observed or not."""


@dataclass(frozen=True, slots=True)
class Uptime:
    """Time-weighted uptime over one window; see ``content/reference/states-and-uptime.md``.

    All members are exact: whole seconds, and ``good`` weighted by state.
    """

    good: Fraction
    """A: observed seconds, each weighted (up and degraded 1, partial 0.7, down 0)."""
    observed: int
    """K: seconds whose state is known, maintenance left out."""
    window: int
    """Seconds of the window, maintenance and future left out."""
    lost: Lost | None = None
    """Set where the figure is Upptime's: then that is the ratio, and it is told rounded."""

    @property
    def ratio(self) -> Fraction | None:
        """A/K, or None where nothing was observed."""
        if self.lost is not None:
            return 1 - Fraction(self.lost.seconds, self.lost.whole) if self.lost.whole else None
        return Fraction(self.good) / self.observed if self.observed else None

    @property
    def coverage(self) -> Fraction | None:
        """K/|W∖M|, or None for an empty window."""
        return Fraction(self.observed, self.window) if self.window else None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of observed time ``[start, end)`` in one state."""

    start: Instant
    end: Instant
    state: State


@dataclass(frozen=True, slots=True)
class DayBar:
    """One day in the site's time zone."""

    day: date
    start: Instant
    end: Instant
    """23, 24 or 25 hours after ``start``; for today the day's end, not now."""
    state: State
    """The worst state observed that day; unknown where nothing was observed."""
    seconds: Mapping[State, int]
    """Observed seconds in each state."""
    uptime: Uptime
    is_today: bool = False
    monitored: bool = True
    """Whether the first check was made by its end: a day before it is no missing data."""
    maintenance: int = 0
    """Seconds in maintenance, whether they count or not."""
    wrong: tuple[Stretch, ...] = ()
    """When it was observed in another state than up, within the day."""

    @property
    def look(self) -> Look:
        """What it is drawn as: maintenance where nothing else than that was wrong."""
        if not self.monitored:
            return Look.UNMONITORED
        calm = self.state in (State.UP, State.UNKNOWN)
        return Look.MAINTENANCE if self.maintenance and calm else Look(self.state)


@dataclass(frozen=True, slots=True)
class Month:
    """Uptime of one calendar month in the site's time zone."""

    first: date
    """Its first day."""
    uptime: Uptime


@dataclass(frozen=True, slots=True)
class Latency:
    """Percentiles of response time over one window, in milliseconds; None without a sample."""

    p50: int | None
    p95: int | None
    p99: int | None
    count: int


@dataclass(frozen=True, slots=True)
class LatencyPoint:
    """Response time in one hour, or on one day."""

    start: Instant
    latency: Latency


@dataclass(frozen=True, slots=True)
class Outage:
    """A stretch found by the threshold machine: what incidents are made of."""

    monitor: str
    start: Instant
    """Back-dated to the first raw failure of the streak."""
    opened: Instant
    """The round in which the threshold was reached."""
    opened_round: str
    reason: str | None
    code: int | None
    end: Instant | None = None
    """The first success of the streak that closed it; None while it lasts."""
    closed: Instant | None = None
    """The round in which the success threshold was reached."""
    closed_round: str | None = None


@dataclass(frozen=True, slots=True)
class VantageWord:
    """What one vantage said last of one monitor."""

    vantage: str
    at: Instant
    state: State
    ms: int | None
    code: int | None
    reason: str | None
    round: str
    counts: bool
    """Whether it still stands and is a voice: else it is shown, and decides nothing."""
    places: tuple[int, int] | None = None
    """Of an outside opinion: how many of how many probes reached it."""


@dataclass(frozen=True, slots=True)
class LastCheck:
    """The newest raw check of one monitor."""

    monitor: str
    name: str
    at: Instant
    state: State
    ms: int | None
    code: int | None
    reason: str | None
    round: str
    value: float | None = None
    """What the check read as a figure."""
    attempts: int = 1
    """How often it was tried."""
    words: tuple[VantageWord, ...] = ()
    """What each vantage said last, where there are several."""


@dataclass(frozen=True, slots=True)
class ComponentStatus:
    """One component at the snapshot's instant."""

    id: str
    name: str
    description: str
    link: str
    state: State
    """Worst of its monitors' newest raw states; unknown where the newest is older than its gap."""
    since: Instant | None
    """When it came into this state as far as segments tell; None where unknown."""
    checks: tuple[LastCheck, ...]
    uptimes: Mapping[str, Uptime]
    """By window: ``24h``, ``7d``, ``30d``, ``90d``, ``365d``. Up while all its monitors are. A
    window begins no earlier than the first check."""
    bars: tuple[DayBar, ...]
    """90 days, oldest first; the last is today."""
    latencies: Mapping[str, Latency]
    """By window, as ``uptimes``, up to ``90d``."""
    latency_series: Sequence[LatencyPoint]
    """One point an hour that has samples, oldest first, over 90 days."""
    first_observed: Instant | None
    proofs: Mapping[str, Proof] = field(default_factory=dict)
    """By window, as ``uptimes``: what its checks prove; none of one without any."""
    reporter: str = ""
    """The host whose own word the state is, where nothing of it was measured by us."""
    older: tuple[DayBar, ...] = ()
    """The days before ``bars``, back to the first of a month eleven months ago, or to the first
    check; oldest first."""
    latency_days: tuple[LatencyPoint, ...] = ()
    """One point a day of ``bars`` that has samples, oldest first."""
    months: tuple[Month, ...] = ()
    """The last twelve calendar months since the first check, oldest first."""
    in_maintenance: bool = False
    """Whether a window covers it now; ``state`` is what was measured even so."""

    @property
    def look(self) -> Look:
        """What it is shown as: maintenance stands over what was measured."""
        return Look.MAINTENANCE if self.in_maintenance else Look(self.state)


@dataclass(frozen=True, slots=True)
class GroupStatus:
    """One group: worst-of for state, all-up for uptime."""

    name: str
    description: str
    state: State
    uptime: Uptime
    """Over 90 days, or since the first check where that was later."""
    since: Instant | None
    """When the first check of any of its components was made."""
    components: tuple[ComponentStatus, ...]
    bars: tuple[DayBar, ...] = ()
    """90 days, as those of a component; worked at where one of its components was."""

    @property
    def look(self) -> Look:
        """What it is shown as: its worst component, maintenance between good and bad news."""
        looks = [component.look for component in self.components]
        return max(looks, key=lambda look: look.severity, default=Look.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that was measured, seen from ``now``."""

    now: Instant
    groups: tuple[GroupStatus, ...]
    last_round: Instant | None
    """Start of the newest round; None before the first."""
    last_round_key: str | None
    first_round: Instant | None
    cadence: int
    """Expected seconds between rounds."""
    next_expected: Instant | None
    """When the next round is due."""
    stale_after: Instant | None
    """From this moment on the page must call itself out of date."""

    @property
    def components(self) -> tuple[ComponentStatus, ...]:
        """All components in the order shown."""
        return tuple(component for group in self.groups for component in group.components)
