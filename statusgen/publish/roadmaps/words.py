"""How a roadmap's texts, prices and costs are said on a page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from statusgen.base.text import and_list
from statusgen.roadmap.audit import Verdict
from statusgen.roadmap.cost import Cost
from statusgen.roadmap.model import StageKind, Status
from statusgen.roadmap.money import format_number
from statusgen.roadmap.price import Quantity
from statusgen.words import Words, money

SPOKEN = Words.of()
"""These pages are English, whatever the language of the site, until all of their words moved."""

KIND_WORDS = {
    StageKind.STAGE: "Stage",
    StageKind.PHASE: "Phase",
    StageKind.PRIORITY: "Priority",
}
PLURALS = {StageKind.STAGE: "stages", StageKind.PHASE: "phases", StageKind.PRIORITY: "priorities"}
STATUS_WORDS = {
    Status.CURRENT: "Under way",
    Status.PLANNED: "Planned",
    Status.DONE: "Done",
    Status.DROPPED: "Dropped",
}
VERDICT_WORDS = {
    Verdict.HOLDS: "Holds",
    Verdict.CONTRADICTED: "Contradicted",
    Verdict.OPEN: "Open",
}
COUNT_WORDS = {Verdict.HOLDS: "hold", Verdict.CONTRADICTED: "contradicted", Verdict.OPEN: "open"}
"""The verdicts behind a number of checks."""
_DOTTED = re.compile(r"(?<![\w$.&])[A-Za-z][\w-]*(?:[./][\w-]+)+")
_CODE = re.compile(r"`([^`\n]+)`")
_NEGATIVE = re.compile(r"−[$€£₵₦₹¥]?\d[\d,.]*(?:–[\d,.]*\d)?")
_MINUS = re.compile(r"(?<![\w)])-(?=[$€£₵₦₹¥\d])")
_RANGE = re.compile(r"(?<=\d)-(?=[$€£₵₦₹¥]?\d)")


@dataclass(frozen=True, slots=True)
class Told:
    """A cost in words: what is known, and what is not in it."""

    text: str
    note: str = ""
    short: str = ""
    """The note in a word or two, for sums."""

    def __str__(self) -> str:
        return self.text


def told(cost: Cost | None) -> Told:
    """Say a derived cost; what cannot be derived is named, never taken for zero."""
    if cost is None:
        return Told("—")
    note = f"without {and_list(list(cost.missing))}" if cost.missing else ""
    short = f"{len(cost.missing)} not known" if cost.missing else ""
    if not note and cost.assumed:
        note = f"as stated, for want of {and_list(list(cost.assumed))}"
        short = "partly as stated"
    return Told(money.cost(SPOKEN, cost.plain, partly=bool(cost.missing)), note, short)


def changed(cost: Cost) -> str:
    """Say what is added to a bill, with a plus, or what is saved."""
    text = told(cost).text
    grows = bool(cost.currencies) and all(cost.of(code).low >= 0 for code in cost.currencies)
    return f"+{text}" if grows else text


def dashed(text: str) -> str:
    """Write ``$175-300`` with the dash of ranges; a leading minus becomes one."""
    return _MINUS.sub("−", _RANGE.sub("–", text))


def quantity(amount: Quantity) -> str:
    """Write how much of a unit is used, without the unit: ``10``, ``1,000–2,000``."""
    low = format_number(amount.amount.low)
    if amount.amount.high is None:
        return f"{low}+"
    return low if amount.amount.is_point else f"{low}–{format_number(amount.amount.high)}"


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
