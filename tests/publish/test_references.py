"""Links, pictures and headings in a person's words, on the page and in the feeds."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.manifest import Asset
from statusgen.publish.markdown import render_markdown
from statusgen.publish.references import References

CONFIG = """
site: {name: T, url: 'https://example.org/status/'}
monitors: [{id: api, name: API, url: https://api.example.com/}]
"""
TEXT = """---
title: Broken
impact: minor
affected: [api]
---

## Investigating · 2026-11-20T20:10:03Z

### What we see

![A graph](graph.png) and [the guide](../guide/first.md#how), [API](/components/api/),
[before](2026-11-01-x.md), [out](../../secret.md), [evil](//evil.example/x), ![foreign](https://x.example/y.png),
[bad](javascript:alert(1)), [host](https://ok.example/)

##### Deeper
"""


def built(root: Path) -> dict[str, str]:
    for name, text in {
        "data/status.yml": CONFIG,
        "content/incidents/2026-11-20-broken.md": TEXT,
        "content/guide/first.md": "# First\n",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "content/incidents/graph.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    manifest = build_manifest(BuildOptions(root))
    return {
        entry.path: entry.content.decode()
        for entry in manifest
        if isinstance(entry, Asset) and entry.path.endswith(("index.html", ".xml"))
    }


@pytest.mark.parametrize(
    ("path", "up"),
    [
        ("index.html", ""),
        ("incidents/2026-11-20-broken/index.html", "../../"),
        ("history/rss.xml", "https://example.org/status/"),
        ("components/api/atom.xml", "https://example.org/status/"),
    ],
)
def test_links_and_pictures_lead_to_the_same_from_wherever_they_stand(
    tmp_path: Path, path: str, up: str
) -> None:
    text = built(tmp_path)[path].replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert f'<img src="{up}incidents/graph.png" alt="A graph">' in text
    assert f'href="{up}guide/first/#how"' in text
    assert f'href="{up}components/api/" rel' in text
    assert f'href="{up}incidents/2026-11-01-x/"' in text
    assert 'href="https://ok.example/"' in text
    assert 'href="https://x.example/y.png"' in text  # a picture of others is a link
    assert "secret" not in text
    assert "evil.example" not in text
    assert 'href="javascript' not in text


def test_headings_fit_into_the_outline_of_each_page(tmp_path: Path) -> None:
    pages = built(tmp_path)
    status = pages["index.html"]
    assert "<h4>What we see</h4>" in status
    assert "<h5>Deeper</h5>" in status
    own = pages["incidents/2026-11-20-broken/index.html"]
    assert "<h3>What we see</h3>" in own
    levels = [int(level) for level in re.findall(r"<h(\d)", own)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(
    "link", ["x.md", "/x/", "../x", "javascript:alert(1)", "//evil.example", "a\\b", "?q", "#x"]
)
def test_where_no_folder_of_pages_is_known_a_local_link_leads_nowhere(link: str) -> None:
    html = render_markdown(f"[words]({link})", target=References(None).on("index.html", "a.md"))
    assert "href" not in html
    assert "words" in html
