"""Reading prices as people write them.

::

    price       = alternative { (" or " | ", " labelled) alternative }
    alternative = part { (" + " | ", ") part }
    part        = [ "then " ] [ label ] ( money | percent | free | included | usage | varies )
    money       = [ "<" ] [ "~" ] [ "+" | "-" ] sign number [ "-" number ] [ "+" ] [ "*" ] tail
    tail        = { "/" unit | " per " unit | " each" [ " = " money ] | " for " quantities
                  | " (" quantities or note ")" | " - " note | " " note }

Text with digits must be understood to its last character, else it is an error: a typing slip in a
price must not turn into "no price". Words without any digit are kept as a price that is not stated.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from statusgen.base.text import quote
from statusgen.roadmap import signs
from statusgen.roadmap.dialect import current, remembered
from statusgen.roadmap.iso4217 import CODE
from statusgen.roadmap.money import SIGN, SYMBOLS, Range, currency_of, divide
from statusgen.roadmap.price import Kind, Price, Quantity, Term
from statusgen.roadmap.price_hint import hint_for, price_hint
from statusgen.roadmap.price_remark import is_once, is_once_alone, refuse_unknown, says_when
from statusgen.roadmap.price_scale import CODES
from statusgen.roadmap.price_spelling import is_doubtful, standard
from statusgen.roadmap.price_terms import begins_alternative, settled
from statusgen.roadmap.price_ways import split_outside
from statusgen.roadmap.price_worded import worded
from statusgen.roadmap.quantity import (
    NUMBER,
    decimal,
    period_of,
    quantity,
    read_allowances,
    scale_of_low,
    singular,
    span,
)
from statusgen.roadmap.vocabulary import grouped, pattern, words

MAX_LENGTH = 300

_SIGN = rf"(?:{SIGN}|{CODE}\s?(?=\d))"
_MONEY = re.compile(
    rf"(?P<bound><=|>=|<|>)?\s*(?P<approx>[~≈])?\s*(?P<sign>[+\-−])?\s*(?P<approx2>[~≈])?"
    rf"(?P<currency>{_SIGN})\s*(?P<low>{NUMBER})(?P<low_k>[KM]\b)?"
    rf"(?:\s?[-–—]\s?(?:{_SIGN})?(?P<high>{NUMBER})(?P<high_k>[KM]\b)?)?"
    r"(?P<open>\+)?(?P<mark>\*{1,3}|[†‡])?"
)
_PERCENT = re.compile(
    rf"(?P<approx>[~≈])?(?P<low>{NUMBER})(?:\s?[-–]\s?(?P<high>{NUMBER}))?\s?%(?P<open>\+)?"
)
_UNIT = re.compile(
    rf"(?:/|\s+per\s+|\s+an?\s+(?=(?:hour|day|week|month|quarter|year)\b))"
    rf"(?:(?P<count>{NUMBER})(?P<k>[KM](?![A-Za-z]))?\s?)?(?P<unit>[^\W\d_][\w-]*"
    rf"(?:(?<=\w)\s[a-z]+(?=/)|(?:(?<=ed)|(?<=ve)|(?<=ng)|(?<=al)|(?<=om))\s[a-z]+(?<!ly)(?![\w-]))?)"
)
"""A unit of two words ends before a slash, or begins with what a thing is like: *hosted zone*."""
_SEVERAL = re.compile(r"/(?P<count>[2-9]|[1-5]\d) (?P<unit>week|month|quarter|year)(?![\w-])")
_TIMES = re.compile(
    rf"\s*[×x]\s?(?P<count>{NUMBER})(?:\s(?P<what>[A-Za-z][A-Za-z ]*))?(?=\s*=|$|\s*\()"
)
_ABOVE = re.compile(
    r"\s+(?:above|over|beyond|after(?: the)? first|after|past)\s+(?:the first\s+)?(?P<what>.+)",
    re.S,
)
_MANNER = re.compile(
    r"(?:billed|paid|invoiced|charged|prepaid|committed|before|plus|excl(?:uding|\.)?|incl(?:uding|\.)?)\b\D*",
    re.I,
)
"""How it is paid, behind a comma: no further price."""
_LABEL = re.compile(
    r"(?P<label>[A-Za-z][\w.&-]*(?: [\w&][\w.&-]*)*?)(?::)?\s+"
    rf"(?P<rest>(?:from\s+)?[~≈]?{_SIGN}.*)",
    re.S,
)
_LABEL_IN_FRONT = re.compile(rf"(?P<label>[A-Za-z][\w. -]*?)\s*\((?P<rest>[~≈]?{_SIGN}[^()]*)\)")
_UNSCALED = re.compile(
    rf"(?:{pattern(tuple(word for entries in grouped('times').values() for word in entries))})",
    re.I,
)
"""A size of which nobody can tell the number: to read 1.2 would be wrong a millionfold."""
_AMOUNT_WITHIN = re.compile(rf"\b(?:{CODES})\s\d")
"""*CHF 90 by CHF 120*: two amounts, and no label."""
_SAVED = re.compile(rf"(?:{pattern(words('saving'))})(?:\s\w{{1,3}})?", re.I)
"""*saves $70* names what is not paid."""
_ENDS_IN_RANGE = re.compile(rf"\d\S*\s+(?:and|or|to|y|e|et|à|a|{pattern(words('span'))})", re.I)


class _UnreadError(ValueError):
    """A part of a price is not understood."""


_UNSETTLED = re.compile(
    rf"(?<![A-Za-z])(?:{'|'.join(re.escape(sign) for sign in signs.MEANINGS)})(?![a-z])", re.I
)
"""A sign that may be of several currencies."""


def parse_price(raw: str) -> Price:
    """Read a price; ``str()`` of the result is ``raw`` again.

    Raises ValueError (``what is wrong; what to write instead``) for an empty text and for one
    with digits that is not understood.
    """
    if not raw.strip():
        raise ValueError(f"is empty; {price_hint()}")
    if len(raw.strip()) > MAX_LENGTH:
        raise ValueError(f"is longer than {MAX_LENGTH} characters; put the words into a note")
    if (price := read_price(raw)) is not None:
        return price
    for sign in _UNSETTLED.finditer(raw):
        known = current().signs
        if known.meaning(sign[0].casefold()) is None:
            raise ValueError(signs.unsettled(sign[0].casefold(), known))
    raise ValueError(f"{quote(raw.strip(), 80)} is not understood as a price; {hint_for(raw)}")


@remembered
def read_price(raw: str) -> Price | None:
    """Read a price that may be none; None for what :func:`parse_price` does not understand."""
    text = standard(raw)
    if is_doubtful(text):
        return None
    try:
        return Price(raw, _terms(text))
    except _UnreadError:
        return None


def price_or_none(text: str) -> Price | None:
    """Read a price; None for every text that :func:`parse_price` refuses."""
    if not text.strip() or len(text.strip()) > MAX_LENGTH:
        return None
    try:
        return read_price(text)
    except ValueError:
        return None


def _terms(text: str) -> tuple[tuple[Term, ...], ...]:
    groups: list[list[Term]] = []
    for choice in split_outside(text, r"\s+or\s+"):
        groups.append([])
        for index, part in enumerate(split_outside(choice, r"\s\+\s|,\s+(?!\d{3}\b)")):
            once = index > 0 and is_once_alone(part)
            if once or (index and _MANNER.fullmatch(part)):
                last = groups[-1][-1]
                kind = _kind_beside(last, part) if once else last.kind
                groups[-1][-1] = replace(last, kind=kind, note=_joined(last.note, part))
                continue
            term = _term(part, first=index == 0)
            if index and begins_alternative(term, groups[-1]):
                groups.append([])
            groups[-1].append(term)
    return tuple(settled(terms) for terms in groups)


_AFTERWARDS = re.compile(rf"(?:{pattern(words('afterwards'))})\s+", re.I)


def _term(text: str, *, first: bool) -> Term:
    text = text.strip()
    after = _AFTERWARDS.match(text)
    if after:
        return replace(_term(text[after.end() :], first=first), after_free=True)
    term = worded(text)
    if term is not None:
        return term
    for form in (_LABEL_IN_FRONT, _LABEL):
        labelled = form.fullmatch(text)
        if labelled and labelled["label"].lower() not in ("from", "up to", "starting at"):
            label = labelled["label"]
            if (
                _SAVED.fullmatch(label)
                or _ENDS_IN_RANGE.search(label)
                or _AMOUNT_WITHIN.search(label)
            ):
                raise _UnreadError
            term = replace(_term(labelled["rest"], first=first), label=label)
            once = term.kind is Kind.FIXED and term.every is None and is_once_alone(label)
            return replace(term, kind=Kind.ONE_OFF) if once else term
    if lower := re.match(r"(?:from|starting at)\s+", text, re.I):
        term = _money(text[lower.end() :])
        if term is not None and term.amount is not None:
            return replace(term, amount=Range(term.amount.low, None))
    if limit := re.match(r"up to\s+", text, re.I):
        term = _money(text[limit.end() :])
        if term is not None and term.amount is not None and term.amount.high is not None:
            return replace(term, amount=Range(Decimal(0), term.amount.high))
    term = _money(text) or _times(text) or _percent(text)
    if term is not None:
        return term
    if re.search(r"\d", text) or "%" in text or any(sign in text for sign in SYMBOLS):
        raise _UnreadError
    if first:
        return Term(Kind.UNSTATED, note=text)
    return Term(Kind.VARIES, of=text)


def _percent(text: str) -> Term | None:
    match = _PERCENT.match(text)
    if match is None:
        return None
    tail = text[match.end() :].strip()
    of = re.fullmatch(r"(?:of|per)\s+(?P<of>[A-Za-z ]+)", tail)
    if tail and of is None:
        return None
    low = decimal(match["low"])
    high = None if match["open"] else decimal(match["high"]) if match["high"] else low
    return Term(
        Kind.PERCENT,
        amount=span(low, high),
        approx=bool(match["approx"]),
        of=of["of"] if of else "",
    )


def _money(text: str) -> Term | None:
    """Read an amount with all that follows it; None where the text is no amount or goes on."""
    match = _MONEY.match(text)
    if match is None:
        return None
    low = decimal(
        match["low"], scale_of_low(match["low"], match["low_k"], match["high"], match["high_k"])
    )
    high = decimal(match["high"], match["high_k"]) if match["high"] else low
    if match["sign"] in ("-", "−") and match["open"]:
        raise ValueError(f"{quote(text, 60)} saves without an end; write a range or one amount")
    term = Term(
        Kind.FIXED,
        currency=_currency(match["currency"].strip()),
        amount=span(low, None if match["open"] else high),
        sign={"+": 1, "-": -1, "−": -1}.get(match["sign"] or "", 0),
        approx=bool(match["approx"] or match["approx2"]),
        bound=match["bound"] or "",
        footnote=match["mark"] or "",
    )
    return _tail(term, text[match.end() :])


def _currency(sign: str) -> str:
    if sign in signs.MEANINGS and current().signs.meaning(sign) is None:
        raise _UnreadError
    return currency_of(sign)


def _times(text: str) -> Term | None:
    """Read "2 × $7/month", "3 × £5.90 per user per month": the amount of all of them."""
    match = re.match(rf"(?P<count>{NUMBER})\s*[×x]\s+", text)
    term = _money(text[match.end() :]) if match else None
    if term and [part.amount.low for part in term.per if part.unit in words("heads")] == [1]:
        term = replace(term, kind=Kind.FIXED, per=term.per[1:])  # the number in front counts them
    if match is None or term is None or term.kind not in (Kind.FIXED, Kind.ONE_OFF):
        return None
    if term.amount is None or term.per:
        return None
    amount = term.amount.scaled(Range.point(decimal(match["count"])))
    return replace(term, amount=amount, note=_joined(text, term.note))


def _tail(term: Term, rest: str) -> Term | None:
    while rest.strip():
        if several := _SEVERAL.match(rest):
            term = _shared(term, several)
            rest = rest[several.end() :]
        elif unit := _UNIT.match(rest):
            every = period_of(unit["unit"]) if not unit["count"] else None
            if every and term.kind is not Kind.ONE_OFF:
                term = replace(term, every=every)
            else:
                count = decimal(unit["count"], unit["k"]) if unit["count"] else Decimal(1)
                if not count:
                    raise ValueError("is a price per nothing; write how many units it is for")
                part = Quantity(Range.point(count), singular(unit["unit"]))
                kind = term.kind if term.kind is Kind.ONE_OFF else Kind.PER_UNIT
                term = replace(term, kind=kind, per=(*term.per, part))
            rest = rest[unit.end() :]
        elif times := _TIMES.match(rest):
            term, rest = _multiplied(term, times), rest[times.end() :]
        elif each := re.match(r"\s+each\b", rest):
            term, rest = replace(term, each=True), rest[each.end() :]
        elif total := re.match(r"\s*=\s*", rest):
            summed = _MONEY.match(rest, total.end())
            if summed is None:
                return None
            low = decimal(summed["low"], summed["low_k"])
            high = decimal(summed["high"], summed["high_k"]) if summed["high"] else low
            term, rest = replace(term, total=span(low, high)), rest[summed.end() :]
            if unit := _UNIT.match(rest):
                rest = rest[unit.end() :]
        elif bracket := re.match(r"\s*\((?P<inner>[^()]*)\)", rest):
            if says_when(bracket["inner"]) and _is_timeless(term):
                term = _timed(term, bracket["inner"])
            else:
                allowances, note = read_allowances(bracket["inner"])
                term = replace(
                    term,
                    kind=_kind_beside(term, note),
                    allowances=term.allowances + allowances,
                    note=_joined(term.note, note),
                )
            rest = rest[bracket.end() :]
        else:
            return _remark(term, rest)
    return term


def _shared(term: Term, several: re.Match[str]) -> Term:
    """Return what a price of several periods comes to in one of them."""
    if term.kind is not Kind.FIXED or term.every is not None or term.amount is None:
        raise _UnreadError
    count, high = Decimal(several["count"]), term.amount.high
    amount = Range(divide(term.amount.low, count), high and divide(high, count))
    note = _joined(term.note, f"per {several[0][1:]}s")
    return replace(term, amount=amount, every=period_of(several["unit"]), note=note)


def _multiplied(term: Term, times: re.Match[str]) -> Term:
    """Return the amount for as many as stand behind "×": hosts of "$15/host/month × 10 hosts"."""
    assert term.amount is not None
    kind = Kind.FIXED if len(term.per) <= 1 else term.kind
    amount = term.amount.scaled(Range.point(decimal(times["count"])))
    note = _joined(term.note, times[0].strip())
    return replace(term, kind=kind, amount=amount, per=term.per[1:], note=note)


def _remark(term: Term, rest: str) -> Term | None:
    """Read the last words after an amount: "for 100K requests/day", "above 10K", "avg"."""
    above = _ABOVE.fullmatch(rest)
    if above and term.per and (least := quantity(above["what"].strip())) is not None:
        return replace(term, beyond=(replace(least, unit=least.unit or term.per[-1].unit),))
    paid = re.fullmatch(r"\s+for\s+(?P<what>.+)", rest, re.S)
    if paid and (found := quantity(paid["what"].strip())) is not None:
        if term.every is None and period_of(found.unit):
            refuse_unknown(rest)
        return replace(term, allowances=(*term.allowances, found))
    said = re.fullmatch(r"\s+(?P<dash>[-–—]\s+)?(?P<note>[^\d$€£₵₦₹¥%()×]+)", rest, re.S)
    if said is None or _UNSCALED.match(said["note"]):
        return None
    if said["dash"] and says_when(said["note"]) and _is_timeless(term):
        return _timed(term, said["note"])
    kind = _kind_beside(term, said["note"])
    nothing = term.amount is not None and term.amount.high == 0
    if kind is Kind.FIXED and term.every is None and not (said["dash"] or nothing):
        refuse_unknown(said["note"])
    return replace(term, kind=kind, note=_joined(term.note, said["note"].strip()))


def _is_timeless(term: Term) -> bool:
    return term.kind in (Kind.FIXED, Kind.PER_UNIT) and term.every is None


def _timed(term: Term, note: str) -> Term:
    """Return a term with the period that its remark says: ``£200 (per year)``."""
    read = _money(standard(f"USD 1 {note.strip()}"))
    if read is not None and read.every is not None and not read.note:
        return replace(term, every=read.every)
    refuse_unknown(note, remark=True)
    return replace(term, note=_joined(term.note, note.strip()))


def _kind_beside(term: Term, note: str) -> Kind:
    """Return the kind of a term with a note: paid once where that says so, also of each unit."""
    if _is_timeless(term) and is_once(note):
        return Kind.ONE_OFF
    if term.every is not None and is_once_alone(note) and "set" not in note:
        raise ValueError(
            f"is paid each {term.every} and {quote(note, 40)}; write one of them, or both as two "
            "amounts"
        )
    return term.kind


def _joined(before: str, more: str) -> str:
    return f"{before}, {more}" if before and more else before or more
