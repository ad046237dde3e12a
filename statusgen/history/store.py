"""The rounds on disk: append one, read a span of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from statusgen.base.clock import DAY, Instant
from statusgen.base.errors import OutsideError
from statusgen.base.files import (
    append_durable,
    exclusive_lock,
    make_folder,
    sweep_temporary,
    truncate_durable,
)
from statusgen.history import quarantine
from statusgen.history.dayfile import (
    BYTE_ORDER_MARK,
    FUTURE_SLACK,
    DayContent,
    Fault,
    day_files,
    day_of,
    read_bytes,
    read_day,
    relative_path,
    split_lines,
)
from statusgen.history.looks import looks
from statusgen.history.newest import newest_checks
from statusgen.history.record import BadLine, read_entry, to_line, to_round
from statusgen.probe.round import Round

_MENDED_DAYS = 3
"""A killed writer wrote to one of these; older damage is for ``repair``."""


class HistoryStore:
    """The history folder, seen as a set of rounds.

    One writer at a time holds the folder's lock; readers need none, for a line is written whole.
    ``now`` where a method takes it: rounds stamped more than five minutes later are left out, as
    a wrong clock made them (F24 of content/reference). Methods raise OutsideError where the disk
    fails.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def append(self, round_: Round) -> bool:
        """Store a round durably; False where its key is stored already.

        When this returns, the round survives a power cut. A torn line of a killed writer is set
        aside first. Raises ValueError for a round that could not be read again.
        """
        line = to_line(round_)
        path = self.day_path(round_.at)
        make_folder(self.folder)
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise OutsideError(f"{path} is a link or no file; readers would not see it, remove it")
        with exclusive_lock(self.folder):
            for place in (self.folder, path.parent, self.folder / "daily"):
                sweep_temporary(place)
            content = self._repair_tail(path, read_bytes(path))
            if _holds_key(content, round_.key):
                return False
            append_durable(path, line)
        return True

    def extend(self, rounds: Iterable[Round]) -> tuple[int, int]:
        """Store many rounds, oldest first, a day with one write; return how many were new, known.

        What another tool recorded comes by the million, and each append reads its day. Killed in
        the middle, a repeated run stores what is missing: a round is stored once, by its key.
        Raises ValueError for a round that could not be read again.
        """
        new = known = 0
        for day, of_day in itertools.groupby(rounds, lambda round_: day_of(round_.at)):
            make_folder(self.folder)
            path = self.day_path(day)
            with exclusive_lock(self.folder):
                content = self._repair_tail(path, read_bytes(path))
                stored = {entry.key for entry in read_day(day, content).entries}
                lines: list[bytes] = []
                for round_ in of_day:
                    if round_.key in stored:
                        known += 1
                        continue
                    stored.add(round_.key)
                    lines.append(to_line(round_))
                if lines:
                    append_durable(path, b"".join(lines))
                new += len(lines)
        return new, known

    def mend(self) -> None:
        """Set aside the torn last line of the newest files; the caller holds the lock."""
        for path in list(self.day_files().values())[-_MENDED_DAYS:]:
            self._repair_tail(path, read_bytes(path))

    def rounds(
        self, since: Instant, until: Instant | None = None, *, now: Instant | None = None
    ) -> Iterator[Round]:
        """Yield the rounds with ``since <= at < until`` by time and key, each key once."""
        seen: set[str] = set()
        for day, path in self.day_files().items():
            if day + DAY <= since or (until is not None and day >= until):
                continue
            for entry in read_day(day, read_bytes(path), now).entries:
                inside = entry.at >= since and (until is None or entry.at < until)
                if inside and entry.key not in seen:
                    seen.add(entry.key)
                    yield to_round(entry)

    def looks(self, since: Instant, *, now: Instant) -> Iterator[Round]:
        """Yield what all vantages said together since then, for whoever raises alarms.

        The rounds themselves, where there is one vantage; see :mod:`statusgen.history.looks`.
        """
        for day, path in self.day_files().items():
            if day + DAY > since:
                entries = read_day(day, read_bytes(path), now).entries
                yield from map(
                    to_round, (entry for entry in looks(entries, alarms=True) if entry.at >= since)
                )

    def latest(self, *, now: Instant | None = None) -> Round | None:
        """Return the newest round, or None before the first."""
        for day, path in reversed(self.day_files().items()):
            if now is not None and day > now + FUTURE_SLACK:
                continue
            entries = read_day(day, read_bytes(path), now).entries
            if entries:
                return to_round(entries[-1])
        return None

    def last_checked(
        self,
        now: Instant,
        *,
        wanted: Collection[str] | None = None,
        back: int = 2 * DAY,
        vantage: str = "",
    ) -> Mapping[str, Instant]:
        """Return when each monitor was last checked (from ``vantage``), looking ``back`` seconds.

        ``back`` must be no less than the longest interval. With ``wanted`` only those monitors
        are looked for, which ends the search early.
        """
        found = newest_checks(self.folder, wanted, now=now, since=now - back, vantage=vantage)
        return {monitor: newest.at for monitor, newest in found.items()}

    def read_day(self, day: Instant, *, now: Instant | None = None) -> DayContent:
        """Read the file of one UTC day, given by its start."""
        return read_day(day, read_bytes(self.day_path(day)), now)

    def day_path(self, at: Instant) -> Path:
        """Return the file in which a round of this time stands."""
        return self.folder / relative_path(day_of(at))

    def day_files(self) -> dict[Instant, Path]:
        """Return the day files there are, oldest first."""
        return day_files(self.folder)

    def _repair_tail(self, path: Path, content: bytes) -> bytes:
        """Take out a last line that a killed writer left cut short; return what stays.

        A whole round that lacks only its newline is kept.
        """
        if not content or content.endswith(b"\n"):
            return content
        tail = content.rpartition(b"\n")[2]
        kept = content.removesuffix(tail)
        entry = read_entry(tail)
        if not isinstance(entry, BadLine):
            return content  # the append puts the newline
        number = len(split_lines(kept)) + 1
        fault = Fault(number, f"torn: {entry.reason}", tail, torn=True)
        quarantine.set_aside(self.folder, path.relative_to(self.folder).as_posix(), [fault])
        truncate_durable(path, len(kept))
        return kept


def _holds_key(content: bytes, key: str) -> bool:
    """Whether a sound line of that key stands in a day file."""
    content = content.removeprefix(BYTE_ORDER_MARK)
    for match in re.finditer(re.escape(key.encode("ascii")), content):
        start = content.rfind(b"\n", 0, match.start()) + 1
        end = content.find(b"\n", match.end())
        entry = read_entry(content[start : end if end >= 0 else len(content)])
        if not isinstance(entry, BadLine) and entry.key == key:
            return True
    return False
