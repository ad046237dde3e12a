"""Uptime Kuma's database, made here by the statements that its tables are made of."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from statusgen.base.clock import parse_instant
from statusgen.base.errors import InputError
from statusgen.base.states import State
from statusgen.probe.http_options import HttpOptions
from statusgen.takeover.kuma import read_kuma
from tests.takeover.moved import by_id, moved, told

TABLES = """
CREATE TABLE monitor (id INTEGER PRIMARY KEY, name VARCHAR(150), active BOOLEAN DEFAULT 1,
  interval INTEGER DEFAULT 20, url TEXT, type VARCHAR(20), weight INTEGER DEFAULT 2000,
  hostname VARCHAR(255), port INTEGER, keyword VARCHAR(255), invert_keyword BOOLEAN DEFAULT 0,
  ignore_tls BOOLEAN DEFAULT 0, upside_down BOOLEAN DEFAULT 0, maxredirects INTEGER DEFAULT 10,
  accepted_statuscodes_json TEXT DEFAULT '["200-299"]', dns_resolve_type VARCHAR(5),
  dns_resolve_server VARCHAR(255), method TEXT DEFAULT 'GET', body TEXT, headers TEXT,
  basic_auth_user TEXT, basic_auth_pass TEXT, auth_method VARCHAR(250), parent INTEGER,
  json_path TEXT, expected_value VARCHAR(255), timeout DOUBLE, description TEXT);
CREATE TABLE heartbeat (id INTEGER PRIMARY KEY, important BOOLEAN, monitor_id INTEGER,
  status SMALLINT, msg TEXT, time DATETIME, ping INTEGER, duration INTEGER, down_count INTEGER);
CREATE TABLE incident (id INTEGER PRIMARY KEY, title VARCHAR(255), content TEXT,
  style VARCHAR(30), created_date DATETIME, last_updated_date DATETIME,
  pin BOOLEAN, active BOOLEAN);
CREATE TABLE maintenance (id INTEGER PRIMARY KEY, title VARCHAR(150), description TEXT,
  active BOOLEAN, strategy VARCHAR(50), start_date DATETIME, end_date DATETIME, start_time TIME,
  end_time TIME, weekdays VARCHAR(250), days_of_month TEXT, interval_day INTEGER, timezone TEXT);
CREATE TABLE monitor_maintenance (id INTEGER PRIMARY KEY, monitor_id INTEGER,
  maintenance_id INTEGER);
CREATE TABLE status_page (id INTEGER PRIMARY KEY, title VARCHAR(255), description TEXT);
CREATE TABLE "group" (id INTEGER PRIMARY KEY, name VARCHAR(255), weight INTEGER);
CREATE TABLE monitor_group (id INTEGER PRIMARY KEY, monitor_id INTEGER, group_id INTEGER,
  weight INTEGER);
CREATE TABLE notification (id INTEGER PRIMARY KEY, name VARCHAR(255), config TEXT);
"""


@pytest.fixture
def kuma(tmp_path: Path) -> Path:
    path = tmp_path / "kuma.db"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(TABLES)

        def add(table: str, **values: object) -> None:
            names, marks = ", ".join(values), ", ".join("?" * len(values))
            statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
            database.execute(statement, [*values.values()])

        add(
            "monitor",
            id=1,
            name="Shop & Co",
            type="keyword",
            url="https://shop.example.com/",
            keyword="in stock for $5",
            interval=60,
            timeout=48.0,
            basic_auth_user="ann",
            basic_auth_pass="hunter2hunter2",
            headers=json.dumps({"X-Api-Key": "abcdef123456"}),
            accepted_statuscodes_json='["200-299", "304"]',
            description="Where *people* buy",
        )
        add("monitor", id=2, name="Mail", type="port", hostname="mail.example.com", port=25)
        add(
            "monitor",
            id=3,
            name="Names",
            type="dns",
            hostname="example.com",
            dns_resolve_server="192.0.2.53",
            dns_resolve_type="MX",
        )
        add("monitor", id=4, name="Ping", type="ping", hostname="example.com")
        add("monitor", id=5, name="Inside", type="group")
        add(
            "monitor",
            id=6,
            name="Old",
            type="http",
            url="https://old.example.com/",
            active=0,
            parent=5,
        )
        add(
            "monitor",
            id=7,
            name="Queue",
            type="json-query",
            url="https://q.example.com/",
            json_path="queue.length",
            expected_value="0",
            parent=5,
        )
        for at, which, status, msg, ping in (
            ("2026-11-18 10:00:00.123", 1, 1, "200 - OK", 90),
            ("2026-11-18 10:00:00.900", 2, 1, "", 12),
            ("2026-11-18 10:01:00.123", 1, 2, "connect ECONNREFUSED", None),
            ("2026-11-18 10:02:00.123", 1, 0, "Request failed with status code 503", 80),
            ("2026-11-18 10:03:00.123", 1, 0, "timeout of 48000ms exceeded", None),
            ("2026-11-18 10:04:00.123", 1, 3, "Monitor under maintenance", None),
            ("2026-11-18 10:05:00.123", 1, 1, "200 - OK", 95),
            ("no time", 1, 1, "", 1),
            ("2027-01-01 00:00:00", 1, 0, "a clock that ran ahead", 1),
        ):
            add("heartbeat", monitor_id=which, status=status, msg=msg, time=at, ping=ping)
        add(
            "incident",
            title="Slow shop",
            content="We *look* into it",
            style="danger",
            created_date="2026-11-17 08:00:00",
            last_updated_date="2026-11-17 09:30:00",
            pin=0,
            active=1,
        )
        add(
            "incident",
            title="Still here",
            content="",
            style="info",
            created_date="2026-11-18 08:00:00",
            pin=1,
            active=1,
        )
        add(
            "maintenance",
            id=1,
            title="New disk",
            description="Short",
            active=1,
            strategy="single",
            start_date="2026-11-25 02:00:00",
            end_date="2026-11-25 04:00:00",
            timezone="Europe/Berlin",
        )
        add("monitor_maintenance", monitor_id=2, maintenance_id=1)
        add(
            "maintenance",
            id=2,
            title="Weekly",
            description="",
            active=1,
            strategy="recurring-weekday",
            start_date="2026-01-01 00:00:00",
            start_time="23:00:00",
            end_time="01:00:00",
            weekdays="[0, 3]",
            timezone="UTC",
        )
        add("maintenance", id=3, title="By hand", description="", active=1, strategy="manual")
        add("status_page", title="Example Status", description="All of it")
        add("group", id=1, name="Public", weight=1)
        add("monitor_group", monitor_id=1, group_id=1, weight=1)
        add("notification", name="Team", config=json.dumps({"webhook": "https://SECRETHOOK"}))
        database.commit()
    return path  # fmt: skip


def test_monitors_with_what_an_answer_must_be(tmp_path: Path, kuma: Path) -> None:
    brought, site = moved(tmp_path / "own", read_kuma(kuma))

    assert set(by_id(site)) == {"shop-co", "mail", "names", "queue"}
    shop = by_id(site)["shop-co"]
    assert isinstance(shop.options, HttpOptions)
    assert (shop.group, shop.interval, shop.timeout_ms) == ("Public", 60, 48_000)
    assert shop.deadline_ms == 48_000
    assert [str(each) for each in shop.options.expect.status] == ["200-299", "304"]
    assert shop.options.expect.body_contains[0].reveal({}) == "in stock for $5"
    assert by_id(site)["queue"].group == "Inside"
    assert by_id(site)["mail"].url.text == "tcp://mail.example.com:25"
    assert by_id(site)["names"].url.text == "dns://192.0.2.53/example.com?type=MX"
    queue = by_id(site)["queue"].options
    assert isinstance(queue, HttpOptions)
    assert [(rule.path, rule.equals) for rule in queue.expect.json_] == [("$.queue.length", "0")]
    assert site.settings.site.name == "Example Status"
    for words in ("'Ping'", "'Old' is paused", "'By hand'", "notification 'Team'", "'Slow shop'"):
        assert any(words in each for each in told(brought)), words


def test_no_secret_reaches_the_file(tmp_path: Path, kuma: Path) -> None:
    brought, _ = moved(tmp_path / "own", read_kuma(kuma))

    everything = brought.config + "\n".join(told(brought))
    for secret in ("hunter2", "abcdef123456", "SECRETHOOK"):
        assert secret not in everything
    assert "Authorization of shop-co: Basic and base64 of user:password" in brought.config


def test_beats_are_rounds_and_what_was_no_check_is_none(tmp_path: Path, kuma: Path) -> None:
    brought, site = moved(tmp_path / "own", read_kuma(kuma))

    seen = [
        (round_.at % 3600 // 60, name, check.state, check.ms, check.code, check.reason)
        for round_ in site.store.rounds(0)
        for name, check in round_.checks.items()
    ]
    assert seen == [
        (0, "shop-co", State.UP, 90, 200, None),
        (0, "mail", State.UP, 12, None, None),
        (2, "shop-co", State.DOWN, 80, 503, "status"),
        (3, "shop-co", State.DOWN, None, None, "timeout"),
        (5, "shop-co", State.UP, 95, 200, None),
    ]
    assert (brought.rounds, brought.known_rounds) == (4, 0)

    again, _ = moved(tmp_path / "own", read_kuma(kuma))
    assert (again.rounds, again.known_rounds) == (0, 4)


def test_words_of_people_and_windows(tmp_path: Path, kuma: Path) -> None:
    _, site = moved(tmp_path / "own", read_kuma(kuma))

    over, lasting = sorted(site.incidents.incidents, key=lambda each: each.started)
    assert (over.title, str(over.impact), over.resolved) == (
        "Slow shop", "major", parse_instant("2026-11-17T09:30:00Z"),
    )  # fmt: skip
    assert over.updates[0].body == "We *look* into it"
    assert lasting.open
    once, weekly = sorted(site.windows.windows, key=lambda each: each.id)
    assert once.first.start == parse_instant("2026-11-25T01:00:00Z")
    assert once.components == ("mail",)
    assert (weekly.when.rule, weekly.when.lasts) == ("FREQ=WEEKLY;BYDAY=SU,WE", 7200)
    assert not site.incidents.problems
    assert not site.windows.problems


@pytest.mark.parametrize("kind", ["text", "other", "folder", "cut"])
def test_what_is_no_database_of_it_is_refused_in_one_line(
    tmp_path: Path, kuma: Path, kind: str
) -> None:
    path = tmp_path / "other.db"
    if kind == "text":
        path.write_bytes(b"SQLite format 3\0 but no more than that" * 99)
    elif kind == "other":
        with closing(sqlite3.connect(path)) as database:
            database.execute("CREATE VIEW monitor AS SELECT 1")
            database.execute("CREATE TABLE heartbeat (id)")
    elif kind == "folder":
        path.mkdir()
    else:
        path.write_bytes(kuma.read_bytes()[:6000])

    with pytest.raises(InputError, match=r"other\.db"):
        moved(tmp_path / "own", read_kuma(path))


def test_two_beats_of_a_monitor_in_a_second_are_two_rounds_and_retries_are_attempts(
    tmp_path: Path, kuma: Path
) -> None:
    with closing(sqlite3.connect(kuma)) as database:
        database.execute("ALTER TABLE heartbeat ADD COLUMN retries INTEGER DEFAULT 0")
        for milli, status, retries in ((100, 0, 2), (800, 1, 0)):
            database.execute(
                "INSERT INTO heartbeat (monitor_id, status, msg, time, ping, retries)"
                f" VALUES (2, {status}, '', '2026-11-19 10:00:00.{milli}', 5, {retries})"
            )
        database.commit()

    _, site = moved(tmp_path / "own", read_kuma(kuma))

    since = parse_instant("2026-11-19T00:00:00Z")
    seen = [round_.checks["mail"] for round_ in site.store.rounds(since)]
    assert [(each.state, each.attempts) for each in seen] == [(State.DOWN, 3), (State.UP, 1)]


def test_a_query_that_a_value_must_not_meet(tmp_path: Path, kuma: Path) -> None:
    with closing(sqlite3.connect(kuma)) as database:
        database.execute("ALTER TABLE monitor ADD COLUMN json_path_operator VARCHAR(25)")
        database.execute(
            "INSERT INTO monitor (id, name, url, type, json_path, json_path_operator,"
            " expected_value) VALUES (77, 'Backlog', 'https://q.example/', 'json-query',"
            " '$.state', '!=', 'stuck')"
        )
        database.commit()

    _, site = moved(tmp_path / "own", read_kuma(kuma))

    options = by_id(site)["backlog"].options
    assert isinstance(options, HttpOptions)
    assert [(rule.path, rule.not_equals) for rule in options.expect.json_] == [("$.state", "stuck")]
