"""``from $100 to $60 (40% less, saving $40)``: each sentence by itself."""

from __future__ import annotations

import re

from statusgen.importer.claims.collected import Collected
from statusgen.importer.claims.prose import (
    FROM_TO,
    LESS,
    MORE,
    SAVED,
    Spoken,
    amount,
    percents,
)
from statusgen.roadmap.model import ClaimKind

_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z])")


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
            found.reckon(spoken, "percent", ClaimKind.PERCENT, stated[0], way, values=values)
        saved = SAVED.search(words)
        what = amount(saved["a"] or saved["b"]) if saved else None
        if what is not None and what.unit == one.unit:
            less, more = ("b", "a") if two.value.low <= one.value.low else ("a", "b")
            ways = (f"{more} - {less}", f"({more} - {less}) * 12")
            found.reckon(spoken, "saved", ClaimKind.SAVING, what, *ways, values=values)
