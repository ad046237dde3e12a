"""What a configuration says of places other than the one that reads it.

Vantages and their names, whom to ask for a second opinion, and the engines of others that rounds
are read from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from statusgen.base.secrets import Template
from statusgen.base.yamltree import Mark

GLOBALPING = "https://api.globalping.io"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vantage:
    """A place that checks are made from."""

    id: str
    name: str
    """What visitors read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Globalping:
    """Whom to ask before an alarm."""

    url: str = GLOBALPING
    token: Template | None = None
    places: tuple[str, ...] = ("world",)
    """Location strings as Globalping's API reads them."""
    probes: int = 5
    opinions: bool = True
    """Whether it is asked on suspicion; else only for monitors whose owner wants it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One server of an engine, and how it is read."""

    kind: str
    """``prometheus``, ``gatus`` or ``kuma``."""
    url: Template
    token: Template | None = None
    vantage: str = ""
    """The name of the place that it sees from."""
    every: int = 300
    """Seconds between the moments that are read."""
    since: int = 30 * 86_400
    """Seconds that the first reading looks back."""
    match: str = ""
    """Prometheus: label matchers of its series, e.g. ``job="blackbox"``."""
    vantage_label: str = "vantage"
    """Prometheus: the label that tells vantages apart."""
    queries: Mapping[str, str] = field(default_factory=dict)
    """Prometheus: ``success``, ``duration``, ``code``, ``certificate`` → a query."""
    monitors: Mapping[str, str] = field(default_factory=dict)
    """Monitor id → its own query (Prometheus), or its name in the engine."""
    warn: int = 14 * 86_400
    """Seconds that a certificate must stay valid, else the monitor is degraded."""
    mark: Mark | None = None
    """Where it is written."""
