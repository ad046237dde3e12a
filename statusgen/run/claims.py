"""The ledger of a site's claims, and in one line what a change does to costs and promises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from statusgen.audit import audit_roadmap, audit_wizard
from statusgen.base.clock import format_instant
from statusgen.gates.gate import Kind
from statusgen.gates.ledger import (
    WIZARD,
    Changed,
    Difference,
    Entry,
    State,
    audited,
    ledger,
    promised_to_visitors,
)
from statusgen.roadmap.cost import Cost, difference
from statusgen.roadmap.costs import stage_costs
from statusgen.roadmap.model import Roadmap, Wizard
from statusgen.run.promises import Promises
from statusgen.run.site import Site

_BREAK_EVEN = "COST010"


def ledger_of(site: Site) -> tuple[Entry, ...]:
    """Return every stated number and promise of a site's roadmaps.

    Raises InputError where the configuration cannot be read; a roadmap that cannot is left out.
    """
    roadmaps = site.roadmaps.roadmaps
    wizard = site.wizard[0]
    documents: list[Roadmap | Wizard] = [*roadmaps, *([wizard] if wizard else [])]
    promises = Promises(site)
    gates = promises.gates if site.now else {}
    file = Path(site.settings.file)
    if file.is_relative_to(site.root):
        file = file.relative_to(site.root)
    found = [*promised_to_visitors(promises.objectives, file.as_posix())]
    for each in roadmaps:
        findings = audit_roadmap(each, documents, site.today)
        found += ledger(each, findings, gates.get(each.id, ()))
    if wizard is not None:
        found += audited(WIZARD, audit_wizard(wizard, documents, site.today))
    return tuple(found)


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return an entry as plain data."""
    return {
        "document": entry.document.lstrip(":"),
        "id": entry.id,
        "text": entry.text,
        "stated": entry.stated or None,
        "derived": entry.found or None,
        "checked_by": str(entry.how),
        "rule": entry.rule or None,
        "state": str(entry.state),
        "since": None if entry.since is None else format_instant(entry.since),
        "held_last": None if entry.held is None else format_instant(entry.held),
        "file": entry.file,
        "line": entry.line,
    }


def entry_row(entry: Entry) -> tuple[str, ...]:
    """Return an entry as a line of a table; English, for operators."""
    held = "now" if entry.state is State.HOLDS else ""
    if entry.held is not None:
        held = format_instant(entry.held)[:10]
    return (
        f"{entry.file}:{entry.line}",
        entry.text,
        entry.stated,
        entry.rule or str(entry.how),
        _STATES[entry.state],
        held,
    )


def told_change(one: Difference) -> tuple[str, str, str]:
    """Return what happened to a claim, to which, and from what to what; English, for operators."""
    entry, was, is_ = one.entry, one.before, one.after
    name = f"{entry.document.lstrip(':')}: {entry.text}"
    if was is None or is_ is None:
        told = f"{entry.stated}: {_STATES[entry.state]}"
        return f"claim {one.what}", name, told
    if one.what is Changed.STATED:
        states = "" if was.state is is_.state else f" ({_STATES[was.state]} → {_STATES[is_.state]})"
        return "another number is stated", name, f"{was.stated} → {is_.stated}{states}"
    if one.what is Changed.VERDICT:
        return "judged otherwise", name, f"{_STATES[was.state]} → {_STATES[is_.state]}"
    return "derived otherwise", name, f"{was.found} → {is_.found}"


_STATES = {
    State.HOLDS: "holds",
    State.BROKEN: "does not hold",
    State.OPEN: "open",
    State.ACCEPTED: "does not hold, accepted",
    State.UNCHECKED: "checked by nothing",
}


def effects(before: Site, after: Site, changed: Sequence[Difference]) -> list[str]:
    """Say what a change does to costs, break-even and promises; nothing where to none of them.

    English, for who reviews it: ``+$57/month at the end of Hardening``, ``break-even 2 → 3
    customers``, ``“Steady” is out of reach``.
    """
    return [*_costs(before, after), *_break_even(changed), *_promises(after, changed)]


def _costs(before: Site, after: Site) -> Iterator[str]:
    """Yield, of each roadmap in both, what changes at the end of its last stage that changes."""
    old = {each.id: each for each in before.roadmaps.roadmaps}
    several = len(after.roadmaps.roadmaps) > 1
    for plan in after.roadmaps.roadmaps:
        if plan.id not in old:
            continue
        was = {each.stage: each.running for each in stage_costs(old[plan.id]) if not each.dropped}
        for costs in reversed(list(stage_costs(plan))):
            earlier = was.get(costs.stage)
            if costs.dropped or earlier is None or str(earlier) == str(costs.running):
                continue
            stage = plan.stage(costs.stage)
            name = stage.name if stage else costs.stage
            of = f" of {plan.id}" if several else ""
            yield f"{_signed(difference(costs.running, earlier))}/month at the end of {name}{of}"
            break


def _signed(change: Cost) -> str:
    grows = bool(change.currencies) and all(change.of(code).low >= 0 for code in change.currencies)
    return f"+{change}" if grows else str(change)


def _break_even(changed: Sequence[Difference]) -> Iterator[str]:
    for one in changed:
        was, is_ = one.before, one.after
        if was is None or is_ is None or is_.rule != _BREAK_EVEN or was.found == is_.found:
            continue
        number, _, unit = was.found.partition(" ")
        shown = number if unit and is_.found.endswith(f" {unit}") else was.found
        yield f"break-even {shown} → {is_.found}"


def _promises(after: Site, changed: Sequence[Difference]) -> Iterator[str]:
    plans = {each.id: each for each in after.roadmaps.roadmaps}
    for one in changed:
        entry = one.after
        if entry is None or entry.gate is None or entry.gate.kind is Kind.STAGE:
            continue
        was = one.before.state if one.before else None
        if was is entry.state:
            continue
        name = f"{_of_stage(plans[entry.document], entry)}“{entry.text.rstrip('.')}”"
        fires = entry.gate.kind in (Kind.TRIGGER, Kind.METRIC)
        if entry.state is State.BROKEN:
            yield f"{name} {'fires' if fires else 'is out of reach'}"
        elif entry.state is State.HOLDS and was is not None:
            yield f"{name} {'is quiet' if fires else 'is kept'} now"
        elif entry.state is State.OPEN and was is not None:
            yield f"nobody can tell any more of {name}"


def _of_stage(plan: Roadmap, entry: Entry) -> str:
    """Return the number of the stage that a criterion belongs to: ``stage 3's promise``."""
    own = entry.id.partition(":")[2]
    wanted = next((each.stage for each in plan.success if each.id == own), "")
    for number, stage in enumerate(plan.stages, 1):
        if stage.id == wanted:
            return f"{plan.kind} {stage.number or number}'s promise "
    return ""
