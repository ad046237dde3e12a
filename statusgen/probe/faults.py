"""How a step of an attempt fails, and how long each step took."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from statusgen.base.states import Reason, State
from statusgen.probe.round import Attempt, Timings

T = TypeVar("T")
GRACE_S = 0.3
"""Our own clock runs out later than libcurl's, which knows what it waited for."""


class Fault(Exception):  # noqa: N818 - the service is at fault, not the program
    """An attempt ends here: why, in one sentence (redacted later), and in which state."""

    def __init__(
        self,
        reason: Reason,
        detail: str,
        state: State = State.DOWN,
        *,
        code: int | None = None,
        answered: bool = False,
        doubtful: bool = False,
        only_ipv6: bool = False,
    ) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.state = state
        self.code = code
        """The HTTP status that arrived before the fault, if any."""
        self.answered = answered or code is not None
        """Whether something of the service arrived: then our own network was there."""
        self.doubtful = doubtful
        """Whether the client itself gave up on what arrived: another client is asked."""
        self.only_ipv6 = only_ipv6
        self.value: int | float | None = None
        """What was read as a figure all the same."""


@dataclass(slots=True)
class Stopwatch:
    """Measures the phases of one attempt where they happen, summed over redirects."""

    started: float = field(default_factory=time.perf_counter)
    phases: dict[str, float] = field(default_factory=dict)
    doing: str = "starting"
    """What the attempt waits for, in words, for the sentence about a timeout."""
    total: float | None = None

    @contextmanager
    def phase(self, name: str, doing: str) -> Iterator[None]:
        """Time a phase (``dns``, ``connect``, ``tls``, ``first_byte``), even one that fails."""
        self.doing = doing
        begun = time.perf_counter()
        try:
            yield
        finally:
            spent = (time.perf_counter() - begun) * 1000
            self.phases[name] = self.phases.get(name, 0.0) + spent
        self.doing = "waiting for an answer"

    def add(self, *, connect: float | None, tls: float | None, total: float) -> None:
        """Add what one transfer measured itself, in milliseconds; what is left is its answer's."""
        known = {"connect": connect or 0.0, "tls": tls or 0.0}
        known["first_byte"] = max(total - known["connect"] - known["tls"], 0.0)
        for name, spent in known.items():
            if spent or name == "first_byte":
                self.phases[name] = self.phases.get(name, 0.0) + spent
        self.total = sum(self.phases.values())

    def stop(self) -> None:
        """The answer is there: what follows no longer counts. Only the first call does."""
        if self.total is None:
            self.total = (time.perf_counter() - self.started) * 1000

    def timings(self) -> Timings:
        """Return what was measured, ending now if nothing ended it."""
        self.stop()
        return Timings(total=self.total, **self.phases)


def failed(fault: Fault, watch: Stopwatch) -> Attempt:
    """Return the attempt that ``fault`` ended."""
    return Attempt(
        state=fault.state,
        reason=fault.reason,
        detail=fault.detail,
        code=fault.code,
        timings=watch.timings(),
        answered=fault.answered,
        doubtful=fault.doubtful,
        only_ipv6=fault.only_ipv6,
    )


async def limited(work: Awaitable[T], watch: Stopwatch, seconds: float, *, grace: float = 0.0) -> T:
    """Await ``work`` for at most ``seconds``. Raises Fault (timeout) saying what it waited for.

    ``grace`` lets work that keeps the time itself, and knows better what it waits for, end first.
    """
    import asyncio

    try:
        async with asyncio.timeout(seconds + grace):
            return await work
    except TimeoutError:
        watch.total = None  # the first byte may have come, but the answer did not
        watch.stop()
        raise Fault(Reason.TIMEOUT, f"no answer within {within(seconds)}: {watch.doing}") from None


def worded(fault: Fault, limit_s: float) -> Fault:
    """Say how long was waited, where libcurl's clock ended it and told what for."""
    if fault.reason is Reason.TIMEOUT and not fault.detail.startswith("no answer within"):
        fault.detail = f"no answer within {within(limit_s)}: {fault.detail}"
    return fault


def within(seconds: float) -> str:
    """Write a limit for people."""
    return f"{seconds:g} s" if seconds >= 1 else f"{round(seconds * 1000)} ms"
