"""Parts of the pages that an owner hides, and those that a site shows while nothing is hidden."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from statusgen.config.site_entries import SECTIONS
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.manifest import Asset, Manifest
from statusgen.publish.site import render_site
from tests.fixtures import SITE
from tests.publish import scenes
from tests.publish.test_own_look import PARTS

SHOWN = {
    "group-uptime": [("index.html", r'<span class="n">[^<]* · ')],
    "response-times": [("components/api/index.html", r'class="card pad chart"')],
    "evidence": [
        ("components/api/index.html", r'id="evidence"'),
        ("incidents/2026-11-20-api-down/index.html", r'id="evidence"'),
        ("days/2026-11-20/index.html", r'id="rounds"'),
    ],
    "reports": [("index.html", r'href="[^"]*reports/"'), ("history/index.html", r'reports/"')],
}


def proven() -> scenes.Scene:
    """An outage whose incidents name the rounds that saw them."""
    settings, snapshot, incidents = scenes.outage()
    evidence = ("20261120T201003Z-github-8812-1",)
    return settings, snapshot, [replace(each, evidence=evidence) for each in incidents]


@pytest.mark.parametrize("part", SHOWN)
def test_a_hidden_part_is_left_out_where_it_would_stand(part: str) -> None:
    settings, snapshot, incidents = proven()
    without = replace(settings, site=replace(settings.site, hide=frozenset({part})))
    usual = scenes.site(proven)
    hidden = render_site(without, snapshot, incidents)

    for path, mark in SHOWN[part]:
        assert re.search(mark, main(usual, path)), path
        assert not re.search(mark, main(hidden, path)), path
        # What is hidden takes nothing else along: the page has its heading and its state.
        assert re.findall("<h1.*?</h1>", main(usual, path)) == re.findall(
            "<h1.*?</h1>", main(hidden, path)
        )


def main(manifest: Manifest, path: str) -> str:
    """Return a page without the style sheet that knows every part."""
    entry = manifest.entries[path]
    assert isinstance(entry, Asset)
    return entry.content.decode().rpartition("</style>")[2]


def test_hidden_roadmaps_have_no_page_and_no_link(tmp_path: Path) -> None:
    (tmp_path / "data/roadmaps").mkdir(parents=True)
    (tmp_path / "content").mkdir()
    shutil.copy(SITE / "data/roadmaps/locallink.yml", tmp_path / "data/roadmaps")
    config = tmp_path / "data/status.yml"
    found = {}
    for hide in ("", "  hide: roadmaps\n"):
        config.write_text(f"site:\n  name: S\n  url: https://s.example/\n{hide}monitors: []\n")
        manifest = build_manifest(BuildOptions(root=tmp_path))
        links = re.findall(r'href="([^"]*roadmaps/[^"]*)"', main(manifest, "index.html"))
        pages = [path for path in manifest.entries if path.startswith("roadmaps/")]
        found[hide] = (bool(pages), bool(links))

    assert found == {"": (True, True), "  hide: roadmaps\n": (False, False)}


def test_each_part_that_can_be_hidden_is_tried() -> None:
    assert {*PARTS, *SHOWN, "name", "roadmaps"} == set(SECTIONS)
