"""From attempts to a check's state: pure, and all that a round knows about blame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from statusgen.base.states import Reason, State
from statusgen.probe.round import Attempt, Check

MASS_SHARE = 0.8
MASS_MONITORS = 5
MASS_DOMAINS = 2


def decide(tries: Sequence[Attempt], net_ok: bool | None, *, ipv6: bool = True) -> Check:
    """Return the check that ``tries`` amount to; the last one decides.

    An attempt that is not down ends a check (the first success wins), so only a check whose
    attempts all failed ends in one that is down. Then ``net_ok`` says whether our own network
    was there; None, where no canary is configured, excuses nothing. What answered is never blamed
    on our network. ``ipv6`` says whether anything was reached over IPv6: until then a host that
    has IPv6 addresses alone may be out of reach from here only.
    """
    if not tries:
        return Check(state=State.UNKNOWN, reason=Reason.CHECKER, attempts=0)
    last = tries[-1]
    attempts = len(tries)
    kept = tuple(tries)
    if last.state is State.DOWN and last.only_ipv6 and not ipv6:
        return Check(state=State.UNKNOWN, reason=Reason.NO_IPV6, attempts=attempts, tries=kept)
    if last.state is State.DOWN and net_ok is False and not last.answered:
        return Check(state=State.UNKNOWN, reason=Reason.VANTAGE, attempts=attempts, tries=kept)
    if last.state is State.UNKNOWN:
        return Check(state=State.UNKNOWN, reason=last.reason, attempts=attempts, tries=kept)
    total = last.timings.total
    return Check(
        state=last.state,
        ms=None if total is None else round(total),
        code=last.code,
        reason=last.reason,
        attempts=attempts,
        value=last.value,
        tries=kept,
    )


def is_final(attempt: Attempt) -> bool:
    """Whether another attempt could not change anything: only down is tried again."""
    return attempt.state is not State.DOWN


def is_mass_failure(failed: Mapping[str, bool], hosts: Mapping[str, str]) -> bool:
    """Whether so much failed at once that our own network is the likelier culprit.

    ``failed`` says of each monitor checked whether it failed, ``hosts`` where it lives: at least
    80 % of at least 5 monitors, on at least 2 registrable domains.
    """
    down = [identifier for identifier, is_down in failed.items() if is_down]
    if len(failed) < MASS_MONITORS or len(down) < MASS_SHARE * len(failed):
        return False
    return len({registrable(hosts[identifier]) for identifier in down}) >= MASS_DOMAINS


def registrable(host: str) -> str:
    """Return the part of a host name that somebody registered, near enough.

    Without the public suffix list: the last two labels, or three under a two-letter country whose
    second level is short (``co.uk``, ``com.br``). An address is its own domain.
    """
    labels = host.lower().rstrip(".").split(".")
    if ":" in host or all(label.isdigit() for label in labels):
        return host
    second_level = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3:] if second_level else labels[-2:])
