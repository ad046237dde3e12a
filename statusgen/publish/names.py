"""Names of components, told apart where two share one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from statusgen.config.settings import Component
from statusgen.status.snapshot import GroupStatus
from statusgen.words import Words


def unique_names(
    components: Iterable[Component], groups: Iterable[GroupStatus], words: Words
) -> dict[str, str]:
    """Return each component's name by its id: alone on a page, none is taken for another.

    Two that share a name are told apart by their groups, and where that does not help, by ids.
    """
    found_in = {each.id: (each.id, each.name, each.group) for each in components}
    found_in |= {
        each.id: (each.id, each.name, group.name) for group in groups for each in group.components
    }
    known = found_in.values()
    shared = Counter(name for _, name, _ in known)
    grouped = Counter((name, group) for _, name, group in known)
    found = {}
    for identifier, name, group in known:
        apart = group if group and grouped[name, group] == 1 else identifier
        alone = shared[name] == 1
        found[identifier] = (
            name if alone else words.say("component.named-in", name=name, group=apart)
        )
    return found
