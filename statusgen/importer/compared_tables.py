"""Cost tables that say what was and what will be."""

from __future__ import annotations

import re
from itertools import pairwise

from statusgen.importer.found import Entity, Field

_SIDES = (
    re.compile(r"\b(before|current|old|today|traditional|existing|as[- ]is)\b", re.I),
    re.compile(r"\b(after|target|new|future|proposed|lean|to[- ]be|optimi[sz]ed)\b", re.I),
)


def compare_tables(roadmap: Entity) -> None:
    """Take two cost tables that follow each other, what was and what will be, for a comparison."""
    for one, two in pairwise(roadmap.parts("stacks")):
        was, will_be = one.text("name"), two.text("name")
        if "stage" in one.fields or "stage" in two.fields or _SIDES[0].search(will_be):
            continue
        if _SIDES[0].search(was) and _SIDES[1].search(will_be):
            left = [table for table in roadmap.parts("stacks") if table not in (one, two)]
            roadmap.fields["stacks"] = left
            fields: dict[str, Field] = {"name": f"{was} and {will_be}", "before": one, "after": two}
            roadmap.add("comparisons", Entity("comparison", one.line, fields))
