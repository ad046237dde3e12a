"""Lists whose entries are options."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from statusgen.importer.amounts import is_total
from statusgen.importer.found import Entity, Found
from statusgen.importer.pieces import leading_price, name_option, without_star
from statusgen.importer.staged import LETTERED, OPTION
from statusgen.importer.tree import Block, Entry, Listing, Paragraph, Section
from statusgen.importer.verdicts import ADVISED, TAKEN, heads_considered, verdict
from statusgen.importer.words import Pair, canonical, has_money, pair, priced
from statusgen.roadmap.vocabulary import grouped, pattern
from statusgen.roadmap.vocabulary import words as vocabulary

_WORDS = grouped("decides")
_OPTIONS = re.compile(rf"(?<!\w)(?:{pattern(tuple(grouped('label')['options']))})", re.I)
_SETTINGS = re.compile(rf"(?<!\w)(?:{pattern(_WORDS['settings'])})", re.I)
_SETTING = re.compile(
    r"(?:`[^`]*`|--?\w[\w-]*)(?=\s*(?:$|[:：(=|,]|\s[–—-]\s)|\s+[{\[])"
    r"|`[\w.-]+`\s+(?:[^\W\d_a-z]\w*\s+)\w.*\.$",
    re.S,
)
"""*--verbose*, *`port`: 80*, *`port` {number}*, *`types` Types of all known values.*"""
_NAMED = re.compile(r"(?P<name>[^:：]{2,60}?)(?:\s?:\s|：|\s[–—-]\s)")
_PARTED = re.compile(r"(?P<name>.{2,200}?)(?:\s?:\s|：|\s[–—]\s|\s--?\s)(?P<rest>.*)", re.S)
_BRACKET = re.compile(r"\s*[(（](?P<inner>[^()（）]+)[)）](?P<rest>.*)", re.S)
_LETTER = re.compile(r"[(（]?(?P<letter>[a-zA-Z]|\d)[)）]\s*[:：.–—-]?\s*(?P<rest>\S.*)?", re.S)
_LETTERS = ("abcdefghij", "123456789")
_OTHER = frozenset((*_WORDS["other"], *vocabulary("choice")))


class Filler(Protocol):
    """What reads the blocks that stand within an entry; see :class:`fill.Filler`."""

    found: Found

    def fill(self, part: Entity, blocks: Sequence[Block], label: Pair | None = None) -> None:
        """Read blocks into ``part``."""


def heads_choices(text: str) -> bool:
    """Whether a heading says that what follows are choices: then a numbered list is no steps."""
    return bool(_OPTIONS.search(text)) or heads_considered(text)


def lists_settings(listing: Listing, heading: str = "") -> bool:
    """Whether a list of options is one of a program's: nobody decides between *--verbose* ones."""
    return are_settings(listing.texts) or bool(_SETTINGS.search(heading))


def are_settings(names: Sequence[str]) -> bool:
    """Whether most names are those of switches: ``--verbose`` or ``timeout``, as code."""
    return 2 * sum(bool(_SETTING.match(name)) for name in names) > len(names)


def read_option(entry: Entry, filler: Filler) -> Entity:
    """Read one entry as an option with its price, pros and cons."""
    option = Entity("option", entry.line)
    filler.found.listed.add(id(option))
    filler.fill(option, entry.blocks)
    first = entry.first
    text = first.text
    if first.lead and first.rest.strip()[:1] in (":", "—", "–", "-"):
        _name(option, first.lead.rstrip(":"), filler)
        text = first.rest.strip().lstrip(":—–- ")
        price, note = leading_price(text)
        if price and option.set("price", price):
            text = note
        _describe(option, text)
        return option
    if "price" not in option.fields and (read := priced(text)).price:
        option.set("price", read.price)
        text = f"{read.name} {read.note}".strip()
    _name(option, text, filler)
    return option


def considered_option(entry: Entry, filler: Filler) -> Entity:
    """Read one entry of a list of what was considered: all of its text, or its bold words, name it.

    What stands behind these, or behind a dash or a colon, describes it.
    """
    first = entry.first
    lead = first.lead.rstrip(" .:：。")
    parted = None if lead or OPTION.fullmatch(first.text) else _PARTED.fullmatch(first.text)
    if lead or parted is None:
        name, rest = (lead, first.rest) if lead else (first.text, "")
    else:
        name, rest = parted["name"], parted["rest"]
    if parted is None and not lead and (match := OPTION.fullmatch(first.text)):
        inner = _PARTED.fullmatch(match["name"])
        rest = inner["rest"] if inner else ""
        name = first.text[: match.start("name")] + (inner["name"] if inner else match["name"])
    option = Entity("option", entry.line)
    if without_star(option, f"{name}{rest}") == name:
        rest = ""
    if bracket := _BRACKET.fullmatch(rest):
        rest = bracket["rest"]
        if has_money(bracket["inner"]):
            option.set("price", bracket["inner"])
        else:
            name = f"{name} ({bracket['inner']})"
    option.link(first)
    filler.found.listed.add(id(option))
    filler.fill(option, entry.blocks)
    price, note = _price(rest.strip(" :：—–-"))
    if price and option.set("price", price):
        rest = note
    _name(option, name, filler)
    if entry.number:
        filler.found.letters.setdefault(id(option), entry.number)
    _describe(option, rest.strip().lstrip(".,;:：—–- ").strip())
    return option


def _price(text: str) -> tuple[str, str]:
    """Split the price from the words behind it: *$25/month: simple*."""
    price, note = leading_price(text)
    head, colon, behind = text.partition(":")
    return (
        (head.strip(), behind.strip()) if not price and colon and has_money(head) else (price, note)
    )


def _name(option: Entity, text: str, filler: Filler) -> None:
    """Name an option; *Option B* before the name is its letter."""
    match = OPTION.fullmatch(text.strip()) or LETTERED.fullmatch(text.strip())
    name_option(option, match["name"] if match else text)
    if match:
        filler.found.letters[id(option)] = match["letter"]


def _describe(option: Entity, text: str) -> None:
    if text and not option.set("qualifier", text):
        option.add("notes", text)


def listed_options(section: Section, listing: Listing, filler: Filler) -> list[Entity]:
    """Read a list under a heading of options; nothing for any other list.

    Where the heading says that they were considered, each entry is one. Under another heading of
    options most entries have a price, a colon or a dash behind a short name: a list of words is no
    choice.
    """
    heading = section.title.text
    texts = listing.texts
    if len(listing.entries) < 2 or listing.has_boxes or any(map(is_total, texts)):
        return []
    if judged := _judged(listing, filler):
        return judged
    if heads_named(heading, filler.found):
        if all((read := pair(entry.first)) and read.key for entry in listing.entries):
            return []  # labels of one thing
        return [considered_option(entry, filler) for entry in listing.entries]
    if not _OPTIONS.search(heading) or lists_settings(listing, heading) or _are_links(listing):
        return []
    named = [match for text in texts if (match := _NAMED.match(text))]
    if len(named) < len(texts) or any(canonical(match["name"]) for match in named):
        return []  # *Monthly cost: $5*, *Why: …* are told of one thing
    weighed = any(entry.blocks for entry in listing.entries)
    weighed = weighed or any(priced(text).price for text in texts)
    if not (weighed or filler.found.decides or any(map(verdict, texts))):
        return []  # *Alternatives* to a program, each with what it is
    found = []
    for entry, match in zip(listing.entries, named, strict=True):
        option = read_option(entry, filler)
        rest = match.string[match.end() :].strip()
        price, note = leading_price(rest)
        option.fields["name"] = match["name"].strip()
        option.fields.pop("qualifier", None)
        if price:
            option.fields["price"] = price
        option.set("qualifier", note if price else rest)
        found.append(option)
    return found


def _judged(listing: Listing, filler: Filler) -> list[Entity]:
    """Read *Option A: …* and *Option B (chosen): …*; nothing where no verdict stands so."""
    texts = [_JUDGED.sub(r"\g<head>: \g<name> (\g<said>)", text) for text in listing.texts]
    heads = [OPTION.fullmatch(text) for text in texts]
    told = [match["said"] for text in listing.texts if (match := _JUDGED.fullmatch(text))]
    if not any(map(verdict, told)):
        return []
    found = []
    for entry, match in zip(listing.entries, heads, strict=True):
        if match is None:
            return []
        option = Entity("option", entry.line)
        name_option(option, match["name"])
        filler.found.letters[id(option)] = match["letter"]
        filler.fill(option, entry.blocks)
        found.append(option)
    return found


_JUDGED = re.compile(
    rf"(?P<head>(?:{pattern(vocabulary('choice'))})\s*\w{{1,2}})\s*[(（](?P<said>[^()（）]+)[)）]"
    r"\s*(?:[:：]|\s[–—-])\s*(?P<name>\S.*)",
    re.I | re.S,
)
"""*Option B (chosen): soft schema*"""


def _are_links(listing: Listing) -> bool:
    """Whether each entry begins with a link: to other projects, as *Alternatives* of this one."""
    firsts = [entry.first for entry in listing.entries]
    return all(first.links and first.text.startswith(first.links[0][0]) for first in firsts)


def heads_named(heading: str, found: Found) -> bool:
    """Whether all that stands below a heading is options: *Considered options*.

    *Alternatives* alone says so in the record of a decision.
    """
    bare = canonical(re.sub(r"^[\d.]+\s+", "", heading)) == "options"
    return heads_considered(heading) or (found.decides and bare)


def offered(listing: Listing, filler: Filler) -> list[Entity]:
    """Read *Recommendation*, *Alternative* and *Fallback*, each with its name; else nothing."""
    pairs = [pair(entry.first, loose=True) for entry in listing.entries]
    labels = [read.label.strip().casefold() if read and read.value else "" for read in pairs]
    advised = [label for label in labels if label in _WORDS[ADVISED]]
    if len(labels) < 2 or len(advised) != 1 or not set(labels) - {*advised} <= _OTHER:
        return []
    found = []
    for entry, read in zip(listing.entries, pairs, strict=True):
        assert read is not None
        line = replace(entry.first, text=read.value, lead="")
        option = read_option(replace(entry, lines=(line,)), filler)
        option.link(entry.first)
        if read.label.strip().casefold() in advised:
            option.set("recommended", True)
        found.append(option)
    return found


def lettered(listing: Listing, blocks: Sequence[Block], filler: Filler) -> list[Entity]:
    """Read *(a) …* and *(b) …* as options where a line beside them advises or takes one of them."""
    matches = [_LETTER.fullmatch(text) for text in listing.texts]
    letters = "".join(match["letter"].casefold() for match in matches if match and match["rest"])
    count = len(listing.entries)
    if count < 2 or listing.has_boxes or letters not in [row[:count] for row in _LETTERS]:
        return []
    said = [line.text for block in blocks if isinstance(block, Paragraph) for line in block.lines]
    told = [
        (kind, match[1].casefold())
        for text in said
        for kind, form in _OF_LETTER
        if (match := form.match(text)) and match[1].casefold() in letters
    ]
    if len({letter for _, letter in told}) != 1:
        return []
    found = []
    for entry, match, letter in zip(listing.entries, matches, letters, strict=True):
        assert match is not None
        line = replace(entry.first, text=match["rest"], lead="")
        option = read_option(replace(entry, lines=(line,)), filler)
        filler.found.letters[id(option)] = letter
        if (ADVISED, letter) in told:
            option.set("recommended", True)
        found.append(option)
    return found


_OF_LETTER = tuple(
    (
        kind,
        re.compile(
            rf"\W*(?:{pattern(_WORDS[word])})\W{{0,3}}(?:{pattern(vocabulary('choice'))})?\s*"
            r"[(（]([a-zA-Z]|\d)[)）]",
            re.I,
        ),
    )
    for kind, word in ((ADVISED, ADVISED), (TAKEN, TAKEN), (TAKEN, "says"))
)


def with_entries(section: Section) -> None:
    """Make paragraphs that begin with bold words, below a heading of what was considered, a list.

    What stands below each belongs to it.
    """
    starts = [at for at, block in enumerate(section.blocks) if _is_named(block)]
    if len(starts) < 2 or not heads_considered(section.title.text):
        return
    entries = []
    for start, end in zip(starts, [*starts[1:], len(section.blocks)], strict=True):
        block = section.blocks[start]
        assert isinstance(block, Paragraph)
        below = tuple(section.blocks[start + 1 : end])
        entries.append(Entry(block.line, block.lines, None, below))
    section.blocks[starts[0] :] = [Listing(entries[0].line, False, tuple(entries))]


def _is_named(block: Block) -> bool:
    """Whether a paragraph begins with bold words that are no label."""
    if not isinstance(block, Paragraph) or not block.lines or not block.lines[0].lead:
        return False
    first = block.lines[0]
    return not canonical(first.lead.strip(" :：.")) and not verdict(first.lead)
