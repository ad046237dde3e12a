"""What the files of incidents and of maintenance windows share, beyond their shape on the page.

A kind of file adds its own front matter (a :class:`Front`), its phases (``sections.Form``) and what
it makes of both; reading times, ids, updates and their order, and writing, are the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from pydantic import field_validator

from statusgen.base.clock import Instant
from statusgen.base.errors import InputError, Problem
from statusgen.base.faults import split
from statusgen.base.ids import id_fault, id_like
from statusgen.base.model import Id, Model, validate
from statusgen.base.text import one_line, quote
from statusgen.base.yamltree import Document, Path_, load
from statusgen.incident.sections import Form, Section, take_apart
from statusgen.incident.times import read_time

_URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Front(Model):
    """What the front matter of every kind may say."""

    title: str
    """One line."""
    id: Id | None = None
    """Else the file's name without ``.md``."""
    uid: str | None = None
    """``urn:uuid:…``, the identity in feeds; else derived from the id."""

    @field_validator("title")
    @classmethod
    def _title(cls, value: str) -> str:
        line = one_line(value)
        if not line:
            raise ValueError("is empty; write what happened in a few words")
        return line

    @field_validator("uid")
    @classmethod
    def _uid(cls, value: str | None) -> str | None:
        if value is None or _URN.fullmatch(value.lower()):
            return value and value.lower()
        raise ValueError(
            f"{quote(value, 80)} is not like urn:uuid:xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx; "
            "remove the line, and it is derived from the id"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One update as it was read."""

    at: Instant
    phase: str
    body: str
    promise: Instant | None
    line: int


F = TypeVar("F", bound=Front)


@dataclass(slots=True)
class Reader(Generic[F]):
    """One file on its way in, collecting all that is wrong with it."""

    file: str
    zone: ZoneInfo
    form: Form
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    front: F | None = None
    document: Document | None = None
    updates: tuple[Told, ...] = ()
    preface: Told | None = None
    """The text before the first update; its time and phase say nothing."""

    def read(self, text: str, front: type[F]) -> F | None:
        """Read front matter and updates; None where the front matter gives nothing."""
        parts = take_apart(text, self.file, self.form)
        self.problems += parts.problems
        self.warnings += parts.doubts
        self.updates = tuple(self._updates(parts.sections))
        if parts.preface:
            line = (parts.front or "").count("\n")
            self.preface = Told(at=0, phase="", body=parts.preface, promise=None, line=line)
        if parts.front is None:
            return None
        try:
            self.document = load(parts.front, self.file)
            self.front = validate(front, self.document)
        except InputError as error:
            self.problems += error.problems
        return self.front

    def sorted_problems(self) -> tuple[Problem, ...]:
        """Return what is wrong, from the first line to the last."""
        return tuple(sorted(self.problems, key=lambda problem: (problem.line, problem.column)))

    def sorted_warnings(self) -> tuple[Problem, ...]:
        """Return what is doubtful, from the first line to the last."""
        return tuple(sorted(self.warnings, key=lambda problem: (problem.line, problem.column)))

    def stem(self) -> str:
        """Return the id that the file's name gives."""
        stem = PurePath(self.file).stem
        fault = id_fault(stem)
        if fault:
            name = id_like(stem) or "2026-11-20-api-is-down"
            what = self.form.kind.removeprefix("an ").removeprefix("a ")
            self.problems.append(
                Problem(
                    f"the file's name without .md is the {what}'s id, and {split(fault)[0]}",
                    f"rename the file {name}.md",
                    self.file,
                )
            )
        return stem

    def place(self, path: Path_, message: str, fix: str = "") -> Problem:
        """Return a problem that stands at a key of the front matter."""
        if self.document is None:
            return Problem(message, fix, self.file)
        return self.document.problem(path, message, fix)

    def tell(self, path: Path_, message: str, fix: str) -> None:
        """Note a problem at a key of the front matter."""
        self.problems.append(self.place(path, message, fix))

    def warn(self, path: Path_, message: str, fix: str) -> None:
        """Note a doubt at a key of the front matter."""
        self.warnings.append(self.place(path, message, fix))

    def front_time(self, text: str | None, path: Path_) -> Instant | None:
        """Read a time of the front matter; None where there is none, or none that can be read."""
        return None if text is None else self.time(text, self.place(path, ""))

    def time(self, text: str, place: Problem) -> Instant | None:
        """Read a time standing at ``place``, a problem that has no message yet."""
        try:
            read = read_time(text, self.zone)
        except ValueError as error:
            message, fix = split(str(error))
            self.problems.append(replace(place, message=message, fix=fix))
            return None
        if read.warning:
            message, fix = split(read.warning)
            self.warnings.append(replace(place, message=message, fix=fix))
        return read.at

    def component_path(self, index: int) -> Path_:
        """Return where the component at a place below ``affected`` stands."""
        paths: list[Path_] = [("affected", index, "component"), ("affected", index), ("affected",)]
        values = self.document.values if self.document is not None else {}
        return next((path for path in paths if path in values), ())

    def _updates(self, sections: Sequence[Section]) -> list[Told]:
        updates: list[Told] = []
        before: tuple[Instant, int] | None = None
        for section in sections:
            if not section.time:
                continue
            place = Problem("", "", self.file, section.line, section.time_column)
            at = self.time(section.time, place)
            if at is None:
                continue
            if before is not None and at <= before[0]:
                what = "has the same time as" if at == before[0] else "is earlier than"
                message = f"the update {what} the one before it, in line {before[1]}"
                fix = "put updates in order, oldest first, each with a time of its own"
                self.problems.append(replace(place, message=message, fix=fix))
            before = (at, section.line)
            promise = self._promise(section, at)
            if section.phase is not None:
                updates.append(
                    Told(
                        at=at,
                        phase=section.phase,
                        body=section.body,
                        promise=promise,
                        line=section.line,
                    )
                )
        return updates

    def _promise(self, section: Section, at: Instant) -> Instant | None:
        if not section.promise:
            return None
        place = Problem("", "", self.file, section.line, section.promise_column)
        promise = self.time(section.promise, place)
        if promise is not None and promise <= at:
            message = "the next update is promised for a time that is not after this one"
            self.problems.append(
                replace(place, message=message, fix="correct it, or remove the promise")
            )
        return promise
