"""What a kind of check is to the scheduler."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import BaseModel

from statusgen.base.states import Reason, State
from statusgen.config.settings import Monitor
from statusgen.probe.faults import Fault, Stopwatch
from statusgen.probe.round import Attempt
from statusgen.probe.urls import Endpoint, endpoint

if TYPE_CHECKING:
    from statusgen.probe.tools import Tools


class ProbeKind(Protocol):
    """A kind as the configuration knows it, and how one attempt of it is made."""

    @property
    def name(self) -> str:
        """See ``config.settings.Kind``."""

    @property
    def schemes(self) -> tuple[str, ...]:
        """See ``config.settings.Kind``."""

    @property
    def options(self) -> type[BaseModel]:
        """See ``config.settings.Kind``."""

    def url_fault(self, url: str) -> str | None:
        """Return ``what is wrong; what to write instead``, or None for a good URL."""

    def asks_any_answer(self) -> dict[str, Any]:
        """Return the options with which a canary is asked: the quickest proof of an answer."""

    def prepare(self, monitors: Sequence[Monitor], tools: Tools) -> None:
        """Load what is costly, inside the event loop, before anything is measured."""

    async def attempt(self, monitor: Monitor, tools: Tools, limit_s: float) -> Attempt:
        """Try once, for at most ``limit_s`` seconds of waiting for the network.

        The detail may hold secrets: the scheduler redacts it. What goes wrong outside is in the
        answer; an exception means that the checker itself is broken.
        """


def filled_endpoint(monitor: Monitor, tools: Tools, default_port: int | None = None) -> Endpoint:
    """Return where a monitor leads, secrets filled in. Raises Fault (checker) without quoting."""
    try:
        return endpoint(monitor.url.reveal(tools.environ), default_port)
    except ValueError:
        detail = f"{monitor.url} is not a valid address once its secrets are filled in"
        raise Fault(Reason.CHECKER, detail, State.UNKNOWN) from None


def too_slow(watch: Stopwatch, allowed_ms: int | None) -> str | None:
    """Return a sentence where a stopped watch shows more than is allowed, else None."""
    total = watch.total or 0.0
    if allowed_ms is None or total <= allowed_ms:
        return None
    return f"took {total:.0f} ms, allowed {allowed_ms} ms"
