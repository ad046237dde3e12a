"""Kills at chosen points: before a write, in the middle of it, after it; around a send."""

from __future__ import annotations

import os
from collections.abc import Mapping

import pytest

from statusgen.base.secrets import Template
from statusgen.notify.message import Delivery, Message, Sender
from statusgen.run import tidings
from tests.notify.world import Remembering


class KilledError(BaseException):
    """The process is gone."""


class Reaper:
    """Ends a run at its ``point``-th step; never, where that is None. Counts the steps."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.point: int | None = None
        self.steps = 0
        self._lives = 0
        self._write, self._fsync, self._replace = os.write, os.fsync, os.replace
        patch.setattr(os, "write", self.write)
        patch.setattr(os, "fsync", self.fsync)
        patch.setattr(os, "replace", self.replace)
        self._patch = patch

    def new_process(self, point: int | None) -> None:
        """Begin another run, to be killed at a step."""
        self.point, self.steps = point, 0
        self._lives += 1
        self._patch.setattr(tidings, "_NONCE", f"{self._lives:x}")

    def step(self) -> None:
        """Come to a point at which a kill may fall."""
        self.steps += 1
        if self.point is not None and self.steps >= self.point:
            raise KilledError

    def write(self, handle: int, content: bytes) -> int:
        self.step()
        if self.point is not None and self.steps + 1 >= self.point:
            self.steps += 1
            self._write(handle, content[: len(content) // 2])
            raise KilledError
        self.steps += 1
        return self._write(handle, content)

    def fsync(self, handle: int) -> None:
        self.step()
        self._fsync(handle)

    def replace(self, old: str, new: str) -> None:
        self.step()
        self._replace(old, new)
        self.step()


class Mortal(Remembering):
    """Senders of a process that may be killed before or after a message arrives."""

    reaper: Reaper

    def send(self, message: Message, to: Template, environ: Mapping[str, str]) -> Delivery:
        self.reaper.step()
        answer = super().send(message, to, environ)
        self.reaper.step()
        return answer

    def __call__(self, to: Template, environ: Mapping[str, str]) -> Sender:
        return self
