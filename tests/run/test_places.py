"""Where a site keeps things; ``mkdocs.yml`` as strangers write it, read without MkDocs."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.base.errors import InputError
from statusgen.run.places import Places
from statusgen.run.site import Site
from tests.cli.harness import statusgen, write_config

CONFIG = "site: {name: T}\nmonitors:\n  - {id: api, name: API, url: https://api.example/}\n"
INCIDENT = """\
---
title: Something broke
affected: [api]
---

## Investigating · 2026-11-20T20:10:03Z

We look.
"""


def places(root: Path) -> Places:
    return Places(root, root / "data/history")


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ("site_name: T\ndocs_dir: handbook\n", "handbook"),
        ("site_name: T\n", "docs"),
        (
            (
                "site_name: T\ndocs_dir: pages\nmarkdown_extensions:\n  - pymdownx.emoji:\n"
                "      emoji_index: !!python/name:material.extensions.emoji.twemoji\n"
                "      emoji_generator: !!python/name:material.extensions.emoji.to_svg\n"
            ),
            "pages",
        ),
        ("site_name: !ENV [SITE_NAME, T]\ndocs_dir: !ENV [NO_SUCH_NAME, from-env]\n", "from-env"),
        ("INHERIT: base.yml\nsite_name: T\n", "inherited"),
        ("INHERIT: base.yml\ndocs_dir: own\n", "own"),
        ("plugins:\n  - x: {y: !relative $config_dir}\ndocs_dir: r\n", "r"),
        ("site_url: !ENV SITE_URL\ndocs_dir: !ENV NO_SUCH_NAME\n", "docs"),
        ("site_url: !ENV SITE_URL\ndocs_dir: !ENV PAGES_OF_THE_TEST\n", "named"),
        ("docs_dir: !ENV [NO_SUCH_NAME, PAGES_OF_THE_TEST, from-env]\n", "named"),
        ("docs_dir: !ENV [PAGES_OF_THE_TEST]\n", "named"),
        ("INHERIT: !ENV [NO_SUCH_NAME, base.yml]\n", "inherited"),
        ("extra: {built: 2026-02-30, port: !!int x}\ndocs_dir: odd\n", "odd"),
        ("x: &x {docs_dir: merged}\n<<: *x\n", "merged"),
        ("docs_dir: 5\n", "docs"),
        ("slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}\n", "docs"),
    ],
)
def test_pages_lie_where_mkdocs_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, folder: str
) -> None:
    monkeypatch.setenv("PAGES_OF_THE_TEST", "named")
    (tmp_path / "mkdocs.yml").write_text(text)
    (tmp_path / "base.yml").write_text("docs_dir: inherited\n")

    assert places(tmp_path).content == tmp_path / folder


def test_mkdocs_yaml_is_read_where_there_is_no_mkdocs_yml(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yaml").write_text("docs_dir: second\n")
    assert places(tmp_path).content == tmp_path / "second"

    (tmp_path / "mkdocs.yml").write_text("docs_dir: first\n")
    assert places(tmp_path).content == tmp_path / "first"


def test_the_folder_that_mkdocs_names_is_shown_as_below_the_root(tmp_path: Path) -> None:
    root = Path(".")
    inside = Places(root, root / "data/history", Path.cwd() / "handbook")
    outside = Places(root, root / "data/history", tmp_path)

    assert inside.content == Path("handbook")
    assert outside.content == tmp_path


def test_without_mkdocs_pages_lie_in_content(tmp_path: Path) -> None:
    assert places(tmp_path).content == tmp_path / "content"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"mkdocs.yml": "site_name: [\n"}, "mkdocs.yml:2:1"),
        ({"mkdocs.yml": "a: " + "[" * 3000 + "]" * 3000}, "mkdocs.yml: is nested too deeply"),
        ({"mkdocs.yml": "docs_dir: own\nINHERIT: gone.yml\n"}, "gone.yml: is inherited from"),
        ({"mkdocs.yml": "INHERIT: gone.yml\n"}, "gone.yml: is inherited from, but is not there"),
        ({"mkdocs.yml": "INHERIT: mkdocs.yml\n"}, "INHERIT leads in a circle"),
    ],
)
def test_a_broken_mkdocs_file_is_told(tmp_path: Path, files: dict[str, str], told: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)

    with pytest.raises(InputError) as caught:
        _ = places(tmp_path).content

    assert told in str(caught.value)


def test_incidents_below_another_docs_dir_are_read_by_everybody(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    (tmp_path / "mkdocs.yml").write_text("site_name: T\ndocs_dir: handbook\n")
    path = tmp_path / "handbook/incidents/2026-11-20-broke.md"
    path.parent.mkdir(parents=True)
    path.write_text(INCIDENT)

    listed = statusgen(tmp_path, "incident", "list", "--json")
    built = statusgen(tmp_path, "build", "--engine", "none", "--now", "2026-11-20T21:00:00Z")
    path.write_text(INCIDENT.replace("[api]", "[app]"))
    checked = statusgen(tmp_path, "validate")

    assert [each["id"] for each in listed.json] == ["2026-11-20-broke"]
    assert built.code == 0, built.err
    assert (tmp_path / "site/incidents/2026-11-20-broke/index.html").is_file()
    assert checked.code == 2
    assert "handbook/incidents/2026-11-20-broke.md:3:12" in checked.err


def test_a_site_reads_nothing_before_it_is_asked_and_nothing_twice(tmp_path: Path) -> None:
    write_config(tmp_path, CONFIG)
    site = Site(tmp_path)

    first = site.settings
    (tmp_path / "data/status.yml").unlink()

    assert site.settings is first
    assert site.now == 0
    assert site.today is None
    assert site.roadmaps.roadmaps == ()
    with pytest.raises(InputError):
        _ = Site(tmp_path).settings
