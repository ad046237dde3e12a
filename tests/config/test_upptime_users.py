"""Whole files of Upptime users: those written for these tests, and real ones where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.base.errors import InputError
from statusgen.config.reader import load
from statusgen.config.settings import Settings
from statusgen.probe.kinds import KINDS
from tests.conftest import SHARED
from tests.fixtures import UPPTIME

OURS = sorted(UPPTIME.glob("*.yml"))
REAL = sorted((SHARED / "upptime" / "rc").glob("*.yml"))

IDS = {
    "crooked.yml": None,
    "everything.yml": [
        "front-page", "accounts", "cards", "words-on-the-page", "mail-relay", "live-feed",
        "certificate", "from-abroad", "front-page-2",
    ],
    "many.yml": [f"edition-{number}-book" for number in range(1, 25)],
    "nosites.yml": [],
    "plain.yml": ["shop", "secret-site", "docs-and-guides"],
    "unfilled.yml": [],
}  # fmt: skip
"""The monitors' ids by Upptime's rule for slugs, or None where a file cannot be read."""

REFUSED = {
    "crooked.yml": "crooked.yml:11:3: is not valid YAML: did not find expected key (while parsing "
    "a block mapping); check the indentation: keys of one level begin in the same column",
    "upptime__upptime-invalid.yml": "upptime__upptime-invalid.yml:17:3: is not valid YAML: "
    "did not find expected key (while parsing a block mapping); "
    "check the indentation: keys of one level begin in the same column",
}


@pytest.mark.parametrize("path", [*OURS, *REAL], ids=lambda path: path.stem)
def test_a_file_loads_whole_or_is_refused_in_words(path: Path) -> None:
    if path.name in REFUSED:
        with pytest.raises(InputError) as caught:
            load(path, KINDS, path.name)
        assert str(caught.value) == REFUSED[path.name]
        return
    settings = load(path, KINDS, path.name)
    assert settings.left_out == ()
    assert all(problem.line and problem.file == path.name for problem in settings.warnings)
    ids = [monitor.id for monitor in settings.monitors]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", [name for name, ids in IDS.items() if ids is not None])
def test_every_site_of_ours_is_a_monitor_of_its_slug(name: str) -> None:
    settings = _load(name)
    assert [monitor.id for monitor in settings.monitors] == IDS[name]


def test_every_file_of_ours_has_its_expectation() -> None:
    assert [path.name for path in OURS] == list(IDS)


def test_kinds_ports_and_secrets_are_those_that_the_owner_wrote() -> None:
    monitors = {monitor.id: monitor for monitor in _load("everything.yml").monitors}
    assert {name: (monitor.kind, str(monitor.url)) for name, monitor in monitors.items()} == {
        "front-page": ("http", "https://www.example.com"),
        "accounts": ("http", "https://api.example.com/accounts"),
        "cards": ("http", "https://api.example.com/cards"),
        "words-on-the-page": ("http", "https://www.example.com/health"),
        "mail-relay": ("tcp", "tcp://mail.example.com:25"),
        "live-feed": ("ws", "wss://live.example.com/feed"),
        "certificate": ("tls", "tls://www.example.com:443"),
        "from-abroad": ("http", "https://abroad.example.com"),
        "front-page-2": ("http", "https://www.example.com/en"),
    }
    assert str(_load("plain.yml").monitors[1].url) == "$SECRET_SITE"


def test_what_has_no_effect_is_told() -> None:
    told = {warning.path for warning in _load("everything.yml").warnings}
    assert {"i18n", "workflowSchedule", "commitMessages", "assignees"} <= told
    assert {"sites.8"} <= told
    assert {warning.path for warning in _load("plain.yml").warnings} <= {"status-website.logoUrl"}


def _load(name: str) -> Settings:
    return load(UPPTIME / name, KINDS, name)


def test_a_list_of_sites_that_nobody_filled_in_is_doubtful_and_all_else_holds() -> None:
    told = [str(each) for each in _load("unfilled.yml").warnings]
    assert any(
        "sites: there are no sites: nothing will be checked; add one" in each for each in told
    )
