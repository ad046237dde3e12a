"""The ledger: every stated number and promise, how it was checked, and when it last held.

One entry for each check of the audit, for each promise that is held against measurements, and for
each price, cost or figure that stands in a roadmap and that nothing checks. Nothing is stored:
what changed is told by making the ledger of an earlier commit, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from statusgen.audit import Finding
from statusgen.audit import Verdict as Judged
from statusgen.base.clock import Instant
from statusgen.gates.gate import Gate, Kind
from statusgen.roadmap.model import Figure, Part, Path, Roadmap
from statusgen.roadmap.price import Price
from statusgen.status.objectives import ObjectiveStanding
from statusgen.status.standing import Verdict


class How(StrEnum):
    """How a claim was checked."""

    ARITHMETIC = "arithmetic"
    """By a rule of the audit."""
    CHECKS = "checks"
    DERIVED = "derived"
    FILE = "file"
    HAND = "hand"
    READ = "read"
    FORECAST = "forecast"
    """By the measured parts of an architecture."""
    NOTHING = "nothing"


class State(StrEnum):
    """What the check says."""

    HOLDS = "holds"
    BROKEN = "broken"
    OPEN = "open"
    """Nobody can tell."""
    ACCEPTED = "accepted"
    """It does not hold, and its author knows."""
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One stated number or promise."""

    document: str
    """The roadmap's id, or :data:`OBJECTIVES`, or :data:`WIZARD`."""
    id: str
    """Stable from build to build and from commit to commit, as long as nobody renames the part."""
    text: str
    """What it is, in the author's words, or where it stands in the data."""
    stated: str
    file: str
    line: int
    how: How
    state: State
    rule: str = ""
    """The audit's rule; empty for promises."""
    found: str = ""
    """What is derived from the plan, as arithmetic."""
    since: Instant | None = None
    """From when on the state is this one, where a replay tells."""
    held: Instant | None = None
    """When it last held, where it does not, and a replay tells."""
    finding: Finding | None = None
    gate: Gate | None = None
    objective: ObjectiveStanding | None = None


OBJECTIVES = ":objectives"
"""The document that promises to visitors are told under; no roadmap's id can be that."""
WIZARD = ":wizard"


def ledger(
    roadmap: Roadmap, findings: Sequence[Finding], gates: Sequence[Gate]
) -> tuple[Entry, ...]:
    """Return the entries of a roadmap, in the order of its file, what nothing checks last."""
    checked = [*audited(roadmap.id, findings), *_promised(roadmap, gates)]
    checked.sort(key=lambda entry: (entry.line, entry.id))
    return (*checked, *_unchecked(roadmap, findings, gates))


def promised_to_visitors(objectives: Sequence[ObjectiveStanding], file: str) -> tuple[Entry, ...]:
    """Return the entries of a configuration's objectives."""
    states = {
        Verdict.MET: State.HOLDS,
        Verdict.MISSED: State.BROKEN,
        Verdict.UNKNOWN: State.OPEN,
    }
    return tuple(
        Entry(
            document=OBJECTIVES,
            id=f"objective:{one.id}",
            text=one.id,
            stated=_percent(one.standing.target.value),
            file=file,
            line=one.line,
            how=How.CHECKS,
            state=states[one.standing.verdict],
            since=one.standing.since,
            held=one.last_met,
            objective=one,
        )
        for one in objectives
    )


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.10g}%"


def audited(document: str, findings: Iterable[Finding]) -> Iterator[Entry]:
    """Yield the entries of what the audit checked in a document."""
    states = {
        Judged.HOLDS: State.HOLDS,
        Judged.CONTRADICTED: State.BROKEN,
        Judged.OPEN: State.OPEN,
    }
    for finding in findings:
        yield Entry(
            document=document,
            id=finding.id,
            text=finding.subject,
            stated=finding.stated,
            file=finding.file,
            line=finding.line,
            how=How.ARITHMETIC,
            state=State.ACCEPTED if finding.accepted else states[finding.verdict],
            rule=finding.rule,
            found=finding.derived,
            finding=finding,
        )


def _promised(roadmap: Roadmap, gates: Sequence[Gate]) -> Iterator[Entry]:
    states = {True: State.HOLDS, False: State.BROKEN, None: State.OPEN}
    for gate in gates:
        source = str(gate.source)
        yield Entry(
            document=roadmap.id,
            id=f"{gate.kind}:{gate.id}",
            text=gate.text,
            stated=gate.target,
            file=roadmap.file,
            line=roadmap.mark(gate.path).line,
            how=How.NOTHING if source == "none" else How(source),
            # A number of users that is not reached breaks nothing.
            state=State.OPEN if gate.kind is Kind.STAGE and not gate.good else states[gate.good],
            since=gate.since,
            held=gate.last_good,
            gate=gate,
        )


def _unchecked(
    roadmap: Roadmap, findings: Sequence[Finding], gates: Sequence[Gate]
) -> Iterator[Entry]:
    paths = [*(each.path for each in findings), *(each.path for each in gates)]
    told = {path for path in paths if len(path) > 1}
    for path, stated in _stated(roadmap, ()):
        if path[0] == "measures":  # what claims are held against
            continue
        if any(path[: len(known)] == known or known[: len(path)] == path for known in told):
            continue
        name = ".".join(str(step) for step in path)
        yield Entry(
            document=roadmap.id,
            id=f"stated:{name}",
            text=name,
            stated=stated,
            file=roadmap.file,
            line=roadmap.mark(path).line,
            how=How.NOTHING,
            state=State.UNCHECKED,
        )


def _stated(part: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield every price and figure below a part, with its path and how it is written."""
    if isinstance(part, (Price, Figure)):
        yield path, str(part)
    elif isinstance(part, Part):
        for name, info in type(part).model_fields.items():
            value = getattr(part, name)
            if value and not isinstance(value, str):
                yield from _stated(value, (*path, info.alias or name))
    elif isinstance(part, (tuple, list)):
        for index, each in enumerate(part):
            yield from _stated(each, (*path, index))
    elif isinstance(part, dict):
        for key, each in part.items():
            yield from _stated(each, (*path, key))


class Changed(StrEnum):
    """What happened to an entry between two ledgers."""

    ADDED = "added"
    REMOVED = "removed"
    STATED = "stated"
    """Another number is stated."""
    VERDICT = "verdict"
    """The same number is judged otherwise."""
    FOUND = "found"
    """Something else is derived."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry that is not what it was."""

    what: Changed
    before: Entry | None
    after: Entry | None

    @property
    def entry(self) -> Entry:
        """The entry as it is, else as it was."""
        found = self.after or self.before
        assert found is not None
        return found


def differences(before: Iterable[Entry], after: Iterable[Entry]) -> tuple[Difference, ...]:
    """Return what differs between two ledgers, in the order of the newer, what is gone last.

    A line that moved is no difference.
    """
    old = {(each.document, each.id): each for each in before}
    new = {(each.document, each.id): each for each in after}
    found = []
    for key, entry in new.items():
        was = old.get(key)
        if was is None:
            found.append(Difference(Changed.ADDED, None, entry))
        elif was.stated != entry.stated:
            found.append(Difference(Changed.STATED, was, entry))
        elif was.state is not entry.state:
            found.append(Difference(Changed.VERDICT, was, entry))
        elif was.found != entry.found:
            found.append(Difference(Changed.FOUND, was, entry))
    found += [Difference(Changed.REMOVED, old[key], None) for key in old if key not in new]
    return tuple(found)
