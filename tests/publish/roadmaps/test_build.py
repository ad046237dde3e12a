"""Roadmaps in a whole build: with MkDocs, with our own writer, and with faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.mkdocs_plugin import build_with_mkdocs
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.writers import write_directory

STATUS = """\
site: {name: Example Status, url: "https://status.example.com/"}
monitors:
  - {id: api, name: API, url: "https://api.example.com/"}
"""
PLAN = """\
name: A <b>plan</b>
currency: USD
stages:
  - id: one
    name: First
    status: current
    cost: $10/month
    items:
      - {id: mail, name: Mail, service: {name: Post, price: $4/month}, components: [api]}
"""
MKDOCS = """\
site_name: Example Status
site_url: https://status.example.com/
docs_dir: content
strict: true
theme: {name: material, font: false}
plugins: [search, statusgen]
nav: [About: about.md]
"""
ABOUT = """\
# About

```statusgen
show: cost-table
roadmap: plan
```
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for path, text in {
        "data/status.yml": STATUS,
        "data/roadmaps/plan.yml": PLAN,
        "mkdocs.yml": MKDOCS,
        "content/about.md": ABOUT,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def test_our_own_writer_gives_the_pages_a_layout(repository: Path) -> None:
    out = repository / "site"
    write_directory(build_manifest(BuildOptions(root=repository)), out)
    page = (out / "roadmaps/plan/index.html").read_text()
    assert page.count("<h1") == 1
    assert "<h1>A &lt;b&gt;plan&lt;/b&gt;</h1>" in page
    assert '<link rel="stylesheet" href="../../assets/roadmaps.css">' in page
    assert '<script src="../../assets/roadmaps.js"></script>' in page
    assert "style-src &#39;self&#39; &#39;sha256-" in page
    assert (out / "assets/roadmaps.css").stat().st_size < 40_000
    assert (out / "assets/roadmaps.js").stat().st_size < 1_500
    status = (out / "index.html").read_text()
    assert '<a href="roadmaps/">Roadmaps</a>' in status
    assert "roadmaps.css" not in status
    stage = (out / "roadmaps/plan/stages/one/index.html").read_text()
    assert 'href="../../../../components/api/"' in stage


def test_the_sitemap_covers_the_roadmaps(repository: Path) -> None:
    manifest = build_manifest(BuildOptions(root=repository))
    xml = manifest.entries["sitemap.xml"].content.decode()  # type: ignore[union-attr]
    for path in ("roadmaps/", "roadmaps/plan/", "roadmaps/plan/stages/one/"):
        assert f"<loc>https://status.example.com/{path}</loc>" in xml


def test_mkdocs_gives_them_its_chrome_and_a_place_in_the_navigation(repository: Path) -> None:
    out = repository / "site"
    build_with_mkdocs(repository / "mkdocs.yml", out, BuildOptions(root=repository))
    page = (out / "roadmaps/plan/costs/index.html").read_text()
    assert page.count("<h1") == 1
    assert 'href="../../../assets/roadmaps.css"' in page
    assert 'src="../../../assets/roadmaps.js"' in page
    about = (out / "about/index.html").read_text()
    assert 'href="../roadmaps/plan/"' in about  # in the navigation
    assert "../roadmaps/plan/stages/one/" in about  # in the block's table alone
    assert about.count("stages/one/") == 1
    assert "A &lt;b&gt;plan&lt;/b&gt;" in about
    assert "<b>" not in about
    assert "statusgenfencedblock" not in about
    assert "Post" not in about.partition("<h1")[0]


def test_every_fault_is_told_at_once(repository: Path) -> None:
    (repository / "data/roadmaps/plan.yml").write_text(PLAN.replace("status: current", "status: x"))
    (repository / "data/roadmaps/other.yml").write_text("nam: x\n")
    incident = repository / "content/incidents/2026-01-01-a.md"
    incident.parent.mkdir()
    incident.write_text("no front matter")
    manifest = build_manifest(BuildOptions(root=repository))
    said = "\n".join(map(str, manifest.problems))
    assert "index.html" in manifest.entries  # the news of an outage goes out all the same
    assert "data/roadmaps/plan.yml:6:13: stages.0.status" in said
    assert "data/roadmaps/other.yml:1:1: nam" in said
    assert "2026-01-01-a.md" in said


def test_a_faulty_block_costs_its_own_place_only_and_names_its_line(
    repository: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (repository / "content/about.md").write_text(
        "---\ntitle: x\n---\n" + ABOUT.replace("plan", "p")
    )
    file = repository / "mkdocs.yml"
    file.write_text(file.read_text().replace("strict: true\n", ""))
    build_with_mkdocs(file, repository / "s", BuildOptions(root=repository))
    assert "content/about.md:8:10: roadmap: there is no roadmap 'p'" in capfd.readouterr().err
    page = (repository / "s" / "about" / "index.html").read_text(encoding="utf-8")
    assert "This part of the page could not be generated." in page


def test_without_roadmaps_nothing_of_them_is_published(repository: Path) -> None:
    (repository / "data/roadmaps/plan.yml").unlink()
    manifest = build_manifest(BuildOptions(root=repository))
    assert not any(entry.path.startswith("roadmaps/") for entry in manifest)
    assert b"Roadmaps" not in manifest.entries["index.html"].content  # type: ignore[union-attr]
