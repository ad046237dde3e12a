"""``statusgen wizard``: questions, one at a time; an answer that can be written as files."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from statusgen.base import clock
from statusgen.base.errors import InputError
from statusgen.base.files import write_atomic
from statusgen.base.saying import Saying
from statusgen.base.text import one_line
from statusgen.base.yamltree import load_file
from statusgen.cli.common import instant, json_option, print_json
from statusgen.cli.wizard_lines import Save, Stopped, converse
from statusgen.cli.wizard_show import bill, review, running, troubles
from statusgen.wizard.answers import accepted, link_of, read_link
from statusgen.wizard.loader import load_asked
from statusgen.wizard.program import Program
from statusgen.wizard.session import Session, session_of, session_text
from statusgen.words import Words

_STATES = Path(".statusgen")


@click.command()
@click.option("--file", "file", type=click.Path(path_type=Path), help="Default: data/wizard.yml.")
@click.option("--preset", help="Begin with the answers of a kind of project.")
@click.option("--answers", "answer_file", type=click.Path(path_type=Path), help="YAML or JSON.")
@click.option("--from", "link", help="Begin with the answers of a link.")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing: take what is recommended.")
@click.option("--anew", is_flag=True, help="Forget where an earlier conversation stopped.")
@click.option("--apply", "apply", is_flag=True, help="Show what would be written, then write it.")
@click.option(
    "--now",
    "now_text",
    metavar="TIME",
    help="The time of the decisions, e.g. 2026-11-20T20:10:03Z; default: now.",
)
@json_option
def wizard(
    file: Path | None,
    preset: str | None,
    answer_file: Path | None,
    link: str | None,
    yes: bool,
    anew: bool,
    apply: bool,
    now_text: str | None,
    as_json: bool,
) -> None:
    """Ask the questions of a wizard; go back, see why, stop and go on; write a plan.

    Example: statusgen wizard --preset saas-application --apply
    """
    path = file or Path("data/wizard.yml")
    program = load_asked(path).program
    kept = _STATES / f"wizard-{program['id']}.json"
    given = _given(program, preset, answer_file, link)
    session = None if anew or given is not None else _kept(program, kept)
    if session is not None and not as_json:
        click.echo(f"Going on with {len(session.answers)} answers; --anew forgets them.")
    session = session or Session(program, given or {})
    if yes:
        left = session.finish()
        if left:
            names = ", ".join(left)
            raise InputError(f"nothing is recommended for: {names}; answer them in --answers FILE")
    else:
        _ask(session, kept)
    if as_json:
        _print_blueprint(session)
    else:
        _tell(session)
    if apply:
        _apply(session, now_text, yes)
    kept.unlink(missing_ok=True)


def _given(
    program: Program, preset: str | None, answer_file: Path | None, link: str | None
) -> dict[str, Any] | None:
    """Return the answers that options name; None where none does."""
    if preset is None and answer_file is None and link is None:
        return None
    answers: dict[str, Any] = {}
    if preset is not None:
        known = {one["id"]: one["answers"] for one in program["presets"]}
        if preset not in known:
            raise InputError(f"there is no preset {preset!r}; known here: {', '.join(known)}")
        answers |= known[preset]
    told: list[Saying] = []
    if answer_file is not None:
        data = load_file(answer_file).data
        if not isinstance(data, dict):
            raise InputError(f"{answer_file}: must be a mapping of questions to answers")
        inner = data.get("answers", data)
        found, told = accepted(program, inner if isinstance(inner, dict) else data)
        answers |= found
    if link is not None:
        found, more = read_link(program, link)
        answers |= found
        told = [*told, *more]
    for one in told:
        click.echo(f"warning: {one_line(Words.of().tell(one))}", err=True)
    return answers


def _kept(program: Program, path: Path) -> Session | None:
    try:
        return session_of(program, path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        return None


def _ask(session: Session, kept: Path) -> None:
    def save(now: Session) -> None:
        write_atomic(kept.parent / ".gitignore", b"*\n")
        write_atomic(kept, session_text(now).encode())

    try:
        conversation(session, save)
    except (Stopped, KeyboardInterrupt, BrokenPipeError):
        save(session)
        _say_where()
        raise click.exceptions.Exit(0 if sys.stdin.isatty() else 1) from None


def conversation(session: Session, save: Save) -> None:
    """Ask with arrow keys where that goes, else in numbered lines. Raises Stopped."""

    def read() -> str:
        line = sys.stdin.readline()
        if not line:
            raise Stopped
        return line.rstrip("\n")

    if _arrows():
        from statusgen.cli import wizard_screen

        wizard_screen.converse(session, save)
    else:
        converse(session, save, read)


def _say_where() -> None:
    try:
        click.echo("\nStopped; every answer is kept. Go on with: statusgen wizard", err=True)
    except OSError:
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def _arrows() -> bool:
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") in ("dumb", ""):
        return False
    try:
        import prompt_toolkit  # noqa: F401 - it may not be installed: numbered lines do as well
    except ImportError:
        return False
    return True


def _print_blueprint(session: Session) -> None:
    from statusgen.wizard.blueprint import blueprint

    print_json(blueprint(session.program, session.answers))


def _tell(session: Session) -> None:
    click.echo("")
    for _, name, answer in review(session):
        click.echo(f"{name}: {answer}")
    click.echo(f"Cost: {running(session)}")
    for line in bill(session.program, session.state):
        click.echo(f"  {line}")
    for line in troubles(session.program, session.state):
        click.echo(f"warning: {one_line(line, 300)}")
    click.echo(f"Link: wizard/#{link_of(session.program, session.state['known'])}")


def _apply(session: Session, now_text: str | None, yes: bool) -> None:
    from statusgen.setup.wizard_files import STATUS, changes
    from statusgen.wizard.blueprint import monitors

    at = instant(now_text)
    day = datetime.fromtimestamp(clock.now() if at is None else at, UTC).date().isoformat()
    watched = monitors(session.program, session.state)
    found = changes(Path(), session.program, session.answers, watched, day)
    for change in found:
        for line in change.diff:
            click.echo(one_line(line, 2000, exact=True) if not line.isprintable() else line)
    if watched and not Path(STATUS).exists():
        click.echo(f"There is no {STATUS}: no monitors are written.")
    if not found:
        click.echo("Everything is there already.")
        return
    if not yes and not click.confirm(f"Write these {len(found)} files?", default=True):
        raise click.exceptions.Exit(1)
    for change in found:
        write_atomic(change.path, change.after.encode())
        click.echo(f"wrote {change.path}")
