"""``statusgen check`` against real servers on loopback, in processes of its own."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from statusgen.demo.server import DemoServer, choose_roles
from statusgen.run.site import Site
from tests.cli.harness import Done, statusgen, write_config

CONFIG = """\
site: {name: Test}
canaries: [https://canary-a.example/, https://canary-b.example/, "tcp://canary-c.example:53"]
monitors:
  - {id: api, name: API, url: https://api.example/health}
  - {id: shop, name: Shop, url: https://shop.example/}
  - {id: slow, name: Slow, url: https://slow.example/, http: {expect: {max_time: 300ms}}}
  - {id: old, name: Old, url: https://old.example/, http: {expect: {certificate: 21d}}}
  - {id: mail, name: Mail, url: "tcp://mail.example:25"}
"""


class Stage:
    """A folder with a configuration, and the embedded server that answers for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        settings = Site(config=write_config(folder, CONFIG)).settings
        roles = choose_roles(settings.monitors)
        self.server = DemoServer(settings.monitors, settings.canaries, roles, {})
        self.server.write_ca(folder / "ca.pem")
        self.arguments = ["--ca-file", "ca.pem", "--retry-delays", "0.01,0.02"]
        for rule in self.server.connect_to():
            self.arguments += ["--connect-to", rule]

    def check(self, *more: str, **env: str) -> Done:
        return statusgen(self.folder, "check", *self.arguments, *more, env=env)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path)
    with made.server.running():
        yield made


def test_a_round_says_and_stores_what_was_seen(stage: Stage) -> None:
    done = stage.check("--json", "--vantage", "test", GITHUB_RUN_ID="77")

    assert done.code == 0, done.err
    told = done.json
    assert re.fullmatch(r"\d{8}T\d{6}Z-test-77-1", told["round"])
    assert told["vantage"] == "test"
    by_id = {entry["id"]: entry for entry in told["checks"]}
    states = {name: (entry["state"], entry["reason"]) for name, entry in by_id.items()}
    assert states == {
        "api": ("up", None),
        "shop": ("down", "status"),
        "slow": ("degraded", "slow"),
        "old": ("degraded", "certificate"),
        "mail": ("up", None),
    }
    assert by_id["shop"]["attempts"] == 3
    assert by_id["shop"]["code"] == 503
    assert by_id["api"]["ms"] >= 15
    timings = by_id["api"]["timings"]
    assert timings["total"] >= timings["first_byte"] > 0
    assert timings["tls"] > 0
    stored = [
        json.loads(line)
        for path in (stage.folder / "data/history").glob("2*/*/*.jsonl")
        for line in path.read_text().splitlines()
    ]
    assert [entry["round"] for entry in stored] == [told["round"]]
    assert stored[0]["checks"]["shop"]["state"] == "down"
    assert set(stored[0]["checks"]["shop"]) == {"state", "ms", "code", "reason", "attempts"}


def test_only_and_exit_code(stage: Stage) -> None:
    good = stage.check("--only", "api", "--exit-code", "--json")
    bad = stage.check("--only", "shop", "--exit-code", "--json")

    assert [entry["id"] for entry in good.json["checks"]] == ["api"]
    assert good.code == 0
    assert bad.code == 1


def test_an_unknown_id_is_told_with_the_nearest(stage: Stage) -> None:
    done = stage.check("--only", "shopp")

    assert done.code == 2
    assert "did you mean 'shop'?" in done.err


def test_two_failures_open_an_incident_that_a_person_may_adopt(stage: Stage) -> None:
    stage.check("--only", "shop")
    nothing_yet = statusgen(stage.folder, "incident", "list", "--json")
    stage.check("--only", "shop", "--every", "1s", "--for", "1s")
    opened = statusgen(stage.folder, "incident", "list", "--json")

    assert nothing_yet.json == []
    assert [entry["title"] for entry in opened.json] == ["Shop is down"]
    identifier = opened.json[0]["id"]
    adopted = statusgen(stage.folder, "incident", "adopt", identifier)
    assert adopted.code == 0
    mine = stage.folder / "content" / "incidents" / f"{identifier}.md"
    mine.write_text(mine.read_text().replace("Shop is down", "Checkout fails"), encoding="utf-8")
    stage.check("--only", "shop", "--every", "1s", "--for", "1s")
    again = statusgen(stage.folder, "incident", "list", "--json")
    assert [(e["title"], e["adopted"]) for e in again.json] == [("Checkout fails", True)]
    assert statusgen(stage.folder, "incident", "adopt", identifier).code == 2


def test_every_runs_rounds_with_keys_of_their_own(stage: Stage) -> None:
    done = stage.check("--only", "api", "--every", "1s", "--for", "3s", "--json")

    keys = [json.loads(line)["round"] for line in done.out.splitlines()]
    assert len(keys) == 3
    assert len(set(keys)) == 3


def test_a_loop_knows_what_is_due(stage: Stage) -> None:
    config = stage.folder / "data/status.yml"
    text = config.read_text().replace("api.example/health}", "api.example/health, interval: 1h}")
    config.write_text(text)

    done = stage.check("--every", "1s", "--for", "6s", "--json")
    later = stage.check("--json", "--only", "api")

    rounds = [json.loads(line)["checks"] for line in done.out.splitlines()]
    seen = [[entry["id"] for entry in checks] for checks in rounds]
    assert len(seen) >= 2
    assert "api" in seen[0]
    for others in seen[1:]:
        assert "api" not in others
        assert "shop" in others
    assert [entry["id"] for entry in later.json["checks"]] == ["api"]  # asked for by name


def test_without_a_network_everything_is_unknown_and_no_incident_opens(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        nowhere = ["--connect-to", f"::127.0.0.1:{port}", "--retry-delays", "0.01"]
        for _ in range(3):
            done = statusgen(tmp_path, "check", *nowhere, "--json", "--every", "1s", "--for", "1s")

    assert done.json["net"] == "lost"
    assert {entry["state"] for entry in done.json["checks"]} == {"unknown"}
    assert statusgen(tmp_path, "incident", "list", "--json").json == []


@pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode != 0,
    reason="unshare -rn does not work on this machine",
)
def test_in_a_network_namespace_without_routes_everything_is_unknown(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    program = ["unshare", "-rn", "python3", "-m", "statusgen"]
    import os
    import sys

    program[2] = sys.executable
    done = subprocess.run(
        [*program, "check", "--retry-delays", "0.01", "--json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr
    assert {entry["state"] for entry in json.loads(done.stdout)["checks"]} == {"unknown"}


def test_an_interval_is_kept_between_runs(tmp_path: Path) -> None:
    text = CONFIG.replace("{id: api, ", "{id: api, interval: 10m, ")
    write_config(tmp_path, text)
    arguments = ["--connect-to", "::127.0.0.1:9", "--retry-delays", "none", "--json"]

    first = statusgen(tmp_path, "check", *arguments).json
    second = statusgen(tmp_path, "check", *arguments).json
    forced = statusgen(tmp_path, "check", *arguments, "--all").json

    assert "api" in {entry["id"] for entry in first["checks"]}
    assert "api" not in {entry["id"] for entry in second["checks"]}
    assert "api" in {entry["id"] for entry in forced["checks"]}


def test_a_full_disk_is_told_in_one_line(stage: Stage) -> None:
    history = stage.folder / "data" / "history"
    history.mkdir(parents=True)
    (history / "2026").symlink_to("/dev/full")
    for year in range(2026, 2040):
        if not (history / str(year)).is_symlink():
            (history / str(year)).symlink_to("/dev/full")

    done = stage.check("--only", "api")

    assert done.code == 3
    assert done.err.startswith("error: ")
    assert len(done.err.splitlines()) == 1


def test_secrets_are_neither_printed_nor_stored(tmp_path: Path) -> None:
    secret = "s3cr3t-value-4711"
    write_config(
        tmp_path,
        "site: {name: Test}\ncanaries: []\nmonitors:\n"
        "  - {id: a, name: A, url: 'https://u:$TOKEN@host.example/$TOKEN?q=$TOKEN'}\n"
        "  - {id: b, name: B, url: $WHOLE_URL, http: {}}\n"
        "  - {id: c, name: C, url: 'https://c.example/', http: {headers: {X-Key: $TOKEN}}}\n",
    )
    env = {"TOKEN": secret, "WHOLE_URL": f"https://{secret}.example/"}

    done = statusgen(
        tmp_path, "check", "--connect-to", "::127.0.0.1:9", "--retry-delays", "none", env=env
    )

    told = done.out + done.err
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert done.code == 0, told
    assert secret not in told
    assert secret.encode() not in stored
