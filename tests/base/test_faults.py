# ruff: noqa: E501 - a message stands in one line, as it is printed
"""What people write in the wrong place or the wrong form: told with the place it belongs to."""

import pytest
from pydantic import Field

from statusgen.base.errors import InputError
from statusgen.base.ids import id_fault, id_like
from statusgen.base.model import Model, OneOrMore, SecretText, validate
from statusgen.base.odd import odd_characters
from statusgen.base.text import quote
from statusgen.base.yamltree import load


class Expect(Model):
    max_time: int | None = None


class Options(Model):
    method: str = "GET"
    body: SecretText | None = None
    lines: tuple[SecretText, ...] = ()
    headers: dict[str, str] = Field(default_factory=dict)
    expect: Expect = Expect()


class Monitor(Model):
    url: SecretText
    timeout: int | None = None
    price: float | None = None
    http: Options | None = None


class File(Model):
    name: str = ""
    monitors: tuple[Monitor, ...] = ()


def told(text: str) -> str:
    with pytest.raises(InputError) as caught:
        validate(File, load(text, "f.yml"))
    return str(caught.value)


URL = "monitors:\n- url: x\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (URL + "  method: POST\n", "f.yml:3:3: monitors.0.method: unknown key 'method'; write it under `http:`"),
        (URL + "  http:\n  expect: {max_time: 1}\n", "f.yml:4:3: monitors.0.expect: unknown key 'expect'; write it under `http:`"),
        (URL + "  maxTime: 1\n", "f.yml:3:3: monitors.0.maxTime: unknown key 'maxTime'; write `max_time:` under `http.expect:`"),
        (URL + "  http: {timeout: 1}\n", "f.yml:3:10: monitors.0.http.timeout: unknown key 'timeout'; write it further out, beside `http:`"),
        (URL + "  http: {body: {\"a\": 1}}\n", "f.yml:3:16: monitors.0.http.body: must be text, and is a mapping here; put it in single quotes: '{…}'"),
        (URL + "  http:\n    lines:\n    - Accept: text/html\n", "f.yml:5:7: monitors.0.http.lines.0: must be text, and is a mapping here; put it in quotes: \"Accept: …\""),
        (URL + "  http:\n    headers:\n    - Accept: x\n", "f.yml:5:5: monitors.0.http.headers: must be a mapping, and is a list here; leave out the `- ` before each line"),
        ("monitors:\n- url: {text: x}\n", "f.yml:2:8: monitors.0.url: must be text, and is a mapping here; put it in single quotes: '{…}'"),
        (URL + "  price: 1,5\n", "f.yml:3:10: monitors.0.price: must be a number (got '1,5'); write a point: 1.5"),
        ("monitors:\n- {url: x, price: 1,5}\n", "f.yml:2:21: monitors.0.5: unknown key '5'; a decimal comma? write a point: 1.5"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_what_to_write(text: str, expected: str) -> None:
    assert told(text) == expected


def test_a_secret_in_the_wrong_form_is_not_repeated() -> None:
    assert "hunter2" not in told(URL + "  http:\n    lines:\n    - Authorization: hunter2\n")


def test_no_field_of_ours_is_ever_asked_for() -> None:
    assert "text:" not in told("monitors:\n- url: {a: b}\n")


def test_an_entry_may_stand_without_its_list() -> None:
    from typing import Annotated

    class Listed(Model):
        names: Annotated[tuple[str, ...], OneOrMore()] = ()

    assert validate(Listed, load("names: a", "f.yml")).names == ("a",)


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("Backend API", "backend-api"),
        ("backendApi", "backend-api"),
        ("api_v2", "api-v2"),
        ("Über uns", "uber-uns"),
        ("v2", "site-v2"),
        ("-api-", "api"),
        ("状态", ""),
    ],
)
def test_an_id_gets_a_replacement_that_is_one(text: str, like: str) -> None:
    assert id_like(text) == like
    assert not like or id_fault(like) is None
    assert id_fault(text)


def test_what_cannot_be_seen_is_written_out_and_named() -> None:
    assert quote("a\u00a0b  c\u200b") == "'a\\u00a0b  c\\u200b'"
    assert odd_characters("a\u00a0b") == "a no-break space (U+00A0)"
    assert odd_characters("\u201capi\u201d").startswith("a curly quote (U+201C)")
    assert odd_characters("the team\u2019s API") == ""
