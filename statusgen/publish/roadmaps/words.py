"""How a roadmap's texts, prices and costs are said on a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from statusgen.audit import Finding, Verdict
from statusgen.audit.finding import MAX_TEXT
from statusgen.base.saying import Saying
from statusgen.base.text import one_line
from statusgen.roadmap.cost import Cost
from statusgen.roadmap.model import Basis, Stage, When
from statusgen.roadmap.moments import Moment
from statusgen.roadmap.price import Quantity
from statusgen.words import Words, money
from statusgen.words.amount import Amount
from statusgen.words.speaker import NOTHING
from statusgen.words.worded import retell, worded

_NAMED = 3
"""Names in one note; the others are counted."""
_DOTTED = re.compile(r"(?<![\w$.&])[A-Za-z][\w-]*(?:[./][\w-]+)+")
_CODE = re.compile(r"`([^`\n]+)`")
_NEGATIVE = re.compile(r"−[$€£₵₦₹¥]?\d[\d,.]*(?:–[\d,.]*\d)?")
_MINUS = re.compile(r"(?<![\w)])-(?=[$€£₵₦₹¥\d])")
_FIGURES = re.compile(r"\d{4}-\d\d")
_DAYS = re.compile(r"\d{4}-\d\d?-\d|(?<![\w-])\d{1,2}[\s.]")
_RANGE = re.compile(r"(?<=\d)-(?=[$€£₵₦₹¥]?\d)")


@dataclass(frozen=True, slots=True)
class Told:
    """A cost in words: what is known, and what is not in it."""

    text: str
    note: str = ""
    short: str = ""
    """The note in a word or two, for sums."""
    known: bool = True
    """Whether the text is an amount, and not a word for want of one."""

    def __str__(self) -> str:
        return self.text


def when_told(words: Words, when: When | None) -> str:
    """Return a time as its author wrote it; days and months in figures as the language has them."""
    if when is None:
        return ""
    first, last, raw = when.start, when.end, when.raw.strip()
    if first is None or last is None or not _FIGURES.search(raw):
        return when.raw
    if len(raw) == len("2026-11"):
        return words.month(raw)
    if not _DAYS.search(raw):
        ends = (words.month(f"{day:%Y-%m}") for day in (first, last))
        return words.say("roadmap.months-to", **dict(zip(("first", "last"), ends, strict=True)))
    return words.dated_day(first) if first == last else words.span(first, last)


def time_told(words: Words, stage: Stage) -> str:
    """Return when a stage is planned, or else by when it is due."""
    if stage.when is None and stage.due is not None:
        return words.say("live.due-by", time=when_told(words, stage.due))
    return when_told(words, stage.when)


def told(words: Words, cost: Cost | None) -> Told:
    """Say a derived cost; what cannot be derived is named, never taken for zero."""
    if cost is None:
        return Told(NOTHING, known=False)
    note, short, partly = "", "", bool(cost.missing)
    if cost.missing == (worded("costs.period"),):
        note = words.say("roadmap.without-period")
        short = words.say("roadmap.not-known", count=1)
    elif cost.missing:
        note = words.say("roadmap.without", names=words.joined(_told(words, cost.missing), _NAMED))
        short = words.say("roadmap.not-known", count=len(cost.missing))
    elif cost.assumed:
        note = words.say(
            "roadmap.as-stated", names=words.joined(_told(words, cost.assumed), _NAMED)
        )
        short = words.say("roadmap.partly-as-stated")
    if cost.before:
        parts = money.cost(words, cost.plain_before, partly=False)
        converted = words.say("roadmap.converted", parts=parts)
        note, short = ("; ".join(filter(None, (converted, one))) for one in (note, short))
    text = money.cost(words, cost.plain, partly=partly)
    if cost.once:
        paid = once(words, cost)
        text = f"{text} + {paid}" if cost.currencies or cost.missing else paid
    known = text not in (NOTHING, words.say("money.open"))
    return Told(text, note, short, known)


def rates_told(words: Words, costs: Iterable[Cost]) -> str:
    """Say at which rates any of these costs was brought into one currency; else nothing."""
    converted = [cost for cost in costs if cost.rates is not None]
    if not converted or converted[0].rates is None:
        return ""
    rates = converted[0].rates
    style = money.typeset(words)
    said = (
        f"1 {code} = {money.number(worth, style, places=6)} {rates.base}"
        for code, worth in rates.worth.items()
        if worth is not None and code != rates.base
    )
    return words.say("roadmap.rates", rates=", ".join(said), day=rates.on.isoformat())


def once(words: Words, cost: Cost) -> str:
    """Say what is paid once; nothing where nothing is."""
    if not cost.once:
        return ""
    amount = money.cost(words, cost.plain_once, partly=False)
    return words.say("roadmap.amount-once", amount=amount)


def stated_beneath(words: Words, moment: Moment) -> str:
    """Say what is stated beside a derived amount, and of what."""
    if moment.stated is None:
        return ""
    key = {Basis.NEW: "new", None: "either"}.get(moment.means, "amount")
    return words.say(f"roadmap.stated-{key}", amount=dashed(str(moment.stated)))


def _told(words: Words, texts: Iterable[str]) -> list[str]:
    return [retell(words, text) for text in texts]


def changed(words: Words, cost: Cost) -> str:
    """Say what is added to a bill, with a plus, or what is saved."""
    text = told(words, cost).text
    grows = bool(cost.currencies) and all(cost.of(code).low >= 0 for code in cost.currencies)
    return f"+{text}" if grows else text


def message(words: Words, finding: Finding) -> str:
    """Return what a finding says, as one line."""
    return one_line(words.tell(_refigured(words, finding.saying, finding.stated)), MAX_TEXT)


def _refigured(words: Words, saying: Saying, stated: str) -> Saying:
    """Put sums that we computed into the form of the language; what an author wrote stays."""
    if words.code == "en":
        return saying
    values: dict[str, str | int | Saying] = {}
    for name, value in saying.values.items():
        if isinstance(value, Saying):
            values[name] = _refigured(words, value, stated)
        elif isinstance(value, str) and not isinstance(value, Amount) and value not in stated:
            values[name] = read_as(words, money.calculation(words, value, bare=False))
        else:
            values[name] = value
    return Saying(saying.key, values)


def read_as(words: Words, derived: str) -> str:
    """Say in the page's language as what a derived sum counts: *€5 new, €12 running*."""
    return _COUNTS.sub(lambda found: f" {words.say(f'drawings.reading-{found[1]}')}", derived)


_COUNTS = re.compile(r"(?<=[\w€$£¥₩₹₽₺₦₵])\s(new|running)(?=,|$)")
"""How ``audit.stages`` names its two readings, behind an amount."""


def counted(words: Words, findings: Iterable[Finding]) -> str:
    """Say how many checks came out how: ``31 hold, 2 contradicted, 4 open``."""
    numbers = Counter(one.shown for one in findings)
    kinds = [*Verdict] if not numbers["wider"] else ["holds", "contradicted", "wider", "open"]
    told = (words.say(f"roadmap.count-{verdict}", count=numbers[verdict]) for verdict in kinds)
    return ", ".join(told)


def either(words: Words, names: Sequence[str]) -> str:
    """Name things of which one is meant: ``A or B``."""
    said = names[0] if names else ""
    for name in names[1:]:
        said = words.say("roadmap.or", items=said, last=name)
    return said


def dashed(text: str) -> str:
    """Write ``$175-300`` with the dash of ranges; a leading minus becomes one."""
    return _MINUS.sub("−", _RANGE.sub("–", text))


def quantity(words: Words, amount: Quantity) -> str:
    """Write how much of a unit is used, without the unit: ``10``, ``1,000–2,000``."""
    style = money.typeset(words)
    low = money.number(amount.amount.low, style)
    if amount.amount.high is None:
        return words.say("money.at-least", amount=low)
    return low if amount.amount.is_point else f"{low}–{money.number(amount.amount.high, style)}"


def formula(words: Words, text: str) -> str:
    """Return arithmetic in the page's language."""
    return money.calculation(words, retell(words, text))


def sentence(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def _breakable(name: re.Match[str]) -> str:
    return name[0] if len(name[0]) < 16 else re.sub(r"[./](?=\w)", r"\g<0><wbr>", name[0])


def with_code(text: str) -> Markup:
    """Return outside text as HTML: escaped, code between backticks, a minus with its number.

    Names such as ``tables.monthly.total`` may be broken behind their dots, not within a word.
    """
    html = _DOTTED.sub(_breakable, str(escape(text)))
    html = _CODE.sub(r"<code>\1</code>", html)
    html = _NEGATIVE.sub(r'<span class="rm-word">\g<0></span>', html)
    return Markup(html)  # noqa: S704 - escaped before
