"""Regular expressions with a time bound (T20 of content/reference).

Python's ``re`` backtracks: ``(a+)+$`` on a page of a's runs for years, holds the interpreter's
lock and cannot be interrupted from another thread. So searches run in a process of their own,
which is killed when its time is up, and made anew when next needed.
"""

from __future__ import annotations

import asyncio
import math
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from statusgen.base.states import Reason, State
from statusgen.probe.faults import Fault
from statusgen.probe.threads import in_thread

LIMIT_S = 1.0
"""How long one search may take."""
_WORKER = Path(__file__).with_name("pattern_worker.py")


class Searcher:
    """Searches one at a time in one worker process, started on first use."""

    def __init__(self, limit_s: float | None = None) -> None:
        self._limit_s = LIMIT_S if limit_s is None else limit_s
        self._turn = asyncio.Lock()
        self._worker: subprocess.Popen[bytes] | None = None

    async def search(self, pattern: str, text: str) -> bool:
        """Whether ``pattern`` is found in ``text``. Raises Fault (checker) when it takes too long.

        Too slow a pattern is the configuration's fault, not evidence about the service.
        """
        async with self._turn:
            try:
                worker = self._worker or await self._start()
                async with asyncio.timeout(self._limit_s):
                    answer = await in_thread(lambda: self._ask(worker, pattern, text))
            except TimeoutError:
                self.close()
                detail = f"body_matches took longer than {self._limit_s:g} s on this answer"
                raise Fault(
                    Reason.CHECKER, f"{detail}; write a simpler expression", State.UNKNOWN
                ) from None
            except BaseException:
                self.close()  # half a request was sent: nothing after it would be right
                raise
        if answer not in (b"0", b"1"):
            self.close()
            detail = "body_matches could not be searched for; write a simpler expression"
            raise Fault(Reason.CHECKER, detail, State.UNKNOWN)
        return answer == b"1"

    def close(self) -> None:
        """Kill the worker; a thread that waits for its answer sees the end."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()
            worker.wait()
            for pipe in (worker.stdin, worker.stdout):
                with suppress(OSError):  # half a request may be left in the buffer
                    assert pipe is not None
                    pipe.close()

    def _ask(self, worker: subprocess.Popen[bytes], pattern: str, text: str) -> bytes:
        assert worker.stdin is not None
        assert worker.stdout is not None
        sought, searched = pattern.encode(errors="replace"), text.encode(errors="replace")
        head = f"{len(sought)} {len(searched)} {math.ceil(self._limit_s)}\n".encode()
        worker.stdin.write(head + sought + searched)
        worker.stdin.flush()
        return worker.stdout.read(1)

    async def _start(self) -> subprocess.Popen[bytes]:
        # Not asyncio's: cancelling the start of its subprocesses can wait for ever.
        self._worker = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-I", "-S", str(_WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={},
        )
        ready = self._worker.stdout
        assert ready is not None
        await in_thread(lambda: ready.read(1))  # an interpreter's start is no part of the search
        return self._worker
