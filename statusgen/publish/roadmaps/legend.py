"""What the signs on a page of a roadmap mean: ``+ ?``, ``not known``, ``not stated``, ``—``."""

from __future__ import annotations

import re
from html import unescape

from markupsafe import Markup, escape

from statusgen.words import Words
from statusgen.words.speaker import NOTHING

PLACE = "<!--signs-->"
"""Where a template wants them to be explained."""
_TEXT = re.compile(r">([^<>]+)<")
_FLAG = 'class="rm-flag'


def explained(words: Words, body: str) -> str:
    """Return the body of a page with the meaning of those signs that stand on it; each once."""
    if PLACE not in body:
        return body
    shown = {unescape(text).strip() for text in _TEXT.findall(body)}
    partly = words.say("money.partly", amount="").strip()
    signs = {
        "partly": partly if any(text.endswith(partly) for text in shown) else "",
        "unknown": _shown(words.say("money.open"), shown),
        "unstated": _shown(words.say("roadmap.not-stated"), shown),
        "none": _shown(NOTHING, shown),
    }
    told = [words.say(f"roadmap.sign-{key}", sign=sign) for key, sign in signs.items() if sign]
    if _FLAG in body:
        told.append(words.say("roadmap.sign-marks"))
    note = Markup('<p class="rm-note">{}</p>').format(Markup(" ").join(map(escape, told)))
    return body.replace(PLACE, note if told else "", 1).replace(PLACE, "")


def _shown(sign: str, shown: set[str]) -> str:
    """Return a sign that stands somewhere by itself, with or without a capital; empty if not."""
    return sign if any(text in (sign, sign[:1].upper() + sign[1:]) for text in shown) else ""
