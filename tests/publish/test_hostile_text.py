"""Whatever text comes in, nothing active comes out (T1, T2, T15, T17 of content/reference)."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import html5lib
import pytest

from statusgen.base.clock import HOUR
from statusgen.config.settings import NavLink, Settings
from statusgen.publish.links import navigation_link, safe_link
from statusgen.publish.manifest import Asset, Manifest
from statusgen.publish.markdown import render_markdown
from statusgen.publish.site import render_site
from statusgen.publish.sitefiles import add_sitemap
from statusgen.status.snapshot import Snapshot
from tests.publish import factory

SCRIPTS = ["alert(1)", "alert`1`", "&#97;lert(1)"]
TAGS = [
    "<script>{}</script>",
    "<ScRiPt >{}</sCrIpT>",
    "<scr<script>ipt>{}</script>",
    "</title><script>{}</script>",
    "</style><script>{}</script>",
    "</textarea><script>{}</script>",
    "--><script>{}</script><!--",
    "]]><script>{}</script>",
    "<svg><script>{}</script></svg>",
    "<svg/onload={}>",
    '<svg><a xlink:href="javascript:{}"><text>x</text></a></svg>',
    '<svg><animate onbegin="{}" attributeName=x>',
    "<math><mi//xlink:href=\"data:x,<script>{}</script>\">",
    "<img src=x onerror={}>",
    '<img src="x" onerror="{}">',
    "<img/src='x'/onerror='{}'>",
    "<body onload={}>",
    "<video><source onerror={}>",
    "<details open ontoggle={}>",
    "<input autofocus onfocus={}>",
    "<marquee onstart={}>",
    "<iframe src=javascript:{}></iframe>",
    "<iframe srcdoc='<script>{}</script>'></iframe>",
    "<object data=javascript:{}></object>",
    "<embed src=javascript:{}>",
    "<form action=javascript:{}><button>x</button></form>",
    "<base href=javascript:{}//>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<link rel=stylesheet href=javascript:{}>",
    "<style>@import 'javascript:{}';</style>",
    "<a href=javascript:{}>x</a>",
    "<a href='java\nscript:{}'>x</a>",
    "<a href=' &#14; javascript:{}'>x</a>",
    "<a href=vbscript:{}>x</a>",
    "<a href=data:text/html,<script>{}</script>>x</a>",
    '" onmouseover="{}',
    "' onmouseover='{}",
    "\" autofocus onfocus={} x=\"",
    "`onmouseover={}`",
    "[x](javascript:{})",
    "[x](JaVaScRiPt:{})",
    "[x](java&#10;script:{})",
    "[x](<java\nscript:{}>)",
    "[x](data:text/html;base64,PHNjcmlwdD4={})",
    "[x](vbscript:{})",
    "![x](javascript:{})",
    '![x](x "onerror={}")',
    "<javascript:{}>",
    "[x]: javascript:{}\n\n[x]",
    '[a](http://x" onclick="{})',
    "[a](http://x'onclick='{})",
    "{{{{ config }}}}{}",
    "{{% raw %}}{}",
    '--8<-- "../../etc/passwd" {}',
    "# x {{: onclick={} }}",
    "<div markdown=1 onclick={}>x</div>",
    "\u202e<b onclick={}>",
    "\ud800<i onclick={}>",
    "\x00\x01\x1f<i onclick={}>",
    "\ufffe\uffff<i onclick={}>",
    "<noscript><p title='</noscript><img src=x onerror={}>'>",
    "<template><img src=x onerror={}></template>",
    "<xmp><img src=x onerror={}></xmp>",
    "<plaintext>{}",
    "<!--[if gte IE 4]><script>{}</script><![endif]-->",
    "<?xml-stylesheet href='javascript:{}'?>",
    "<a href='//evil.example/{}'>x</a>",
    "[x](//evil.example/{})",
]  # fmt: skip
PAYLOADS = [tag.format(script) for tag in TAGS for script in SCRIPTS]
FORBIDDEN = {"iframe", "object", "embed", "form", "base", "input", "video", "audio", "marquee"}
FIELDS = (
    "site", "description", "component", "component description", "link", "group", "nav title",
    "nav href", "incident title", "incident body", "reason", "round", "demo", "affected",
)  # fmt: skip


def put(payload: str, *fields: str) -> tuple[Settings, Snapshot, list, str | None]:  # type: ignore[type-arg]
    """Make a small site with the payload in some fields."""
    value = dict.fromkeys(FIELDS, "plain") | dict.fromkeys(fields, payload)
    group = value["group"]
    nav = [NavLink(title=value["nav title"], href=value["nav href"])]
    settings = factory.settings(
        {group: ["api"]},
        name=value["site"],
        description=value["description"],
        nav=nav,
        names={"api": value["component"]},
    )
    component = factory.component(
        "api",
        "u" * 88 + "dd",
        name=value["component"],
        description=value["component description"],
        link=value["link"],
        reason=value["reason"],
        series=factory.latency_series(days=2) if "component" in fields else (),
    )
    check = replace(component.checks[0], round=value["round"], name=value["component"])
    component = replace(component, checks=(check,))
    incident = factory.incident(
        title=value["incident title"],
        bodies=[value["incident body"]],
        components=["api", value["affected"]],
    )
    demo = payload if "demo" in fields else None
    # One day's page says what ninety would.
    snapshot = replace(factory.snapshot({group: [component]}), first_round=factory.NOW - HOUR)
    return settings, snapshot, [incident], demo


def active_content(html: str) -> list[str]:
    """Return what of a page could act, besides our own scripts, style and policy."""
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    found = []
    scripts = 0
    for element in tree.iter():
        tag = str(element.tag).rpartition("}")[2].lower()
        if tag == "script":
            scripts += 1
            if not (element.text or "").startswith("(d=>{"):
                found.append(f"script: {element.text}")
        if tag in FORBIDDEN and not (tag == "input" and _is_range(element)):
            found.append(tag)
        for name, value in element.attrib.items():
            plain = re.sub(r"[\x00-\x20]", "", str(value)).lower()
            local = str(name).rpartition("}")[2].lower()
            if local.startswith("on") or local in {"srcdoc", "style"}:
                found.append(f"{tag} {name}={value}")
            if local in {"href", "src", "action", "data"} and re.match(
                r"(javascript|vbscript|data):|//", plain
            ):
                found.append(f"{tag} {name}={value}")
            if tag == "meta" and local == "http-equiv" and plain not in {
                "content-security-policy", "refresh",
            }:  # fmt: skip
                found.append(f"meta {value}")
            if tag == "meta" and "http-equiv" in element.attrib and "script:" in plain:
                found.append(f"meta {value}")
    if scripts > 2:
        found.append(f"{scripts} scripts")
    return found


def _is_range(element: ElementTree.Element) -> bool:
    """Whether it is one of our four choices of a chart's range, which do nothing by themselves."""
    said = dict(element.attrib)
    said.pop("checked", None)
    name = said.pop("id", "")
    return said == {"type": "radio", "name": "range"} and name in RANGES


RANGES = ("r24h", "r7d", "r30d", "r90d")
PAGES = (
    "index.html",
    "components/api/index.html",
    "incidents/2026-11-20-api/index.html",
    "days/2026-11-20/index.html",
)


@pytest.mark.parametrize(
    "turn", [0, pytest.param(1, marks=pytest.mark.long), pytest.param(2, marks=pytest.mark.long)]
)
def test_no_text_acts_in_all_fields_at_once_and_feeds_and_json_stay_well_formed(turn: int) -> None:
    """Each tag with one script after the other; in `make test-long` with the two others too."""
    assert len(PAYLOADS) >= 200
    scripts = SCRIPTS[turn:] + SCRIPTS[:turn]
    for number, tag in enumerate(TAGS):
        payload = tag.format(scripts[number % len(scripts)])
        settings, snapshot, incidents, demo = put(payload, *FIELDS)
        manifest = render_site(settings, snapshot, incidents, demo=demo)
        for path in PAGES:
            assert active_content(html_of(manifest, path)) == [], (path, payload)
        add_sitemap(manifest, settings.site)
        for entry in manifest:
            assert isinstance(entry, Asset)
            if entry.path.endswith((".xml", ".svg")):
                ElementTree.fromstring(entry.content)
            elif entry.path.endswith(".json"):
                json.loads(entry.content)


@pytest.mark.parametrize("field", FIELDS)
def test_no_text_acts_in_any_one_field(field: str) -> None:
    for payload in (PAYLOADS[0], PAYLOADS[40], '" onmouseover="alert(1)', "javascript:alert(1)"):
        settings, snapshot, incidents, demo = put(payload, field)
        manifest = render_site(settings, snapshot, incidents, demo=demo)
        for path in PAGES:
            assert active_content(html_of(manifest, path)) == [], (path, payload)


def html_of(manifest: Manifest, path: str) -> str:
    """Return a page without its style sheet, which is ours and slow to parse."""
    entry = manifest.entries[path]
    assert isinstance(entry, Asset)
    html = entry.content.decode()
    head, _, rest = html.partition("<style>")
    return head + rest.partition("</style>")[2]


def test_feed_html_cannot_act_either() -> None:
    for payload in PAYLOADS:
        html = f"<!doctype html><title>x</title><body>{render_markdown(payload)}"
        assert active_content(html) == [], payload


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.com/a?b=c#d", True),
        ("http://example.com", True),
        ("mailto:ops@example.com", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
        ("//evil.example/", False),
        ("https://user:password@example.com/", False),
        ('https://example.com/"onclick="x', False),
        ("https://example.com/ x", False),
        ("https://[::1", False),
        ("https:", False),
        ("", False),
    ],
)
def test_which_addresses_may_be_linked(url: str, shown: bool) -> None:
    assert safe_link(url) == (url if shown else "")


@pytest.mark.parametrize(
    ("href", "seen"),
    [
        ("about/", "../../about/"),
        ("/about/", "../../about/"),
        ("/", "../../"),
        ("https://example.com/", "https://example.com/"),
        ("//evil.example/x", "../../evil.example/x"),
        ("javascript:alert(1)", ""),
        ("java\tscript:alert(1)", ""),
    ],
)
def test_a_link_of_the_header_as_seen_from_a_page(href: str, seen: str) -> None:
    assert navigation_link("components/api/index.html", href) == seen


@pytest.mark.parametrize("href", ["\\\\evil.example/", "a\\b", "\x01about/", "about us/", "a\nb"])
def test_a_path_that_browsers_read_otherwise_is_not_linked(href: str) -> None:
    """A backslash is a slash to a browser: two of them lead from the root page to another host."""
    assert navigation_link("index.html", href) == ""


def test_markdown_of_an_incident_keeps_what_people_need() -> None:
    html = render_markdown("# Head\n\n**bold** `code` [link](https://example.com/)\n\n- one\n- two")
    assert "<h3>Head</h3>" in html
    assert '<a href="https://example.com/" rel="noopener nofollow">link</a>' in html
    assert "<li>one</li>" in html


def test_html_in_an_incident_is_shown_as_text() -> None:
    assert render_markdown("a <b>b</b>") == "<p>a &lt;b&gt;b&lt;/b&gt;</p>"


def test_a_page_can_be_encoded_whatever_the_text() -> None:
    settings, snapshot, incidents, _ = put("\ud800 half a pair", "incident title")
    assert render_site(settings, snapshot, incidents).entries["index.html"]


def test_a_picture_becomes_a_link_by_the_words_that_describe_it() -> None:
    html = render_markdown("Look: ![the graph](https://example.com/a.png) ![](https://e.org/b.png)")
    assert html == (
        '<p>Look: <a href="https://example.com/a.png" rel="noopener nofollow">the graph</a> '
        '<a href="https://e.org/b.png" rel="noopener nofollow">https://e.org/b.png</a></p>'
    )
    assert "href" not in render_markdown("![x](data:image/png;base64,AAAA)")
