"""What a check of a claim says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from statusgen.base.text import one_line
from statusgen.base.yamltree import Mark
from statusgen.roadmap.model import Figure, Path
from statusgen.roadmap.money import Range
from statusgen.roadmap.price import Price

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
    explains: str


RULES = {
    rule.id: rule
    for rule in (
        Rule("COST001", "sum", "The sum under a table is the sum of its lines."),
        Rule("COST002", "stage-total", "A stage's stated cost fits what its items come to."),
        Rule("COST003", "basis", "It is clear whether stage costs are new or running."),
        Rule("COST004", "quantity", "A unit price has its quantity."),
        Rule("COST005", "usage", "A cost by usage says what usage it assumes."),
        Rule("COST006", "annual", "A year costs twelve months."),
        Rule("COST007", "percentage", "A percentage is what its numbers give."),
        Rule("COST008", "changes", "A base and its changes give the next total."),
        Rule("COST009", "saving", "What is saved is what the parts save."),
        Rule("COST010", "break-even", "The number of customers covers the cost."),
        Rule("COST011", "price-per-customer", "Revenue and price per customer agree."),
        Rule("COST012", "currencies", "Currencies are not added without a dated rate."),
        Rule("COST013", "missing-line", "What the plan pays for stands in its table."),
        Rule("COST014", "unexplained-line", "A line of a comparison comes from the plan."),
        Rule("COST015", "drift", "A product has one price in all documents."),
        Rule("COST016", "unmeasured", "A promise on a measured figure names what measures it."),
        Rule("COST017", "superlative", "The cheapest is the cheapest."),
        Rule("COST018", "bands", "Bands and windows leave no gap and do not overlap."),
        Rule("COST019", "not-an-option", "A default or an example is one of the options."),
        Rule("COST020", "incompatible", "Choices fit together."),
        Rule("COST021", "stale-price", "A price was looked up in the last 180 days."),
        Rule("COST022", "stated-twice", "What is stated in two places agrees."),
        Rule("COST023", "impact", "A phase's impact is what its migrations change."),
        Rule("COST024", "no-price", "A price names an amount."),
        Rule("COST025", "time", "Efforts and durations agree."),
        Rule("COST026", "arithmetic", "A calculation comes to what is stated."),
        Rule("COST027", "answer", "Examples of an answer obey the rule that they illustrate."),
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
    message: str
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
    def is_fault(self) -> bool:
        """Whether somebody should look at it: not fine, and not accepted."""
        return self.severity is not Severity.INFO and not self.accepted

    def value(self, name: str) -> Measured | None:
        """Return one of its numbers."""
        return dict(self.values).get(name)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: " if self.line else ""
        return f"{place}{self.severity} {self.rule} {self.subject}: {self.message}"


NO_VALUES: Mapping[str, Measured] = MappingProxyType({})


def told_apart(found: Iterable[Finding]) -> Iterator[Finding]:
    """Number the findings that would have the same id: two lines of a table may share a name."""
    seen: Counter[str] = Counter()
    for finding in found:
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


def finding_at(
    document: Located,
    rule: str,
    path: Path,
    subject: str,
    verdict: Verdict,
    message: str,
    *,
    stated: object = "",
    derived: str = "",
    formula: str = "",
    severity: Severity | None = None,
    values: Mapping[str, Measured] = NO_VALUES,
) -> Finding:
    """Make a finding that points at ``path`` of a document.

    The texts quote what authors wrote; here they become single printable lines. ``values`` are the
    numbers behind them; that of ``stated`` is read from it unless it is given.
    """
    mark = document.mark(path)
    written = _measured_as_written(stated)
    known = ({"stated": written} if written else {}) | dict(values)
    return Finding(
        rule=rule,
        subject=one_line(subject),
        verdict=verdict,
        severity=severity or SEVERITY[verdict],
        message=one_line(message, MAX_TEXT),
        stated=one_line(str(stated), MAX_TEXT),
        derived=one_line(derived, MAX_TEXT),
        formula=one_line(formula, MAX_TEXT),
        file=document.file,
        line=mark.line,
        column=mark.column,
        path=path,
        values=tuple(known.items()),
    )
