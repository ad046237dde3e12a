"""Double encoding: undone where it is proven, told where a byte was lost, else left alone."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from statusgen.importer.encoding import Guess, repair
from tests.importer.conftest import DAMAGED, NAMES, clean, double

CORNERS = {"P4": 5, "S4": 25}
HEADINGS = {
    "P4": "### 🟡 Stage 2 — Nearer (100–400 users)",
    "S4": "### 🟡 Stage 2 — Scale for Growth (100–500 users)",
}


@pytest.mark.parametrize("name", DAMAGED)
def test_document_is_repaired_and_every_lost_corner_told(
    documents: dict[str, bytes], name: str
) -> None:
    repaired = repair(documents[name])

    assert repaired.was_double_encoded
    assert {guess.guess for guess in repaired.guesses} == {"┐"}
    assert len(repaired.guesses) == repaired.text.count("┐") == CORNERS[name]
    lines = repaired.text.splitlines()
    assert all(lines[g.line - 1][g.column - 1] == "┐" for g in repaired.guesses)
    assert "â" not in repaired.text
    assert HEADINGS[name] in lines


def test_what_was_damaged_here_is_whole_again(documents: dict[str, bytes]) -> None:
    assert repair(documents["P4"]).text == clean("P4")


@pytest.mark.parametrize("name", DAMAGED)
def test_every_opened_box_is_closed_after_the_repair(
    documents: dict[str, bytes], name: str
) -> None:
    text = repair(documents[name]).text

    assert [text.count(corner) for corner in "┌┐└┘"] == [CORNERS[name]] * 4


@pytest.mark.parametrize("name", [name for name in NAMES if name not in DAMAGED])
def test_clean_document_is_not_changed(documents: dict[str, bytes], name: str) -> None:
    repaired = repair(documents[name])

    assert not repaired.was_double_encoded
    assert repaired.text.encode() == documents[name]
    assert repaired.guesses == ()


@pytest.mark.parametrize(
    "text",
    [
        "São Paulo, Århus, NÃO, CAFÉ® and «SOCIÉTÉ»",
        "the euro sign € and “quotes” – with a dash",
        "Ã",
        "one Ã© in a text with a real é",
        "â”",
        "┌──┐ boxes, → arrows and 🟢",
        "",
        "plain",
    ],
)
def test_clean_text_is_not_changed(text: str) -> None:
    assert repair(text.encode()).text == text


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x2600), max_size=60))
def test_whatever_is_changed_was_its_own_double_encoding(text: str) -> None:
    repaired = repair(text.encode("utf-8"))

    if repaired.text != text.removeprefix("\ufeff") and not repaired.guesses:
        assert double(repaired.text) == text.encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_repair_undoes_double_encoding_without_loss(text: str) -> None:
    sure = "→ é " + text

    repaired = repair(double(sure))

    assert repaired.text == sure
    assert (repaired.was_double_encoded, repaired.guesses) == (True, ())


@given(st.lists(st.sampled_from(["┌──┐", "│ a │", "└──┘", "“q”", "– é 🟢", "← x"]), min_size=4))
def test_lost_bytes_of_common_characters_come_back(lines: list[str]) -> None:
    text = "──── ──── é\n" + "\n".join(lines)
    assume("┐" in text or "”" in text or "←" in text)

    repaired = repair(double(text, lossy=True))

    assert repaired.text == text
    assert [g.guess for g in repaired.guesses] == [c for c in text if c in "┐”←"]


def test_lost_byte_that_nothing_tells_becomes_a_mark_that_is_told() -> None:
    text = "é é é é é é\nÁrbol"

    repaired = repair(double(text, lossy=True))

    assert repaired.text == "é é é é é é\n\ufffdrbol"
    assert repaired.guesses == (Guess(2, 1, "Ã", "\ufffd"),)


def test_bytes_of_another_encoding_are_read_and_told() -> None:
    repaired = repair(b"caf\xe9 \x80 20\nna\xc3\xafve")

    assert repaired.text == "café € 20\nnaïve"
    assert repaired.guesses == (Guess(1, 4, "byte E9", "é"), Guess(1, 6, "byte 80", "€"))


def test_byte_order_marks_are_no_text() -> None:
    assert repair(b"\xef\xbb\xbf# Plan").text == "# Plan"
    assert repair("# Plan €".encode("utf-16")).text == "# Plan €"


@given(st.binary(max_size=80))
def test_any_bytes_become_text(raw: bytes) -> None:
    assert isinstance(repair(raw).text, str)
    repair(raw).text.encode("utf-8")
