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


class Fault(Exception):  # noqa: N818 - the service is at fault, not the program
    """An attempt ends here: why, in one sentence (redacted later), and in which state."""

    def __init__(self, reason: Reason, detail: str, state: State = State.DOWN) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.state = state


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
        state=fault.state, reason=fault.reason, detail=fault.detail, timings=watch.timings()
    )


async def limited(work: Awaitable[T], watch: Stopwatch, seconds: float) -> T:
    """Await ``work`` for at most ``seconds``. Raises Fault (timeout) saying what it waited for."""
    import asyncio

    try:
        async with asyncio.timeout(seconds):
            return await work
    except TimeoutError:
        watch.total = None  # the first byte may have come, but the answer did not
        watch.stop()
        shown = f"{seconds:g} s" if seconds >= 1 else f"{round(seconds * 1000)} ms"
        raise Fault(Reason.TIMEOUT, f"no answer within {shown}: {watch.doing}") from None
