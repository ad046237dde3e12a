"""``site:`` of ``data/status.yml``: how the site calls itself, where it stands, how it looks."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import Field, WithJsonSchema

from statusgen.base.fields import Link, refuse
from statusgen.base.model import Bool, Model, OneOrMore
from statusgen.config.fields import PICTURE, Label, Picture, TimeZone
from statusgen.config.policy import host_fault
from statusgen.config.urls import repository_fault, site_url_fault

_HEX = r"^#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"
_COLOUR = {"type": ["string", "number"], "pattern": _HEX}

Section = Literal[
    "name",
    "past-incidents",
    "group-uptime",
    "response-times",
    "evidence",
    "reports",
    "subscribe",
    "search",
    "api",
    "roadmaps",
]
SECTIONS: tuple[str, ...] = get_args(Section)
"""What an owner may hide."""


Shown = Literal["promises"]
"""What the status page shows only where the owner asks for it."""


class NavEntry(Model):
    """A link in the header or in the footer."""

    title: Label
    """What the link says."""
    href: Link
    """Where it leads: an address, or a path from the site\'s root."""
    new_tab: Bool = False
    """Whether it opens beside the page."""


class LogoEntry(Model):
    """A picture beside the site's name."""

    shorthand = "light"
    text_schema = PICTURE

    light: Picture
    """The path of a file in the repository, or an address elsewhere."""
    dark: Picture | None = None
    """The one for dark colours; without it the same."""
    alt: str = ""
    """What it shows, for who does not see it; unneeded where the name stands beside it."""
    link: Link | None = None
    """Where it leads; without it to the status page."""


class ShadesEntry(Model):
    """A colour, in light and in dark; one that is not written is the nearest that is seen well."""

    shorthand = "light"
    text_schema = _COLOUR

    light: Annotated[str, WithJsonSchema(_COLOUR)] | None = None
    """On light grounds, e.g. '#1d5bb8'."""
    dark: Annotated[str, WithJsonSchema(_COLOUR)] | None = None
    """On dark grounds, e.g. '#8ab4f8'."""


class ColorsEntry(Model):
    """Colours like '#1d5bb8', in quotes. Refused where they are not seen well enough."""

    accent: ShadesEntry | None = None
    """Links, marks of the present page, focus."""
    up: ShadesEntry | None = None
    """Operational."""
    degraded: ShadesEntry | None = None
    """Degraded performance."""
    partial: ShadesEntry | None = None
    """Partial outage."""
    down: ShadesEntry | None = None
    """Major outage."""
    maintenance: ShadesEntry | None = None
    """Under maintenance."""
    unknown: ShadesEntry | None = None
    """No data."""


class HtmlEntry(Model):
    """HTML of your own: a file of the content folder that ends in .html, or the HTML itself."""

    head: str = ""
    """At the end of <head>."""
    top: str = ""
    """Above the header."""
    foot: str = ""
    """In the footer."""


Host = Annotated[str, refuse(host_fault)]
Hosts = Annotated[tuple[Host, ...], OneOrMore()]


class AllowEntry(Model):
    """Hosts that your scripts and styles ask themselves; what your HTML and CSS name is known."""

    scripts: Hosts = ()
    """Whence further scripts come."""
    styles: Hosts = ()
    """Whence further style sheets come."""
    fonts: Hosts = ()
    """Whence fonts come."""
    images: Hosts = ()
    """Whence pictures come."""
    connect: Hosts = ()
    """Whom scripts may ask or send to."""
    frames: Hosts = ()
    """Whose pages may stand in frames."""


class SiteEntry(Model):
    """How the published site calls itself, where it stands and how it looks."""

    meant: ClassVar[dict[str, str]] = {
        "colours": "colors",
        "customcss": "css",
        "style": "css",
        "styles": "css",
        "navbar": "nav",
        "navigation": "nav",
        "logourl": "logo",
        "links": "nav",
        "footerlinks": "footer",
        "customheadhtml": "html",
        "head": "html",
        "icon": "favicon",
        "hidden": "hide",
    }

    name: Label
    """What visitors read at the top of the page."""
    url: Annotated[
        str,
        refuse(site_url_fault),
        WithJsonSchema({"type": "string", "pattern": r"^https?://[^\s?#@]+$"}),
    ] = ""
    """Where the site is published, e.g. https://status.example.com/; feeds need it."""
    repository: Annotated[
        str,
        refuse(repository_fault),
        WithJsonSchema({"type": "string", "pattern": r"^https?://[^\s?#@/]+(/[^\s?#@/]+){2,}/?$"}),
    ] = ""
    """Where the repository is read, e.g. https://github.com/owner/name; evidence links to it."""
    timezone: TimeZone = Field(default_factory=lambda: ZoneInfo("UTC"))
    """The zone of the days that are shown, e.g. Europe/Berlin."""
    description: str = ""
    """Text or Markdown under the name."""
    logo: LogoEntry | None = None
    """A picture beside the name: a file or an address, or one for light and one for dark."""
    favicon: Picture | None = None
    """The icon of the browser's tab, as logo; without it the icon shows the state."""
    colors: ColorsEntry | None = None
    """Colours in the place of ours."""
    css: Annotated[tuple[str, ...], OneOrMore()] = ()
    """Style sheets of your own, after ours: files of the content folder."""
    html: HtmlEntry = HtmlEntry()
    """HTML of your own, in every page."""
    allow: AllowEntry = AllowEntry()
    """Hosts that a page may ask beside those that your HTML and CSS name."""
    hide: Annotated[tuple[Section, ...], OneOrMore()] = ()
    """Parts that are left out."""
    show: Annotated[tuple[Shown, ...], OneOrMore()] = ()
    """Parts that stand on the status page only where they are named: how many promises are kept."""
    index: Bool = True
    """false asks search engines to leave the site out."""
    robots: str = ""
    """What robots are told: the lines of robots.txt, or words like noindex for each page."""
    nav: tuple[NavEntry, ...] = ()
    """Links in the header."""
    footer: tuple[NavEntry, ...] = ()
    """Links in the footer."""
    theme: Literal["auto", "light", "dark"] = "auto"
    """auto follows the visitor's own choice."""
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    """The language of the pages and feeds, e.g. en, de or pt-BR."""
    hub: Annotated[str, Field(pattern=r"^https://[^\s/?#@]+(/\S*)?$")] | None = None
    """A WebSub hub, which the feeds name: readers then learn of news at once."""
    graphs: Bool = False
    """true draws pictures of response times to embed elsewhere; a build then takes longer."""
