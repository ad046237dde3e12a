"""COST025: one thing in two timelines, with windows that do not meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from statusgen.audit.context import Audit
from statusgen.audit.finding import Finding, Severity, Verdict
from statusgen.base.saying import Saying
from statusgen.roadmap.acts import Act, act_on
from statusgen.roadmap.model import Item, Path, When


@dataclass(frozen=True, slots=True)
class _Named:
    """One place that names an item in a window of time."""

    source: str
    path: Path
    when: When
    act: Act = Act.CARRIED


def check(audit: Audit) -> Iterator[Finding]:
    """Ask about items that a stage and a timeline, or two timelines, put into other windows.

    Never more than asked: the work may well be two pieces. A step counts that names the item and
    nothing else, or says that it is carried out; one that prepares or watches it does not.
    """
    named: dict[str, dict[str, list[_Named]]] = {}
    for item, place in _places(audit):
        named.setdefault(item.id, {}).setdefault(place.source, []).append(place)
    for identifier, sources in named.items():
        found = audit.roadmap.item(identifier)
        first, *others = sources.values()
        for other in others if found is not None else ():
            assert found is not None
            yield from _asked(audit, found, first, other)


def _places(audit: Audit) -> Iterator[tuple[Item, _Named]]:
    """Yield which item is named where: by the stages, and by each timeline."""
    for number, stage in enumerate(audit.roadmap.stages):
        for item in stage.items:
            if (when := item.when or stage.when) is not None:
                yield item, _Named(stage.name, ("stages", number), when)
    for index, timeline in enumerate(audit.roadmap.timelines):
        for number, entry in enumerate(timeline.entries):
            path: Path = ("timelines", index, "entries", number, "when")
            for step in entry.steps:
                for name in step.item:
                    found = audit.roadmap.item(name)
                    act = act_on(step.text, _names(found)) if found is not None else None
                    if found is not None and act is not None:
                        yield found, _Named(timeline.name, path, entry.when, act)


def _names(item: Item) -> str:
    services = [*item.moves_from, *item.moves_to, *filter(None, [item.service])]
    return " ".join((item.name, item.category, item.id, *(one.name for one in services)))


def _asked(audit: Audit, item: Item, first: list[_Named], other: list[_Named]) -> Iterator[Finding]:
    """Ask where no window of the one meets any of the other.

    The switch of what moves is asked about by itself: it ends the move, so work in an earlier
    window is no excuse for it.
    """
    switched = [place for place in other if place.act is Act.SWITCHED and item.is_migration]
    for key, places in (("windows-apart", other), ("switched-apart", switched)):
        if not places or any(_touch(a.when, b.when) for a in first for b in places):
            continue
        here, there = _windows(places), _windows(first)
        yield audit.finding(
            "COST025",
            places[0].path,
            f"timelines.{item.id}.window",
            Verdict.OPEN,
            Saying(
                f"findings.{key}",
                {
                    "item": item.name,
                    "here": here,
                    "source": places[0].source,
                    "there": there,
                    "other": first[0].source,
                },
            ),
            stated=here,
            derived=there,
            severity=Severity.WARNING,
        )
        return


def _windows(places: list[_Named]) -> str:
    return ", ".join(dict.fromkeys(str(place.when) for place in places))


def _touch(one: When, other: When) -> bool:
    return one.unit is not other.unit or meet(one, other) or meet(other, one)


def meet(one: When, other: When) -> bool:
    """Whether a window begins before the one in front of it has ended; also where none can tell."""
    (first, last), (begin, _) = _span(one), _span(other)
    if first is None or begin is None:
        return True
    return first <= begin and (last is None or begin <= last)


def _span(when: When) -> tuple[int | None, int | None]:
    """Return the first and the last day, week or month; the last is None for an open end."""
    if when.start is not None:
        return when.start.toordinal(), when.end.toordinal() if when.end is not None else None
    return when.first, when.last
