"""HTTP checks against real servers: what is expected, what is shown, what is sent."""

from __future__ import annotations

from typing import Any

import pytest

from tests.probe.rounds import AT, check, last, monitor, round_of, said
from tests.probe.servers import Farm, answer, by_path, in_turn, raw, redirect


def test_a_good_answer_is_up_with_its_code_and_phases(farm: Farm) -> None:
    checked = check(farm.start(answer(b"hello", delay=0.05)).url)
    assert (checked.state, checked.code, checked.reason, checked.attempts) == ("up", 200, None, 1)
    timings = last(checked).timings
    assert timings.total is not None
    assert timings.first_byte is not None
    assert checked.ms is not None
    assert checked.ms >= 50
    assert timings.first_byte >= 50
    parts = (timings.dns or 0) + (timings.connect or 0) + (timings.tls or 0) + timings.first_byte
    assert parts == pytest.approx(timings.total)
    assert timings.tls is None


@pytest.mark.parametrize(
    ("status", "expected", "state"),
    [
        (200, ["200-299"], "up"),
        (204, ["2xx"], "up"),
        (301, ["200", "3XX"], "up"),
        (503, ["200-299", "503"], "up"),
        (503, ["200-299"], "down"),
        (299, ["200-298"], "down"),
        (999, ["200-299"], "down"),
    ],
)
def test_the_final_status_decides(farm: Farm, status: int, expected: list[str], state: str) -> None:
    checked = check(farm.start(answer(b"", status)).url, expect={"status": expected})
    assert checked.state == state
    assert checked.code == status
    if state == "down":
        assert said(checked) == f"down status: HTTP {status}, expected {', '.join(expected)}"


def test_d0h_a_slow_good_answer_is_degraded(farm: Farm) -> None:
    checked = check(farm.start(answer(delay=0.06)).url, expect={"max_time": "50ms"})
    assert (checked.state, checked.reason) == ("degraded", "slow")
    assert last(checked).detail == f"took {checked.ms} ms, allowed 50 ms (max_time)"


def test_d0g_a_slow_error_is_down(farm: Farm) -> None:
    url = farm.start(answer(b"", 500, delay=0.06)).url
    assert said(check(url, expect={"max_time": "50ms"})).startswith("down status: HTTP 500")


def test_d0a_retries_with_fresh_connections_until_the_first_success(farm: Farm) -> None:
    served = farm.start(in_turn(answer(b"", 500), raw(b""), answer()))
    checked = check(served.url, retries=(1, 1))
    assert (checked.state, checked.attempts, served.connections) == ("up", 3, 3)
    assert [attempt.reason for attempt in checked.tries] == ["status", "protocol", None]


@pytest.mark.parametrize(
    ("expect", "outcome"),
    [
        ({"body_contains": "state: fine"}, "up -"),
        ({"body_contains": ["state", "gone"]}, "down body: the body, read as utf-8, lacks 'gone'"),
        ({"body_lacks": "gone"}, "up -"),
        ({"body_lacks": ["gone", "fine"]}, "down body: the body holds 'fine'"),
        ({"body_matches": r"st\w+: f"}, "up -"),
        (
            {"body_matches": "^fine"},
            "down body: nothing in the body, read as utf-8, matches '^fine'",
        ),
        ({"degraded_if_body_contains": "fine"}, "degraded body: the body holds 'fine'"),
        (
            {"degraded_if_body_lacks": "gone"},
            "degraded body: the body, read as utf-8, lacks 'gone'",
        ),
        (
            {"degraded_if_body_contains": "fine", "body_lacks": "fine"},
            "down body: the body holds 'fine'",
        ),
    ],
)
def test_body_rules(farm: Farm, expect: dict[str, object], outcome: str) -> None:
    assert said(check(farm.start(answer(b"state: fine")).url, expect=expect)) == outcome


def test_body_rules_may_see_the_status_lines_and_headers_of_every_hop(farm: Farm) -> None:
    served = farm.start(by_path({"/": redirect("/two"), "/two": answer(b"end")}))
    for text in ("302 OK", "Location: /two", "HTTP/1.1 200", "end"):
        expect = {"body_contains": text}
        assert check(served.url + "/", expect=expect, match_headers=True).state == "up", text
    assert check(served.url + "/", expect={"body_contains": "302 OK"}).state == "down"


def test_a_body_is_read_only_where_a_rule_looks_at_it(farm: Farm) -> None:
    url = farm.start(raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")).url
    assert said(check(url)) == "up -"
    outcome = said(check(url, expect={"body_contains": "short"}))
    assert outcome == "down protocol: the body ended early"
    empty = farm.start(raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")).url
    assert said(check(empty)) == "up -: the body ended early"


def test_method_headers_body_and_agent_are_sent_with_secrets_filled_in(farm: Farm) -> None:
    served = farm.start(answer())
    options: dict[str, Any] = {
        "method": "POST",
        "headers": {"Authorization": "Bearer $TOKEN", "X-Extra": "1"},
        "body": "key=${KEY}",
        "user_agent": "probe/1",
    }
    environ = {"TOKEN": "t0ps3cret", "KEY": "k", "HTTP_PROXY": "http://127.0.0.1:1"}
    checked = round_of(monitor(served.url + "/$TOKEN?q", **options), environ=environ).checks["m"]
    assert checked.state == "up"
    (request,) = served.requests
    assert request.line == "POST /t0ps3cret?q HTTP/1.1"
    assert request.headers["authorization"] == "Bearer t0ps3cret"
    assert request.headers["user-agent"] == "probe/1"
    assert request.headers["accept-encoding"] == "gzip, deflate"
    assert request.body == b"key=k"


def test_userinfo_becomes_basic_authentication(farm: Farm) -> None:
    served = farm.start(answer())
    url = served.url.replace("http://", "http://user:pass@")
    assert check(url).state == "up"
    assert served.requests[0].headers["authorization"] == "Basic dXNlcjpwYXNz"


def test_an_unset_secret_is_the_checkers_fault_and_sends_nothing(farm: Farm) -> None:
    served = farm.start(answer())
    checked = check(served.url, headers={"X-Key": "$KEY_A"}, body="$KEY_B")
    assert said(checked) == "unknown checker: $KEY_A and $KEY_B are not set"
    assert served.connections == 0


@pytest.mark.parametrize("secret", ["a\r\nX-Evil: 1", "a\rb", "naïve"])
def test_t18_a_secret_that_breaks_a_header_is_not_sent(farm: Farm, secret: str) -> None:
    served = farm.start(answer())
    one = monitor(served.url, headers={"X-Key": "$KEY"})
    checked = round_of(one, environ={"KEY": secret}).checks["m"]
    assert said(checked).startswith("unknown checker: the header X-Key holds a line break")
    assert served.connections == 0


def test_upptimes_generated_names_differ_between_attempts(farm: Farm) -> None:
    served = farm.start(answer(b"", 500))
    url = served.url + "/$DYNAMIC_ALPHANUMERIC_STRING?$DYNAMIC_RANDOM_NUMBER"
    check(url, retries=(1,))
    first, second = (request.path for request in served.requests)
    assert first != second
    assert "$" not in first


@pytest.mark.parametrize(
    ("status", "headers", "reason"),
    [
        (403, {"cf-mitigated": "challenge"}, "blocked"),
        (429, {"x-vercel-mitigated": "challenge"}, "blocked"),
        (503, {"x-amzn-waf-action": "captcha"}, "blocked"),
        (403, {"server": "cloudflare"}, "status"),
        (500, {"cf-mitigated": "challenge"}, "status"),
    ],
)
def test_f57_a_challenge_is_called_blocked(
    farm: Farm, status: int, headers: dict[str, str], reason: str
) -> None:
    checked = check(farm.start(answer(b"", status, headers)).url)
    assert (checked.state, checked.reason) == ("down", reason)


def test_head_needs_no_body(farm: Farm) -> None:
    assert check(farm.start(answer(b"body")).url, method="HEAD").state == "up"


def test_no_cookie_goes_from_one_check_to_another(farm: Farm) -> None:
    served = farm.start(answer(headers={"Set-Cookie": "session=1; Path=/"}))
    round_of(monitor(served.url, "a"), monitor(served.url, "b"))
    assert all("cookie" not in request.headers for request in served.requests)
    assert len(served.requests) == 2


def test_the_round_has_the_shape_that_history_stores(farm: Farm) -> None:
    ran = round_of(monitor(farm.start(answer()).url, "z"), monitor("tcp://127.0.0.1:9", "a"))
    assert ran.key == "20261120T201003Z-here-1-1"
    assert (ran.at, ran.vantage, ran.net, list(ran.checks)) == (AT, "here", "none", ["z", "a"])
