"""``statusgen incident``: open, update, resolve, withdraw, list, take over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from statusgen.base import clock
from statusgen.base.clock import Instant
from statusgen.base.errors import InputError, OutsideError
from statusgen.base.text import and_list
from statusgen.cli.asking import Interview, ask_option, at_terminal
from statusgen.cli.common import (
    config_option,
    history_option,
    json_option,
    moment,
    print_json,
    print_table,
    tell_written,
)
from statusgen.cli.form import form, from_form
from statusgen.incident.adopt import adopt as adopt_incident
from statusgen.incident.model import Impact, Incident, Phase, Update
from statusgen.run import told
from statusgen.run.site import Site, site_now
from statusgen.words import Words

_COLUMNS = ("id", "title", "phase", "began", "ended")
_PHASES = (Phase.INVESTIGATING, Phase.IDENTIFIED, Phase.MONITORING)
if TYPE_CHECKING:
    from statusgen.run.author import Written

F = TypeVar("F", bound=Callable[..., Any])


@click.group()
def incident() -> None:
    """Open, update, resolve and list incidents, or take one over from the checks."""


def _words_options(command: F) -> F:
    """Add the options with which an author says what visitors need to know."""
    options = [
        click.option("--text", help="The whole update, in Markdown; instead of the next three."),
        click.option("--what", help="What visitors notice."),
        click.option("--who", help="Who is affected."),
        click.option("--do", "remedy", help="What they can do meanwhile."),
        click.option("--next", "next_text", help="When the next update comes: 30m, or a time."),
        click.option("--at", "at_text", metavar="TIME", help="When it is said; default: now."),
        click.option("--in-history", is_flag=True, help="Write below data/history/ instead."),
        ask_option,
        config_option,
        history_option,
        json_option,
    ]
    for option in reversed(options):
        command = option(command)
    return command


_limitations = click.option(
    "--limitation",
    "limitations",
    multiple=True,
    metavar="ROADMAP/WEAKNESS",
    help="A weakness of a roadmap that it shows; the roadmap collects them.",
)


@incident.command("open")
@click.option("--title", help="What happened, in a few words.")
@click.option("--impact", type=click.Choice(told.IMPACTS), help="How bad it is for visitors.")
@click.option(
    "--component", "components", multiple=True, metavar="ID[=IMPACT]", help="What is affected."
)
@click.option(
    "--phase", type=click.Choice([str(each) for each in _PHASES]), default=str(_PHASES[0])
)
@click.option("--started", "started_text", metavar="TIME", help="When it began; default: now.")
@click.option("--pin", is_flag=True, help="Keep it at the top of the page, even when it is over.")
@_limitations
@_words_options
def open_(**said: Any) -> None:
    """Open an incident; at a terminal, what is not given is asked.

    Example: statusgen incident open --title "Sign-in fails" --impact major --component login
    --what "Nobody can sign in." --next 30m
    """
    from statusgen.run.author import Author, check_title

    site = _site(said)
    talk = _interview(said)
    with talk.kept():
        title = talk.needed("title", "--title", "terminal.ask-title", check_title)
        impact = talk.needed("impact", "--impact", "terminal.ask-impact", choices=told.IMPACTS)
        if not said["components"]:
            said["components"] = None
            listed = talk.optional(
                "components",
                "terminal.ask-components",
                lambda text: told.components(text, site.component_ids, "--component"),
                known=and_list(list(site.component_ids), 12),
            )
            said["components"] = (listed or "").replace(",", " ").split()
        words = _words(site, Phase(said["phase"]), said, talk)
        site = _site(said)  # while questions are answered, time passes
        update = words.update(site)
        started = said["started_text"]
        written = Author(site, said["in_history"]).open_incident(
            title,
            Impact(impact),
            [told.touched(each, "--component") for each in said["components"]],
            update,
            started=None if started is None else moment(started, site, "--started"),
            pin=said["pin"],
            limitations=said["limitations"],
        )
    _wrote(written, said)


@incident.command()
@click.argument("incident_id", metavar="[ID]", required=False)
@click.option("--phase", type=click.Choice([str(each) for each in (*_PHASES, Phase.POSTMORTEM)]))
@click.option("--impact", type=click.Choice(told.IMPACTS), help="How bad it is now.")
@_limitations
@_words_options
def update(**said: Any) -> None:
    """Add an update to an incident; without ID to the one that lasts.

    Example: statusgen incident update --phase identified --what "A disk is full." --next 1h
    """
    _tell(said, said["phase"])


@incident.command()
@click.argument("incident_id", metavar="[ID]", required=False)
@_limitations
@_words_options
def resolve(**said: Any) -> None:
    """Say that an incident is over; without ID the one that lasts.

    Example: statusgen incident resolve --what "The disk was replaced."
    """
    _tell(said, Phase.RESOLVED)


@incident.command()
@click.argument("incident_id", metavar="[ID]", required=False)
@_words_options
def withdraw(**said: Any) -> None:
    """Take back a false alarm: it leaves the pages, and its feed entry says so.

    What was measured stays as it was measured.

    Example: statusgen incident withdraw 2026-11-20-api-is-down --text "Our own check was wrong."
    """
    if not any(said[name] for name in ("text", "what")):
        said["text"] = Words.of().say("updates.withdrawn")
    _tell(said, Phase.WITHDRAWN)


def _tell(said: dict[str, Any], phase: str | None) -> None:
    from statusgen.run.author import Author

    site = _site(said)
    if phase is None:
        phase = told.phase_now(site.incidents, said["incident_id"])
    talk = _interview(said)
    with talk.kept():
        words = _words(site, Phase(phase), said, talk)
        site = _site(said)
        impact = said.get("impact")
        written = Author(site, said["in_history"]).update_incident(
            said["incident_id"],
            words.update(site),
            impact=None if impact is None else Impact(impact),
            limitations=said.get("limitations", ()),
        )
    _wrote(written, said)


def _site(said: dict[str, Any]) -> Site:
    return site_now(said["config_path"], said["history_folder"])


def _interview(said: dict[str, Any]) -> Interview:
    """Return the questions to come: all of them, where nothing was said of what happened."""
    return Interview(said, whole=said["ask_all"] or (said["text"] is None and said["what"] is None))


@dataclass(frozen=True, slots=True)
class _Words:
    """What an update is to say, before it is known when."""

    phase: Phase
    body: str
    next: str | None
    at: str | None

    def update(self, site: Site) -> Update:
        at = site.now if self.at is None else moment(self.at, site, "--at")
        zone = site.settings.site.timezone
        promise = told.next_update(self.next, at, zone, "--next") if self.next else None
        return Update(at=at, phase=self.phase, body=self.body, promise=promise)


def _words(site: Site, phase: Phase, said: dict[str, Any], talk: Interview) -> _Words:
    """Put an update together from what was said, asking at a terminal for what is missing."""
    body = said["text"]
    if body is None:
        begins = "title" in said
        question = "what" if begins else "done" if phase in told.OVER else "news"
        what = talk.needed("what", "--what or --text", f"terminal.ask-{question}")
        who = talk.optional("who", "terminal.ask-who") if begins else said["who"]
        remedy = talk.optional("remedy", "terminal.ask-do") if begins else said["remedy"]
        body = told.body(Words.of(), what, who, remedy)
    promise = said["next_text"]
    if phase not in told.OVER:
        zone = site.settings.site.timezone
        promise = talk.optional(
            "next_text",
            "terminal.ask-next",
            lambda text: told.next_update(text, clock.now(), zone, "--next"),
        )
    return _Words(phase, body, promise, said["at_text"])


def _wrote(written: Written[Incident], said: dict[str, Any]) -> None:
    tell_written(written.path, written.warnings, _shown(written.item), as_json=said["as_json"])
    if at_terminal() and not said["as_json"]:
        click.echo(Words.of().say("terminal.then"))


@incident.command("list")
@config_option
@history_option
@json_option
@click.option("--open", "open_only", is_flag=True, help="Only those that last.")
def list_(config_path: Path | None, history_folder: Path, as_json: bool, open_only: bool) -> None:
    """List incidents, newest first; before them those whose promised update is late.

    Example: statusgen incident list --open
    """
    site = site_now(config_path, history_folder)
    loaded, now, words = site.incidents, site.now, Words.of()
    found = [entry for entry in loaded.incidents if entry.open or not open_only]
    found.sort(key=lambda entry: not _late(entry, now))
    if as_json:
        print_json([_shown(entry, now) for entry in found])
    else:
        rows = [
            (
                entry.id,
                entry.title,
                _phase(words, entry, now),
                clock.format_instant(entry.started),
                _end(entry),
            )
            for entry in found
        ]
        headers = [words.say(f"terminal.column-{column}") for column in _COLUMNS]
        print_table(headers, rows)
    if loaded.problems:
        raise InputError(loaded.problems)


def _late(entry: Incident, now: Instant) -> bool:
    return entry.promised is not None and entry.promised < now


def _phase(words: Words, entry: Incident, now: Instant) -> str:
    if not _late(entry, now) or entry.promised is None:
        return str(entry.phase)
    promised = clock.format_instant(entry.promised)
    return words.say("terminal.late", phase=str(entry.phase), moment=promised)


def _end(entry: Incident) -> str:
    return "—" if entry.resolved is None else clock.format_instant(entry.resolved)


def _shown(entry: Incident, now: Instant | None = None) -> dict[str, object]:
    return {
        "id": entry.id,
        "title": entry.title,
        "phase": str(entry.phase),
        "impact": str(entry.impact),
        "started": clock.format_instant(entry.started),
        "resolved": _instant(entry.resolved),
        "withdrawn": _instant(entry.withdrawn),
        "components": [affected.component for affected in entry.affected],
        "next_update": _instant(entry.promised),
        "late": now is not None and _late(entry, now),
        "promises": [
            {"due": clock.format_instant(each.due), "came": _instant(each.came)}
            for each in entry.promises
        ],
        "pinned": entry.pin,
        "automatic": entry.automatic,
        "adopted": entry.adopted,
        "blip": entry.blip,
        "file": entry.file,
    }


def _instant(value: Instant | None) -> str | None:
    return None if value is None else clock.format_instant(value)


@incident.command()
@click.argument("incident_id", metavar="ID")
@history_option
def adopt(incident_id: str, history_folder: Path) -> None:
    """Copy an automatic incident to content/incidents/, from where on its words are yours.

    The checks go on recording what they measure (recovery, duration); the page joins the two.

    Example: statusgen incident adopt 2026-11-20-api
    """
    path = adopt_incident(incident_id, history_folder, Site(history=history_folder).places.content)
    click.echo(Words.of().say("terminal.adopted", file=str(path)))


@incident.command()
@config_option
@history_option
@click.option("--push", "push_", is_flag=True, help="Commit and push what was read.")
def sync(config_path: Path | None, history_folder: Path, push_: bool) -> None:
    """Bring incidents and GitHub's issues together, as each check with --push does.

    Needs `github: {issues: true}` in data/status.yml, $GITHUB_TOKEN and $GITHUB_REPOSITORY.

    Example: statusgen incident sync --push
    """
    from statusgen.cli.issues import sync as sync_issues

    site = site_now(config_path, history_folder)
    if not site.settings.github.issues:
        raise InputError("issues are not asked for; write github: {issues: true} in the file")
    if not sync_issues(site, push=push_):
        raise click.exceptions.Exit(OutsideError.exit_code)


incident.add_command(form)
incident.add_command(from_form)
