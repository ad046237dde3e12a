"""The sections of a document, with those whose headings are written as text.

Authors head their stages by bold words, by plain lines or by the first words of a list's entries as
often as by headings. Where two or more of one block do, they become sections; a single line that
looks like one stays text. Everything else is the tree as it was parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from statusgen.importer.amounts import is_total
from statusgen.importer.brackets import about
from statusgen.importer.inline import MAX_TITLE, Line
from statusgen.importer.staged import OPTION, STAGE_WORDS, are_months, is_horizon, numbered, reads
from statusgen.importer.tree import Block, Entry, Fence, Listing, Paragraph, Section, Table, parse
from statusgen.importer.verdicts import heads_considered
from statusgen.importer.words import canonical, has_amount
from statusgen.roadmap.model import parse_effort


def outline(text: str) -> Section:
    """Read a document, with the stages that are headed by text as sections of their own."""
    root = parse(text)
    for section in list(root.walk()):
        _promote(section)
    for section in list(root.walk()):
        _part(section)
    return root


def _part(parent: Section) -> None:
    """Move what is said of all stages out of the last one, to stand behind it."""
    placed: list[Section] = []
    for section in parent.sections:
        placed.append(section)
        if not _heads_stage(section):
            continue
        for index, (block, after) in enumerate(pairwise(section.blocks)):
            if isinstance(block, Paragraph) and isinstance(after, Table) and _is_of_all(block):
                title = replace(block.lines[-1], text=block.lines[-1].text.rstrip(":： "))
                placed.append(Section(section.level, title, section.blocks[index + 1 :]))
                section.blocks = section.blocks[:index]
                break
        placed += [child for child in section.sections if _titles_all(child)]
        section.sections = [child for child in section.sections if not _titles_all(child)]
    stages = [at for at, section in enumerate(placed) if _heads_stage(section)]
    if len(placed) > 1 and stages:
        alone = not any(_is_ruled(placed[at]) for at in stages[:-1])
        at = stages[-1] + 1
        last, before = placed[at - 1], [placed[place] for place in stages[:-1]]
        placed[at:at] = _below_a_rule(last, alone=alone and len(stages) > 1)
        placed[at:at] = _closing_total(last, before)
    parent.sections = placed


def _is_ruled(section: Section) -> bool:
    """Whether a rule stands within a section; at its end it parts it from the next."""
    return section.ruled is not None and section.ruled < len(section.blocks)


def _below_a_rule(stage: Section, *, alone: bool) -> list[Section]:
    """Take a table below a rule (``---``) out of the last stage: it stands there by itself.

    So does a sum of the plan where the rule is the first within a stage (``alone``).
    """
    last = stage
    while last.sections:
        last = last.sections[-1]
    if not _is_ruled(last):
        return []
    below = last.blocks[last.ruled :]
    first = next((one.line for one in below if isinstance(one, Table)), 0)
    summed = alone and any(isinstance(one, Paragraph) and _states_sum(one) for one in below)
    if not first and not summed:
        return []
    last.blocks = last.blocks[: last.ruled]
    return [Section(stage.level, Line(first or below[0].line, ""), below)]


def _closing_total(stage: Section, before: Sequence[Section]) -> list[Section]:
    """Take *Total effort: 4-5 hours* out of the end of the last stage, where it is of the plan.

    The stage says of itself how long it takes, or what it costs, and no other stage has a total.
    """
    last = stage.blocks[-1] if stage.blocks and not stage.sections else None
    if not before or not isinstance(last, Paragraph) or not _states_sum(last):
        return []
    if any(_states_sum(block) for other in before for block in _paragraphs(other)):
        return []
    head = numbered(stage.title.text)
    of_money = has_amount(last.lines[0].text.partition(":")[2].strip())
    bracket = about(head.bracket)[0] if head is not None and head.bracket else ""
    told = bracket in _LASTS or bool(_said_of(stage, "effort")) or _says_effort(stage)
    if of_money:
        told = (head is not None and bool(head.price)) or bool(_said_of(stage, "cost"))
    if not told:
        return []
    stage.blocks = stage.blocks[:-1]
    label = last.lines[0].text.partition(":")[0]
    return [Section(stage.level, replace(last.lines[0], text=label), [last])]


_LASTS = frozenset({"duration", "time", "when"})


def _says_effort(stage: Section) -> bool:
    """Whether a stage's name, or a line of its own, says how long it takes: *Basics: 3 weeks*."""
    said = [line.text for block in stage.blocks[:-1] for line in _first_lines(block)]
    said.append(re.split("[:：]", stage.title.text)[-1])
    return any(reads(parse_effort, re.sub(r"\s*\([^()]*\)$", "", text).strip()) for text in said)


def _said_of(stage: Section, key: str) -> list[str]:
    """Return the lines of a stage above its last block that are labelled so: *Cost: $5*."""
    texts = [line.text for block in stage.blocks[:-1] for line in _first_lines(block)]
    return [text for text in texts if canonical(re.split("[:：]", text, maxsplit=1)[0]) == key]


def _paragraphs(section: Section) -> Iterator[Paragraph]:
    for part in section.walk():
        yield from (block for block in part.blocks if isinstance(block, Paragraph))


def _first_lines(block: Block) -> Iterator[Line]:
    if isinstance(block, Listing):
        yield from (entry.first for entry in block.entries)
    elif isinstance(block, Paragraph):
        yield from block.lines


def _states_sum(block: Paragraph) -> bool:
    """Whether a paragraph is one line that says what all comes to: *Total cost: $25*."""
    label, parted, _ = block.lines[0].text.partition(":")
    return len(block.lines) == 1 and bool(parted) and is_total(label)


def _titles_all(section: Section) -> bool:
    return bool(_OF_ALL.search(section.title.text) or _BUDGET.fullmatch(section.title.text.strip()))


def _heads_stage(section: Section) -> bool:
    head = numbered(section.title.text)
    return head is not None and head.family in STAGE_WORDS


def _is_of_all(paragraph: Paragraph) -> bool:
    """Whether a caption of one line says that the table beneath it is of the whole plan."""
    return len(paragraph.lines) == 1 and bool(_OF_ALL.search(paragraph.lines[0].text))


_OF_ALL = re.compile(
    r"\b(?:all|every|whole|entire|overall)\s+(?:of\s+)?(?:the\s+)?(?:\w+\s+)?"
    r"(?:phases?|stages?|steps?|milestones?|project|plan|roadmap|programme|migration)\b"
    r"|\balle[rn]?\s+(?:\w+\s+)?(?:phasen|schritte[n]?|etappen|stufen)\b"
    r"|\b(?:ganze[ns]?|gesamte[ns]?)\s+(?:projekts?|plans?|vorhabens?|umzugs?)\b"
    r"|\btoutes\s+les\s+(?:étapes|phases)\b|\b(?:ensemble|totalité)\s+du\s+(?:projet|plan)\b"
    r"|\btodas\s+las\s+(?:fases|etapas)\b|\btodo\s+el\s+(?:proyecto|plan)\b",
    re.I,
)
"""What speaks of every stage or of the whole plan; *Total* alone may be the stage's own."""


_BUDGET = re.compile(
    r"overall\s+(?:\w+\s+)?(?:budget|costs?|spend|spending|bill|estimate)"
    r"|(?:budget|costs?)\s+overall|gesamtbudget|gesamtkosten(?:übersicht)?|kosten\s+insgesamt"
    r"|budget\s+global|coûts?\s+global(?:aux)?|presupuesto\s+global|budget\s+complessivo"
    r"|orçamento\s+global|全体予算|予算全体|总预算|总体预算|전체\s*예산|общий\s+бюджет",
    re.I,
)
"""A heading over the money of the whole: *Total cost* may be a stage's own, *overall* is not."""


def _promote(section: Section) -> None:
    listed = heads_considered(section.title.text)  # its lists are read as what they say they are
    pieces = [
        piece
        for block in section.blocks
        for piece in ([(None, block)] if listed and _is_flat(block) else _pieces(block))
    ]
    heads = [title for title, _ in pieces if title is not None]
    if len(heads) < 2 or are_months([head.text for head in heads]):
        return
    section.blocks = []
    promoted: list[Section] = []
    for title, block in pieces:
        if title is not None:
            promoted.append(Section(section.level + 1, title))
        if block is not None:
            (promoted[-1] if promoted else section).blocks.append(block)
    section.sections[:0] = promoted


def _is_flat(block: Block) -> bool:
    return isinstance(block, Listing) and not any(entry.blocks for entry in block.entries)


def _pieces(block: Block) -> Iterator[tuple[Line | None, Block | None]]:
    """Yield a block in pieces: (title, None), (title, what stands with it) or (None, block)."""
    if isinstance(block, Paragraph):
        yield from _of_paragraph(block)
    elif isinstance(block, Listing) and (titles := _titles(block)):
        for entry, title in zip(block.entries, titles, strict=True):
            first = entry.lines[0]
            rest = first.rest.strip(" :—–-") if title.text == first.lead else ""
            yield (
                (title if re.search(r"\w", rest) else replace(title, mark=title.mark or rest)),
                None,
            )
            if re.search(r"\w", rest):
                yield (
                    None,
                    Paragraph((replace(first, text=rest, lead="", mark=""),)),
                )
            if len(entry.lines) > 1:
                yield None, Paragraph(entry.lines[1:])
            yield from ((None, below) for below in entry.blocks)
    elif isinstance(block, Fence) and (lines := _branches(block)):
        for is_title, line in lines:
            if is_title:
                yield line, None
            else:
                yield None, Listing(line.number, False, (Entry(line.number, (line,), None, ()),))
    else:
        yield None, block


def _branches(fence: Fence) -> list[tuple[bool, Line]]:
    """Return the lines of a tree of stages, and whether each is the head of one; else nothing."""
    found: list[tuple[int, Line]] = []
    for number, text in enumerate(fence.text.split("\n"), fence.line + 1):
        said = _BRANCH.sub("", text).strip()
        if said:
            found.append((len(text) - len(_BRANCH.sub("", text)), Line(number, said)))
    heads = {
        depth
        for depth, line in found
        if (head := numbered(line.text)) and head.family in STAGE_WORDS
    }
    titles = [depth in heads and numbered(line.text) is not None for depth, line in found]
    drawn = sum(bool(re.search("[├└]|[|+`]-", text)) for text in fence.text.split("\n"))
    if len(heads) != 1 or sum(titles) < 2 or 2 * drawn < len(found):
        return []
    if any(not title and depth in heads for (depth, _), title in zip(found, titles, strict=True)):
        return []
    return [(title, line) for title, (_, line) in zip(titles, found, strict=True)]


_BRANCH = re.compile(r"^[\s│├└─|+`-]*")


def _of_paragraph(paragraph: Paragraph) -> Iterator[tuple[Line | None, Block | None]]:
    rest: list[Line] = []
    for line in paragraph.lines:
        title = _title(line)
        if title is None:
            rest.append(line)
            continue
        if rest:
            yield None, Paragraph(tuple(rest))
            rest = []
        title, text = _run_in(title)
        yield title, None
        rest += text
    if rest:
        yield None, Paragraph(tuple(rest))


def _run_in(title: Line) -> tuple[Line, list[Line]]:
    """Split bold words that a sentence follows from it: **Phase 1 – Move.** *Two people …*"""
    lead, rest = title.lead.strip(), title.rest.strip()
    if not rest or not (lead.endswith((".", "。")) or rest[0].isupper()):
        return title, []
    head = replace(title, text=lead.rstrip(".。: "), lead=lead.rstrip(".。: "))
    if numbered(head.text) is None:
        return title, []
    return head, [replace(title, text=rest, lead="", mark="")]


def _titles(listing: Listing) -> Sequence[Line]:
    """Return the entries' titles where each of two or more heads a stage, else none."""
    titles = [_title_of(entry) for entry in listing.entries]
    if len(titles) < 2 or any(title is None for title in titles):
        return ()
    return [title for title in titles if title is not None]


def _title_of(entry: Entry) -> Line | None:
    if entry.done is not None or not entry.lines:
        return None
    first = entry.lines[0]
    title = _title(first)
    if title is None and first.lead:
        title = _title(replace(first, text=first.lead, lead=""))
    text = f"{entry.number}. {first.text}"
    if title is None and entry.number and numbered(text) is not None:
        named = first.text.split(maxsplit=1)[0].strip(":：.").casefold()
        return replace(first, text=text) if named in STAGE_WORDS else None
    return title


def _title(line: Line) -> Line | None:
    """Return a line that heads a stage: its word is one of stages, and bold or alone."""
    if len(line.text) > MAX_TITLE or "|" in line.text:
        return None
    if _heads_option(line) or (line.lead == line.text and is_horizon(line.text)):
        return line
    head = numbered(line.text)
    if head is None or head.family not in STAGE_WORDS:
        return None
    if line.lead or (head.bracket and _TIMED.match(line.text)):
        return line
    if head.name[:1].islower() and not _COLON.match(line.text):
        return None  # "Phase 2 is where most of the cost lies."
    return None if head.name.endswith((".", "!", "?", "。")) else line


def _heads_option(line: Line) -> bool:
    """Whether a line is the head of a choice, not a sentence: bold, or short behind a colon."""
    match = OPTION.fullmatch(line.text)
    if match is None or (line.lead and line.lead != line.text.rstrip(" :：")):
        return False
    between = line.text[match.end("letter") : match.start("name")]
    name = match["name"]
    if line.lead:
        return True
    return bool(re.search(r"[:：–—]", between)) and len(name) <= 60 and name[-1] not in ".!?;,。、"


_COLON = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?\s+#?\w{1,4}\s?[:：]")
_TIMED = re.compile(r"[^()（）]{1,30}[(（][^()（）]*[)）]\s*[:：—–]")
"""``Phase 1 (Sep – Dec 2026): second region``: no sentence goes on behind such a bracket."""
