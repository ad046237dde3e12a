"""A whole site with status, roadmaps and prose, as `make site` builds one."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.cli.harness import statusgen
from tests.fixtures import SITE

NOW = "2026-11-21T12:00:00Z"
BASES = ("https://status.example/", "https://owner.github.io/repo/")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the fixtures' repository, with a demonstration built of it."""
    folder = tmp_path_factory.mktemp("repository") / "site"
    shutil.copytree(SITE, folder)
    done = statusgen(folder, "demo", "--out", "site")
    assert done.code == 0, done.err
    return folder


class _Elements(HTMLParser):
    """Every element of a page, with its attributes; that pages are sound is tested elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@cache
def elements(page: Path) -> list[tuple[str, dict[str, str | None]]]:
    """Return the elements of a page: by name, with their attributes."""
    reader = _Elements()
    reader.feed(page.read_text(encoding="utf-8"))
    reader.close()
    return reader.found


def links(page: Path) -> Iterator[str]:
    """Yield every address that a page's elements name."""
    for _, element in elements(page):
        for name in ("href", "src"):
            address = element.get(name)
            if address and not address.startswith("data:"):
                yield address


@pytest.mark.parametrize("base", BASES)
def test_every_link_within_the_site_leads_somewhere(repository: Path, base: str) -> None:
    assert broken_links(repository / "site", base, "https://status.apexmediation.com/") == []


def broken_links(site: Path, base: str, configured: str) -> list[tuple[str, str]]:
    """Return page and address of every link that leads nowhere in a site served at ``base``."""
    broken = []
    for page in sorted(site.rglob("*.html")):
        where = page.relative_to(site).as_posix()
        if where == "404.html":
            continue  # served at any address, so it names the configured site
        for address in links(page):
            target = urljoin(base + where, address)
            inside = next((one for one in (base, configured) if target.startswith(one)), None)
            if inside is None:
                assert not urljoin(base, address).startswith(base), (where, address)
                continue
            path = unquote(urlsplit(target).path)[len(urlsplit(inside).path) :]
            found = site / path
            if not (found.is_file() or (found / "index.html").is_file()):
                broken.append((where, address))
    return broken


def test_two_builds_are_the_same_bytes(repository: Path) -> None:
    build = ("build", "--history", ".demo/history", "--now", NOW)
    first = statusgen(repository, *build, "--out", "a", env={"TZ": "Asia/Tokyo"})
    second = statusgen(
        repository, *build, "--out", "b", env={"TZ": "UTC", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    )

    assert (first.code, second.code) == (0, 0), first.err + second.err
    differing = list(differences(filecmp.dircmp(repository / "a", repository / "b")))
    assert differing == []


def differences(compared: filecmp.dircmp[str]) -> Iterator[str]:
    """Yield what differs in content, not in date or size alone."""
    left, right = Path(compared.left), Path(compared.right)
    yield from compared.left_only
    yield from compared.right_only
    _, wrong, failed = filecmp.cmpfiles(left, right, compared.common_files, shallow=False)
    yield from (str(left / name) for name in (*wrong, *failed))
    for inner in compared.subdirs.values():
        yield from differences(inner)


def test_no_page_asks_a_third_party(repository: Path) -> None:
    asked = set()
    for page in (repository / "site").rglob("*.html"):
        for tag, element in elements(page):
            loads = element.get("src") or (tag == "link" and element.get("href")) or ""
            rel = element.get("rel") or ""
            if urlsplit(loads).scheme in ("http", "https") and rel not in (
                "canonical",
                "alternate",
            ):
                asked.add(loads)
    assert asked == set()
