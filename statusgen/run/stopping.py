"""Being told to stop: at once where a job waits or checks, and nowhere amid writing or pushing.

GitHub tells a cancelled job by SIGINT and, 7.5 seconds later, by SIGTERM; 2.5 seconds after that
it kills. Both are one wish, and that time is for the push.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from statusgen.base import clock
from statusgen.base.clock import Instant


class Stopper:
    """The system's time, which ends early once the process is told to stop."""

    def __init__(self) -> None:
        self._open = False
        self._told: list[int] = []

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take SIGTERM and SIGINT for the wish to stop, until the end of the block."""
        numbers = (signal.SIGTERM, signal.SIGINT)
        before = {number: signal.signal(number, self._hear) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Let the wish end this block by a KeyboardInterrupt."""
        self._open = True
        try:
            if self._told:
                raise KeyboardInterrupt
            yield
        finally:
            self._open = False

    def now(self) -> Instant:
        """Return the present by the system's clock."""
        return clock.now()

    def elapsed(self) -> float:
        """Return seconds that only grow."""
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        """Wait. Raises KeyboardInterrupt once told to stop."""
        with self.interruptible():
            time.sleep(seconds)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        # Who presses Ctrl-C again while the push hangs wants out.
        twice = number == signal.SIGINT and number in self._told
        self._told.append(number)
        if self._open or twice:
            # The same wish, told once more, does not break what the block does as it ends.
            self._open = False
            raise KeyboardInterrupt
