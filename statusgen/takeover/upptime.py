"""What an Upptime repository recorded: its samples, its own figures, its incidents.

Upptime keeps no checks: a file is committed when a site's state changes, and once a day with the
response time. So the samples are in the messages of its git log, such as
``🟩 Name is up (200 in 353 ms)``, and what happened between two of them nobody wrote down.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from statusgen.base.clock import Instant, parse_instant
from statusgen.base.errors import InputError, OutsideError, Problem
from statusgen.base.states import Reason, State
from statusgen.base.text import one_line
from statusgen.config.slugs import upptime_slug
from statusgen.history.git import Git
from statusgen.probe.round import Check, Round, round_key

VANTAGE = "upptime"
MAX_BYTES = 256 * 1024 * 1024
"""Of a git log; a repository of eight gigabytes has one of about 100 MB."""

_SAMPLE = re.compile(
    r"(?:\S+\s+)?(?P<name>\S.*?)\s+is (?P<state>up|down|degraded) "
    r"\((?P<code>\d{1,3}) in (?P<ms>\d{1,7}) ms\)"
)
_ABOUT_A_SITE = re.compile(r"\bis (?:up|down|degraded)\s*(?:[\[(]|$)")


@dataclass(frozen=True, slots=True)
class Sample:
    """One commit about one site."""

    at: Instant
    site: str
    """The site's slug, which is a monitor's id."""
    name: str
    """As Upptime called it then."""
    state: State
    code: int | None
    """None where Upptime wrote 0: nothing answered."""
    ms: int
    commit: str


@dataclass(frozen=True, slots=True)
class Stated:
    """What Upptime says of a site by its own arithmetic."""

    site: str
    name: str
    uptime: Mapping[str, str]
    """``all``, ``day``, ``week``, ``month``, ``year`` → text such as ``99.46%``."""
    minutes_down: Mapping[str, int]
    """Day (ISO) → minutes; only days with an outage."""


@dataclass(frozen=True, slots=True)
class Upptime:
    """What was found in a repository of Upptime."""

    samples: tuple[Sample, ...]
    """By time, then as they stand in the log."""
    stated: tuple[Stated, ...]
    unread: tuple[str, ...]
    """Messages that speak of a site and could not be read."""

    @property
    def rounds(self) -> Iterator[Round]:
        """The samples as rounds, one for each second in which some were made."""
        waiting: list[Sample] = []
        for sample in self.samples:
            known = {one.site for one in waiting}
            if waiting and (sample.at != waiting[0].at or sample.site in known):
                yield _round(waiting)
                waiting = []
            waiting.append(sample)
        if waiting:
            yield _round(waiting)


def read_upptime(folder: Path) -> Upptime:
    """Read a clone of an Upptime repository, or its files with a ``gitlog.tsv`` beside them.

    The log's lines are commit, time and subject, parted by tabs: what
    ``git log --format=%H%x09%aI%x09%s`` prints. Raises InputError where there is neither.
    """
    stated = _stated(folder)
    slugs = {_plain(one.name): one.site for one in stated}
    samples: list[Sample] = []
    unread: list[str] = []
    for commit, when, subject in _log(folder):
        match = _SAMPLE.search(subject)
        if match is None:
            if _ABOUT_A_SITE.search(subject):
                unread.append(one_line(subject, 120))
            continue
        try:
            at = parse_instant(when)
        except ValueError:
            unread.append(one_line(f"{when} {subject}", 120))
            continue
        name = " ".join(match["name"].split())
        samples.append(
            Sample(
                at,
                slugs.get(_plain(name)) or upptime_slug(name),
                name,
                State(match["state"]),
                int(match["code"]) or None,
                int(match["ms"]),
                commit,
            )
        )
    samples.reverse()  # git tells the newest first
    samples.sort(key=lambda sample: sample.at)
    return Upptime(tuple(samples), stated, tuple(unread))


def _round(samples: Sequence[Sample]) -> Round:
    first = samples[0]
    return Round(
        key=round_key(first.at, VANTAGE, first.commit[:12] or "log"),
        at=first.at,
        vantage=VANTAGE,
        net="none",
        checks={sample.site: _check(sample) for sample in samples},
    )


def _check(sample: Sample) -> Check:
    reason = None
    if sample.state.failed:
        # Upptime does not say why; a code that it did not expect is the one thing that it stores.
        reason = Reason.STATUS if sample.code else Reason.CONNECT
    elif sample.state is State.DEGRADED:
        reason = Reason.SLOW
    return Check(state=sample.state, ms=sample.ms, code=sample.code, reason=reason)


def _log(folder: Path) -> Iterator[tuple[str, str, str]]:
    for place in (folder / "gitlog.tsv", folder.parent / "gitlog.tsv"):
        if not (folder / ".git").exists() and place.is_file():
            yield from _lines(_text(place))
            return
    if not (folder / ".git").exists():
        problem = Problem(
            "is no clone of an Upptime repository",
            "clone it with its whole history, or put a gitlog.tsv beside it: "
            "git log --format=%H%x09%aI%x09%s",
            file=str(folder),
        )
        raise InputError([problem])
    git = Git(folder)
    if git.run("rev-parse", "--is-shallow-repository").strip() == "true":
        problem = Problem(
            "is a shallow clone: its samples are in the history that it lacks",
            "bring it: git fetch --unshallow",
            file=str(folder),
        )
        raise InputError([problem])
    yield from _lines(git.run("log", "--format=%H%x09%aI%x09%s", "HEAD"))


def _lines(text: str) -> Iterator[tuple[str, str, str]]:
    for line in text.splitlines():
        parts = line.split("\t", 2)
        if len(parts) == 3:
            yield parts[0], parts[1], parts[2]


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror or error}") from error
    if len(content) > MAX_BYTES:
        raise InputError([Problem("is larger than 256 MiB", file=str(path))])
    return content.decode("utf-8", "replace")


def _stated(folder: Path) -> tuple[Stated, ...]:
    path = folder / "history" / "summary.json"
    if not path.is_file():
        return ()
    try:
        entries = json.loads(_text(path))
    except ValueError as error:
        raise InputError([Problem(f"is no JSON: {error}", file=str(path))]) from None
    return tuple(_of_summary(entry) for entry in entries if isinstance(entry, dict))


def _of_summary(entry: dict[str, Any]) -> Stated:
    names = {"all": "uptime", "day": "uptimeDay", "week": "uptimeWeek", "month": "uptimeMonth"}
    names["year"] = "uptimeYear"
    down = entry.get("dailyMinutesDown")
    name = str(entry.get("name", ""))
    return Stated(
        str(entry.get("slug", "")) or upptime_slug(name),
        name,
        {key: str(entry[field]) for key, field in names.items() if field in entry},
        {
            str(day): minutes
            for day, minutes in (down.items() if isinstance(down, dict) else ())
            if isinstance(minutes, int)
        },
    )


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
