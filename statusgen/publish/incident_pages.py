"""One page per incident, and the months that list them."""

from __future__ import annotations

from statusgen.incident.model import Incident
from statusgen.publish.edition import Edition
from statusgen.publish.manifest import Asset
from statusgen.publish.window_pages import windows_by_month


def incident_page(edition: Edition, incident: Incident) -> Asset:
    """Return ``incidents/<id>/index.html``."""
    site, words = edition.settings.site.name, edition.words
    title = edition.title_of(incident)
    phase = words.say(f"phases.{incident.phase}")
    told = words.say("pages.incident-about", phase=phase, title=title)
    return edition.html(
        f"incidents/{incident.id}/index.html",
        "incident.html",
        f"{told if incident.resolved is not None else title} · {site}",
        told,
        incident=incident,
    )


def history_pages(edition: Edition) -> list[Asset]:
    """Return ``history/index.html`` and a page for each month that has incidents.

    The present month always has one, so that its address can be linked; before the first round
    and the first incident there is no present.
    """
    clock, site, now = edition.clock, edition.settings.site.name, edition.snapshot.now
    words = edition.words
    months: dict[str, list[Incident]] = {clock.month(now): []} if now else {}
    for incident in sorted(edition.shown, key=lambda one: (one.started, one.id), reverse=True):
        months.setdefault(clock.month(incident.started), []).append(incident)
    worked = windows_by_month(edition)
    for month in worked:
        months.setdefault(month, [])
    names = sorted(months, reverse=True)
    pages = [
        edition.html(
            "history/index.html",
            "history.html",
            f"{words.say('pages.history')} · {site}",
            words.say("pages.history-about", site=site),
            months=[(name, months[name]) for name in names],
        )
    ]
    for index, month in enumerate(names):
        pages.append(
            edition.html(
                f"history/{month}/index.html",
                "month.html",
                f"{words.say('pages.month', month=words.month(month))} · {site}",
                words.say("pages.month-about", site=site, month=words.month(month)),
                month=month,
                incidents=months[month],
                maintenance=worked.get(month, []),
                newer=names[index - 1] if index else "",
                older=names[index + 1] if index + 1 < len(names) else "",
            )
        )
    return pages
