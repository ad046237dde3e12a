"""Who may start when: few at a time, a moment apart, so that the measuring is not disturbed.

A busy event loop would delay what it is to measure. Starts stand apart, so the loop is idle when
answers come. An attempt that has waited a while costs nothing any more and lends its place to the
next: a hundred hanging services do not hold up the rest of the round.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

SPACING_S = 0.0003
"""Measured: closer together, the event loop falls behind; further apart only takes longer."""
TICK_S = 0.001
"""The finest that a timer of the event loop counts; what is due by then starts together."""
MOST_AT_ONCE = 8
LENDING_S = 1.0
MOST_OPEN = 400
"""Attempts open at once, those that lent their place included: below common limits of files."""


class Pace:
    """At most ``places`` young attempts at a time, their starts ``spacing`` seconds apart."""

    def __init__(self, places: int, spacing: float = SPACING_S) -> None:
        self._free = places
        self._room = max(places, min(10 * places, MOST_OPEN))
        self._spacing = spacing
        self._order = count()
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._last = 0.0
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
        """Start what is due; come back in a moment for the rest."""
        if self._timer is not None:
            return
        now = self._loop.time()
        due = min(MOST_AT_ONCE, int((now - self._last) / self._spacing))
        while due and self._waiting and self._free > 0 and self._room > 0:
            turn = heapq.heappop(self._waiting)[2]
            if turn.done():  # cancelled while it waited
                continue
            self._free -= 1
            self._room -= 1
            due -= 1
            self._last = now
            turn.set_result(None)
        if self._waiting and self._free > 0 and self._room > 0:
            self._timer = self._loop.call_later(TICK_S, self._next)

    def _next(self) -> None:
        self._timer = None
        self._pump()
