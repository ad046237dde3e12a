"""Single pieces: an entry as a line of a checklist, a price in front of words, a status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from statusgen.importer.amounts import as_price, is_total
from statusgen.importer.found import Entity
from statusgen.importer.headers import MONTH, REVENUE, YEAR
from statusgen.importer.inline import BOXES, CROSSED, DONE, MAX_TITLE, Line
from statusgen.importer.parted import last_bracket, unnumbered
from statusgen.importer.summed import sums_of_lines
from statusgen.importer.tree import Block, Entry, Fence, Listing, Paragraph, Quote, said
from statusgen.importer.verdicts import ADVISED, split_verdict, verdict, why_not
from statusgen.importer.words import has_money, is_paid, pair, priced, result_of, without_words
from statusgen.roadmap.model import parse_when
from statusgen.roadmap.money import BEHIND
from statusgen.roadmap.price_grammar import parse_price
from statusgen.roadmap.vocabulary import grouped, pattern, words

_STATUS = tuple(
    (status, re.compile(pattern(entries), re.I)) for status, entries in grouped("status").items()
)
_CUTS = re.compile(r"\s*(?:;|,\s|\s[-–—]\s|\s\(|\.\s)")


_SHORT = re.compile(rf"(?:{pattern(tuple(word for word in BEHIND if word.endswith('.')))})$", re.I)
"""*240 руб. разово*: the point is that of an abbreviation."""


def leading_price(text: str) -> tuple[str, str]:
    """Split a price from the words behind it: as much from the front as reads as a price."""
    text = text.strip()
    if price := as_price(text):
        return without_words(price)
    if (result := result_of(text))[0]:
        return result
    for cut in reversed(list(_CUTS.finditer(text))[:20]):
        if text[cut.start()] == "." and _SHORT.search(text[: cut.start() + 1]):
            continue
        if price := as_price(text[: cut.start()]):
            return price, text[cut.start() :].strip(" ;,–—-.")
    return "", ""


def name_option(option: Entity, text: str) -> None:
    """Split ``Name (qualifier)`` or ``Name — chosen``; a qualifier may recommend it."""
    name, said = split_verdict(_without_order(text))
    if asked := why_not(name):
        option.add("notes", name)
        name = asked
    if wide := _WIDE.fullmatch(name):
        name = f"{wide['name']} ({wide['inner']})"
    head, inner, tail = last_bracket(name)
    if inner:
        option.set("name", f"{head} {tail}".strip())
        option.set("qualifier", inner)
    option.set("name", name or text)
    named = option.text("name")
    is_short = len(named) <= MAX_TITLE and "price" not in option.fields
    cut = _PRICED.fullmatch(named) if is_short else None
    if cut and is_paid(cut["price"]):
        option.set("price", cut["price"].strip())
        option.fields["name"] = cut["name"].strip()
    if said and not option.set("qualifier", said):
        option.add("notes", said)
    told = verdict(said) or verdict(option.text("qualifier"))
    if (told and told.kind == ADVISED) or _DEFAULT.match(option.text("qualifier")):
        option.set("recommended", True)


def _without_order(text: str) -> str:
    """Return a name without its place in a list: *2. Brick*, but all of *16 GB of memory*."""
    number, name = unnumbered(text)
    return text.strip() if number.isdecimal() and text.startswith(f"{number} ") else name


_PRICED = re.compile(r"(?P<name>.*[^\W\d].*?)(?:,\s+|、|，)(?P<price>.+)")
"""*managed PostgreSQL, £15/month*."""


def without_star(option: Entity, text: str) -> str:
    """Return a name without the sign behind it that recommends the option: *Redis ⭐*."""
    starred = _STARRED.fullmatch(text)
    if starred:
        option.set("recommended", True)
    return starred["name"] if starred else text


_DEFAULT = re.compile(
    rf"(?:{pattern(grouped('decides')['default'])})\s*(?:$|[,;:.(（、，；：–—-])", re.I
)
"""What is taken where nobody decides; *default value 30* says something else."""
_STARRED = re.compile(r"(?P<name>.*\S)\s*[⭐✅🏆]\ufe0f?", re.S)
_WIDE = re.compile(r"(?P<name>[^（）]+?)\s*（(?P<inner>[^（）]+)）", re.S)


def is_change(price: str) -> bool:
    """Whether a price is added to what is paid, or taken off it: ``+$60/mo``."""
    return has_money(price) and parse_price(price).is_change


def names_no_period(label: str, price: str) -> bool:
    """Whether neither an amount nor its label says how often it is paid."""
    if MONTH.search(label) or YEAR.search(label):
        return False
    return has_money(price) and all(term.every is None for term in parse_price(price).all_terms)


def total(line: int, label: str, prices: Mapping[str, str], note: str = "") -> Entity:
    """Return a sum as its author calls it; ``prices`` are its fields, such as ``monthly``."""
    part = Entity("total", line, dict(prices))
    label = label.strip(" *_:：.")
    part.set("name", "" if label.casefold() == "total" else label)
    part.set("note", note)
    return part


def status_of(text: str) -> str:
    """Return the status that a text begins with; empty for others.

    What is asked or denied behind it has none: *Done? Not yet*, *Live migration not possible*.
    """
    text = text.strip()
    for status, begins in _STATUS:
        if match := begins.match(text):
            clause = _CLAUSE.match(text, match.end())
            doubted = clause and (clause["asks"] or _DENIES.search(clause["said"]))
            return "" if doubted and status != "planned" else status
    return ""


_CLAUSE = re.compile(r"(?P<said>[^?？,;:.，；：。(（–—]*)(?P<asks>[?？])?")
_DENIES = re.compile(rf"(?:(?<!\w)|(?<=[\u2e80-\uffff]))(?:{pattern(words('denies'))})", re.I)


def said_status(text: str) -> str:
    """Return the status that a text begins with, whatever sign stands before its words.

    What is crossed is not done: *❌ Complete*.
    """
    text = text.strip(" *_")
    status = status_of(re.sub(r"^\W+", "", text)) or status_of(text)
    return "" if status == "done" and text[:1] in CROSSED else status


def point(entry: Entry) -> Entity:
    """Read one entry as a line of a checklist; what follows a bold text is its note."""
    first = entry.first
    part = Entity("point", entry.line, {"text": first.text or f"Line {entry.line}"})
    rest = first.rest.strip()
    if first.lead and rest[:1] in ("—", "–", "-", ":"):
        part.fields["text"] = first.lead
        part.set("note", rest.lstrip("—–-: "))
    if entry.done or (entry.done is None and first.mark[:1] in DONE):
        part.set("done", True)
    elif first.mark and first.mark[0] not in BOXES:
        part.fields["text"] = f"{first.mark} {part.text('text')}"
    part.add("notes", *_untickable(entry))
    return part


def points(listing: Listing) -> list[Entity]:
    """Read the lines of a checklist; boxes below a line are lines too, behind it."""
    found = []
    for entry in listing.entries:
        found.append(point(entry))
        for block in entry.blocks:
            if isinstance(block, Listing) and block.has_boxes:
                found += points(block)
    return found


def _untickable(entry: Entry) -> list[str]:
    """Return the texts below an entry that are no lines of a checklist."""
    rest = tuple(
        block for block in entry.blocks if not (isinstance(block, Listing) and block.has_boxes)
    )
    return flat(replace(entry, blocks=rest))[1:]


def code(fence: Fence, title: str) -> Entity:
    """Keep a block of code to the letter."""
    part = Entity("code", fence.line, {"text": fence.text})
    part.set("language", fence.language)
    part.set("title", title)
    return part


def flat(entry: Entry) -> list[str]:
    """Return the texts of an entry and of all under it, in their order, without code and tables."""
    texts = [entry.first.marked, *_flat(entry.blocks)]
    return [text for text in texts if text] or [f"Line {entry.line}"]


def _flat(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Listing):
            for entry in block.entries:
                tick = "" if entry.done is None else f"[{'x' if entry.done else ' '}] "
                first, *below = flat(entry)
                yield from (f"{tick}{first}", *below)
        elif isinstance(block, Quote):
            yield from _flat(block.blocks)
        elif isinstance(block, Paragraph):
            yield from (line.marked for line in block.lines)


def texts(listing: Listing) -> list[str]:
    """Return the texts of all entries."""
    return [text for entry in listing.entries for text in flat(entry)]


_REMARKS = re.compile(
    r"\b(criteria|goals?|non-goals|kpis?|metrics|risks|notes|assumptions|dependencies|constraints|"
    r"requirements|open questions|out of scope|prerequisites|definition of done)\b|"
    r"kriterien|ziele|risiken|annahmen|voraussetzungen|critères|objectifs|risques|hypothèses|"
    r"criterios|objetivos|riesgos|supuestos|critérios|riscos|条件|基準|リスク|前提",
    re.I,
)


_REACHED = re.compile(rf"(?:{pattern(grouped('label')['reached'])})", re.I)


def heads_criteria(text: str) -> bool:
    """Whether a line says that what follows it is when a stage ends, or the next one begins."""
    return len(text) <= MAX_LABEL and text[-1:] not in ".!?;。" and bool(_REACHED.match(text))


MAX_LABEL = 90
"""A line longer than this is a sentence, and no label."""


def heads_work(label: str) -> bool:
    """Whether a label stands over what is to be done in a stage: *Deliverables*, *Key features*."""
    said = re.sub(r"\s*[(（][^()（）]*[)）]", "", label).strip(" *_:：.").casefold()
    return said in _WORK


def names_part(label: str) -> bool:
    """Whether a label is one of those that stand over the work of a stage, or beside it."""
    return heads_work(label) or label.strip(" *_:：.").casefold() in _BESIDE_WORK


_WORK = frozenset(words("work"))
_BESIDE_WORK = frozenset(words("beside_work"))


def _is_told(line: Line) -> bool:
    """Whether an entry says what a stage is for or brings, or what is done if something happens."""
    read = pair(line, loose=True)
    if read is not None and read.value:
        label = read.label.strip(" *_").casefold()
        earned = not read.key and REVENUE.fullmatch(label)
        brings = label in _BESIDE_WORK and not has_money(leading_price(read.value)[0])
        if read.key == "goal" or brings or earned:
            return True
    return bool(_RULE.match(line.text))


_RULE = re.compile(rf"(?:{pattern(grouped('header')['suppose'])})[^,，]+[,，]\s*\w", re.I)
"""*If a crack remains open, keep the road closed.*"""


def tells_of_plan(line: Line) -> bool:
    """Whether an entry among tasks tells what they take, cost or need, and is none of them."""
    read = pair(line)
    if _is_told(line):
        return True
    if read is not None and read.value:
        if read.key in ("reached", "trigger", "depends"):
            return True
        if read.key == "status":
            return bool(said_status(read.value))
        if read.key in ("cost", "annual"):
            return has_money(leading_price(read.value)[0])
        if read.key == "effort":
            return bool(re.match(r"\D{0,12}\d", read.value))
        return read.key == "when" and reads_when(read.value)
    if heads_criteria(line.text) and len(line.text.split()) > 2:
        return True
    parts = [part.strip(" ()") for part in re.split(r",\s|[;·、，(（]", line.text)]
    amounts = [part for part in parts if has_money(part)]
    return 0 < len(amounts) < len(parts) and all(
        part in amounts or _TAKES.fullmatch(part) for part in parts
    )


def reads_when(text: str) -> bool:
    """Whether a text is a time that a roadmap's file takes."""
    try:
        parse_when(text)
    except ValueError:
        return False
    return True


_TAKES = re.compile(r"[~≈]?\s?\d[\d.,]*(?:\s?[–-]\s?\d[\d.,]*)?\s?[^\W\d_]{1,12}\.?")
"""*6 rbd*, *12 PT*: a number with what it counts."""


def heads_remarks(text: str) -> bool:
    """Whether a line before a list, without a colon, says that the list is none of things to do."""
    return len(text.split()) <= 7 and text[-1:] not in ".!?;,。" and bool(_REMARKS.search(text))


def are_options(listing: Listing) -> bool:
    """Whether the entries of a list are choices: they have costs, pros and cons under them."""
    count = 0
    for entry in listing.entries:
        keys = {
            read.key
            for block in entry.blocks
            if isinstance(block, Listing)
            for line in said(block)
            if (read := pair(line)) is not None
        }
        count += bool(keys & {"pros", "cons"})
    return count >= 1 and 2 * count >= len(listing.entries)


def are_priced(listing: Listing) -> bool:
    """Whether a list says what several things cost, one each entry."""
    named = [priced(text) for text in listing.texts]
    told = [read for read in named if read.price and has_money(read.price) and read.name]
    return len(told) >= 2 and 2 * len(told) > len(named)


def priced_part(listing: Listing) -> Listing | None:
    """Return the entries of a checklist that say what they cost, where two or more do."""
    entries = tuple(
        entry
        for entry in listing.entries
        if (read := priced(entry.first.text)).price
        and has_money(read.price)
        and read.name
        and _SEPARATED.search(entry.first.text)
        and not REVENUE.search(entry.first.text)
    )
    return replace(listing, entries=entries) if len(entries) > 1 else None


_SEPARATED = re.compile(r"(?:[:：(]|\s[–—-])\s*\S{0,4}\s?\d[^:：–—]*$")
"""A price that something parts from the name: *Reach $1,000* is a goal."""


def is_gained(listing: Listing, label: str) -> bool:
    """Whether a list with its total says what is saved or comes in, not what is paid."""
    totals = filter(is_total, listing.texts)
    return any(_GAINED.search(text) for text in (label, *totals))


_GAINED = re.compile(rf"\bsavings?\b|\bsaved\b|\bbenefits?\b|\bgains?\b|{REVENUE.pattern}", re.I)


def is_breakdown(listing: Listing) -> bool:
    """Whether the entries of a list are costs with their total."""
    reads_ = [priced(text) for text in listing.texts]
    amounts = [read for read in reads_ if read.price]
    totals = [read for read in amounts if is_total(read.name)]
    return bool(totals) and len(amounts) >= 2 and 2 * len(amounts) >= len(reads_)


def adds_up(listing: Listing) -> bool:
    """Whether the entries of a list are costs with their total, whatever that is called."""
    return is_breakdown(listing) or bool(hidden_sums(listing))


def hidden_sums(listing: Listing) -> frozenset[int]:
    """Return the entries of a list that only their amounts show to be sums."""
    reads_ = [priced(text) for text in listing.texts]
    labels = [read.name for read in reads_]
    bold = [bool(entry.first.lead) for entry in listing.entries]
    known = frozenset(n for n, read in enumerate(reads_) if read.price and is_total(read.name))
    return sums_of_lines(labels, [read.price for read in reads_], bold, known)
