"""Material's instant navigation and our own documents, in a real browser."""

from __future__ import annotations

import functools
import http.server
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from statusgen.mkdocs_plugin import build_with_mkdocs
from statusgen.publish.build import BuildOptions
from tests.doubles import Files, answering

pytestmark = pytest.mark.browser

CONFIG = "site: {name: S}\nmonitors: [{id: api, name: API, url: https://a.example}]\n"
MKDOCS = """\
site_name: S
site_url: {address}
docs_dir: content
theme: {{name: material, font: false, features: [navigation.instant]}}
plugins: [statusgen]
nav: [{{About: about.md}}, {{More: more.md}}]
"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A site with instant navigation, served where its sitemap says."""
    handler = functools.partial(Files, directory=str(tmp_path / "site"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    url = f"http://127.0.0.1:{server.server_port}/"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "status.yml").write_text(CONFIG.replace("S}", f"S, url: '{url}'}}"))
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "about.md").write_text("# About\n")
    (tmp_path / "content" / "more.md").write_text("# More\n")
    (tmp_path / "mkdocs.yml").write_text(MKDOCS.format(address=url))
    build_with_mkdocs(tmp_path / "mkdocs.yml", tmp_path / "site", BuildOptions(root=tmp_path))
    with answering(server):
        yield url


def test_a_status_page_is_loaded_whole_where_prose_is_fetched(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}about/")
    page.wait_for_load_state("networkidle")
    page.evaluate("window.kept = true")

    page.click(".site-nav a:has-text('More')")
    page.wait_for_url(f"{address}more/")
    page.wait_for_selector("h1:has-text('More')")
    assert page.evaluate("window.kept") is True  # fetched, not loaded
    marked = page.locator(".site-nav [aria-current]")
    assert marked.all_inner_texts() == ["More"]  # the header belongs to the new page
    page.keyboard.press("/")
    page.fill(".site-search input", "about")
    assert page.locator(".site-search li a").first.get_attribute("href") == f"{address}about/"
    page.keyboard.press("Escape")

    page.click(".site-nav a:has-text('Status')")
    page.wait_for_url(address)
    page.wait_for_selector("h1:has-text('measured')")
    assert page.evaluate("window.kept === undefined")
    assert page.locator(".md-main").count() == 0
    assert errors == []
    page.go_back()
    page.wait_for_selector("h1:has-text('More')")
    page.close()
