"""What makes pages to be published anew, with real files; and what does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from statusgen.base.clock import format_instant
from statusgen.base.states import State
from statusgen.probe.round import Check, Round
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.run.publications import Publications, look_at, read_published
from statusgen.run.record import record
from statusgen.run.site import Site
from statusgen.status.publication import Why
from tests.cli.harness import write_config

CONFIG = """\
site: {name: T, timezone: UTC}
monitors:
  - {id: api, name: API, url: https://api.example/}
  - {id: web, name: Web, url: https://web.example/}
"""
HOUR = 1_700_000_000 // 3600 * 3600


def measure(root: Path, minute: int, api: State = State.UP, ms: int = 5) -> None:
    at = HOUR + 60 * minute
    checks = {"api": Check(state=api, ms=ms), "web": Check(state=State.UP, ms=ms)}
    done = Round(key=f"round-{minute}", at=at, vantage="test", took_ms=5, checks=checks)
    record(Site(root), done, now=at + 1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_config(tmp_path, CONFIG)
    measure(tmp_path, 3)
    return tmp_path


def slower(root: Path) -> None:
    measure(root, 8, ms=900)


def down(root: Path) -> None:
    measure(root, 8, State.DOWN)


def degraded(root: Path) -> None:
    measure(root, 8, State.DEGRADED)


def an_hour_later(root: Path) -> None:
    measure(root, 61)


def told(root: Path) -> None:
    path = root / "content/incidents/2023-11-14-mail.md"
    path.parent.mkdir(parents=True)
    started = format_instant(HOUR)
    path.write_text(
        f"---\ntitle: Mail\nimpact: major\nstarted: {started}\n---\n\n"
        f"## Investigating · {started}\n\nWe look.\n"
    )


def reworded(root: Path) -> None:
    write_config(root, CONFIG.replace("Web,", "Website,"))


def prose(root: Path) -> None:
    (root / "content").mkdir()
    (root / "content/about.md").write_text("# About\n")


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (lambda root: None, None),
        (slower, None),
        (down, Why.CHANGED),
        (degraded, Why.CHANGED),
        (told, Why.CHANGED),
        (reworded, Why.CHANGED),
        (prose, Why.CHANGED),
        (an_hour_later, Why.TIME),
    ],
)
def test_what_is_published_anew(
    root: Path, happens: Callable[[Path], None], why: Why | None
) -> None:
    publications = Publications.of(Site(root))

    happens(root)

    assert publications.due()[0] is why
    publications.asked(publications.due()[1])
    assert publications.due()[0] is None


def test_a_window_begins_and_ends_by_the_clock_alone(root: Path) -> None:
    path = root / "content/maintenance/2023-11-14-db.md"
    path.parent.mkdir(parents=True)
    path.write_text(
        f"---\ntitle: DB\naffected: [api]\nstart: {format_instant(HOUR + 600)}\n"
        "duration: 10m\n---\n"
    )
    found = []
    for minute in (9, 10, 11, 20):
        measure(root, minute)
        found.append(look_at(Site(root)).shown)

    assert found[0] != found[1] == found[2] != found[3]


def test_a_build_says_what_it_shows_and_a_later_run_reads_it(root: Path, tmp_path: Path) -> None:
    manifest = build_manifest(BuildOptions(root=root))
    document = manifest.entries["freshness.json"].content  # type: ignore[union-attr]
    out = tmp_path / "out"
    out.mkdir()
    (out / "freshness.json").write_bytes(document)

    assert read_published(str(out)) == look_at(Site(root))
    assert Publications.of(Site(root), str(out)).due()[0] is None
    down(root)
    assert Publications.of(Site(root), str(out)).due()[0] is Why.CHANGED
    assert json.loads(document)["shown"]


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", "null", '{"last_round":3,"shown":"x"}', "[" * 100_000]
)
def test_whatever_is_no_freshness_is_as_if_nothing_was_published(
    root: Path, tmp_path: Path, content: str
) -> None:
    (tmp_path / "freshness.json").write_text(content)

    assert read_published(str(tmp_path)) is None
    found = Publications.of(Site(root), str(tmp_path), unknown=True)
    assert found.due()[0] is Why.FIRST


def test_a_broken_mkdocs_file_stops_no_publication(root: Path) -> None:
    publications = Publications.of(Site(root))
    (root / "mkdocs.yml").write_text("docs_dir: [\n")

    assert publications.due()[0] is Why.CHANGED


def test_the_program_that_shows_is_part_of_what_is_shown(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publications = Publications.of(Site(root))
    monkeypatch.setattr("statusgen.run.shown.__version__", "99")

    assert publications.due()[0] is Why.CHANGED


def test_a_site_without_a_round_is_published_once(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    publications = Publications.of(Site(tmp_path))

    why, now = publications.due()

    assert why is Why.FIRST
    publications.asked(replace(now))
    assert publications.due()[0] is None
