"""From ``check --push`` to a webhook, with real processes, git and HTTP."""

from __future__ import annotations

import base64
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from statusgen.incident.events import events
from statusgen.run.site import Site
from tests.cli.harness import statusgen, write_config
from tests.cli.test_push import git, make_repository
from tests.conftest import ROOT
from tests.notify.hooks import Hook, hook

CHECK = ("check", "--push", "--retry-delays", "none")


@pytest.fixture
def server() -> Iterator[Hook]:
    with hook() as state:
        yield state


def config(server: Hook, more: str = "", channel: str = "{id: team, to: $HOOK}") -> str:
    return (
        "site: {name: Test, url: https://status.example/}\ncanaries: []\n"
        "thresholds: {failures: 1, successes: 1}\nmonitors:\n"
        f"  - {{id: api, name: API, url: '{server.url('/api')}'}}\n"
        f"notifications:\n  - {channel}\n{more}"
    )


def env(server: Hook) -> dict[str, str]:
    return {"HOOK": server.url("/secret-path-of-the-hook"), "BEAT": server.url("/beat-ok")}


@pytest.fixture
def copy(tmp_path: Path, server: Hook) -> Path:
    made, _ = make_repository(tmp_path)
    write_config(made, config(server))
    return made


def outbox(remote: Path) -> list[dict[str, object]]:
    """The lines that lie on the remote."""
    paths = git(remote, "ls-tree", "-r", "--name-only", "status-data").splitlines()
    return [
        json.loads(line)
        for path in paths
        if path.startswith("outbox/")
        for line in git(remote, "show", f"status-data:{path}").splitlines()
    ]


def test_an_outage_is_pushed_then_told_then_marked(
    tmp_path: Path, copy: Path, server: Hook
) -> None:
    assert statusgen(copy, *CHECK, env=env(server)).code == 0
    server.up = False
    down = statusgen(copy, *CHECK, env=env(server))
    again = statusgen(copy, *CHECK, env=env(server))
    server.up = True
    up = statusgen(copy, *CHECK, env=env(server))

    assert [done.code for done in (down, again, up)] == [0, 0, 0], down.err + up.err
    assert server.titles == ["API is down", "API is up again"]
    assert "told team: urn:uuid:" in down.err
    lines = outbox(tmp_path / "remote.git")
    assert [line["did"] for line in lines] == [
        "begin", "want", "send", "try", "want", "send", "try",
    ]  # fmt: skip
    tried = lines[3]
    assert tried["outcome"] == "sent"
    order = [int(str(at)) for at in (lines[2]["at"], tried["pushed"], tried["sent"], tried["at"])]
    assert order == sorted(order)
    log = git(tmp_path / "remote.git", "log", "--format=%s", "status-data").splitlines()
    assert sum("what became of notifications" in line for line in log) == 2
    assert statusgen(copy, "history", "verify").code == 0


def test_what_failed_is_tried_again_by_the_next_run(copy: Path, server: Hook) -> None:
    server.up, server.status = False, 503
    failed = statusgen(copy, *CHECK, env=env(server))
    listed = statusgen(copy, "notify", "list", "--json").json
    server.status = 200
    statusgen(copy, *CHECK, env=env(server))

    assert failed.code == 0
    assert "warning: team was not told" in failed.err
    assert "tried again by the next run" in failed.err
    assert [each["state"] for each in listed["messages"]] == ["waiting"]
    assert server.titles == ["API is down"]
    keys = {json.loads(each.rpartition("\n")[2])["key"] for each in server.raw}
    assert (len(server.raw), len(keys)) == (2, 1)


def test_a_refused_message_is_a_dead_letter_until_a_person_asks_again(
    copy: Path, server: Hook
) -> None:
    server.up, server.status = False, 404
    refused = statusgen(copy, *CHECK, env=env(server))
    statusgen(copy, *CHECK, env=env(server))
    listed = statusgen(copy, "notify", "list", "--json")
    (letter,) = listed.json["messages"]
    server.status = 200
    wrong = statusgen(copy, "notify", "retry", "nothing")
    asked = statusgen(copy, "notify", "retry", letter["id"])
    would = statusgen(copy, "notify", "--dry-run", env=env(server))
    sent = statusgen(copy, "notify", "--push", env=env(server))

    assert "given up" in refused.err
    assert len(server.raw) == 2, "given up at once, and asked for again once"
    assert (listed.code, letter["state"], letter["attempts"]) == (1, "given up", 1)
    assert (wrong.code, asked.code, sent.code) == (2, 0, 0), asked.err + sent.err
    assert would.out.startswith("team: API is down\n")
    assert server.titles == ["API is down"]
    assert statusgen(copy, "notify", "list").code == 0


def test_a_channel_is_tried_out(copy: Path, server: Hook) -> None:
    done = statusgen(copy, "notify", "--test", "team", env=env(server))
    unset = statusgen(copy, "notify", "--test")
    unknown = statusgen(copy, "notify", "--test", "taem")

    assert (done.code, done.out) == (0, "team: sent: HTTP 200\n"), done.err
    assert server.bodies[0]["tone"] == "test"
    assert (unset.code, unset.out) == (1, "team: permanent: $HOOK is not set\n")
    assert unknown.code == 2
    assert "did you mean 'team'?" in unknown.err


def test_a_run_without_the_secret_leaves_the_message_to_one_that_has_it(
    copy: Path, server: Hook
) -> None:
    server.up = False
    without = statusgen(copy, *CHECK)
    nothing = list(server.bodies)
    with_it = statusgen(copy, "notify", "--push", env=env(server))

    assert "warning: team is not told: $HOOK is not set here" in without.err
    assert nothing == []
    assert with_it.code == 0, with_it.err
    assert server.titles == ["API is down"]


def test_a_remote_that_takes_no_push_holds_no_alert_back(
    tmp_path: Path, copy: Path, server: Hook
) -> None:
    statusgen(copy, *CHECK, env=env(server))
    (tmp_path / "remote.git").rename(tmp_path / "gone.git")
    server.up = False
    done = statusgen(copy, *CHECK, env=env(server))
    (tmp_path / "gone.git").rename(tmp_path / "remote.git")
    later = statusgen(copy, *CHECK, env=env(server))

    assert (done.code, later.code) == (3, 0)
    assert server.titles == ["API is down"]
    assert "try" in [line["did"] for line in outbox(tmp_path / "remote.git")]


def test_a_heartbeat_is_asked_after_each_run(tmp_path: Path, copy: Path, server: Hook) -> None:
    more = "heartbeat: {ok: $BEAT, fail: $FAIL}\n"
    write_config(copy, config(server, more))
    given = {**env(server), "FAIL": server.url("/beat-fail")}
    statusgen(copy, *CHECK, env=given)
    (tmp_path / "remote.git").rename(tmp_path / "gone.git")
    statusgen(copy, *CHECK, env=given)
    unset = statusgen(copy, "check", "--retry-delays", "none")
    dead = statusgen(copy, "check", env={**given, "BEAT": "http://127.0.0.1:9/private"})

    assert server.beats == ["/beat-ok", "/beat-fail"]
    assert "warning: the heartbeat was not heard: $BEAT is not set" in unset.err
    assert (unset.code, dead.code) == (0, 0)
    assert "the heartbeat was not heard" in dead.err
    assert "private" not in dead.err


@pytest.mark.parametrize(
    "count", [3, pytest.param(50, marks=pytest.mark.long)], ids=["three", "fifty"]
)
def test_clones_that_see_one_outage_tell_it_once(
    tmp_path: Path, copy: Path, server: Hook, count: int
) -> None:
    """Both run at one time, and neither knows of the other's round."""
    statusgen(copy, *CHECK, env=env(server))
    clones = []
    for number in range(count):
        clone = tmp_path / f"clone{number}"
        git(tmp_path, "clone", "-q", f"file://{tmp_path / 'remote.git'}", str(clone))
        write_config(clone, config(server))
        assert statusgen(clone, "history", "pull").code == 0
        clones.append(clone)
    server.up = False
    begun = time.monotonic()
    told: list[int] = []

    def run_in(clone: Path) -> None:
        told.append(statusgen(clone, *CHECK, env=env(server)).code)

    runs = [threading.Thread(target=run_in, args=(clone,)) for clone in clones]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    print(f"{count} clones pushed and told within {time.monotonic() - begun:.1f} s")
    last = statusgen(copy, *CHECK, env=env(server))

    assert (set(told), last.code) == ({0}, 0)
    assert server.titles == ["API is down"]
    days = [
        line
        for path in (copy / "data/history").glob("2*/*/*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]
    assert len(days) == len(set(days)) == count + 2, "no round is lost, none is there twice"


def check_and_kill(folder: Path, delay: float, environ: dict[str, str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "statusgen", *CHECK],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder), **environ},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    timer = threading.Timer(delay, process.send_signal, [signal.SIGKILL])
    timer.start()
    process.wait()
    timer.cancel()


@pytest.mark.parametrize(
    "kills", [6, pytest.param(300, marks=pytest.mark.long)], ids=["few", "three-hundred"]
)
def test_killed_at_random_no_alert_is_lost(
    tmp_path: Path, copy: Path, server: Hook, kills: int
) -> None:
    # Without it, what several killed runs left would be told in one message with a key of its own.
    write_config(copy, config(server, channel="{id: team, to: $HOOK, digest: never}"))
    begun = time.monotonic()
    assert statusgen(copy, *CHECK, env=env(server)).code == 0
    longest = (time.monotonic() - begun) * 1.8
    chance = random.Random(20261126)
    for _ in range(kills):
        server.up = chance.random() < 0.5
        check_and_kill(copy, chance.uniform(0.1, longest), env(server))
    for _ in range(3):
        last = statusgen(copy, *CHECK, env=env(server))
        assert last.code == 0, last.err

    site = Site(copy)
    expected = {event.key for one in site.lately(0).joined for event in events(one)}
    keys = Counter(server.keys)
    print(f"{kills} kills, {len(expected)} transitions, {keys.total()} messages")
    assert set(keys) == expected
    texts = {(body["key"], body["title"], body["body"]) for body in server.bodies}
    assert len(texts) == len(keys)
    verified = statusgen(copy, "history", "verify")
    assert verified.code == 0, verified.out
    remote = {str(line["key"]) for line in outbox(tmp_path / "remote.git") if line["did"] == "try"}
    assert remote == set(keys)


def forms(secret: str) -> list[str]:
    encoded = base64.b64encode(secret.encode()).decode()
    return [secret, quote(secret, safe=""), encoded, encoded.rstrip("="), secret[::-1]]


def test_no_secret_stands_anywhere(tmp_path: Path, copy: Path, server: Hook) -> None:
    secrets = {f"SECRET{number}": f"s3cr3t-{number:02}-Zq/{number * 7919}" for number in range(20)}
    used = iter(secrets)
    ports = [server.port, 9]
    listed = "".join(
        f"  - {{id: c{number}, to: 'http://127.0.0.1:{port}/${name}?x=${next(used)}'}}\n"
        for number, port in enumerate(ports * 2)
        for name in [next(used)]
    )
    text = (
        config(server, "heartbeat: 'http://127.0.0.1:9/$SECRET14?a=$SECRET15'\n")
        .replace(
            "  - {id: team, to: $HOOK}\n",
            listed + "  - {id: page, to: 'pagerduty://$SECRET8'}\n"
            "  - {id: am, to: 'alertmanager://$SECRET9:$SECRET10@127.0.0.1:9/'}\n"
            "  - {id: json, to: 'json://a:$SECRET17@127.0.0.1:9/$SECRET16'}\n"
            "  - {id: mail, to: 'mailto://$SECRET11:$SECRET12@127.0.0.1:9?to=a@b.example'}\n",
        )
        .replace(
            "/api'}\nnotifications",
            "/api?k=$SECRET18', http: {headers: {X-Key: $SECRET13}, method: POST, body: $SECRET19}}"
            "\nnotifications",
        )
    )
    write_config(copy, text)
    for status, up in ((200, True), (403, False), (200, True)):
        server.status, server.up = status, up
        done = statusgen(copy, *CHECK, env=secrets)
        assert done.code == 0, done.err
    others = [
        statusgen(copy, "notify", "list", "--all", "--json", env=secrets),
        statusgen(copy, "notify", "--test", "c0", "c1", "am", env=secrets),
        statusgen(copy, "notify", "--json", env=secrets),
    ]
    said = "".join(each.out + each.err for each in others)
    remote = tmp_path / "remote.git"
    objects = git(remote, "rev-list", "--objects", "--all").splitlines()
    stored = "".join(git(remote, "cat-file", "-p", line.split()[0]) for line in objects)
    files = "".join(
        path.read_text("utf-8", "replace")
        for path in (copy / "data/history").rglob("*")
        if path.is_file()
    )
    messages = "".join(each.rpartition("\n\n")[2] for each in server.raw)
    assert server.bodies
    for name, secret in secrets.items():
        for form in forms(secret):
            for place, text in (("said", said), ("git", stored), ("files", files),
                                ("messages", messages)):  # fmt: skip
                assert form not in text, (name, place)


def test_a_job_that_goes_on_checking_tells_at_once(
    tmp_path: Path, copy: Path, server: Hook
) -> None:
    server.up = False
    loop = (*CHECK, "--every", "1s", "--for", "3s")
    done = statusgen(copy, *loop, env=env(server))
    unpushed = statusgen(copy, "check", "--retry-delays", "none", env=env(server))

    assert (done.code, unpushed.code) == (0, 0), done.err
    assert server.titles == ["API is down"]
    lines = outbox(tmp_path / "remote.git")
    assert [line["did"] for line in lines] == ["begin", "want", "send", "try"]
