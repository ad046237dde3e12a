"""Which headings are the stages of a document, whatever the author calls them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from statusgen.importer.inline import MAX_TITLE
from statusgen.importer.instructions import are_of_course
from statusgen.importer.parted import last_bracket, narrow, unnumbered
from statusgen.importer.spans import is_dates, is_months, tells_of_plan
from statusgen.importer.tree import Block, Fence, Listing, Paragraph, Section, Table, said
from statusgen.importer.words import canonical, cost_behind, pair
from statusgen.roadmap.model import parse_effort
from statusgen.roadmap.money import SIGN
from statusgen.roadmap.vocabulary import grouped, ordinals, pattern, spaced, words

NOT_STAGES = frozenset(words("not_stage") + words("choice"))
"""What stands before a number and heads no stage: *Appendix A*, *Figure 3*."""
TIMES = frozenset({"week", "weeks", "month", "months", "day", "days", "quarter"})
STAGE_WORDS = words("stage")
"""What stands before the number of a stage, in every language; lower case."""
_ORDINALS = words("ordinals")
_NUMBERED = re.compile(
    r"(?P<word>[^\W\d_]+(?: [^\W\d_]+)?)\s+#?(?P<number>\d{1,3}|[IVX]{1,5}|[A-E])\b(?!\.\d)"
    r"(?P<range>\s*[-–]\s*\d{1,3}|\+)?\s*[:.)—–-]*\s*(?P<rest>.*)",
    re.S,
)
_IN_WORDS = re.compile(
    rf"(?P<word>{pattern(STAGE_WORDS)})\s*#?"
    rf"(?P<number>(?:{pattern(_ORDINALS)})(?=\s*(?:[:：.)(—–-]|$))|\d{{1,3}}(?![\d.]))"
    r"(?P<range>(?!))?\s*[:：.)—–-]*\s*(?P<rest>.*)",
    re.S | re.I,
)
"""*Phase One*, フェーズ1, 阶段 2."""
_DECIMAL = re.compile(
    rf"(?P<word>{pattern(tuple(word for word in STAGE_WORDS if word not in words('released')))})"
    r"\s+(?P<number>\d{1,2}\.\d{1,2})(?![\w.])(?P<range>\s?[-–]\s?\d{1,2}\.\d{1,2})?"
    r"\s*[:：.)—–-]*\s*(?P<rest>.*)",
    re.S | re.I,
)
"""*Phase 6.5 - Documentation*; the number of a release is a version."""
_NUMBER_FIRST = re.compile(
    rf"(?P<nth>第\s*)?(?P<number>\d{{1,3}}|(?:{pattern(_ORDINALS)})(?<=[\u4e00-\u9fff]))"
    rf"(?:\.|ère|ere|er|ème|e|ª|º|°|-й)?\s*"
    rf"(?P<word>{pattern(STAGE_WORDS)})(?P<range>(?!))?\s*"
    rf"(?:$|(?:[:：.)—–-]+|(?=\s?[（(])|(?(nth)\s|(?!)))\s*(?P<rest>.*))",
    re.S | re.I,
)
"""*2. Etappe: …*, *1ère étape*, 1단계, 第2段階, 第一阶段（1-2周）."""
_MILESTONE = re.compile(
    r"(?P<word>M)(?P<number>\d{1,2})\b(?!\.\d)(?P<range>(?!))?\s*[:.)—–-]*\s*(?P<rest>\S.*)", re.S
)
_SCALE = re.compile(
    # What they hold is looked for ahead: two that give way to each other are slow on a long line.
    r"(?=[^()（）]*[^\W\d_])(?P<name>[^()（）]*[^()（）\s])\s*"
    r"[(（](?=[^()（）]*\d)(?P<scale>[^()（）]+)[)）]\s*",
    re.S,
)
_COUNT = r"\d[\d.,]*\s?[KM]?"
_COUNTED = re.compile(
    rf"(?:{_COUNT}\s?(?:[-–—]|to|a|à|bis)\s?{_COUNT}\+?|[<>≤≥]\s?{_COUNT}|{_COUNT}\+|"
    rf"(?:up to|over|more than|from|ab|über|plus de|más de|bis zu|jusqu'à|hasta)\s+{_COUNT})"
    rf"\s+(?:[^\W\d_]+\s+)?(?:{pattern(words('scale'))})(?:\s.*)?",
    re.I,
)
"""A range or a bound of those that a service grows with; *30 days* and *5 people* are neither."""
_QUARTER = re.compile(
    r"(?P<word>(?:Q[1-4]|H[12])(?:[ /-]*(?:FY)?\d{2,4})?|(?:FY)?20\d\d[ -]*(?:Q[1-4]|H[12]))"
    r"\s*[:—–-]*\s*(?P<rest>.*)",
    re.S | re.I,
)
_HORIZON = re.compile(
    r"(?P<word>now|next|later|immediate(?:ly)?|(?:short|mid|medium|near|long)[- ]term|future|mvp"
    r"|today|tomorrow)\b(?!\s*[/&,])\s*(?:actions|goals)?\s*[:—–-]*\s*(?P<rest>.*)",
    re.S | re.I,
)
_HORIZON_ALONE = re.compile(
    rf"(?P<word>{pattern(words('horizon'))})\s*(?P<rest>$|(?:[:：—–-]|(?=[（(])).*)", re.S | re.I
)
"""*Next*, *Als Nächstes (bis Mai)*: the word and no sentence."""
_VERSION = re.compile(r"(?P<word>v\d{1,9}(?:\.\d{1,9})*)\s*[:—–-]*\s*(?P<rest>.*)", re.S | re.I)
OPTION = re.compile(
    rf"(?:{pattern(words('choice'))})\s*(?P<letter>\d{{1,2}}|[A-Z]|[①-⑨一二三四五六七八九])(?!\w)"
    r"\s*[:：.)—–-]*\s*(?P<name>.+)",
    re.I | re.S,
)
"""*Option A: …*, *Variante 2 – …*, 案B：…: the head of a choice."""
BARE_OPTION = re.compile(
    rf"(?:{pattern(words('choice'))})\s*(?P<letter>\d{{1,2}}|[A-Z]|[①-⑨一二三四五六七八九])\s*[:：.)]?",
    re.I,
)
"""*Option A* and nothing else."""
LETTERED = re.compile(r"\(?(?P<letter>[A-Z])(?:[.):]|\s[–—-])\s+(?P<name>\S.*)", re.S)
"""*A. Rent*, *(B) Buy*: what may be an option where others stand beside it."""
KEYS = {"phase": "phases", "priority": "priorities"}
LASTS = tuple(
    word
    for unit, known in grouped("lasts").items()
    for word in known
    if unit not in ("minute", "hour") and (len(word) > 1 or not spaced(word))
)
"""Units of how long something takes that may stand in any text: *3 Wochen*, 2泊."""
STEPS = frozenset(words("step"))
"""Words that head the parts of an instruction as often as those of a plan."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that may be that of a stage."""

    family: str
    """What the headings of one group have in common: ``phase``, ``quarter`` …"""
    number: str
    """What tells it from the others of its family."""
    name: str
    bracket: str = ""
    """What stands in parentheses at the end."""
    price: str = ""
    """The cost that the heading states: ``Stage 2: Growth — $150/mo``."""


@dataclass(slots=True)
class Stages:
    """The stages of a document."""

    key: str
    """``stages``, ``phases`` or ``priorities``."""
    family: str
    sections: dict[int, Heading]
    """The stages' sections by ``id()``."""
    again: dict[int, Heading]
    """Further sections that speak of the same stages."""


def heading(section: Section) -> Heading | None:
    """Read a heading as that of a stage; None where it cannot be one."""
    text = _KEYCAP.sub("", section.title.text.strip())
    if found := numbered(text):
        return found
    for family, form in _OTHERS:
        if match := form.fullmatch(text):
            if family == "horizon" and len(match["rest"].split()) > 4 and "(" not in text:
                continue
            name, bracket, _ = last_bracket(text)
            return Heading(family, match["word"].lower(), name, bracket)
    return scaled(text)


_KEYCAP = re.compile(r"^(?:\d\ufe0f?\u20e3\s*)+")
"""*1️⃣ Phase 1: …*"""
_OTHERS = (
    ("quarter", _QUARTER),
    ("horizon", _HORIZON),
    ("horizon", _HORIZON_ALONE),
    ("version", _VERSION),
)


def is_horizon(text: str) -> bool:
    """Whether a text is *Now*, *Next* or *Later* and nothing else."""
    match = _HORIZON_ALONE.fullmatch(text.strip(" :："))
    return match is not None and not match["rest"]


def numbered(text: str) -> Heading | None:
    """Read ``Phase 2: Growth (50+ users)`` or ``2. Etappe: …``; None for any other text."""
    text = text.strip()
    match = _match(text)
    if match is None:
        number, behind = unnumbered(text)
        match = _match(behind) if number else None
        # "2. Phase 1 – Growth", but not "1. Node 18": its word is none of a stage.
        if match is None or match["word"].casefold() not in STAGE_WORDS:
            return None
    word = match["word"].casefold()
    if (
        _TO_ANOTHER.match(match["rest"] or "")
        or word in NOT_STAGES
        or word.split()[-1] in NOT_STAGES
    ):
        return None
    word = "milestone" if match.re is _MILESTONE else word
    family = "time" if word in TIMES else word
    rest, price = cost_behind(narrow(match["rest"] or "").strip())
    name, bracket, tail = last_bracket(rest)
    if not bracket:
        name, bracket = _time_behind(rest)
        rest = name
    number = _digits(match["number"]) + (match["range"] or "").replace(" ", "")
    if first := _BRACKET_FIRST.fullmatch(rest):
        bracket, name, tail = first["bracket"].strip(), first["name"] or "", ""
        if reads(parse_effort, name.strip(" :：.")):  # "Phase 1 (critical) - 3 hours:"
            bracket, name = name.strip(" :：."), bracket
    if (tail or family == "time") and first is None:
        name = rest
    if quoted := _QUOTED.fullmatch(name):
        name = quoted["name"]
    shown = name or f"{match['word']} {number}"
    number = f"{word} {number}" if family == "time" else number
    return Heading(family, number, shown, bracket, price)


_QUOTED = re.compile(r"[\"“„«»”](?P<name>[^\"“„«»”]+)[\"“”«»]")
_TO_ANOTHER = re.compile(r"(?:[→⇒➜⟶]|[-=]+>)\s*(?:[^\W\d_]+\s+)?#?\d")
"""*Stage 1 → 2: five of them pay* says when the next one begins, and names none."""
_BRACKET_FIRST = re.compile(r"\((?P<bracket>[^()]*)\)?\s*[:：,;—–-]*\s*(?P<name>.*)", re.S)
"""``(Sep – Dec 2026): second region``"""


def _match(text: str) -> re.Match[str] | None:
    for form in (_IN_WORDS, _NUMBERED, _DECIMAL, _NUMBER_FIRST, _MILESTONE):
        if match := form.fullmatch(text):
            return match
    return None


def are_months(titles: Sequence[str]) -> bool:
    """Whether *M3*, *M6* and *M12* are months: milestones are numbered one after the other."""
    matches = [_MILESTONE.fullmatch(title.strip()) for title in titles]
    numbers = [int(match["number"]) for match in matches if match]
    gaps = [after - before for before, after in pairwise(numbers)]
    return bool(gaps) and 2 * sum(gap > 1 for gap in gaps) > len(gaps)


def _digits(number: str) -> str:
    """Return an ordinal word as its number; a number as it is."""
    for file in ordinals():
        if number.casefold() in file:
            return str(file.index(number.casefold()) + 1)
    return number


def scaled(text: str) -> Heading | None:
    """Read ``Launch (0–500 users)``: a stage that only its scale tells from the others."""
    match = _SCALE.fullmatch(text.strip()) if len(text) <= MAX_TITLE else None
    if match is None or not _COUNTED.fullmatch(match["scale"].strip()):
        return None
    if canonical(match["name"]):  # "Monthly cost (0-500 users)" is a figure, not a stage
        return None
    name = unnumbered(match["name"])[1]
    return Heading("scale", name.casefold(), name, match["scale"].strip())


def _time_behind(text: str) -> tuple[str, str]:
    """Split months from a heading's name: ``Server tauschen – Februar bis März``."""
    match = re.fullmatch(r"(?P<name>.*?\S)\s+[–—-]\s+(?P<time>[^–—]{3,60}|[^:]{3,60})", text)
    if match and is_months(match["time"]) and not is_dates(match["name"]):
        return match["name"], match["time"]
    return text, ""


def find_stages(root: Section) -> Stages:
    """Pick the group of headings that are the stages: the one with the most text under it."""
    groups: dict[str, list[tuple[Section, Heading]]] = {}
    for section in root.walk():
        if section.level and (found := heading(section)):
            groups.setdefault(found.family, []).append((section, found))
    best: list[tuple[Section, Heading]] = []
    family = ""
    if are_months([section.title.text for section, _ in groups.get("milestone", ())]):
        del groups["milestone"]
    for name, members in groups.items():
        known = name in ("stage", "phase", "priority", "milestone") or _plans_alone(members)
        if len({head.number for _, head in members}) < (1 if known else 2):
            continue
        told = are_of_course(name, [head.name for _, head in members])
        if (name in STEPS or name not in _KNOWN or told) and not plans(members):
            continue
        if _are_of_others(name, members):
            continue
        if _rank(name, members) > _rank(family, best):
            best, family = members, name
    chosen: dict[str, tuple[Section, Heading]] = {}
    for section, head in best:
        before = chosen.get(head.number)
        if before is None or size(section) > size(before[0]):
            chosen[head.number] = (section, head)
    sections = {id(section): head for section, head in chosen.values()}
    again = {id(section): head for section, head in best if id(section) not in sections}
    return Stages(KEYS.get(family, "stages"), family, sections, again)


_KNOWN = frozenset(
    {*STAGE_WORDS, "time", "quarter", "horizon", "version", "scale", "milestone", ""}
)
"""Families whose headings may be stages as they are; of others (*Tier 1*, *Lines 1-3*) the parts
must be planned."""


def _are_of_others(family: str, members: list[tuple[Section, Heading]]) -> bool:
    """Whether headings are those of releases, the latest first, or of the hours of a day."""
    brackets = [head.bracket for _, head in members]
    if 2 * sum(bool(_CLOCK.match(bracket)) for bracket in brackets) > len(members):
        return True
    numbers = [[*map(int, re.findall(r"\d+", head.number))] for _, head in members]
    back = sum(after < before for before, after in pairwise(numbers))
    return family in ("version", *words("released")) and 2 * back >= len(members) > 1


_CLOCK = re.compile(r"\d{1,2}(?:[:h]\d\d|\s?[ap]\.?m\b)", re.I)


def _plans_alone(members: list[tuple[Section, Heading]]) -> bool:
    """Whether the only heading of its family is that of a stage: it has a name, and is planned."""
    (section, head), *others = members
    if others or head.family not in STAGE_WORDS or head.family in STEPS or not _is_named(head):
        return False
    told = (pair(line) for line in section.prose)
    return plans(members) or any(read is not None and read.key in _PLANNED for read in told)


def _is_named(head: Heading) -> bool:
    return not head.name.casefold().startswith(f"{head.family} ")


_PLANNED = frozenset({"effort", "when", "goal", "status"})


def plans(members: list[tuple[Section, Heading]]) -> bool:
    """Whether steps are those of a plan: most say what they cost, from when on, or have boxes.

    Steps of an instruction ("Step 1: Install") are no stages.
    """
    said = sum(
        (bool(head.bracket) and (head.family in _KNOWN or tells_of_plan(head.bracket)))
        or any(
            names_money(block) or (isinstance(block, Listing) and block.has_boxes)
            for part in section.walk()
            for block in part.blocks
        )
        for section, head in members
    )
    return 2 * said > len(members)


def names_money(block: Block) -> bool:
    """Whether a block names an amount of money."""
    if isinstance(block, Listing):
        within = (below for entry in block.entries for below in entry.blocks)
        return any(map(_MONEY.search, block.texts)) or any(map(names_money, within))
    cells = (cell for row in block.rows for cell in row.cells) if isinstance(block, Table) else ()
    return any(_MONEY.search(line.text) for line in (*said(block), *cells))


_MONEY = re.compile(rf"(?:{SIGN})\s?\d|\d\s?(?:{SIGN})")


def _rank(family: str, members: list[tuple[Section, Heading]]) -> tuple[int, bool, int]:
    """Say how likely a family of headings is that of the stages.

    One heading may hold all stages: the document's title, or the sixth part of something larger.
    """
    order = dict.fromkeys(STAGE_WORDS, 4) | dict.fromkeys(STEPS, 3)
    order |= {"time": 1, "version": 1, "scale": 1, "": 0}
    first = any(head.number in ("0", "1") and section.level > 1 for section, head in members)
    several = len({head.number for _, head in members}) > 1
    return order.get(family, 2), several or first, sum(size(section) for section, _ in members)


def size(section: Section) -> int:
    """Return how much stands in a section and below it, about in lines."""
    return sum(1 + sum(map(_block_size, part.blocks)) for part in section.walk())


def _block_size(block: Block) -> int:
    if isinstance(block, Listing):
        return len(block.entries) + sum(_block_size(b) for e in block.entries for b in e.blocks)
    if isinstance(block, Table):
        return len(block.rows) + 1
    if isinstance(block, Fence):
        return block.text.count("\n") + 1
    return len(block.lines) if isinstance(block, Paragraph) else 1


def reads(parse: Callable[[str], object], text: str) -> bool:
    """Whether a reader takes a text."""
    try:
        parse(text)
    except ValueError:
        return False
    return bool(text.strip())
