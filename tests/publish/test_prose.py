"""Pages of prose in our own layout: what MkDocs would publish, without MkDocs."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from statusgen.mkdocs_plugin import build_with_mkdocs
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.manifest import Manifest, Page
from statusgen.publish.prose.sources import Source
from statusgen.publish.writers import write_directory

STATUS = """\
site: {name: Harbour Status, url: "https://status.example.com/"}
monitors:
  - {id: api, name: Backend API, url: "https://a.example", group: Core}
"""
MKDOCS = """\
site_name: Something else
site_url: https://status.example.com/
docs_dir: content
theme: {name: material, font: false}
plugins: [search, statusgen]
exclude_docs: |
  drafts/
  *.bak
markdown_extensions:
  - admonition
  - toc: {permalink: true}
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
nav:
  - About us: about.md
  - Handbook:
      - handbook/first.md
      - More: [handbook/deep/second.md]
  - Elsewhere: https://example.com/
"""
FIRST = """\
---
title: How ferries are counted
description: Each ferry, once.
---
# Counting

See [the contact](../about.md#contact), [below](#exceptions),
[the API](../components/api/index.html), [all incidents](/history/),
[as a browser sees it](../../components/api/),
[a letter](mailto:a@b.example).

![The harbour](harbour.png)

## Exceptions

!!! warning
    Not on Sundays.

| port | ferries |
|:-----|--------:|
| Kiel | 12 |

```python
print("<b>")
```

## Main
"""
FILES = {
    "data/status.yml": STATUS,
    "mkdocs.yml": MKDOCS,
    "content/about.md": "# About us\n\nWe count ferries.\n\n## Contact\n\nBy radio.\n",
    "content/handbook/first.md": FIRST,
    "content/handbook/deep/second.md": "No heading [back](../first.md).\n",
    "content/handbook/harbour.png": "not really",
    "content/handbook/README.md": "# Handbook\n",
    "content/notes.markdown": "---\nsearch: {exclude: true}\n---\n# Secret handshake\n",
    "content/drafts/idea.md": "# Not yet\n",
    "content/old.bak": "x",
    "content/.hidden.md": "# Hidden\n",
    "content/maintenance/2026-12-01-disk.md": (
        "---\ntitle: x\nstart: 2026-12-01T10:00:00Z\nduration: 1h\n---\n"
    ),
    "content/maintenance/why.md": "# Why we maintain\n",
    "content/incidents/2026-11-20-x.md": (
        "---\ntitle: x\nstarted: 2026-11-20T10:00:00Z\naffected: [api]\n---\n"
        "## Investigating · 2026-11-20T10:00:00Z\n\nx\n"
    ),
}


def repository(root: Path, **more: str) -> Path:
    for name, text in (FILES | more).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def built(root: Path) -> Manifest:
    return build_manifest(BuildOptions(root=root, now=1795205520))


def page(manifest: Manifest, path: str) -> str:
    entry = manifest.entries[f"{path}index.html"]
    assert isinstance(entry, Page)
    assert manifest.wrap is not None
    return manifest.wrap(entry).decode()


def told(manifest: Manifest) -> list[str]:
    return [str(each) for each in (*manifest.problems, *manifest.doubtful)]


def test_the_addresses_are_those_that_mkdocs_gives(tmp_path: Path) -> None:
    root = repository(tmp_path)
    build_with_mkdocs(root / "mkdocs.yml", root / "out", BuildOptions(root=root, now=1795205520))
    write_directory(built(root), root / "own")

    def listed(folder: str) -> set[str]:
        found = (root / folder).rglob("*")
        return {each.relative_to(root / folder).as_posix() for each in found if each.is_file()}

    of_theme = {
        each for each in listed("out") if re.match(r"assets/(?!search)|history/sitemap", each)
    }
    assert (
        listed("out") - of_theme - {".statusgen-build.json"}
        == listed("own") - {".statusgen-build.json"} - of_theme
    )
    assert {
        "about/index.html", "handbook/index.html", "handbook/first/index.html", "notes/index.html",
        "handbook/harbour.png", "maintenance/why/index.html",
    } <= listed("own")  # fmt: skip
    assert "Harbour" not in (root / "own/sitemap.xml").read_text()
    assert (root / "own/sitemap.xml").read_text() == (root / "out/sitemap.xml").read_text()


def test_a_page_reads_like_its_markdown(tmp_path: Path) -> None:
    html = page(built(repository(tmp_path)), "handbook/first/")

    assert "<title>How ferries are counted · Harbour Status</title>" in html
    assert '<meta name="description" content="Each ferry, once.">' in html
    assert html.count("<h1") == 1
    assert '<h2 id="exceptions">Exceptions' in html
    assert '<p class="admonition-title">Warning</p>' in html
    assert '<th class="to-right">ferries</th>' in html
    assert 'print("&lt;b&gt;")' in html.replace("&quot;", '"')
    assert '<h2 id="main-1">' in html  # "main" is the layout's
    assert html.count('id="main"') == 1


def test_every_link_leads_from_the_page_to_where_its_author_meant(tmp_path: Path) -> None:
    manifest = built(repository(tmp_path))
    html = page(manifest, "handbook/first/")
    body = html.partition("<main")[2].partition("</main>")[0]
    here = "https://x/handbook/first/"
    leads = {urljoin(here, each) for each in re.findall(r'(?:href|src)="([^"]+)"', body)}

    assert {
        "https://x/about/#contact", f"{here}#exceptions", "https://x/components/api/",
        "https://x/history/", "mailto:a@b.example", "https://x/handbook/harbour.png",
    } <= leads  # fmt: skip
    assert told(manifest) == []


def test_header_and_menu_show_the_navigation(tmp_path: Path) -> None:
    manifest = built(repository(tmp_path))
    html = page(manifest, "handbook/first/")
    header = html.partition("<header")[2].partition("</header>")[0]
    side = html.partition('class="site-side"')[2].partition("</nav>")[0]

    assert re.findall(r">([^<]+)</a></li>", header)[:5] == [
        "Status", "Incidents", "About us", "Handbook", "Elsewhere",
    ]  # fmt: skip
    assert '<a href="../../handbook/first/" aria-current="true">Handbook</a>' in header or (
        'aria-current="page">Handbook</a>' in header
    )
    assert re.findall(r">([^<]+)</a>", side) == [
        "How ferries are counted", "Exceptions", "Main", "Second",
    ]  # fmt: skip


def test_without_a_nav_the_folders_are_the_navigation(tmp_path: Path) -> None:
    root = repository(tmp_path)
    (root / "mkdocs.yml").unlink()
    html = page(built(root), "handbook/first/")

    assert re.findall(r">([^<]+)</a></li>", html.partition("</header>")[0])[:4] == [
        "Status", "Incidents", "About us", "Secret handshake",
    ]  # fmt: skip
    assert ">Handbook</a>" in html


def test_the_search_finds_prose_that_does_not_hide(tmp_path: Path) -> None:
    entry = built(repository(tmp_path)).entries["assets/search.json"]
    text = entry.content.decode()  # type: ignore[union-attr]

    assert '"How ferries are counted","handbook/first/","prose"' in text
    assert "Secret handshake" not in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# A\n\n[x](gone.md)\n", ":3:5: the link 'gone.md' leads nowhere"),
        (
            "# A\n\nSo [x](about.md#contakt)\n",
            ":3:8: the link 'about.md#contakt' leads to no heading",
        ),
        ("# A\n\n[x](#nothing)\n", ":3:5: the link '#nothing' leads to no heading"),
        ("# A\n\n![x](gone.png)\n", ":3:6: the link 'gone.png' leads nowhere"),
        ("# A\n\n[x](../../etc/passwd)\n", ":3:5: the link '../../etc/passwd' leads nowhere"),
        ("# A\n\n```statusgen\nshow: ladder\n```\n", ":4:1: `roadmap` is missing"),
    ],
)
def test_what_leads_nowhere_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    manifest = built(repository(tmp_path, **{"content/page.md": text}))

    assert len(told(manifest)) == 1
    assert f"content/page.md{said}" in told(manifest)[0]
    assert "<h1" in page(manifest, "page/")


def test_links_that_look_alike_stay_silent(tmp_path: Path) -> None:
    text = (
        "# A\n\n[a](about.md), [b](./about.md#contact), [c](about/), [d](handbook/first.md),"
        " [e](index.html), [f](history/atom.xml), [g](?x=1), [h](https://gone.example/x.md),"
        " [i](#main), [j](about.md?y#contact), [k](notes.markdown), `[l](gone.md)`\n"
    )
    manifest = built(repository(tmp_path, **{"content/page.md": text}))

    assert told(manifest) == []


def test_pages_that_would_take_a_place_of_ours_are_named(tmp_path: Path) -> None:
    more = {"content/index.md": "# Home\n", "content/history/index.md": "# My history\n"}
    manifest = built(repository(tmp_path, **more))

    assert [each for each in told(manifest) if "content/index.md" in each]
    assert [each for each in told(manifest) if "content/history/index.md" in each]
    assert "My history" not in str(manifest.entries["history/index.html"])


def test_what_only_mkdocs_can_do_is_named(tmp_path: Path) -> None:
    root = repository(tmp_path)
    text = MKDOCS.replace(
        "  - admonition\n", "  - admonition\n  - pymdownx.arithmatex\n  - mine.own\n"
    )
    (root / "mkdocs.yml").write_text(text)

    said = told(built(root))
    assert len(said) == 2
    assert all("mkdocs.yml:9" in each or "mkdocs.yml:10" in each for each in said), said
    assert "pymdownx.arithmatex" in said[0]


def test_nothing_in_prose_acts(tmp_path: Path) -> None:
    text = (
        "# A <script>alert(1)</script>\n\n<img src=x onerror=alert(1)> <iframe src=/></iframe>"
        " <a href='javascript:alert(1)'>a</a> [b](javascript:alert(1)) <svg onload=alert(1)></svg>"
        " <form action=/><input type=text name=q></form> <div style='position:fixed'>c</div>"
        ' [d](<about.md" onclick="alert(1)>)\n\n<style>*{display:none}</style>\n\nKept.\n'
    )
    html = page(built(repository(tmp_path, **{"content/page.md": text})), "page/")
    body = html.partition("<main")[2].partition("</main>")[0]

    assert "Kept." in body
    assert not re.search(r"<(script|iframe|svg|form|style)|javascript:", body)
    assert not re.search(r"<[^>]*\s(on\w+|style)=", re.sub(r'"[^"]*"', '""', body))


def test_files_that_cannot_be_read_cost_only_themselves(tmp_path: Path) -> None:
    root = repository(tmp_path)
    (root / "content/latin.md").write_bytes(b"# Caf\xe9\n")
    (root / "content/front.md").write_text("---\ntitle: [\n---\n# Front\n")
    outside = tmp_path / "secret.md"
    outside.write_text("# Secret\n")
    (root / "content/link.md").symlink_to(outside)
    manifest = built(root)

    assert [each for each in told(manifest) if "content/latin.md:1" in each]
    assert [each for each in told(manifest) if "content/front.md:3" in each or "front.md:2" in each]
    assert "Front" in page(manifest, "front/")
    assert "link/index.html" not in manifest.entries
    assert "about/index.html" in manifest.entries


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Database &amp; Auth", "Database & Auth"),
        (r"Keys \[a-z\] \& more", r"Keys [a-z] \& more"),
        ("Tom & Jerry", "Tom & Jerry"),
        ("&lt;b&gt;bold&lt;/b&gt;", "<b>bold</b>"),
        (r"C:\temp", r"C:\temp"),
    ],
)
def test_a_title_is_the_text_of_its_heading(heading: str, title: str) -> None:
    body = f"# {heading}\n\nWords.\n"

    assert Source("a.md", "a.md", body, body, {}).title == title
