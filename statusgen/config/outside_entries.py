"""The shape of ``vantages:``, ``second_opinion:`` and ``engine:`` in ``data/status.yml``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, WithJsonSchema

from statusgen.base.fields import Address, refuse
from statusgen.base.model import Bool, Model, OneOrMore, SecretText
from statusgen.base.vantage import vantage_fault
from statusgen.config.fields import Label, Seconds
from statusgen.config.outside import GLOBALPING

_NAME = {"type": "string", "pattern": r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"}
VantageId = Annotated[str, refuse(vantage_fault), WithJsonSchema(_NAME)]
Places = Annotated[tuple[Label, ...], Field(min_length=1, max_length=20), OneOrMore()]


class VantageEntry(Model):
    """A place that checks are made from, and what visitors read of it."""

    text_schema = _NAME

    id: VantageId
    """The name that `check --vantage` or $STATUSGEN_VANTAGE gives."""
    name: Label | None = None
    """What visitors read; without it, the id."""

    @classmethod
    def of_text(cls, text: str) -> object:
        """Take a text for an id without a name."""
        return {"id": text}


class GlobalpingEntry(Model):
    """Probes of Globalping, asked only when a check failed here. What is asked leaves this
    machine: the host, path and query of the monitor, never a header or a secret."""

    token: SecretText | None = None
    """A token of Globalping's, as $NAME; without one, 250 tests an hour."""
    from_: Annotated[Places, Field(alias="from")] = ("world",)
    """Where the probes stand, as Globalping reads it: world, DE, AWS, US+datacenter-network."""
    probes: Annotated[int, Field(ge=1, le=20)] = 5
    """How many probes are asked at a time."""
    url: Address = GLOBALPING
    """Another address of the API."""


class SecondOpinionEntry(Model):
    """Who is asked before an alert is sent and before an incident is opened."""

    globalping: GlobalpingEntry
    """Probes of Globalping; `globalping: {}` asks five anywhere in the world."""


class QueriesEntry(Model):
    """What is asked of Prometheus, where that is not blackbox_exporter's own metrics."""

    success: str = "probe_success"
    """1 is up, from 0.75 degraded, below that partial, 0 down."""
    duration: str | None = "probe_duration_seconds"
    """Seconds; null: not asked."""
    code: str | None = "probe_http_status_code"
    """An HTTP status; null: not asked."""
    certificate: str | None = "probe_ssl_earliest_cert_expiry"
    """When the certificate ends, as a Unix time in seconds; null: not asked."""


class ServerEntry(Model):
    """What holds for every server that rounds are read from."""

    url: SecretText
    """Its address, e.g. http://127.0.0.1:9090."""
    token: SecretText | None = None
    """A token as $NAME: sent as a bearer (Uptime Kuma: as an API key)."""
    vantage: VantageId | None = None
    """The place that it sees from; without it, the engine's name."""
    every: Seconds = 300
    """Time between the moments that are read (5m)."""
    monitors: dict[str, str] = Field(default_factory=dict)
    """Monitor id → its name there (Prometheus: its own query), where none is found by itself."""


class PrometheusEntry(ServerEntry):
    """A Prometheus whose blackbox_exporter makes the checks."""

    since: Seconds = 30 * 86_400
    """How far the first reading looks back (30d)."""
    match: str = ""
    """Label matchers of the series, e.g. job="blackbox"."""
    vantage_label: str = "vantage"
    """The label whose values are vantages, where there are several."""
    queries: QueriesEntry = QueriesEntry()
    """Other queries than blackbox_exporter's metrics."""
    warn: Seconds = 14 * 86_400
    """A certificate valid for less than this is degraded (14d)."""


class GatusEntry(ServerEntry):
    """A Gatus, read by its API."""


class KumaEntry(ServerEntry):
    """An Uptime Kuma, read by its metrics page: what it says now, no past."""


class EngineEntry(Model):
    """Systems of others that make the checks: rounds are read from them, nothing is asked from
    here. Several servers of one kind are several vantages."""

    prometheus: Annotated[tuple[PrometheusEntry, ...], OneOrMore()] = ()
    """Prometheus with blackbox_exporter."""
    gatus: Annotated[tuple[GatusEntry, ...], OneOrMore()] = ()
    """Gatus."""
    kuma: Annotated[tuple[KumaEntry, ...], OneOrMore()] = ()
    """Uptime Kuma."""

    ignore_others: Bool = False
    """Say nothing of what they watch and this file does not name."""
