"""The minutes of GitHub's runners that a schedule asks for, and how long the free ones last.

In a public repository they are free, and elsewhere than on GitHub there are none. They are those of
a month in which every run comes: an upper end, not a bill.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from statusgen.base.errors import InputError
from statusgen.setup.manifest import read_manifest
from statusgen.setup.schedules import FREE_MINUTES
from statusgen.setup.workflows import CheckWorkflow, check_workflows

_DAYS = 30


@dataclass(frozen=True, slots=True)
class Minutes:
    """What is asked for in a month of 30 days."""

    checks: int
    publishing: int
    """For regular publications; each change costs as much as one of them besides."""

    @property
    def total(self) -> int:
        """Both together."""
        return self.checks + self.publishing

    @property
    def days(self) -> int:
        """Whole days of a month for which those last that the free plan includes; 30 is all."""
        return min(_DAYS, FREE_MINUTES * _DAYS // max(1, self.total))


def minutes_of(workflows: Sequence[CheckWorkflow]) -> Minutes | None:
    """Return what workflows ask for together; None where no schedule of theirs can be counted."""
    counted = [each.schedule for each in workflows if each.schedule is not None]
    if not counted:
        return None
    return Minutes(sum(one.minutes for one in counted), sum(one.publishing for one in counted))


def paid_minutes(root: Path) -> Minutes | None:
    """Return what a repository asks for where its minutes count: it was set up as a private one.

    None where they are free, or where nobody said so (``statusgen init`` and ``schedule`` note it).
    """
    try:
        known = read_manifest(root)
    except InputError:
        return None
    return minutes_of(check_workflows(root)) if known and known.choices.private else None
