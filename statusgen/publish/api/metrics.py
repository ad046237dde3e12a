"""``metrics.txt``: what a monitoring system of one's own may scrape, as OpenMetrics 1.0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from statusgen.base.states import Look
from statusgen.publish.api.facts import text_asset
from statusgen.publish.edition import Edition
from statusgen.publish.manifest import Asset

_LOOKS = (Look.UP, Look.DEGRADED, Look.PARTIAL, Look.DOWN, Look.MAINTENANCE, Look.UNKNOWN)
Sample = tuple[Mapping[str, str], float | int]


def metrics(edition: Edition) -> Asset:
    """Return ``metrics.txt``."""
    components = edition.snapshot.components
    lines: list[str] = []

    def family(
        name: str, kind: str, about: str, samples: Iterable[Sample], unit: str = "", end: str = ""
    ) -> None:
        found = [(labels, value) for labels, value in samples]
        lines.append(f"# TYPE {name} {kind}")
        if unit:
            lines.append(f"# UNIT {name} {unit}")
        lines.append(f"# HELP {name} {_escaped(about)}")
        lines.extend(f"{name}{end}{_labels(labels)} {value}" for labels, value in found)

    family(
        "statusgen_site",
        "info",
        "The status page that these figures are of.",
        [({"name": edition.settings.site.name, "url": edition.settings.site.url}, 1)],
        end="_info",
    )
    family(
        "statusgen_component_state",
        "stateset",
        "The state that visitors are shown; exactly one is 1.",
        (
            ({"component": each.id, "statusgen_component_state": str(look)}, int(each.look is look))
            for each in components
            for look in _LOOKS
        ),
    )
    family(
        "statusgen_uptime_ratio",
        "gauge",
        "The share of the observed time of a window in which the component worked.",
        (
            ({"component": each.id, "window": window}, float(uptime.ratio))
            for each in components
            for window, uptime in each.uptimes.items()
            if uptime.ratio is not None
        ),
        "ratio",
    )
    family(
        "statusgen_coverage_ratio",
        "gauge",
        "The share of a window that was observed.",
        (
            ({"component": each.id, "window": window}, float(uptime.coverage))
            for each in components
            for window, uptime in each.uptimes.items()
            if uptime.coverage is not None
        ),
        "ratio",
    )
    family(
        "statusgen_response_time_seconds",
        "gauge",
        "Percentiles of the response time over a window; answered checks only.",
        (
            ({"component": each.id, "window": window, "quantile": quantile}, value / 1000)
            for each in components
            for window, latency in each.latencies.items()
            for quantile, value in (
                ("0.5", latency.p50),
                ("0.95", latency.p95),
                ("0.99", latency.p99),
            )
            if value is not None
        ),
        "seconds",
    )
    family(
        "statusgen_last_check_timestamp_seconds",
        "gauge",
        "When a component was checked last.",
        (
            ({"component": each.id}, max(check.at for check in each.checks))
            for each in components
            if each.checks
        ),
        "seconds",
    )
    last = edition.snapshot.last_round
    family(
        "statusgen_last_round_timestamp_seconds",
        "gauge",
        "When the newest round began.",
        [] if last is None else [({}, last)],
        "seconds",
    )
    family(
        "statusgen_incidents_open",
        "gauge",
        "Incidents that last.",
        [({}, sum(each.open for each in edition.shown))],
    )
    family(
        "statusgen_maintenance_under_way",
        "gauge",
        "Maintenance windows in which work goes on.",
        [({}, len(edition.schedule.under_way))],
    )
    lines.append("# EOF")
    return text_asset("metrics.txt", "\n".join(lines) + "\n")


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
