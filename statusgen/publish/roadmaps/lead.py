"""What a lead asks of a plan: what is next, who sees to it, by when, and what holds it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from statusgen.gates.gate import Gate, Kind, Source
from statusgen.publish.links import safe_link
from statusgen.publish.promises import gate_figure
from statusgen.publish.roadmaps.addresses import item_path, part_name, section_path, stage_path
from statusgen.publish.roadmaps.dossier import Dossier
from statusgen.publish.roadmaps.table import EMPTY, Cell, Column, Table
from statusgen.publish.roadmaps.words import dashed, when_told
from statusgen.roadmap.model import Item, Roadmap, Stage, Status, Step, When
from statusgen.roadmap.moments import is_decided, state_of

_OVER = (Status.DONE, Status.DROPPED)
_MOST = 12
"""Pieces of work that an overview names; the stages' pages have them all."""


_LONG = 15
"""Steps that are shown at once, those below others included; longer lists fold."""


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that holds a plan back."""

    text: str
    path: str = ""
    """Where more is told, from the site's root."""


def due_by(plan: Roadmap, due: When | None) -> date | None:
    """Return the last day of a time by which something is due; None where it has no day."""
    found = None if due is None else due.dates(plan.start)
    return None if found is None else found[1] or found[0]


def is_late(dossier: Dossier, part: Item | Stage) -> bool:
    """Whether a piece of work should be done by now and is not."""
    day = due_by(dossier.roadmap, part.due)
    behind = day is not None and dossier.today is not None and day < dossier.today
    return behind and state_of(dossier.roadmap, part) not in _OVER


def progress_of(part: Item | Stage) -> tuple[Decimal, int, int] | None:
    """Return how much of a part is done, in percent, with the items that are and all of them.

    As its author says; a stage's else by its items, where any of them is marked. None where nobody
    said anything of it.
    """
    if part.progress is not None:
        return part.progress, 0, 0
    if not isinstance(part, Stage):
        return None
    items = [one for one in part.items if one.status is not Status.DROPPED]
    if not items or not any("status" in one.model_fields_set for one in part.items):
        return None
    done = sum(one.status is Status.DONE for one in items)
    return Decimal(100 * done) / len(items), done, len(items)


def due_told(dossier: Dossier, part: Item | Stage) -> tuple[str, bool]:
    """Return by when a part is due, and whether that is over."""
    return when_told(dossier.words, part.due), is_late(dossier, part)


def is_long(steps: Sequence[Step]) -> bool:
    """Whether a list of steps is too long to stand open among other items."""
    return _count(steps) > _LONG


def _count(steps: Sequence[Step]) -> int:
    return sum(1 + _count(step.steps) for step in steps)


def issues_of(part: Item | Stage) -> list[tuple[str, str]]:
    """Return the issues of a part: what to show and where it leads; empty where nowhere."""
    return [_issue(written) for written in part.issue]


def _issue(written: str) -> tuple[str, str]:
    """Read an address, or ``owner/repository#12`` of GitHub."""
    text = written.strip()
    owner, slash, rest = text.partition("/")
    name, mark, number = rest.partition("#")
    plain = all(letter.isalnum() or letter in "-_." for letter in owner + name)
    if slash and mark and owner and name and plain and number.isdecimal() and number.isascii():
        return text, f"https://github.com/{owner}/{name}/issues/{number}"
    address = safe_link(text)
    if not address or "://" not in address:
        return text, ""
    host, _, path = address.partition("://")[2].partition("/")
    parts = path.rstrip("/").split("/")
    if host == "github.com" and len(parts) == 4 and parts[2] in ("issues", "pull"):
        return f"{parts[0]}/{parts[1]}#{parts[3]}", address
    return f"{host}/{path}".rstrip("/"), address


def coming(plan: Roadmap, stages: Sequence[Stage]) -> list[Item]:
    """Return the work at hand: what is under way anywhere, then that of these stages."""
    open_ = [item for _, item in plan.items() if item.status is Status.CURRENT]
    for stage in stages:
        for item in stage.items:
            if item.status not in _OVER and item not in open_:
                open_.append(item)
    return open_


def _at_hand(dossier: Dossier) -> list[Stage]:
    """Return the stages that the plan is at, and the next one."""
    following = [dossier.following] if dossier.following else []
    return [*dossier.current, *(one for one in following if one not in dossier.current)]


def work_table(dossier: Dossier) -> Table | None:
    """Return the work at hand with who, by when and how far; None where nobody said any of it."""
    plan, say = dossier.roadmap, dossier.words.say
    items = coming(plan, _at_hand(dossier))
    if not any(_told_of(item) for item in items):
        return None
    stages = {item.id: stage for stage in plan.stages for item in stage.items}
    columns: dict[str, list[Cell]] = {
        "owner": [Cell(_owner(dossier, item) or EMPTY) for item in items],
        "due": [due_cell(dossier, item) for item in items],
        "progress": [progress_cell(dossier, item) for item in items],
        "issue": [issue_cell(item) for item in items],
        "changed": [Cell(item.changed.isoformat() if item.changed else EMPTY) for item in items],
    }
    shown = {key: cells for key, cells in columns.items() if any(c.text != EMPTY for c in cells)}
    rows = []
    for number, item in enumerate(items[:_MOST]):
        stage = stages.get(item.id)
        rows.append(
            (
                Cell(item.name, item_path(plan, item.id), note=stage.name if stage else ""),
                Cell(say(f"roadmap.status-{'decided' if is_decided(item) else item.status}")),
                *(cells[number] for cells in shown.values()),
            )
        )
    return Table(
        name="work",
        title=say("live.work"),
        columns=(
            Column(say("roadmap.column-item")),
            Column(say("roadmap.column-state"), fixed=True),
            *(Column(say(f"live.column-{key}"), fixed=key == "changed") for key in shown),
        ),
        rows=tuple(rows),
    )


def _told_of(item: Item) -> bool:
    return bool(item.owner or item.due or item.progress is not None or item.issue or item.changed)


def due_cell(dossier: Dossier, part: Item | Stage) -> Cell:
    """Return by when a part is due, marked where that is over."""
    text, late = due_told(dossier, part)
    return Cell(text or EMPTY, note=dossier.words.say("live.overdue") if late else "")


def progress_text(dossier: Dossier, part: Item | Stage) -> str:
    """Say how much of a part is done; empty where nobody said."""
    found, words = progress_of(part), dossier.words
    if found is None:
        return ""
    percent, done, count = found
    if count:
        return words.say("live.done-of-items", done=words.number(done), all=words.number(count))
    return words.share(int(percent) * 100)


def progress_cell(dossier: Dossier, part: Item | Stage) -> Cell:
    """Return how much of a part is done."""
    return Cell(progress_text(dossier, part) or EMPTY)


def issue_cell(part: Item | Stage) -> Cell:
    """Return the issues of a part, those of them that lead anywhere as links."""
    found = issues_of(part)
    return Cell(", ".join(text for text, _ in found) or EMPTY, links=tuple(found))


def owners(dossier: Dossier) -> list[str]:
    """Return who sees to the work at hand: the stages' owners first, each once."""
    plan = dossier.roadmap
    stages = dossier.current or _at_hand(dossier)
    items = coming(plan, stages)
    named = [*(stage.owner for stage in stages), *(item.owner for item in items)]
    return list(dict.fromkeys(filter(None, named)))


def next_day(dossier: Dossier) -> tuple[str, bool]:
    """Return by when what is at hand is due, and whether that is over; empty where unsaid."""
    plan = dossier.roadmap
    for stages in (dossier.current, [dossier.following] if dossier.following else []):
        parts: list[Item | Stage] = [stage for stage in stages if stage.due is not None]
        parts += coming(plan, [stage for stage in stages if stage.due is None]) if stages else []
        if len(stages) == 1 and stages[0].due is not None:
            return due_told(dossier, stages[0])
        dated = [(day, part) for part in parts if (day := due_by(plan, part.due)) is not None]
        if dated:
            return due_told(dossier, min(dated, key=lambda pair: pair[0])[1])
    return "", False


def held_back(dossier: Dossier) -> list[Held]:
    """Return what holds a plan back, by what is written down and what was measured."""
    return [
        *_broken(dossier),
        *_late(dossier),
        *_waiting(dossier),
        *_weak(dossier),
        *_nobody(dossier),
    ]


def _broken(dossier: Dossier) -> Iterator[Held]:
    for gate in dossier.gates:
        if gate.good is False and gate.kind in (Kind.SUCCESS, Kind.FORECAST):
            yield Held(_promise(dossier, gate), section_path(dossier.id, "gates"))


def _promise(dossier: Dossier, gate: Gate) -> str:
    key = "live.held-derived" if gate.source is Source.DERIVED else "live.held-promise"
    if gate.kind is Kind.FORECAST:
        key = "live.held-reach"
    figure = gate_figure(dossier.words, gate)
    text = gate.text.rstrip(".:")
    return dossier.words.say(key, text=text, target=dashed(gate.target), figure=figure)


def _late(dossier: Dossier) -> Iterator[Held]:
    plan = dossier.roadmap
    for stage in plan.stages:
        if is_late(dossier, stage):
            yield _was_due(dossier, stage, stage_path(plan.id, stage.id))
    for _, item in plan.items():
        if is_late(dossier, item):
            yield _was_due(dossier, item, item_path(plan, item.id))


def _was_due(dossier: Dossier, part: Item | Stage, path: str) -> Held:
    day = due_by(dossier.roadmap, part.due)
    assert day is not None
    text = dossier.words.say("live.held-late", name=part.name, day=dossier.words.dated_day(day))
    return Held(text, path)


def _waiting(dossier: Dossier) -> Iterator[Held]:
    plan = dossier.roadmap
    over = {one.id for one in plan.stages if state_of(plan, one) in _OVER}
    over |= {item.id for _, item in plan.items() if item.status in _OVER}
    over |= {item.id for stage in plan.stages if stage.id in over for item in stage.items}
    for item in coming(plan, _at_hand(dossier)):
        waits = [part_name(plan, one) for one in item.depends_on if one not in over]
        if waits:
            names = dossier.words.joined(waits)
            text = dossier.words.say("live.held-waits", name=item.name, names=names)
            yield Held(text, item_path(plan, item.id))


def _weak(dossier: Dossier) -> Iterator[Held]:
    if dossier.live is None:
        return
    for limitation in dossier.roadmap.limitations:
        struck = dossier.live.struck.get(limitation.id, ())
        if struck:
            lost = sum(one.lasted(dossier.live.now) for one in struck)
            text = dossier.words.say(
                "live.held-weakness",
                name=limitation.risk,
                count=len(struck),
                length=dossier.words.duration(lost),
            )
            yield Held(text, section_path(dossier.id, "decisions"))


def _owner(dossier: Dossier, item: Item) -> str:
    """Return who sees to a piece of work, or else to its stage."""
    stages = (stage for stage in dossier.roadmap.stages if item in stage.items)
    return item.owner or next((stage.owner for stage in stages), "")


def _nobody(dossier: Dossier) -> Iterator[Held]:
    """Count the work at hand that names nobody, in plans that name anybody at all."""
    plan = dossier.roadmap
    named: Sequence[str] = [item.owner for _, item in plan.items()]
    if not any(named):
        return
    nobody = [item for item in coming(plan, _at_hand(dossier)) if not _owner(dossier, item)]
    if nobody:
        yield Held(dossier.words.say("live.held-nobody", count=len(nobody)))
