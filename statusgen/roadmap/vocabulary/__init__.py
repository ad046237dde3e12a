"""The words of the languages that roadmaps and plans are written in, one file a language.

Nobody has to say in which language a document is: the words of all are known at once, and where
two languages share one they mean the same by it. A file holds, in lower case:

- ``stage``: what stands before the number of a stage; ``ordinals``: one, two … as words;
- ``step``: stages that head the parts of an instruction as often; ``not_stage``: what stands
  before a number and heads no stage (*Figure 3*);
- ``course``: those of them that head what is done one after the other as often (*étapes*);
- ``released``: stages whose number may be a version's; ``horizon``: *now*, *next*, *later*;
- ``halted``: what is said of work that stands still, begun or not (*on hold*);
- ``work``: labels over what is to be done in a stage; ``beside_work``: those of what is told of it;
- ``qualifier``, ``label_end``: what stands in front of a label, and what tells a longer one by its
  last word;
- ``total``, ``subtotal``: labels of sums; ``alone``: those of them that end no longer label (*TVA
  à payer* is a line); ``current``: what a stack of today is called;
- ``adds_up``: in the label of a sum, where its amount shows that it is one (*all bills*);
- ``in_all``: beside the word for a time or an effort, that it is that of the whole (*overall*);
- ``within``: before what another line holds already (*of which*); ``worth``: before what a gift
  would cost; ``no_sum``: labels of totals that are no sums (*total unique users*);
- ``statistic``: lines that tell of others (*Average*); ``aside``: those that a total may do without
  (*Bonus*), ``rebate``: those that are taken off without a sign (*Voucher*); ``key_figure``,
  ``key_value``: headers over things that do not add up (*Metric | Value*); ``factor``: behind a
  number of times; ``packed``: over sizes of what is less when it is packed together;
- ``choice``: before the letter of an option; ``ways``: those of them that number ways of doing a
  thing as well (*Option 2: by hand*); ``scale``: what a service grows with;
- ``per``: before a unit (*per month*); ``up_to``: before the most of something;
- ``weekdays``; ``months``: months and seasons; ``span``: what stands between or before two of them;
- ``[lasts]``: units of time behind how many of them something takes; `月` alone names a month;
- ``half_of``: before the unit of which it is a half (*half a day*); ``[worked]``: units that only a
  length of work has (*2 PT*);
- ``each_so_many``, ``so_many_each``: before and behind several periods (*every 3 years*,
  ``3年ごと``); ``or_so``: behind an amount that is no exact one (``程度``); ``counters``: what
  stands behind the number of things (``1通8円``);
- ``no_effort``: what has a length of time that nobody works (*Trial (14 days)*);
- ``overlapping``: beginnings of words that tell of work at one time, or of a reserve of time;
- ``due``: headers of a column of days by when something is to be done;
- ``for_one``: in the label of a price of one (*cost each*);
- ``rounded``: behind a result that may be another than the calculation gives (*net*);
- ``of_one``: behind the price of one of several (*$1,200 each*);
- ``heads``: what is paid for one by one, like users and seats: three of them cost three times;
- ``restated``: what may stand beside an amount that says a sum again, by the year;
- ``parallel``: of old and new that run side by side;
- ``budget``: what may be spent in all;
- ``at``: between how many and the price of one (*4 seats at $3*);
- ``at_least``, ``range``, ``between``: *from $20*, *20 to 30*, *between 20 and 30*;
- ``short``: abbreviations behind which a sentence goes on;
- ``net``, ``gross``: in the label of a total without, or with, a tax on sales; ``condition``: of
  one that holds only where something else does, or less or more (*with a discount*);
- ``levy``: what a tax on sales is called; ``saving``, ``instead``: what begins a remark on money
  that is not paid, or not any more; ``part``: of a year, besides its quarters and halves;
- ``[times]``: words behind a number, by how many they are: *million*; ``[rupees]``: those that
  are numbers behind rupees alone: ``₹45L``, ``₹1.5 Cr``;
- ``part_of``: between a share and what it is a part of (*0.25 of a*);
- ``waits``: what stands in a sentence between a stage and what it depends on; ``met``: that this
  is over; ``itself``: what such a sentence stands under; ``nothing``: cells that say none;
  ``either``: between two of which one is enough; ``denies``: behind a status that it is not so;
- ``fault``: labels of what went wrong (*Cause*), beside which a *solution* is no product;
- ``remark``: what may stand behind an amount and says nothing of how often it is paid;
- ``afterwards``: between what is paid at first and what later (*free, then $5*);
- ``may_be_once``: behind an amount of which nobody says how often it is paid, and which need not be
  a month's (*$500 fee*);
- ``free``, ``once``, ``tax``, ``about``: remarks of prices; ``optional``: of lines not paid by all;
  ``with_tax``: above amounts that hold it; ``no_charge``: what costs nothing where there is none
  of it (*no fees*); ``or``: between two values;
- ``[calendar]``: the months by their number, and each ``season``, which has no month;
- ``[decides]``: of the records of decisions: headings of what was ``considered``, of what was not
  taken (``why_not``) and of a program's ``settings``, which nobody decides between; what an option
  is said to be (``taken``, ``refused``, ``advised``); what a decision ``says`` before what it takes
  and ``against`` something; what stands before a reason (``because``, and ``since`` before a word
  that can begin a sentence); labels of ``other`` options, ``good`` and ``bad`` arguments;
  what is taken where nobody decides (``default``);
- ``[act]``: what is done with a thing: ``carried`` out (*migrate*), ``switched`` over (*cutover*),
  ``plain`` words that say nothing more (*the whole*), and what ``joined`` two things (*and*);
  ``does``: verbs that begin a step, ``does_last``: or end it, ``instructs``: headings over steps;
- ``[window]``: times that are ``now``; what stands ``between`` two ends of a time, before its
  beginning (``from``; ``since`` where it has no end, too), behind it (``onwards``) and its ``end``;
- ``[period]``: a month, a year … behind ``/`` or *per*; ``[every]``: *monthly*, *im Monat*;
- ``[label]``: labels → the key of ``importer.words`` (``reached``: when a stage ends);
  ``[column]``: headers → the role of ``importer.tables``; ``[header]``: what headers of cost
  tables name (``stock``: what adds up over time; ``first``: a year that holds more than twelve
  months; ``rate``: what an hour of work costs) and headings over amounts that are no costs
  (``instalment``, ``pick`` one of several, ``suppose``: *if …*; ``held``: accounts, ``gone``:
  what is not paid any more; ``balance``: lines of a balance sheet; ``traded``: columns of what
  shares are worth, or of what is won; ``plans``: over a column of what is sold in several sizes;
  ``counted``: things in columns of counts); ``[status]``: how far something is.

- ``common``: words that every text of the language holds; ``decimal``: what stands before its
  decimals, where all who write it agree; ``[sign]``: the currency that a shared sign means in it.

A new language is a new file; nothing else names them.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

LANGUAGES = (
    "en", "de", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sv", "tr", "zh", "da", "nb",
)  # fmt: skip
"""The files, in the order in which they are asked; English first."""


@lru_cache(maxsize=1)
def _files() -> tuple[Mapping[str, Any], ...]:
    folder = resources.files("statusgen.roadmap.vocabulary")
    return tuple(
        tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))
        for language in LANGUAGES
    )


@lru_cache(maxsize=64)
def words(kind: str) -> tuple[str, ...]:
    """Return a list's words of all languages, the longest first, each once."""
    found = {word.casefold() for file in _files() for word in file.get(kind, ())}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1)
def ordinals() -> tuple[tuple[str, ...], ...]:
    """Return the words for one, two, three … of each language."""
    return tuple(tuple(map(str.casefold, file.get("ordinals", ()))) for file in _files())


@lru_cache(maxsize=64)
def grouped(kind: str) -> Mapping[str, tuple[str, ...]]:
    """Return a table's words of all languages by what they mean, in English's order."""
    found: dict[str, dict[str, None]] = {}
    for file in _files():
        for meaning, entries in file.get(kind, {}).items():
            found.setdefault(meaning, {}).update(dict.fromkeys(map(str.casefold, entries)))
    return {meaning: tuple(entries) for meaning, entries in found.items()}


@lru_cache(maxsize=64)
def meanings(kind: str) -> Mapping[str, str]:
    """Return word → what it means; the first language that knows a word decides."""
    found: dict[str, str] = {}
    for file in _files():
        for meaning, entries in file.get(kind, {}).items():
            for word in entries:
                found.setdefault(word.casefold(), meaning)
    return found


def pattern(entries: Iterator[str] | tuple[str, ...]) -> str:
    """Return the words as one pattern; a word of letters with spaces ends at its end.

    Japanese, Chinese and Korean put no spaces between words, so theirs may stand anywhere.
    """
    ordered = sorted(dict.fromkeys(entries), key=lambda word: (-len(word), word))
    return "|".join(_bounded(word) for word in ordered) or r"(?!)"


def _bounded(word: str) -> str:
    text = re.sub(r"(?:\\ )+", r"\\s+", re.escape(word))
    if spaced(word[-1]):
        return rf"{text}(?!\w)"
    return text


def spaced(character: str) -> bool:
    """Whether a letter belongs to a script that puts spaces between words."""
    return character.isalnum() and character < "\u2e80"


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language, as far as the amounts of a text depend on it."""

    name: str
    decimal: str
    """What stands before decimals; empty where those who write it differ."""
    signs: tuple[tuple[str, str], ...]


_SCRIPTS = {
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7a3]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
}
"""Japanese is told from Chinese by its kana."""
_FEW = 12
"""Fewer letters of a script may be a name, or a quotation."""


def tongue_of(text: str) -> Tongue | None:
    """Return the language of a text; None where its words do not tell."""
    for name, script in _SCRIPTS.items():
        if sum(1 for _ in script.finditer(text)) >= _FEW:
            return _tongue(name)
    said = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    scores = {name: sum(said[word] for word in known) for name, known in _telling().items()}
    first, second = sorted(scores, key=lambda name: -scores[name])[:2]
    if scores[first] < 3:
        return None
    one, other = _telling()[first], _telling()[second]
    apart = sum(said[word] for word in one - other), sum(said[word] for word in other - one)
    # Danish and Norwegian share most words: what only one of them has tells.
    if scores[first] < 1.3 * scores[second] and not (apart[0] > 1 and not apart[1]):
        return None
    return _tongue(first)


@lru_cache(maxsize=1)
def _telling() -> Mapping[str, frozenset[str]]:
    """Return the words that tell each language: common ones, and those that it alone has here."""
    held = {
        name: frozenset(word for word in _leaves(_of_plans(file)) if _tells(word))
        for name, file in zip(LANGUAGES, _files(), strict=True)
    }
    shared = Counter(word for known in held.values() for word in known)
    return {
        name: frozenset(file.get("common", ())) | {w for w in held[name] if shared[w] == 1}
        for name, file in zip(LANGUAGES, _files(), strict=True)
    }


def _tells(word: str) -> bool:
    """Whether a word may tell a language: the letters of units (*d*, *h*) are in every text."""
    return word.isalpha() and (len(word) > 1 or not spaced(word))


_OF_HEADINGS = frozenset({
    "not_stage", "qualifier", "label_end", "work", "beside_work", "horizon", "released", "decides",
    "no_effort", "overlapping", "waits", "met", "itself", "nothing", "either", "denies", "in_all",
    "weekdays", "net", "gross", "condition", "statistic", "aside", "rebate", "key_figure",
    "key_value", "factor", "packed", "no_sum", "halted", "half_of", "window", "worked",
    "each_so_many", "so_many_each", "or_so", "counters",
})  # fmt: skip
"""Everyday words, many of them English in every language: they tell none."""


def _of_plans(file: Mapping[str, Any]) -> dict[str, Any]:
    return {kind: entries for kind, entries in file.items() if kind not in _OF_HEADINGS}


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.casefold()
    elif isinstance(value, (list, dict)):
        for below in value.values() if isinstance(value, dict) else value:
            yield from _leaves(below)


def _tongue(name: str) -> Tongue:
    file = _files()[LANGUAGES.index(name)]
    return Tongue(name, file.get("decimal", ""), tuple(file.get("sign", {}).items()))


_FOR_ONE = tuple(word for word in words("per") if len(word) > 1 and word != "an")
_FOR_EACH = tuple(word for word in _FOR_ONE if len(word) > 2)
_TIME = tuple(
    word for group in ("period", "every") for kept in grouped(group).values() for word in kept
)
NO_PART = re.compile(
    rf"\W{{0,4}}(?:(?:{pattern(_FOR_ONE)})\s+[^\W\d]|(?:{pattern(words('within'))}))"
    rf"|.*\s(?:{pattern(_FOR_EACH)})\s+(?!(?:{pattern(_TIME)}))[^\W\d]"
    rf"|.*(?:(?<![a-z])(?:{pattern(words('for_one'))})|/\s?(?:{pattern(words('heads'))}))",
    re.I,
)
"""The label of a line that may be no part of a sum: of the price of one (*per seat*, *je
Nebenstelle*), or of what is in another line already (*of which*)."""
OPTIONAL = re.compile(rf"(?<![\w-])(?:{pattern(words('optional'))})(?!\w)", re.I)
"""What is said of lines that a total may leave out."""
_BARE = r"(?:(?<!\w)|(?<=[\u2e80-\uffff]))"
ASIDE = re.compile(
    rf"{_BARE}(?:{pattern((*words('aside'), *words('statistic')))}|{pattern(_TIME)})", re.I
)
"""The label of a line that a total may do without: *Bonus*, *Average*, *Monthly contribution*."""
REBATE = re.compile(rf"{_BARE}(?:{pattern(words('rebate'))})", re.I)
"""The label of a line that may be taken off, though no sign says so."""
