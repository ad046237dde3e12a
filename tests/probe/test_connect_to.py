from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.probe.connect_to import parse_connect_to, redirected


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a.example:443:b.example:8443", ("a.example", 443, "b.example", 8443)),
        ("A.Example:443::8443", ("a.example", 443, None, 8443)),
        ("::127.0.0.1:8443", (None, None, "127.0.0.1", 8443)),
        (":::", (None, None, None, None)),
        ("[2001:db8::1]:443:[::1]:1", ("2001:db8::1", 443, "::1", 1)),
        ("a::[::1]:", ("a", None, "::1", None)),
    ],
)
def test_rules_are_read_as_curl_reads_them(
    text: str, rule: tuple[str | None, int | None, str | None, int | None]
) -> None:
    read = parse_connect_to(text)
    assert (read.host, read.port, read.to_host, read.to_port) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a:1:b",
        "a:1:b:2:c",
        "a:x:b:2",
        "a:0:b:2",
        "a:65536:b:2",
        "[::1:1:b:2",
        "[::1]x:::",
        "::1:443:b:2",
        "a:1:b:²",
    ],
)
def test_what_cannot_be_read_is_refused_with_the_form(text: str) -> None:
    with pytest.raises(ValueError, match="write HOST:PORT:ADDR:PORT"):
        parse_connect_to(text)


def test_the_first_rule_that_matches_wins() -> None:
    texts = ("a:80:x:1", "a:::2", "::y:3")
    rules = [parse_connect_to(text) for text in texts]
    assert redirected(rules, "a", 80) == ("x", 1, True)
    assert redirected(rules, "A", 81) == ("A", 2, False)
    assert redirected(rules, "b", 80) == ("y", 3, True)
    assert redirected([], "b", 80) == ("b", 80, False)


@given(st.text(alphabet=":[]a1.", max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ValueError):
        rule = parse_connect_to(text)
        assert rule.port is None or 0 < rule.port < 65536
