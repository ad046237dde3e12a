"""Translations as they are shipped: compiled, read with the standard library's gettext.

An entry's context is its key and its id the English text, so that a sentence that reads alike in
two places may be two in another language, and one that changed in English is never told by an old
translation: it is told in English until somebody translates it again.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol

from statusgen.words.sentence import Sentence, Sentences

DOMAIN = "statusgen"
LOCALE = Path(__file__).parent / "locale"
"""Where the compiled catalogues lie; they are in the wheel."""


class Translations(Protocol):
    """What is asked of a compiled catalogue; ``gettext.GNUTranslations`` answers."""

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation of ``message``, else the message."""

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form of the translation that fits ``n``, else one of the messages."""


def english(key: str) -> Sentence:
    """Return the source of ``key``; KeyError where nobody wrote it."""
    speaker, _, name = key.partition(".")
    try:
        return _sentences(speaker)[name]
    except KeyError:
        raise KeyError(f"{key} is in no catalogue; write it in words/sentences/") from None


@cache
def _sentences(speaker: str) -> Sentences:
    """Return one module's sentences. Modules are imported when first heard: ``check`` says few."""
    if not speaker.replace("_", "").isalpha():
        raise KeyError(speaker)
    name = f"statusgen.words.sentences.{speaker}"
    try:
        module = import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise KeyError(speaker) from None
    found: Sentences = module.SENTENCES
    return found


def translations(code: str, folder: Path = LOCALE) -> Translations | None:
    """Return the compiled catalogue of a language; None where there is none."""
    file = folder / code / "LC_MESSAGES" / f"{DOMAIN}.mo"
    if not file.is_file():
        return None
    from gettext import GNUTranslations  # it takes a while to import, and English needs none

    with file.open("rb") as stream:
        return GNUTranslations(stream)


def languages(folder: Path = LOCALE) -> tuple[str, ...]:
    """Return the languages that can be spoken: English, and those with a compiled catalogue."""
    found = folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    return ("en", *sorted(file.parent.parent.name for file in found))
