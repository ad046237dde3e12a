"""Headings within stages that are fields of a form: *Objective*, *Agent: coder*, 目标."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from statusgen.importer.pieces import heads_work
from statusgen.importer.tree import Paragraph, Section
from statusgen.importer.words import canonical

TOLD = frozenset({"goal", "effort", "when", "status", "trigger", "depends"})
"""Labels of what is told of a stage, whatever stands below them."""


def form_of(stages: Sequence[Section]) -> frozenset[str]:
    """Return the headings that most stages of a plan repeat, where some are known labels.

    *Backend* and *Frontend*, which are repeated as often, head the work itself.
    """
    counts = Counter(key for stage in stages for key in {key_of(one) for one in stage.sections})
    repeated = {key for key, count in counts.items() if count > 1 and 2 * count > len(stages)}
    known = {key for key in repeated if canonical(key) in TOLD}
    return frozenset(repeated) if known else frozenset()


def key_of(section: Section) -> str:
    """Return what stands in a heading before its colon."""
    return re.split("[:：]", section.title.text, maxsplit=1)[0].strip().casefold()


def value_of(section: Section) -> str:
    """Return what stands in a heading behind its colon."""
    return (*re.split("[:：]", section.title.text, maxsplit=1), "")[1].strip()


def is_field(section: Section, form: frozenset[str]) -> bool:
    """Whether a heading within a stage is that of a field of it, and of no work."""
    key = key_of(section)
    if section.sections or heads_work(key) or canonical(key) == "steps":
        return False
    return key in form or canonical(key) in TOLD


def said_alone(section: Section) -> str:
    """Return the text of a section that is nothing but one paragraph."""
    if len(section.blocks) == 1 and isinstance(section.blocks[0], Paragraph):
        return section.blocks[0].text
    return ""
