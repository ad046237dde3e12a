from typing import Literal

import pytest
from pydantic import BaseModel, Field

from statusgen.base.clock import parse_duration_ms
from statusgen.base.errors import InputError
from statusgen.base.model import Bool, Milliseconds, Model, SecretText, suggest, validate
from statusgen.base.yamltree import load


class Inner(Model):
    expect_status: int = 200
    wait: Milliseconds | None = None
    mode: Literal["light", "dark"] = "light"
    ratio: float = 1.0
    names: tuple[str, ...] = ()
    secret: SecretText | None = None


class Outer(Model):
    name: str
    inner: Inner = Inner()
    more: dict[str, Inner] = Field(default_factory=dict)
    listed: tuple[Inner, ...] = ()
    flag: Bool = False


def told(text: str, model: type[BaseModel] = Outer) -> list[str]:
    with pytest.raises(InputError) as caught:
        validate(model, load(text, "f.yml"))
    return str(caught.value).split("\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("flag: true", "f.yml:1:1: name: is required; add `name:`"),
        (
            "name: [x]",
            (
                "f.yml:1:7: name: must be text, and is a list here; "
                "write one text, or put it in quotes: '[…]'"
            ),
        ),
        ("name:", "f.yml:1:6: name: must be text; write a value after `name:`"),
        ("name: x\nnmae: y", "f.yml:2:1: nmae: unknown key 'nmae'; did you mean 'name'?"),
        (
            "name: x\ninner:\n  expectstatus: 2",
            (
                "f.yml:3:3: inner.expectstatus: unknown key 'expectstatus'; "
                "did you mean 'expect_status'?"
            ),
        ),
        (
            "name: x\nlisted:\n- {wiat: 1s}",
            "f.yml:3:4: listed.0.wiat: unknown key 'wiat'; did you mean 'wait'?",
        ),
        (
            "name: x\nmore: {a: {moed: 1s}}",
            "f.yml:2:12: more.a.moed: unknown key 'moed'; did you mean 'mode'?",
        ),
        (
            "name: x\nzzz: y",
            "f.yml:2:1: zzz: unknown key 'zzz'; known here: name, inner, more, listed, flag",
        ),
        (
            "name: x\ninner: {expect_status: ok}",
            "f.yml:2:24: inner.expect_status: must be a whole number (got 'ok')",
        ),
        (
            "name: x\ninner: {ratio: ok}",
            "f.yml:2:16: inner.ratio: must be a number (got 'ok')",
        ),
        (
            "name: x\ninner: {mode: drak}",
            (
                "f.yml:2:15: inner.mode: must be one of 'light' or 'dark' (got 'drak'); "
                "did you mean 'dark'?"
            ),
        ),
        (
            "name: x\ninner: {names: a}",
            (
                "f.yml:2:16: inner.names: must be a list (got 'a'); "
                "write each entry on a line of its own after `- `"
            ),
        ),
        (
            "name: x\ninner: a",
            "f.yml:2:8: inner: must be a mapping (got 'a'); write `key: value` lines under it",
        ),
        (
            "name: x\ninner: {wait: 5}",
            (
                "f.yml:2:15: inner.wait: '5' has no unit; "
                "write a number with a unit, like 800ms, 30s, 5m, 1h or 21d"
            ),
        ),
        (
            "name: x\nflag: yes",
            "f.yml:2:7: flag: 'yes' is not true or false; write true",
        ),
    ],
)
def test_faults_are_told_in_plain_words_with_their_place(text: str, expected: str) -> None:
    assert told(text) == [expected]


def test_all_faults_are_told_at_once_in_file_order() -> None:
    lines = told("flag: no\ninner: {mode: x, wait: y}\nnmae: z\n")
    assert [line.split(":")[1] for line in lines] == ["1", "1", "2", "2", "3"]


def test_text_from_outside_cannot_fake_a_second_line() -> None:
    lines = told('name: x\nflag: "no\\nf.yml:9:9: all is well"')
    assert len(lines) == 1


def test_a_part_of_a_document_is_told_with_its_whole_path() -> None:
    document = load("a:\n  b: {nmae: x}\n", "f.yml")
    with pytest.raises(InputError) as caught:
        validate(Outer, document, {"nmae": "x"}, ("a", "b"))
    assert [problem.path for problem in caught.value.problems] == ["a.b.name", "a.b.nmae"]
    assert {problem.line for problem in caught.value.problems} == {2}


def test_good_documents_are_held_in_the_units_that_the_names_say() -> None:
    model = validate(
        Outer, load("name: x\ninner: {wait: 1m30s, secret: a $B}\nflag: TRUE\n", "f.yml")
    )
    assert (model.inner.wait, model.flag) == (90_000, True)
    assert str(model.inner.secret) == "a $B"


@pytest.mark.parametrize(
    ("word", "expected"),
    [("intervall", "did you mean 'interval'?"), ("MAXTIME", "did you mean 'max_time'?"), ("q", "")],
)
def test_the_nearest_word_is_suggested(word: str, expected: str) -> None:
    assert suggest(word, ["interval", "max_time"]) == expected


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [("800ms", 800), ("1.5s", 1500), ("1h 30m", 5_400_000), ("21d", 1_814_400_000)],
)
def test_durations_are_read_with_their_unit(text: str, milliseconds: int) -> None:
    assert parse_duration_ms(text) == milliseconds


@pytest.mark.parametrize("text", ["", "5", "5 minutes", "-5s", "1e9s", "٣s5", "s", "9" * 400 + "s"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write a number with a unit"):
        parse_duration_ms(text)
