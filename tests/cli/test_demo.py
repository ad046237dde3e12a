"""``statusgen demo``: the whole chain on the machine itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.harness import statusgen, write_config
from tests.conftest import SHARED
from tests.fixtures import UPPTIME

CONFIG = """\
site: {name: Test, url: https://status.example/}
monitors:
  - {id: api, name: API, url: https://api.example/health, http: {expect: {max_time: 300ms}}}
  - {id: web, name: Web, url: $WEB_URL, http: {expect: {certificate: 21d}}}
  - {id: shop, name: Shop, url: http://shop.example:8080/}
  - {id: mail, name: Mail, url: "tcp://mail.example:25"}
  - {id: six, name: Six, url: "tls://[2001:db8::1]:8443"}
"""
SHORT = {"statusgen.demo.past.DAYS": 9}
"""A past that is made up and rolled up quickly, where the test is about the check or the page."""


def test_it_shows_one_down_one_slow_and_a_certificate_near_its_end(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)

    done = statusgen(tmp_path, "demo", "--out", "out")

    assert done.code == 0, done.err
    words = {line.split()[1]: line.split()[0] for line in done.out.splitlines() if "  " in line}
    assert words["shop"] == "down"
    assert words["api"] == "degraded"
    assert words["web"] == "degraded"
    assert words["mail"] == words["six"] == "up"
    assert not (tmp_path / "data" / "history").exists()
    pages = list((tmp_path / "out").rglob("*.html"))
    assert len(pages) > 10
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "demonstration" in text or 'http-equiv="refresh"' in text, page
    incidents = statusgen(tmp_path, "incident", "list", "--open", "--history", ".demo/history")
    assert "Shop is down" in incidents.out


def test_a_second_run_replaces_the_first_and_no_other_folder(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "precious.txt").write_text("keep")

    refused = statusgen(tmp_path, "demo", "--folder", "mine")

    assert refused.code == 2
    assert (mine / "precious.txt").read_text() == "keep"


def test_a_configuration_without_monitors_builds_a_page(tmp_path: Path) -> None:
    write_config(tmp_path, "site: {name: Test}\nmonitors: []\n")

    done = statusgen(tmp_path, "demo", "--out", "out")

    assert done.code == 0, done.err
    assert "Nothing has been measured yet" in (tmp_path / "out" / "index.html").read_text()


REAL = SHARED / "upptime" / "rc" / "4fx__upptime.yml"


@pytest.mark.parametrize("config", [UPPTIME / "plain.yml", *([REAL] if REAL.exists() else [])])
def test_an_upptime_user_sees_a_demonstration_unchanged(tmp_path: Path, config: Path) -> None:

    done = statusgen(tmp_path, "demo", "--config", str(config), "--out", "out", constants=SHORT)

    assert done.code == 0, done.err
    assert len(list((tmp_path / "out" / "components").iterdir())) == 3


def test_one_is_down_though_several_share_its_host_and_each_warning_is_told_once(
    tmp_path: Path,
) -> None:
    text = "owner: o\nrepo: r\nPAT: x\nsites:\n"
    for number in range(4):
        text += f"- {{name: N{number}, url: 'https://a.example/x?n={number}'}}\n"
    text += "- {name: Head, url: 'https://a.example/x?n=3', method: HEAD}\n"
    text += "- {name: Twin, url: 'https://a.example/'}\n- {name: Twins, url: 'https://a.example'}\n"
    (tmp_path / ".upptimerc.yml").write_text(text)

    done = statusgen(tmp_path, "demo", "--out", "out", constants=SHORT)

    assert done.code == 0, done.err
    words = {line.split()[1]: line.split()[0] for line in done.out.splitlines() if "  " in line}
    assert sorted(words.values()) == ["down", "up", "up", "up", "up", "up", "up"]
    assert words["head"] == "down"
    assert done.err.count("PAT: has no effect") == 1


def test_without_a_web_page_a_port_is_closed(tmp_path: Path) -> None:
    write_config(
        tmp_path,
        """\
site: {name: Test}
monitors:
  - {id: mail, name: Mail, url: "tcp://mail.example:25"}
  - {id: news, name: News, url: "tcp://mail.example:119"}
""",
    )
    done = statusgen(tmp_path, "demo", "--out", "out", constants=SHORT)
    words = {line.split()[1]: line.split()[0] for line in done.out.splitlines() if "  " in line}
    assert words == {"mail": "up", "news": "down"}
