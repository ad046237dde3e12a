"""A site in its owner's colours, with its owner's logo, links, CSS, HTML and without some parts."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from statusgen.base.colour import contrast
from statusgen.base.errors import InputError
from statusgen.base.palette import STATES, Colours
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.manifest import Manifest
from tests.publish.test_owners_wishes import HEAD, OURS, PNG, content
from tests.publish.test_policy import documents, policy

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0h9'/></svg>"


def built(folder: Path, text: str, name: str = "status.yml") -> Manifest:
    (folder / "content").mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return build_manifest(BuildOptions(root=folder, config=Path(name)))


def told(folder: Path, text: str, name: str = "status.yml") -> list[str]:
    """Return what is said of the configuration: its faults, else problems and warnings."""
    (folder / "content").mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    site = BuildOptions(root=folder, config=Path(name)).site()
    try:
        found = (*site.problems, *site.warnings)
    except InputError as error:
        found = tuple(error.problems)
    return [str(each).removeprefix(f"{folder}/") for each in found]


def directives(html: str) -> dict[str, str]:
    (said,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    parts = (part.strip().partition(" ") for part in said.replace("&#39;", "'").split(";"))
    return {name: value for name, _, value in parts}


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# Colours -----------------------------------------------------------------------------------------


def test_our_own_colours_are_seen_wherever_they_stand() -> None:
    ours = Colours()
    for name in ("accent", *STATES):
        for scheme in ("light", "dark"):
            assert ours.failing(name, ours.of(name, scheme), scheme) is None, (name, scheme)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("written", ["'#7a1fa2'", "7a1fa2", "{light: '#7a1fa2', dark: '#d6a3ee'}"])
def test_an_accent_reaches_every_kind_of_page(tmp_path: Path, written: str) -> None:
    manifest = built(tmp_path, f"{OURS}  colors:\n    accent: {written}\n")
    for path, html in documents(manifest).items():
        assert html.count("--link:#7a1fa2;") == 1, path
        dark = re.findall(r"--link:(#[0-9a-f]{6});", html)[1]
        assert contrast(dark, "#161b21") >= 4.5


def test_a_colour_of_a_state_brings_its_tint_and_its_icon_along(tmp_path: Path) -> None:
    manifest = built(tmp_path, f"{OURS}  colors: {{up: '#0b6b8f'}}\n")
    page = content(manifest, "index.html")
    assert "--up:#0b6b8f;" in page
    (tint,) = set(re.findall(r"color-scheme:light;[^}]*--up-t:(#[0-9a-f]{6})", page))
    assert contrast(tint, "#59626e") >= 4.5
    assert 'color="#0b6b8f"' in content(manifest, "icons/up.svg")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("accent: '#8ab4f8'", "'#8ab4f8' has a contrast of 1."),
        ("accent: {dark: '#1d5bb8'}", "dark colours), where text needs 4.5:1"),
        ("up: '#cfd'", "where a shape needs 3:1"),
        (
            "down: '#ff5252'",
            "on what stands in it (#ffffff, light colours), where text needs 4.5:1",
        ),
        ("accent: bluish", "'bluish' is no colour; write it like '#1d5bb8', in quotes"),
        ("accent: #1d5bb8", "is empty: YAML takes what stands behind # for a comment"),
    ],
)
def test_a_colour_that_is_not_seen_is_refused_with_one_that_is(
    tmp_path: Path, written: str, said: str
) -> None:
    (problem, *_) = told(tmp_path, f"{OURS}  colors:\n    {written}\n")
    assert problem.startswith("status.yml:5:")
    assert said in problem
    shade = re.search(r"; write '(#[0-9a-f]{6})', the nearest shade", problem)
    if shade:
        better = written.replace(re.search(r"#[0-9a-fA-F]+", written)[0], shade[1])  # type: ignore[index]
        assert told(tmp_path, f"{OURS}  colors:\n    {better}\n") == []


def test_the_british_key_is_understood(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, f"{OURS}  colours: {{accent: '#1d5bb8'}}\n")
    assert "colors" in problem


# Logo, favicon, links ----------------------------------------------------------------------------


def test_a_logo_for_each_scheme_with_its_words_and_its_link(tmp_path: Path) -> None:
    (tmp_path / "day.svg").write_bytes(SVG)
    (tmp_path / "night.png").write_bytes(PNG)
    logo = "{light: day.svg, dark: night.png, alt: Example, link: 'https://example.com/'}"
    page = content(
        built(tmp_path, f"{OURS}  logo: {logo}\n  hide: name\n"), "components/a/index.html"
    )
    (brand,) = re.findall(r'<a class="site-brand".*?</a>', page, re.DOTALL)
    assert 'href="https://example.com/"' in brand
    assert re.findall(r'<img class="(\w+)" src="([^"]+)" alt="([^"]*)"', brand) == [
        ("light", "../../brand/day.svg", "Example"),
        ("dark", "../../brand/night.png", "Example"),
    ]
    assert not re.sub(r"<[^>]*>", "", brand).strip()


def test_a_dark_logo_elsewhere_is_allowed_by_its_host(tmp_path: Path) -> None:
    (tmp_path / "day.svg").write_bytes(SVG)
    logo = "{light: day.svg, dark: 'https://cdn.example/night.svg'}"
    text = f"{OURS}  logo: {logo}\n"
    page = content(built(tmp_path, text), "index.html")
    assert directives(page)["img-src"] == "'self' https://cdn.example"
    (warning,) = told(tmp_path, text)
    assert "will ask cdn.example" in warning


@pytest.mark.parametrize("key", ["logo: ", "favicon: ", "logo: {light: ok.png, dark: "])
@pytest.mark.parametrize(
    ("name", "holds", "said"),
    [
        ("x.svg", b"<svg><script>alert(1)</script></svg>", "holds a script: not shown"),
        ("x.svg", b"<svg onload='alert(1)'/>", "holds a script: not shown"),
        ("x.png", b"<html>", "holds no picture that browsers show"),
        (
            "x.png",
            SVG,
            "of the kind svg: browsers would not show it; rename it so that it ends in .svg",
        ),
        ("gone.png", None, "there is no file 'gone.png'"),
        ("../x.png", None, "a path does not lead out of the repository"),
    ],
)
def test_a_picture_that_is_none_is_an_error_at_its_place(
    tmp_path: Path, key: str, name: str, holds: bytes | None, said: str
) -> None:
    (tmp_path.parent / "x.png").write_bytes(PNG)
    (tmp_path / "ok.png").write_bytes(PNG)
    if holds is not None:
        (tmp_path / name).write_bytes(holds)
    text = f"{OURS}  {key}{name}{'}' if '{' in key else ''}\n"
    (problem,) = told(tmp_path, text)
    assert problem.startswith(f"status.yml:4:{3 + len(key)}: ")
    assert said in problem
    assert name.rpartition("/")[2] not in content(built(tmp_path, text), "index.html")


def test_links_of_header_and_footer(tmp_path: Path) -> None:
    text = (
        f"{OURS}  nav: [{{title: Docs, href: 'https://d.example/', new_tab: true}}]\n"
        "  footer: [{title: Imprint, href: 'https://example.com/imprint'}, "
        "{title: Us, href: /us/}]\n"
    )
    page = content(built(tmp_path, text), "components/a/index.html")
    assert '<a href="https://d.example/" target="_blank" rel="noopener">Docs</a>' in page
    foot = page.partition("<footer")[2]
    assert '<a href="https://example.com/imprint">Imprint</a> · <a href="../../us/">Us</a>' in foot


# CSS and HTML ------------------------------------------------------------------------------------


def test_a_style_sheet_comes_last_and_brings_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "look"
    (folder / "fonts").mkdir(parents=True)
    (folder / "fonts" / "a.woff2").write_bytes(b"wOF2")
    (folder / "own.css").write_text(
        "/* url(gone.png) */ @import 'https://css.example/x.css';\n"
        "@font-face{font-family:A;src:url(fonts/a.woff2),url('https://f.example/a.woff')}\n"
        "body{background:url(//i.example/b.png)}\n"
    )
    manifest = built(tmp_path, f"{OURS}  css: look/own.css\n")
    assert manifest.problems == ()
    assert content(manifest, "brand/look/fonts/a.woff2") == "wOF2"
    for path, html in documents(manifest).items():
        head = html.partition("</head>")[0]
        (link,) = re.findall(r'<link rel="stylesheet" href="([^"]+)">', head)
        assert link.endswith("brand/look/own.css")
        assert head.index("<style>") < head.index(link)
        said = directives(html)
        assert said["style-src"].startswith("'sha256-"), path
        assert said["style-src"].endswith("https://css.example 'self'"), path
        assert said["font-src"] == "'self' https://f.example"
        assert said["img-src"] == "'self' https://i.example"


def test_html_stands_in_every_page_and_what_it_needs_is_allowed_by_name(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "head.html").write_text(
        '<script src="https://js.example/a.js" async></script>\n<script src="b.js"></script>\n'
        "<script>window.b = 1 < 2</script><style>i{color:red}</style>\n"
        '<link rel="preload" as="font" href="https://f.example/x.woff2">\n'
    )
    (tmp_path / "content" / "b.js").write_text("1")
    text = (
        f"{OURS}  html:\n    head: head.html\n"
        '    top: \'<p style="color:red" onclick="go()">Hello</p>\'\n'
        "    foot: <img src=https://i.example/pixel.gif alt=''>\n"
        "  allow: {connect: [api.example.com, 'wss://live.example.com']}\n"
    )
    manifest = built(tmp_path, text)
    assert manifest.problems == ()
    assert told(tmp_path, text) == []
    for path, html in documents(manifest).items():
        if path == "head.html":  # a file of the content folder is published as one, too
            continue
        head, _, body = html.partition("</head>")
        way = "../" * path.count("/") if path != "404.html" else "/"
        assert f'<script src="{way}brand/b.js"></script>' in head, path
        assert "<p style=" in body.partition("<header")[0]
        assert "pixel.gif" in body.partition("<footer")[2]
        said = directives(html)
        assert "https://js.example" in said["script-src"]
        assert digest("window.b = 1 < 2") in said["script-src"]
        assert digest("go()") in said["script-src"]
        assert digest("i{color:red}") in said["style-src"]
        assert digest("color:red") in said["style-src"]
        assert said["font-src"] == "https://f.example"
        assert said["connect-src"] == "'self' https://api.example.com wss://live.example.com"
        assert "unsafe-inline" not in html
        assert "*" not in said["script-src"]


def test_without_wishes_the_policy_is_as_strict_as_before(tmp_path: Path) -> None:
    for html in documents(built(tmp_path, OURS)).values():
        said, _, _ = policy(html)
        assert list(said) == [
            "default-src", "style-src", "script-src", "connect-src", "img-src", "base-uri",
            "form-action",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("css: gone.css", "there is no file 'gone.css' in content: not used"),
        ("css: ../own.css", "'../own.css' leads out of content: not used"),
        ("css: /etc/x.css", "'/etc/x.css' leads out of content"),
        ("css: own.txt", "'own.txt' is not a style sheet: not used; it ends in .css"),
        ("css: bad.css", "names 'gone.woff2', and there is no such file in the content folder"),
        ("css: link.css", "there is no file 'link.css'"),
        ("html: {head: gone.html}", "there is no file 'gone.html'"),
        ("html: {head: '<script>1'}", "<script> is not closed: it would swallow the rest"),
        ("html: {top: '<!-- <b>x</b>'}", "a comment is not closed"),
        ("html: {head: '<base href=/>'}", "<base> has no place here"),
        ("html: {head: '<p>x</p>'}", "<p> does not belong in the head of a page"),
        ("html: {top: '<a href=\"javascript:x()\">x</a>'}", "javascript: is not followed"),
        ("allow: {scripts: 'javascript:'}", "'javascript:' is no host"),
        ("allow: {scripts: '*'}", "'*' is no host"),
        ("hide: name", "hides the site's name, and there is no logo in its place"),
        ("hide: [uptime]", "past-incidents"),
        ("robots: noidnex", "'noidnex' is nothing that robots are told"),
        ('robots: "User-agent: *\\nDisalow: /"', "'Disalow: /' is no line of a robots.txt"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_place(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "own.css").write_text("b{}")
    (tmp_path / "content" / "bad.css").write_text("@font-face{src:url(gone.woff2)}")
    (tmp_path / "content" / "link.css").symlink_to(tmp_path / "own.css")
    (problem,) = told(tmp_path, f"{OURS}  {written}\n")
    assert problem.startswith("status.yml:4:")
    assert said in problem


def test_a_fault_in_a_file_of_html_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "h.html").write_text("<meta name=a content=b>\n<style>\nb{}")
    (problem,) = told(tmp_path, f"{OURS}  html: {{head: h.html}}\n")
    assert problem.startswith("content/h.html:2: <style> is not closed")


# Parts left out, robots --------------------------------------------------------------------------

PARTS = {
    "past-incidents": 'id="past"',
    "subscribe": 'class="site-sub"',
    "search": 'class="site-search"',
    "api": 'api/">',
}


@pytest.mark.parametrize(("part", "mark"), PARTS.items())
def test_a_hidden_part_is_left_out_of_every_page(tmp_path: Path, part: str, mark: str) -> None:
    text = OURS + "  url: https://s.example/\n"
    assert mark in content(built(tmp_path, text), "index.html")
    for path, html in documents(built(tmp_path, f"{text}  hide: {part}\n")).items():
        assert mark not in (html if part != "api" else html.partition("<footer")[2]), path


@pytest.mark.parametrize(
    ("written", "file", "tag"),
    [
        ("robots: noindex, nofollow", "User-agent: *\nDisallow: /\n", "noindex, nofollow"),
        (
            "robots: |\n    User-agent: *\n    Disallow: /days/",
            "User-agent: *\nDisallow: /days/\n",
            "",
        ),
        ("robots: noarchive", "User-agent: *\nAllow: /\n", "noarchive"),
    ],
)
def test_robots_are_told_what_is_written(tmp_path: Path, written: str, file: str, tag: str) -> None:
    manifest = built(tmp_path, f"{OURS}  {written}\n")
    assert content(manifest, "robots.txt") == file
    tags = re.findall(r'<meta name="robots" content="([^"]*)">', content(manifest, "index.html"))
    assert tags == ([tag] if tag else [])


# Upptime's keys ----------------------------------------------------------------------------------

UPPTIME = """\
  logoUrl: https://l.example/logo.png
  logoHref: https://example.com/
  hideNavTitle: true
  css: |
    :root { --up-border-left-color: #00703c; --down-border-left-color: #ff9999; --graph-opacity: 1 }
    article.up { border: 0 }
  js: if (1 < 2) document.write("</script>")
  scripts: [{src: 'https://js.example/x.js', defer: true}]
  links: [{rel: stylesheet, href: 'https://css.example/x.css'}]
  metaTags: [{name: theme-color, content: '#123'}]
  customHeadHtml: <meta name="a" content="b">
  customBodyHtml: <div class="gov">GOV</div>
  customFootHtml: <p>Foot</p>
  navbar: [{title: Docs, href: 'https://d.example/', target: _blank}]
  themeUrl: https://t.example/theme.css
"""


def test_an_upptime_site_keeps_what_its_operator_added(tmp_path: Path) -> None:
    manifest = built(tmp_path, HEAD + UPPTIME, ".upptimerc.yml")
    for html in documents(manifest).values():
        head, _, body = html.partition("</head>")
        assert '<meta name="theme-color" content="#123">' in head
        assert '<meta name="a" content="b">' in head
        assert '<link rel="stylesheet" href="https://css.example/x.css">' in head
        assert '<div class="gov">GOV</div><header' in body
        foot = body.partition("<footer")[2]
        assert "<p>Foot</p>" in foot
        assert '<script src="https://js.example/x.js" defer></script>' in foot
        script = 'if (1 < 2) document.write("\\x3c/script>")'
        assert f"<script>{script}</script>" in foot
        said = directives(html)
        assert digest(script) in said["script-src"]
        assert "https://js.example" in said["script-src"]
        assert "https://css.example" in said["style-src"]
        assert "--up:#00703c;" in head
        assert "--down:#c4314b;" in head
        assert 'href="https://example.com/"><img src="https://l.example/logo.png" alt="r"' in body
        assert 'href="https://d.example/" target="_blank"' in body
    assert "article.up" in content(manifest, "brand/own.css")


def test_what_of_upptimes_keys_has_no_effect_is_named(tmp_path: Path) -> None:
    warnings = told(tmp_path, HEAD + UPPTIME, ".upptimerc.yml")
    assert len(warnings) == 4
    assert "will ask l.example" in warnings[0]
    assert "'#ff9999' has a contrast of" in warnings[1]
    assert "not used for down; write '#" in warnings[1]
    assert "sets what our pages do not have: --graph-opacity" in warnings[2]
    assert "themeUrl: is not fetched" in warnings[3]
