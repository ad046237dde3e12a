"""All that is published about measured time and incidents. Pure: no file, no clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from statusgen.config.settings import NavLink, Settings
from statusgen.incident.model import Incident
from statusgen.incident.window import Schedule
from statusgen.publish.api.files import api_files
from statusgen.publish.chrome import Chrome
from statusgen.publish.component_page import component_page
from statusgen.publish.day_pages import day_pages
from statusgen.publish.edition import Edition
from statusgen.publish.feed_places import follow_page
from statusgen.publish.feeds import feeds
from statusgen.publish.incident_pages import history_pages, incident_page
from statusgen.publish.manifest import Asset, Manifest
from statusgen.publish.reports import report_files
from statusgen.publish.sitefiles import icons, redirects, robots
from statusgen.publish.status_page import status_page
from statusgen.publish.window_pages import window_page
from statusgen.status.snapshot import Snapshot


def render_site(
    settings: Settings,
    snapshot: Snapshot,
    incidents: Sequence[Incident],
    *,
    schedule: Schedule | None = None,
    demo: str | None = None,
    navigation: Sequence[NavLink] = (),
) -> Manifest:
    """Return the status pages, feeds and machine-readable files; all but the sitemap.

    The sitemap covers the pages of other engines too: ``sitefiles.add_sitemap`` adds it last.

    ``demo``: a sentence saying that this is a demonstration, shown on every page.
    ``navigation``: what the header offers beside the status pages; paths from the site's root.
    Raises StatusgenError where two things would be published at one path.
    """
    return render_edition(
        Edition.of(
            settings, snapshot, incidents, schedule=schedule, demo=demo, navigation=navigation
        )
    )


def render_edition(edition: Edition) -> Manifest:
    """Return the same for facts already gathered. Raises StatusgenError as ``render_site``."""
    manifest = Manifest(chrome=Chrome(edition))
    for entry in _entries(edition):
        manifest.add(entry)
    return manifest


def _entries(edition: Edition) -> Iterator[Asset]:
    site = edition.settings.site
    yield status_page(edition)
    for component in edition.snapshot.components:
        yield component_page(edition, component)
    for incident in edition.incidents:
        yield incident_page(edition, incident)
    for window in edition.schedule.windows:
        yield window_page(edition, window)
    yield from history_pages(edition)
    yield from day_pages(edition)
    if "reports" not in site.hide:
        yield from report_files(edition)
    yield from redirects(edition)
    yield edition.html(
        "404.html",
        "missing.html",
        f"{edition.words.say('pages.missing')} · {site.name}",
        edition.words.say("missing.heading"),
    )
    yield from feeds(edition)
    if site.url and "subscribe" not in site.hide:
        yield follow_page(edition)
    # icalendar takes a tenth of a second to import; a site that plans nothing needs no calendar
    if edition.schedule.windows:
        from statusgen.publish.calendar import calendar

        yield calendar(edition)
    yield from icons(site.colours)
    yield from api_files(edition)
    yield robots(site)
    if site.cname:
        yield Asset(path="CNAME", content=f"{site.cname}\n".encode(), source="the configuration")
    # GitHub's Pages would else run Jekyll, which drops what begins with an underscore.
    yield Asset(path=".nojekyll", content=b"", source="the status pages")
