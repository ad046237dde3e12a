"""What a person does about incidents and windows: files written and changed, never made worse.

A command, a form and an editor lead to the same bytes: whatever a command adds is what one would
write by hand, and all that stands in a file already stays as it is. A change whose result would
have a fault is refused before anything is written.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from statusgen.base.clock import Instant, format_instant
from statusgen.base.errors import InputError, Problem
from statusgen.base.files import write_atomic
from statusgen.base.ids import stable_urn
from statusgen.base.model import suggest
from statusgen.base.text import quote
from statusgen.base.yamltree import read_text
from statusgen.base.yamlwrite import scalar
from statusgen.incident import INCIDENTS, MAINTENANCE, edit, fileformat, windowfile
from statusgen.incident.adopt import adopt
from statusgen.incident.fileformat import incident_markdown, read_incident
from statusgen.incident.folder import Read, write_file
from statusgen.incident.lints import Desk
from statusgen.incident.model import Affected, Impact, Incident, Phase, Update
from statusgen.incident.recurrence import Recurrence
from statusgen.incident.window import Window, WindowUpdate
from statusgen.incident.windowfile import read_window, window_markdown
from statusgen.run.site import Site

T = TypeVar("T", Incident, Window)
LONGEST_TITLE = 200
"""Characters; pages and feeds show a title as one line of no more."""


@dataclass(frozen=True, slots=True)
class Written(Generic[T]):
    """A file that was written, and what it says now."""

    path: Path
    item: T
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class Author:
    """A person at work in a repository."""

    site: Site
    in_history: bool = False
    """Whether new files go below ``data/history/``, to be pushed on the data branch."""

    @property
    def _desk(self) -> Desk:
        site = self.site
        zone, now = site.settings.site.timezone, site.wall_clock
        return Desk(zone, site.component_ids, now, site.places.content, site.component_names)

    def open_incident(
        self,
        title: str,
        impact: Impact,
        affected: Sequence[tuple[str, Impact | None]],
        update: Update,
        *,
        started: Instant | None = None,
        pin: bool = False,
        limitations: Sequence[str] = (),
    ) -> Written[Incident]:
        """Write the file of a new incident. Raises InputError where it would have a fault.

        ``limitations``: weaknesses of roadmaps that it shows, each once, as ``roadmap/weakness``.
        """
        check_title(title)
        began = update.at if started is None else started
        taken = {each.id for each in self.site.incidents.incidents}
        identifier = edit.new_id(title, began, taken)
        incident = Incident(
            id=identifier,
            uid=stable_urn("incident", identifier),
            title=title,
            impact=impact,
            started=began,
            resolved=update.at if update.phase is Phase.RESOLVED else None,
            affected=tuple(
                Affected(component=component, start=began, impact=theirs)
                for component, theirs in affected
            ),
            updates=(update,),
            pin=pin,
            limitations=tuple(dict.fromkeys(limitations)),
        )
        self._check_limitations(incident)
        folder = self._folder(INCIDENTS)
        return self._written(folder / f"{identifier}.md", incident_markdown(incident), self._read)

    def _check_limitations(self, incident: Incident) -> None:
        """Refuse a weakness that no roadmap lists. Raises InputError, also for a broken roadmap."""
        if not incident.limitations:
            return
        from statusgen.run.cited import (
            unknown_limitations,
        )  # reads the roadmaps, which takes a while

        loaded = self.site.roadmaps
        unknown = list(unknown_limitations([incident], loaded.roadmaps))
        if unknown:
            # One that could not be read may be the one that lists it.
            raise InputError([*unknown, *loaded.problems])

    def update_incident(
        self,
        identifier: str | None,
        update: Update,
        *,
        impact: Impact | None = None,
        limitations: Sequence[str] = (),
    ) -> Written[Incident]:
        """Add an update to an incident; None is the one that lasts, where there is one alone.

        ``limitations`` join those that it names, for a cause is often known late.

        One that checks opened is taken over first. Raises InputError as ``open_incident``.
        """
        incident, path = self._incident(identifier)
        text = read_text(path, str(path))
        last = incident.updates[-1].at if incident.updates else incident.started
        update = replace(update, at=max(update.at, last + 1))
        text = self._promise_kept_in_place(text, path, incident)
        if update.phase not in (Phase.RESOLVED, Phase.POSTMORTEM, Phase.WITHDRAWN):
            text = edit.with_front(text, "resolved", None)
            text = edit.with_front(text, "withdrawn", None)
        if update.phase is Phase.WITHDRAWN:
            text = edit.with_front(text, "withdrawn", format_instant(update.at))
        if impact is not None:
            text = edit.with_front(text, "impact", str(impact))
        named = tuple(dict.fromkeys([*incident.limitations, *limitations]))
        if named != incident.limitations:
            self._check_limitations(replace(incident, limitations=tuple(limitations)))
            listed = ", ".join(map(scalar, named))
            text = edit.with_front(text, "limitations", f"[{listed}]")
        text = edit.with_section(text, fileformat.update_markdown(update))
        return self._written(path, text, self._read)

    def schedule(
        self,
        title: str,
        components: Sequence[str],
        when: Recurrence,
        update: WindowUpdate,
        *,
        about: str = "",
    ) -> Written[Window]:
        """Write the file of a new maintenance window. Raises InputError as ``open_incident``."""
        check_title(title)
        taken = {each.id for each in self.site.windows.windows}
        identifier = edit.new_id(title, when.first.start, taken)
        window = Window(
            id=identifier,
            uid=stable_urn("maintenance", identifier),
            title=title,
            components=tuple(components),
            when=when,
            uptime=self.site.settings.history.maintenance,
            updates=(update,),
            about=about,
        )
        path = self._folder(MAINTENANCE) / f"{identifier}.md"
        return self._written(path, window_markdown(window), self._read_window)

    def update_window(
        self, identifier: str, update: WindowUpdate, *, end: Instant | None = None
    ) -> Written[Window]:
        """Add an update to a window, and move its end where one is given."""
        known = {each.id: each for each in self.site.windows.windows}
        window = known.get(identifier)
        if window is None:
            raise _unknown("maintenance window", identifier, list(known))
        path = Path(window.file)
        text = read_text(path, window.file)
        last = window.updates[-1].at if window.updates else 0
        if end is not None:
            if window.when.rule is not None:
                fix = "write the new end into its file"
                raise InputError([Problem("repeats, and has no single end", fix, window.file)])
            text = edit.with_front(text, "duration", None)
            text = edit.with_front(text, "end", format_instant(end))
        update = replace(update, at=max(update.at, last + 1))
        text = edit.with_section(text, windowfile.update_markdown(update))
        return self._written(path, text, self._read_window)

    def _folder(self, kind: str) -> Path:
        places = self.site.places
        return (places.history if self.in_history else places.content) / kind

    def _incident(self, identifier: str | None) -> tuple[Incident, Path]:
        told = {each.id: each for each in self.site.incidents.incidents}
        faults = self.site.incidents.problems
        if identifier is None:
            lasting = [each.id for each in told.values() if each.open]
            if len(lasting) != 1:
                what = "several incidents last" if lasting else "no incident lasts"
                fix = "name one; `statusgen incident list` shows them"
                raise InputError([Problem(what, fix), *(() if lasting else faults)])
            identifier = lasting[0]
        incident = told.get(identifier)
        if incident is None:
            own = [each for each in faults if Path(each.file).stem == identifier]
            raise InputError(own) if own else _unknown("incident", identifier, list(told))
        path = Path(incident.file)
        if incident.automatic and not incident.adopted:
            if self.in_history:
                text = edit.with_front(read_text(path, incident.file), "adopted", "true")
                write_atomic(path, text.encode())
            else:
                path = adopt(identifier, self.site.places.history, self.site.places.content)
        return incident, path

    def _promise_kept_in_place(self, text: str, path: Path, incident: Incident) -> str:
        """Move a promise from the front matter to the update that made it.

        There it stays for the record when the next update comes.
        """
        without = edit.with_front(text, "next_update", None)
        if without == text or incident.promised is None:
            return without
        desk = self._desk
        before = read_incident(without, str(path), desk.zone).item
        made = next((each for each in incident.updates if each.promise == incident.promised), None)
        if made is None or before is None or made in before.updates:
            return without
        line = fileformat.line_of_update(without, made.at, desk.zone)
        if line is None:
            return without
        return edit.with_promise(without, line, format_instant(incident.promised))

    def _read(self, text: str, file: str) -> Read[Incident]:
        desk = self._desk
        return read_incident(text, file, desk.zone, desk)

    def _read_window(self, text: str, file: str) -> Read[Window]:
        return read_window(text, file, self._desk)

    def _written(self, path: Path, text: str, read: Callable[[str, str], Read[T]]) -> Written[T]:
        found = read(text, str(path))
        if found.item is None or found.problems:
            raise InputError(list(found.problems))
        if path.is_file() and path.read_bytes().startswith(BOM_UTF8):
            text = f"\ufeff{text}"  # as its author's editor does
        write_file(path.stem, text, path.parent)
        return Written(path, found.item, found.warnings)


def check_title(title: str) -> None:
    """Refuse a title of which a part would be cut off. Raises InputError."""
    length = len(" ".join(title.split()))
    if length > LONGEST_TITLE:
        fix = f"write at most {LONGEST_TITLE}, and the rest into the text"
        raise InputError([Problem(f"the title has {length} characters", fix)])


def _unknown(what: str, identifier: str, known: list[str]) -> InputError:
    message = f"there is no {what} {quote(identifier, 80)}"
    listed = ", ".join(sorted(known)[:5])
    fix = suggest(identifier, known) or (f"there are: {listed}" if known else "there is none yet")
    return InputError([Problem(message, fix)])
