"""The groups of the status page: what is wrong stands first, what works is folded away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from statusgen.base.states import Look
from statusgen.publish.edition import Edition
from statusgen.status.snapshot import ComponentStatus, DayBar, GroupStatus

_FOLDED = 3
"""So many that work are worth a fold beside one that does not."""


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group as the page shows it."""

    group: GroupStatus
    opened: bool
    first: tuple[ComponentStatus, ...]
    """What stands there plainly: the worst first."""
    folded: tuple[ComponentStatus, ...]
    """What works, where something else does not."""
    bars: tuple[DayBar, ...]
    """Its own strip, for while it is closed; empty where it begins open."""

    @property
    def fine(self) -> bool:
        """Whether all that is in it works."""
        return self.group.look is Look.UP


def group_cards(edition: Edition) -> list[GroupCard]:
    """Return the groups that have components, in the order of the configuration."""
    groups = [group for group in edition.snapshot.groups if group.components]
    measured = edition.snapshot.last_round is not None
    cards = []
    for group in groups:
        wrong, fine = _parted(group.components)
        folds = bool(wrong) and len(fine) >= _FOLDED
        bad = group.look is not Look.UP and measured
        cards.append(
            GroupCard(
                group,
                opened=bad or len(groups) == 1,
                first=tuple(wrong if folds else (*wrong, *fine)),
                folded=tuple(fine if folds else ()),
                bars=group.bars if group.name and len(groups) > 1 else (),
            )
        )
    return cards


def _parted(
    components: Sequence[ComponentStatus],
) -> tuple[list[ComponentStatus], list[ComponentStatus]]:
    """Return those that are not fine, the worst first, and those that are."""
    wrong = [each for each in components if each.look is not Look.UP]
    wrong.sort(key=lambda each: -each.look.severity)
    return wrong, [each for each in components if each.look is Look.UP]
