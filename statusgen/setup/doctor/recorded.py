"""What was recorded: is it whole, does it belong to somebody, how large does it grow?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from statusgen.base.clock import DAY, Instant, format_instant
from statusgen.base.errors import OutsideError
from statusgen.base.text import and_list, one_line, quote
from statusgen.config.settings import Settings
from statusgen.history import quarantine
from statusgen.history.ahead import rounds_ahead
from statusgen.history.dayfile import day_files, day_of, file_size, read_bytes, split_lines
from statusgen.history.git import Git
from statusgen.history.newest import newest_checks
from statusgen.history.verify import verify
from statusgen.setup.doctor.finding import Finding

_ORPHANS = 30 * DAY
"""After so long a monitor that is gone was meant to go."""
_KEPT = 30
"""Days past the retention that nobody need be told of."""
_LARGE = 300_000_000
"""Bytes of git's objects. GitHub asks to stay below 1 GB; clones are slow long before."""


def of_history(folder: Path, now: Instant) -> Iterator[Finding]:
    """Judge whether what was recorded can be read, by a clock that is right."""
    known = f"every file below {folder}, read"
    ahead = {(each.file, fault.line) for each in rounds_ahead(folder, now) for fault in each.faults}
    found = [
        each for each in verify(folder, now=now).findings if (each.file, each.line) not in ahead
    ]
    if found:
        first = one_line(str(found[0]), 200)
        said = f"{len(found)} places in the recorded history are damaged; first: {first}"
        cure = "statusgen history verify && statusgen history repair"
        yield Finding("history", "bad", said, cure, known)
    aside = len(split_lines(read_bytes(folder / quarantine.NAME)))
    if aside:
        said = f"{aside} damaged lines were set aside in {quarantine.NAME}; figures do without them"
        cure = f"look at them: head {folder / quarantine.NAME}"
        yield Finding("quarantine", "doubt", said, cure, known)
    if ahead:
        said = (
            f"{len(ahead)} rounds are stamped more than 5 minutes after now "
            f"({format_instant(now)}): the clock that made them ran ahead, or this one is behind"
        )
        cure = "timedatectl set-ntp true   # on both machines; then: statusgen history repair"
        yield Finding("clock", "bad", said, cure, known)


def of_orphans(settings: Settings, folder: Path, now: Instant) -> Iterator[Finding]:
    """Name ids that were checked lately and are no monitor's, nor anybody's alias."""
    seen = newest_checks(folder, None, now=now, since=now - _ORPHANS)
    ours = {monitor.id for monitor in settings.monitors} | settings.aliases.keys()
    gone = sorted(seen.keys() - ours)
    if not gone:
        return
    named = and_list([quote(name, 63) for name in gone], 5)
    said = f"{named}: a history of the last {_ORPHANS // DAY} days, and no monitor of that id"
    cure = (
        f"renamed? write `aliases: [{gone[0]}]` under the monitor that it is now, in "
        f"{settings.file}; removed on purpose: nothing, it stays in the archive"
    )
    yield Finding("orphans", "doubt", said, cure, f"the newest rounds and {settings.file}")


def of_size(settings: Settings, root: Path, folder: Path, now: Instant) -> Iterator[Finding]:
    """Judge how large the history and its repository are, and how they grow."""
    files = day_files(folder)
    sizes = {day: file_size(path) for day, path in files.items()}
    recent = [size for day, size in sizes.items() if day_of(now) - 30 * DAY <= day < day_of(now)]
    objects = _objects(root)
    said = f"{len(files)} days of rounds, {sum(sizes.values()) / 1e6:.1f} MB"
    if recent:
        said += f", {sum(recent) / len(recent) * 30 / 1e6:.1f} MB more a month"
    if objects is not None:
        said += f"; {objects / 1e6:.0f} MB in git"
    known = "file sizes, and `git count-objects -v`"
    limit = day_of(now) - (settings.history.retention_days + _KEPT) * DAY
    old = sum(1 for day in files if day < limit)
    if objects is not None and objects > _LARGE:
        yield Finding("size", "doubt", said, "statusgen history squash", known)
    elif old:
        said += f"; {old} of the days are long past history.retention"
        yield Finding("size", "doubt", said, "statusgen history compact", known)
    elif files:
        yield Finding("size", "fine", said, known=known)


def _objects(root: Path) -> int | None:
    """Return the bytes of git's objects; None where this is no repository."""
    try:
        answer = Git(root).ask("count-objects", "-v")
    except OutsideError:
        return None
    if not answer.ok:
        return None
    told = dict(line.partition(": ")[::2] for line in answer.text.splitlines())
    return sum(int(told.get(name, "0")) for name in ("size", "size-pack")) * 1024
