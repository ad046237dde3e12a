"""What an author says of an incident, put together alike for the commands and for the form."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from statusgen.base.clock import Instant, parse_duration_ms
from statusgen.base.errors import InputError, Problem
from statusgen.base.model import suggest
from statusgen.base.text import quote
from statusgen.incident.files import LoadedIncidents
from statusgen.incident.model import Impact, Incident, Phase
from statusgen.incident.times import read_time
from statusgen.words import Words

IMPACTS = tuple(str(impact) for impact in Impact)
OVER = (Phase.RESOLVED, Phase.POSTMORTEM, Phase.WITHDRAWN)
"""After these no further news of the outage is to be expected."""


def body(words: Words, what: str, who: str | None, remedy: str | None) -> str:
    """Put an update together: what visitors notice, who is affected, what they can do."""
    parts = [what]
    if who:
        parts.append(words.say("updates.who", who=who))
    if remedy:
        parts.append(words.say("updates.remedy", remedy=remedy))
    return "\n\n".join(parts)


def next_update(text: str, at: Instant, zone: ZoneInfo, option: str) -> Instant:
    """Read when the next update is promised: so long after ``at`` (``30m``), or a time.

    Raises InputError naming the option.
    """
    try:
        return at + parse_duration_ms(text) // 1000
    except ValueError:
        pass
    try:
        return read_time(text, zone).at
    except ValueError as error:
        raise InputError(f"{option}: {error}") from None


def touched(text: str, option: str) -> tuple[str, Impact | None]:
    """Read ``ID`` or ``ID=IMPACT``. Raises InputError naming the option."""
    component, sign, impact = text.partition("=")
    if not sign:
        return component, None
    if impact not in IMPACTS:
        shown = quote(text, 80).strip("'")
        raise InputError(f"{option} {shown}: write one of {', '.join(IMPACTS)} after the sign")
    return component, Impact(impact)


def components(text: str, known: Sequence[str], option: str) -> list[tuple[str, Impact | None]]:
    """Read ids between commas or spaces, each as in ``touched``. Raises InputError."""
    found = [touched(each, option) for each in text.replace(",", " ").split()]
    for component, _ in found:
        if component not in known:
            fix = suggest(component, list(known)) or "write the id of a component"
            raise InputError([Problem(f"there is no component {quote(component, 80)}", fix)])
    return found


def meant(loaded: LoadedIncidents, identifier: str | None) -> Incident | None:
    """Return the incident of that id, or without one the only one that lasts; None: none is."""
    if identifier:
        return next((each for each in loaded.incidents if each.id == identifier), None)
    lasting = [each for each in loaded.incidents if each.open]
    return lasting[0] if len(lasting) == 1 else None


def phase_now(loaded: LoadedIncidents, identifier: str | None) -> Phase:
    """Return the phase of an update that says none: the incident's own while it lasts."""
    known = meant(loaded, identifier)
    return known.phase if known is not None and known.open else Phase.INVESTIGATING
