"""Every catalogue that is shipped is whole."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from statusgen.words import Words
from statusgen.words.catalogue import LOCALE, languages
from statusgen.words.extract import template
from statusgen.words.retelling import Retelling
from statusgen.words.sentence import values_in

FOREIGN = [code for code in languages() if code != "en"]


def test_the_languages_that_are_promised_are_there() -> None:
    assert {"de", "fr", "es", "pt", "ja"} <= set(FOREIGN)


@pytest.mark.parametrize("code", FOREIGN)
def test_every_sentence_is_translated_and_keeps_its_values(code: str) -> None:
    """Fill in what is named here in ``statusgen.po`` of the language, then ``make words``."""
    wanted = {message.context: message for message in template() if message.id}
    found = {message.context: message for message in catalogue(code) if message.id}
    assert found.keys() == wanted.keys()
    faults = [f"{key}: {fault}" for key, one in found.items() for fault in faults_of(one)]
    assert faults == []


def catalogue(code: str) -> Catalog:
    with (LOCALE / code / "LC_MESSAGES" / "statusgen.po").open("rb") as stream:
        return read_po(stream, locale=code)


def forms(written: object) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(written)  # type: ignore[arg-type]


def faults_of(message: Message) -> list[str]:
    strings = forms(message.string)
    if message.fuzzy:
        return ["fuzzy"]
    if not all(strings):
        return ["not translated"]
    needed = set.intersection(*(set(values_in(text)) for text in forms(message.id)))
    lost = [(text, needed - values_in(text)) for text in strings]
    return [f"{text!r} lost {names}" for text, names in lost if names]


@pytest.mark.parametrize("code", FOREIGN)
def test_what_is_compiled_is_what_was_translated(code: str) -> None:
    file = LOCALE / code / "LC_MESSAGES" / "statusgen.mo"
    with file.open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    for message in catalogue(code):
        key, ids = str(message.context), forms(message.id)
        if len(ids) == 2:
            assert compiled.npgettext(key, ids[0], ids[1], 2) in forms(message.string)
        elif ids[0]:
            assert compiled.pgettext(key, ids[0]) == message.string


def test_what_the_program_wrote_is_told_again_and_what_people_wrote_is_not() -> None:
    told = Retelling(Words.of("de"), ["Backend API", "Bed and Breakfast", "Mail [EU]"])

    assert told.title("Backend API is down") == "Backend API ist ausgefallen"
    several = "Backend API, Bed and Breakfast and 3 more are down"
    assert told.title(several) == "Backend API, Bed and Breakfast und 3 weitere sind ausgefallen"
    assert told.title("The API is down for some") == "The API is down for some"
    assert told.body(
        "Our checks of Backend API have failed since 2026-11-20 20:10 UTC: "
        "it answered with HTTP 503; it did not answer in time."
    ) == (
        "Unsere Prüfungen von Backend API schlagen seit 2026-11-20 20:10 UTC fehl: "
        "die Antwort war HTTP 503; es kam nicht rechtzeitig eine Antwort."
    )
    assert told.body(
        "Our checks of Mail \\[EU\\] and Backend API succeed again since 2026-11-20 21:30 UTC. "
        "The outage lasted 1 h 12 min."
    ) == (
        "Unsere Prüfungen von Mail \\[EU\\] und Backend API gelingen seit 2026-11-20 21:30 UTC "
        "wieder (Dauer des Ausfalls: 1 Std. 12 Min.)."
    )
    prose = "Our checks of the disk are green again.\n\nSorry."
    assert told.body(prose) == prose
    assert told.body("This was a false alarm.\n\n**Who is affected:** all") == (
        "Es war ein Fehlalarm.\n\n**Wer betroffen ist:** all"
    )


def test_a_list_of_outages_is_told_again_line_by_line() -> None:
    told = Retelling(Words.of("de"), ["API", "Web"])
    assert told.body(
        "Our checks of 2 components fail:\n\n"
        "- Checks of API have failed since 2026-11-20 20:10 UTC: no connection could be made\n"
        "- Checks of Web have failed since 2026-11-20 20:11 UTC: our check of it failed\n"
        "- and 4 more"
    ) == (
        "Unsere Prüfungen von 2 Komponenten schlagen fehl:\n\n"
        "- Prüfungen von API schlagen seit 2026-11-20 20:10 UTC fehl: "
        "es kam keine Verbindung zustande\n"
        "- Prüfungen von Web schlagen seit 2026-11-20 20:11 UTC fehl: "
        "unsere Prüfung schlug fehl\n"
        "- und 4 weitere"
    )


def test_an_owner_s_own_words_stand_in_place_of_ours() -> None:
    words = Words.of("de", own={"states.up": "Läuft {gut}", "status.active": "Jetzt"})
    assert words.say("states.up") == "Läuft {gut}"
    assert (
        words.say("status.active", count=3)
        == words.plain().say("status.active", count=1)
        == "Jetzt"
    )
    assert words.say("states.unknown") == "Keine Daten"


def test_a_folder_of_a_language_holds_its_catalogue_and_nothing_else() -> None:
    found = {path.relative_to(LOCALE) for path in LOCALE.rglob("*.*")}
    wanted = {Path("statusgen.pot")} | {
        Path(code, "LC_MESSAGES", f"statusgen.{ending}")
        for code in FOREIGN
        for ending in ("po", "mo")
    }
    assert found == wanted
