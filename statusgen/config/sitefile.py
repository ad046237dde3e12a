"""``site:`` of ``data/status.yml`` read into ``Site``, and what several of its keys must be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from statusgen.base.errors import Problem
from statusgen.base.text import quote
from statusgen.base.yamltree import Document, Mark, Path_
from statusgen.config.colours import colour_problems, colours_of, read_colours
from statusgen.config.settings import NavLink, OwnHtml, Site
from statusgen.config.site_entries import AllowEntry, NavEntry, SiteEntry

DIRECTIVES = {
    "scripts": "script-src",
    "styles": "style-src",
    "fonts": "font-src",
    "images": "img-src",
    "connect": "connect-src",
    "frames": "frame-src",
}
_MARKED = tuple((key,) for key in ("logo", "favicon", "url", "css", "html", "hide"))
_RULE = re.compile(r"\s*([A-Za-z-]+)\s*:")
_RULES = (
    "user-agent", "allow", "disallow", "sitemap", "crawl-delay", "host", "clean-param",
    "request-rate", "visit-time", "noindex", "content-signal",
)  # fmt: skip
_WORDS = (
    "all", "noindex", "nofollow", "none", "noarchive", "nosnippet", "noimageindex", "notranslate",
    "nositelinkssearchbox", "noai", "noimageai", "index", "follow", "indexifembedded",
)  # fmt: skip
_KEYED = re.compile(r"(max-snippet|max-image-preview|max-video-preview|unavailable_after):")


def site_of(entry: SiteEntry, document: Document) -> Site:
    """Return what is written; the entry has no fault any more."""
    logo = entry.logo
    colours = colours_of(read_colours(document, ("site", "colors"), entry.theme)[1])
    rules = _is_rules(entry.robots)
    told = "" if rules else " ".join(entry.robots.split())
    return Site(
        name=entry.name,
        url=entry.url if not entry.url or entry.url.endswith("/") else f"{entry.url}/",
        repository=entry.repository.rstrip("/").removesuffix(".git"),
        timezone=entry.timezone,
        description=entry.description,
        logo=logo.light if logo else "",
        logo_dark=logo.dark or "" if logo else "",
        logo_alt=logo.alt.strip() if logo else "",
        logo_link=logo.link or "" if logo else "",
        favicon=entry.favicon or "",
        colours=colours,
        css=entry.css,
        html=OwnHtml(head=entry.html.head, top=entry.html.top, foot=entry.html.foot),
        allow=tuple(_allowed(entry.allow)),
        hide=frozenset(entry.hide),
        show=frozenset(entry.show),
        robots=entry.robots if rules else "",
        robots_meta=told if told or entry.index else "noindex",
        nav=tuple(map(_link, entry.nav)),
        footer=tuple(map(_link, entry.footer)),
        theme=entry.theme,
        language=entry.language,
        hub=entry.hub or "",
        graphs=entry.graphs,
    )


def _link(entry: NavEntry) -> NavLink:
    return NavLink(title=entry.title, href=entry.href, new_tab=entry.new_tab)


def _allowed(entry: AllowEntry) -> Iterator[tuple[str, str]]:
    for key, directive in DIRECTIVES.items():
        hosts: tuple[str, ...] = getattr(entry, key)
        for host in hosts:
            yield directive, host if "://" in host else f"https://{host}"


def site_problems(document: Document) -> list[Problem]:
    """Return what is wrong with keys of ``site:`` that no model can tell."""
    data = document.data
    site = data.get("site") if isinstance(data, dict) else None
    if not isinstance(site, dict):
        return []
    found = colour_problems(document, ("site", "colors"), str(site.get("theme") or ""))
    robots, hide = site.get("robots"), site.get("hide")
    if isinstance(robots, str):
        found += _robots(document, ("site", "robots"), robots)
        if site.get("index") == "false" and _is_rules(robots):
            message = "is not needed beside `index: false`, which writes a robots.txt of its own"
            found.append(document.problem(("site", "robots"), message, "write one of the two"))
    if "name" in (hide if isinstance(hide, list) else [hide]) and not site.get("logo"):
        message = "hides the site's name, and there is no logo in its place"
        found.append(document.problem(("site", "hide"), message, "add `logo:`"))
    return found


def _is_rules(robots: str) -> bool:
    return bool(_RULE.match(robots)) and not _KEYED.match(robots.strip())


def _robots(document: Document, path: Path_, text: str) -> Iterator[Problem]:
    """Tell of what no robot understands: it would be passed over in silence."""
    if not _is_rules(text):
        for word in filter(None, re.split(r"[,\s]+", text.strip().lower())):
            if word not in _WORDS and not _KEYED.match(word):
                yield document.problem(
                    path,
                    f"{quote(word, 40)} is nothing that robots are told",
                    "write noindex, or lines of a robots.txt beginning with User-agent:",
                )
                return
        return
    for line in text.splitlines():
        name = _RULE.match(line)
        if (
            line.strip()
            and not line.lstrip().startswith("#")
            and (name is None or name[1].lower() not in _RULES)
        ):
            yield document.problem(
                path,
                f"{quote(line.strip(), 60)} is no line of a robots.txt",
                "write e.g. `Disallow: /private/` below `User-agent: *`",
            )


def site_marks(document: Document) -> dict[str, Mark]:
    """Return where the keys stand whose files are looked for later, e.g. ``site.logo``."""
    marks = {
        f"site.{'.'.join(map(str, path[1:]))}": document.mark(path)
        for path in document.values
        if path[:1] == ("site",) and path[1:2] in _MARKED
    }
    if "site.logo" in marks:
        marks.setdefault("site.logo.light", marks["site.logo"])
    return marks
