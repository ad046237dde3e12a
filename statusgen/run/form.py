"""What a person's form says, carried out as the commands ``statusgen incident …`` would.

A form comes as environment variables, ``FORM_ACTION`` and so on: outside text that no shell ever
sees. What it says and cannot be heeded is told, never dropped in silence; a form that was sent
twice changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from statusgen.base.clock import MINUTE, Instant
from statusgen.base.errors import InputError, Problem
from statusgen.base.model import suggest
from statusgen.base.text import one_line, quote
from statusgen.config.settings import Settings
from statusgen.incident.model import Impact, Incident, Phase, Update
from statusgen.incident.sections import tidy_body
from statusgen.run import told
from statusgen.run.author import Author
from statusgen.run.choices import ACTIONS, ALL, GROUP, NONE_NAMED, PHASES, UNCHANGED
from statusgen.words import Words

PREFIX = "FORM_"
SENT_TWICE = 10 * MINUTE
"""The same words to the same incident within so long are one form, sent twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What was chosen and written; empty where nothing was."""

    action: str
    title: str = ""
    component: str = ""
    components: str = ""
    impact: str = ""
    text: str = ""
    remedy: str = ""
    next: str = ""
    phase: str = ""
    incident: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What carrying out a form did."""

    path: Path
    incident: Incident
    warnings: tuple[Problem, ...] = ()
    new: bool = True
    """False where the same was said before, and nothing was written."""


def read_form(environ: Mapping[str, str]) -> Form:
    """Read a form from the environment. Raises InputError for what is no form."""
    said: dict[str, str] = {}
    for each in fields(Form):
        value = environ.get(f"{PREFIX}{each.name.upper()}", "").strip()
        try:
            value.encode()
        except UnicodeEncodeError:
            raise InputError(f"{each.name} is not UTF-8; write it as plain text") from None
        said[each.name] = "" if value in (UNCHANGED, NONE_NAMED) else value
    if said["action"] not in ACTIONS:
        given, known = said["action"], ", ".join(ACTIONS)
        what = f"{quote(given, 40)} is no action" if given else f"{PREFIX}ACTION is not set"
        raise InputError([Problem(what, suggest(given, list(ACTIONS)) or f"write one of {known}")])
    return Form(**said)


def lies_in_history(form: Form, author: Author) -> bool:
    """Whether what the form speaks of is a person's file below ``data/history/``."""
    if form.action == "open":
        return False
    incident = told.meant(author.site.incidents, form.incident or None)
    if incident is None or (incident.automatic and not incident.adopted):
        return False
    history = author.site.places.history.resolve()
    return Path(incident.file).resolve().is_relative_to(history)


def carry_out(form: Form, author: Author, now: Instant) -> Done:
    """Write what the form says. Raises InputError as the commands do."""
    return _open(form, author, now) if form.action == "open" else _tell(form, author, now)


def _open(form: Form, author: Author, now: Instant) -> Done:
    if form.incident:
        fix = "choose update, or leave out the incident"
        raise InputError([Problem(f"opens a new one, and names {quote(form.incident, 80)}", fix)])
    for name in ("title", "impact", "text"):
        if not getattr(form, name):
            raise InputError([Problem(f"{name} is missing", "it takes one to open an incident")])
    phase = _phase(form) or Phase.INVESTIGATING
    if phase in told.OVER:
        raise InputError([Problem(f"an incident does not begin with {phase}", "choose another")])
    update = _update(form, author, phase, now)
    affected, limitations = _affected(form, author.site.settings)
    for each in author.site.incidents.incidents:
        same = each.open and one_line(each.title) == one_line(form.title)
        if same and _said(each, update, since=0):
            return Done(Path(each.file), each, new=False)
    impact = _impact(form.impact)
    written = author.open_incident(form.title, impact, affected, update, limitations=limitations)
    return Done(written.path, written.item, written.warnings)


def _tell(form: Form, author: Author, now: Instant) -> Done:
    loaded = author.site.incidents
    phase = {"resolve": Phase.RESOLVED, "withdraw": Phase.WITHDRAWN}.get(form.action)
    ignored = _ignored(form)
    if phase is None:
        phase = _phase(form) or told.phase_now(loaded, form.incident or None)
    update = _update(form, author, phase, now)
    named = [each for each in loaded.incidents if not form.incident or each.id == form.incident]
    for each in named:
        ended = form.action != "update" and bool(form.incident) and not each.open
        if _said(each, update, since=0 if ended else now - SENT_TWICE):
            return Done(Path(each.file), each, new=False)
    impact = _impact(form.impact) if form.action == "update" and form.impact else None
    written = author.update_incident(form.incident or None, update, impact=impact)
    return Done(written.path, written.item, (*ignored, *written.warnings))


def _ignored(form: Form) -> list[Problem]:
    """Tell what was filled in and means nothing here."""
    names = {"title": form.title, "component": form.component, "components": form.components}
    if form.action != "update":
        names |= {"impact": form.impact, "next": form.next, "phase": form.phase}
    fix = f"{form.action} leaves it as it is; what must change can be changed in the file"
    return [
        Problem(f"{name} {quote(value, 80)} was not heeded", fix)
        for name, value in names.items()
        if value
    ]


def _update(form: Form, author: Author, phase: Phase, now: Instant) -> Update:
    words, zone = Words.of(), author.site.settings.site.timezone
    text = form.text
    if not text and form.action == "withdraw":
        text = words.say("updates.withdrawn")
    if not text:
        raise InputError([Problem("text is missing", "write what visitors need to know")])
    heeded = form.next and form.action in ("open", "update")
    return Update(
        at=now,
        phase=phase,
        body=told.body(words, text, None, form.remedy),
        promise=told.next_update(form.next, now, zone, "next") if heeded else None,
    )


def _said(incident: Incident, update: Update, *, since: Instant) -> bool:
    """Whether the incident says the same already, not earlier than ``since``."""
    body = tidy_body(update.body)
    return any(
        each.at >= since and each.phase is update.phase and each.body == body
        for each in incident.updates
    )


def _phase(form: Form) -> Phase | None:
    if not form.phase:
        return None
    if form.phase in PHASES:
        return Phase(form.phase)
    if form.phase in (Phase.RESOLVED, Phase.WITHDRAWN):
        action = "resolve" if form.phase == Phase.RESOLVED else "withdraw"
        raise InputError([Problem(f"{form.phase} is an action of its own", f"choose {action}")])
    fix = suggest(form.phase, list(PHASES)) or f"write one of {', '.join(PHASES)}"
    raise InputError([Problem(f"{quote(form.phase, 40)} is no phase", fix)])


def _impact(text: str) -> Impact:
    if text not in told.IMPACTS:
        fix = suggest(text, list(told.IMPACTS)) or f"write one of {', '.join(told.IMPACTS)}"
        raise InputError([Problem(f"{quote(text, 40)} is no impact", fix)])
    return Impact(text)


def _affected(
    form: Form, settings: Settings
) -> tuple[Sequence[tuple[str, Impact | None]], Sequence[str]]:
    """Return the components that the form names, each once, the one chosen first.

    And the weaknesses of roadmaps: no id holds a slash, and theirs are written with one.
    """
    found: dict[str, Impact | None] = {}
    limitations = []
    for each in _chosen(form.component, settings):
        found[each] = None
    for entry in form.components.replace(",", " ").split():
        if "/" in entry:
            limitations.append(entry)
            continue
        component, impact = told.touched(entry, "components")
        found[component] = impact or found.get(component)
    return list(found.items()), limitations


def _chosen(choice: str, settings: Settings) -> Sequence[str]:
    """Return the ids that one choice stands for."""
    ids = [each.id for each in settings.components]
    if not choice or choice in ids:
        return [choice] if choice else []
    if choice == ALL:
        return ids
    if choice.startswith(GROUP):
        for group in settings.groups:
            if group.name == choice.removeprefix(GROUP):
                return group.components
        names = [group.name for group in settings.groups if group.name]
        fix = suggest(choice.removeprefix(GROUP), names) or "renew the form"
        raise InputError([Problem(f"there is no {quote(choice, 80)}", fix)])
    return choice.replace(",", " ").split()
