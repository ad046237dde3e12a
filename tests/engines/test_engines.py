"""Engines of others: what of their answers becomes rounds, and what of hostile ones does not."""

from __future__ import annotations

import json
import resource
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from statusgen.base.clock import format_instant, parse_instant
from statusgen.base.errors import InputError
from statusgen.run.engines import Read, read_engines
from statusgen.run.site import Site
from tests.cli.harness import statusgen, write_config
from tests.engines.double import EngineDouble, matrix

NOW = parse_instant("2026-03-20T12:00:00Z")
MONITORS = (
    "monitors:\n- {id: api, name: Public API, url: 'https://a.example/'}\n"
    "- {id: web, name: Web, url: 'https://w.example', group: Front}\n"
)


def site(folder: Path, engine: str) -> Path:
    write_config(folder, f"site: {{name: S}}\ncanaries: []\nengine: {{{engine}}}\n{MONITORS}")
    return folder


def read(folder: Path, now: int = NOW, **environ: str) -> Read:
    return read_engines(
        Site(config=folder / "data/status.yml", history=folder / "data/history", given_now=now),
        now=now, environ=environ,
    )  # fmt: skip


def stored(folder: Path) -> list[tuple[int, str, dict[str, str]]]:
    """Seconds after an hour before NOW, vantage, states."""
    found = []
    for path in sorted((folder / "data/history").glob("2*/*/*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            one = json.loads(line)
            states = {name: check["state"] for name, check in one["checks"].items()}
            found.append((parse_instant(one["at"]) - NOW + 3600, one["vantage"], states))
    return found


def prom(
    series: Callable[[str], list[tuple[dict[str, Any], Callable[[int], float | None]]]],
) -> Callable[[str, dict[str, str]], tuple[int, bytes]]:
    """Return a Prometheus: for each query, label sets and their value at a moment."""

    def answer(path: str, query: dict[str, str]) -> tuple[int, bytes]:
        assert path == "/api/v1/query_range"
        moments = range(int(query["start"]), int(query["end"]) + 1, int(query["step"]))
        assert len(moments) <= 11_000
        asked = query["query"]
        plain = asked[len("timestamp(") : -1] if asked.startswith("timestamp(") else asked
        found = []
        for labels, value in series(plain):
            pairs = [(at, value(at)) for at in moments]
            if plain != asked:
                pairs = [(at, None if said is None else at) for at, said in pairs]
            found.append((labels, [[at, str(said)] for at, said in pairs if said is not None]))
        return 200, matrix(*found)

    return answer


def test_stale_series_are_unknown_and_silence_is_no_round(tmp_path: Path) -> None:
    start = NOW - 3600

    def series(query: str) -> list[tuple[dict[str, Any], Callable[[int], float | None]]]:
        if query != 'probe_success{job="bb"}':
            return []
        return [
            ({"instance": "https://a.example"}, lambda at: None if 1200 < at - start < 2100 else 1),
            ({"instance": "https://w.example/"}, lambda at: (at - start > 1500) * 1.0
             if not 1800 <= at - start < 2100 else None),
        ]  # fmt: skip

    with EngineDouble(prom(series)).running() as double:
        folder = site(
            tmp_path,
            f"prometheus: {{url: '{double.url}', since: 1h, match: 'job=\"bb\"', token: $T}}",
        )
        first = read(folder, T="s3cret")
        double.asked.clear()
        later = read(folder, NOW + 600, T="s3cret")

    states = {at: checked for at, _, checked in stored(folder)}
    assert states[1200] == {"api": "up", "web": "down"}
    assert states[1500] == {"api": "unknown", "web": "down"}
    assert 1800 not in states
    assert states[2100] == {"api": "up", "web": "up"}
    assert {vantage for _, vantage, _ in stored(folder)} == {"prometheus"}
    assert (first.count, later.count) == (11, 2)
    assert int(double.asked[0][1]["start"]) >= NOW - 600  # what is stored is not asked for again
    assert set(double.tokens) == {"Bearer s3cret"}


def constant(value: float, at: int) -> float:
    return value


def test_instances_and_labels_are_vantages_and_their_word_is_joined(tmp_path: Path) -> None:
    def one(query: str) -> list[tuple[dict[str, Any], Callable[[int], float | None]]]:
        places = [("fra", 1.0), ("us east", 0.0)]
        return [
            ({"instance": "https://a.example", "vantage": place}, partial(constant, value))
            for place, value in places
            if query == "probe_success"
        ]

    def two(query: str) -> list[tuple[dict[str, Any], Callable[[int], float | None]]]:
        return [({"monitor": "api"}, lambda at: 1.0)] if query == "probe_success" else []

    with EngineDouble(prom(one)).running() as first, EngineDouble(prom(two)).running() as second:
        folder = site(
            tmp_path,
            f"prometheus: [{{url: '{first.url}', since: 10m}}, "
            f"{{url: '{second.url}', since: 10m, vantage: tokyo}}]",
        )
        read(folder)

    assert {vantage for _, vantage, _ in stored(folder)} == {"fra", "us-east", "tokyo"}
    found = statusgen(folder, "status", "--json", "--now", format_instant(NOW)).json
    assert "partial" in json.dumps(found)


def test_figures_make_it_degraded_and_any_query_will_do(tmp_path: Path) -> None:
    values = {
        "probe_success": ("https://w.example", 1.0),
        "probe_duration_seconds": ("https://w.example", 0.25),
        "probe_http_status_code": ("https://w.example", 204.0),
        "probe_ssl_earliest_cert_expiry": ("https://w.example", NOW + 86_400.0),
        'avg(up{job="api"})': ("", 0.5),
    }

    def series(query: str) -> list[tuple[dict[str, Any], Callable[[int], float | None]]]:
        if query not in values:
            return []
        instance, value = values[query]
        return [({"instance": instance}, lambda at: value)]

    with EngineDouble(prom(series)).running() as double:
        folder = site(
            tmp_path,
            f"prometheus: {{url: '{double.url}', since: 5m, "
            "monitors: {api: 'avg(up{job=\"api\"})'}}",
        )
        read(folder)

    [line] = next((folder / "data/history").glob("2*/*/*.jsonl")).read_text().splitlines()
    assert json.loads(line)["checks"] == {
        "api": {"state": "partial"},
        "web": {"state": "degraded", "ms": 250, "code": 204, "reason": "certificate"},
    }


HOSTILE = [
    b"", b"<html>", b"[]", b"null", b"{", b'{"status":"success"}', b"[" * 200_000,
    b'{"status":"success","data":{"result":{}}}',
    matrix(({"instance": "https://a.example"}, [[NOW, "1"]]))[:-20],
]  # fmt: skip
ODD = [
    matrix((["x"], [[NOW, "1"]])),  # type: ignore[arg-type]
    matrix(({"instance": ["a"]}, [[NOW, "1"]])),
    matrix(({"instance": "https://a.example"}, [[NOW, "1" * 400], [None], "ab", {}, [NOW, "x"]])),
    matrix(({"instance": "https://a.example"}, [[1e300, "1"], ["nan", "1"], [NOW + 7, "1"]])),
    matrix(({"instance": "\x1b[2J<script>"}, [[NOW, "1"]])),
]


@pytest.mark.parametrize("body", HOSTILE)
def test_an_answer_that_is_none_is_told_with_its_place_and_stores_nothing(
    tmp_path: Path, body: bytes
) -> None:
    with EngineDouble(lambda path, query: (200, body)).running() as double:
        folder = site(tmp_path, f"prometheus: {{url: '{double.url}', since: 10m}}")
        found = read(folder)

    assert stored(folder) == []
    [fault] = found.faults
    assert "data/status.yml:3:22: engine.prometheus: the answer is not" in fault


@pytest.mark.parametrize("body", ODD)
def test_odd_members_are_left_out(tmp_path: Path, body: bytes) -> None:
    with EngineDouble(lambda path, query: (200, body)).running() as double:
        folder = site(tmp_path, f"prometheus: {{url: '{double.url}', since: 10m}}")
        found = read(folder)

    assert stored(folder) == []
    assert all(note.isprintable() for note in (*found.notes, *found.faults))


def test_more_than_is_read_is_asked_for_in_smaller_pages_then_told(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with EngineDouble(lambda path, query: (200, b" " * 17_000_000)).running() as double:
        folder = site(tmp_path, f"prometheus: {{url: '{double.url}', since: 2d}}")
        found = read(folder)

    spans = [int(query["end"]) - int(query["start"]) for _, query in double.asked]
    assert spans == sorted(spans, reverse=True)
    assert spans == [87_000, 22_200, 6_000, 1_800]
    assert "larger than" in found.faults[0]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000  # kB


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (400, b'{"status":"error","error":"parse error: unexpected \\u001b"}', "mend the query"),
        (401, b"", "write `token: $NAME`"),
    ],
)
def test_what_the_operator_can_mend_is_an_error_with_its_place(
    tmp_path: Path, status: int, body: bytes, expected: str
) -> None:
    with EngineDouble(lambda path, query: (status, body)).running() as double:
        folder = site(tmp_path, f"prometheus: {{url: '{double.url}'}}")
        done = statusgen(folder, "check")

    assert done.code == 2
    assert done.err.startswith("error: data/status.yml:3:22: engine.prometheus: ")
    assert expected in done.err


def test_a_secret_that_is_not_set_is_named_and_one_that_is_is_not_shown(tmp_path: Path) -> None:
    folder = site(tmp_path, "prometheus: {url: 'http://127.0.0.1:1', token: $TOK}")

    with pytest.raises(InputError, match=r"\$TOK is not set"):
        read(folder)
    done = statusgen(folder, "check", env={"TOK": "hunter2hunter2"})
    assert done.code == 3
    assert "not read: data/status.yml:3:22" in done.err
    assert "hunter2" not in done.err + done.out


def gatus(*endpoints: Any) -> EngineDouble:
    body = json.dumps(list(endpoints)).encode()
    return EngineDouble(lambda path, query: (200, body if query["page"] == "1" else b"[]"))


def result(at: int, success: Any, **more: Any) -> dict[str, Any]:
    stamp = format_instant(at).replace("Z", ".123456789Z")
    return {"success": success, "timestamp": stamp, "duration": 52_000_000, "status": 200, **more}


def test_gatus_results_become_rounds_once(tmp_path: Path) -> None:
    double = gatus(
        {"name": "Public API", "group": "", "key": "_public-api",
         "results": [result(NOW - 600, True), result(NOW - 290, False, status=500)]},
        {"name": "web", "group": "Front", "key": "front_web",
         "results": [result(NOW - 595, True), {"success": True}, "x", result(NOW - 280, "yes")]},
        {"name": "<b>other</b>", "results": [result(NOW - 600, True)]},
        None,
    )  # fmt: skip
    with double.running():
        folder = site(tmp_path, f"gatus: {{url: '{double.url}'}}")
        first, second = read(folder), read(folder)

    assert (first.count, second.count) == (3, 0)
    assert stored(folder) == [
        (3000, "gatus", {"api": "up"}),
        (3005, "gatus", {"web": "up"}),
        (3310, "gatus", {"api": "down"}),
    ]
    assert first.notes == ("no monitor is <b>other</b>, which an engine watches",)


METRICS = """\
# HELP monitor_status Monitor Status
monitor_status{monitor_name="Public API",monitor_type="http",monitor_url="https://a.example/",\
monitor_hostname="null",monitor_port="null"} 0
monitor_response_time{monitor_name="Public API",monitor_url="https://a.example/"} 74
monitor_status{monitor_name="We\\"b",monitor_url="https://w.example"} 1
monitor_response_time{monitor_name="We\\"b",monitor_url="https://w.example"} 120
monitor_cert_days_remaining{monitor_name="We\\"b",monitor_url="https://w.example"} 3
monitor_status{monitor_name="strange
"""


def test_uptime_kumas_page_becomes_one_round_a_moment(tmp_path: Path) -> None:
    with EngineDouble(lambda path, query: (200, METRICS.encode())).running() as double:
        folder = site(tmp_path, f"kuma: {{url: '{double.url}', token: $KEY}}")
        counts = [read(folder, at, KEY="uk1_x").count for at in (NOW, NOW + 20, NOW + 300)]

    assert counts == [1, 0, 1]
    assert stored(folder)[0] == (3600, "kuma", {"api": "down", "web": "degraded"})
    assert set(double.tokens) == {"Basic OnVrMV94"}


@pytest.mark.parametrize("kind", ["gatus", "kuma"])
@pytest.mark.parametrize("body", [b"", b"<html>", b'{"a": 1', b"\xff\xfe", b"[" * 100_000])
def test_other_engines_hostile_answers_store_nothing(
    tmp_path: Path, kind: str, body: bytes
) -> None:
    with EngineDouble(lambda path, query: (200, body)).running() as double:
        folder = site(tmp_path, f"{kind}: {{url: '{double.url}'}}")
        found = read(folder)

    assert stored(folder) == []
    assert len(found.faults) == 1


def test_a_check_reads_and_opens_incidents_as_for_its_own(tmp_path: Path) -> None:
    import time

    now = int(time.time())
    double = gatus(
        {"name": "Public API", "group": "", "key": "_public-api",
         "results": [result(now - 300 * step, step > 3) for step in range(1, 8)]},
    )  # fmt: skip
    with double.running():
        folder = site(tmp_path, f"gatus: {{url: '{double.url}'}}")
        done = statusgen(folder, "check")

    assert done.code == 0, done.err
    assert "read 7 rounds" in done.err
    assert len(list((folder / "data/history/incidents").glob("*.md"))) == 1
