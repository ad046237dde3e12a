"""One key of a mapping that a person wrote is changed; nothing else moves, and no comment goes."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from statusgen.base.yamledit import with_key, without_key
from statusgen.base.yamltree import load

SET = [
    ("a: 1\n", "a: X\n"),
    ("a: 1   # why\nb: 2\n", "a: X   # why\nb: 2\n"),
    ("a : 1\n", "a : X\n"),
    ("'a': '1 # no comment'  # why\n", "'a': X  # why\n"),
    ('"a":   "1"\n', '"a":   X\n'),
    ("a:\n  # why\n  1\nb: 2\n", "a:\n  # why\n  X\nb: 2\n"),
    ("a: one\n  two\n  three # why\nb: 2\n", "a: X # why\nb: 2\n"),
    ("a: |  # why\n  1\n  2\n\nb: 2\n", "a: X # why\nb: 2\n"),
    ("a: >-\n  1\n# after\nb: 2\n", "a: X\n# after\nb: 2\n"),
    ("a:\nb: 2\n", "a: X\nb: 2\n"),
    ("a:   # not yet\nb: 2\n", "a: X   # not yet\nb: 2\n"),
    ("a: ~\n", "a: X\n"),
    ("a: [1, 2]  # why\nb: 2\n", "# why\nb: 2\na: X\n"),
    ("b: 2\n# last words\n", "b: 2\n# last words\na: X\n"),
    ("b: 2", "b: 2\na: X\n"),
    ("  b: 2\n  c: a\n", "  b: 2\n  c: a\n  a: X\n"),
    ("b: a\nc: {a: 1}\n", "b: a\nc: {a: 1}\na: X\n"),
    ("b: |\n  a: 1\n", "b: |\n  a: 1\na: X\n"),
    ("{a: 1, b: 2}\n", "{a: X, b: 2}\n"),
    ("{b: 2}  # why\n", "{b: 2, a: X}  # why\n"),
    ("{\n  b: 2,  # why\n  # more\n}\n", "{\n  b: 2, a: X,  # why\n  # more\n}\n"),
    ("{}\n", "{a: X}\n"),
    ("# nothing yet\n", "# nothing yet\na: X\n"),
    ("", "a: X\n"),
    ("a: 1\r\nb: 2\r\n", "a: X\r\nb: 2\r\n"),
    ("b: 2\r\n", "b: 2\r\na: X\r\n"),
    ("a: 1\t# why\nb: 2\n", "a: X\t# why\nb: 2\n"),
    ("a: é\u2009☂  # 雨\n", "a: X  # 雨\n"),
    (
        "b: \U0001f600 # \U0001f600\na: 1 # \U0001f600\n",
        "b: \U0001f600 # \U0001f600\na: X # \U0001f600\n",
    ),
]
GONE = [
    ("a: 1\nb: 2\n", "b: 2\n"),
    ("b: 2\na: 1", "b: 2\n"),
    ("a: 1   # why\nb: 2\n", "# why\nb: 2\n"),
    ("a:\n  # why\n  1 # and\nb: 2\n", "# why\n# and\nb: 2\n"),
    ("b: 2\na: '1 # none'\nc: 3\n", "b: 2\nc: 3\n"),
    ("a: |  # why\n  1 # text\n  2\n\nb: 2\n", "# why\nb: 2\n"),
    ("a: >-\n  1\n# after\nb: 2\n", "# after\nb: 2\n"),
    ("a:\nb: 2\n", "b: 2\n"),
    ("a:  # not yet\nb: 2\n", "# not yet\nb: 2\n"),
    ("a: one\n  two\n\n  three\nb: 2\n", "b: 2\n"),
    ("  # head\n  a: 1  # why\n  b: 2\n", "  # head\n  # why\n  b: 2\n"),
    ("b: a\n", "b: a\n"),
    ("b: 2\r\na: 1 # why\r\n", "b: 2\r\n# why\r\n"),
    ("{a: 1, b: 2}\n", "{b: 2}\n"),
    ("{b: 2, a: 1}\n", "{b: 2}\n"),
    ("{b: 2, a: 1, c: 3} # why\n", "{b: 2, c: 3} # why\n"),
    ("{a: 1}\n", "{}\n"),
    ("a: [1, # one\n  2]\nb: 2\n", "# one\nb: 2\n"),
]


@pytest.mark.parametrize(("text", "expected"), SET)
def test_a_key_is_set(text: str, expected: str) -> None:
    assert with_key(text, "a", "X") == expected
    before = load(text, "x").data or {}
    assert isinstance(before, dict)
    assert load(expected, "x").data == {**before, "a": "X"}


@pytest.mark.parametrize(("text", "expected"), GONE)
def test_a_key_is_removed(text: str, expected: str) -> None:
    assert without_key(text, "a") == expected
    assert "a" not in (yaml.safe_load(expected) or {})


STYLES = st.sampled_from(
    ["{k}: {v}", "{k}: {v}  # {k} why", '"{k}": \'{v}\'', "{k} : {v} ",
     "{k}:\n   # {k} why\n   {v}", "{k}: >-  # {k} why\n  {v}\n  more\n", "{k}: {v}\n  and {v}",
     "{k}: |\n  # no comment\n  {v}\n"]
)  # fmt: skip


@st.composite
def mappings(draw: st.DrawFn) -> str:
    parts = []
    for key in draw(st.lists(st.sampled_from("abcde"), unique=True, min_size=1)):
        parts += draw(st.sampled_from([[], ["# alone"], [""], [" # further in"]]))
        value = draw(st.sampled_from(["1", "text", "2026-11-20T20:10:00Z", "x#y"]))
        parts.append(draw(STYLES).replace("{k}", key).replace("{v}", value))
    return draw(st.sampled_from(["\n", "\r\n"])).join("\n".join(parts).split("\n"))


@given(mappings(), st.sampled_from("abcde"), st.booleans())
@settings(max_examples=300, deadline=None)
def test_every_other_key_and_every_comment_stays(text: str, key: str, remove: bool) -> None:
    before = yaml.safe_load(text)
    assume(isinstance(before, dict))
    changed = without_key(text, key) if remove else with_key(text, key, "new")
    after = yaml.safe_load(changed) or {}

    expected = {name: value for name, value in before.items() if name != key}
    assert after == (expected if remove else {**expected, key: "new"})
    for comment in ("# alone", "# further in", *(f"# {name} why" for name in "abcde")):
        assert changed.count(comment) == text.count(comment)
    assert changed.count("\n") == changed.count("\r\n") or "\r\n" not in text
