"""``metrics.txt``: what a monitoring system of one's own may scrape, as OpenMetrics 1.0."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from statusgen.base.states import Look
from statusgen.publish.api.facts import text_asset
from statusgen.publish.edition import Edition
from statusgen.publish.manifest import Asset
from statusgen.status.snapshot import ComponentStatus, Uptime

_LOOKS = (Look.UP, Look.DEGRADED, Look.PARTIAL, Look.DOWN, Look.MAINTENANCE, Look.UNKNOWN)
Sample = tuple[Mapping[str, str], float | int]


@dataclass(frozen=True, slots=True)
class _Family:
    """A metric with its samples."""

    name: str
    kind: str
    about: str
    samples: Iterable[Sample]
    unit: str = ""
    """Also what the name ends in."""
    end: str = ""
    """What each sample's name has beyond that of the metric."""

    def lines(self) -> Iterator[str]:
        yield f"# TYPE {self.name} {self.kind}"
        if self.unit:
            yield f"# UNIT {self.name} {self.unit}"
        yield f"# HELP {self.name} {_escaped(self.about)}"
        for labels, value in self.samples:
            yield f"{self.name}{self.end}{_labels(labels)} {value}"


def metrics(edition: Edition) -> Asset:
    """Return ``metrics.txt``."""
    site, components = edition.settings.site, edition.snapshot.components
    families = [
        _Family(
            "statusgen_site",
            "info",
            "The status page that these figures are of.",
            [({"name": site.name, "url": site.url}, 1)],
            end="_info",
        ),
        *_of_components(components),
        *_of_site(edition),
    ]
    lines = [line for family in families for line in family.lines()]
    return text_asset("metrics.txt", "\n".join([*lines, "# EOF"]) + "\n")


def _of_components(components: Sequence[ComponentStatus]) -> Iterator[_Family]:
    yield _Family(
        "statusgen_component_state",
        "stateset",
        "The state that visitors are shown; exactly one is 1.",
        [
            ({"component": each.id, "statusgen_component_state": str(look)}, int(each.look is look))
            for each in components
            for look in _LOOKS
        ],
    )
    yield _Family(
        "statusgen_uptime_ratio",
        "gauge",
        "The share of the observed time of a window in which the component worked.",
        _shares(components, lambda uptime: uptime.ratio),
        "ratio",
    )
    yield _Family(
        "statusgen_coverage_ratio",
        "gauge",
        "The share of a window that was observed.",
        _shares(components, lambda uptime: uptime.coverage),
        "ratio",
    )
    yield _Family(
        "statusgen_response_time_seconds",
        "gauge",
        "Percentiles of the response time over a window; answered checks only.",
        _response_times(components),
        "seconds",
    )
    yield _Family(
        "statusgen_last_check_timestamp_seconds",
        "gauge",
        "When a component was checked last.",
        [
            ({"component": each.id}, max(check.at for check in each.checks))
            for each in components
            if each.checks
        ],
        "seconds",
    )


def _of_site(edition: Edition) -> Iterator[_Family]:
    last = edition.snapshot.last_round
    yield _Family(
        "statusgen_last_round_timestamp_seconds",
        "gauge",
        "When the newest round began.",
        [] if last is None else [({}, last)],
        "seconds",
    )
    yield _Family(
        "statusgen_incidents_open",
        "gauge",
        "Incidents that last.",
        [({}, sum(each.open for each in edition.shown))],
    )
    yield _Family(
        "statusgen_maintenance_under_way",
        "gauge",
        "Maintenance windows in which work goes on.",
        [({}, len(edition.schedule.under_way))],
    )


def _shares(
    components: Iterable[ComponentStatus], share: Callable[[Uptime], Fraction | None]
) -> Iterator[Sample]:
    for each in components:
        for window, uptime in each.uptimes.items():
            value = share(uptime)
            if value is not None:
                yield {"component": each.id, "window": window}, float(value)


def _response_times(components: Iterable[ComponentStatus]) -> Iterator[Sample]:
    for each in components:
        for window, found in each.latencies.items():
            for quantile, ms in (("0.5", found.p50), ("0.95", found.p95), ("0.99", found.p99)):
                if ms is not None:
                    labels = {"component": each.id, "window": window, "quantile": quantile}
                    yield labels, ms / 1000


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
