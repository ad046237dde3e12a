"""The claims of a document: one recogniser for each kind, which judges nothing.

``sums``: totals of tables, ``lists``: of all else (``cells`` and ``columns`` read them,
``readings`` and ``above`` say what they may be the sum of, ``conditions`` and ``figures`` which are
of none); ``efforts``: hours of lists, of stages; ``lines``: calculations between columns
(``quantities``: how many times a price; ``worked``: what is written out in a cell; ``relations``:
those that no header names); ``stages``: what is stated of the cost of stages. In sentences
(``prose``): ``changes`` (from … to), ``equations``, ``each``, ``year`` (a month and its year),
``restated`` (a total said again), ``weeks``, ``parallel`` (old and new side by side), ``goals``
(ranges against totals), ``savings``, ``achieved``, ``break_even``. ``collected`` is what they
share.
"""

from __future__ import annotations

from collections.abc import Callable

from statusgen.importer.claims import (
    achieved,
    break_even,
    changes,
    each,
    equations,
    goals,
    parallel,
    restated,
    savings,
    sums,
    weeks,
    year,
)
from statusgen.importer.claims.collected import Collected
from statusgen.importer.claims.prose import Spoken, in_cells, spoken
from statusgen.importer.staged import find_stages
from statusgen.importer.tree import Section
from statusgen.roadmap.claims import Claims

__all__ = ["Claims", "claims_of"]

_OF_A_LINE: tuple[Callable[[Spoken, Collected], None], ...] = (
    changes.read,
    equations.read,
    each.read,
    year.read,
    achieved.read,
)
"""What is recognised in one line by itself."""
_OF_ALL: tuple[Callable[[Collected, list[Spoken]], None], ...] = (
    weeks.read,
    parallel.read,
    restated.read,
    savings.read,
    goals.read,
    break_even.read,
)
"""What several places of a document say together."""


def claims_of(root: Section, name: str) -> Claims:
    """Return the claims of a document; ``name`` is what its first part is called in findings."""
    collected = Collected(name, root, find_stages(root))
    sums.read(collected)
    lines = list(spoken(root))
    for line in lines:
        if any(map(str.isdecimal, line.text)):  # most lines of most documents state no number
            for read in _OF_A_LINE:
                read(line, collected)
    for cell in in_cells(root):
        equations.read(cell, collected, in_table=True)
    for together in _OF_ALL:
        together(collected, lines)
    return collected.claims
