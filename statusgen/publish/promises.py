"""Objectives and gates as visitors read them: what was measured, the verdict, what it proves."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from statusgen.base.binomial import DOUBT, least_availability, seen_with
from statusgen.base.clock import DAY, Instant
from statusgen.base.counting import Counting
from statusgen.base.target import Metric
from statusgen.gates.evaluate import REPLAYED
from statusgen.gates.gate import Gate, Kind, Source, Why, tally
from statusgen.roadmap.money import SYMBOLS
from statusgen.status.objectives import ObjectiveStanding
from statusgen.status.proof import Proof
from statusgen.status.standing import Doubt, Standing, Verdict
from statusgen.status.uptime import hundredths
from statusgen.words import Words
from statusgen.words.money import money

if TYPE_CHECKING:
    from statusgen.publish.edition import Edition

CONFIDENCE = round((1 - DOUBT) * 10_000)
"""Of all bounds, in hundredths of a percent."""


def objective_line(edition: Edition, one: ObjectiveStanding) -> str:
    """Say in one sentence what is promised, what was measured, and the verdict."""
    words, found = edition.words, one.standing
    target = words.percent(hundredths(found.target.value))
    window = window_text(words, edition.clock.zone, found)
    if found.verdict is Verdict.UNKNOWN:
        why = why_text(words, found.doubt, found)
        return words.say("promises.objective-unknown", target=target, window=window, why=why)
    return words.say(
        "promises.objective",
        target=target,
        window=window,
        figure=words.percent(hundredths(found.figure)),
        verdict=verdict_since(words, edition.clock.zone, f"promises.{found.verdict}", found),
    )


def objective_row(words: Words, zone: ZoneInfo, one: ObjectiveStanding) -> tuple[str, ...]:
    """Return an objective as a line of a table beside gates."""
    found = one.standing
    if found.verdict is Verdict.UNKNOWN:
        note = f"{words.say('promises.unknown')} · {why_text(words, found.doubt, found)}"
    else:
        note = verdict_since(words, zone, f"promises.{found.verdict}", found)
    return (
        ", ".join(one.components),
        "objective",
        one.id,
        words.percent(hundredths(found.target.value)),
        words.percent(hundredths(found.figure)),
        f"{note} · {window_text(words, zone, found)}",
    )


def objective_details(edition: Edition, one: ObjectiveStanding) -> list[str]:
    """Say what is left of the budget, how fast it goes, and what the checks prove."""
    words, found = edition.words, one.standing
    told: list[str] = []
    budget = words.duration(int(one.budget))
    if found.doubt not in (Doubt.NOTHING, Doubt.COVERAGE) and one.budget:
        if one.left > 0:
            told.append(
                words.say(
                    "promises.budget",
                    left=words.duration(int(one.left)),
                    budget=budget,
                    checks=_tenths(words, one.checks_left),
                )
            )
        else:
            told.append(words.say("promises.budget-spent", budget=budget))
    if one.met_again is not None:
        told.append(words.say("promises.again", day=_day(words, edition.clock.zone, one.met_again)))
    told += [
        words.say(
            "promises.burn", window=words.duration(burn.long), times=_tenths(words, burn.over_long)
        )
        for burn in one.burns[:2]
        if burn.fast and burn.over_long is not None
    ]
    if found.doubt is not Doubt.NOTHING:
        told.append(_maintenance(words, one))
    return [*told, *proof_lines(words, found)]


def _maintenance(words: Words, one: ObjectiveStanding) -> str:
    """Say whether planned maintenance is in the figure, and how much of it is not."""
    if one.maintained:
        return words.say("promises.maintenance-out", length=words.duration(one.maintained))
    excluded = one.counting is Counting.EXCLUDE
    return words.say(f"promises.maintenance-{'none' if excluded else 'counted'}")


def proof_lines(words: Words, found: Standing) -> list[str]:
    """Say what the checks of a window prove, and what they may have missed."""
    proof = found.proof
    if proof is None or found.target.metric is not Metric.UPTIME:
        return []
    told = [
        words.say(
            "promises.proof",
            checks=words.number(proof.checks),
            failed=words.number(proof.failed),
            least=words.percent(math.floor(proof.least * 10_000)),
            hours=words.percent(math.floor(proof.least_hours * 10_000)),
            sure=words.share(CONFIDENCE),
        )
    ]
    return [*told, *missable(words, proof)]


def missable(words: Words, proof: Proof) -> list[str]:
    """Say which outages may have been missed; nothing where checks come each minute or faster."""
    short = max(60, proof.interval * 2 // 5 // 60 * 60)
    if short >= proof.interval:
        return []
    chance = words.share(int(100 * seen_with(short, proof.interval)) * 100)
    return [
        words.say(
            "promises.missable",
            interval=words.duration(proof.interval),
            short=words.duration(short),
            chance=chance,
        )
    ]


def best_proved(edition: Edition) -> str:
    """Say what the checks behind the best figure of 90 days prove: no other proves more.

    Empty where nothing was checked twice. The most checks and hours of any component are taken,
    with no failure among them, and the longest time between two checks of any.
    """
    found = [each.proofs["90d"] for each in edition.snapshot.components if "90d" in each.proofs]
    checks = max((each.checks for each in found), default=0)
    if checks < 2:
        return ""
    words, hours = edition.words, max(each.hours for each in found)
    least, by_hours = (
        words.percent(math.floor(least_availability(number, 0) * 10_000))
        for number in (checks, hours)
    )
    return words.say(
        "uptime.proved",
        interval=words.duration(max(each.interval for each in found)),
        all=words.percent(10_000),
        checks=words.number(checks),
        least=least,
        hours=by_hours,
        sure=words.share(CONFIDENCE),
    )


def window_text(words: Words, zone: ZoneInfo, found: Standing) -> str:
    """Say which time is looked back on."""
    if found.target.rolling:
        return words.say("promises.last", window=words.duration(found.end - found.start))
    return words.say("promises.since", day=_day(words, zone, found.start))


def verdict_since(words: Words, zone: ZoneInfo, key: str, found: Standing) -> str:
    """Say a verdict, and since when it is so."""
    verdict = words.say(key)
    if found.always and found.since is not None:
        return words.say("promises.verdict-always", verdict=verdict)
    if found.since is None or found.since >= found.end:
        return verdict
    return words.say("promises.verdict-since", verdict=verdict, day=_day(words, zone, found.since))


def why_text(words: Words, why: Doubt | Why, found: Standing | None, day: str = "") -> str:
    """Say why nothing can be told."""
    values: dict[str, str] = {}
    if why == "coverage" and found is not None:
        values["coverage"] = words.percent(hundredths(found.coverage))
    if why == "samples" and found is not None:
        if not found.wanted:
            return words.say("promises.why-unprovable")
        values["interval"] = exact(words, found.interval)
        values["wanted"] = exact(words, found.wanted)
    if why == "old":
        values["day"] = day
    return words.say(f"promises.why-{why}", **values)


_GOOD_WORDS = {
    Kind.SUCCESS: ("promises.met", "promises.missed"),
    Kind.STAGE: ("promises.reached", "promises.not-reached"),
    Kind.TRIGGER: ("promises.fired", "promises.quiet"),
    Kind.METRIC: ("promises.fired", "promises.quiet"),
    Kind.FORECAST: ("live.within-reach", "live.out-of-reach"),
}


def gate_figure(words: Words, gate: Gate) -> str:
    """Say the figure of a gate; a dash where there is none."""
    if gate.kind is Kind.FORECAST and gate.figure is None and gate.upto is not None:
        return words.say("live.at-most", share=upper(words, gate.upto))
    if gate.figure is None:
        return "—"
    if gate.kind is Kind.FORECAST and gate.upto is not None:
        return f"{words.percent(math.floor(gate.figure * 10_000))}–{upper(words, gate.upto)}"
    last = _figure(words, gate, gate.figure if gate.upto is None else gate.upto)
    if gate.upto is None:
        return last
    first = _figure(words, replace(gate, unit="" if gate.unit != "share" else "share"), gate.figure)
    return f"{first}–{last}"


def _figure(words: Words, gate: Gate, figure: Fraction) -> str:
    if gate.unit == "share":
        found = gate.standing
        if found is not None and found.target.metric is Metric.ERROR_RATE:
            return words.percent(-int(-figure * 10_000 // 1))  # rounded up: it is no merit
        return words.percent(math.floor(figure * 10_000))
    if gate.unit == "seconds":
        found = gate.standing
        if found is not None and found.target.metric is Metric.DOWNTIME:
            return words.duration(math.ceil(figure))
        return words.milliseconds(round(figure * 1000))
    if gate.unit in SYMBOLS.values():
        return money(gate.unit, Decimal(figure.numerator) / figure.denominator)
    return " ".join(filter(None, [_plain(words, figure), gate.unit]))


def gate_note(words: Words, zone: ZoneInfo, gate: Gate) -> str:
    """Say the verdict of a gate, over which time and since when, or why there is none."""
    told = [_verdict_of(words, zone, gate)]
    found = gate.standing
    if found is not None and gate.why not in (Why.NOTHING, Why.UNIT):
        told.append(window_text(words, zone, found))
    if gate.averaged:
        window = words.duration(gate.window or 0)
        told.append(words.say("promises.mean-of", count=words.number(gate.averaged), window=window))
    if gate.last_good is not None and not gate.fired:
        key = "quiet" if gate.kind in (Kind.TRIGGER, Kind.METRIC) else "good"
        last = _day(words, zone, gate.last_good)
        if gate.since is None or last != _day(words, zone, gate.since):  # the verdict has that day
            told.append(words.say(f"promises.last-{key}", day=last))
    if gate.fired:
        told.append(
            words.say(
                "promises.fired-times",
                window=words.duration(REPLAYED * DAY),
                times=words.number(len(gate.fired)),
                day=_day(words, zone, gate.fired[-1][0]),
                length=words.duration(sum(end - start for start, end in gate.fired)),
            )
        )
    if gate.source is Source.DERIVED and gate.why is not Why.OPEN:
        told.append(words.say("promises.from-figures"))
    if gate.on is not None and gate.why is not Why.OLD:
        day = _day(words, zone, gate.on)
        say = words.say("promises.teller", day=day, source=gate.teller)
        told.append(say if gate.teller else day)
    return " · ".join([*told, *expected_lines(words, zone, gate)])


def expected_lines(words: Words, zone: ZoneInfo, gate: Gate) -> list[str]:
    """Say when a figure is expected to reach its value, or why nobody can say."""
    found = gate.crossing
    if found is not None:
        first, likely, last = (
            _day(words, zone, each) for each in (found.first, found.likely, found.last)
        )
        count = words.number(found.figures)
        key = f"promises.crossing-{found.method}"
        return [words.say(key, day=likely, first=first, last=last, count=count)]
    if gate.refused is not None and gate.kind is Kind.STAGE:
        return [words.say(f"promises.refused-{gate.refused}")]
    return []


def gate_why(words: Words, zone: ZoneInfo, gate: Gate) -> str:
    """Say why nothing can be told of a gate."""
    day = "" if gate.on is None else _day(words, zone, gate.on)
    return why_text(words, gate.why, gate.standing, day)


def _verdict_of(words: Words, zone: ZoneInfo, gate: Gate) -> str:
    met, missed = _GOOD_WORDS[gate.kind]
    if gate.verdict is Verdict.UNKNOWN:
        return f"{words.say('promises.unknown')} · {gate_why(words, zone, gate)}"
    key = met if gate.verdict is Verdict.MET else missed
    if gate.standing is not None:
        return verdict_since(words, zone, key, gate.standing)
    if gate.since is None:
        return words.say(key)
    since = _day(words, zone, gate.since)
    return words.say("promises.verdict-since", verdict=words.say(key), day=since)


def counted_text(words: Words, gates: Iterable[Gate]) -> str:
    """Say how many promises are kept, how many are not, and of how many nobody can tell."""
    found = tally(gates)
    return words.say(
        "promises.counts",
        good=words.number(found.good),
        bad=words.number(found.bad),
        unknown=words.number(found.unknown),
    )


def of_component(edition: Edition, identifier: str) -> Sequence[ObjectiveStanding]:
    """Return the objectives that are told of a component."""
    return [each for each in edition.objectives if identifier in each.components]


def upper(words: Words, share: Fraction) -> str:
    """Say the upper end of an availability, rounded up: with a digit more where that is no zero.

    99.987 % that were told as 99.99 % would seem to keep a promise of 99.99 %.
    """
    whole, digit = divmod(math.ceil(share * 100_000), 10)
    text = words.percent(whole)
    last = max((place for place, letter in enumerate(text) if letter.isdecimal()), default=-1)
    return text if not digit else f"{text[: last + 1]}{digit}{text[last + 1 :]}"


def exact(words: Words, seconds: int) -> str:
    """Say a short interval without cutting seconds: 150 s are not 2 minutes."""
    if 60 < seconds < 600 and seconds % 60 > 5:  # a check that comes 2 s late is still in time
        return f"{words.number(seconds)} s"
    return words.duration(seconds)


def _day(words: Words, zone: ZoneInfo, at: Instant) -> str:
    return words.dated_day(datetime.fromtimestamp(at, zone).date())


def _tenths(words: Words, value: Fraction | None) -> str:
    cut = 0 if value is None else int(value * 10)
    return words.number(cut // 10) if cut % 10 == 0 else f"{words.number(cut // 10)}.{cut % 10}"


def _plain(words: Words, value: Fraction) -> str:
    if value.denominator == 1:
        return words.number(int(value))
    return f"{float(value):.2f}".rstrip("0").rstrip(".")
