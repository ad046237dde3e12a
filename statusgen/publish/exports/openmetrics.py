"""The recorded checks as OpenMetrics with timestamps, for ``promtool tsdb create-blocks-from``.

The metrics of blackbox_exporter, and ``statusgen_check``, which tells degraded apart: 1 up, 0.75
degraded, 0.5 partial, 0 down, NaN unknown. Families one after the other, as the format asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from statusgen.base.clock import DAY, Instant
from statusgen.base.states import State
from statusgen.config.settings import Settings
from statusgen.history.store import HistoryStore
from statusgen.probe.round import Check

VALUES: Mapping[State, str] = {
    State.UP: "1", State.DEGRADED: "0.75", State.PARTIAL: "0.5", State.DOWN: "0",
    State.UNKNOWN: "NaN",
}  # fmt: skip
_HELP = {
    "statusgen_check": "1 up, 0.75 degraded, 0.5 partial, 0 down, NaN unknown",
    "probe_success": "1 where the service answered as expected, 0 where not",
    "probe_duration_seconds": "How long the check took",
    "probe_http_status_code": "The HTTP status",
}


def days_of(store: HistoryStore, since: Instant, now: Instant) -> Iterator[Instant]:
    """Yield the days that have rounds since then; promtool reads a file once for each 2 hours."""
    for day in store.day_files():
        if since < day + DAY and day <= now:
            yield day


def day_metrics(
    settings: Settings, store: HistoryStore, since: Instant, until: Instant, now: Instant
) -> Iterator[str]:
    """Yield the lines of the rounds in a span. Raises OutsideError where the disk fails."""
    labels = {each.id: each.url.text for each in settings.monitors if not each.url.names}
    shown: dict[tuple[str, str], str] = {}
    for family, told in _HELP.items():
        yield f"# HELP {family} {told}\n# TYPE {family} gauge\n"
        for each in store.rounds(since, until, now=now):
            for monitor, check in each.checks.items():
                value = _value(family, check)
                if value:
                    key = monitor, each.vantage
                    named = shown.get(key)
                    if named is None:
                        named = shown[key] = _labels(monitor, labels.get(monitor, ""), each.vantage)
                    yield f"{family}{named} {value} {each.at}\n"
    yield "# EOF\n"


def _value(family: str, check: Check) -> str:
    if family == "statusgen_check":
        return VALUES[check.state]
    if family == "probe_success":
        return {State.UNKNOWN: "", State.DOWN: "0", State.PARTIAL: "0"}.get(check.state, "1")
    if family == "probe_duration_seconds":
        return "" if check.ms is None else f"{check.ms / 1000:.3f}"
    return "" if check.code is None else str(check.code)


def _labels(monitor: str, url: str, vantage: str) -> str:
    named = {"monitor": monitor, "vantage": vantage, **({"instance": url} if url else {})}
    inside = ",".join(f'{name}="{_escaped(text)}"' for name, text in sorted(named.items()))
    return f"{{{inside}}}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
