"""How ``check`` tells a round: as JSON, as lines, as a counter while it runs."""

from __future__ import annotations

import click

from statusgen.base import clock
from statusgen.config.settings import Settings
from statusgen.probe.round import Check, Round


def round_json(done: Round) -> dict[str, object]:
    """Return all that a round saw; more than is stored of it."""
    return {
        "round": done.key,
        "at": clock.format_instant(done.at),
        "vantage": done.vantage,
        "net": done.net,
        "took": done.took_ms,
        "checks": [_check_json(name, result) for name, result in done.checks.items()],
    }


def _check_json(identifier: str, result: Check) -> dict[str, object]:
    last = result.tries[-1] if result.tries else None
    timings = last.timings if last else None
    phases = ("dns", "connect", "tls", "first_byte", "total")
    return {
        "id": identifier,
        "state": str(result.state),
        "ms": result.ms,
        "code": result.code,
        "reason": result.reason,
        "detail": last.detail if last else None,
        "attempts": result.attempts,
        "timings": {phase: _rounded(getattr(timings, phase, None)) for phase in phases},
        "certificate_days": last.certificate_days if last else None,
        "value": result.value,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def print_round(done: Round, settings: Settings) -> None:
    """Print a line for each check, and one for the round."""
    width = max((len(name) for name in done.checks), default=0)
    for name, result in done.checks.items():
        last = result.tries[-1] if result.tries else None
        time_text = f"{result.ms} ms" if result.ms is not None else "—"
        told = last.detail if last and last.detail else (result.reason or "")
        if result.value is not None:
            told = f"value {result.value:g}" + (f"; {told}" if told else "")
        retried = f" ({result.attempts} attempts)" if result.attempts > 1 else ""
        click.echo(f"{result.state:<8} {name:<{width}} {time_text:>9}  {told}{retried}".rstrip())
    lost = _lost(done)
    skipped = len(settings.monitors) - len(done.checks)
    waiting = f"; {skipped} not checked" if skipped else ""
    click.echo(f"round {done.key}: {len(done.checks)} checks in {done.took_ms} ms{waiting}{lost}")


def print_opinion(done: Round) -> None:
    """Print what probes elsewhere say of what failed, or was theirs to check."""
    for name, result in done.checks.items():
        if result.places is not None:
            reached, of = result.places
            click.echo(f"{result.state:<8} {name}: {reached} of {of} probes elsewhere reached it")


def _lost(done: Round) -> str:
    """Say what the canaries say: that our network is gone, or that only they are out of reach."""
    if done.net != "lost":
        return ""
    answered = sum(check.code is not None or check.state == "up" for check in done.checks.values())
    if not answered:
        return "; our own network failed, so failures are unknown"
    silent = ", ".join(done.silent) or "too many"
    return (
        f"; canaries did not answer ({silent}), though {answered} monitors did: failures without "
        "an answer are unknown; write other `canaries:`"
    )


class Progress:
    """Counts finished checks on one line of a terminal."""

    def __init__(self, total: int, *, shown: bool) -> None:
        self._total, self._done, self._shown = total, 0, shown

    def __call__(self, identifier: str, result: Check) -> None:
        """Count a check that is settled."""
        self._done += 1
        if self._shown:
            click.echo(f"\r{self._done}/{self._total} checked", nl=False, err=True)

    def clear(self) -> None:
        """Remove the line."""
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)
