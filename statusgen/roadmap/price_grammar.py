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

from statusgen.base.text import one_line
from statusgen.roadmap.money import Period, Range, currency_of
from statusgen.roadmap.price import Kind, Price, Quantity, Term

MAX_LENGTH = 300

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,12})?)(?![\d.,]*\d)"
_SIGN = r"(?:US\$|GH₵|[$€£₵₦₹¥]|[A-Z]{3}\s?(?=\d))"
_MONEY = re.compile(
    rf"(?P<bound><=|>=|<|>)?\s*(?P<approx>[~≈])?\s*(?P<sign>[+\-−])?\s*(?P<approx2>[~≈])?"
    rf"(?P<currency>{_SIGN})\s*(?P<low>{_NUMBER})(?P<low_k>[KM]\b)?"
    rf"(?:\s?[-–—]\s?(?:{_SIGN})?(?P<high>{_NUMBER})(?P<high_k>[KM]\b)?)?"
    r"(?P<open>\+)?(?P<mark>\*{1,3}|[†‡])?"
)
_PERCENT = re.compile(
    rf"(?P<approx>[~≈])?(?P<low>{_NUMBER})(?:\s?[-–]\s?(?P<high>{_NUMBER}))?\s?%(?P<open>\+)?"
)
_QUANTITY = re.compile(
    rf"(?P<low>{_NUMBER})\s?(?P<low_k>[KM](?![A-Za-z]))?"
    rf"(?:\s?[-–]\s?(?P<high>{_NUMBER})\s?(?P<high_k>[KM](?![A-Za-z]))?)?"
    r"\s?(?P<unit>[A-Za-z][A-Za-z ]*)?(?:/(?P<every>[a-z]+))?"
)
_UNIT = re.compile(
    rf"(?:/|\s+per\s+|\s+an?\s+(?=(?:hour|day|week|month|quarter|year)\b))"
    rf"(?:(?P<count>{_NUMBER})(?P<k>[KM](?![A-Za-z]))?\s?)?(?P<unit>[A-Za-z][A-Za-z-]*)"
)
_LABEL = re.compile(
    rf"(?P<label>[A-Za-z][\w.&-]*(?: [\w.&-]+)*?)(?::)?\s+(?P<rest>(?:from\s+)?[~≈]?{_SIGN}.*)",
    re.S,
)
_LABEL_IN_FRONT = re.compile(rf"(?P<label>[A-Za-z][\w. -]*?)\s*\((?P<rest>[~≈]?{_SIGN}[^()]*)\)")
_USAGE = re.compile(
    r"usage[- ]based|pay[- ]as[- ]you[- ]go|scales with usage"
    r"|pay[- ]per[- ](?P<of>[a-z]+)(?P<note>.*)",
    re.I | re.S,
)
_PERIODS = {
    "h": Period.HOUR,
    "hr": Period.HOUR,
    "hour": Period.HOUR,
    "day": Period.DAY,
    "week": Period.WEEK,
    "mo": Period.MONTH,
    "month": Period.MONTH,
    "quarter": Period.QUARTER,
    "yr": Period.YEAR,
    "year": Period.YEAR,
    "annum": Period.YEAR,
}
_HINT = "write it like $19/month, ~$5-10/mo, $15/host/month, $0.10 per 1,000 emails or Free"


def parse_price(raw: str) -> Price:
    """Read a price; ``str()`` of the result is ``raw`` again.

    Raises ValueError (``what is wrong; what to write instead``) for an empty text and for one
    with digits that is not understood.
    """
    text = raw.strip()
    if not text:
        raise ValueError(f"is empty; {_HINT}")
    if len(text) > MAX_LENGTH:
        raise ValueError(f"is longer than {MAX_LENGTH} characters; put the words into a note")
    groups: list[list[Term]] = []
    for choice in _split(text, r"\s+or\s+"):
        groups.append([])
        for index, part in enumerate(_split(choice, r"\s\+\s|,\s+(?!\d{3}\b)")):
            term = _term(part, first=index == 0)
            if index and _begins_alternative(term, groups[-1]):
                groups.append([])
            groups[-1].append(term)
    return Price(raw, tuple(_percent_of(terms) for terms in groups))


def parse_quantity(text: str) -> Quantity:
    """Read a usage such as ``10``, ``1K-2K``, ``50 GB``. Raises ValueError."""
    found = _quantity(text.strip())
    if found is None:
        raise ValueError(f"{one_line(text, 60)!r} is no quantity; write a number like 10 or 1K-2K")
    return found


def period_of(word: str) -> Period | None:
    """Return the period that ``word`` names (``mo``, ``months``, ``yr``), or None."""
    word = word.lower()
    return _PERIODS.get(word) or _PERIODS.get(word.removesuffix("s"))


def singular(unit: str) -> str:
    """Return a unit's one spelling: ``emails`` → ``email``, ``MAUs`` → ``MAU``, ``SMS`` as is."""
    unit = " ".join(unit.split())
    if unit.isupper():
        return unit
    if unit.endswith("ies") and len(unit) > 4:
        return unit[:-3] + "y"
    if unit.endswith("s") and not unit.endswith("ss") and len(unit) > 2:
        return unit[:-1]
    return unit


def plural(unit: str, count: Decimal) -> str:
    """Return a unit's spelling after a number: ``10 hosts``, ``1 query``, ``5 GB``, ``2 SMS``."""
    if count == 1 or not unit.islower() or unit.endswith("s"):
        return unit
    return f"{unit[:-1]}ies" if unit.endswith("y") else f"{unit}s"


def _split(text: str, separator: str) -> list[str]:
    """Split at ``separator`` outside parentheses."""
    parts, depth, start = [], 0, 0
    matches = {match.start(): match.end() for match in re.finditer(separator, text)}
    for position, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if position in matches and depth == 0:
            parts.append(text[start:position])
            start = matches[position]
    return [*parts, text[start:]]


def _begins_alternative(term: Term, before: list[Term]) -> bool:
    """Whether a part after a comma is another choice: "Self-hosted free, Cloud $0.03/hour"."""
    if not term.label or term.after_free:
        return False
    return before[-1].kind in (Kind.FREE, Kind.SELF_HOSTED)


def _percent_of(terms: list[Term]) -> tuple[Term, ...]:
    """In "2.9% + $0.30 per transaction" the percentage is of the transaction too."""
    subject = next((term.per[0].unit for term in terms if term.per), "")
    return tuple(
        replace(term, of=subject) if term.kind is Kind.PERCENT and not term.of and subject else term
        for term in terms
    )


def _term(text: str, *, first: bool) -> Term:
    text = text.strip()
    after = re.match(r"then\s+", text, re.I)
    if after:
        return replace(_term(text[after.end() :], first=first), after_free=True)
    term = _worded(text)
    if term is not None:
        return term
    for pattern in (_LABEL_IN_FRONT, _LABEL):
        labelled = pattern.fullmatch(text)
        if labelled and labelled["label"].lower() not in ("from", "about"):
            return replace(_term(labelled["rest"], first=first), label=labelled["label"])
    if lower := re.match(r"(?:from|starting at)\s+", text, re.I):
        term = _money(text[lower.end() :])
        if term is not None and term.amount is not None:
            return replace(term, amount=Range(term.amount.low, None))
    term = _money(text) or _percent(text)
    if term is not None:
        return term
    if re.search(r"\d", text) or any(sign in text for sign in "$€£₵₦₹¥%"):
        raise ValueError(f"{one_line(text, 80)!r} is not understood as a price; {_HINT}")
    if first:
        return Term(Kind.UNSTATED, note=text)
    return Term(Kind.VARIES, of=text)


def _worded(text: str) -> Term | None:
    """Read the prices that are words: free, included, by usage, varying, zero."""
    if match := re.fullmatch(r"free\b(?P<tail>.*)", text, re.I | re.S):
        return _free(match["tail"])
    if match := re.fullmatch(
        r"self[- ]hosted(?P<free>\s+free)?\s*(?:\((?P<note>[^()]*)\))?", text, re.I
    ):
        kind = Kind.FREE if match["free"] else Kind.SELF_HOSTED
        return Term(kind, label="self-hosted", note=match["note"] or "")
    if match := re.fullmatch(r"included(?:\s+(?:with|in)\s+(?P<of>.+))?", text, re.I | re.S):
        return Term(Kind.INCLUDED, of=match["of"] or "")
    if match := _USAGE.fullmatch(text):
        return Term(Kind.USAGE, of=(match["of"] or "").lower(), note=(match["note"] or "").strip())
    if match := re.fullmatch(r"(?:zero|no)\s+(?P<of>[A-Za-z ]+)", text, re.I):
        return Term(Kind.FREE, of=match["of"])
    if match := re.fullmatch(
        r"(?:(?P<of>[A-Za-z][A-Za-z ]*?)\s+)?(?:pricing\s+)?varies", text, re.I
    ):
        return Term(Kind.VARIES, of=match["of"] or "")
    return None


def _free(tail: str) -> Term | None:
    """Read what stands after "free": a tier, an allowance, a reservation; None if not readable."""
    note = label = ""
    allowances: tuple[Quantity, ...] = ()
    tail = re.sub(r"^\s+tier\b", "", tail)
    tail = re.sub(r"^\s+available\b", "", tail).strip()
    bracket = re.fullmatch(r"\((?P<inner>[^()]*)\)", tail)
    if bracket:
        allowances, note = _allowances(bracket["inner"])
        if not allowances and re.fullmatch(r"self[- ]hosted", note, re.I):
            note, label = "", "self-hosted"
    elif tail:
        whole = _quantity(tail)
        if whole is not None:
            allowances = (whole,)
        elif any(character.isdigit() for character in tail):
            return None
        else:
            note = tail
    return Term(Kind.FREE, allowances=allowances, note=note, label=label)


def _percent(text: str) -> Term | None:
    match = _PERCENT.match(text)
    if match is None:
        return None
    tail = text[match.end() :].strip()
    of = re.fullmatch(r"(?:of|per)\s+(?P<of>[A-Za-z ]+)", tail)
    if tail and of is None:
        return None
    low = _decimal(match["low"])
    high = None if match["open"] else _decimal(match["high"]) if match["high"] else low
    return Term(
        Kind.PERCENT,
        amount=_range(low, high),
        approx=bool(match["approx"]),
        of=of["of"] if of else "",
    )


def _money(text: str) -> Term | None:
    """Read an amount with all that follows it; None where the text is no amount or goes on."""
    match = _MONEY.match(text)
    if match is None:
        return None
    low = _decimal(match["low"], match["low_k"] or match["high_k"])
    high = _decimal(match["high"], match["high_k"]) if match["high"] else low
    if match["sign"] in ("-", "−") and match["open"]:
        raise ValueError(
            f"{one_line(text, 60)!r} saves without an end; write a range or one amount"
        )
    term = Term(
        Kind.FIXED,
        currency=currency_of(match["currency"].strip()),
        amount=_range(low, None if match["open"] else high),
        sign={"+": 1, "-": -1, "−": -1}.get(match["sign"] or "", 0),
        approx=bool(match["approx"] or match["approx2"]),
        bound=match["bound"] or "",
        footnote=match["mark"] or "",
    )
    return _tail(term, text[match.end() :])


def _tail(term: Term, rest: str) -> Term | None:
    while rest.strip():
        if unit := _UNIT.match(rest):
            every = period_of(unit["unit"]) if not unit["count"] else None
            if every:
                term = replace(term, every=every)
            else:
                count = _decimal(unit["count"], unit["k"]) if unit["count"] else Decimal(1)
                if not count:
                    raise ValueError("is a price per nothing; write how many units it is for")
                part = Quantity(Range.point(count), singular(unit["unit"]))
                term = replace(term, kind=Kind.PER_UNIT, per=(*term.per, part))
            rest = rest[unit.end() :]
        elif each := re.match(r"\s+each\b", rest):
            term, rest = replace(term, each=True), rest[each.end() :]
        elif total := re.match(r"\s*=\s*", rest):
            summed = _MONEY.match(rest, total.end())
            if summed is None:
                return None
            low = _decimal(summed["low"], summed["low_k"])
            high = _decimal(summed["high"], summed["high_k"]) if summed["high"] else low
            term, rest = replace(term, total=_range(low, high)), rest[summed.end() :]
            if unit := _UNIT.match(rest):
                rest = rest[unit.end() :]
        elif bracket := re.match(r"\s*\((?P<inner>[^()]*)\)", rest):
            allowances, note = _allowances(bracket["inner"])
            term = replace(
                term, allowances=term.allowances + allowances, note=_joined(term.note, note)
            )
            rest = rest[bracket.end() :]
        else:
            return _remark(term, rest)
    return term


def _remark(term: Term, rest: str) -> Term | None:
    """Read the last words after an amount: "for 100K requests/day", "- runs on …", "avg"."""
    paid = re.fullmatch(r"\s+for\s+(?P<what>.+)", rest, re.S)
    if paid and (found := _quantity(paid["what"].strip())) is not None:
        return replace(term, allowances=(*term.allowances, found))
    words = re.fullmatch(r"\s+(?:[-–—]\s+)?(?P<note>[^\d$€£₵₦₹¥%()]+)", rest, re.S)
    return replace(term, note=_joined(term.note, words["note"].strip())) if words else None


def _allowances(inner: str) -> tuple[tuple[Quantity, ...], str]:
    """Split the inside of parentheses into quantities and the remaining words."""
    quantities, words = [], []
    for part in re.split(r",\s+", inner.strip()):
        found = _quantity(part)
        if found is not None:
            quantities.append(found)
        elif part:
            words.append(part)
    return tuple(quantities), ", ".join(words)


def _quantity(text: str) -> Quantity | None:
    match = _QUANTITY.fullmatch(text)
    if match is None:
        return None
    every = period_of(match["every"]) if match["every"] else None
    if match["every"] and every is None:
        return None
    low = _decimal(match["low"], match["low_k"] or match["high_k"])
    high = _decimal(match["high"], match["high_k"]) if match["high"] else low
    return Quantity(_range(low, high), singular(match["unit"] or ""), every)


def _decimal(digits: str, suffix: str | None = None) -> Decimal:
    # scaleb keeps the precision: 14.2K was written to the hundred.
    return Decimal(digits.replace(",", "")).scaleb({"K": 3, "M": 6}.get(suffix or "", 0))


def _range(low: Decimal, high: Decimal | None) -> Range:
    if high is not None and high < low:
        raise ValueError(f"the range runs backwards from {low} to {high}; put the lower end first")
    return Range(low, high)


def _joined(before: str, more: str) -> str:
    return f"{before}, {more}" if before and more else before or more
