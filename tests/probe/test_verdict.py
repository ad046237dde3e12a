"""The decision vectors of one round, and what must hold for any row of attempts.

D0a to D0k of content/reference/states-and-uptime.md. What a person says of an incident (D0m) lies
over what the probe records: tests/status/test_overall.py.
"""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statusgen.base.states import Reason, State
from statusgen.probe.canary import Answers, net_ok
from statusgen.probe.round import Attempt, Timings
from statusgen.probe.verdict import decide, is_mass_failure, registrable

FAIL = Attempt(state=State.DOWN, reason=Reason.TIMEOUT, timings=Timings(total=10_000.4))
OK = Attempt(state=State.UP, code=200, timings=Timings(total=12.6))
SLOW = Attempt(state=State.DEGRADED, reason=Reason.SLOW, code=200, timings=Timings(total=9000))
SLOW_500 = Attempt(state=State.DOWN, reason=Reason.STATUS, code=500, timings=Timings(total=9000))
CERTIFICATE = Attempt(state=State.DEGRADED, reason=Reason.CERTIFICATE, certificate_days=6)
EXPIRED = Attempt(state=State.DOWN, reason=Reason.CERTIFICATE)
DNS = Attempt(state=State.DOWN, reason=Reason.DNS)
NO_IPV6 = Attempt(state=State.UNKNOWN, reason=Reason.NO_IPV6)


def canaries(*answers: bool, named: int = 1) -> Answers:
    """Make answers of which the first ``named`` come from canaries with a name."""
    ok = {f"c{index}": answer for index, answer in enumerate(answers)}
    return Answers(ok=ok, named=frozenset(list(ok)[:named]))


GOOD, BAD, NONE = canaries(True, True, True), canaries(True, False, False), Answers()
NO_DNS = canaries(False, True, True)


@pytest.mark.parametrize(
    ("tries", "before", "after", "state", "reason"),
    [
        pytest.param([FAIL, FAIL, OK], GOOD, GOOD, "up", None, id="D0a"),
        pytest.param([FAIL] * 3, GOOD, GOOD, "down", "timeout", id="D0b"),
        pytest.param([FAIL] * 3, BAD, BAD, "unknown", "vantage", id="D0c"),
        pytest.param([FAIL] * 3, GOOD, BAD, "unknown", "vantage", id="D0d"),
        pytest.param([FAIL] * 3, BAD, GOOD, "unknown", "vantage", id="D0d, the other way"),
        pytest.param([SLOW_500] * 3, GOOD, GOOD, "down", "status", id="D0g"),
        pytest.param([SLOW], GOOD, GOOD, "degraded", "slow", id="D0h"),
        pytest.param([CERTIFICATE], GOOD, GOOD, "degraded", "certificate", id="D0i"),
        pytest.param([EXPIRED], GOOD, GOOD, "down", "certificate", id="D0i, expired"),
        pytest.param([DNS] * 3, GOOD, GOOD, "down", "dns", id="D0j"),
        pytest.param([DNS] * 3, NO_DNS, NO_DNS, "unknown", "vantage", id="D0j, our DNS is bad"),
        pytest.param([DNS] * 3, GOOD, NO_DNS, "unknown", "vantage", id="D0j, bad afterwards"),
        pytest.param(
            [FAIL] * 3, NO_DNS, NO_DNS, "down", "timeout", id="bad DNS excuses no timeout"
        ),
        pytest.param([NO_IPV6], GOOD, GOOD, "unknown", "no-ipv6", id="D0k"),
        pytest.param([FAIL] * 3, NONE, NONE, "down", "timeout", id="no canaries excuse nothing"),
        pytest.param([], GOOD, GOOD, "unknown", "checker", id="never tried"),
    ],
)
def test_vectors(
    tries: list[Attempt],
    before: Answers,
    after: Answers,
    state: Literal["up", "down", "degraded", "unknown"],
    reason: str | None,
) -> None:
    check = decide(tries, net_ok(tries, before, after))
    assert (check.state, check.reason, check.attempts) == (state, reason, len(tries))
    assert check.tries == tuple(tries)


def test_d0a_keeps_the_last_attempts_time_and_code() -> None:
    check = decide([FAIL, FAIL, OK], None)
    assert (check.ms, check.code, check.attempts) == (13, 200, 3)
    assert decide([FAIL], True).ms == 10_000
    assert decide([FAIL], False).ms is None


@pytest.mark.parametrize(
    ("before", "after", "mass", "trusted"),
    [
        pytest.param(GOOD, GOOD, True, True, id="D0e: all down, canaries fine twice"),
        pytest.param(GOOD, canaries(True, True, False), True, False, id="mass, some doubt"),
        pytest.param(GOOD, canaries(True, True, False), False, True, id="no mass, two of three"),
        pytest.param(canaries(True), canaries(True), False, True, id="one canary, fine"),
        pytest.param(canaries(True), canaries(False), False, False, id="one canary, gone"),
        pytest.param(canaries(True, False), GOOD, False, False, id="both of two are needed"),
        pytest.param(NONE, NONE, True, None, id="none configured"),
    ],
)
def test_quorum(before: Answers, after: Answers, mass: bool, trusted: bool | None) -> None:
    assert net_ok([FAIL], before, after, mass=mass) is trusted


@pytest.mark.parametrize(
    ("down", "up", "hosts", "mass"),
    [
        (6, 0, ["a.example", "b.example"], True),
        (4, 1, ["a.example", "b.example"], True),
        (3, 2, ["a.example", "b.example"], False),
        (4, 0, ["a.example", "b.example"], False),
        (6, 0, ["a.example", "www.a.example"], False),
        (6, 0, ["10.0.0.1", "10.0.0.2"], True),
    ],
)
def test_mass_rule(down: int, up: int, hosts: list[str], mass: bool) -> None:
    failed = {f"m{index}": index < down for index in range(down + up)}
    where = {name: hosts[index % len(hosts)] for index, name in enumerate(failed)}
    assert is_mass_failure(failed, where) is mass


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.example.com", "example.com"),
        ("example.com.", "example.com"),
        ("a.b.example.co.uk", "example.co.uk"),
        ("www.example.de", "example.de"),
        ("localhost", "localhost"),
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_registrable(host: str, domain: str) -> None:
    assert registrable(host) == domain


ATTEMPTS = st.builds(
    Attempt,
    state=st.sampled_from([State.UP, State.DEGRADED, State.DOWN, State.UNKNOWN]),
    reason=st.none() | st.sampled_from(list(Reason)),
    timings=st.builds(Timings, total=st.none() | st.floats(0, 60_000)),
)
ANSWERS = st.lists(st.booleans(), max_size=5).map(lambda answers: canaries(*answers))


@given(st.lists(ATTEMPTS, min_size=1, max_size=5), ANSWERS, ANSWERS, st.booleans())
def test_a_check_is_down_only_where_the_last_attempt_was(
    tries: list[Attempt], before: Answers, after: Answers, mass: bool
) -> None:
    trusted = net_ok(tries, before, after, mass=mass)
    check = decide(tries, trusted)
    if tries[-1].state is State.DOWN:
        assert check.state is (State.UNKNOWN if trusted is False else State.DOWN)
    else:
        assert (check.state, check.reason) == (tries[-1].state, tries[-1].reason)
    assert check.state is not State.UNKNOWN or check.ms is None


@given(st.lists(st.booleans(), min_size=1, max_size=6), st.integers(0, 5))
def test_one_more_canary_that_answers_never_lowers_trust(answers: list[bool], index: int) -> None:
    fewer = canaries(*answers)
    better = list(answers)
    better[index % len(better)] = True
    more = canaries(*better)
    if net_ok([DNS], fewer, fewer):
        assert net_ok([DNS], more, more)
