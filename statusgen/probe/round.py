"""What a round is: the record that the probe makes and history keeps. Imports nothing heavy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from statusgen.base.clock import Instant, to_datetime
from statusgen.base.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """Where the time of an attempt went, in milliseconds; None for a phase not reached."""

    dns: float | None = None
    connect: float | None = None
    tls: float | None = None
    first_byte: float | None = None
    """From the request sent to the first byte of the answer's body (HTTP)."""
    total: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try of a check; its state is unknown only for ``no-ipv6`` and ``checker``."""

    state: State
    reason: str | None = None
    detail: str | None = None
    """One redacted printable line, e.g. ``HTTP 503, expected 200``; never stored."""
    code: int | None = None
    timings: Timings = Timings()
    certificate_days: int | None = None
    value: int | float | None = None
    """What a check read as a figure."""
    answered: bool = False
    """Whether something of the service arrived: it is never blamed on our own network."""
    doubtful: bool = False
    """Whether the client itself gave up on what arrived: another client is asked."""
    only_ipv6: bool = False
    """Whether it failed without an answer from a host that has IPv6 addresses alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check of one monitor, as it is stored."""

    state: State
    ms: int | None = None
    """Total of the last attempt, to the first byte of the body for HTTP."""
    code: int | None = None
    reason: str | None = None
    attempts: int = 1
    value: int | float | None = None
    """What the check read as a figure, such as the length of a queue."""
    places: tuple[int, int] | None = None
    """Of an opinion: how many of how many probes reached the service."""
    tries: tuple[Attempt, ...] = field(default=(), compare=False)
    """Every attempt, in order; present only in the process that made the check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """All checks of one run, from one vantage; what is stored, as one line."""

    key: str
    """Start, vantage, run id, attempt: ``20261120T201003Z-github-8812-1``."""
    at: Instant
    vantage: str
    took_ms: int = 0
    net: str = "ok"
    """``ok``; ``lost`` where the canaries say that our own network failed; ``none`` without any."""
    checks: Mapping[str, Check] = field(default_factory=dict)
    silent: tuple[str, ...] = field(default=(), compare=False)
    """The canaries that did not answer, where ``net`` is lost; never stored."""


def round_key(at: Instant, vantage: str, run_id: str, attempt: int = 1) -> str:
    """Return the key of a round, e.g. ``20261120T201003Z-github-8812-1``.

    It is made of ASCII letters, digits, ``.``, ``_`` and ``-`` alone; anything else becomes ``_``.
    """
    key = f"{to_datetime(at):%Y%m%dT%H%M%SZ}-{vantage}-{run_id}-{attempt}"
    return re.sub(r"[^A-Za-z0-9._-]", "_", key)
