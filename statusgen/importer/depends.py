"""What a stage or an item waits for, where its document says so.

A label, a column or a sentence says that something depends on something; only what is found in the
plan becomes a dependency. All else stays as it was written: an account, an approval, a library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from statusgen.importer.found import Entity, facets
from statusgen.importer.inline import MAX_TITLE
from statusgen.importer.links import reference
from statusgen.importer.staged import STAGE_WORDS
from statusgen.importer.targets import Targets
from statusgen.importer.words import canonical
from statusgen.roadmap.vocabulary import pattern, words

_WAITS = re.compile(rf"(?:(?<!\w)|(?<=[\u2e80-\uffff]))(?:{pattern(words('waits'))})\s*", re.I)
_BOUND = re.compile(r"[.;。；!?]\s*|\s[–—-]\s|[,，]\s*|[(（]")
_SELF = re.compile(rf"(?:{pattern(words('itself'))})(?:\s+(?:{pattern(STAGE_WORDS)}))?", re.I)
"""*It*, *this phase*: what the text stands under."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One thing that waits for another."""

    start: Entity
    end: Entity


@dataclass(frozen=True, slots=True)
class Labelled:
    """What stands under a label or a header that says what its part depends on."""

    part: Entity
    label: str
    ties: tuple[Tie, ...]
    is_whole: bool
    """Whether the ties say all of it."""


def tie_dependencies(roadmap: Entity, family: str) -> None:
    """Let stages and items wait for what their document says that they depend on, in place.

    What runs in a circle stays text: a plan of which nothing can begin cannot be meant.
    """
    stages = roadmap.parts("stages")
    within = {id(item): stage for stage in stages for item in stage.parts("items")}
    items = [item for stage in stages for item in stage.parts("items")]
    parts = [*stages, *items, *roadmap.parts("choices")]
    targets = Targets.of(parts, family)
    if any(targets.names_stage(text) for _, _, texts in _labels(stages) for text in texts):
        targets.shorten(stages)
    labels = [*_labels(parts)]
    counted = {label for _, label, texts in labels if "0" in texts}
    labelled = [_labelled(*label, targets, counted) for label in labels]
    said = [tie for one in labelled for tie in one.ties]
    places = [*((part, part) for part in parts)]
    remarks = [(None, place) for place in (roadmap, *roadmap.parts("x-sections"))]
    for owner, place in (*places, *remarks):
        said += (tie for text in _texts(place) for tie in _told(text, owner, targets))
    kept = _without_circles([tie for tie in said if _are_apart(tie, within)])
    for start, end in {(id(tie.start), id(tie.end)): (tie.start, tie.end) for tie in kept}.values():
        start.add("depends_on", reference(end))
    for one in labelled:
        if one.is_whole and all(tie in kept for tie in one.ties):
            del facets(one.part)[one.label]


def _labels(parts: Sequence[Entity]) -> Iterator[tuple[Entity, str, list[str]]]:
    for part in parts:
        for label, texts in facets(part).items():
            if canonical(label) == "depends":
                yield part, label, texts


def _labelled(
    part: Entity, label: str, texts: Sequence[str], targets: Targets, counted: Set[str]
) -> Labelled:
    """Read what stands under a label; where one part says 0 there, bare numbers are counts."""
    kind = "" if label in counted else part.kind
    read = [targets.named(_without_verb(text), kind) for text in texts]
    ties = tuple(Tie(part, end) for one in read for end in one.parts)
    return Labelled(part, label, ties, all(one.is_whole for one in read))


def _without_verb(text: str) -> str:
    """Return what stands behind *Blocked by:* in a list of what is waited for."""
    match = _WAITS.match(text)
    return text[match.end() :].lstrip(" :：") if match else text


def _texts(part: Entity) -> Iterator[str]:
    """Yield the sentences that are said of a part."""
    for name in ("name", "why", "goal", "reason"):
        yield part.text(name)
    notes = part.fields.get("notes", [])
    yield from (note for note in notes if isinstance(note, str)) if isinstance(notes, list) else ()
    for label, texts in facets(part).items():
        if canonical(label) != "depends" or part.kind not in ("stage", "item"):
            yield from texts


def _told(text: str, owner: Entity | None, targets: Targets) -> Iterator[Tie]:
    """Yield what a text says to wait for what: *Depends on Phase 1*, *Phase 2 depends on …*."""
    waits = [*_WAITS.finditer(text)]
    ends = [*(match.end() for match in waits[1:]), len(text)]
    for match, end in zip(waits, ends, strict=False):
        before = text[max(match.start() - 2 * MAX_TITLE, 0) : match.start()]
        clause = before[max((cut.end() for cut in _BOUND.finditer(before)), default=0) :]
        who = clause.strip(" :：*_-")
        start = owner if not who or _SELF.fullmatch(who) else targets.exactly(who)
        start = start or targets.exactly(before.strip(" :：*_-"))
        if start is not None:
            read = targets.named(text[match.end() : end], "", strict=True)
            yield from (Tie(start, part) for part in read.parts)


def _are_apart(tie: Tie, within: dict[int, Entity]) -> bool:
    """Whether two parts are not the same, and neither is within the other."""
    start, end = tie.start, tie.end
    return (
        start is not end and within.get(id(start)) is not end and within.get(id(end)) is not start
    )


def _without_circles(ties: Sequence[Tie]) -> list[Tie]:
    ends: dict[int, list[Entity]] = {}
    for tie in ties:
        ends.setdefault(id(tie.start), []).append(tie.end)
    return [tie for tie in ties if not _reaches(tie.end, tie.start, ends)]


def _reaches(start: Entity, end: Entity, ends: dict[int, list[Entity]]) -> bool:
    seen: set[int] = set()
    stack = [start]
    while stack:
        part = stack.pop()
        if part is end:
            return True
        if id(part) not in seen:
            seen.add(id(part))
            stack += ends.get(id(part), ())
    return False
