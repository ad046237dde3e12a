"""Who may start when: few at a time, a moment apart, so that the measuring is not disturbed.

A busy event loop reports its own delay as the server's. Starts stand apart, so the loop is idle
when answers come. An attempt that has waited a while costs nothing any more and lends its place
to the next: a hundred hanging services do not hold up the rest of the round.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

SPACING_S = 0.001
"""Measured: closer together, 50 ms servers are reported at 56; further apart only takes longer."""
MOST_AIR_S = 0.004
LENDING_S = 1.0
MOST_OPEN = 400
"""Attempts open at once, those that lent their place included: below common limits of files."""


class Gate:
    """At most ``places`` young attempts at a time, their starts ``spacing`` seconds apart."""

    def __init__(self, places: int, spacing: float = SPACING_S) -> None:
        self._free = places
        self._room = max(places, min(10 * places, MOST_OPEN))
        self._spacing = spacing
        self._order = count()
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._extra = 0.0
        self._loop = asyncio.get_running_loop()

    @asynccontextmanager
    async def turn(self, rank: int) -> AsyncIterator[None]:
        """Wait for a start; lower ``rank`` goes first, then who came first."""
        await self._enter(rank)
        held = [True]
        lending = self._loop.call_later(LENDING_S, self._give_back, held)
        try:
            yield
        finally:
            lending.cancel()
            self._room += 1
            self._give_back(held)

    async def _enter(self, rank: int) -> None:
        turn: asyncio.Future[None] = self._loop.create_future()
        heapq.heappush(self._waiting, (rank, next(self._order), turn))
        self._pump()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._free += 1
                self._room += 1
            raise

    def _give_back(self, held: list[bool]) -> None:
        if held[0]:
            held[0] = False
            self._free += 1
        self._pump()

    def _pump(self) -> None:
        if self._timer is not None:
            return
        while self._waiting and self._free > 0 and self._room > 0:
            turn = heapq.heappop(self._waiting)[2]
            if turn.done():  # cancelled while it waited
                continue
            self._free -= 1
            self._room -= 1
            turn.set_result(None)
            self._timer = self._loop.call_later(self._spacing + self._extra, self._next)
            return

    def _next(self) -> None:
        """Let the next one start; a loop that lags (beyond its timer's 1 ms) is given more air."""
        assert self._timer is not None
        late = self._loop.time() - self._timer.when() - 0.001
        self._extra = min(max(late, 0.0), MOST_AIR_S)
        self._timer = None
        self._pump()
