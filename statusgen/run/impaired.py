"""Stretches in which monitors worked, but slowly or not quite as they should.

The threshold machine, with degraded in the place of down: as many checks in a row begin and end a
stretch as begin and end an outage. A check that failed says nothing here: that is an incident's
matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from statusgen.base.clock import HOUR, Instant
from statusgen.base.states import State
from statusgen.config.settings import Settings
from statusgen.history.cadence import usual_gap
from statusgen.incident.names import rounds_now
from statusgen.probe.round import Round
from statusgen.status.freshness import expected_cadence
from statusgen.status.intervals import Interval
from statusgen.status.snapshot import Outage
from statusgen.status.threshold import Observation, outages

_AS = {State.DEGRADED: State.DOWN, State.UP: State.UP}


def impaired(
    settings: Settings,
    rounds: Sequence[Round],
    *,
    quiet: Mapping[str, Sequence[Interval]],
    begun: Mapping[str, Instant],
    since: Instant,
) -> Iterator[tuple[str, Outage]]:
    """Yield component and stretch, those that last too.

    ``quiet`` is the maintenance by component. ``begun``: since when a monitor is degraded that
    somebody was told of. One that was degraded from the first of the ``rounds`` on, which begin
    at ``since``, began earlier, nobody knows when: that is no news.
    """
    rounds = rounds_now(rounds, settings.aliases)
    usual = usual_gap(sorted({one.at for one in rounds}))
    young = bool(rounds) and min(one.at for one in rounds) > since + HOUR
    for component in settings.components:
        still = quiet.get(component.id, ())
        for name in component.monitors:
            seen = [
                Observation(one.at, one.key, _AS.get(check.state, State.UNKNOWN), check.reason)
                for one in rounds
                if (check := one.checks.get(name)) is not None
                and not any(start <= one.at < end for start, end in still)
            ]
            known = [each for each in seen if each.state is not State.UNKNOWN]
            if not any(each.state is State.DOWN for each in known) and name not in begun:
                continue
            first = begun.get(name)
            continuing = None
            if first is not None:
                continuing = Outage(
                    monitor=name, start=first, opened=first, opened_round="", reason=None, code=None
                )
            for found in outages(
                name,
                seen,
                cadence=expected_cadence(settings.monitor(name), usual),
                thresholds=settings.thresholds,
                continuing=continuing,
            ):
                if young or found.start > known[0].at or found.opened == first:
                    yield component.id, replace(found, code=None)
