from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.states import State
from statusgen.history.record import BadLine, read_line, to_line
from statusgen.probe.round import Attempt, Check, Round

LINE = (
    b'{"v":1,"round":"20261120T201003Z-github-8812-1","at":"2026-11-20T20:10:03Z",'
    b'"vantage":"github","took":812,"net":"ok","checks":{"api":{"state":"up","ms":123,"code":200},'
    b'"mail":{"state":"down","ms":10000,"reason":"timeout","attempts":3}}}\n'
)
ROUND = Round(
    key="20261120T201003Z-github-8812-1",
    at=1795205403,
    vantage="github",
    took_ms=812,
    checks={
        "api": Check(state=State.UP, ms=123, code=200, tries=(Attempt(state=State.UP),)),
        "mail": Check(state=State.DOWN, ms=10000, reason="timeout", attempts=3),
    },
)


def test_a_round_is_the_line_of_the_design_to_the_byte() -> None:
    assert to_line(ROUND) == LINE


def test_the_line_is_read_as_the_round() -> None:
    assert read_line(LINE) == ROUND


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"took":812,', b""),
        (b'"net":"ok"', b'"net":"ok","later":{"x":[1]}'),
        (b'"ms":123', b'"ms":123,"tls":4.5'),
        (b"}}}\n", b"}}}\r\n"),
        (b"20:10:03Z", b"21:10:03+01:00"),
        (b'"v":1,', b' "v" : 1 , '),
    ],
)
def test_unknown_keys_other_spacing_and_zones_are_accepted(old: bytes, new: bytes) -> None:
    read = read_line(LINE.replace(old, new, 1))
    assert isinstance(read, Round)
    assert read.at == ROUND.at
    assert read.checks == ROUND.checks


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b'"v":1', b'"v":2', "newer"),
        (b'"v":1', b'"v":true', "version"),
        (b'"v":1', b'"v":0', "version"),
        (b'"ms":123', b'"ms":NaN', "NaN"),
        (b'"ms":123', b'"ms":-Infinity', "Infinity"),
        (b'"ms":123', b'"ms":1e3', "sound"),
        (b'"ms":123', b'"ms":-1', "sound"),
        (b'"ms":123', b'"ms":true', "sound"),
        (b'"ms":123', b'"ms":' + b"9" * 30, "sound"),
        (b'"ms":123', b'"ms":' + b"9" * 5000, "JSON"),
        (b'"code":200', b'"code":"200"', "sound"),
        (b'"attempts":3', b'"attempts":0', "sound"),
        (b'"reason":"timeout"', b'"reason":"<script>"', "sound"),
        (b'"state":"up"', b'"state":"sideways"', "sideways"),
        (b'"state":"up"', b'"state":["up"]', "state"),
        (b'"state":"up",', b"", "state"),
        (b'{"state":"up","ms":123,"code":200}', b"7", "not an object"),
        (b'"mail":', b'"api":', "twice"),
        (b'"api":', b'"a\\nb":', "no monitor id"),
        (b'"api":', b'"":', "no monitor id"),
        (b"2026-11-20T20:10:03Z", b"2026-11-20T20:10:03", "zone"),
        (b"2026-11-20T20:10:03Z", b"2026-02-30T20:10:03Z", "zone"),
        (b"2026-11-20T20:10:03Z", b"1969-12-31T23:59:59Z", "1970"),
        (b'"at":"2026-11-20T20:10:03Z"', b'"at":1795205403', "time"),
        (b'"net":"ok"', b'"net":"fine"', "net"),
        (b'"took":812', b'"took":"812"', "took"),
        (b'"round":"20261120T201003Z-github-8812-1"', b'"round":"a b"', "key"),
        (b'"vantage":"github"', b'"vantage":"a\\u0000"', "vantage"),
        (b'"vantage":"github",', b"", "vantage"),
        (b'"checks":{', b'"checks":[{', "JSON"),
        (b'{"v":1', b'["v",1', "JSON"),
        (b'{"v":1', b'\xff{"v":1', "UTF-8"),
        (b'{"v":1', b'\0{"v":1', "NUL"),
        (b'{"v":1', b'<<<<<<< HEAD{"v":1', "merge conflict"),
    ],
)
def test_anything_malformed_is_a_bad_line_with_its_reason(
    old: bytes, new: bytes, reason: str
) -> None:
    assert old in LINE
    read = read_line(LINE.replace(old, new, 1))
    assert isinstance(read, BadLine)
    assert reason in read.reason
    assert "\n" not in read.reason
    assert len(read.reason) < 400


@pytest.mark.parametrize(
    "raw", [b"", b"null", b"[" * 100_000, b'{"a":' * 100_000, b"x" * 10_000_000]
)
def test_hopeless_lines_do_not_raise(raw: bytes) -> None:
    assert isinstance(read_line(raw), BadLine)


@pytest.mark.parametrize(
    "wrong",
    [
        Round(key="a b", at=1, vantage="x"),
        Round(key="k", at=1, vantage=""),
        Round(key="k", at=1, vantage="x", checks={"a": Check(state=State.UP, ms=-1)}),
        Round(key="k", at=1, vantage="x", checks={"a": Check(state=State.UP, reason="HTTP 503")}),
        Round(key="k", at=1, vantage="x", net="perhaps"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(wrong: Round) -> None:
    with pytest.raises(ValueError, match="cannot be stored"):
        to_line(wrong)


ids = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(
    lambda text: text.isprintable() and text == text.strip()
)
checks = st.builds(
    Check,
    state=st.sampled_from(State),
    ms=st.none() | st.integers(0, 86_400_000),
    code=st.none() | st.integers(0, 65535),
    reason=st.none() | st.from_regex(r"[a-z][a-z0-9-]{0,30}", fullmatch=True),
    attempts=st.integers(1, 1000),
)
rounds = st.builds(
    Round,
    key=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,60}", fullmatch=True),
    at=st.integers(0, 4_102_444_799),
    vantage=ids,
    took_ms=st.integers(0, 86_400_000),
    net=st.sampled_from(["ok", "lost", "none"]),
    checks=st.dictionaries(ids, checks, max_size=5),
)


@given(rounds)
def test_every_round_survives_its_line(made: Round) -> None:
    line = to_line(made)
    assert read_line(line) == made
    assert line.isascii()
    assert line.count(b"\n") == 1
    assert b" " not in line.replace(made.vantage.encode(), b"") or " " in str(made.checks)


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_raise(raw: bytes) -> None:
    assert isinstance(read_line(raw), Round | BadLine)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.sampled_from(["v", "round", "at", "vantage", "took", "net", "checks"]), json_values)
def test_any_value_in_any_member_is_a_round_or_a_bad_line(name: str, value: object) -> None:
    members = json.loads(LINE)
    members[name] = value
    assert isinstance(read_line(json.dumps(members).encode()), Round | BadLine)


@given(st.sampled_from(["state", "ms", "code", "reason", "attempts"]), json_values)
def test_any_value_in_any_member_of_a_check_too(name: str, value: object) -> None:
    members = json.loads(LINE)
    members["checks"]["api"][name] = value
    assert isinstance(read_line(json.dumps(members).encode()), Round | BadLine)
