"""Agreements in a report: the clause, and beside it the computation line by line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

from statusgen.publish.edition import Edition
from statusgen.publish.links import safe_link
from statusgen.publish.report_words import method_name
from statusgen.run.report import Report
from statusgen.status.agreements import Settled
from statusgen.status.methods import Method
from statusgen.status.standing import Verdict
from statusgen.words import Words


@dataclass(frozen=True, slots=True)
class AgreementTold:
    """One agreement as a report shows it."""

    name: str
    clause: str
    link: str
    """Empty where there is none, or none that may be linked."""
    verdict: Verdict
    lines: tuple[Markup, ...]


def told_agreements(edition: Edition, report: Report) -> list[AgreementTold]:
    """Return the agreements of a report."""
    return [
        AgreementTold(
            each.agreement.name,
            each.agreement.clause,
            safe_link(each.agreement.link),
            each.verdict,
            tuple(_lines(edition, report, each)),
        )
        for each in report.agreements
    ]


def _lines(edition: Edition, report: Report, each: Settled) -> list[Markup]:
    words, say, agreement = edition.words, edition.say, each.agreement
    target, figure = exact_percent(words, agreement.target), exact_percent(words, each.ratio)
    names = [edition.names.get(one, one) for one in agreement.components]
    told = [
        say(
            "reports.promise",
            target=target,
            names=words.joined(names),
            method=method_name(words, Method(agreement.method)),
        )
    ]
    told += [
        say(
            "reports.left-out",
            start=edition.clock.stamp(stretch.start),
            end=edition.clock.stamp(stretch.end),
            why=stretch.why,
        )
        for stretch in agreement.excluded
        if stretch.start < report.period.end and stretch.end > report.period.start
    ]
    if each.ratio is not None:
        told.append(
            say(
                "reports.sum",
                name=edition.names.get(each.component, each.component),
                good=_plain(words, each.good),
                counted=words.number(each.counted),
                figure=figure,
            )
        )
    coverage = exact_percent(words, each.coverage)
    if each.verdict is Verdict.UNKNOWN:
        return [*told, say("reports.untold", coverage=coverage)]
    key = "kept" if each.verdict is Verdict.MET else "broken"
    told.append(say(f"reports.{key}", figure=figure, target=target))
    if each.verdict is Verdict.MISSED:
        told += _owed(edition, each)
    return told


def _owed(edition: Edition, each: Settled) -> list[Markup]:
    words, say, credit = edition.words, edition.say, each.credit
    if credit is None:
        return [say("reports.no-credit")] if each.agreement.credits else []
    share = exact_percent(words, credit.share)
    told = [
        say(
            "reports.credit",
            share=share,
            low=exact_percent(words, credit.at_least),
            high=exact_percent(words, credit.below),
        )
    ]
    if each.amount is not None and each.agreement.fee is not None:
        fee, currency = each.agreement.fee
        amount = f"{_money(each.amount[0])} {currency}"
        told.append(
            say("reports.amount", share=share, fee=f"{_money(fee)} {currency}", amount=amount)
        )
    if each.claim_by is not None:
        told.append(say("reports.claim", day=words.dated_day(each.claim_by)))
    return told


def exact_percent(words: Words, ratio: Fraction | None) -> str:
    """Return a share with as many places as tell it, six at most, cut off; never less than two.

    What decides a credit is not to be hidden by two places: 99.899999 % is not 99.9 %.
    """
    if ratio is None:
        return words.percent(None)
    cut = ratio.numerator * 10**8 // ratio.denominator
    digits = f"{cut % 10**6:06}".rstrip("0")
    if len(digits) <= 2:
        return words.percent(cut // 10**4)
    mark = words.percent(1234)  # 12.34 % as the language writes it
    return mark.replace("12", words.number(cut // 10**6), 1).replace("34", digits, 1)


def _plain(words: Words, value: Fraction) -> str:
    """Return seconds, exact: tenths where a partial outage counts in part."""
    if value.denominator == 1:
        return words.number(int(value))
    return f"{(Decimal(value.numerator) / value.denominator).normalize():f}"


def _money(value: Decimal) -> str:
    """Return an amount with at least two places, and as many more as it has."""
    text = f"{value:f}"
    whole, _, places = text.partition(".")
    return f"{whole}.{places.rstrip('0').ljust(2, '0')}"
