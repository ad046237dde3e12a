"""The same option, or the same choice, named in several places of a document."""

from __future__ import annotations

from collections.abc import Mapping

from statusgen.importer.found import Entity, Found, facets
from statusgen.importer.names import words
from statusgen.importer.staged import BARE_OPTION
from statusgen.importer.words import canonical


def merge(roadmap: Entity, found: Found) -> None:
    """Join choices between the same options: a list of their names, and a section for each."""
    kept: list[Entity] = []
    places = {
        id(option): (id(item), id(option) in found.listed)
        for item in roadmap.parts("choices")
        for option in item.parts("options")
    }
    for item in roadmap.parts("choices"):
        into = next((one for one in reversed(kept) if _same(one, item, found)), None)
        if into is None:
            kept.append(item)
        else:
            _join(into, item, found)
    if kept:
        roadmap.fields["choices"] = [*kept]
    for item in kept:
        _once(item, found, places)


def _same(one: Entity, other: Entity, found: Found) -> bool:
    """Whether two choices are the same: most options of the shorter one stand in the other.

    Where each has its own decision they are two, between the same things.
    """
    if _is_decided(one) and _is_decided(other):
        return False
    pairs = [
        (mine, yours)
        for yours in other.parts("options")
        for mine in one.parts("options")
        if _alike(mine, yours, found)
    ]
    count = min(len(one.parts("options")), len(other.parts("options")))
    return len(pairs) > 1 and 2 * len(pairs) > count


def _is_decided(item: Entity) -> bool:
    """Whether a decision stands in a choice; one on each option is only a verdict on it."""
    told = [
        part
        for part in (item, *item.parts("options"))
        if any(canonical(label) == "chosen" for label in facets(part))
    ]
    return len(told) == 1


def _alike(one: Entity, other: Entity, found: Found) -> bool:
    names = words(one.text("name")), words(other.text("name"))
    letters = [found.letters.get(id(option), "").casefold() for option in (one, other)]
    if names[0] == names[1]:
        alike = letters[0] == letters[1] or not all(letters)
        return bool(names[0]) and (alike or letters[0].isdecimal() != letters[1].isdecimal())
    same = bool(letters[0]) and letters[0] == letters[1]
    return same and any(_is_bare(option, letters[0]) for option in (one, other))


def _is_bare(option: Entity, letter: str) -> bool:
    """Whether an option has no name but its letter: *Option A*, or *A* in a table of options."""
    name = option.text("name")
    return name.casefold() == letter.casefold() or bool(BARE_OPTION.fullmatch(name))


def _join(into: Entity, item: Entity, found: Found) -> None:
    for option in item.parts("options"):
        into.add("options", option)
    give(into, item, {"name", "options", "id"})


_Place = tuple[int, bool]
"""The choice that an option was read for, and whether it stands in a list there."""


def _once(item: Entity, found: Found, places: Mapping[int, _Place]) -> None:
    """Let an option that is named in several places stand once, with all that is said of it.

    Two of one name beside each other are two: *Redis (managed)* and *Redis (our own)*.
    """
    kept: list[Entity] = []
    named: dict[int, set[_Place]] = {}
    for option in item.parts("options"):
        place = places[id(option)]
        others = [one for one in kept if place not in named[id(one)]]
        alike = [one for one in others if _alike(one, option, found)]
        same = [one for one in alike if one.text("qualifier") == option.text("qualifier")]
        first = next(iter(same or alike), None)
        named.setdefault(id(first or option), set()).add(place)
        if first is None:
            kept.append(option)
            continue
        if _is_bare(first, found.letters.get(id(first), "")):
            first.fields["name"] = option.text("name")
        if letter := found.letters.get(id(option)):
            found.letters.setdefault(id(first), letter)
        give(first, option, {"name"})
    item.fields["options"] = [*kept]


def give(part: Entity, other: Entity, without: set[str]) -> None:
    """Give an entity what is said of it elsewhere; of two texts both are kept."""
    for key, value in other.fields.items():
        if key in without or part.set(key, value) or part.fields[key] == value:
            continue
        if key == "facets":
            for label, texts in facets(other).items():
                part.facet(label, *texts)
        elif isinstance(value, dict) and isinstance(known := part.fields[key], dict):
            part.fields[key] = {**value, **known}
        elif isinstance(value, list) and isinstance(part.fields[key], list):
            part.add(key, *value)
        elif isinstance(value, str):
            part.add("notes", value)
