"""Labels that authors use, and how values stand behind them; the words are in ``vocabulary``.

A label that no language knows is kept as it is, as a facet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from statusgen.importer.headers import REVENUE
from statusgen.importer.inline import SAYING, Line
from statusgen.importer.parted import last_bracket
from statusgen.roadmap.dialect import remembered
from statusgen.roadmap.money import BEHIND, SIGN
from statusgen.roadmap.price import Kind
from statusgen.roadmap.price_grammar import MAX_LENGTH, parse_price, price_or_none
from statusgen.roadmap.vocabulary import grouped, meanings, pattern, words

CANON = meanings("label")
"""Label, in lower case → its key."""
_QUALIFIERS = frozenset(words("qualifier"))
"""What may stand in front of a label: *Estimated monthly cost*."""
_LAST = frozenset(words("label_end"))
"""What a longer label means whose last word it is."""
_PLAIN_KEY = re.compile(
    r"(?P<key>[^\W\d_][^:：|`\n]{0,47}?)\s*"
    r"(?::(?:\s+(?P<value>.*))?|(?:：|(?<=[\u3040-\u9fff]):)\s*(?P<wide>.*))",
    re.S,
)
"""Japanese and Chinese put no space behind a colon."""
_DASH = re.compile(r"\s+(?:[-–—]|--)\s+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and what stands behind it."""

    line: int
    label: str
    """As written, without the colon."""
    value: str
    """Empty where the next block holds what is labelled."""
    key: str
    """The label's one spelling, or empty for a label that nothing here knows."""


def signed(line: Line, read: Pair) -> Pair:
    """Return what was read of a line, with the sign that says something of it: *⚠️ Backup: none*.

    What has a key of its own has a field, which no sign belongs to.
    """
    if read.key or not read.value or line.mark[:1] not in SAYING:
        return read
    return replace(read, label=f"{line.mark} {read.label}")


def answers(read: Pair, said: object) -> bool:
    """Whether a line with one letter for a label answers the question above it: *A: Yes*."""
    return len(read.label) == 1 and isinstance(said, str) and said.endswith(("?", "？"))


def canonical(label: str) -> str:
    """Return the one word for a label (``Estimated Monthly Cost`` → ``cost``), or nothing."""
    words = re.sub(r"\s*\([^()]*\)", "", label).strip().casefold().strip("*_ ?.")
    if words in CANON:
        return CANON[words]
    parts = words.split()
    while parts and parts[0] in _QUALIFIERS:
        parts = parts[1:]
        if " ".join(parts) in CANON:
            return CANON[" ".join(parts)]
    if parts and parts[-1] in _LAST and len(parts) <= 6:
        tail = " ".join(parts[-2:])
        if parts[-2:-1] and parts[-2] in ("annual", "yearly"):
            return "annual" if parts[-1] in ("cost", "costs", "price") else ""
        return CANON.get(tail) or CANON.get(parts[-1], "")
    return "effort" if is_time_in_all(words) else ""


def is_time_in_all(label: str) -> bool:
    """Whether a label is that of how long all of it takes: *Gesamtdauer*, 총 소요 시간."""
    low = re.sub(r"\s*\([^()]*\)", "", label).strip().casefold().strip("*_ ?.:：")
    rests = (low.replace(word, " ", 1).strip(" -") for word in _IN_ALL if word in low)
    plain = (" ".join(rest.split()) for rest in rests)
    return any(CANON.get(rest) == "effort" or rest in grouped("period")["hour"] for rest in plain)


_IN_ALL = words("in_all")
"""What says of a time, or of an effort, that it is that of the whole."""


def pair(line: Line, *, loose: bool = False) -> Pair | None:
    """Read ``**Label**: value``, ``**Label:** value`` or ``Label: value``; None for other text.

    A label that is not bold must be a known one, or have nothing behind it; ``loose`` takes any.
    """
    if line.lead:
        lead, rest = line.lead, line.rest.strip()
        if rest.startswith((":", "：")):
            return _pair(line, lead, rest[1:])
        if lead.endswith((":", "：")):
            return _pair(line, lead[:-1], rest)
        inside = _PLAIN_KEY.fullmatch(lead)
        if inside and (value := _value(inside)) and (loose or canonical(inside["key"])):
            return _pair(line, inside["key"], f"{value} {rest}")
        if not rest and lead == line.text and canonical(lead) and len(lead.split()) < 5:
            return _pair(line, lead, "")
        return None
    match = _PLAIN_KEY.fullmatch(line.text)
    if match is None or _value(match).startswith("//"):
        return None
    label, value = match["key"], _value(match)
    if not value.strip():
        return _pair(line, label, "")
    known = canonical(label) and len(label.split()) <= 5
    return _pair(line, label, value) if known or loose else None


def is_label(text: str) -> bool:
    """Whether a line before a list is the label of what speaks for or against something."""
    return text.strip().rstrip(":：").strip().casefold() in ARGUMENTS


ARGUMENTS = (*grouped("label")["pros"], *grouped("label")["cons"])


def _value(match: re.Match[str]) -> str:
    return match["value"] or match["wide"] or ""


def _pair(line: Line, label: str, value: str) -> Pair:
    label = label.strip().rstrip(":").strip()
    return Pair(line.number, label, value.strip(), canonical(label))


_INSTEAD = pattern((*words("instead"), *words("worth")))
_MENTIONED = re.compile(rf"[^\d=]*(?<!\w)(?:{_INSTEAD})\s+\D{{0,4}}\d", re.I)
"""*Given instead of $380*, *usually $20*: an amount that nobody pays."""


_NOTHING = re.compile(rf"(?:no|zero)\s(?!(?:.*\s)?(?:{pattern(words('no_charge'))})(?!\w))", re.I)
"""*No critical findings*: what is not there, but no price."""


@remembered
def is_price(text: str) -> bool:
    """Whether a text is a price that says something: an amount, free, included, by usage."""
    price = price_or_none(text.strip())
    if price is None or _MENTIONED.match(text) or _NOTHING.match(text.strip()):
        return False
    kind = price.terms[0].kind
    if kind is Kind.SELF_HOSTED:
        return len(price.alternatives) > 1
    return kind not in (Kind.VARIES, Kind.UNSTATED)


@remembered
def is_paid(text: str) -> bool:
    """Whether a text is a price to the last letter: an amount of money, or that there is none."""
    price = price_or_none(text.strip())
    if price is None:
        return False
    if any(term.note and "×" not in term.note for term in price.all_terms):
        return False  # *£15/month cheaper*
    free = {term.kind for term in price.all_terms} == {Kind.FREE}
    return free or (is_price(text) and has_money(text))


def has_amount(text: str) -> bool:
    """Whether a text is a price with an amount of money or a percentage in it."""
    if not is_price(text):
        return False
    return any(term.amount is not None for term in parse_price(text).all_terms)


@remembered
def has_money(text: str) -> bool:
    """Whether a text is a price with an amount of money in it: 99.9 % is none."""
    return is_price(text) and any(term.currency for term in parse_price(text).all_terms)


def is_timed(text: str) -> bool:
    """Whether a text is one amount of money and how often it is paid: *£125/month*."""
    if not has_money(text):
        return False
    price = parse_price(text)
    return len(price.alternatives) == 1 and all(term.every is not None for term in price.all_terms)


@dataclass(frozen=True, slots=True)
class Priced:
    """A name with the price behind it."""

    name: str
    price: str = ""
    note: str = ""


def priced(text: str) -> Priced:
    """Split ``Name ($5/month)``, ``Name: $5``, ``Name — $5/mo (why)`` or ``Name $5``.

    *2x Engineers: $200k each* costs two of them. What is earned (*at $225 MRR*) is no price.
    """
    if len(text) > _MAX_ENTRY:
        return Priced(text.strip())
    whole, *parts = _WITHIN.split(text, 1)
    read = _split(whole)
    if parts:
        read = (
            replace(read, note=" ".join(filter(None, (read.note, *parts))))
            if read.price
            else _split(text)
        )
    if _EARNED.search(f"{read.price} {read.note}"):
        return Priced(text.strip())
    if _BEFORE_OTHER.search(read.name):
        return Priced(text.strip())  # *given instead of $380*: nobody pays it
    comes = None if _EACH.search(read.price) else _COMES.fullmatch(read.price)
    if comes and has_money(comes["price"]):
        told = f"{read.name} {comes['of']}".strip()
        if read.name and read.name.split()[-1].casefold() not in _COMMON:
            read = replace(read, note=" ".join(filter(None, (comes["of"], read.note))))
            told = read.name
        read = replace(read, name=told, price=comes["price"])
    several = _SEVERAL.match(read.name)
    if several and "=" not in read.price and (each := _EACH.search(read.price)):
        one = f"{read.price[: each.start()]} {read.price[each.end() :]}".strip()
        if is_price(price := f"{several['count']} × {one}"):
            return replace(read, price=price)
    return read


_MAX_ENTRY = 2_000
"""What is longer is a text that speaks of prices, not one thing and what it costs."""
_COMMON = frozenset(words("common"))
"""Words that no name ends with: *60 % of*."""
_COMES = re.compile(r"(?P<of>[^=×x*+]*\d[^=×x*+]*?)\s*=\s*(?P<price>[^=]*\d[^=]*)")
"""*60 % of $4,000 = $2,400* costs what it comes to."""
_SEVERAL = re.compile(r"(?P<count>\d{1,4})\s?[x×]\s", re.I)
_EACH = re.compile(rf"\s+(?:{pattern(words('of_one'))})", re.I)
_EARNED = re.compile(
    rf"\d[^\s%]*\s(?:[^\s\d]{{1,3}}\s){{0,2}}(?:{pattern(grouped('header')['revenue'])})", re.I
)


def _split(text: str) -> Priced:
    text = text.strip().rstrip(".")
    name, inner, tail = last_bracket(text)
    if inner and tail[:1] in (":", "：") and is_price(behind := tail[1:].strip()):
        return Priced(f"{name} ({inner})", behind)  # *Grant (40 %): €3,600*
    if inner and has_amount(inner) and not has_money(inner):  # "Plaster (9%) — €640" costs €640
        found = _behind_separator(text)
        if found is not None and has_money(found.price):
            return found
    if inner and (has_amount(inner) or (_OTHERWISE.match(inner) and re.search(r"\d", inner))):
        before = _behind_separator(name)
        if before is not None and not before.note and has_amount(before.price):
            return Priced(before.name, before.price, f"{inner} {tail}".strip())
        bare = _AMOUNT_BEHIND.search(name)
        price = name[bare.start() :].strip() if bare else ""
        if bare and is_price(price) and (len(price.split()) == 1 or _OTHERWISE.match(inner)):
            return Priced(name[: bare.start()].strip(" ,"), price, f"{inner} {tail}".strip())
        if _OTHERWISE.match(inner):
            return Priced(name, tail, inner) if is_price(tail) else Priced(text)
        return Priced(name.rstrip(" :–—-"), inner, tail)
    if (found := _behind_separator(text)) is not None:
        return found
    if (match_ := _COUNTED.search(text)) and is_price(match_["price"]):
        return Priced(text[: match_.start()].strip(" ,:–—-"), match_["price"])
    calculated = _CALCULATED.fullmatch(text) if "=" in text and len(text) <= MAX_LENGTH else None
    if (match_ := calculated) and has_money(match_["price"]):
        return Priced(match_["name"].strip(" :：–—-"), match_["price"].strip(), match_["terms"])
    match_ = _AMOUNT_BEHIND.search(text)
    if match_ and _TIMES.search(text[: match_.start()]):
        price, terms = result_of(text)  # "3 nodes × $52 = $156" costs what it comes to
        return Priced(terms, price) if price else Priced(text)
    if match_ and _PART_OF.search(text[: match_.start()]):
        return Priced(text)  # "0.25 of a $104,000 engineer"
    if match_ and is_price(text[match_.start() :]):
        return Priced(
            text[: match_.start()].strip(" ,="), *without_words(text[match_.start() :].strip())
        )
    if inner and is_price(inner) and not re.match(r"(?:no|zero)\b", inner, re.I):
        return Priced(name.rstrip(" :–—-"), inner, tail)
    return Priced(text)


_PART_OF = re.compile(rf"\d\s?%?\s+(?:{pattern(words('part_of'))})$", re.I)
_TIMES = re.compile(r"\d[^\d=]{0,30}[×*]\s*$|\d[^\d=]{0,30}\sx\s*$")
_CALCULATED = re.compile(
    r"(?P<name>[^\d=:：]*[^\W\d_][^\d=:：]*?)\s+(?P<terms>\d[^=×:]{0,20}[×x*]\s?[^=]*\d[^=]*?)\s*="
    r"\s*(?P<price>[^=]*\d[^=]*)"
)
"""センサー 20台 × 8,500円 = 170,000円: what it comes to, not the price of one."""
_OTHERWISE = re.compile(rf"(?:{_INSTEAD}|{pattern(words('saving'))})", re.I)
"""What begins a remark on another price than the one that is paid."""
_BEFORE_OTHER = re.compile(rf"(?<!\w)(?:{_INSTEAD})\s*$", re.I)
_WITHIN = re.compile(rf"\s*[,;–—]\s*(?=(?:{pattern(words('within'))}))", re.I)
""", of which £1,900 is material``: a part of the amount before it."""
_COUNTED = re.compile(
    r"(?:^|[,:–—-]\s+|\s)(?P<price>\d{1,6}\s+(?:[^\W\d_][^\d=×:,]{0,30}?\s+)?(?:×|x|at|@|à|zu|je|por|a)\s+\D{0,4}\d.*=.*)$"
)
"""*Fastmail, 25 boxes × $5 = $125/month*."""
_AMOUNT_BEHIND = re.compile(
    rf"(?<!\d)\s[~≈<+\-−]?\s?(?:(?:{SIGN})\s?\d|"
    rf"\d[\d.,'’]{{0,20}}(?:[ \u00a0\u202f]\d{{3}}){{0,4}}(?:,\d\d)?\s?"
    rf"(?:{SIGN}|{pattern(tuple(BEHIND))})(?!\w))"
)
"""An amount behind a name, with nothing between them."""


_SEPARATORS = (
    r"\s?:\s+|\s?：\s*|(?<=[\u3040-\u9fff]):",
    _DASH.pattern,
    r"\s+@\s+",
    r"\s+at\s+",
    r"\s*(?:->|=>|→)\s*",
)


def _behind_separator(text: str) -> Priced | None:
    """Split ``Name: $5``, ``Name — $5/mo — why``, ``Name at $5``; None where no price stands so."""
    for separator in _SEPARATORS:
        for match in re.finditer(separator, text):
            name, behind = text[: match.start()].strip(), text[match.end() :].strip()
            if is_price(behind) and name:
                return Priced(name, *without_words(behind))
            if name and (once := _ONCE_AND_LONG.fullmatch(behind)) and is_paid_once(once["price"]):
                return Priced(name, once["price"], once["long"])
            if name and (result := result_of(behind))[0]:
                return Priced(name, *result)
            cut = _DASH.search(behind)
            if cut and is_price(behind[: cut.start()]):
                return Priced(name, behind[: cut.start()], behind[cut.end() :])
    return None


_ONCE_AND_LONG = re.compile(
    r"(?P<price>[^,、，]*\d[^,、，]*)(?:,\s+|、|，)(?P<long>[^,、，]*\d[^,、，]*)"
)
"""*£650 once, 2 weeks*: what is paid by the month may be paid for so long."""


def is_paid_once(text: str) -> bool:
    """Whether a price is paid one time."""
    price = price_or_none(text.strip())
    return price is not None and {term.kind for term in price.all_terms} == {Kind.ONE_OFF}


def without_words(text: str) -> tuple[str, str]:
    """Split the words off that follow a price behind a comma and say nothing of it."""
    head, comma, rest = text.partition(", ")
    if (
        comma
        and head.count("(") == head.count(")")
        and is_price(head)
        and not re.search(r"\d", rest)
        and len(rest.split()) > 1
    ):
        said = price_or_none(rest)
        if said is not None and said.terms[0].kind is Kind.UNSTATED:
            return head.strip(), rest
    return text, ""


def result_of(text: str) -> tuple[str, str]:
    """Split ``6 × 8 h × $0.12/h = $5.76`` into the price that it comes to and how."""
    if len(text) > MAX_LENGTH:
        return "", ""
    terms, _, price = text.replace("≈", "=").rpartition("=")
    terms, price = terms.strip(), price.strip()
    if not _OPERATOR.search(terms) or len(re.findall(r"\d+", terms)) < 2 or not has_money(price):
        return "", ""
    return price, terms


_OPERATOR = re.compile(r"[×*·+−/÷@]|\s[x–-]\s|\bper\s.*,.*\d")
"""What makes the text in front of ``=`` a calculation."""


def cost_behind(text: str) -> tuple[str, str]:
    """Split a heading's cost from its name: ``Growth — $150/mo``, ``Growth ($150/mo)``."""
    match = re.fullmatch(
        r"(?P<name>.*?\S)\s*(?:\s[—–·•-]\s|[:|]\s|\(|\s{2,})\s*"
        r"(?P<price>[~≈]?(?:(?P<sign>[^\w\s()-])\d[^()]*|(?:[A-Z]{3}\s)?\d[^()]{0,30}))\)?",
        text,
    )
    said = match["price"].strip() if match else ""
    # Where the sign does not come first (*38 k€*), the number may count anything.
    if match and (has_amount(said) if match["sign"] else has_money(said)):
        return match["name"].rstrip(" —–·•-:"), said
    listed = _LISTED.fullmatch(text)
    if listed and not REVENUE.search(text) and is_timed(listed["price"]):
        return listed["name"], listed["price"].strip()  # *45 halls, one server, £125/month*
    return text, ""


_LISTED = re.compile(r"(?P<name>.*\S)\s*(?:[,;]\s+|[、，；]\s*)(?P<price>\S[^;、，；]{0,40})", re.S)
