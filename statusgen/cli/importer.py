"""``statusgen import``."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from statusgen.base import clock
from statusgen.base.errors import InputError
from statusgen.base.files import write_atomic
from statusgen.base.text import one_line
from statusgen.cli import moving
from statusgen.cli.common import instant, json_option, now_option, print_json, print_table
from statusgen.importer import Imported, import_markdown
from statusgen.run.site import Site

if TYPE_CHECKING:
    from statusgen.run.taken import Taken
    from statusgen.run.upptime_issues import TakenWords


@click.group(name="import")
def import_() -> None:
    """Turn a document into a draft that you then edit, or bring another tool's past along."""


for _command in moving.COMMANDS:
    import_.add_command(_command)


@import_.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the draft here instead of printing it; no file is overwritten.",
)
@json_option
def markdown(file: Path, out: Path | None, as_json: bool) -> None:
    """Draft a roadmap from a Markdown document: stages, services, prices, options, checklists.

    Each part says in `source:` from which line it comes. What could not be read, and characters
    that had to be guessed in a damaged document, are told on standard error.

    Example: statusgen import markdown plan.md --out data/roadmaps/plan.yml
    """
    if out is not None and out.exists():
        raise InputError(f"{out} is there already; import overwrites nothing")
    imported = import_markdown(file, file.name)
    if out is not None:
        write_atomic(out, imported.yaml.encode())
    if as_json:
        print_json(_shown(imported))
    elif out is None:
        click.echo(imported.yaml, nl=False)
    _tell(file, imported, out)


@import_.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--issues",
    "dumps",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Issues and comments as `gh api --paginate` prints them; repeatable.",
)
@click.option(
    "--repository",
    metavar="OWNER/NAME",
    help="Ask GitHub for its issues and comments, with the token in GITHUB_TOKEN.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be brought, and write nothing.")
@now_option
@json_option
def upptime(
    folder: Path,
    dumps: Sequence[Path],
    repository: str | None,
    dry_run: bool,
    now_text: str | None,
    as_json: bool,
) -> None:
    """Bring an Upptime repository's past along: the samples in its git log, and its issues.

    FOLDER is a clone with its whole history, or its files with a gitlog.tsv
    (git log --format=%H%x09%aI%x09%s). Upptime commits a site when its state changes and once a
    day: what happened in between was never written down, and stays grey here. Its issues become
    incidents and maintenance windows in content/, with --issues or --repository. Can be repeated.

    Example: statusgen import upptime ../my-upptime --issues issues.json --issues comments.json
    """
    from statusgen.run.taken import take_over
    from statusgen.takeover.upptime import read_upptime

    found = read_upptime(folder)
    site = Site(given_now=instant(now_text))
    words = _issues(site, dumps, repository, dry_run)
    taken = take_over(site, found, now=site.wall_clock, dry_run=dry_run)
    if as_json:
        print_json({**_taken(taken, found.unread), **_told_words(words)})
        return
    rows = [
        (
            one.id,
            str(one.samples),
            str(one.failed),
            f"{clock.format_instant(one.first)[:10]} … {clock.format_instant(one.last)[:10]}",
            one.stated.uptime.get("all", "—") if one.stated else "—",
            "" if one.configured else "no monitor of that id is configured: not on any page",
        )
        for one in taken.monitors
    ]
    headers = ("Monitor", "Samples", "Failed", "From … to", "Upptime says", "")
    print_table(headers, rows)
    count = sum(one.samples for one in taken.monitors)
    would = "would be" if dry_run else "were"
    click.echo(f"{count} samples, {taken.rounds} new rounds {would} brought", err=True)
    if taken.known:
        click.echo(f"{taken.known} rounds had been brought before", err=True)
    for text in found.unread:
        click.echo(f"not read: {text}", err=True)
    click.echo(_WHY, err=True)
    if words is not None:
        click.echo(
            f"{words.incidents} incidents, {words.windows} windows; {len(words.written)} files "
            f"{would} written, {words.known} were there",
            err=True,
        )
        for text in words.left:
            click.echo(f"not taken over: {one_line(text, 300)}", err=True)
        click.echo(_DELETED, err=True)


def _issues(
    site: Site, dumps: Sequence[Path], repository: str | None, dry_run: bool
) -> TakenWords | None:
    if not dumps and repository is None:
        return None
    from statusgen.github.api import API
    from statusgen.run.upptime_issues import ask_for, read_dump, take_issues

    if repository is None:
        return take_issues(site, read_dump(dumps), dry_run=dry_run)
    token = os.environ.get("GITHUB_TOKEN", "")
    if dumps or not re.fullmatch(r"[\w.-]+/[\w.-]+", repository):
        raise InputError("--repository is OWNER/NAME, and is not given together with --issues")
    if not token:
        raise InputError(
            "--repository needs a token that may read its issues in GITHUB_TOKEN; without one, "
            "save them with gh api and give --issues"
        )
    base = os.environ.get("GITHUB_API_URL") or API
    return take_issues(site, ask_for(repository, token, base, clock.now), dry_run=dry_run)


def _told_words(words: TakenWords | None) -> dict[str, object]:
    if words is None:
        return {}
    return {
        "incidents": words.incidents,
        "windows": words.windows,
        "files": [str(path) for path in words.written],
        "known_files": words.known,
        "left": words.left,
    }


_DELETED = (
    "Upptime deletes the issue of an incident shorter than 15 minutes, and a closed issue may have "
    "been reopened or edited: what is gone there cannot be known here."
)


_WHY = (
    "Upptime counts the time between two commits as the state of the first, and an outage by its "
    "issue; here only what was observed counts, so coverage is low before your first own round."
)


def _taken(taken: Taken, unread: Sequence[str]) -> dict[str, object]:
    return {
        "rounds": taken.rounds,
        "known": taken.known,
        "monitors": [
            {
                "id": one.id,
                "name": one.name,
                "configured": one.configured,
                "samples": one.samples,
                "failed": one.failed,
                "first": clock.format_instant(one.first),
                "last": clock.format_instant(one.last),
                "upptime": dict(one.stated.uptime) if one.stated else {},
            }
            for one in taken.monitors
        ],
        "unread": list(unread),
    }


def _tell(file: Path, imported: Imported, out: Path | None) -> None:
    if imported.was_double_encoded:
        count = len(imported.guesses)
        click.echo(f"{file}: was encoded twice; repaired, {count} characters guessed", err=True)
    for guess in imported.guesses:
        click.echo(f"{file}:{guess.line}:{guess.column}: guessed {guess.guess!r}", err=True)
    for left in imported.unread:
        click.echo(f"{file}:{left.line}: {left.why}: {one_line(left.text, 100)}", err=True)
    found = ", ".join(f"{count} {kind}" for kind, count in imported.counts.items())
    where = f"{out}: " if out is not None else ""
    click.echo(f"{where}found {found or 'nothing'}; {len(imported.unread)} lines unread", err=True)


def _shown(imported: Imported) -> dict[str, object]:
    return {
        "yaml": imported.yaml,
        "counts": dict(imported.counts),
        "was_double_encoded": imported.was_double_encoded,
        "guesses": [
            {"line": guess.line, "column": guess.column, "was": guess.was, "guess": guess.guess}
            for guess in imported.guesses
        ],
        "unread": [
            {"line": left.line, "text": left.text, "why": left.why} for left in imported.unread
        ],
    }
