"""Holding the history against its seals: which day was edited since, and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from statusgen.base.clock import Instant
from statusgen.base.text import one_line
from statusgen.history import chain
from statusgen.history.chain import Chain, Seal
from statusgen.history.columns import lines_digest
from statusgen.history.dailyfile import record_bytes, recorded_lines, year_files
from statusgen.history.dayfile import day_name, read_bytes, relative_path


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be, and where."""

    file: str
    """Below the history folder, with forward slashes."""
    line: int
    """1-based; 0 where it concerns the file."""
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the seals say of a history."""

    edited: tuple[Finding, ...]
    notes: tuple[str, ...]
    head: str


def look_at_seals(folder: Path, files: Mapping[Instant, Path]) -> Sealed:
    """Hold each sealed day against its file and its roll-up; writes nothing. Raises OutsideError.

    A history that was begun by an older version has no seals, or has them from some day on: that
    is a note. So is a round that joined a sealed day late, behind those that were sealed.
    """
    told = chain.read_chain(folder)
    texts = {
        day: text for path in year_files(folder) for day, text in record_bytes(read_bytes(path))
    }
    look = _Look(told, texts, files)
    edited = (*(Finding(chain.NAME, line, f"the seal {why}") for line, why in told.broken),)
    return Sealed((*edited, *look.edited()), tuple(look.notes()), told.head)


class _Look:
    def __init__(
        self, told: Chain, texts: Mapping[Instant, bytes], files: Mapping[Instant, Path]
    ) -> None:
        self._chain, self._texts, self._files = told, texts, files
        self._rolls = {day: chain.text_digest(text) for day, text in texts.items()}
        self._late: dict[Instant, int] = {}
        self._waiting: list[Instant] = []

    def edited(self) -> Iterator[Finding]:
        """Yield what is other than it was sealed, oldest day first."""
        for day, seals in sorted(self._chain.seals.items()):
            known = chain.since_accepted(seals)
            intact = True
            if day in self._files:
                stored = chain.stored_lines(day, self._files[day])
                reason = self._rounds_edited(day, known, stored)
                if reason:
                    intact = False
                    yield Finding(relative_path(day), 0, f"{day_name(day)}: {reason}")
            yield from self._roll_edited(day, known, intact)

    def _rounds_edited(self, day: Instant, seals: Sequence[Seal], stored: Sequence[bytes]) -> str:
        counts = [one.rounds for one in seals if one.rounds is not None]
        if not counts:
            return ""
        if not chain.is_intact(seals, stored):
            return self._how(day, counts[-1], stored)
        more = len(stored) - counts[-1]
        if more:
            return (
                f"{_rounds(more)} stand behind the {counts[-1]} that were sealed. The next run "
                "seals what came late; what nobody sent was added by hand"
            )
        if counts[-1] != counts[0]:
            self._late[day] = counts[-1] - counts[0]
        return ""

    def _how(self, day: Instant, sealed: int, stored: Sequence[bytes]) -> str:
        """Say what became of a day's rounds, as far as it can be told."""
        if len(stored) < sealed:
            return f"{_rounds(sealed - len(stored))} of {sealed} that were sealed are gone"
        if len(stored) > sealed:
            return f"{_rounds(len(stored) - sealed)} stand among the {sealed} that were sealed"
        if lines_digest(stored) == recorded_lines(self._texts.get(day, b"")):
            return "its rounds stand in another order than when the day was sealed"
        return "its rounds are others than were sealed"

    def _roll_edited(self, day: Instant, seals: Sequence[Seal], intact: bool) -> Iterator[Finding]:
        roll, file = self._rolls.get(day), f"daily/{day_name(day)[:4]}.json"
        if roll == seals[-1].roll:
            return
        if roll is None:
            yield Finding(file, 0, f"{day_name(day)}: its roll-up was sealed and is gone")
        elif day in self._files and intact and any(one.roll == roll for one in seals):
            self._waiting.append(day)  # a run was killed between the seal and the roll-up
        else:
            yield Finding(file, 0, f"{day_name(day)}: its roll-up is another than was sealed")

    def notes(self) -> Iterator[str]:
        """Yield what accuses nobody; to be asked after :meth:`edited`."""
        told, unsealed = self._chain, sorted(self._texts.keys() - self._chain.seals.keys())
        if not told.seals:
            if unsealed:
                yield (
                    f"no day is sealed: not chained before {day_name(unsealed[-1])}; the next day "
                    "that closes begins the chain"
                )
            return
        if told.begins is not None and min(told.seals) < told.begins:
            yield (
                f"not chained before {day_name(told.begins)}: the days up to it were sealed then, "
                "as they stood"
            )
        for day, count in self._late.items():
            yield f"{day_name(day)}: {_rounds(count)} joined after the day was first sealed"
        for day, seals in sorted(told.seals.items()):
            for one in seals:
                if one.because:
                    yield (
                        f"{day_name(day)}: a person accepted an edit: {one_line(one.because, 200)}"
                    )
        for day in self._waiting:
            yield f"{day_name(day)}: its roll-up waits for the next run"
        if unsealed:
            named = ", ".join(day_name(day) for day in unsealed[:3])
            more = f" and {len(unsealed) - 3} more" if len(unsealed) > 3 else ""
            yield f"not sealed yet: {named}{more}; the next day that closes seals them"


def _rounds(count: int) -> str:
    return f"{count} {'round' if count == 1 else 'rounds'}"
