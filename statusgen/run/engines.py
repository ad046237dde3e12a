"""Rounds taken from engines of others: what is new in them is stored, a page at a time.

What is stored already is not asked for again; a reading that ends in the middle is taken up where
it ended. What follows from it (incidents, notifications) is left to :mod:`statusgen.run.record`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from statusgen.base.clock import Instant
from statusgen.base.errors import OutsideError
from statusgen.probe.connect_to import ConnectTo, redirected
from statusgen.probe.round import Round
from statusgen.run.site import Site

if TYPE_CHECKING:
    from statusgen.config.outside import Instance


@dataclass(frozen=True, slots=True)
class Read:
    """What was read."""

    newest: tuple[Round, ...] = ()
    """The newest new round of each vantage, oldest first."""
    count: int = 0
    """New rounds."""
    notes: tuple[str, ...] = ()
    """For the operator."""
    faults: tuple[str, ...] = ()
    """Servers that could not be read, each with its place."""


def read_engines(
    site: Site,
    *,
    now: Instant,
    environ: Mapping[str, str],
    connect_to: Sequence[ConnectTo] = (),
) -> Read:
    """Store what is new. Raises InputError for a query or a secret that is wrong.

    A server that cannot be read costs its own rounds alone; what it has is read next time.
    """
    newest: dict[str, Round] = {}
    count, faults = 0, []
    strangers: set[str] = set()
    watched: set[str] = set()
    for instance in site.settings.engines:
        reader = _reader(site, instance, environ, connect_to)
        try:
            for rounds in reader.pages(_after(site, instance, now), now):
                new, _ = site.store.extend(rounds)
                count += new
                for each in rounds:
                    newest[each.vantage] = each
        except OutsideError as error:
            faults.append(str(error))
        strangers |= reader.finder.strangers
        watched |= reader.finder.found
    notes = []
    never = {each.id for each in site.settings.monitors} - watched
    if never and not faults:
        notes.append(f"no engine watches {_some(never)}; name it under the engine's `monitors:`")
    if strangers and not site.settings.quiet_engines:
        notes.append(f"no monitor is {_some(strangers)}, which an engine watches")
    found = tuple(sorted(newest.values(), key=lambda each: (each.at, each.key)))
    return Read(found, count, tuple(notes), tuple(faults))


def _reader(  # type: ignore[no-untyped-def]
    site: Site, instance: Instance, environ: Mapping[str, str], connect_to: Sequence[ConnectTo]
):
    from statusgen.history.engines.asking import Server
    from statusgen.history.engines.gatus import Gatus
    from statusgen.history.engines.kuma import Kuma
    from statusgen.history.engines.prometheus import Prometheus

    server = Server(
        instance,
        site.settings.file,
        environ,
        lead=lambda host, port: redirected(connect_to, host, port)[:2],
        basic=instance.kind == "kuma",
    )
    kinds = {"prometheus": Prometheus, "gatus": Gatus, "kuma": Kuma}
    return kinds[instance.kind](server, site.settings.monitors)


def _after(site: Site, instance: Instance, now: Instant) -> Instant:
    from statusgen.history.engines.moments import last_moment

    return last_moment(site.places.history, instance, now=now, since=now - instance.since)


def _some(names: set[str]) -> str:
    ordered = sorted(names)
    more = f" and {len(ordered) - 5} more" if len(ordered) > 5 else ""
    return ", ".join(ordered[:5]) + more
