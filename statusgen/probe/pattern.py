"""Regular expressions with a time bound (T20).

Python's ``re`` backtracks: ``(a+)+$`` on a page of a's runs for years, holds the interpreter's
lock and cannot be interrupted from another thread. So searches run in a process of their own,
which is killed when its time is up, and made anew when next needed.
"""

from __future__ import annotations

import asyncio
import math
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path

from statusgen.base.states import Reason, State
from statusgen.probe.faults import Fault

LIMIT_S = 1.0
"""How long one search may take."""
_WORKER = Path(__file__).with_name("pattern_worker.py")


class Searcher:
    """Searches one at a time in one worker process, started on first use."""

    def __init__(self, limit_s: float = LIMIT_S) -> None:
        self._limit_s = limit_s
        self._turn = asyncio.Lock()
        self._worker: Process | None = None

    async def search(self, pattern: str, text: str) -> bool:
        """Whether ``pattern`` is found in ``text``. Raises Fault (checker) when it takes too long.

        Too slow a pattern is the configuration's fault, not evidence about the service.
        """
        async with self._turn:
            worker = self._worker or await self._start()
            try:
                async with asyncio.timeout(self._limit_s):
                    answer = await self._ask(worker, pattern, text)
            except TimeoutError:
                await self._stop()
                detail = f"body_matches took longer than {self._limit_s:g} s on this answer"
                raise Fault(
                    Reason.CHECKER, f"{detail}; write a simpler expression", State.UNKNOWN
                ) from None
            except BaseException:
                await self._stop()  # half a request was sent: nothing after it would be right
                raise
        if answer == b"E":
            raise Fault(Reason.CHECKER, "body_matches is not a regular expression", State.UNKNOWN)
        return answer == b"1"

    async def close(self) -> None:
        """End the worker."""
        await self._stop()

    async def _ask(self, worker: Process, pattern: str, text: str) -> bytes:
        assert worker.stdin is not None
        assert worker.stdout is not None
        sought, searched = pattern.encode(errors="replace"), text.encode(errors="replace")
        head = f"{len(sought)} {len(searched)} {math.ceil(self._limit_s)}\n".encode()
        worker.stdin.write(head + sought + searched)
        await worker.stdin.drain()
        return await worker.stdout.readexactly(1)

    async def _start(self) -> Process:
        self._worker = await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-S", str(_WORKER), stdin=PIPE, stdout=PIPE, env={}
        )
        return self._worker

    async def _stop(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            with suppress(ProcessLookupError):
                worker.kill()
            await worker.wait()
