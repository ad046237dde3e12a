"""Which feeds there are: of the whole site, of each group and component, of maintenance alone.

Those of roadmaps are made in ``roadmaps.feed``; the page of all feeds lists them too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from statusgen.base.ids import id_like, path_segment
from statusgen.incident.model import Incident
from statusgen.publish.edition import Edition
from statusgen.publish.links import component_path
from statusgen.publish.manifest import Asset
from statusgen.status.snapshot import GroupStatus


class Of(StrEnum):
    """What a feed is of."""

    SITE = "site"
    GROUP = "group"
    COMPONENT = "component"
    MAINTENANCE = "maintenance"
    ROADMAP = "roadmap"


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """One place that has feeds: ``rss.xml``, ``atom.xml`` and ``feed.json`` in one folder."""

    of: Of
    folder: str
    """Their published path, up to the file's name."""
    address: str
    """The same as a URL writes it."""
    name: str
    title: str
    """The name with the site's, for who reads many feeds."""
    page: str
    """What the feed's entries are of, from the site's root."""
    components: frozenset[str] | None = None
    """Those that are told of; None: all."""

    def tells_incident(self, incident: Incident) -> bool:
        """Whether an incident belongs into these feeds."""
        if self.of is Of.MAINTENANCE:
            return False
        known = self.components
        return known is None or any(each.component in known for each in incident.affected)

    def tells_window(self, components: tuple[str, ...]) -> bool:
        """Whether a window that touches ``components`` belongs into these feeds."""
        return self.components is None or bool(self.components & set(components))


def feed_places(edition: Edition) -> list[FeedPlace]:
    """Return the places of all feeds, the site's own first."""
    site, say = edition.settings.site, edition.words.plain().say
    history, planned = "history/", "maintenance/"
    places = [FeedPlace(Of.SITE, history, history, site.name, site.name, "")]
    if edition.schedule.windows:
        name = say("windows.maintenance")
        title = f"{name} · {site.name}"
        places.append(FeedPlace(Of.MAINTENANCE, planned, planned, name, title, ""))
    for slug, group in group_slugs(edition).items():
        members = frozenset(each.id for each in group.components)
        folder, address = f"groups/{slug}/", f"groups/{path_segment(slug)}/"
        title = f"{group.name} · {site.name}"
        places.append(FeedPlace(Of.GROUP, folder, address, group.name, title, "", members))
    for component in edition.snapshot.components:
        name, page = edition.names[component.id], component_path(component.id)
        title, folder = f"{name} · {site.name}", f"components/{component.id}/"
        only = frozenset([component.id])
        places.append(FeedPlace(Of.COMPONENT, folder, page, name, title, page, only))
    return places


def group_slugs(edition: Edition) -> dict[str, GroupStatus]:
    """Return the named groups by what their addresses call them, each once."""
    found: dict[str, GroupStatus] = {}
    for group in edition.snapshot.groups:
        if not group.name or not group.components:
            continue
        plain = id_like(group.name) or "group"
        slug, number = plain, 1
        while slug in found:
            number += 1
            slug = f"{plain}-{number}"
        found[slug] = group
    return found


def follow_page(edition: Edition) -> Asset:
    """Return ``subscribe/index.html``: all feeds, and how to follow them where."""
    say, site = edition.words.say, edition.settings.site.name
    plans = [
        FeedPlace(Of.ROADMAP, each.href, each.href, each.title, each.title, each.href)
        for each in edition.plans
    ]
    return edition.html(
        "subscribe/index.html",
        "follow.html",
        f"{say('chrome.subscribe')} · {site}",
        say("chrome.subscribe-about", site=site),
        places=[*feed_places(edition), *plans],
        newest=edition.newest_entry,
    )
