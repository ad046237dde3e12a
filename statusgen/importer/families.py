"""A second family of stages in one document: sprints beside phases, *Now* and *Next* beside both.

They are stages as well, told apart by their word: *Sprint 1*. What lies within a stage of the first
family is its work; two plans of one work that both state money would count it twice, so such a
family is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from statusgen.importer.brackets import told
from statusgen.importer.staged import (
    STAGE_WORDS,
    STEPS,
    Heading,
    Stages,
    heading,
    is_horizon,
    names_money,
    plans,
    size,
)
from statusgen.importer.tree import Section

_Member = tuple[Section, Heading]


def families_beside(root: Section, stages: Stages) -> dict[int, Heading]:
    """Return the sections, by ``id()``, of further families of stages; their numbers say which."""
    if stages.family not in STAGE_WORDS:
        return {}
    groups: dict[str, dict[str, _Member]] = {}
    for section, head in _outside(root, stages):
        known = groups.setdefault(head.family, {})
        if head.number not in known or size(section) > size(known[head.number][0]):
            known[head.number] = section, head
    found: dict[int, Heading] = {}
    for family, members in groups.items():
        kept = [*members.values()]
        planned = plans([(section, _with_time(head)) for section, head in kept])
        if len(kept) > 1 and planned and not any(map(_states_money, kept)):
            found |= {id(section): _told_apart(head, family) for section, head in kept}
    return found


def _outside(root: Section, stages: Stages) -> Iterator[_Member]:
    """Yield the headings of other families that lie in no stage and hold none."""
    waiting = [root]
    while waiting:
        section = waiting.pop()
        if id(section) in stages.sections or id(section) in stages.again:
            continue
        head = heading(section) if section.level else None
        if head is not None and _is_other(section, head, stages):
            yield section, head
        else:
            waiting += reversed(section.sections)


def _is_other(section: Section, head: Heading, stages: Stages) -> bool:
    if any(id(below) in stages.sections for below in section.walk()):
        return False
    if head.family == "horizon":
        return is_horizon(section.title.text)
    return head.family in STAGE_WORDS and head.family not in (*STEPS, stages.family)


def _states_money(member: _Member) -> bool:
    section, head = member
    blocks = (block for part in section.walk() for block in part.blocks)
    return bool(head.price) or any(map(names_money, blocks))


def _with_time(head: Heading) -> Heading:
    """Return a heading without a bracket that says nothing of a plan: *Priority 1 (P1)*."""
    said = {field for field, _ in told(head.bracket)} if head.bracket else set()
    return head if said & _PLANNED else replace(head, bracket="")


_PLANNED = frozenset({"when", "time", "duration", "status"})


def _told_apart(head: Heading, family: str) -> Heading:
    return head if family == "horizon" else replace(head, number=f"{family.title()} {head.number}")
