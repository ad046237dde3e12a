"""What a check of a claim says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol, TypedDict, Unpack

from statusgen.base.saying import Saying
from statusgen.base.text import one_line
from statusgen.base.yamltree import Mark
from statusgen.roadmap.model import Figure, Path
from statusgen.roadmap.money import Range
from statusgen.roadmap.price import Price
from statusgen.words import Words
from statusgen.words.worded import Worded, put, value_of

MAX_TEXT = 2000
"""The longest text of a finding, in characters."""


class Verdict(StrEnum):
    """How a stated number stands to what can be derived."""

    HOLDS = "holds"
    CONTRADICTED = "contradicted"
    """By its own arithmetic, or by another statement."""
    OPEN = "open"
    """Not derivable from what is listed."""


class Severity(StrEnum):
    """How much a finding matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


SEVERITY = {
    Verdict.HOLDS: Severity.INFO,
    Verdict.OPEN: Severity.WARNING,
    Verdict.CONTRADICTED: Severity.ERROR,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the audit."""

    id: str
    name: str

    @property
    def explains(self) -> str:
        """What it asks, in English; a page says ``saying`` in its own language."""
        return Words.of().tell(self.saying)

    @property
    def saying(self) -> Saying:
        """What it asks, in one sentence."""
        return Saying(f"rules.{self.name}")


RULES = {
    rule.id: rule
    for rule in (
        Rule("COST001", "sum"),
        Rule("COST002", "stage-total"),
        Rule("COST003", "basis"),
        Rule("COST004", "quantity"),
        Rule("COST005", "usage"),
        Rule("COST006", "annual"),
        Rule("COST007", "percentage"),
        Rule("COST008", "changes"),
        Rule("COST009", "saving"),
        Rule("COST010", "break-even"),
        Rule("COST011", "price-per-customer"),
        Rule("COST012", "currencies"),
        Rule("COST013", "missing-line"),
        Rule("COST014", "unexplained-line"),
        Rule("COST015", "drift"),
        Rule("COST016", "unmeasured"),
        Rule("COST017", "superlative"),
        Rule("COST018", "bands"),
        Rule("COST019", "not-an-option"),
        Rule("COST020", "incompatible"),
        Rule("COST021", "stale-price"),
        Rule("COST022", "stated-twice"),
        Rule("COST023", "impact"),
        Rule("COST024", "no-price"),
        Rule("COST025", "time"),
        Rule("COST026", "arithmetic"),
        Rule("COST027", "answer"),
    )
}
"""Every rule by its id."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A number that a finding speaks of; ``high`` is None where it has no upper end."""

    low: Decimal
    high: Decimal | None
    unit: str
    """ISO 4217 for money (a month, where the text names no other period), else ``%``, ``x``, or the
    words behind the number."""

    @property
    def is_range(self) -> bool:
        """Whether it is more than one number."""
        return self.high is None or self.low < self.high


def measured(amount: Range, unit: str) -> Measured:
    """Return a range with its unit."""
    return Measured(amount.low, amount.high, unit)


def _measured_as_written(stated: object) -> Measured | None:
    """Return the number in what an author wrote, where it is one."""
    if isinstance(stated, Figure):
        return measured(stated.value, stated.unit)
    if isinstance(stated, Price) and stated.monthly is not None and stated.currency:
        return measured(stated.monthly, stated.currency)
    return None


@dataclass(frozen=True, slots=True)
class Finding:
    """One check of one claim. It never changes the data."""

    rule: str
    """The rule's id, e.g. ``COST002``."""
    subject: str
    """What was checked, stable from build to build: ``stages.hardening.cost``."""
    verdict: Verdict
    severity: Severity
    saying: Saying
    """What the check says, in one sentence."""
    stated: str = ""
    derived: str = ""
    formula: str = ""
    """The arithmetic with its numbers."""
    file: str = ""
    line: int = 0
    column: int = 0
    path: Path = ()
    """The part of the file that it speaks of; empty for a document in Markdown."""
    values: tuple[tuple[str, Measured], ...] = ()
    """The numbers behind the texts, by name: ``stated``, ``derived``, or what is derived."""
    accepted: str = ""
    """Why the author leaves it as it is; empty where nobody accepted it."""
    accepted_until: date | None = None

    @property
    def id(self) -> str:
        """The finding's name: rule and subject."""
        return f"{self.rule}:{self.subject}"

    @property
    def message(self) -> str:
        """The sentence in English, for terminals and machines; a page tells its own."""
        return one_line(Words.of().tell(self.saying), MAX_TEXT)

    @property
    def is_fault(self) -> bool:
        """Whether somebody should look at it: not fine, and not accepted."""
        return self.severity is not Severity.INFO and not self.accepted

    @property
    def shown(self) -> str:
        """The verdict as pages call it: two ranges that overlap are no contradiction, but wider.

        ``contradicted`` is left for what cannot both be so.
        """
        stated, derived = self.value("stated"), self.value("derived")
        if self.verdict is not Verdict.CONTRADICTED or stated is None or derived is None:
            return str(self.verdict)
        if stated.unit != derived.unit or not (stated.is_range and derived.is_range):
            return str(self.verdict)
        highs = (stated.high, derived.high)
        apart = (highs[1] is not None and highs[1] < stated.low) or (
            highs[0] is not None and highs[0] < derived.low
        )
        return str(self.verdict) if apart else "wider"

    def value(self, name: str) -> Measured | None:
        """Return one of its numbers."""
        return dict(self.values).get(name)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: " if self.line else ""
        return f"{place}{self.severity} {self.rule} {self.subject}: {self.message}"


NO_VALUES: Mapping[str, Measured] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Judged:
    """What a check of a claim says, wherever the claim stands."""

    verdict: Verdict
    saying: Saying
    derived: str = ""
    formula: str = ""
    severity: Severity | None = None
    values: Mapping[str, Measured] = field(default_factory=lambda: NO_VALUES)


def either(items: Sequence[str | Saying]) -> str | Saying:
    """Return alternatives as one value of a sentence."""
    return _chained("findings.or", items)


def both(items: Sequence[str | Saying]) -> str | Saying:
    """Return things that go together as one value of a sentence."""
    return _chained("findings.and", items)


def listed(items: Iterable[str | Saying]) -> str | Saying:
    """Return a list as one value of a sentence; what stands in it twice is said once."""
    once: list[str | Saying] = []
    for item in items:
        if item not in once:
            once.append(item)
    return _chained("findings.list", once)


def one_after_another(items: Sequence[str | Saying]) -> str | Saying:
    """Return clauses as one value of a sentence."""
    return _chained("findings.clauses", items)


def _chained(key: str, items: Sequence[str | Saying]) -> str | Saying:
    if not items:
        return ""
    made = value_of(items[0])
    for item in items[1:]:
        made = Saying(key, {"items": made, "last": value_of(item)})
    return made if isinstance(made, Saying) else str(made)


def quoting(saying: Saying) -> Saying:
    """Return the saying with what authors wrote as single printable lines."""
    values: dict[str, str | int | Saying] = {
        name: quoting(value)
        if isinstance(value, Saying)
        else one_line(value, MAX_TEXT)
        if isinstance(value, str)
        else value
        for name, value in saying.values.items()
    }
    return Saying(saying.key, values)


def one_lined(text: str) -> str:
    """Return a text as one printable line, of which a page can still say every language."""
    if isinstance(text, Worded):
        return put(quoting(text.saying))
    return one_line(text, MAX_TEXT)


def told_apart(found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings by line, then rule, then subject, those of one id with a number.

    Two lines of a table may share a name.
    """
    seen: Counter[str] = Counter()
    for finding in sorted(found, key=lambda one: (one.line, one.rule, one.subject)):
        seen[finding.id] += 1
        count = seen[finding.id]
        yield finding if count == 1 else replace(finding, subject=f"{finding.subject}.{count}")


class Located(Protocol):
    """A document that knows where its parts stand."""

    @property
    def file(self) -> str:
        """The file's name as the user gave it."""

    def mark(self, path: Path) -> Mark:
        """Return the line and column of a part."""


class Details(TypedDict, total=False):
    """What a finding may hold besides its verdict; see :class:`Finding`."""

    stated: object
    derived: str
    formula: str
    severity: Severity | None
    values: Mapping[str, Measured]


def finding_at(
    document: Located,
    rule: str,
    path: Path,
    subject: str,
    verdict: Verdict,
    saying: Saying,
    **details: Unpack[Details],
) -> Finding:
    """Make a finding that points at ``path`` of a document.

    The texts quote what authors wrote; here they become single printable lines. ``values`` are the
    numbers behind them; that of ``stated`` is read from it unless it is given.
    """
    mark = document.mark(path)
    stated = details.get("stated", "")
    written = _measured_as_written(stated)
    known = ({"stated": written} if written else {}) | dict(details.get("values", NO_VALUES))
    return Finding(
        rule=rule,
        subject=one_line(subject),
        verdict=verdict,
        severity=details.get("severity") or SEVERITY[verdict],
        saying=quoting(saying),
        stated=one_line(str(stated), MAX_TEXT),
        derived=one_lined(details.get("derived", "")),
        formula=one_lined(details.get("formula", "")),
        file=document.file,
        line=mark.line,
        column=mark.column,
        path=path,
        values=tuple(known.items()),
    )
