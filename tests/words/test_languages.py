"""Other languages: extracted, translated, compiled, spoken."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from statusgen.base.errors import InputError
from statusgen.setup.wheel import running_wheel
from statusgen.words import Words
from statusgen.words.catalogue import LOCALE, languages
from statusgen.words.extract import every_key, extract

Form = str | tuple[str, ...]


def translated(folder: Path, code: str, sentences: dict[str, Form]) -> Path:
    """Begin a language below ``folder`` and translate some keys, as a translator's editor does."""
    extract(folder, code)
    file = folder / code / "LC_MESSAGES" / "statusgen.po"
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale=code)
    for message in catalogue:
        if message.context in sentences:
            message.string = sentences[message.context]
    with file.open("wb") as stream:
        write_po(stream, catalogue)
    return file


def test_a_translated_language_is_spoken_and_what_lacks_is_english(tmp_path: Path) -> None:
    translated(tmp_path, "de", {"lists.more": ("noch einer", "{count} weitere")})
    extract(tmp_path)
    words = Words.of("de-AT", folder=tmp_path)

    assert words.code == "de-AT"
    assert words.say("lists.more", count=1) == "noch einer"
    assert words.say("lists.more", count=12_345) == "12.345 weitere"
    assert words.joined(["A", "B", "C"]) == "A, B und C"
    assert words.joined(["A", "B", "C"], 2) == "A und 2 weitere"
    assert words.percent(9998) == "99,98 %"
    assert words.duration(3 * 60) == "3 Min."
    assert words.long_day(date(2026, 9, 13)) == "Sonntag, 13. September 2026"
    assert languages(tmp_path) == ("en", "de")


def test_plural_rules_are_the_language_s(tmp_path: Path) -> None:
    # French counts nought like one; Japanese has one form; Polish has three.
    translated(tmp_path, "fr", {"lists.more": ("{count} autre", "{count} autres")})
    translated(tmp_path, "ja", {"lists.more": ("ほか{count}件",)})
    translated(tmp_path, "pl", {"lists.more": ("{count} inny", "{count} inne", "{count} innych")})
    extract(tmp_path)

    def told(code: str, *counts: int) -> list[str]:
        words = Words.of(code, folder=tmp_path)
        return [words.say("lists.more", count=count) for count in counts]

    assert told("fr", 0, 1, 2) == ["0 autre", "1 autre", "2 autres"]
    assert told("ja", 1, 2) == ["ほか1件", "ほか2件"]
    assert told("pl", 1, 2, 5, 22) == ["1 inny", "2 inne", "5 innych", "22 inne"]


@pytest.mark.parametrize("code", ["de", "fr", "es", "pt", "ja"])
def test_numbers_dates_and_durations_of_the_languages_to_come(code: str, tmp_path: Path) -> None:
    extract(tmp_path, code)
    words, pages = (Words.of(code, folder=tmp_path, unbroken=kept) for kept in (False, True))

    written: list[Callable[[Words], str]] = [
        lambda one: one.duration(90_061),
        lambda one: one.percent(9998, about=True),
        lambda one: one.milliseconds(204),
        lambda one: one.number(12_345),
    ]
    for write in written:
        plain, kept = write(words), write(pages)
        assert not set(plain) & {"\u00a0", "\u202f"}
        assert " " not in kept
        assert plain == kept.replace("\u00a0", " ").replace("\u202f", " ")
    assert "13" in words.short_day(date(2026, 9, 13))
    assert "2026" in words.short_day(date(2026, 9, 13), date(2027, 1, 1))
    assert "2026" in words.span(date(2026, 9, 13), date(2026, 9, 15))
    assert words.share(7000).count("0") == 1


def test_a_language_that_nobody_wrote_is_told_in_english() -> None:
    for code in ("xx", "../../etc", "", "EN-us"):
        assert Words.of(code).code == "en"


def test_a_language_without_babel_says_what_to_install(tmp_path: Path) -> None:
    extract(tmp_path, "de")
    program = (
        "import sys; sys.modules['babel'] = None\n"
        "from pathlib import Path\n"
        "from statusgen.base.errors import OutsideError\n"
        "from statusgen.words import Words\n"
        f"try: Words.of('de', folder=Path({str(tmp_path)!r}))\n"
        "except OutsideError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("babel, which writes dates and numbers in de, is not installed")


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (("{count} {andere}", "{count}"), "has other values than the English text"),
        (("{count}", "{count.__class__}"), "is not the plain name of a value"),
        (("{count}", ""), "a form for some counts is missing"),
    ],
)
def test_a_translation_that_does_not_fit_is_refused_and_not_compiled(
    form: tuple[str, str], told: str, tmp_path: Path
) -> None:
    file = translated(tmp_path, "de", {"lists.more": form})
    compiled = file.with_suffix(".mo")
    before = compiled.read_bytes()

    with pytest.raises(InputError, match=r"lists\.more") as caught:
        extract(tmp_path)

    assert told in str(caught.value)
    assert compiled.read_bytes() == before


def test_what_is_no_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no language that CLDR knows"):
        extract(tmp_path, "klingonisch")


def test_a_sentence_that_changed_in_english_is_not_told_by_its_old_translation(
    tmp_path: Path,
) -> None:
    file = translated(tmp_path, "de", {"lists.more": ("x {count}", "y {count}")})
    file.write_text(file.read_text().replace('msgid "{count} more"', 'msgid "{count} others"'))
    extract(tmp_path)

    assert Words.of("de", folder=tmp_path).say("lists.more", count=2) == "2 more"


def test_extraction_is_up_to_date_and_gives_the_same_bytes(tmp_path: Path) -> None:
    """Run ``make words`` where this fails."""
    for file in LOCALE.rglob("*.po"):
        copy = tmp_path / file.relative_to(LOCALE)
        copy.parent.mkdir(parents=True)
        copy.write_bytes(file.read_bytes())
    extract(tmp_path)

    made = {file.relative_to(tmp_path): file.read_bytes() for file in tmp_path.rglob("*.*")}
    shipped = {file.relative_to(LOCALE): file.read_bytes() for file in LOCALE.rglob("*.*")}
    assert made == shipped
    extract(tmp_path)
    assert made == {file.relative_to(tmp_path): file.read_bytes() for file in tmp_path.rglob("*.*")}


def test_every_sentence_takes_only_plain_values() -> None:
    for key, sentence in every_key():
        assert sentence.text, key
        assert all(name.isidentifier() for name in sentence.values), key


def test_the_wheel_holds_what_is_compiled_below_locale() -> None:
    wheel = running_wheel()
    with zipfile.ZipFile(io.BytesIO(wheel.content)) as archive:
        held = {name for name in archive.namelist() if "/words/locale/" in name}
    assert held == {
        f"statusgen/words/locale/{file.relative_to(LOCALE).as_posix()}"
        for file in LOCALE.rglob("*.*")
        if file.suffix not in (".po", ".pot")  # translators write them, and nothing reads them
    }
