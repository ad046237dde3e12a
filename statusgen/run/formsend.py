"""Carrying out a form and publishing what it wrote: on the main branch, else on the data branch.

The change is made on what the remote holds at that moment, again where another pusher was faster,
so that nobody's words are lost. The message of the commit names the run of the workflow: a run that
is repeated after it was killed finds its own work, and does it once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from statusgen.base.clock import Instant
from statusgen.base.errors import InputError, OutsideError, Problem
from statusgen.history.gitbranch import publish, pull
from statusgen.history.gitedit import Branch, Change, current_branch, push_edit, was_pushed
from statusgen.history.gitremote import ProtectedError
from statusgen.incident import INCIDENTS
from statusgen.run.author import Author
from statusgen.run.form import Done, Form, carry_out, lies_in_history
from statusgen.run.site import Site

_ACTOR = re.compile(r"[A-Za-z0-9-]{1,60}(?:\[bot\])?")
_VERBS = {"open": "Open", "update": "Update", "resolve": "Resolve", "withdraw": "Withdraw"}


@dataclass(frozen=True, slots=True)
class Run:
    """The run of a workflow that carries out a form; empty where there is none."""

    id: str = ""
    repeated: bool = False
    actor: tuple[str, str] | None = None
    """The name and address that commits bear."""

    @property
    def line(self) -> str:
        """The line of a commit's message by which a repeated run knows its own."""
        return f"Form-Run: {self.id}"


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a form."""

    branch: str
    """Where the file now is."""
    file: str
    """From the root of the branch."""
    incident: str
    """The id; empty where an earlier try of this run did it."""
    new: bool = True
    """False where it was said before, and nothing was pushed."""
    refused: str = ""
    """Why the main branch did not take it, where it did not."""
    warnings: tuple[Problem, ...] = ()


def read_run(environ: Mapping[str, str]) -> Run:
    """Return the run that GitHub's variables tell of."""
    name, number = environ.get("GITHUB_ACTOR", ""), environ.get("GITHUB_ACTOR_ID", "")
    known = _ACTOR.fullmatch(name) and re.fullmatch(r"[0-9]{1,20}", number)
    actor = (name, f"{number}+{name}@users.noreply.github.com") if known else None
    identifier = environ.get("GITHUB_RUN_ID", "")
    identifier = identifier if re.fullmatch(r"[0-9]{1,20}", identifier) else ""
    return Run(identifier, environ.get("GITHUB_RUN_ATTEMPT", "1") != "1", actor)


def send(form: Form, site: Site, run: Run, now: Instant) -> Sent:
    """Carry out a form and push what it wrote.

    ``site`` is the checkout, which stays as it is but for its history. Raises InputError for what
    the form says, OutsideError where neither branch can be pushed to.
    """
    branch = current_branch(site.root)
    data = site.settings.history.branch
    pull(site.root, data, site.places.history)
    before = _done_before(branch, data, run)
    if before is not None:
        return before
    if data is not None and lies_in_history(form, Author(_seen(site, now), in_history=True)):
        return _by_data_branch(form, site, run, now, data)
    try:
        return _by_main(form, site, run, now, branch)
    except ProtectedError as error:
        if data is None:
            raise
        sent = _by_data_branch(form, site, run, now, data)
        return replace(sent, refused=str(error))


def _done_before(branch: Branch, data: str | None, run: Run) -> Sent | None:
    for name in (branch.name, data):
        if run.id and name and was_pushed(branch, name, run.line, deepen=run.repeated):
            return Sent(name, "", "", new=False)
    return None


def _seen(site: Site, now: Instant, root: Path | None = None) -> Site:
    """Return the site as it is now, or with other files below another root."""
    if root is None:
        return Site(site.root, site.config, site.history, now)
    if site.settings.history.branch is None:
        return Site(root, site.config, site.history, now)
    return Site(root, site.config, site.places.history.resolve(), now)


def _by_main(form: Form, site: Site, run: Run, now: Instant, branch: Branch) -> Sent:
    done: Done | None = None
    file = ""

    def edit(folder: Path) -> Change | None:
        nonlocal done, file
        try:
            done = carry_out(form, Author(_seen(site, now, folder)), now)
        except InputError as error:
            raise InputError([_shown(each, folder) for each in error.problems]) from None
        file = _name(done.path, folder, site)
        return Change(done.path, _message(form, done, run)) if done.new else None

    pushed = push_edit(branch, edit, author=run.actor)
    if done is None:  # push_edit asks for the edit, or raises
        raise OutsideError("the form was not carried out")
    warnings = tuple(replace(each, file=file if each.file else "") for each in done.warnings)
    new = pushed.commit is not None
    return Sent(branch.name, file, done.incident.id, new, warnings=warnings)


def _by_data_branch(form: Form, site: Site, run: Run, now: Instant, data: str) -> Sent:
    folder = site.places.history
    edit = _InHistory(form, site, run, now)
    published = publish(site.root, folder, data, "", author=run.actor, edit=edit)
    if edit.done is None:
        raise OutsideError("the form was not carried out")
    if not published.pushed:
        raise OutsideError(f"the form was not published: {published.note}")
    name, new = _name(edit.done.path, folder, site), edit.done.new
    return Sent(data, name, edit.done.incident.id, new, warnings=edit.done.warnings)


@dataclass
class _InHistory:
    """The form as a change to the folder of history, which can be made again."""

    form: Form
    site: Site
    run: Run
    now: Instant
    done: Done | None = None
    _before: dict[Path, bytes] | None = field(default=None, init=False)

    def apply(self) -> str:
        self._before = self._files()
        self.done = carry_out(
            self.form, Author(_seen(self.site, self.now), in_history=True), self.now
        )
        return _message(self.form, self.done, self.run)

    def undo(self) -> None:
        if self._before is None:
            return
        for path, content in self._files().items():
            if path not in self._before:
                path.unlink()
            elif content != self._before[path]:
                path.write_bytes(self._before[path])
        self._before = None

    def _files(self) -> dict[Path, bytes]:
        folder = self.site.places.history / INCIDENTS
        return {path: path.read_bytes() for path in sorted(folder.glob("*.md"))}


def _message(form: Form, done: Done, run: Run) -> str:
    """Return the message of a commit; of outside text it holds nothing but the id."""
    head = f"{_VERBS[form.action]} incident {done.incident.id}"
    return f"{head}\n\n{run.line}\n" if run.id else f"{head}\n"


def _name(path: Path, folder: Path, site: Site) -> str:
    """Return the file's name from the root of its branch, or of the history where it lies there."""
    roots = (folder.resolve(), site.places.history.resolve())
    whole = path.resolve()
    found = next((root for root in roots if whole.is_relative_to(root)), None)
    return str(whole.relative_to(found) if found is not None else whole)


def _shown(problem: Problem, folder: Path) -> Problem:
    """Name a file as its owner knows it, not by where it was laid out."""
    prefix = f"{folder}/"
    return replace(problem, file=problem.file.removeprefix(prefix))
