"""Several places that check, and strangers who are asked before anybody is alarmed."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from statusgen.publish.api.schemas import all_schemas
from tests.cli.harness import Done, statusgen, write_config
from tests.probe.globalping_double import FAILED, GlobalpingDouble, http_result


@pytest.fixture
def good() -> Iterator[int]:
    """A port that answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        yield listening.getsockname()[1]


@pytest.fixture
def double() -> Iterator[GlobalpingDouble]:
    with GlobalpingDouble(looks=0).running() as made:
        yield made


def checked(folder: Path, *more: str, env: dict[str, str] | None = None) -> Done:
    done = statusgen(folder, "check", "--retry-delays", "none", *more, env=env)
    assert done.code == 0, done.err
    return done


def stored(folder: Path) -> list[dict[str, object]]:
    return [
        json.loads(line)
        for path in sorted((folder / "data/history").glob("2*/*/*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]


def incidents(folder: Path) -> int:
    return len(list((folder / "data/history/incidents").glob("*.md")))


def site(folder: Path, text: str) -> Path:
    write_config(folder, f"site: {{name: S, url: https://s.example/}}\ncanaries: []\n{text}")
    return folder


def test_a_place_is_named_by_option_environment_and_configuration(
    tmp_path: Path, good: int
) -> None:
    text = f"monitors:\n- {{id: api, name: API, url: 'tcp://127.0.0.1:{good}'}}\n"
    folder = site(tmp_path, text)
    checked(folder)
    checked(folder, env={"GITHUB_ACTIONS": "true"})
    site(tmp_path, f"vantage: home\n{text}")
    checked(folder, env={"GITHUB_ACTIONS": "true"})
    checked(folder, env={"STATUSGEN_VANTAGE": "fra"})
    checked(folder, "--vantage", "us", env={"STATUSGEN_VANTAGE": "fra"})
    wrong = statusgen(folder, "check", "--vantage", "a b")

    assert [each["vantage"] for each in stored(folder)] == ["local", "github", "home", "fra", "us"]
    assert wrong.code == 2
    assert "is no name of a vantage; write letters" in wrong.err


def test_the_page_and_the_api_say_who_saw_what(tmp_path: Path, good: int) -> None:
    folder = site(
        tmp_path,
        "vantages: [{id: fra, name: Frankfurt}, us]\nmonitors:\n"
        f"- {{id: api, name: API, url: 'tcp://api.example:{good}'}}\n",
    )
    checked(folder, "--vantage", "fra", "--connect-to", f"api.example::127.0.0.1:{good}")
    checked(folder, "--vantage", "us", "--connect-to", "api.example::127.0.0.1:1")
    built = statusgen(folder, "build", "--engine", "none")
    assert built.code == 0, built.err

    page = (folder / "site/components/api/index.html").read_text("utf-8")
    seen = json.loads((folder / "site/api/vantages.json").read_text("utf-8"))["monitors"]
    day = next(iter((folder / "site/days").glob("*/index.html"))).read_text("utf-8")
    assert [(each["vantage"], each["name"], each["state"]) for each in seen[0]["vantages"]] == [
        ("fra", "Frankfurt", "up"),
        ("us", "us", "down"),
    ]
    jsonschema.validate({"monitors": seen}, all_schemas()["vantages"])
    assert seen[0]["state"] == "partial"
    assert '<th scope="row">Frankfurt</th>' in page
    assert "Seen from us: API: Major Outage" in day


def failing(folder: Path, double: GlobalpingDouble) -> Path:
    return site(
        folder,
        f"second_opinion: {{globalping: {{url: '{double.url}', token: $GP}}}}\n"
        "monitors:\n- {id: api, name: API, url: 'http://api.example/'}\n",
    )


REFUSED = ("--connect-to", "api.example::127.0.0.1:1")


def test_strangers_who_reach_it_hold_the_alarm_back(
    tmp_path: Path, double: GlobalpingDouble
) -> None:
    folder = failing(tmp_path, double)
    first = checked(folder, *REFUSED)
    for _ in range(2):
        checked(folder, *REFUSED)

    assert "partial  api" not in first.out
    assert "up       api: 5 of 5 probes elsewhere reached it" in first.out
    assert len(double.asked) == 1  # an opinion stands for ten minutes
    assert incidents(folder) == 0
    status = statusgen(folder, "status", "--json").json
    assert "partial" in json.dumps(status)


def test_strangers_who_fail_as_well_confirm_it(tmp_path: Path, double: GlobalpingDouble) -> None:
    double.results = [FAILED]
    folder = failing(tmp_path, double)
    for _ in range(2):
        checked(folder, *REFUSED)
    double.asked.clear()
    checked(folder, *REFUSED)

    assert incidents(folder) == 1
    assert double.asked == []  # of a known incident nobody is asked


@pytest.mark.parametrize("status", [429, 500])
def test_without_an_answer_our_own_word_stands(
    tmp_path: Path, double: GlobalpingDouble, status: int
) -> None:
    double.status = status
    folder = failing(tmp_path, double)
    for _ in range(2):
        done = checked(folder, *REFUSED)

    assert "warning: Globalping: " in done.err
    assert incidents(folder) == 1
    assert all("globalping" not in str(each["vantage"]) for each in stored(folder))


def test_nobody_is_asked_while_all_is_well_or_unasked_for(
    tmp_path: Path, double: GlobalpingDouble, good: int
) -> None:
    well = site(
        tmp_path / "well",
        f"second_opinion: {{globalping: {{url: '{double.url}'}}}}\n"
        f"monitors:\n- {{id: a, name: A, url: 'tcp://a.example:{good}'}}\n",
    )
    checked(well, "--connect-to", f"a.example::127.0.0.1:{good}")
    unasked = site(tmp_path / "no", "monitors:\n- {id: a, name: A, url: 'http://a.example/'}\n")
    checked(unasked, "--connect-to", "a.example::127.0.0.1:1")

    assert double.asked == []
    assert [each["vantage"] for each in stored(unasked)] == ["local"]


def test_an_upptime_site_of_type_globalping_is_checked_by_it(
    tmp_path: Path, double: GlobalpingDouble
) -> None:
    (tmp_path / ".upptimerc.yml").write_text(
        "owner: o\nrepo: r\nsites:\n"
        "- {name: Shop, url: 'https://shop.example', type: globalping, location: DE}\n",
        encoding="utf-8",
    )
    api = double.url.removeprefix("http://")
    led = ("--connect-to", f"api.globalping.io::{api}")
    double.results = [http_result(200, 80.0)]

    assert double.asked == []
    done = statusgen(tmp_path, "check", *led)

    # The API is https: the double is not, so what is shown is that nothing becomes down of it.
    assert done.code == 0, done.err
    [round_] = stored(tmp_path)
    assert round_["vantage"] == "globalping"
    assert round_["checks"] == {"shop": {"state": "unknown", "reason": "checker"}}


def test_a_monitor_of_globalping_is_asked_of_one_probe_and_more_where_it_fails(
    tmp_path: Path, double: GlobalpingDouble
) -> None:
    folder = site(
        tmp_path,
        f"second_opinion: {{globalping: {{url: '{double.url}'}}}}\nmonitors:\n"
        "- {id: shop, name: Shop, url: 'https://shop.example/', globalping: DE+eyeball-network}\n",
    )
    checked(folder)
    double.results = [FAILED]
    checked(folder)

    assert [each["limit"] for each in double.asked] == [1, 1, 5]
    assert double.asked[0]["locations"] == [{"magic": "DE+eyeball-network"}]
    assert [each["checks"]["shop"]["state"] for each in stored(folder)] == ["up", "down"]  # type: ignore[index]
