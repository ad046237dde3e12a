"""Others asked to look: what is sent, what answers mean, and faults that are no opinion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from statusgen.base.secrets import Template
from statusgen.base.states import State
from statusgen.config.outside import Globalping
from statusgen.config.settings import Monitor
from statusgen.probe import globalping
from statusgen.probe.globalping import Asked, Purse, ask_all, question
from statusgen.probe.kinds import KINDS
from statusgen.probe.round import Check
from tests.probe.globalping_double import (
    FAILED,
    OFFLINE,
    GlobalpingDouble,
    dns_result,
    http_result,
    ping_result,
)

SILENT = Check(state=State.DOWN, reason="timeout")


def monitor(url: str, **options: Any) -> Monitor:
    kind = next(each for each in KINDS if url.partition(":")[0] in each.schemes)
    return Monitor(
        id="api", name="API", kind=kind.name, url=Template(url),
        options=kind.options.model_validate(options),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(globalping, "PAUSE_S", 0.01)


@pytest.fixture
def double() -> Iterator[GlobalpingDouble]:
    with GlobalpingDouble().running() as made:
        yield made


def asked(
    double: GlobalpingDouble, url: str = "https://shop.example/pay?x=1", *, purse: int = 250,
    patience: float = 5.0, failed: Check | None = SILENT, **options: Any,
) -> Asked:  # fmt: skip
    each = question(monitor(url, **options), {}, failed=failed)
    assert each is not None
    told = Globalping(url=double.url, places=("DE", "US+datacenter-network"))
    found = ask_all([each], told, Purse(purse), token="secret-token", patience_s=patience)
    assert not double.refused
    return found


def test_http_is_asked_by_host_path_and_query_and_nothing_else(double: GlobalpingDouble) -> None:
    found = asked(double)

    assert double.asked == [
        {
            "type": "http",
            "target": "shop.example",
            "limit": 5,
            "locations": [{"magic": "DE"}, {"magic": "US+datacenter-network"}],
            "measurementOptions": {
                "protocol": "HTTPS",
                "port": 443,
                "request": {"method": "GET", "path": "/pay", "query": "x=1"},
            },
        }
    ]
    assert double.tokens == ["Bearer secret-token"]
    assert found.checks["api"] == Check(state=State.UP, ms=120, code=200, places=(5, 5))
    assert not found.notes


@pytest.mark.parametrize(
    ("url", "results", "expected"),
    [
        ("tcp://db.example:5432", [ping_result(3)], (State.UP, (5, 5))),
        ("tcp://db.example:5432", [ping_result(0)], (State.DOWN, (0, 5))),
        ("dns:///shop.example?type=MX", [dns_result("10 mail")], (State.UP, (5, 5))),
        ("dns://8.8.8.8/shop.example", [dns_result()], (State.DOWN, (0, 5))),
        ("https://a.example", [http_result(200)] * 3 + [FAILED] * 2, (State.UP, (3, 5))),
        ("https://a.example", [http_result(200)] * 2 + [FAILED] * 3, (State.PARTIAL, (2, 5))),
        ("https://a.example", [FAILED], (State.DOWN, (0, 5))),
        ("https://a.example", [http_result(503)], (State.DOWN, (0, 5))),
        ("https://a.example", [http_result(200), *[OFFLINE] * 4], (State.UP, (1, 1))),
        ("https://a.example", [http_result(404)], (State.UP, (5, 5))),
    ],
)
def test_probes_vote(
    double: GlobalpingDouble, url: str, results: list[Any], expected: tuple[State, object]
) -> None:
    double.results = results

    check = asked(double, url).checks["api"]

    assert (check.state, check.places) == expected


def test_where_an_answer_was_wrong_here_only_a_right_one_speaks_against_it(
    double: GlobalpingDouble,
) -> None:
    double.results = [http_result(404)]

    found = asked(double, failed=Check(state=State.DOWN, reason="status", code=500))

    assert found.checks["api"].state is State.DOWN


@pytest.mark.parametrize(
    ("results", "body"),
    [
        ([], None),
        ([OFFLINE], None),
        ([http_result(301)], None),
        ([{"status": "finished"}], None),
        ([{"status": "finished", "statusCode": "200 <script>"}], None),
        ([{"status": "finished", "statusCode": 1e300, "timings": []}], None),
        ([None], None),
        ([["x"] * 3], None),
        (None, b'{"status": "finished", "resu'),
        (None, b"<html>\x1b[2J::warning::x</html>"),
        (None, b"[" * 100_000),
        (None, b'{"status": "finished", "results": {"a": 1}}'),
        (None, b"x" * 2_000_000),
        (None, b""),
    ],
)
def test_what_cannot_be_read_is_no_opinion(
    double: GlobalpingDouble, results: list[Any] | None, body: bytes | None
) -> None:
    double.results, double.body = results or [], body

    found = asked(double)

    assert found.checks == {}
    assert all(note.isprintable() and "script" not in note for note in found.notes)


@pytest.mark.parametrize("status", [400, 401, 422, 500, 502, 503])
def test_an_api_that_refuses_is_no_opinion(double: GlobalpingDouble, status: int) -> None:
    double.status = status

    found = asked(double)

    assert found.checks == {}
    assert found.notes == [f"api: 127.0.0.1 answered HTTP {status}"]


def test_one_that_never_ends_is_judged_by_nobody_in_bounded_time(double: GlobalpingDouble) -> None:
    double.looks = 10_000

    assert asked(double, patience=0.2).checks == {}


def test_nobody_there_is_no_opinion() -> None:
    each = question(monitor("https://a.example"), {})
    assert each is not None

    found = ask_all([each], Globalping(url="http://127.0.0.1:1"), Purse(250))

    assert found.checks == {}
    assert len(found.notes) == 1


def test_the_limit_that_is_left_is_not_passed(double: GlobalpingDouble) -> None:
    many = [
        question(Monitor(id=f"m{n}", name="M", kind="http", url=Template("https://a.example"),
                         options=monitor("https://a.example").options), {})
        for n in range(6)
    ]  # fmt: skip

    found = ask_all([each for each in many if each], Globalping(url=double.url), Purse(23))

    assert len(double.asked) == 4
    assert len(found.checks) == 4
    assert found.notes == ["the limit of tests an hour is reached"]


def test_429_ends_the_asking_and_says_until_when(double: GlobalpingDouble) -> None:
    double.remaining = 3

    found = asked(double)

    assert found.checks == {}
    assert found.notes == ["its limit is reached; free in 1800 s"]


@pytest.mark.parametrize(
    "url",
    [
        "https://$HOST/", "http://127.0.0.1/", "http://10.1.2.3/", "http://[::1]/",
        "http://printer/", "http://wiki.internal/", "tcp://db.local:1", "dns:///localhost",
        "ws://a.example/",
    ],
)  # fmt: skip
def test_what_only_we_may_know_is_not_asked_of_strangers(url: str) -> None:
    assert question(monitor(url), {"HOST": "a.example"}) is None


@pytest.mark.parametrize(
    "options",
    [{"method": "POST"}, {"headers": {"Authorization": "Bearer $T"}}, {"body": "{}"}],
)
def test_a_request_that_cannot_be_repeated_by_others_is_not(options: dict[str, Any]) -> None:
    assert question(monitor("https://a.example", **options), {}) is None


@pytest.mark.parametrize("reason", ["body", "certificate"])
def test_what_probes_do_not_look_at_they_are_not_asked(reason: str) -> None:
    failed = Check(state=State.DOWN, reason=reason, code=200)

    assert question(monitor("https://a.example"), {}, failed=failed) is None
