"""One noun in the place of another: a plan's author may call its stages phases.

Translators list the forms of each noun in the same order (``stage|stages``), with what changes
beside them (``l’étape``), and choose nouns of one gender.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Nouns:
    """What is put into sentences, before any value is."""

    forms: Mapping[str, str] = field(default_factory=dict)
    """Form → what is written for it, in lower case."""
    found: re.Pattern[str] | None = field(default=None, compare=False)

    @classmethod
    def of(cls, was: str, now: str) -> Nouns:
        """Return what puts the forms of one noun into the places of another's.

        Nothing is put where the lists differ in length.
        """
        old, new = was.split("|"), now.split("|")
        if old == new or len(old) != len(new):
            return cls()
        ordered = sorted(old, key=len, reverse=True)
        # No name of a value is touched: {stage}.
        found = "|".join(
            rf"(?<![\w{{]){re.escape(form)}(?![\w}}])" if form[0] < "\u2e80" else re.escape(form)
            for form in ordered
        )
        return cls(dict(zip(old, new, strict=True)), re.compile(found, re.I))

    def put(self, sentence: str) -> str:
        """Return a sentence with the author's noun."""
        if self.found is None:
            return sentence
        return self.found.sub(self._written, sentence)

    def _written(self, match: re.Match[str]) -> str:
        noun = self.forms.get(match[0]) or self.forms.get(match[0][:1].lower() + match[0][1:])
        if noun is None:
            return match[0]
        return noun if match[0] in self.forms else noun[:1].upper() + noun[1:]
