"""What the program wrote into an incident's file, in English, told again in another language.

Files tell it in English whatever the site speaks: a check needs no other language, and a site may
change its own. A text that is not, to the letter, one of our sentences stays what it is: somebody
wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from string import Formatter

from statusgen.words.catalogue import english
from statusgen.words.language import DAY, HOUR, MINUTE
from statusgen.words.sentences.reasons import SENTENCES as REASONS
from statusgen.words.speaker import Words

_BODIES = (
    "opened",
    "recovered",
    "resolved",
    "unmonitored",
    "unmonitored-still",
    "withdrawn",
    "who",
    "remedy",
)
_SECONDS = {"d": DAY, "h": HOUR, "min": MINUTE, "s": 1}
_DURATION = re.compile(r"\d+ (?:d|h|min|s)(?: \d+ (?:d|h|min|s))*")
_PIECE = re.compile(r"(\d+) (d|h|min|s)")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>&~|])")
_MORE = re.compile(r"(\d[\d,]*) more")


class Retelling:
    """Tells the program's own English again in the language of ``words``."""

    def __init__(self, words: Words, names: Collection[str]) -> None:
        """``names``: those of the components, by which a list of them is taken apart."""
        self._words = words
        self._names = frozenset(names)

    def title(self, text: str) -> str:
        """Return the title of an incident that checks opened, else the text as it is."""
        return self._retold("updates.title", text) or text

    def body(self, text: str) -> str:
        """Return an update, paragraph by paragraph; what somebody wrote stays as it is."""
        return "\n\n".join(self._paragraph(part) for part in text.split("\n\n"))

    def _paragraph(self, text: str) -> str:
        if text.startswith("- "):
            return "\n".join(f"- {self._entry(line[2:])}" for line in text.split("\n"))
        several = self._retold("updates.opened-several", text)
        if several:
            return several
        found = (self._retold(f"updates.{name}", text) for name in _BODIES)
        return next((one for one in found if one), text)

    def _entry(self, line: str) -> str:
        keys = ("updates.opened-entry", "updates.opened-more")
        return next((one for one in (self._retold(key, line) for key in keys) if one), line)

    def _retold(self, key: str, text: str) -> str:
        """Return the sentence of ``key`` with the values of ``text``; empty where it is another."""
        for pattern in _patterns(key):
            match = pattern.fullmatch(text)
            if match:
                return self._say(key, match.groupdict())
        return ""

    def _say(self, key: str, found: dict[str, str]) -> str:
        values: dict[str, str | int] = {}
        count = 1
        for name, value in found.items():
            if name == "count":
                count = int(value.replace(",", ""))
            elif name in ("names", "still"):
                values[name], many = self._list(value)
                count = many if name == "names" else count
            elif name == "reasons":
                values[name] = "; ".join(self._reason(one) for one in value.split("; "))
            elif name == "duration" and _DURATION.fullmatch(value):
                pieces = _PIECE.findall(value)
                seconds = sum(int(number) * _SECONDS[unit] for number, unit in pieces)
                values[name] = self._words.duration(seconds)
            else:
                values[name] = value
        return self._words.say(key, **values, count=count)

    def _list(self, text: str) -> tuple[str, int]:
        """Return a list of components as the language has it, and how many there are."""
        if self._known(text):
            return text, 1
        head, _, last = text.rpartition(" and ")
        items = [*head.split(", "), last]
        more = _MORE.fullmatch(last)
        if not all(self._known(item) for item in (items[:-1] if more else items)):
            return text, 2 if head else 1
        if more is None:
            return self._words.joined(items), len(items)
        count = int(more[1].replace(",", ""))
        rest = self._words.say("lists.more", count=count)
        return self._words.joined([*items[:-1], rest]), len(items) - 1 + count

    def _known(self, name: str) -> bool:
        return name in self._names or _ESCAPED.sub(r"\1", name) in self._names

    def _reason(self, text: str) -> str:
        for name, sentence in REASONS.items():
            if sentence.text == text:
                return self._words.say(f"reasons.{name}")
        for key in ("reasons.status-code", "reasons.with-code"):
            for pattern in _patterns(key):
                match = pattern.fullmatch(text)
                if match:
                    found = match.groupdict()
                    if "reason" in found:
                        found["reason"] = self._reason(found["reason"])
                    return self._words.say(key, **found)
        return text


@cache
def _patterns(key: str) -> tuple[re.Pattern[str], ...]:
    """Return what matches the forms of an English sentence, its values as groups."""
    sentence = english(key)
    forms = dict.fromkeys(form for form in (sentence.text, sentence.others) if form)
    return tuple(re.compile("".join(_parts(form)), re.DOTALL) for form in forms)


def _parts(form: str) -> Iterator[str]:
    for literal, name, _, _ in Formatter().parse(form):
        yield re.escape(literal)
        if name:
            yield f"(?P<{name}>.+?)"
