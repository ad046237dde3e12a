"""One build's pages: what they all share, and how a template becomes an entry of the manifest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2.environment import TemplateModule

from statusgen.base.clock import Instant, format_instant
from statusgen.config.settings import NavLink, Settings
from statusgen.gates.gate import Gate
from statusgen.gates.live import Live
from statusgen.gates.readiness import Readiness
from statusgen.incident.model import Impact, Incident
from statusgen.incident.ordinals import Numbered, ordinals
from statusgen.incident.window import Schedule
from statusgen.incident.wording import past_title
from statusgen.publish.appearance import Banner, page_banner
from statusgen.publish.day_index import days_told
from statusgen.publish.evidence import Log, NoLog
from statusgen.publish.manifest import Asset
from statusgen.publish.names import unique_names
from statusgen.publish.references import References
from statusgen.publish.retold import retold
from statusgen.publish.templating import fill, macros
from statusgen.publish.times import Clock
from statusgen.run.dress import Dress
from statusgen.run.report import Report
from statusgen.status.objectives import ObjectiveStanding
from statusgen.status.publication import next_publication, old_after
from statusgen.status.snapshot import Snapshot
from statusgen.words import Words
from statusgen.words.markup import Say, html_speaker


@dataclass(frozen=True)
class Edition:
    """Everything that one build knows and several pages need."""

    settings: Settings
    snapshot: Snapshot
    incidents: tuple[Incident, ...]
    """Newest first."""
    schedule: Schedule = field(default_factory=Schedule)
    """The maintenance windows, seen from the snapshot's instant."""
    demo: str | None = None
    navigation: tuple[NavLink, ...] = ()
    """Pages beside the status pages (prose, roadmaps), paths from the site's root."""
    pictures: Mapping[str, str] | None = None
    """Pictures of the repository by their address → published path; None: they are there."""
    dress: Dress = field(default_factory=Dress)
    """The owner's own style sheets and HTML."""
    references: References = field(default_factory=lambda: References(None))
    """Where the links in authors' words lead."""
    log: Log = field(default_factory=NoLog)
    """The rounds that are kept."""
    digest: str = ""
    """By it a later run tells whether anything that pages show changed (``run.shown``)."""
    history_head: str = ""
    """The newest seal of the recorded past (``history.chain``); empty before the first."""
    numbered: Numbered = field(default_factory=dict)
    """Which numbers updates were given when they were first seen."""
    objectives: tuple[ObjectiveStanding, ...] = ()
    """How the configuration's objectives stand."""
    gates: Mapping[str, Sequence[Gate]] = field(default_factory=dict)
    """Roadmap → its promises as they stand."""
    reports: tuple[Report, ...] = ()
    """Those of closed periods, newest first."""
    readiness: Mapping[str, Mapping[str, Readiness]] = field(default_factory=dict)
    """Roadmap → stage → whether it may begin."""
    cited: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """Component → the roadmaps that name it (``publish.roadmaps.cited``)."""
    lives: Mapping[str, Live] = field(default_factory=dict)
    """Roadmap → what was measured beside its promises."""
    plans: tuple[NavLink, ...] = ()
    """The roadmaps that have feeds, with the folders of those; paths from the site's root."""
    banner: Banner = field(init=False)
    words: Words = field(init=False)
    """Those of the site's language, else English."""
    clock: Clock = field(init=False)
    names: Mapping[str, str] = field(init=False)
    """Component id → a name that no other component has."""

    def __post_init__(self) -> None:
        site = self.settings.site
        words = Words.of(site.language, unbroken=True, own=site.texts)
        object.__setattr__(self, "banner", page_banner(self.snapshot, self.incidents))
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "clock", Clock(site.timezone, self.snapshot.now, words))
        object.__setattr__(
            self, "names", unique_names(self.settings.components, self.snapshot.groups, words)
        )

    @classmethod
    def of(
        cls,
        settings: Settings,
        snapshot: Snapshot,
        incidents: Sequence[Incident],
        *,
        schedule: Schedule | None = None,
        demo: str | None = None,
        navigation: Sequence[NavLink] = (),
        pictures: Mapping[str, str] | None = None,
        dress: Dress | None = None,
        content: Path | None = None,
        numbered: Numbered | None = None,
        log: Log | None = None,
        digest: str = "",
        history_head: str = "",
        objectives: Sequence[ObjectiveStanding] = (),
        gates: Mapping[str, Sequence[Gate]] | None = None,
        reports: Sequence[Report] = (),
        readiness: Mapping[str, Mapping[str, Readiness]] | None = None,
        cited: Mapping[str, Sequence[Any]] | None = None,
        lives: Mapping[str, Live] | None = None,
        plans: Sequence[NavLink] = (),
    ) -> Edition:
        """Gather one build's facts; the incidents may come in any order."""
        told = newest_first(retold(incidents, settings))
        plan = schedule or Schedule()
        led = References(content, settings.site.url or "")
        return cls(
            settings,
            snapshot,
            told,
            plan,
            demo,
            tuple(navigation),
            pictures,
            dress or Dress(),
            led,
            log or NoLog(),
            digest,
            history_head,
            numbered or {},
            tuple(objectives),
            gates or {},
            tuple(reports),
            readiness or {},
            cited or {},
            lives or {},
            tuple(plans),
        )

    @cached_property
    def say(self) -> Say:
        """What templates say sentences with."""
        return html_speaker(self.words)

    @cached_property
    def macros(self) -> TemplateModule:
        """What templates call ``m``; made anew for each page, it would be a tenth of its cost."""
        return macros(words=self.words, say=self.say)

    @cached_property
    def shown(self) -> tuple[Incident, ...]:
        """The incidents that pages list: a withdrawn one has left them."""
        return tuple(incident for incident in self.incidents if incident.withdrawn is None)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days that have a page, oldest first."""
        return days_told(self.snapshot, self.shown, self.clock)

    @property
    def stale(self) -> bool:
        """Whether the page is out of date at the very moment of the build."""
        after = self.snapshot.stale_after
        return after is not None and self.snapshot.now >= after

    @property
    def next_publication(self) -> Instant | None:
        """When the next pages are to come at the latest; None before the first round."""
        last, every = self.snapshot.last_round, self.settings.publication.every
        return None if last is None else next_publication(last, every, self.snapshot.cadence)

    @property
    def old_after(self) -> Instant | None:
        """When a page that nobody replaced is out of date; None before the first round.

        None in a demonstration, too, which does not go on and says so.
        """
        promised = self.next_publication
        return None if promised is None or self.demo else old_after(promised, self.snapshot.cadence)

    @property
    def build(self) -> str:
        """What tells two builds apart: the instant seen and the newest round in it."""
        seen = format_instant(self.snapshot.now) if self.snapshot.now else "nothing"
        return f"{seen} {self.snapshot.last_round_key or 'no round'}"

    def title_of(self, incident: Incident) -> str:
        """Return an incident's title; what the program wrote itself is past once it is over."""
        if incident.open or not incident.automatic or incident.adopted:
            return incident.title
        return past_title(self.words.plain(), incident.title)

    def ordinals(self, incident: Incident) -> list[int]:
        """Return the number of each update of an incident, the same in every build."""
        return ordinals(incident.updates, self.numbered.get(incident.uid, ()))

    @cached_property
    def newest_entry(self) -> str:
        """Return the title of the newest update; empty where none was told."""
        for incident in self.shown:
            if incident.updates:
                phase = self.words.say(f"phases.{incident.updates[-1].phase}")
                return self.words.say("feeds.entry", phase=phase, title=incident.title)
        return ""

    def touching(self, component: str) -> tuple[Incident, ...]:
        """Return the incidents that affect a component, newest first."""
        return tuple(each for each in self.shown if _affects(each, component))

    def people_say(self, component: str) -> list[Incident]:
        """Return the open incidents by which people say that a component does not work well."""
        return [
            incident
            for incident in self.touching(component)
            if incident.open and (incident.adopted or not incident.automatic)
            if any(
                (entry.impact or incident.impact) is not Impact.NONE
                for entry in incident.affected
                if entry.component == component
            )
        ]

    def html(
        self,
        path: str,
        template: str,
        title: str,
        description: str,
        *,
        section: str | None = None,
        **values: Any,
    ) -> Asset:
        """Render a template of this room as the page at ``path``.

        ``section``: the address of the header's entry that it belongs to; None: told by its path.
        ``values`` are handed to the template beside ``page``, ``site``, ``snapshot``, ``words``,
        ``say``, which says a sentence of the catalogue, and ``m``, the macros.
        """
        from statusgen.publish.page_view import PageView  # which knows editions

        html = fill(
            template,
            page=PageView(self, path, section),
            site=self.settings.site,
            snapshot=self.snapshot,
            words=self.words,
            say=self.say,
            m=self.macros,
            title=title,
            description=description,
            **values,
        )
        return Asset(path=path, content=encoded(html), source=f"the template {template}")


def encoded(text: str) -> bytes:
    """Return UTF-8; half a surrogate pair (JSON can hold one) becomes a question mark."""
    return text.encode("utf-8", "replace")


def _affects(incident: Incident, component: str) -> bool:
    return any(item.component == component for item in incident.affected)


def newest_first(incidents: Sequence[Incident]) -> tuple[Incident, ...]:
    """Sort incidents by what was said last, then by when they began."""

    def spoken(incident: Incident) -> tuple[Instant, Instant, str]:
        last = incident.updates[-1].at if incident.updates else incident.started
        return last, incident.started, incident.id

    return tuple(sorted(incidents, key=spoken, reverse=True))
