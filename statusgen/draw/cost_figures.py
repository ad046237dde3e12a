"""What follows from a stage's costs: sums, the part that nothing itemises, the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from statusgen.draw.model import Amount, CostChart, CostStage, Verdict
from statusgen.draw.numbers import money, money_range
from statusgen.words import Words

CRUSHED = 8
"""From this ratio of the dearest to the cheapest stage, each also gets a scale of its own."""

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Figures:
    """A stage with the numbers that follow from it."""

    stage: CostStage
    itemised: Amount
    gap: Decimal
    """Stated at least, beyond all that is itemised; 0 where there is none."""
    verdict: Verdict | None
    itemised_text: str
    stated_text: str
    words: Words

    @property
    def most(self) -> Decimal:
        """The largest value drawn."""
        stated = self.stage.stated
        ends = [self.itemised.low, self.itemised.high or _ZERO]
        return max(ends + ([stated.low, stated.high or stated.low] if stated else []))

    @property
    def stated_told(self) -> str:
        """What is stated, in words; empty where nothing is."""
        if not self.stated_text:
            return ""
        return self.words.say("drawings.stated-amount", amount=self.stated_text)

    @property
    def sentence(self) -> str:
        """The stage in words."""
        parts = [self.words.say("drawings.itemised-amount", amount=self.itemised_text)]
        if self.stated_text:
            parts.append(self.stated_told)
        if self.verdict:
            parts.append(self.verdict.text)
        return ", ".join(parts)


def figures_of(stage: CostStage, model: CostChart) -> Figures:
    """Return a stage with its sums, its gap, and a verdict where the caller gave none."""
    one, two, symbol, words = stage.carried, stage.added, model.symbol, model.words
    high = None if one.high is None or two.high is None else one.high + two.high
    itemised = Amount(one.low + two.low, high)
    gap, verdict = _ZERO, stage.verdict
    if stage.stated is not None and stage.known:
        most = itemised.low if itemised.high is None else itemised.high
        gap = max(_ZERO, stage.stated.low - most)
        if stage.partly and verdict is None:
            verdict = _partly(stage.stated, itemised, model)
            gap = _ZERO  # what is not known may fill it
        verdict = verdict or _verdict(stage.stated, itemised, gap, model)
    stated = money_range(stage.stated, symbol, words) if stage.stated else ""
    sum_text = money_range(itemised, symbol, words) if stage.known else words.say("money.open")
    if stage.known and stage.partly:
        sum_text = words.say("money.partly", amount=sum_text)
    return Figures(stage, itemised, gap, verdict, sum_text, stated, words)


def _partly(stated: Amount, itemised: Amount, model: CostChart) -> Verdict | None:
    """Say that nobody can tell, unless what is known is more than is stated already."""
    if stated.high is not None and itemised.low > stated.high:
        return None
    return Verdict("unknown", model.words.say("drawings.not-derivable"))


def _verdict(stated: Amount, itemised: Amount, gap: Decimal, model: CostChart) -> Verdict:
    say = model.words.say
    if gap:
        return Verdict(
            "bad", say("drawings.not-itemised", amount=money(gap, model.symbol, model.words))
        )
    if stated.high is not None and itemised.low > stated.high:
        over = money(itemised.low - stated.high, model.symbol, model.words)
        return Verdict("bad", say("drawings.above-stated", amount=over))
    return Verdict("ok", say("drawings.in-range"))


def crushed(figures: Sequence[Figures]) -> bool:
    """Say whether one scale would flatten the cheapest stage."""
    sizes = [one.most for one in figures if one.most > 0]
    return len(sizes) > 1 and max(sizes) > CRUSHED * min(sizes)
