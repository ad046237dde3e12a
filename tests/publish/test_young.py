"""Young sites, built from files as first builds are: of nothing, one round, some days."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from statusgen.base.clock import DAY, Instant, parse_instant
from statusgen.base.states import State
from statusgen.probe.round import Check
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.manifest import Asset
from tests.cli.harness import statusgen
from tests.history.made import made_round, write_rounds

BEGUN = parse_instant("2026-11-18T12:03:00Z")
CONFIG = """\
site: {name: Example Status, url: https://status.example.com/}
monitors:
  - {id: web, name: Website, url: https://www.example.com/}
  - {id: db, name: Database, url: "tcp://db.example.com:5432"}
components:
  - {id: shop, name: Shop, monitors: [web, db]}
"""
UP = Check(state=State.UP, ms=120, code=200)
DARK = Check(state=State.UNKNOWN, reason="vantage")


def written(root: Path, checks: dict[Instant, dict[str, Check]]) -> Path:
    (root / "data").mkdir()
    (root / "data/status.yml").write_text(CONFIG)
    write_rounds(root / "data/history", [made_round(at, told) for at, told in checks.items()])
    return root


def built(root: Path) -> dict[str, str]:
    """Path → what is published, of everything that is text for people or feed readers."""
    return {
        entry.path: entry.content.decode()
        for entry in build_manifest(BuildOptions(root=root))
        if isinstance(entry, Asset) and entry.path.endswith((".html", ".xml", ".json", ".txt"))
    }


def text_of(page: str) -> str:
    main = page.partition("<main")[2].partition("</main>")[0]
    main = re.sub("<template.*?</template>", "", main)
    shown = html.unescape(re.sub(r"<[^>]+>", " ", main))
    return " ".join(shown.replace("\u00a0", " ").split())


def test_a_first_build_before_any_round_is_dated_nowhere(tmp_path: Path) -> None:
    """Its present is 0, which is no date; no page may be named after it either."""
    pages = built(written(tmp_path, {}))

    for path, text in pages.items():
        assert "1970" not in path
        assert "1970" not in text, path
    assert "No incidents have been reported so far." in text_of(pages["history/index.html"])
    shown = text_of(pages["index.html"])
    assert "Not measured yet" in shown
    component = text_of(pages["components/shop/index.html"])
    assert "24 hours — —" in component
    assert "%" not in component
    assert "days ago" not in shown  # an axis below a strip that is not there


@pytest.mark.parametrize(
    ("check", "banner"),
    [(UP, "All Systems Operational"), (DARK, "No data: nothing could be measured")],
)
def test_one_round_contradicts_nothing(tmp_path: Path, check: Check, banner: str) -> None:
    shown = text_of(built(written(tmp_path, {BEGUN: {"web": check, "db": check}}))["index.html"])

    assert banner in shown
    assert "First checked just now" in shown
    assert "First measured" not in shown
    assert ("No Data" in shown) == ("without data" in shown) == (check is DARK)


def test_a_new_monitor_that_cannot_tell_yet_takes_no_number_from_its_component(
    tmp_path: Path,
) -> None:
    rounds: dict[Instant, dict[str, Check]] = {
        at: {"web": UP} for at in range(BEGUN, BEGUN + 3 * DAY, 300)
    }
    rounds[BEGUN + 3 * DAY] = {"web": UP, "db": DARK}

    shown = text_of(built(written(tmp_path, rounds))["index.html"])

    assert "100.00 % uptime since 18 Nov 2026, coverage 100.00 %" in shown
    assert "without data" not in shown


def test_days_on_which_checks_could_not_tell_are_no_unmonitored_days(tmp_path: Path) -> None:
    switch = BEGUN + 3 * DAY
    rounds = {
        at: {"web": UP, "db": UP if at >= switch else DARK}
        for at in range(BEGUN, BEGUN + 4 * DAY + 1, 300)
    }

    page = built(written(tmp_path, rounds))["index.html"]

    assert "Not enough data since 18 Nov 2026 for an uptime, coverage 25.00 %" in text_of(page)
    assert "3 days without data" in text_of(page)
    assert 'class="z"' in page


def test_the_terminal_says_of_which_time_its_number_is(tmp_path: Path) -> None:
    end = BEGUN + 3 * DAY
    rounds = {at: {"web": UP, "db": UP} for at in range(BEGUN, end + 1, 300)}
    root = written(tmp_path, rounds)

    table = statusgen(root, "status", "--now", "2026-11-21T12:03:00Z")
    told = statusgen(root, "status", "--now", "2026-11-21T12:03:00Z", "--json").json

    assert "\t100.00 % since 2026-11-18\t100.00 %" in table.out
    assert told["components"][0]["first_checked"] == "2026-11-18T12:03:00Z"
    grown = statusgen(root, "status", "--now", "2026-12-18T12:03:00Z")
    assert "since 2026" not in grown.out


def test_each_schema_is_of_the_file_that_it_is_named_after(tmp_path: Path) -> None:
    pages = built(written(tmp_path, {}))
    for name, key in (("status", "monitors"), ("roadmap", "stages"), ("wizard", "questions")):
        assert key in json.loads(pages[f"schema/{name}.json"])["properties"]
