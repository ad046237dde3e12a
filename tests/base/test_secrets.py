import base64
import html
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.secrets import Redactor, Template

ENVIRON = {"A": "1", "API": "2", "API_URL": "3", "EMPTY": "", "NESTED": "$A", "lower": "4"}


@pytest.mark.parametrize(
    ("text", "revealed"),
    [
        ("$A", "1"),
        ("x$A.y", "x1.y"),
        ("$API_URL/$API", "3/2"),
        ("${A}PI", "1PI"),
        ("${{ secrets.A }}${{secrets.lower}}", "14"),
        ("$A$A", "11"),
        ("$NESTED", "$A"),
        ("$EMPTY $MISSING", "$EMPTY $MISSING"),
        ("$discovery/rest $1 $ $$", "$discovery/rest $1 $ $"),
        ("$API-X", "2-X"),
        ("${{ env.A }} ${a}", "${{ env.A }} ${a}"),
    ],
)
def test_references_are_replaced_by_their_longest_name(text: str, revealed: str) -> None:
    assert Template(text).reveal(ENVIRON) == revealed


def test_names_and_what_is_not_set_are_known() -> None:
    template = Template("$B $A ${B} ${{ secrets.c }} $EMPTY")
    assert template.names == ("B", "A", "c", "EMPTY")
    assert template.missing(ENVIRON) == ("B", "c", "EMPTY")


def test_a_template_shows_what_was_written_only() -> None:
    template = Template("https://$TOKEN@example.com/")
    template.reveal({"TOKEN": "hunter2"})
    assert str(template) == "https://$TOKEN@example.com/"
    assert "hunter2" not in repr(template) + str(template) + f"{template}"


ENCODINGS = [
    lambda value: value,
    lambda value: quote(value, safe=""),
    quote,
    quote_plus,
    lambda value: base64.b64encode(value.encode()).decode(),
    lambda value: base64.urlsafe_b64encode(value.encode()).decode(),
    lambda value: json.dumps(value)[1:-1],
    lambda value: repr(value)[1:-1],
    html.escape,
]


@given(st.text(st.characters(codec="utf-8"), min_size=3, max_size=30), st.sampled_from(ENCODINGS))
def test_no_form_of_a_secret_passes_the_redactor(value, encode) -> None:  # type: ignore[no-untyped-def]
    shown = Redactor([value])(f"before {encode(value)} after")
    assert shown == "before [redacted] after" or encode(value) in "before  after[redacted]"


def test_the_longer_of_two_secrets_goes_first() -> None:
    assert Redactor(["abc", "abcdef"])("x abcdef abc") == "x [redacted] [redacted]"


def test_a_redactor_knows_the_values_that_templates_use_and_hides_them() -> None:
    redactor = Redactor.of([Template("$TOKEN")], {"TOKEN": "hunter2", "OTHER": "visible"})
    assert redactor("hunter2 visible") == "[redacted] visible"
    assert "hunter2" not in repr(redactor)


@pytest.mark.parametrize("values", [[], ["ab"], [""]])
def test_what_is_too_short_to_be_a_secret_blanks_nothing(values: list[str]) -> None:
    assert Redactor(values)("abc ab") == "abc ab"
