"""Nothing that a person wrote vanishes: each line of a document whose words found no place.

What the readers took is looked up in the draft word by word. A line that holds another word is kept
as it was written: as something not understood, or, where only the words of a label, a header or a
heading are missing that the draft says by its keys, among the labels.
"""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from statusgen.importer.tree import MAX_LINE
from statusgen.importer.words import CANON
from statusgen.roadmap.vocabulary import grouped, pattern, words

_WORD = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*")
_CSV = re.compile(r"\s*`{3,}[ct]sv\s*")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})[^`]*")
"""The line that opens a fence; what it names is the language of what stands below it."""
_MARKUP = re.compile(r"^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(?:\[[ xX]\]\s)?")
"""Signs of quotes, lists and boxes: what the draft says by order and by ``done``."""
_REMARK = re.compile(r"<!--.*?-->")
_TAG = re.compile(
    r"</?(?:table|thead|tbody|tfoot|tr|th|td|b|strong|i|em|br|details|summary)\b[^<>]*>", re.I
)
"""Markup of HTML, which its text does without."""
_HEADING = re.compile(r"#{2,6}\s+\S")
_NOTHING = re.compile(rf"\|\s*(?:{pattern(words('nothing'))})\s*(?=\|)", re.I)
"""A cell that says that there is nothing to say."""
_RULE = re.compile(r"[\s|:+=-]*[-=][\s|:+=-]*")
"""The line under a table's header."""
_HEADS = re.compile(r"\s*\**[^\W\d_][^:：.!?]{0,60}[:：]\**\s*")
"""A line that only says what stands below it: ``**Risks:**``."""
_MADE = frozenset({"id", "source", "schema", "currency", "period"})
"""Keys whose values the draft makes up."""
_SHORT = 4
"""Shorter words must stand by themselves: ``in`` stands within many."""
_MAX_SOUGHT = 2000
"""How many words are looked for within others; more than that are taken for missing."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One line with words that stand nowhere else."""

    line: int
    text: str
    is_label: bool
    """Whether the draft says by its keys what is missing."""


def leftover(draft: dict[str, Any], text: str) -> Iterator[Kept]:
    """Yield the lines of a document with a word that no text of the draft holds."""
    texts = [*_texts(draft)]
    whole = "\n".join(texts).casefold()
    spoken = _WORD.findall(whole)
    have, in_order = frozenset(spoken), " ".join(spoken)
    begun = frozenset(_begun(draft))
    lines = text.split("\n")
    sought = 0
    for number, line in enumerate(lines, 1):
        shown = html.unescape(_TAG.sub(" ", _MARKUP.sub("", _NOTHING.sub("|", line), count=1)))
        missing = [word for word in _WORD.findall(shown.casefold()) if word not in have]
        sought += len(missing)
        if sought < _MAX_SOUGHT:
            missing = [word for word in missing if len(word) < _SHORT or word not in whole]
        below = lines[number] if number < len(lines) else ""
        untold = bool(_HEADING.match(line)) and _is_untold(
            line, islice(lines, number, None), in_order
        )
        if (not missing and (not untold or number in begun)) or _is_separated(line, whole):
            continue
        label = (
            line.lstrip().startswith("#")
            or ("|" in line and _RULE.fullmatch(below) is not None)
            or (number > 1 and _CSV.fullmatch(lines[number - 2]) is not None)
            or _names_keys(missing)
            or _HEADS.fullmatch(line) is not None
            or _FENCE.fullmatch(line) is not None
            or not set(missing) & set(_WORD.findall(_REMARK.sub("", shown).casefold()))
        )
        yield Kept(number, line.strip(), label)


def _is_untold(line: str, below: Iterator[str], in_order: str) -> bool:
    """Whether a heading over a deeper one stands nowhere in the draft as it is written.

    A heading with a text of its own names what its text became.
    """
    level = len(line) - len(line.lstrip("#"))
    after = next((text for text in below if text.strip()), "")
    if not _HEADING.match(after) or len(after) - len(after.lstrip("#")) <= level:
        return False
    return " ".join(_WORD.findall(line.casefold())) not in in_order


def _begun(value: Any) -> Iterator[int]:
    """Yield the lines that the parts of a draft begin at."""
    for below in value.values() if isinstance(value, dict) else value:
        if isinstance(below, dict | list):
            yield from _begun(below)
    if isinstance(value, dict):
        line = str(value.get("source", "")).rpartition(":")[2]
        yield int(line) if line.isdecimal() else 0


def _is_separated(line: str, whole: str) -> bool:
    """Whether a line is values between commas, each of which stands in the draft."""
    if line.count(",") < 2 or len(line) > MAX_LINE:
        return False
    values = [value.strip().casefold() for value in next(csv.reader([line]), [])]
    return all(re.search(rf"(?<!\w){re.escape(value)}(?!\w)", whole) for value in values if value)


def _names_keys(missing: list[str]) -> bool:
    """Whether all words are those of labels, of stages or of sums, which became keys."""
    return all(word in _key_words() or _NUMBERED.fullmatch(word) for word in missing)


_WAITING = (
    *grouped("label")["depends"],
    *grouped("act")["joined"],
    *(f"{word}{end}" for word in words("stage") for end in ("", "s", "n", "en", "es", "r", "er")),
)
"""What is said besides the names of what a part waits for."""


@lru_cache(maxsize=1)
def _key_words() -> frozenset[str]:
    found = [*CANON, *(word for entries in grouped("column").values() for word in entries)]
    found += [word for entries in grouped("status").values() for word in entries]
    for kind in ("stage", "ordinals", "choice", "total", "subtotal"):
        found += words(kind)
    return frozenset(word for entry in found for word in _WORD.findall(entry))


_NUMBERED = re.compile(
    rf"(?:{pattern(words('stage'))}|m)\d{{1,3}}"
    rf"|第?(?:\d{{1,3}}|{pattern(words('ordinals'))})(?:{pattern(words('stage'))})|[a-j]"
)
"""*M1*, フェーズ2, 第一阶段: the number of a stage or the letter of an option, without its word."""


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts of a draft that its author wrote, labels of lists among them."""
    if isinstance(value, dict):
        for key, below in value.items():
            if key.removeprefix("x-") in ("facets", "links", "usage") and isinstance(below, dict):
                yield from map(str, below)
            if key == "depends_on":
                yield from _WAITING
            if key not in _MADE:
                yield from _texts(below)
    elif isinstance(value, list):
        for below in value:
            yield from _texts(below)
    elif value is not None:
        yield str(value)
