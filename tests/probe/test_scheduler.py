"""Rounds as a whole: bounds, faults of our own, what is told while they run, and how they end."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from statusgen.probe.kinds.tcp import TCP
from statusgen.probe.round import Check, round_key
from tests.probe.rounds import AT, check, last, monitor, round_of, said
from tests.probe.servers import Farm, Request, answer, hang, in_turn, raw

ROOT = Path(__file__).parents[2]


def test_a_round_without_monitors_is_a_round() -> None:
    ran = round_of()
    assert (dict(ran.checks), ran.net) == ({}, "none")


def test_the_deadline_bounds_attempts_and_delays(farm: Farm) -> None:
    served = farm.start(hang())
    checked = check(served.url, timeout_ms=200, deadline_ms=350, retries=(10, 10, 10))
    assert (checked.state, checked.reason) == ("down", "timeout")
    assert checked.attempts == 2
    assert last(checked).detail is not None
    assert "no answer within 200 ms" not in str(last(checked).detail), "cut short by the deadline"
    alone = check(served.url, timeout_ms=5000, deadline_ms=200)
    assert said(alone) == "down timeout: no answer within 200 ms: waiting for an answer"


def test_a_delay_that_the_deadline_does_not_allow_is_not_waited_for(farm: Farm) -> None:
    checked = check(farm.start(raw(b"")).url, deadline_ms=5000, retries=(3_600_000,))
    assert (checked.state, checked.attempts) == ("down", 1)


def test_given_delays_stand_in_for_every_monitors_own(farm: Farm) -> None:
    served = farm.start(raw(b""))
    one = monitor(served.url, retries=(3_600_000,), deadline_ms=10_000_000)
    assert round_of(one, retry_delays_ms=[1, 1]).checks["m"].attempts == 3
    assert round_of(one, retry_delays_ms=[]).checks["m"].attempts == 1


def test_an_exception_of_our_own_costs_one_check_and_leaks_no_secret(
    farm: Farm, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("cannot do hunter2 here")

    monkeypatch.setattr(TCP, "attempt", broken)
    good = farm.start(answer()).url
    ran = round_of(
        monitor("tcp://$HOST:1", "broken"), monitor(good, "good"), environ={"HOST": "hunter2"}
    )
    outcome = said(ran.checks["broken"])
    assert outcome == "unknown checker: RuntimeError: cannot do [redacted] here"
    assert ran.checks["good"].state == "up"


def test_what_is_unfinished_when_the_round_must_end_is_unknown(farm: Farm) -> None:
    ran = round_of(
        monitor(farm.start(hang()).url, "late"),
        monitor(farm.start(answer()).url, "early"),
        round_limit_ms=300,
    )
    assert (ran.checks["late"].state, ran.checks["late"].reason) == ("unknown", "checker")
    assert ran.checks["early"].state == "up"


def test_each_result_is_told_once_as_it_is_settled(farm: Farm) -> None:
    told: list[tuple[str, Check]] = []
    url = farm.start(answer()).url
    monitors = [
        monitor("tcp://127.0.0.1:9", "down"),
        monitor(url, "up"),
        monitor("$X", "x", kind="http"),
    ]
    ran = round_of(*monitors, on_check=lambda name, done: told.append((name, done)))
    assert dict(told) == dict(ran.checks)
    assert len(told) == 3


def test_hanging_services_do_not_hold_up_the_rest(farm: Farm) -> None:
    fine = farm.start(answer())

    async def after_the_others(request: Request, writer: asyncio.StreamWriter) -> None:
        while len(fine.requests) < 20:
            await asyncio.sleep(0.01)
        await answer()(request, writer)

    stuck = farm.start(after_the_others)
    monitors = [monitor(stuck.url, f"stuck{n}") for n in range(4)]
    monitors += [monitor(fine.url, f"fine{n}") for n in range(20)]
    ran = round_of(*monitors, concurrency=2)
    assert {done.state.value for done in ran.checks.values()} == {"up"}


def test_no_more_than_allowed_are_in_flight(farm: Farm) -> None:
    flying = most = 0
    calm = answer(delay=0.02)

    async def count(request: object, writer: object) -> None:
        nonlocal flying, most
        flying += 1
        most = max(most, flying)
        await calm(request, writer)  # type: ignore[arg-type]
        flying -= 1

    url = farm.start(count).url
    round_of(*(monitor(url, f"m{n}") for n in range(30)), concurrency=3)
    assert 1 < most <= 3


def test_degraded_is_an_answer_and_not_tried_again(farm: Farm) -> None:
    served = farm.start(in_turn(answer(delay=0.03), answer()))
    checked = check(served.url, retries=(1,), expect={"max_time": "20ms"})
    assert (checked.state, checked.attempts, served.connections) == ("degraded", 1, 1)


@pytest.mark.parametrize(
    ("vantage", "run_id", "key"),
    [
        ("github", "8812", "20261120T201003Z-github-8812-1"),
        ("a b/é", "x\n:y", "20261120T201003Z-a_b__-x__y-1"),
    ],
)
def test_round_keys_are_safe_in_a_path_and_a_line(vantage: str, run_id: str, key: str) -> None:
    assert round_key(AT, vantage, run_id, 1) == key


_HANGING = """
import signal, sys
from statusgen.probe import pattern as bounded
from tests.probe.rounds import monitor, round_of
bounded.LIMIT_S = 3600
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where a shell runs us aside
print("ready", flush=True)
pattern = {"body_matches": "(a+)+$"}
limits = {"timeout_ms": 3_600_000, "deadline_ms": 3_600_000}
round_of(monitor(sys.argv[1], "hang", **limits), monitor(sys.argv[2], "slow", expect=pattern))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_round_at_once(farm: Farm, number: signal.Signals) -> None:
    served = farm.start(hang())
    explosive = farm.start(answer(b"a" * 5000 + b"!"))
    command = [sys.executable, "-c", _HANGING, served.url, explosive.url]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, env=environ
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        while not served.connections:  # the round is under way once it has connected
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(number)
        try:
            # The worker's search would run for years: only the signal ends the round this soon.
            process.wait(20)
        finally:
            process.kill()
    assert process.returncode in (-number, 1, 130)


_IMPORTS = """
import sys
import statusgen.probe.kinds, statusgen.probe.round
early = {"httpx", "httpcore", "asyncio", "certifi"} & set(sys.modules)
import statusgen.probe.scheduler
late = {"httpx", "mkdocs", "matplotlib", "jinja2"} & set(sys.modules)
print(sorted(early), sorted(late))
"""


def test_the_kinds_alone_import_no_network() -> None:
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _IMPORTS]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] []"
