"""What a document says of the currencies that its signs mean."""

from __future__ import annotations

import re
from collections import Counter

from statusgen.roadmap.money import SYMBOLS
from statusgen.roadmap.price_scale import CODES
from statusgen.roadmap.signs import MEANINGS, Signs

_ONE = "".join(sign for sign in SYMBOLS if len(sign) == 1)
_MONEY = re.compile(rf"(?P<front>[{_ONE}])\s?\d|\d\s?(?P<behind>[{_ONE}])")
_NAMED = re.compile(rf"(?<![A-Za-z])(?:{CODES}|RMB)(?![A-Za-z])")
_KANA = re.compile(r"[\u3041-\u30ff]|円")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def signs_of(text: str) -> Signs:
    """Return which currency the yuan's and yen's sign is: by its codes, else by its script.

    Nothing is said of a document that is mostly in another currency; what a lone ``¥`` is there is
    not guessed.
    """
    text = text.replace("￥", "¥")
    if "¥" not in text:
        return Signs()
    counts = Counter(match["front"] or match["behind"] for match in _MONEY.finditer(text))
    if max(counts, key=lambda sign: counts[sign], default="¥") != "¥":
        return Signs(known=True)
    named = {code.replace("RMB", "CNY") for code in _NAMED.findall(text)}
    codes = [code for code in MEANINGS["¥"] if code in named]
    if len(codes) == 1:
        return Signs(codes[0])
    if codes:
        return Signs(known=True)
    return Signs("CNY" if _HAN.search(text) and not _KANA.search(text) else "JPY")
