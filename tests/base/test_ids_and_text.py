from urllib.parse import unquote
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.fields import (
    header_name_fault,
    header_value_fault,
    link_fault,
    pattern_fault,
    status_fault,
)
from statusgen.base.ids import id_fault, path_segment, reserved_fault, stable_urn
from statusgen.base.text import and_list, one_line, xml_legal


@pytest.mark.parametrize("text", ["a", "0", "api", "api-2", "a-", "x" * 63, "2026-1", "v3"])
def test_good_ids(text: str) -> None:
    assert id_fault(text) is None


LETTERS = ["", "-a", "A", "a_b", "a.b", "../x", "a/b", "%2e", "a\0", "a\n", "é", "．", "x" * 64]
RESERVED = ["v2", "rss.xml", "atom.xml", "2026-11", "index", "con", "nul", "com1", "lpt9"]


@pytest.mark.parametrize("text", [*LETTERS, *RESERVED, "x" * 300])
def test_bad_and_reserved_ids(text: str) -> None:
    assert id_fault(text)


def test_slugs_are_held_against_the_reserved_ones_alone() -> None:
    assert reserved_fault("日本 Japan") is None
    assert reserved_fault("0000-00")


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_a_path_segment_is_one_segment_and_comes_back(text: str) -> None:
    segment = path_segment(text)
    assert "/" not in segment
    assert unquote(segment) == text


def test_urns_depend_on_every_part_and_on_nothing_else() -> None:
    assert stable_urn("a", "b") == stable_urn("a", "b")
    assert len({stable_urn("a", "b"), stable_urn("ab"), stable_urn("b", "a")}) == 3
    assert UUID(stable_urn("a").removeprefix("urn:uuid:")).version == 5


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n b\t\tc\r\n", "a b c"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("::error::x", "error::x"),
        (":: ::error::x", "error::x"),
        ("a ###[add-path]x", "a #[add-path]x"),
        ("  ::set-output name=a::b", "set-output name=a::b"),
        ("a\u202eb\u2066c\u200b", "abc"),
        ("\ud800a", "a"),
        ("", ""),
        ("x" * 201, "x" * 199 + "…"),
        ("x" * 200, "x" * 200),
    ],
)
def test_outside_text_becomes_one_harmless_line(text: str, line: str) -> None:
    assert one_line(text) == line


@given(st.text(max_size=300), st.integers(1, 50))
def test_a_line_is_never_longer_than_asked_and_never_a_command(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert not line.lstrip().startswith("::")
    assert "##[" not in line
    assert line.isprintable()


def test_what_xml_cannot_hold_is_dropped() -> None:
    assert xml_legal("a\0\x0b\ufffe\ud800\tb\U0001f600") == "a\tb\U0001f600"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D"], "A, B and 2 more"),
    ],
)
def test_words_are_joined_for_a_sentence(words: list[str], sentence: str) -> None:
    assert and_list(words) == sentence


@pytest.mark.parametrize(
    "link",
    ["https://a.example/b?c=d#e", "http://[::1]:80/", "mailto:a@b.example", "/", "a/b", "#top"],
)
def test_good_links(link: str) -> None:
    assert link_fault(link) is None


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        " javascript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "\\\\evil.example",
        'https://a.example/"onmouseover=x',
        "https://a.example/'x",
        "https://a.example/ x",
        "https://a.example/\u2028",
        "https://",
        "https://[::1",
        "mailto:nobody",
        "",
    ],
)
def test_bad_links(link: str) -> None:
    assert link_fault(link)


def test_a_relative_link_is_an_address_nowhere() -> None:
    assert link_fault("/a", relative=False)


@pytest.mark.parametrize("text", ["200", "999", "2xx", "3XX", "200-299", "301-301"])
def test_good_status_codes(text: str) -> None:
    assert status_fault(text) is None


@pytest.mark.parametrize("text", ["", "20", "099", "1000", "0xx", "2xX", "2xx-3xx", "299-200", "a"])
def test_bad_status_codes(text: str) -> None:
    assert status_fault(text)


@pytest.mark.parametrize("text", ["", "a b", "a:", "é", "a\r\nb", "a\0"])
def test_bad_header_names(text: str) -> None:
    assert header_name_fault(text)
    assert header_name_fault("X-Api_Key.1") is None


@pytest.mark.parametrize("text", ["a\r\nX: b", "a\nb", "a\0", "\x7f"])
def test_bad_header_values_are_not_repeated(text: str) -> None:
    assert "X:" not in (header_value_fault(text) or "X:")
    assert header_value_fault("Bearer é\t$TOKEN") is None


@pytest.mark.parametrize(
    "text", ["(", "[", "a{2}{3}", "(?P<a>x)(?P<a>y)", "(" * 5000, "a{99999999999}"]
)
def test_bad_patterns(text: str) -> None:
    assert pattern_fault(text)
    assert pattern_fault("[[a]+") is None
