"""What a stage is called beside others: with its number, unless its name says one."""

from __future__ import annotations

import re
from functools import lru_cache

from statusgen.roadmap.model import Roadmap, Stage
from statusgen.roadmap.vocabulary import ordinals, words
from statusgen.words import Words


def stage_heading(speaker: Words, plan: Roadmap, stage: Stage) -> str:
    """Return ``Stage 2: Managed servers``; ``Phase 2: Managed servers`` keeps its name."""
    if is_numbered(stage.name):
        return stage.name
    number = str(stage_number(plan, stage))
    return speaker.say(f"roadmap.heading-{plan.kind}", number=number, name=stage.name)


def stage_label(plan: Roadmap, stage: Stage) -> str:
    """Return ``2. Managed servers``, to stand in a row of others."""
    if is_numbered(stage.name):
        return stage.name
    return f"{stage_number(plan, stage)}. {stage.name}"


def stage_number(plan: Roadmap, stage: Stage) -> int | str:
    """Return the number that a stage was given, or else its place, from 1."""
    places = {one.id: at for at, one in enumerate(plan.stages, 1)}
    return stage.number or places[stage.id]


def is_numbered(name: str) -> bool:
    """Whether a stage's name begins with its number: ``Step 2``, ``M1: …``, ``第一阶段``, ``3) …``.

    Not ``Release 2.1 in two regions``, ``Phase out the old API``, ``H2 in place of files``.
    """
    return _pattern().match(name) is not None


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    kinds = "|".join(map(re.escape, words("stage")))
    counted = "|".join(re.escape(word) for language in ordinals() for word in language)
    number = rf"(?:\d{{1,3}}[a-z]?|[ivx]{{1,5}}|{counted}|[一二三四五六七八九十]{{1,3}})"
    ends = r"(?![.,]?\w)"
    return re.compile(
        rf"\W*(?:(?:{kinds})\s*[-–#№.]?\s*{number}{ends}"
        rf"|第?\s*(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})\s*[-.]?\s*(?:{kinds})(?![a-z])"
        r"|\d{1,3}\s*(?:[.):](?!\d)|[-–—]\s)"
        r"|[a-z]{1,2}\d{1,2}\s*(?:[:.)]|[-–—]\s))",
        re.I,
    )
