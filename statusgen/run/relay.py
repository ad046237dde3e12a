"""What a job of GitHub Actions does beside checking: it has pages published, and is succeeded.

A relay is a chain of jobs. Once a job has proven itself (it lived for :data:`PROVEN` and pushed),
it starts its successor, which waits in the concurrency group until this job is over, however it
ends: so a runner that is lost costs a minute or two. With every further push the job looks whether
somebody waits still, for a start can get lost. A job that fails at once starts none, and neither
does one that could push nothing: its successor could not either. A chain that broke is begun anew
by the workflow's cron.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from statusgen.base.clock import MINUTE
from statusgen.run.publications import Publications
from statusgen.run.watch import Ended

PROVEN = 10 * MINUTE
"""Seconds: jobs that fail sooner are no faster chain than one run each ten minutes."""


@dataclass
class Relay:
    """One job of a chain; without a successor, a job that has pages published."""

    start: Callable[[str], None]
    """Starts a workflow, named by its file. Raises OutsideError."""
    waits: Callable[[str], bool | None]
    """Whether another run of a workflow goes on or waits; None where nobody says so."""
    elapsed: Callable[[], float]
    """Seconds since this job began to check."""
    publish: str = ""
    """The workflow that builds and deploys; empty where this job starts none."""
    successor: str = ""
    """The workflow that goes on after this job; empty where none does."""
    publications: Publications | None = None
    handed: bool = False
    """Whether a successor was started."""

    def have_published(self) -> str:
        """Have pages published where that is due; return what was done, empty for nothing.

        To be called after a push. Raises OutsideError where the workflow was not started; the next
        push tries again.
        """
        if not self.publish or self.publications is None:
            return ""
        why, now = self.publications.due()
        if why is None:
            return ""
        self.start(self.publish)
        self.publications.asked(now)
        return f"started {self.publish}: {why}"

    def keep_successor(self) -> str:
        """See to it that a successor waits; return what was done, empty for nothing.

        To be called after a push. Raises OutsideError as :meth:`have_published`.
        """
        if not self.successor or self.elapsed() < PROVEN:
            return ""
        return self._started()

    def hand_over(self, ended: Ended) -> str:
        """See to it at the end; return what was done, empty for nothing.

        Raises OutsideError where no successor was started.
        """
        if not self.successor or (self.handed and ended.stopped):
            return ""
        if ended.stopped:
            return f"told to stop, so {self.successor} is not started"
        if not ended.pushed and not ended.pushes:
            return f"nothing could be pushed, so {self.successor} is not started"
        return self._started()

    def _started(self) -> str:
        waiting = self.waits(self.successor)
        if waiting or (waiting is None and self.handed):
            return ""
        self.start(self.successor)
        again = " again" if self.handed else ""
        self.handed = True
        return f"started {self.successor}{again}: it goes on when this job is over"
