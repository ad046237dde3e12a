"""One round made by several machines: each checks its share, and one joins what they saw.

A share's round goes into a file, not into the history: incidents follow from the joined round
alone, so that the same states, components and incidents come out as on one machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from statusgen.base.errors import InputError, OutsideError, Problem
from statusgen.base.files import write_atomic
from statusgen.base.text import quote
from statusgen.history.record import BadLine, read_entry, to_line, to_round
from statusgen.probe.round import Check, Round, round_key

MOST = 100
"""Shares of one round; GitHub starts 256 jobs of a matrix at most."""
MAX_BYTES = 64 * 1024 * 1024

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shard:
    """The ``number``-th of ``of`` shares, counted from 1."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def part(self, monitors: Sequence[T]) -> list[T]:
        """Return the share's monitors, dealt out like cards: none gets all of a kind."""
        return list(monitors[self.number - 1 :: self.of])


@dataclass(frozen=True, slots=True)
class Joined:
    """A whole round, and the shares that are missing from it."""

    round: Round
    missing: tuple[Shard, ...]
    """Their monitors were not checked: unobserved, never down."""


def parse_shard(text: str) -> Shard:
    """Read ``2/5``. Raises InputError."""
    match = re.fullmatch(r"([1-9]\d{0,2})/([1-9]\d{0,2})", text.strip())
    if match is None or not int(match[1]) <= int(match[2]) <= MOST:
        raise InputError(
            f"--shard {quote(text, 40)}: write the share and how many there are, like 2/5 "
            f"(at most {MOST})"
        )
    return Shard(int(match[1]), int(match[2]))


def write_share(path: Path, shard: Shard, seen: Round) -> None:
    """Write what a share saw; the file is there whole or not at all. Raises OutsideError."""
    line = to_line(seen).decode().rstrip("\n")
    head = {"shard": shard.number, "of": shard.of}
    write_atomic(path, (json.dumps(head) + "\n" + line + "\n").encode())


def join_shares(paths: Sequence[Path]) -> Joined:
    """Join the files of shares of one round. Raises InputError where they are not of one.

    A share that came twice (a job that was started again) counts once: the later one. The round
    begins when the first share began; its network counts as lost where every share's was, for each
    share has judged its own checks by its own network.
    """
    shares: dict[Shard, Round] = {}
    for path in paths:
        shard, seen = _read(path)
        if any(known.of != shard.of for known in shares):
            of = next(iter(shares)).of
            what = f"is share {shard}, and another file is one of {of}"
            raise InputError([Problem(what, "join the shares of one run alone", str(path))])
        other = next(iter(shares.values()), seen).vantage
        if seen.vantage != other:
            what = f"was seen from {seen.vantage}, and another file from {other}"
            fix = "join the shares of each place by themselves"
            raise InputError([Problem(what, fix, str(path))])
        if shard not in shares or shares[shard].at < seen.at:
            shares[shard] = seen
    if not shares:
        raise InputError("there is no share to join")
    ordered = [shares[shard] for shard in sorted(shares, key=lambda shard: shard.number)]
    checks: dict[str, Check] = {}
    for seen in ordered:
        checks.update(seen.checks)
    first = min(ordered, key=lambda seen: seen.at)
    ends = max(seen.at * 1000 + seen.took_ms for seen in ordered)
    nets = {seen.net for seen in ordered}
    of = next(iter(shares)).of
    missing = [Shard(number, of) for number in range(1, of + 1) if Shard(number, of) not in shares]
    return Joined(
        Round(
            key=round_key(first.at, first.vantage, _run_of(first)),
            at=first.at,
            vantage=first.vantage,
            took_ms=ends - first.at * 1000,
            net="ok" if "ok" in nets else "none" if "none" in nets else "lost",
            checks=checks,
        ),
        tuple(missing),
    )


def _run_of(seen: Round) -> str:
    """Return the run's id out of a key such as ``20261120T201003Z-github-8812-1``."""
    rest = seen.key.partition("-")[2].removeprefix(f"{seen.vantage}-")
    return f"{rest.rpartition('-')[0]}-joined"


def _read(path: Path) -> tuple[Shard, Round]:
    fix = "it is what `statusgen check --shard 2/5 --round FILE` writes"
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES)
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror or error}") from error
    head, _, line = content.partition(b"\n")
    entry = read_entry(line.rstrip(b"\n"))
    try:
        said = json.loads(head)
        shard = parse_shard(f"{said['shard']}/{said['of']}")
    except (ValueError, KeyError, TypeError, InputError):
        raise InputError([Problem("is no share of a round", fix, str(path))]) from None
    if isinstance(entry, BadLine):
        raise InputError([Problem(f"is no share of a round: {entry.reason}", fix, str(path))])
    return shard, to_round(entry)
