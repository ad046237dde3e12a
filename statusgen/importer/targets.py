"""Which stages and items a text names, where each name is that of one thing alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from statusgen.importer.found import Entity
from statusgen.importer.inline import MAX_TITLE
from statusgen.importer.parted import last_bracket
from statusgen.importer.staged import STAGE_WORDS
from statusgen.roadmap.vocabulary import grouped, pattern, words

_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*")
_HEAD = re.compile(
    r"(?P<head>(?:[^\W\d_]+\s+)?#?\d+(?:\.\d+)*(?=\s*(?:[:.)]|\s[–—-])\s)"
    r"|[A-Z]{1,5}-?\d+(?:\.\d+)*(?!\w))\s*(?:[:.)]|[–—-](?=\s))?\s*(?P<rest>.*)",
    re.S,
)
"""*Task 3: Roof*, *Job 12: Fit the boiler*, *2.1 – Gate*: an id in front of a name."""
_MAX_NAME = 16
"""Words of the longest name that is looked for."""
_BEGINS = r"(?:(?<!\w)|(?<=[\u2e80-\uffff\d])(?=[\u2e80-\uffff]))"
"""Where a word begins; Chinese and Japanese put no space before it."""
_JOINS = rf"[,;+&、，；]|{_BEGINS}(?:{pattern((*grouped('act')['joined'], *words('either')))})"
_FINISHED = pattern((*grouped("status")["done"], *words("met")))
_BEHIND = re.compile(
    rf"\s{{0,9}}(?P<remark>\([^()]*\)|['’]s\s[^,;.]*?|(?:{_FINISHED}))?[\s*_`]*"
    rf"(?:$|(?=[.)）。–—:：\n]|-\s|{_JOINS}))",
    re.I,
)
"""What may follow a target: a remark in brackets, that it is done, what of it is needed. *Phase 1
budget* is something else."""
_BETWEEN = re.compile(rf"[\s*_`\"“”#]{{0,9}}(?:{_JOINS})[\s*_`\"“”#]*", re.I)
_COUNTS = re.compile(r"[.)]\s")
"""*1. A permit 2. A loan*: such a number counts what stands behind it."""
_PLACE = re.compile(r"\d{1,3}")
"""No plan has more than 999 stages."""
_RANGE = re.compile(rf"\s{{0,9}}[-–~～]\s*|\s{{1,9}}(?:{pattern(words('range'))})\s+", re.I)
_OR = re.compile(rf"{_BEGINS}(?:{pattern(words('either'))})", re.I)


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names."""

    parts: tuple[Entity, ...]
    is_whole: bool
    """Whether the text says nothing besides."""


NOTHING = Named((), False)


@dataclass(slots=True)
class Targets:
    """The stages and items of a plan by what they are called."""

    family: str
    """What stands before the numbers of the stages; empty for any word of a stage."""
    names: dict[tuple[str, ...], list[Entity]] = field(default_factory=dict)
    numbers: dict[tuple[str, str], list[Entity]] = field(default_factory=dict)
    """By kind and number."""

    @classmethod
    def of(cls, parts: Sequence[Entity], family: str) -> Targets:
        """Learn the names of a plan's parts."""
        targets = cls(family if family in STAGE_WORDS else "")
        for part in parts:
            for name in {_tokens(text) for text in _called(part)}:
                if name and not (len(name) == 1 and name[0][0].isdigit()):
                    targets.names.setdefault(name, []).append(part)
            if number := part.text("number").strip(" .#").casefold():
                targets.numbers.setdefault((part.kind, number), []).append(part)
        return targets

    def names_stage(self, text: str) -> bool:
        """Whether a text, or what stands between its commas, is the full name of a stage."""
        return any(
            [part.kind for part in self.names.get(_tokens(piece), ())] == ["stage"]
            for piece in _BETWEEN.split(text)
        )

    def shorten(self, stages: Sequence[Entity]) -> None:
        """Let stages be called by the first words of their names, where no other holds these.

        Fit for a document that is seen to call them by name: *Convex* for *Convex functions*.
        """
        called = [_tokens(stage.text("name")) for stage in stages]
        for stage, name in zip(stages, called, strict=True):
            for length in range(1, len(name)):
                short = name[:length]
                held = sum(f" {' '.join(short)} " in f" {' '.join(other)} " for other in called)
                if held == 1 and any(map(str.isalpha, short)):
                    self.names.setdefault(short, [stage])

    def exactly(self, text: str) -> Entity | None:
        """Return the one part that a text names and nothing else; None where there is none."""
        if len(text) > MAX_TITLE:
            return None
        read = self.named(text, "")
        if len(read.parts) == 1 and read.is_whole:
            return read.parts[0]
        head, inner, tail = last_bracket(text)
        both = [self.named(said, "") for said in (head, inner)] if inner and not tail else []
        found = {id(one): one for read in both if read.is_whole for one in read.parts}
        return next(iter(found.values())) if len(found) == 1 else None

    def named(self, text: str, kind: str, *, strict: bool = False) -> Named:
        """Return which parts a text names, one behind the other.

        Bare numbers are those of ``kind``. A ``strict`` reading ends before the first thing that
        is none of the plan's; else what stands between commas is passed over.
        """
        tokens = [*_TOKEN.finditer(text)]
        found: dict[int, Entity] = {}
        whole, word, at, end = True, "", 0, 0
        while at < len(tokens):
            parts, length, word = self._at(text, tokens, at, kind, word)
            after = _BEHIND.match(text, tokens[at + length - 1].end()) if parts else None
            if after is None:
                whole, word = False, ""
                if strict:
                    break
                cut = _BETWEEN.search(text, tokens[at].start())
                end = cut.end() if cut else len(text)
            else:
                whole = whole and after["remark"] is None
                found |= {id(one): one for one in parts}
                gap = _BETWEEN.match(text, after.end())
                end = gap.end() if gap else len(text)
                if gap is None and text[after.end() :].strip(" .*_`)"):
                    whole = False
            at = bisect_left(tokens, end, key=re.Match.start)
        if _OR.search(text[: end if strict else len(text)]):
            return NOTHING  # one of them is enough, or nobody knows which
        sure = [part for part in found.values() if whole or not _is_word(part)]
        return Named(tuple(sure), whole and bool(found))

    def _at(
        self, text: str, tokens: Sequence[re.Match[str]], at: int, kind: str, word: str
    ) -> tuple[list[Entity], int, str]:
        """Return what is named at a word, how many words that takes, and the word of its number."""
        said = [token[0].casefold() for token in tokens[at : at + _MAX_NAME]]
        for length in range(len(said), 0, -1):
            parts = self.names.get(tuple(said[:length]), ())
            if len(parts) == 1:
                return [*parts], length, ""
        counts = kind
        skip = 0
        if len(said) > 1 and said[1][0].isdigit() and self._heads(said[0]):
            counts, skip, word = "stage", 1, said[0]
        elif word and said[0][0].isdigit():
            counts = "stage"
        elif not said[0][0].isdigit() or not kind:
            return [], 1, ""
        elif len(said) > 1 and _COUNTS.match(text, tokens[at].end()):
            parts, length, word = self._at(text, tokens, at + 1, "", "")
            return parts, length + 1, word
        first = self._one(counts, said[skip], word)
        if first is None:
            return [], 1, ""
        last = self._last(text, tokens, at + skip)
        if not last:
            return [first], skip + 1, word
        numbers = range(int(said[skip]), int(last) + 1)
        parts = [part for number in numbers if (part := self._one(counts, str(number), word))]
        return (parts if 1 < len(parts) == len(numbers) else []), skip + 2, word

    def _one(self, kind: str, number: str, word: str) -> Entity | None:
        parts = self.numbers.get((kind, number), [])
        called = self.names.get((word, number), []) if word else []
        found = {id(part) for part in (*parts, *called)}
        return parts[0] if len(found) == 1 and parts else None

    def _last(self, text: str, tokens: Sequence[re.Match[str]], at: int) -> str:
        """Return the end of a range that begins with a number: *Phases 1-3*; else nothing."""
        ends = [token for token in tokens[at : at + 2] if _PLACE.fullmatch(token[0])]
        if len(ends) < 2 or not _RANGE.fullmatch(text[ends[0].end() : ends[1].start()]):
            return ""
        return ends[1][0]

    def _heads(self, said: str) -> bool:
        """Whether a word is that of the stages, in any number or case: *phases*, *этапа*."""
        family = (self.family,) if self.family else STAGE_WORDS
        return any(
            said == word or (said[: len(word) - 1] == word[:-1] and abs(len(said) - len(word)) < 3)
            for word in family
        )


def _is_word(part: Entity) -> bool:
    """Whether an item is called by one word: it may be that of a library."""
    return part.kind == "item" and len(_tokens(part.text("name"))) == 1 and not part.text("number")


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(text.casefold()))


def _called(part: Entity) -> Iterator[str]:
    """Yield what a stage or an item is called by."""
    name = part.text("name")
    yield name
    head, inner, tail = last_bracket(name)
    if inner and not tail:
        yield head
        if len(_tokens(inner)) == 2 and _tokens(inner)[0] in STAGE_WORDS:
            yield inner
    if match := _HEAD.fullmatch(name):
        yield match["head"]
        yield match["rest"]
        yield last_bracket(match["rest"])[0]
    number = part.text("number")
    if re.search(r"[^\W\d_]", number):
        yield number
