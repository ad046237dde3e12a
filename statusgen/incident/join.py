"""How a person's words and the program's measurements become one incident.

A person takes an incident over by a copy in ``content/incidents/``. From then on:

==========================  ========================================================================
id                          the person's (the name of their file)
uid, automatic, evidence,   the program's: feeds know the incident by this uid already
joined
title, impact, start        the person's
updates                     the person's, and the measured resolution where it counts (below)
affected                    the person's list, or the program's where the person lists none; ends
                            and monitors that the person does not give are the measured ones
resolved, blip              the person's; else the measured resolution where it counts
==========================  ========================================================================

The measured resolution counts while the person has said nothing since: no ``resolved``, and no
update after it. Somebody who writes "monitoring" after the checks recovered is still at it, and
says when it is over.
"""

from __future__ import annotations

from dataclasses import replace

from statusgen.incident.model import Affected, Incident, Phase, Update


def join(person: Incident, program: Incident) -> Incident:
    """Return the incident that the page shows; the rules stand at the head of this module."""
    resolution = _resolution(person, program)
    resolved, blip, updates = person.resolved, person.blip, person.updates
    if resolution is not None:
        resolved, blip = program.resolved, program.blip
        updates = (*updates, resolution)
    affected = tuple(_measured(entry, program) for entry in person.affected)
    if resolved is not None:
        affected = tuple(
            entry if entry.end is not None else replace(entry, end=max(resolved, entry.start + 1))
            for entry in affected
        )
    return replace(
        person,
        uid=program.uid,
        automatic=program.automatic,
        evidence=program.evidence,
        joined=program.joined,
        measured=_last_word(program),
        adopted=True,
        affected=affected or program.affected,
        updates=updates,
        resolved=resolved,
        blip=blip,
    )


def _resolution(person: Incident, program: Incident) -> Update | None:
    """Return the measured end where it counts."""
    last = _last_word(program)
    if person.resolved is not None or last is None:
        return None
    return None if any(update.at >= last.at for update in person.updates) else last


def _last_word(program: Incident) -> Update | None:
    """Return the update that tells the measured end; None while there is none."""
    last = program.updates[-1] if program.updates else None
    ended = program.resolved is not None and last is not None and last.phase is Phase.RESOLVED
    return last if ended else None


def _measured(entry: Affected, program: Incident) -> Affected:
    """Fill in what the person left open from what was measured of that component."""
    for known in program.affected:
        if known.component == entry.component:
            end = known.end if entry.end is None else entry.end
            if end is not None and end <= entry.start:
                end = entry.end
            return replace(entry, end=end, monitors=entry.monitors or known.monitors)
    return entry
