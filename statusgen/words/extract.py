"""``make words``: from the English sentences to translators' files, and back into the package.

Writes ``locale/statusgen.pot`` and, for every language that has a folder, brings its ``.po`` up to
date and compiles it. The same sentences give the same bytes, whatever the clock. The formats are
those of gettext: a key is the context of its entry, the English text its id.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from pkgutil import iter_modules

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from statusgen import __version__
from statusgen.base.errors import InputError, Problem
from statusgen.words import sentences
from statusgen.words.catalogue import DOMAIN, LOCALE, english
from statusgen.words.sentence import Sentence, values_in

_GENERATOR = re.compile(rb'^"Generated-By: .*\n', re.MULTILINE)
"""Babel's version, which is nothing to translators and would change with every lock."""
_DATE = datetime(2026, 1, 1, tzinfo=UTC)
"""In every header: a clock would change the bytes."""


FOR_OPERATORS = frozenset({"terminal"})
"""What only commands say, in English always: translators are not asked for it."""


def every_key() -> Iterator[tuple[str, Sentence]]:
    """Yield all sentences with their keys, sorted."""
    for module in sorted(info.name for info in iter_modules(sentences.__path__)):
        found = __import__(f"{sentences.__name__}.{module}", fromlist=["SENTENCES"]).SENTENCES
        for name in sorted(found):
            key = f"{module}.{name}"
            yield key, english(key)


def template() -> Catalog:
    """Return the catalogue that translators begin with."""
    made = _empty(None)
    for key, sentence in every_key():
        if key.partition(".")[0] in FOR_OPERATORS:
            continue
        message = (sentence.text, sentence.others) if sentence.others else sentence.text
        notes = [sentence.note] if sentence.note else []
        made.add(message, context=key, auto_comments=notes, flags=["python-brace-format"])
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Extract, bring up to date, compile; ``--add de`` begins a language."""
    parser = argparse.ArgumentParser(prog="python -m statusgen.words.extract", description=__doc__)
    parser.add_argument("--add", metavar="LANGUAGE", help="begin a language, e.g. de or pt-BR")
    given = parser.parse_args(arguments)
    try:
        for line in extract(LOCALE, given.add):
            print(line)  # noqa: T201 - a tool of its own
    except InputError as error:
        sys.exit(f"error: {error}")


def extract(folder: Path, add: str | None = None) -> list[str]:
    """Write the template and all languages below ``folder``; return what to tell of each.

    Raises InputError, before any catalogue is compiled, for translations whose values are not
    those of the English text, and for a language that CLDR does not know.
    """
    pot = template()
    _write(folder / f"{DOMAIN}.pot", _po_bytes(pot))
    if add is not None:
        _begin(folder, add)
    told = [f"{len(pot)} sentences"]
    catalogues = {file: _up_to_date(file, pot) for file in sorted(folder.glob("*/*/*.po"))}
    problems = [problem for file, found in catalogues.items() for problem in _problems(file, found)]
    if problems:
        raise InputError(problems)
    for file, catalogue in catalogues.items():
        _write(file, _po_bytes(catalogue))
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        _write(file.with_suffix(".mo"), compiled.getvalue())
        done = sum(1 for message in catalogue if message.id and all(_texts(message)))
        told.append(f"{catalogue.locale_identifier}: {done} of {len(pot)} translated")
    return told


def _begin(folder: Path, code: str) -> None:
    try:
        Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError):
        raise InputError(f"{code!r} is no language that CLDR knows; write e.g. de") from None
    file = folder / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not file.exists():
        _write(file, _po_bytes(_empty(code)))


def _empty(code: str | None) -> Catalog:
    return Catalog(
        locale=code and code.replace("-", "_"),
        domain=DOMAIN,
        header_comment="# The words of statusgen; see statusgen/words/__init__.py.",
        project=DOMAIN,
        version=__version__,
        last_translator="",
        language_team="",
        msgid_bugs_address="",
        creation_date=_DATE,
        revision_date=_DATE,
        fuzzy=False,
    )


def _up_to_date(file: Path, pot: Catalog) -> Catalog:
    """Read a language and give it the sentences of today; nothing is guessed from likeness."""
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale=file.parent.parent.name.replace("-", "_"))
    catalogue.update(pot, no_fuzzy_matching=True)
    catalogue.header_comment = pot.header_comment
    catalogue.creation_date = catalogue.revision_date = _DATE
    return catalogue


def _problems(file: Path, catalogue: Catalog) -> Iterator[Problem]:
    for message in catalogue:
        texts = _texts(message)
        if not message.id or not any(texts):
            continue
        if not all(texts):
            form = f"{message.context}: a form for some counts is missing"
            yield Problem(form, "fill in every msgstr[…]", str(file), message.lineno or 0)
            continue
        wanted = english(str(message.context)).values
        for text in texts:
            try:
                found = values_in(text)
            except ValueError as error:
                yield Problem(f"{message.context}: {error}", "write {name} alone", str(file))
                continue
            # A form for one may leave the count out, as in "a day"; nothing may be invented.
            if found - wanted or (wanted - found) - {"count"}:
                names = " ".join(f"{{{name}}}" for name in sorted(wanted)) or "none"
                yield Problem(
                    f"{message.context}: {text!r} has other values than the English text",
                    f"use {names}",
                    str(file),
                    message.lineno or 0,
                )


def _texts(message: Message) -> tuple[str, ...]:
    string = message.string
    return (string,) if isinstance(string, str) else tuple(string or ())


def _po_bytes(catalogue: Catalog) -> bytes:
    stream = BytesIO()
    write_po(stream, catalogue, width=100, sort_output=True, ignore_obsolete=True)
    return _GENERATOR.sub(b"", stream.getvalue())


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.is_file() or file.read_bytes() != content:
        file.write_bytes(content)


if __name__ == "__main__":
    main()
