"""The outbox on disk: ``data/history/outbox/<YYYY-MM-DD>.jsonl``, UTC days of writing.

Lines are only added, each with one write and fsync under the history folder's lock, so that a kill
leaves a line whole or torn (and torn ones are passed over), and two runs that push at once lose
nothing: files of lines are joined by line.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from statusgen.base.clock import DAY, Instant, parse_instant, to_datetime
from statusgen.base.errors import OutsideError
from statusgen.base.files import append_durable, exclusive_lock, make_folder
from statusgen.history.outboxdays import KEPT_DAYS
from statusgen.notify.records import Record, read_line, to_line

OUTBOX = "outbox"
_NAME = re.compile(r"(\d{4}-\d\d-\d\d)\.jsonl")


_KNOWN: dict[Path, tuple[bytes, list[Record]]] = {}
"""What files held when they were last read: a run reads them several times."""


def _read(path: Path) -> list[Record]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror or error}") from error
    known = _KNOWN.get(path)
    if known is not None and known[0] == content:
        return known[1]
    lines = dict.fromkeys(content.split(b"\n"))
    found = [record for line in lines if line and (record := read_line(line)) is not None]
    _KNOWN[path] = content, found
    return found


class Outbox:
    """The outbox below a history folder."""

    def __init__(self, history: Path) -> None:
        self.history = history
        self.folder = history / OUTBOX

    def exists(self) -> bool:
        """Whether anything was ever written to it."""
        return self.folder.is_dir()

    def append(self, records: Iterable[Record]) -> None:
        """Add records durably, in order; several of one day with one write.

        Raises OutsideError where the disk refuses.
        """
        by_day: dict[str, list[bytes]] = {}
        for record in records:
            name = f"{to_datetime(record.at):%Y-%m-%d}.jsonl"
            by_day.setdefault(name, []).append(to_line(record))
        if not by_day:
            return
        make_folder(self.folder)
        with exclusive_lock(self.history):
            for name, lines in by_day.items():
                append_durable(self._writable(name), b"".join(lines))

    def _writable(self, name: str) -> Path:
        path = self.folder / name
        if self.folder.is_symlink() or path.is_symlink() or (path.exists() and not path.is_file()):
            raise OutsideError(f"{path} is a link or no file; remove it")
        return path

    def read(self) -> list[Record]:
        """Return all records: by day, then as they stand; each line of a day once."""
        return [record for path in self.files() for record in _read(path)]

    def files(self) -> Sequence[Path]:
        """Return its files, the oldest first."""
        if not self.folder.is_dir() or self.folder.is_symlink():
            return ()
        named = (path for path in self.folder.iterdir() if _NAME.fullmatch(path.name))
        return sorted(path for path in named if path.is_file() and not path.is_symlink())

    def prune(self, now: Instant, *, needed: Iterable[Record] = ()) -> int:
        """Delete the files older than is kept that hold nothing of ``needed``; return how many."""
        kept = {f"{to_datetime(record.at):%Y-%m-%d}.jsonl" for record in needed}
        gone = 0
        for path in self.files():
            day = parse_instant(f"{path.name[:10]}T00:00:00Z")
            if day + (KEPT_DAYS + 1) * DAY > now or path.name in kept:
                continue
            with exclusive_lock(self.history), contextlib.suppress(OSError):
                path.unlink()
                gone += 1
        return gone

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes that deliver from this folder out; the kernel frees it at a kill.

        So whoever holds this knows that a message which this folder's run claimed, and nobody
        marked, is on nobody's way.
        """
        make_folder(self.folder)
        with exclusive_lock(self.folder):
            yield
