"""What the banner says: what is wrong, by name, and what was told of it last.

Which level the page is at, ``status.overall`` decides; here its sentence becomes one that names and
links. With one open incident that covers all that is wrong, people's own title says more than what
was measured, and stands in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from statusgen.base.states import Look
from statusgen.incident.model import Incident
from statusgen.publish.edition import Edition
from statusgen.publish.excerpt import newest_word, plain_text
from statusgen.publish.links import component_path, incident_path, relative
from statusgen.status.snapshot import ComponentStatus
from statusgen.words.markup import joined_html

_NAMED = 3
"""How many components the banner names."""
_WRONG = (Look.DOWN, Look.PARTIAL, Look.DEGRADED, Look.MAINTENANCE)
_PAGE = "index.html"


@dataclass(frozen=True, slots=True)
class Headline:
    """The banner, top to bottom."""

    plain: str
    """The headline without links, for the page's title."""
    title: Markup
    who: Markup
    """Which components are wrong, where the headline is an incident's title; else empty."""
    news: Markup
    """The newest update of the one open incident; else empty."""
    fine: Markup
    """How many are fine; empty where all are, or none."""


def headline(edition: Edition) -> Headline:
    """Return the banner's words."""
    say = edition.say
    components = edition.snapshot.components
    saying = edition.banner.saying
    wrong = [] if _is_old(edition) else [each for each in components if each.look in _WRONG]
    reported = _reported(edition)
    named = _named(edition, wrong, reported)
    if len(wrong) == len(components) > 1 and len({each.look for each in wrong}) == 1:
        named = say(saying.key, **saying.values)  # all of them: no name says more
    # People may have told worse than what was measured; nothing is worse than down.
    enough = edition.banner.measured or any(each.look is Look.DOWN for each in wrong)
    title = named if named and enough else say(saying.key, **saying.values)
    lasting = [each for each in edition.shown if each.open]
    one = lasting[0] if len(lasting) == 1 else None
    who = Markup() if enough else named
    if one is not None and (one.adopted or not one.automatic) and _covers(one, wrong):
        title, who = _linked(incident_path(one.id), one.title), named
    return Headline(
        plain=plain_text(title),
        title=title,
        who=who,
        news=Markup() if one is None else _news(edition, one, titled=bool(who) or not wrong),
        fine=_fine(edition, components, reported),
    )


def _is_old(edition: Edition) -> bool:
    return edition.stale or edition.snapshot.last_round is None


def _covers(incident: Incident, wrong: Sequence[ComponentStatus]) -> bool:
    """Whether an incident touches all that is wrong beside what is planned."""
    touched = {each.component for each in incident.affected}
    return all(each.id in touched or each.look is Look.MAINTENANCE for each in wrong)


def _reported(edition: Edition) -> list[ComponentStatus]:
    """Return what people say is touched while the checks see nothing of it."""
    calm = (each for each in edition.snapshot.components if each.look not in _WRONG)
    return [each for each in calm if edition.people_say(each.id)]


def _named(
    edition: Edition, wrong: Sequence[ComponentStatus], reported: Sequence[ComponentStatus]
) -> Markup:
    """Say who is down, of whom people tell, then who is degraded …, the first three by name."""
    say, left = edition.say, _NAMED
    told = Markup()
    for look in (Look.DOWN, "reported", *_WRONG[1:]):
        found = list(reported) if look == "reported" else [e for e in wrong if e.look is look]
        if not found:
            continue
        if left:
            shown = [
                _linked(component_path(each.id), edition.names[each.id]) for each in found[:left]
            ]
            if len(found) > left:
                shown.append(say("lists.more", count=len(found) - left))
            names = joined_html(edition.words, shown)
            piece = say(f"banner.names-{look}", names=names, count=len(found))
            left -= min(left, len(found))
        else:
            piece = say(f"banner.more-{look}", count=len(found))
        told = say("banner.and-then", first=told, second=piece) if told else piece
    return told


def _news(edition: Edition, incident: Incident, *, titled: bool) -> Markup:
    """Return the newest update in one line; with a link to its incident unless the title is one."""
    if not incident.updates:
        return Markup()
    say, newest = edition.say, incident.updates[-1]
    text = newest_word(edition, incident)
    phase = say(f"phases.{newest.phase}")
    if not titled:
        phase = _linked(incident_path(incident.id), phase)
    return say("banner.news", phase=phase, moment=edition.clock.stamp(newest.at), text=text)


def _fine(
    edition: Edition, components: Sequence[ComponentStatus], reported: Sequence[ComponentStatus]
) -> Markup:
    say = edition.say
    fine = sum(each.look is Look.UP and each not in reported for each in components)
    unmeasured = sum(each.look is Look.UNKNOWN for each in components)
    if _is_old(edition) or fine in (0, len(components)):
        return Markup()
    told = say("banner.fine", count=fine, all=len(components))
    if unmeasured:
        return say("banner.fine-unmeasured", fine=told, count=unmeasured)
    return say("banner.fine-all", fine=told)


def _linked(path: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(relative(_PAGE, path), text)
