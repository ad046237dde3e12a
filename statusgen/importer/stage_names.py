"""Whether texts, such as the cells of a table, name the stages of a plan."""

from __future__ import annotations

import re
from collections.abc import Sequence

from statusgen.importer.staged import STAGE_WORDS, numbered


def names_stage(text: str, names: Sequence[str]) -> str:
    """Return which of the stages a text names, and nothing else of it; empty for none.

    ``names`` are theirs, in lower case, and *phase 2* with the number. *2 – Growth (May)*, 阶段二.
    """
    low = text.strip().strip("*_").casefold()
    head = numbered(low)
    if head is not None and (known := f"{head.family} {head.number}".casefold()) in names:
        return known
    rest = re.sub(r"\s*[(（][^()（）]*[)）]$", "", _LEADING.sub("", low)).strip(" :：.")
    return rest if rest in names else ""


_LEADING = re.compile(r"^\W*(?:\d{1,3}[\s:：.)–—-]+)?")


def with_word(texts: Sequence[str], header: str) -> list[str]:
    """Return cells with the word above them where they hold numbers alone: *Phase*, *1*, *2*."""
    word = header.strip(" *_:#.")
    if word.casefold() not in STAGE_WORDS:
        return [*texts]
    return [f"{word} {text}" if text.strip(" *_.#").isdecimal() else text for text in texts]


def are_of_stages(texts: Sequence[str], names: Sequence[str]) -> bool:
    """Whether most of several texts name stages, each another one."""
    named = [name for text in texts if (name := names_stage(text, names))]
    return 1 < len(named) == len({*named}) and 2 * len(named) > len(texts)
