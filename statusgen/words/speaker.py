"""Who says it: the sentences, numbers and dates of one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

from statusgen.base.errors import OutsideError
from statusgen.base.extras import how_to_install
from statusgen.base.saying import Saying
from statusgen.words.amount import Amount
from statusgen.words.catalogue import LOCALE, Translations, english, translations
from statusgen.words.language import DAY, HOUR, MINUTE, English, Language
from statusgen.words.nouns import Nouns

NOTHING = "—"
"""Written where there is no number to write."""
_UNITS = ((DAY, "d"), (HOUR, "h"), (MINUTE, "min"))
_UNBROKEN, _NARROW = "\u00a0", "\u202f"

_SWISS = "de-CH"
"""German that is written without ß."""

Value = str | int | Saying
"""What a sentence may be given: text as it is, a whole number, or something to be said."""


NOTHING_OWN: Mapping[str, str] = MappingProxyType({})


class Words:
    """The sentences of one language, and what it writes by itself."""

    def __init__(
        self,
        language: Language,
        found: Translations | None = None,
        *,
        unbroken: bool = False,
        own: Mapping[str, str] = NOTHING_OWN,
        nouns: Nouns | None = None,
    ) -> None:
        """Speak ``language``; ``unbroken`` keeps a number and its unit on one line.

        ``own``: key → what an owner wants to be said in place of ours, without values; ``nouns``:
        what an author calls a thing that our sentences call otherwise.
        """
        self._nouns = nouns or Nouns()
        self._own = own
        self.language = language
        self._translations = found
        self._unbroken = unbroken

    @classmethod
    def of(
        cls,
        code: str = "en",
        *,
        unbroken: bool = False,
        own: Mapping[str, str] = NOTHING_OWN,
        folder: Path = LOCALE,
    ) -> Words:
        """Return the words of a language, else of the one it is a dialect of, else English.

        Numbers and dates are written as in the region that is named: ``de-CH`` has 1’200.

        ``unbroken`` is for pages; files, feeds and terminals have ordinary spaces. Raises
        OutsideError where the language needs Babel and that is not installed.
        """
        for name in (code, code.partition("-")[0]):
            found = None if _is_english(name) else translations(name, folder)
            if found is not None:
                return cls(_by_cldr(code), found, unbroken=unbroken, own=own)
        return cls(English(), unbroken=unbroken, own=own)

    def plain(self) -> Words:
        """Return the same words with ordinary spaces, for feeds, pictures, files."""
        return Words(self.language, self._translations, own=self._own, nouns=self._nouns)

    def calling(self, was: str, now: str) -> Words:
        """Return the same words with a noun in the place of another one.

        Both are the keys of sentences that list a noun's forms in the same order.
        """
        return Words(
            self.language,
            self._translations,
            unbroken=self._unbroken,
            own=self._own,
            nouns=Nouns.of(self.pattern(was), self.pattern(now)),
        )

    @property
    def direction(self) -> str:
        """Where its script runs, as HTML names it: ``ltr`` or ``rtl``."""
        return self.language.direction

    @property
    def code(self) -> str:
        """The language that is really spoken, as HTML names it."""
        return self.language.code

    def pattern(self, key: str, count: int | None = None) -> str:
        """Return the sentence of ``key`` with its values still to be filled in.

        Raises KeyError for a key that nobody wrote.
        """
        if key in self._own:
            return self._own[key].replace("{", "{{").replace("}", "}}")
        sentence = self._nouns.put(self._sentence(key, count))
        return sentence.replace("ß", "ss") if self.code == _SWISS else sentence

    def _sentence(self, key: str, count: int | None) -> str:
        source = english(key)
        if count is None or not source.others:
            if self._translations is None:
                return source.text
            return self._translations.pgettext(key, source.text)
        if self._translations is None:
            return source.text if count == 1 else source.others
        return self._translations.npgettext(key, source.text, source.others, count)

    def say(self, key: str, /, **values: Value) -> str:
        """Return the sentence of ``key``; ``count`` chooses its form.

        Raises KeyError for an unknown key or a missing value.
        """
        return self.pattern(key, _count(values)).format_map(self.shown(values))

    def tell(self, saying: Saying) -> str:
        """Return what a room wants to be said."""
        return self.say(saying.key, **saying.values)

    def knows(self, key: str) -> bool:
        """Whether the key was ever written: records of a newer version may name others."""
        try:
            english(key)
        except KeyError:
            return False
        return True

    def shown(self, values: Mapping[str, Value]) -> dict[str, str]:
        """Return the texts that stand for values in a sentence."""
        return {name: self._shown(value) for name, value in values.items()}

    def _shown(self, value: Value) -> str:
        if isinstance(value, Saying):
            return self.tell(value)
        if isinstance(value, Amount) and self.code != "en":
            return value.told(self)
        return value if isinstance(value, str) else self.number(value)

    def number(self, value: int) -> str:
        """Write a whole number."""
        return self._kept(self.language.number(value))

    def percent(self, hundredths: int | None, *, about: bool = False) -> str:
        """Write hundredths of a percent, ``99.98 %`` or ``≈ 99.98 %``; a dash for None."""
        if hundredths is None:
            return NOTHING
        return self._kept(f"{'≈ ' if about else ''}{self.language.percent(hundredths)}")

    def share(self, hundredths: int) -> str:
        """Write hundredths of a percent without decimals where they are nought: ``70 %``."""
        return self._kept(self.language.percent(hundredths, 2 if hundredths % 100 else 0))

    def milliseconds(self, value: int | None) -> str:
        """Write a time of response; a dash for None."""
        return NOTHING if value is None else self._kept(self.language.unit(value, "ms"))

    def duration(self, seconds: int) -> str:
        """Write a duration with its two largest units, ``1 h 12 min``, ``35 s``."""
        return self._kept(" ".join(self._parts(max(seconds, 0))))

    def elapsed(self, start: int, end: int) -> str:
        """Write how long it was from ``start`` to ``end``, as their minutes tell it.

        Both are instants in seconds whose hours and minutes stand beside the duration, and a
        reader subtracts: 01:25:50 to 02:15:10 is shown as 01:25 and 02:15, hence 50 min. Within
        one minute the seconds are told.
        """
        minutes = end // MINUTE - start // MINUTE
        return self.duration(minutes * MINUTE if minutes else end - start)

    def _parts(self, seconds: int) -> list[str]:
        if seconds < MINUTE:
            return [self.language.unit(seconds, "s")]
        parts: list[str] = []
        for size, unit in _UNITS:
            count, seconds = divmod(seconds, size)
            if count:
                parts.append(self.language.unit(count, unit))
            if (parts and not count) or len(parts) == 2:
                break
        return parts

    def short_day(self, day: date, today: date | None = None) -> str:
        """Write ``3 Nov``, with the year where it is not that of ``today``."""
        return self._plain(
            self.language.short_day(day, year=today is not None and day.year != today.year)
        )

    def dated_day(self, day: date) -> str:
        """Write ``3 Nov 2026``."""
        return self._plain(self.language.short_day(day, year=True))

    def long_day(self, day: date) -> str:
        """Write ``Saturday, 21 November 2026``."""
        return self._plain(self.language.long_day(day))

    def month(self, month: str) -> str:
        """Write ``2026-11`` as ``November 2026``."""
        year, _, number = month.partition("-")
        return self._plain(self.language.month(date(int(year), int(number), 1)))

    def span(self, first: date, last: date) -> str:
        """Write several days as one stretch, ``12 to 15 November 2026``; one day as a long one."""
        return self._plain(self.language.span(first, last))

    def joined(self, items: Sequence[str], most: int | None = None) -> str:
        """Write a list in a sentence, ``A, B and C``; beyond ``most``, ``A, B and 4 more``."""
        listed = list(items)
        if most is not None and len(listed) > most:
            rest = len(listed) - most + 1
            listed = [*listed[: most - 1], self.say("lists.more", count=rest)]
        return self._plain(self.language.joined(listed))

    def _kept(self, text: str) -> str:
        """Keep a number and its unit on one line, where that is wanted."""
        return text.replace(" ", _UNBROKEN) if self._unbroken else self._plain(text)

    def _plain(self, text: str) -> str:
        """Give files, feeds and terminals ordinary spaces, whatever CLDR writes."""
        if self._unbroken:
            return text
        return text.replace(_UNBROKEN, " ").replace(_NARROW, " ")


def _count(values: Mapping[str, Value]) -> int | None:
    count = values.get("count")
    return count if isinstance(count, int) else None


def _is_english(code: str) -> bool:
    return code.partition("-")[0].lower() in ("en", "")


def _by_cldr(code: str) -> Language:
    try:
        from statusgen.words.cldr import Cldr
    except ModuleNotFoundError as error:
        if error.name != "babel":
            raise
        raise OutsideError(
            f"babel, which writes dates and numbers in {code}, is not installed; "
            f"{how_to_install('babel')}"
        ) from None
    return Cldr.of(code)
