"""The words in which visitors read states and reasons; every page takes them from here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from statusgen.base.states import Reason, State

_STATES: Mapping[State, str] = MappingProxyType(
    {
        State.UP: "Operational",
        State.DEGRADED: "Degraded Performance",
        State.PARTIAL: "Partial Outage",
        State.DOWN: "Major Outage",
        State.UNKNOWN: "No Data",
    }
)

_REASONS: Mapping[str, str] = MappingProxyType(
    {
        Reason.DNS: "its name could not be looked up",
        Reason.CONNECT: "no connection could be made",
        Reason.TLS: "no secure connection could be made",
        Reason.CERTIFICATE: "its certificate is expired or not valid",
        Reason.TIMEOUT: "it did not answer in time",
        Reason.STATUS: "it answered with an error",
        Reason.BODY: "its answer did not hold what it should",
        Reason.PROTOCOL: "its answer could not be understood",
        Reason.REDIRECT: "it sent us to another address than expected",
        Reason.BLOCKED: "it turned our check away, as protection against bots does",
        Reason.SLOW: "it answered slower than it should",
        Reason.REPORTED: "its own status page says so",
        Reason.VANTAGE: "our own network was down, so we could not tell",
        Reason.NO_IPV6: "it needs IPv6, which is missing where we check from",
        Reason.CHECKER: "our own check could not run, so we could not tell",
    }
)
_OTHER = "the check failed"


def state_word(state: State) -> str:
    """Return the name of a state as a visitor reads it."""
    return _STATES[state]


def reason_text(reason: str | None, code: int | None = None, state: State = State.DOWN) -> str:
    """Say why a check is not up, as the rest of a sentence; empty without a reason.

    A reason unknown to this version (a newer one wrote the record) gets general words.
    """
    if reason is None:
        return ""
    if reason == Reason.CERTIFICATE and state is State.DEGRADED:
        return "its certificate expires soon"
    if reason == Reason.STATUS and code:
        return f"{_REASONS[Reason.STATUS]} (HTTP {code})"
    return _REASONS.get(reason, _OTHER)
