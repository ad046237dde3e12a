"""A round made by several machines is the round of one, and what follows from it is the same."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.harness import Done, statusgen, write_config

SHARES = ("1/3", "2/3", "3/3")


@pytest.fixture
def ports() -> Iterator[tuple[int, int]]:
    """A port that answers, and one that refuses."""
    with socket.socket() as good, socket.socket() as bad:
        good.bind(("127.0.0.1", 0))
        good.listen(50)
        bad.bind(("127.0.0.1", 0))
        yield good.getsockname()[1], bad.getsockname()[1]


def configured(folder: Path, ports: tuple[int, int]) -> Path:
    folder.mkdir()
    monitors = "".join(
        f"- {{id: m{number}, name: M{number}, retry_delays: [],"
        f" url: 'tcp://127.0.0.1:{ports[number == 3]}'}}\n"
        for number in range(5)
    )
    write_config(folder, f"site: {{name: S}}\ncanaries: []\nmonitors:\n{monitors}")
    return folder


def checked(folder: Path, *more: str, run: int = 7) -> Done:
    done = statusgen(folder, "check", *more, env={"GITHUB_RUN_ID": str(run)})
    assert done.code == 0, done.err
    return done


def by_shares(folder: Path, run: int) -> Done:
    for share in SHARES:
        checked(folder, "--shard", share, "--round", f"{share[0]}.json", run=run)
    files = [f"--join={share[0]}.json" for share in SHARES]
    return checked(folder, *files, run=run)


def stored(folder: Path) -> list[dict[str, str]]:
    rounds = [
        json.loads(line)
        for path in sorted((folder / "data/history").glob("2*/*/*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return [
        {name: check["state"] for name, check in sorted(one["checks"].items())} for one in rounds
    ]


def incidents(folder: Path) -> list[tuple[str, str]]:
    listed = statusgen(folder, "incident", "list", "--json").json
    return [(entry["title"], entry["impact"]) for entry in listed]


def test_shares_joined_are_the_round_of_one_machine(tmp_path: Path, ports: tuple[int, int]) -> None:
    one, many = configured(tmp_path / "one", ports), configured(tmp_path / "many", ports)
    for run in (7, 8):
        checked(one, run=run)
        by_shares(many, run)

    assert stored(many) == stored(one)
    assert stored(one)[0] == {"m0": "up", "m1": "up", "m2": "up", "m3": "down", "m4": "up"}
    assert incidents(many) == incidents(one) == [("M3 is down", "major")]


def test_a_share_records_nothing_and_a_round_is_joined_once(
    tmp_path: Path, ports: tuple[int, int]
) -> None:
    folder = configured(tmp_path / "many", ports)
    checked(folder, "--shard", "1/3", "--round", "1.json")
    assert not (folder / "data/history").exists()
    checked(folder, "--shard", "1/3", "--round", "again.json")  # a job that was started again

    for _ in range(2):
        joined = checked(folder, "--join", "1.json", "--join", "again.json")
        assert "share 2/3 is missing" in joined.err

    assert stored(folder) == [{"m0": "up", "m3": "down"}]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--shard", "4/3", "--round", "x"], "like 2/5"),
        (["--shard", "0/3", "--round", "x"], "like 2/5"),
        (["--shard", "1/3"], "--round together"),
        (["--round", "x"], "--shard and --round"),
        (["--shard", "1/3", "--round", "x", "--push"], "recorded by --join"),
        (["--join", "torn.json"], "torn.json: is no share of a round"),
        (["--join", "text.json"], "text.json: is no share of a round"),
    ],
)
def test_what_does_not_fit_is_refused(
    tmp_path: Path, ports: tuple[int, int], options: list[str], told: str
) -> None:
    folder = configured(tmp_path / "many", ports)
    (folder / "text.json").write_text("[1]\nx\n", "utf-8")
    (folder / "torn.json").write_text('{"shard": 1, "of": 3}\n{"v":1,"round":"2', "utf-8")

    done = statusgen(folder, "check", *options)

    assert done.code == 2
    assert told in done.err
    assert not (folder / "data/history").exists()


def test_shares_of_two_places_are_two_rounds(tmp_path: Path, ports: tuple[int, int]) -> None:
    folder = configured(tmp_path / "a", ports)
    checked(folder, "--shard", "1/2", "--round", "1.json", "--vantage", "us")
    checked(folder, "--shard", "2/2", "--round", "2.json", "--vantage", "eu")

    done = statusgen(folder, "check", "--join", "1.json", "--join", "2.json")

    assert done.code == 2
    assert "2.json: was seen from eu, and another file from us; join the shares" in done.err
