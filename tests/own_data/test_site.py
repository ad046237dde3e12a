"""This repository's own site: read without a warning, built without a broken link."""

from __future__ import annotations

import shutil
from pathlib import Path

from statusgen.config.reader import load
from statusgen.probe.kinds import KINDS
from statusgen.run.choices import FORM
from statusgen.run.site import Site
from tests.cli.harness import statusgen
from tests.cli.test_site import broken_links
from tests.conftest import ROOT


def test_the_configuration_of_this_repository_is_without_a_warning() -> None:
    settings = load(ROOT / "data" / "status.yml", KINDS, "data/status.yml")
    assert settings.warnings == ()
    assert [len(group.components) for group in settings.groups] == [5, 2, 3]
    assert {monitor.interval for monitor in settings.monitors} == {300}


def test_every_link_within_the_site_leads_somewhere(tmp_path: Path) -> None:
    for name in ("content", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("history"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    done = statusgen(tmp_path, "demo", "--out", "site")
    assert done.code == 0, done.err

    base = "https://status.apexmediation.com/"
    assert broken_links(tmp_path / "site", base, base) == []


def test_the_form_offers_the_components_that_there_are() -> None:
    site = Site(ROOT)
    assert (ROOT / FORM).is_file()
    assert site.old_form == ()
