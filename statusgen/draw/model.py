"""What a caller says about a diagram: neutral words and numbers, nothing of where they came from.

Texts are outside text and are escaped here. Amounts are `Decimal` in one currency; a diagram
never adds two currencies. ``href`` is where a mark leads: relative or http(s), else it is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from statusgen.draw.scene import Fill, Symbol
from statusgen.words import Words

Progress = Literal["done", "now", "planned", "late", "dropped", "expected"]
ENGLISH = Words.of()
"""Who speaks where a caller names nobody."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money as a range; ``high`` is None where it is open, as in ``$25+``."""

    low: Decimal
    high: Decimal | None

    @staticmethod
    def exactly(value: Decimal | int) -> Amount:
        """Return a range of one value."""
        return Amount(Decimal(value), Decimal(value))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of a stated number found; the word says it, the symbol repeats it."""

    symbol: Symbol
    text: str


@dataclass(frozen=True, slots=True)
class Edge:
    """One thing comes before another."""

    source: str
    target: str
    label: str = ""
    critical: bool = False
    """On the critical path."""
    told: str = ""
    """What it stands for, in words, for the table; else its label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderItem:
    """A service, a migration or a change inside a stage."""

    id: str
    name: str
    detail: str = ""
    """The product chosen, e.g. ``Sentry``."""
    when: str = ""
    """e.g. ``Week 2``."""
    price: str = ""
    """As it should be read, e.g. ``$19`` or ``free``."""
    progress: Progress = "planned"
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderStage:
    """A rung: a stage, a phase or a priority."""

    id: str
    name: str
    note: str = ""
    """e.g. its trigger, ``50+ users``."""
    progress: Progress = "planned"
    stated: str = ""
    """The cost that its author states, as text."""
    itemised: str = ""
    running: bool = False
    """Whether that holds what runs on from the stages before, too."""
    """The cost derived from the items, as text."""
    verdict: Verdict | None = None
    items: tuple[LadderItem, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Stages from first to last, and what waits for what (ids of stages and items)."""

    title: str
    stages: tuple[LadderStage, ...]
    edges: tuple[Edge, ...] = ()
    words: Words = ENGLISH
    """Who says what the diagram itself says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostStage:
    """What a stage costs: what was stated, and what its items add up to."""

    name: str
    note: str = ""
    stated: Amount | None = None
    carried: Amount = Amount(Decimal(0), Decimal(0))
    """Running on from earlier stages."""
    added: Amount = Amount(Decimal(0), Decimal(0))
    """Itemised in this stage."""
    known: bool = True
    """Whether anything is known of what it costs; where nothing is, that is said, and no sum."""
    partly: bool = False
    """Whether something is missing in what is known: ``$41 + ?``."""
    verdict: Verdict | None = None
    """Left out, it is computed from the numbers."""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostChart:
    """Cost per stage."""

    title: str
    stages: tuple[CostStage, ...]
    symbol: str = "$"
    words: Words = ENGLISH
    """Who says what the diagram itself says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAfterRow:
    """One thing that changes; a side that does not exist is None."""

    name: str
    before: Decimal | None
    after: Decimal | None
    before_name: str = ""
    after_name: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAfter:
    """Two states of the same bill. Totals are computed; a stated one is shown where it differs."""

    title: str
    rows: tuple[BeforeAfterRow, ...]
    before_name: str
    after_name: str
    stated_before: Decimal | None = None
    stated_after: Decimal | None = None
    symbol: str = "$"
    words: Words = ENGLISH
    """Who says what the diagram itself says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """A span of work."""

    id: str
    name: str
    start: float
    """Position on the axis: ``Week 2-4`` starts at 1 (after one week) and ends at 4; with real
    dates, ``date.toordinal()``."""
    end: float | None
    """None where it is open-ended."""
    when: str = ""
    """e.g. ``Week 2-4``."""
    progress: Progress = "planned"
    detail: str = ""
    group: str = ""
    """What it stands under, with its neighbours of the same group; empty: under nothing."""
    within: bool = False
    """Whether it is a part of the row above it."""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Rows on one axis."""

    title: str
    rows: tuple[TimelineRow, ...]
    unit: Literal["day", "week", "month", "date"] = "week"
    edges: tuple[Edge, ...] = ()
    today: float | None = None
    """Where now is, on the axis."""
    span: tuple[float, float] | None = None
    """The part of an axis of dates that is shown; unwritten: as far as the rows reach. A bar that
    reaches beyond it bears a chevron at that end."""
    words: Words = ENGLISH
    """Who says what the diagram itself says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeNode:
    """A question with its answers, or an outcome where there are none."""

    text: str
    branches: tuple[TreeBranch, ...] = ()
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class TreeBranch:
    """An answer and where it leads. The last one of a question is the way on."""

    label: str
    node: TreeNode


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTree:
    """Questions in order."""

    title: str
    root: TreeNode
    words: Words = ENGLISH
    """Who says what the diagram itself says."""


Day = Literal["good", "worse", "failed", "worked-at", "unseen", "before"]
"""What a day of a strip shows: up; degraded or partly down; down; maintenance; not observed; not
monitored yet. Each has a height of its own beside its colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchNode:
    """A part of a system."""

    id: str
    name: str
    lines: tuple[str, ...] = ()
    group: str = ""
    """Id of the group it lies in; empty at the top."""
    verdict: Verdict | None = None
    """e.g. its monitor's state."""
    strip: tuple[Day, ...] = ()
    """Its days, oldest first; they stand beneath the verdict."""
    told: str = ""
    """What the strip shows, or what it stands for, in words, for the table."""
    fill: Fill = "card"
    """How its box looks: a whole group, or something new, stands out."""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchGroup:
    """A frame around parts: a region, a network, a vendor."""

    id: str
    name: str
    lines: tuple[str, ...] = ()
    group: str = ""
    tray: bool = False
    """It holds what no edge reaches."""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Architecture:
    """Nodes in groups, and edges between any of them (ids share one namespace)."""

    title: str
    nodes: tuple[ArchNode, ...]
    groups: tuple[ArchGroup, ...] = ()
    edges: tuple[Edge, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    """A wish: which nodes or groups stand side by side, top to bottom. Else by their edges."""
    direction: Literal["down", "right"] = "down"
    """Where the edges lead in the wide variant; phones always read downwards."""
    later: bool = False
    """More comes later: what nothing leads to may be connected then."""
    words: Words = ENGLISH
    """Who says what the diagram itself says."""


@dataclass(frozen=True, slots=True)
class GrowthPoint:
    """A sum from a place on the axis on."""

    at: float
    amount: Amount
    when: str = ""
    """The place in words; else its number on the axis."""
    note: str = ""
    """What changes there, for the table."""
    partly: bool = False
    """Whether more is paid than is known: ``$41 + ?``."""


@dataclass(frozen=True, slots=True)
class GrowthSeries:
    """A sum over time: what was planned, what was invoiced. It holds until its next point."""

    name: str
    points: tuple[GrowthPoint, ...]
    """In order of their places."""


@dataclass(frozen=True, slots=True)
class GrowthBand:
    """A stated range that holds from a place on the axis until the next one."""

    at: float
    stated: Amount
    until: float | None = None
    """Where it ends before the next one does; None: where that begins, or at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """How cost grows over time; up to three series, which may have hundreds of points."""

    title: str
    series: tuple[GrowthSeries, ...]
    bands: tuple[GrowthBand, ...] = ()
    end: float
    """Where the axis ends, and with it the last value."""
    unit: Literal["day", "week", "month", "date"] = "month"
    """What places count, from 0; dates are ordinals of days."""
    before: Amount | None = None
    """What is paid before the first place: drawn in front of it."""
    before_partly: bool = False
    """Whether more is paid then than is known."""
    symbol: str = "$"
    words: Words = ENGLISH
    """Who says what the diagram itself says."""
