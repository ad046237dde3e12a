"""The states of design: what one check can say, and what a component can be in."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """The raw result of a check; ``partial`` arises only where several vantages are joined."""

    UP = "up"
    DEGRADED = "degraded"
    PARTIAL = "partial"
    DOWN = "down"
    UNKNOWN = "unknown"

    @property
    def severity(self) -> int:
        """0 for up to 3 for down; unknown is -1, for it says nothing."""
        return _SEVERITY[self]

    @property
    def failed(self) -> bool:
        """Whether it is a failure: what costs uptime and opens incidents.

        Down, and partial, which means that some could not reach the service. Degraded is slow but
        working.
        """
        return self in (State.DOWN, State.PARTIAL)


_SEVERITY = {State.UNKNOWN: -1, State.UP: 0, State.DEGRADED: 1, State.PARTIAL: 2, State.DOWN: 3}


class Look(StrEnum):
    """What a thing is shown as: a state, or what stands over it or in its place."""

    UP = "up"
    UNKNOWN = "unknown"
    UNMONITORED = "unmonitored"
    """A day before the first check."""
    MAINTENANCE = "maintenance"
    DEGRADED = "degraded"
    PARTIAL = "partial"
    DOWN = "down"

    @property
    def severity(self) -> int:
        """0 for up to 6 for down."""
        return list(Look).index(self)


class Reason(StrEnum):
    """Why a check is not up; stored, and shown in words a person understands."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    CERTIFICATE = "certificate"
    TIMEOUT = "timeout"
    STATUS = "status"
    BODY = "body"
    PROTOCOL = "protocol"
    REDIRECT = "redirect"
    BLOCKED = "blocked"
    SLOW = "slow"
    REPORTED = "reported"
    """Another status page says so."""
    VANTAGE = "vantage"
    """Our own network was gone (the canaries say so)."""
    NO_IPV6 = "no-ipv6"
    CHECKER = "checker"
    """The check itself could not run: its configuration, its deadline, our own fault."""
