"""What an owner brings along, on the pages that MkDocs with Material makes as on ours."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image

from statusgen.mkdocs_plugin import build_with_mkdocs
from statusgen.publish.build import BuildOptions

SITE = """\
site:
  name: Example
  url: https://s.example/
  logo: {light: day.png, dark: night.png, alt: Example Ltd, link: 'https://example.com/'}
  colors: {accent: {light: '#7a1fa2', dark: '#d6a3ee'}}
  css: own.css
  html: {head: '<meta name="a" content="b">', top: '<p class="gov">An official page</p>'}
  nav: [{title: Shop, href: 'https://shop.example/'}, {title: About us, href: about/}]
monitors: []
"""


def accents(html: str, sheets: list[str], folder: Path) -> list[str]:
    """Return the colours of links that a page is given, in its own style and by its sheets."""
    texts = [html, *((folder / each).read_text("utf-8") for each in sheets if ":" not in each)]
    return sorted({each for text in texts for each in re.findall(r"--link:\s*(#\w{6})", text)})


def test_logo_colours_links_and_css_are_the_same_on_material_as_on_our_pages(
    tmp_path: Path,
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "content").mkdir()
    (tmp_path / "data/status.yml").write_text(SITE)
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Example\nsite_url: https://s.example/\ndocs_dir: content\n"
        "theme: {name: material, font: false, logo: old.png, palette: {primary: red}}\n"
        "plugins: [search, statusgen]\n"
    )
    (tmp_path / "content/about.md").write_text("# About\n")
    (tmp_path / "content/own.css").write_text("h1{letter-spacing:1px}\n")
    for name in ("day", "night", "old"):
        Image.new("RGB", (9, 9)).save(tmp_path / f"content/{name}.png")

    build_with_mkdocs(tmp_path / "mkdocs.yml", tmp_path / "out", BuildOptions(root=tmp_path))

    told = {}
    for path in ("about/index.html", "history/index.html"):
        html = (tmp_path / "out" / path).read_text(encoding="utf-8")
        head, _, body = html.partition("</head>")
        brand = re.search(r'<a class="site-brand".*?</a>', body, re.DOTALL)
        nav = re.search(r'<nav class="site-nav".*?</nav>', body, re.DOTALL)
        assert brand, path
        assert nav, path
        assert "md-header" not in body, path
        sheets = re.findall(r'<link rel="stylesheet" href="([^"]*)"', head)
        told[path] = {
            "brand": brand[0],
            "links": re.findall(r'href="([^"]*)"[^>]*>([^<]+)<', nav[0]),
            "accents": accents(html, sheets, (tmp_path / "out" / path).parent),
            "sheet": sheets[-1],
            "meta": '<meta name="a" content="b">' in head,
            "top": body.count('<p class="gov">An official page</p>'),
        }
    material, ours = told.values()

    assert material == ours
    assert re.findall(r'src="([^"]*)"', material["brand"]) == [
        "../brand/day.png",
        "../brand/night.png",
    ]
    assert 'alt="Example Ltd"' in material["brand"]
    assert ("https://shop.example/", "Shop") in material["links"]
    assert material["accents"] == ["#7a1fa2", "#d6a3ee"]
    assert (tmp_path / "out" / "about" / material["sheet"]).resolve().is_file()
    assert (material["meta"], material["top"]) == (True, 1)
