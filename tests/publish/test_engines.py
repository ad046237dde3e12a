"""One repository by four page engines: the same addresses, the same bytes, the same text."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import markdown
import pytest
from pymdownx.superfences import SuperFencesException

from statusgen.publish import fence
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.writers import write_directory
from statusgen.setup.starter import starter_files
from statusgen.setup.wheel import Wheel
from tests.cli.harness import statusgen

NOW = "2026-11-20T20:10:03Z"
EPOCH = "1795205403"
ROADMAP = """\
name: Harbour
currency: EUR
stages:
  - name: First <stage>
    status: current
    when: 2026-01 to 2026-06
    cost: €20/month
    items: [{name: Crane, service: {name: Lifts & lowers, price: €20/month}}]
  - name: Second stage
    when: 2026-10 to 2027-01
    items: [{name: Quay, service: {name: A second one, price: €61/month}}]
"""
PLAN = """\
# Plan

See [about](../about.md), [the status](../index.html) and ![the map](map.svg).

```statusgen
show: ladder
roadmap: harbour
```

- In a list:

    ```statusgen
    show: cost-table
    roadmap: harbour
    ```

```python
print("not ours")
```

~~~statusgen
show: ladder
roadmap: harbour
~~~

```statusgen
show: status
```
"""
INCIDENT = """\
---
title: Invoices are late
impact: minor
started: 2026-11-20T10:00:00Z
resolved: 2026-11-20T11:00:00Z
---

## resolved · 2026-11-20T11:00:00Z

The queue of invoices is empty again.
"""
WINDOW = """\
---
title: New cable
affected: [a-example]
start: 2026-11-25T10:00:00Z
duration: 1h
---
"""


def written(root: Path) -> Path:
    files = starter_files(
        name="Harbour",
        urls=["https://a.example/"],
        site_url="https://x.example/",
        wheel=Wheel("w-0-py3-none-any.whl", b""),
    )
    texts: dict[str, bytes | str] = {
        **files,
        "data/roadmaps/harbour.yml": ROADMAP,
        "content/guide/plan.md": PLAN,
        "content/guide/map.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "content/incidents/2026-11-20-late.md": INCIDENT,
        "content/incidents/2026-11-19-wrong.md": "---\ntitle: Of no use yet\n---\n",
        "content/maintenance/2026-11-25-cable.md": WINDOW,
    }
    for name, text in texts.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def engine(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run another engine as a person does."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(root),
        "SOURCE_DATE_EPOCH": EPOCH,
        "NO_MKDOCS_2_WARNING": "1",
    }
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def needs(name: str) -> None:
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{name} is not installed; requirements/test.txt names it")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("engines"))


@pytest.fixture(scope="module")
def sites(root: Path) -> Mapping[str, Path]:
    """The four outputs. Zensical's is made first: its pages stay beside the author's for all."""
    needs("zensical")
    needs("properdocs")
    made = {name: root / "out" / name for name in ("none", "mkdocs", "properdocs", "zensical")}
    assert statusgen(root, "export", "site", "content", "--now", NOW).code == 0
    done = engine(root, "zensical", "build")
    assert done.returncode == 0, done.stderr
    (root / "out").mkdir()
    (root / "site").rename(made["zensical"])
    done_ours = statusgen(root, "export", "site", "--into", "out/zensical", "--now", NOW)
    assert done_ours.code == 0, done_ours.err
    write_directory(build_manifest(BuildOptions(root=root, now=int(EPOCH))), made["none"])
    built = statusgen(root, "build", "--engine", "mkdocs", "--out", "out/mkdocs", "--now", NOW)
    assert built.code == 0, built.err
    done = engine(root, "properdocs", "build", "--site-dir", str(made["properdocs"]))
    assert done.returncode == 0, done.stderr
    return made


def contents(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and path.name != ".statusgen-build.json"
    }


def ours(path: str) -> bool:
    """Whether an address is not the page engine's own."""
    theirs = ("assets/images/", "assets/javascripts/", "assets/stylesheets/")
    own = {"assets/statusgen.css", "assets/statusgen.js", "search.json", "history/sitemap.xml"}
    return not path.startswith(theirs) and path not in own and not path.startswith("search/")


class Text(HTMLParser):
    """What a page says in its main part, and where it leads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self._quiet = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.ids |= {named[key] for key in ("id", "name") if key in named}
        if tag in ("a", "link", "img", "script"):
            link = named.get("href") or named.get("src")
            if link and named.get("rel") not in ("preconnect", "canonical", "alternate"):
                self.links.append(link)
        self._quiet += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._quiet -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self.words.append(data.replace("¶", " "))


def main_text(html: str) -> str:
    """Return the text of the page itself, without what an engine puts around it."""
    for opening, closing in (("<article", "</article>"), ("<main", "</main>")):
        if opening in html:
            inner = html.partition(opening)[2].partition(">")[2].partition(closing)[0]
            inner = re.sub(r"<nav\b.*?</nav>|<details class=\"menu.*?</details>", "", inner)
            return " ".join("".join(Text(inner).words).split())
    return " ".join("".join(Text(html).words).split())


def test_all_publish_the_same_addresses(sites: Mapping[str, Path]) -> None:
    listed = {name: {path for path in contents(site) if ours(path)} for name, site in sites.items()}
    assert len(listed["none"]) > 90
    for name, paths in listed.items():
        assert paths ^ listed["none"] == set(), name
    assert ".well-known/api-catalog" in listed["zensical"]
    assert "status.md" in listed["zensical"]
    assert "incidents/2026-11-20-late/index.html" in listed["zensical"]
    assert "incidents/2026-11-19-wrong/index.html" not in listed["zensical"]  # read by nobody


def test_what_is_no_page_is_equal_to_the_byte(sites: Mapping[str, Path]) -> None:
    held = {name: contents(site) for name, site in sites.items()}
    for path, content in held["none"].items():
        if path.endswith(".html"):
            continue
        assert {name for name in held if held[name][path] != content} == set(), path


def test_pages_of_ours_are_equal_to_the_byte_where_no_theme_dresses_them(
    sites: Mapping[str, Path],
) -> None:
    held = {name: contents(sites[name]) for name in ("none", "zensical")}
    prose = {"about/index.html", "guide/plan/index.html"}
    differing = {
        path
        for path, content in held["none"].items()
        if path in held["zensical"] and held["zensical"][path] != content
    }
    assert differing == prose


def test_every_page_says_the_same(sites: Mapping[str, Path]) -> None:
    pages = [path for path in contents(sites["none"]) if path.endswith(".html")]
    assert {"index.html", "guide/plan/index.html", "roadmaps/harbour/index.html"} <= {*pages}
    for path in pages:
        texts = {name: main_text((site / path).read_text()) for name, site in sites.items()}
        for name, text in texts.items():
            assert text == texts["none"], (name, path)


@pytest.mark.parametrize("name", ["none", "mkdocs", "properdocs", "zensical"])
def test_every_link_leads_somewhere(sites: Mapping[str, Path], name: str) -> None:
    site = sites[name]
    pages = {
        path: Text(content.decode())
        for path, content in contents(site).items()
        if path.endswith(".html")
    }
    broken = []
    for path, page in pages.items():
        for link in page.links:
            target = urlsplit(urljoin(f"https://x.example/{path}", link))
            if target.netloc != "x.example" or target.scheme != "https":
                continue
            there = unquote(target.path).removeprefix("/")
            file = f"{there}index.html" if there.endswith("/") or not there else there
            if not (site / file).is_file():
                broken.append((path, link))
            elif target.fragment and file in pages:
                known = unquote(target.fragment) in pages[file].ids
                if not known and not target.fragment.startswith("__"):
                    broken.append((path, link))
    assert broken == []


def test_the_pages_that_wait_for_another_engine_are_nobodys_own(
    root: Path, sites: Mapping[str, Path]
) -> None:
    told = statusgen(root, "validate").err
    assert "2026-11-19-wrong.md" in told
    assert ".html" not in told
    ignored = (root / "content/.gitignore").read_text().splitlines()
    assert "/index.html" in ignored
    assert "/about.md" not in ignored


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    needs("zensical")
    return written(tmp_path)


def test_zensical_alone_stops_with_a_sentence_that_says_what_to_do(fresh: Path) -> None:
    for path in (fresh / "content").rglob("*.md"):
        path.write_text("# No block at all\n")
    done = engine(fresh, "zensical", "build")
    assert done.returncode == 1
    assert "statusgen export site" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (fresh / "site").exists()


def test_a_block_that_was_written_since_stops_the_engine(fresh: Path) -> None:
    assert statusgen(fresh, "export", "site", "content", "--now", NOW).code == 0
    (fresh / "content/guide/plan.md").write_text(
        "```statusgen\nshow: timeline\nroadmap: harbour\n```\n"
    )
    done = engine(fresh, "zensical", "build")
    assert done.returncode == 1
    assert "guide/plan.md: the block 'show: timeline" in done.stderr


def test_what_is_new_shows_although_zensical_keeps_pages(fresh: Path) -> None:
    assert statusgen(fresh, "export", "site", "content", "--now", NOW).code == 0
    assert engine(fresh, "zensical", "build").returncode == 0
    (fresh / "data/roadmaps/harbour.yml").write_text(ROADMAP.replace("€61", "€77"))
    assert statusgen(fresh, "export", "site", "content", "--now", NOW).code == 0
    assert engine(fresh, "zensical", "build").returncode == 0
    page = (fresh / "site/guide/plan/index.html").read_text()
    assert "€97" in page
    assert "€81" not in page


def test_blocks_that_nobody_rendered_are_told(fresh: Path) -> None:
    text = (fresh / "mkdocs.yml").read_text()
    (fresh / "mkdocs.yml").write_text(text.partition("markdown_extensions:")[0])
    assert engine(fresh, "zensical", "build").returncode == 0
    done = statusgen(fresh, "export", "site", "--into", "site", "--now", NOW)
    assert done.code == 2
    assert "4 of 4 blocks of guide/plan.md stand there as written" in done.err
    assert "pymdownx.superfences" in done.err


def test_nothing_of_the_authors_is_overwritten_or_removed(fresh: Path) -> None:
    place = fresh / "content/status.txt"
    place.write_text("mine")
    done = statusgen(fresh, "export", "site", "content", "--now", NOW)
    assert done.code == 2
    assert "content/status.txt: stands where ours goes" in done.err
    place.unlink()
    before = {path: path.read_bytes() for path in (fresh / "content").rglob("*") if path.is_file()}
    assert statusgen(fresh, "export", "site", "content", "--now", NOW).code == 0
    (fresh / "content/llms.txt").write_text("edited by hand")
    again = statusgen(fresh, "export", "site", "content", "--now", NOW)
    assert "content/llms.txt: was edited since it was exported" in again.err
    removed = statusgen(fresh, "export", "site", "--remove")
    assert removed.out.startswith("removed ")
    after = {path: path.read_bytes() for path in (fresh / "content").rglob("*") if path.is_file()}
    assert after == {**before, fresh / "content/llms.txt": b"edited by hand"}
    assert not (fresh / ".statusgen-export.json").exists()


def test_a_page_for_the_root_is_told_before_any_engine_stops_at_it(fresh: Path) -> None:
    (fresh / "content/index.md").write_text("# Welcome\n")
    for command in (("validate",), ("build", "--engine", "mkdocs")):
        done = statusgen(fresh, *command)
        assert done.code != 0
        assert "the site's root belongs to the status page" in done.err


def test_a_block_that_our_plugin_has_not_seen_ends_the_build_with_the_page() -> None:
    fences = [{"name": "statusgen", "class": "statusgen", "format": fence.block}]
    converter = markdown.Markdown(
        extensions=["pymdownx.superfences"],
        extension_configs={"pymdownx.superfences": {"custom_fences": fences}},
    )
    fence.begin_page(fence.PageBlocks("content/a.md", [("show: status", "<p>Fine</p>")]))
    try:
        assert "<p>Fine</p>" in converter.convert("```statusgen\nshow: status\n```\n")
        with pytest.raises(SuperFencesException, match=r"content/a\.md: .*stand alone on a line"):
            converter.convert("```statusgen\nshow: ladder\n```\n")
    finally:
        fence.begin_page(None)
