"""Upptime's issues as incidents and maintenance windows: what its status page told of them.

They come from dumps of GitHub's REST API (``gh api --paginate``), or from the API itself. Words
count where their author may write to the repository, or is a program installed there: anybody can
open an issue, and Upptime's template puts the label ``maintenance`` on it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from statusgen.base.clock import Instant
from statusgen.base.errors import InputError, Problem
from statusgen.base.ids import stable_urn
from statusgen.base.text import one_line, quote
from statusgen.config.slugs import upptime_slug
from statusgen.github.api import Api
from statusgen.github.issue import Issue, Said, comment, issue
from statusgen.github.maintenance import known_names, planned
from statusgen.github.people import People
from statusgen.incident import INCIDENTS, MAINTENANCE
from statusgen.incident.comments import said_phase
from statusgen.incident.edit import new_id
from statusgen.incident.fileformat import incident_markdown
from statusgen.incident.folder import write_file
from statusgen.incident.model import Affected, Impact, Incident, Phase, Update
from statusgen.incident.windowfile import window_markdown
from statusgen.run.issues import window_of
from statusgen.run.site import Site
from statusgen.takeover.foreign import read_bytes

MOST_BYTES = 256 * 1024 * 1024
_TITLE = re.compile(r"\W*(?P<name>\S.*?) (?:is down|has degraded performance)\s*")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ISSUE = re.compile(r"/issues/(\d{1,12})$")
_OF_THIS = frozenset({"status", "maintenance"})

Told = Mapping[str, Any]
MayWrite = Callable[[Said], bool]


@dataclass(frozen=True, slots=True)
class Dump:
    """Issues and comments as GitHub's API tells them."""

    issues: Sequence[Told]
    comments: Sequence[Told]
    may_write: MayWrite
    """Whether the author of something may write to the repository, as far as can be known."""


@dataclass(slots=True)
class TakenWords:
    """What became of the issues."""

    incidents: int = 0
    windows: int = 0
    known: int = 0
    """Files that were there already, and were let be."""
    written: list[Path] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """What was not taken over, and why."""


def read_dump(paths: Iterable[Path]) -> Dump:
    """Read files of issues and comments, in any order and number.

    Each holds what ``gh api`` printed: one list or several one behind the other. Who may write is
    taken from what GitHub calls the author. Raises InputError for what is none of it.
    """
    issues: list[Told] = []
    comments: list[Told] = []
    for path in paths:
        for each in _documents(path):
            if "issue_url" in each:
                comments.append(each)
            elif "number" in each and "title" in each:
                issues.append(each)
            else:
                fix = "save what `gh api --paginate 'repos/OWNER/NAME/issues?state=all'` prints"
                raise InputError([Problem("holds something else than issues", fix, str(path))])
    return Dump(issues, comments, lambda said: said.bot or said.close)


def ask_for(repository: str, token: str, base: str, now: Callable[[], Instant]) -> Dump:
    """Read a repository's issues and comments from GitHub. Raises OutsideError."""
    api = Api(repository=repository, token=token, base=base, now=now)
    people = People(api=api, problems=[])
    issues = api.listing("/issues", state="all", sort="created", direction="asc")
    comments = api.listing("/issues/comments", sort="created", direction="asc")
    return Dump(
        [each for each in issues.items if "pull_request" not in each],
        comments.items,
        lambda said: said.bot or (said.close and people.may_write(said.login)),
    )


def take_issues(site: Site, dump: Dump, *, dry_run: bool = False) -> TakenWords:
    """Write each incident and window once, as a file of ``content/``; what is there stays.

    Raises OutsideError where the disk refuses.
    """
    done = TakenWords()
    by_issue = _by_issue(dump)
    for one in filter(None, map(issue, dump.issues)):
        if one.mark is not None or not one.labels & _OF_THIS:
            continue
        if not dump.may_write(one):
            done.left.append(f"#{one.number}: {quote(one.title, 80)}: its author may not write")
            continue
        if "status" in one.labels:
            made = _incident(site, one, by_issue.get(one.number, ()), dump.may_write, done)
            done.incidents += 1
            _write(site, INCIDENTS, made.id, incident_markdown(made), done, dry_run)
        else:
            _take_window(site, one, done, dry_run)
    return done


def _documents(path: Path) -> Iterator[Told]:
    text = read_bytes(path, MOST_BYTES).decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    decoder, place = json.JSONDecoder(), 0
    while place < len(text):
        try:
            told, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            what = f"is no JSON: {one_line(str(error), 120)}"
            raise InputError([Problem(what, "save it again", str(path))]) from None
        while place < len(text) and text[place] in " \t\r\n":
            place += 1
        yield from _flat(told)


def _flat(told: object) -> Iterator[Told]:
    """Yield the objects of a list, or of a list of lists, as ``gh api --slurp`` writes it."""
    for each in told if isinstance(told, list) else [told]:
        if isinstance(each, list):
            yield from (one for one in each if isinstance(one, dict))
        elif isinstance(each, dict):
            yield each


def _by_issue(dump: Dump) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = {}
    for told in dump.comments:
        one, address = comment(told), _ISSUE.search(str(told.get("issue_url")))
        if one is not None and address is not None:
            found.setdefault(int(address[1]), []).append(one)
    return found


def _incident(
    site: Site, one: Issue, comments: Sequence[Said], may_write: MayWrite, done: TakenWords
) -> Incident:
    updates = [Update(at=one.created, phase=Phase.INVESTIGATING, body=_words(one.body))]
    strangers = 0
    for each in sorted(comments, key=lambda said: (said.created, said.number)):
        body = _words(each.body)
        if not may_write(each):
            strangers += 1
        elif body and each.created >= one.created:
            phase, text = said_phase(body)
            at = max(each.created, updates[-1].at + 1)
            over = one.closed is not None and each.created > one.closed
            stays = Phase.POSTMORTEM if over else updates[-1].phase
            updates.append(Update(at=at, phase=phase or stays, body=text))
    if one.closed is not None and all(update.phase is not Phase.RESOLVED for update in updates):
        closed = Update(at=max(one.closed, one.created + 1), phase=Phase.RESOLVED, body="Resolved.")
        updates.append(closed)
        updates.sort(key=lambda update: update.at)
    ended = next((each.at for each in updates if each.phase is Phase.RESOLVED), None)
    if strangers:
        done.left.append(f"#{one.number}: {strangers} comments by people who may not write")
    if ended is None:
        done.left.append(f"#{one.number}: is open there, so it is open here: resolve it in both")
    name = _TITLE.fullmatch(one.title)
    title = one_line(re.sub(r"^\W+", "", one.title)) or f"#{one.number}"
    components = _components(site, one, name["name"] if name else "")
    if not components:
        done.left.append(f"#{one.number}: {quote(title, 80)}: of no component that is configured")
    identifier = f"{new_id(title, one.created, ())}-{one.number}"
    return Incident(
        id=identifier,
        uid=stable_urn("incident", identifier),
        title=title,
        impact=Impact.MINOR if "degraded" in one.title else Impact.MAJOR,
        started=one.created,
        resolved=ended,
        affected=tuple(
            Affected(component=each, start=one.created, end=ended) for each in components
        ),
        updates=tuple(updates),
    )


def _components(site: Site, one: Issue, name: str) -> list[str]:
    """Return the components that an issue is about: by its labels, else by its title."""
    known = {each.casefold(): each for each in site.component_ids}
    former = {old.casefold(): new for old, new in site.settings.aliases.items()}
    wanted = [*sorted(one.labels - _OF_THIS), upptime_slug(name) if name else ""]
    found = [known.get(each) or former.get(each) for each in wanted]
    return list(dict.fromkeys(each for each in found if each))


def _take_window(site: Site, one: Issue, done: TakenWords, dry_run: bool) -> None:
    try:
        plan = planned(one, ended=one.closed)
    except ValueError as error:
        done.left.append(f"#{one.number}: {quote(one.title, 80)}: {error}")
        return
    names = known_names(plan, [*site.component_ids, *site.settings.aliases], done.left)
    window = window_of(plan, names, site)
    done.windows += 1
    _write(site, MAINTENANCE, window.id, window_markdown(window), done, dry_run)


def _write(
    site: Site, kind: str, identifier: str, text: str, done: TakenWords, dry_run: bool
) -> None:
    folder = site.places.content / kind
    path = folder / f"{identifier}.md"
    if path.exists():
        done.known += 1
    else:
        done.written.append(path if dry_run else write_file(identifier, text, folder))


def _words(body: str) -> str:
    """Return Markdown without its comments, which are notes to programs."""
    return _COMMENT.sub("", body).strip()
