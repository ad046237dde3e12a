"""What a configuration means, whichever file it came from.

Both readers (``status.yml`` and ``.upptimerc.yml``) end here; every other room sees only this.
Durations are in the unit that the name says, else in seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Protocol
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from statusgen.base.clock import Instant
from statusgen.base.counting import Counting
from statusgen.base.errors import Problem
from statusgen.base.palette import Colours
from statusgen.base.secrets import Template
from statusgen.base.target import Target
from statusgen.base.yamltree import Mark
from statusgen.config.channels import Channel, Heartbeat
from statusgen.config.outside import Globalping, Instance, Vantage
from statusgen.config.publish_entries import SecondPlace

DEFAULT_INTERVAL = 300


class Kind(Protocol):
    """What a kind of check tells the configuration; the kinds themselves live in ``probe``.

    The configuration room may not import them, so ``load`` is handed the registry.
    """

    @property
    def name(self) -> str:
        """``http``, ``tcp``, ``tls``: also the key under which a monitor's options stand."""

    @property
    def schemes(self) -> tuple[str, ...]:
        """The URL schemes that pick this kind, e.g. ``("http", "https")``."""

    @property
    def options(self) -> type[BaseModel]:
        """The model of the monitor's options; every option has a default."""

    def url_fault(self, url: str) -> str | None:
        """Return ``what is wrong; what to write instead``, or None for a good URL."""


DEADLINE_MS = 30_000
"""Longest that a whole check may take where nothing is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitor:
    """One thing that is checked."""

    id: str
    name: str
    kind: str
    url: Template
    options: BaseModel
    """The kind's own options model (``probe.kinds``)."""
    group: str = ""
    description: str = ""
    link: str = ""
    """Where a visitor may click, without a secret in it; may be empty."""
    aliases: tuple[str, ...] = ()
    """Ids that it had before: their history and incidents are its own."""
    interval: int | None = None
    """Seconds that the operator asked for between checks; None: checked in every round."""
    timeout_ms: int = 10_000
    """Limit of one attempt."""
    deadline_ms: int = DEADLINE_MS
    """Limit of the whole check, all attempts and delays included."""
    retry_delays_ms: tuple[int, ...] = (2_000, 8_000)
    """Waits between attempts; their number plus one is the number of attempts."""
    globalping: str = ""
    """Where probes of Globalping check it, not we; empty: it is checked from here."""

    @property
    def cadence(self) -> int:
        """Seconds expected between checks where nothing was measured yet."""
        return self.interval or DEFAULT_INTERVAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """What a visitor sees: one monitor by default, or several."""

    id: str
    name: str
    monitors: tuple[str, ...]
    group: str = ""
    description: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A named set of components, in the order in which they are shown."""

    name: str
    """Empty for the components that stand in no group."""
    components: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NavLink:
    """A link in the header of the status pages."""

    title: str
    href: str
    new_tab: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnHtml:
    """HTML that an owner wants in every page: a file of the content folder, or the HTML itself."""

    head: str = ""
    top: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """How the published site calls itself and where it stands."""

    name: str
    url: str = ""
    """Absolute, ending in ``/``; empty where unknown (feeds then are not written)."""
    repository: str = ""
    """Where the repository is read, without a slash at its end; empty where unknown."""
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    description: str = ""
    """Plain text or Markdown; sanitised when shown."""
    logo: str = ""
    """A path from the root of the repository or of the site, or an address elsewhere."""
    logo_dark: str = ""
    """As ``logo``, for dark colours; empty: the same."""
    logo_alt: str = ""
    logo_link: str = ""
    """Where the logo leads; empty: to the status page."""
    favicon: str = ""
    """As ``logo``; without it the icon shows the state."""
    colours: Colours = field(default_factory=Colours)
    css: tuple[str, ...] = ()
    """Style sheets of the owner's: files of the content folder."""
    css_text: str = ""
    """A style sheet that stands in the configuration itself."""
    html: OwnHtml = OwnHtml()
    allow: tuple[tuple[str, str], ...] = ()
    """Directives of a content security policy, and a source that each must name."""
    hide: frozenset[str] = frozenset()
    """Parts that are left out (``site_entries.SECTIONS``)."""
    show: frozenset[str] = frozenset()
    """Parts of the status page that are shown because the owner asks for them."""
    nav: tuple[NavLink, ...] = ()
    footer: tuple[NavLink, ...] = ()
    theme: str = "auto"
    """``auto`` (follows the visitor), ``light`` or ``dark``."""
    language: str = "en"
    texts: Mapping[str, str] = field(default_factory=dict)
    """Key of a sentence → what the owner wants to be said in its place, from Upptime's `i18n:`."""
    graphs: bool = False
    """Whether pictures of response times are drawn for use elsewhere."""
    hub: str = ""
    """The WebSub hub that the feeds name; empty: none."""
    robots: str = ""
    """The owner's own ``robots.txt``; empty: ours."""
    robots_meta: str = ""
    """What a tag of each page tells robots, e.g. ``noindex``; may be empty."""
    cname: str = ""
    """The domain for a ``CNAME`` file; empty: none is written."""
    assets: bool = False
    """Whether what lies in ``assets/`` is published at the site's root, as Upptime does it."""

    @property
    def refuses_index(self) -> bool:
        """Whether the owner does not want the site to be found through search engines."""
        return bool({"noindex", "none"} & set(self.robots_meta.lower().replace(",", " ").split()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary:
    """A well-known address that proves that our own network works."""

    id: str
    url: str
    """``https://…`` or ``tcp://host:port``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """When incidents open and close: consecutive raw failures, consecutive successes."""

    failures: int = 2
    successes: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryOptions:
    """How history is kept."""

    branch: str | None = "status-data"
    retention_days: int = 90
    maintenance: Counting = Counting.EXCLUDE
    """What a maintenance window means that does not say whether its time counts."""
    max_gap: int | None = None
    """Seconds that a round may stand for; None: 2.5 × the expected cadence, at most an hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GitHubOptions:
    """Incidents as GitHub issues."""

    issues: bool = False
    comments: bool = True
    """Whether comments of people who may write to the repository become updates."""
    maintenance: bool = True
    """Whether issues that plan maintenance are read."""
    label: str = "status"
    repository: str = ""
    """``owner/name``; empty: as the environment says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationOptions:
    """How often pages are made anew."""

    every: int = 3600
    """Seconds between publications while nothing that pages show changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """A target on a measured figure over a window."""

    id: str
    target: Target
    """Measured on the monitors that its ``components`` name."""
    line: int = field(default=0, compare=False)
    """Where it stands in the configuration; 0: in none."""


@dataclass(frozen=True, slots=True)
class Credit:
    """A step of credit: what is owed while the uptime lies in ``[at_least, below)``."""

    below: Fraction
    at_least: Fraction
    share: Fraction
    """Of the fee of the period."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A stretch that an agreement leaves out, and why."""

    start: Instant
    end: Instant
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What is owed where uptime falls short."""

    id: str
    name: str
    components: tuple[str, ...]
    """Ids of monitors or components."""
    target: Fraction
    period: str
    """``month``, ``quarter`` or ``year``."""
    method: str
    """A value of ``status.methods.Method``."""
    clause: str = ""
    """The words of the agreement."""
    link: str = ""
    excluded: tuple[LeftOut, ...] = ()
    credits: tuple[Credit, ...] = ()
    """From the highest uptime to the lowest; disjoint."""
    claim_within: int | None = None
    """Days after the end of the period within which a credit is to be claimed."""
    fee: tuple[Decimal, str] | None = None
    """What is paid for a period, and its currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A whole configuration."""

    file: str
    site: Site
    monitors: tuple[Monitor, ...]
    components: tuple[Component, ...]
    groups: tuple[Group, ...]
    canaries: tuple[Canary, ...]
    thresholds: Thresholds = Thresholds()
    blip: int = 900
    """Incidents shorter than this many seconds are marked a blip."""
    history: HistoryOptions = HistoryOptions()
    github: GitHubOptions = GitHubOptions()
    publication: PublicationOptions = PublicationOptions()
    second_places: tuple[SecondPlace, ...] = ()
    """Where the site is published, too (``publish:``)."""
    objectives: tuple[Objective, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    channels: tuple[Channel, ...] = ()
    """Who is told what (``notifications:``)."""
    heartbeat: Heartbeat | None = None
    compat: str = ""
    """``upptime`` for Upptime's own arithmetic, else empty."""
    vantage: str = ""
    """The name of the place that checks are made from, where no machine says another."""
    vantages: tuple[Vantage, ...] = ()
    """The places that checks are made from, as visitors read them."""
    globalping: Globalping | None = None
    """Who is asked for a second opinion, and for monitors whose owner wants it."""
    engines: tuple[Instance, ...] = ()
    """Servers that rounds are read from, in place of checks."""
    quiet_engines: bool = False
    """Whether nothing is said of what they watch and the configuration does not name."""
    allow_private: bool | None = None
    """Whether loopback and private addresses may be checked; None where nobody wrote it: then a
    monitor's own address may be one, and no redirect leads to one."""
    marks: Mapping[str, Mark] = field(default_factory=dict)
    """Where keys stand that are looked at again later, e.g. ``site.logo``."""
    rename_key: str = "aliases:"
    """The key by which this kind of file keeps the history of a monitor that was renamed."""
    warnings: tuple[Problem, ...] = ()
    """What is not wrong but will surprise; checks go on."""
    left_out: tuple[Problem, ...] = ()
    """Errors that concern one site of an Upptime file each: it is left out, the others go on.

    ``validate`` fails on them; ``check`` says them and checks the rest.
    """

    @property
    def aliases(self) -> dict[str, str]:
        """Former id of a monitor → its present one."""
        return {alias: monitor.id for monitor in self.monitors for alias in monitor.aliases}

    def vantage_name(self, identifier: str) -> str:
        """Return what visitors read of a vantage."""
        return next((each.name for each in self.vantages if each.id == identifier), identifier)

    def monitor(self, identifier: str) -> Monitor:
        """Return the monitor of that id. Raises KeyError."""
        for monitor in self.monitors:
            if monitor.id == identifier:
                return monitor
        raise KeyError(identifier)

    def reporter(self, component: Component) -> str:
        """Return the host whose own word a component's state is; empty where it is measured."""
        hosts = {
            monitor.url.text.partition("://")[2].partition("/")[0]
            for monitor in self.monitors
            if monitor.id in component.monitors and monitor.kind == "statuspage"
        }
        kinds = {each.kind for each in self.monitors if each.id in component.monitors}
        return ", ".join(sorted(hosts)) if kinds == {"statuspage"} else ""

    def component(self, identifier: str) -> Component:
        """Return the component of that id. Raises KeyError."""
        for component in self.components:
            if component.id == identifier:
                return component
        raise KeyError(identifier)
