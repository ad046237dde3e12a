"""The site as MkDocs builds it, with a manifest made by hand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import statusgen.mkdocs_plugin as plugin
from statusgen.base.errors import InputError, StatusgenError
from statusgen.publish.build import BuildOptions, EnginePages
from statusgen.publish.manifest import Manifest, Page
from statusgen.publish.site import render_site
from statusgen.publish.sitefiles import add_sitemap
from tests.publish import scenes

MKDOCS = """\
site_name: Example Status
site_url: https://status.example.com/
docs_dir: content
strict: true
theme: {name: material, font: false}
plugins: [search, statusgen]
nav:
  - About us: about.md
  - Guide: [guide/first.md, guide/second.md]
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose history is a scene of the factory."""
    _write(tmp_path / "mkdocs.yml", MKDOCS)
    _write(tmp_path / "content/about.md", "# About\n\n[The status page](index.html)\n")
    _write(tmp_path / "content/guide/first.md", "# First\n")
    _write(tmp_path / "content/guide/second.md", "# Second\n")
    _write(tmp_path / "content/incidents/2026-11-20-api.md", "---\ntitle: x\n---\n")

    def made(options: BuildOptions, beside: EnginePages) -> Manifest:
        settings, snapshot, incidents = scenes.outage()
        manifest = render_site(
            settings, snapshot, incidents, demo=options.demo, navigation=beside.navigation
        )
        manifest.add(
            Page(path="roadmaps/one/index.html", title="A <b>", body="<h1>A</h1>\n\n    <i>x</i>")
        )
        add_sitemap(manifest, settings.site, beside.paths)
        return manifest

    monkeypatch.setattr(plugin.plugin, "build_manifest", made)
    return tmp_path


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def build(root: Path, **options: str) -> Path:
    out = root / "site"
    plugin.build_with_mkdocs(
        root / "mkdocs.yml", out, BuildOptions(root=root, now=1795205520, demo=options.get("demo"))
    )
    return out


def test_both_kinds_of_page_are_built_without_a_warning(repository: Path) -> None:
    out = build(repository)
    assert "API is not answering" in (out / "index.html").read_text()
    assert "md-main" in (out / "about/index.html").read_text()
    assert (out / ".nojekyll").exists()
    assert not (out / "sitemap.xml.gz").exists()


def test_data_among_the_content_is_no_page(repository: Path) -> None:
    out = build(repository)
    assert not (out / "incidents/2026-11-20-api/index.html").exists()
    assert (out / "incidents/2026-11-20-api-down/index.html").exists()


def test_the_sitemap_is_ours_and_covers_prose(repository: Path) -> None:
    xml = (build(repository) / "sitemap.xml").read_text()
    assert "<loc>https://status.example.com/about/</loc>" in xml
    assert "<loc>https://status.example.com/components/api/</loc>" in xml


def test_both_headers_offer_the_same(repository: Path) -> None:
    out = build(repository)
    status = (out / "index.html").read_text()
    assert '<a href="about/">About us</a>' in status
    assert '<a href="guide/first/">Guide</a>' in status
    about = (out / "about/index.html").read_text()

    def entries(html: str) -> list[str]:
        header = html.partition('class="site-nav"')[2].partition("</nav>")[0]
        return re.findall(r">([^<]+)</a>", header)

    assert entries(about) == entries(status) == ["Status", "Incidents", "About us", "Guide"]
    assert '<a href="../history/">Incidents</a>' in about
    assert '<a href="../about/" aria-current="page">About us</a>' in about
    second = (out / "guide/second/index.html").read_text()
    assert '<a href="../../guide/first/" aria-current="true">Guide</a>' in second


def test_a_page_of_the_manifest_gets_the_themes_chrome_and_keeps_its_bytes(
    repository: Path,
) -> None:
    html = (build(repository) / "roadmaps/one/index.html").read_text()
    assert "md-main" in html
    assert "<h1>A</h1>\n\n    <i>x</i>" in html
    assert "A &lt;b&gt;" in html
    assert "<b>" not in html


def test_the_demonstration_says_so_on_prose_too(repository: Path) -> None:
    out = build(repository, demo="Made up & shown")
    assert "Made up &amp; shown" in (out / "about/index.html").read_text()
    assert "Made up &amp; shown" in (out / "roadmaps/one/index.html").read_text()


def test_prose_asks_no_third_party(repository: Path) -> None:
    html = (build(repository) / "about/index.html").read_text()
    assert "fonts.g" not in html
    assert "//cdn" not in html


@pytest.mark.parametrize("name", ["index.md", "README.md"])
def test_the_root_belongs_to_the_status_page(repository: Path, name: str) -> None:
    _write(repository / "content" / name, "# Home\n")
    with pytest.raises(StatusgenError, match=rf"{name}.*root belongs to the status page"):
        build(repository)


def test_any_other_clash_names_both(repository: Path) -> None:
    _write(repository / "content/components/api.md", "# Mine\n")
    with pytest.raises(StatusgenError, match=r"components/api\.md.*component\.html"):
        build(repository)


def test_an_error_of_ours_stays_what_it_is(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Manifest:
        raise InputError("data/status.yml:3:1: monitors: is missing")

    monkeypatch.setattr(plugin.plugin, "build_manifest", fail)
    with pytest.raises(InputError, match=r"data/status\.yml:3:1"):
        build(repository)


def test_a_folder_that_no_build_made_is_not_emptied(repository: Path) -> None:
    _write(repository / "site/thesis.txt", "years of work")
    with pytest.raises(InputError, match="did not write"):
        build(repository)
    assert (repository / "site/thesis.txt").exists()


def test_a_configuration_without_the_plugin_is_refused(repository: Path) -> None:
    _write(repository / "mkdocs.yml", MKDOCS.replace(", statusgen]", "]"))
    with pytest.raises(InputError, match="plugins: statusgen is missing"):
        build(repository)


def test_navigation_that_nobody_wrote_is_found(repository: Path) -> None:
    _write(repository / "mkdocs.yml", MKDOCS.partition("nav:")[0])
    status = (build(repository) / "index.html").read_text()
    assert '<a href="about/">About</a>' in status
    assert '<a href="guide/first/">Guide</a>' in status


def test_a_fault_does_not_end_a_preview(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mkdocs.commands.build import build as build_once
    from mkdocs.config import load_config

    def broken(options: BuildOptions, beside: EnginePages) -> Manifest:
        raise InputError("data/status.yml:6:3: site.name: is required")

    config = load_config(str(repository / "mkdocs.yml"), site_dir=str(repository / "site"))
    config.plugins.on_startup(command="serve", dirty=False)
    build_once(config)
    monkeypatch.setattr(plugin.plugin, "build_manifest", broken)
    build_once(config)

    assert "API is not answering" in (repository / "site" / "index.html").read_text()


def contents(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file()
    }


BUILD = """
import sys
from pathlib import Path
import statusgen.mkdocs_plugin as plugin
from statusgen.publish.build import BuildOptions
from statusgen.publish.sitefiles import add_sitemap
from statusgen.publish.site import render_site
from tests.publish import scenes

def made(options, beside):
    settings, snapshot, incidents = scenes.outage()
    manifest = render_site(settings, snapshot, incidents, navigation=beside.navigation)
    add_sitemap(manifest, settings.site, beside.paths)
    return manifest

plugin.plugin.build_manifest = made
root = Path(sys.argv[1])
options = BuildOptions(root=root, now=1795205520)
plugin.build_with_mkdocs(root / "mkdocs.yml", Path(sys.argv[2]), options)
"""


def test_two_builds_are_the_same_to_the_byte(repository: Path, tmp_path: Path) -> None:
    outputs = []
    project = Path(__file__).parents[2]
    for number, (zone, seed) in enumerate([("UTC", "0"), ("Asia/Kathmandu", "77")]):
        out, folder = tmp_path / f"out{number}", tmp_path / f"cwd{number}"
        folder.mkdir()
        environment = {
            "PATH": "/usr/bin:/bin",
            "TZ": zone,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": ":".join([str(project), *sys.path]),
            "HOME": str(tmp_path),
        }
        subprocess.run(
            [sys.executable, "-c", BUILD, str(repository), str(out)],
            cwd=folder,
            env=environment,
            check=True,
        )
        outputs.append(contents(out))
    assert outputs[0].keys() == outputs[1].keys()
    assert [name for name in outputs[0] if outputs[0][name] != outputs[1][name]] == []


def test_links_to_our_own_documents_load_them_whole_where_material_would_fetch_them(
    repository: Path,
) -> None:
    for instant in (False, True):
        features = "features: [navigation.instant]" if instant else "features: []"
        _write(repository / "mkdocs.yml", MKDOCS.replace("font: false", f"font: false, {features}"))
        page = (build(repository) / "guide/first/index.html").read_text()
        anchors = re.findall(r"<a\b[^>]*>", page)
        leads = {re.search(r'href="([^"]*)"', each)[1]: "target=" in each for each in anchors}  # type: ignore[index]
        assert leads["../.."] is instant  # the status page
        assert leads["../../history/"] is instant
        assert leads["../../about/"] is False
        assert leads["../second/"] is False


def test_the_authors_own_entry_for_the_root_is_not_doubled(repository: Path) -> None:
    nav = MKDOCS.replace("  - About us", "  - Home: /\n  - About us").replace("strict: true\n", "")
    _write(repository / "mkdocs.yml", nav)
    out = build(repository)
    for path in ("index.html", "about/index.html"):
        header = (out / path).read_text().partition('class="site-nav"')[2].partition("</nav>")[0]
        assert ">Home</a>" in header
        assert ">Status</a>" not in header


def test_an_existing_site_gets_the_header_whatever_its_theme_says(repository: Path) -> None:
    theme = "theme: {name: material, palette: {primary: indigo}, features: [search.suggest]}"
    text = MKDOCS.replace("theme: {name: material, font: false}", theme)
    _write(repository / "mkdocs.yml", text + "repo_url: https://example.com/code\n")
    out = build(repository)
    about = (out / "about/index.html").read_text()
    assert 'class="site-header"' in about
    assert "md-header" not in about
    assert "fonts.g" not in about
    for html in (about, (out / "index.html").read_text()):
        header = html.partition('class="site-nav"')[2].partition("</nav>")[0]
        assert '<a href="https://example.com/code">' in header


def test_an_owners_own_header_stays_with_what_belongs_to_it(repository: Path) -> None:
    _write(repository / "own/partials/header.html", "<header data-md-component='header'>Mine")
    theme = MKDOCS.replace("font: false", "custom_dir: own, palette: {primary: teal}")
    _write(repository / "mkdocs.yml", theme)
    about = (build(repository) / "about/index.html").read_text()
    assert "Mine" in about
    assert 'data-md-color-primary="teal"' in about
    assert (repository / "site/search/search_index.json").exists()


def test_other_templates_of_an_owner_go_before_ours(repository: Path) -> None:
    _write(repository / "own/partials/footer.html", "<footer>My own foot</footer>")
    _write(repository / "mkdocs.yml", MKDOCS.replace("font: false", "custom_dir: own"))
    about = (build(repository) / "about/index.html").read_text()
    assert "My own foot" in about
    assert 'class="site-header"' in about
