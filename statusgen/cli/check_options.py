"""Options of ``statusgen check``, read and held against one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from statusgen.base.errors import InputError
from statusgen.base.model import suggest
from statusgen.base.text import quote
from statusgen.base.vantage import vantage_fault
from statusgen.cli.common import seconds
from statusgen.config.settings import Settings
from statusgen.probe.connect_to import ConnectTo, parse_connect_to
from statusgen.run.shards import Joined, Shard, join_shares, parse_shard
from statusgen.run.watch import Pace


def pace_of(every: str | None, for_: str | None, push_every: str | None) -> Pace | None:
    """Read how often to check; None: once. Raises InputError."""
    if every is None:
        for name, given in (("--for", for_), ("--push-every", push_every)):
            if given is not None:
                raise InputError(f"{name} needs --every; write for example --every 60s {name} 5m")
        return None
    period = seconds(every, "--every")
    if period < 1:
        raise InputError("--every must be at least 1s")
    lasting = seconds(for_, "--for") if for_ else None
    if push_every is None:
        return Pace(period, lasting)
    return Pace(period, lasting, seconds(push_every, "--push-every"))


def vantage_of(given: str | None, settings: Settings, environ: Mapping[str, str]) -> str:
    """Return what this place is called. Raises InputError for what is no name."""
    if given:
        fault = vantage_fault(given)
        if fault:
            raise InputError(f"--vantage {quote(given, 60)}: {fault}")
        return given
    actions = environ.get("GITHUB_ACTIONS") == "true"
    return settings.vantage or ("github" if actions else "local")


def fits(pace: Pace | None, push_: bool, publish: str, relay: str) -> None:
    """Refuse options that do nothing without others. Raises InputError."""
    for name, given in (("--publish", publish), ("--relay", relay)):
        if given and not push_:
            raise InputError(f"{name} needs --push: what is not pushed cannot be published")
    if relay and (pace is None or pace.lasting is None):
        raise InputError("--relay needs an end; write for example --every 60s --for 50m --relay")


def known(only: Sequence[str], settings: Settings) -> None:
    """Refuse ids that no monitor has. Raises InputError."""
    ids = [monitor.id for monitor in settings.monitors]
    wrong = [identifier for identifier in only if identifier not in ids]
    if wrong:
        hint = suggest(wrong[0], ids) or f"known: {', '.join(ids[:20])}"
        raise InputError(f"--only {wrong[0]}: no monitor has this id; {hint}")


def connect_to_of(text: str) -> ConnectTo:
    """Read ``HOST:PORT:ADDR:PORT``. Raises InputError."""
    try:
        return parse_connect_to(text)
    except ValueError as error:
        raise InputError(f"--connect-to {text}: {error}") from None


def delays_of(text: str | None) -> tuple[int, ...] | None:
    """Read the waits between attempts; None: as configured. Raises InputError."""
    if text is None:
        return None
    if text.strip() in ("", "none"):
        return ()
    try:
        values = [float(part) for part in text.split(",")]
    except ValueError:
        values = [-1.0]
    if not all(0 <= value <= 60 for value in values):
        raise InputError(f"--retry-delays {text}: write seconds with commas between, like 0.1,0.2")
    return tuple(round(value * 1000) for value in values)


def shares_of(
    pace: Pace | None,
    push_: bool,
    shard: str | None,
    share: Path | None,
    join: Sequence[Path],
) -> tuple[Shard | None, Joined | None]:
    """Return the share to check here, or what others saw. Raises InputError for contradictions."""
    if bool(shard) is not (share is not None):
        raise InputError("write --shard and --round together, like --shard 2/5 --round 2.json")
    if shard and join:
        raise InputError("--join records what shares saw; --shard makes one: write one of them")
    if (shard or join) and pace is not None:
        raise InputError("shares make one round; --every is for one machine")
    if shard and push_:
        raise InputError("a share is recorded by --join; write --push there")
    joined = join_shares(join) if join else None
    for missing in joined.missing if joined is not None else ():
        click.echo(f"warning: share {missing} is missing; its monitors were not checked", err=True)
    return parse_shard(shard) if shard else None, joined
