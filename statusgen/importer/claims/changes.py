"""``from $100 to $60 (40% less, saving $40)``: each sentence by itself."""

from __future__ import annotations

import re

from statusgen.importer.claims.collected import Collected
from statusgen.importer.claims.prose import (
    FROM_TO,
    LESS,
    MONEY,
    MORE,
    SAVED,
    Spoken,
    amount,
    percents,
)
from statusgen.roadmap.model import ClaimKind
from statusgen.roadmap.vocabulary import grouped, pattern, words

_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z])")


_SHARE = r"[-−–+~≈<>]?\s?\d[\d.]*\s?%"
_LESS_OR_MORE = (
    r"(?:less|lower|cheaper|reduction|savings?|saved|drop|decrease|cut|off|down"
    r"|increase|more|higher|up|rise|growth)"
)
_WHAT = r"\b(?:costs?|bill|spend|prices?|we|it)\b[^.;,%$€£]{0,30}"
_BEFORE = re.compile(
    rf"(?:(?:^|[:;,.(–—-]\s?|{_WHAT})(?:(?:reduc\w+|sav\w+|{_LESS_OR_MORE})\s+)?(?:by\s+|of\s+)?|^)"
    rf"{_SHARE}\s*{_LESS_OR_MORE}?\s*[:(,]?\s*(?:from\s*)?$",
    re.I,
)
"""In front of the two amounts: *A 40% reduction, from*."""
_BEHIND = re.compile(
    rf"(?:\s*/\w+|\s+(?:{pattern(words('per'))})\s+\w+)?"
    r"(?:\s*(?:[,(:=–—-]|that is|which is|i\.e\.|or\b|an?\b|by\b|for\b|saving\b))*\s*"
    rf"(?:{_LESS_OR_MORE}\s+of\s+)?{_SHARE}\s*{_LESS_OR_MORE}?\s*\)?\s*(?:$|[.;!,)]|\s[–—]\s)",
    re.I,
)
"""Behind them: *(−40 %)*, *, a 40% saving.*"""


def _is_of_both(sentence: str, span: tuple[int, int], share: str) -> bool:
    """Whether a percentage stands so close to two amounts that it can be of nothing else.

    *Traffic up 40%, bill from $300 to $330*, *from $40 to $36 by using 25% smaller disks* and
    *(saves 40% of the whole)* tell another one.
    """
    before, behind = sentence[: span[0]], sentence[span[1] :]
    if _SCALED.search(sentence):
        return False
    if len(_AMOUNTS.findall(sentence)) > 2 or len(_periods(sentence)) > 1:
        return False
    if share in before:
        return _BEFORE.search(before) is not None
    return _BEHIND.match(behind) is not None


_AMOUNTS = re.compile(MONEY, re.I)


def _periods(sentence: str) -> set[str]:
    return {
        period
        for period, names in grouped("period").items()
        if re.search(rf"(?:/|\b(?:a|an|per)\s)\s?(?:{pattern(names)})", sentence, re.I)
    }


_TIMES = pattern(tuple(word for names in grouped("times").values() for word in names))
_SCALED = re.compile(rf"\d\s(?:{_TIMES})", re.I)


def read(spoken: Spoken, found: Collected) -> None:
    """Read what two amounts are said to differ by."""
    for sentence in _SENTENCE.split(spoken.text):
        pairs = list(FROM_TO.finditer(sentence))
        if len(pairs) != 1:
            continue
        one, two = amount(pairs[0]["one"]), amount(pairs[0]["two"])
        if one is None or two is None or one.unit != two.unit or not one.value.low:
            continue
        written = [pairs[0][end].partition("/")[2] for end in ("one", "two")]
        if all(written) and written[0] != written[1]:
            continue
        values = {"a": one.value, "b": two.value}
        stated = percents(sentence)
        words = sentence[: pairs[0].start()] + sentence[pairs[0].end() :]
        if len(stated) == 1 and (LESS.search(words) or MORE.search(words)):
            falls = two.value.low <= one.value.low
            way = "1 - b / a" if falls else "b / a - 1"
            sure = _is_of_both(sentence, pairs[0].span(), stated[0].raw)
            found.reckon(
                spoken,
                "percent",
                ClaimKind.PERCENT,
                stated[0],
                way,
                values=values,
                only_right=not sure,
            )
        saved = SAVED.search(words)
        what = amount(saved["a"] or saved["b"]) if saved else None
        if what is not None and what.unit == one.unit:
            less, more = ("b", "a") if two.value.low <= one.value.low else ("a", "b")
            ways = (f"{more} - {less}", f"({more} - {less}) * 12")
            found.reckon(spoken, "saved", ClaimKind.SAVING, what, *ways, values=values)
