"""What a job of GitHub Actions does beside checking: it has pages published, and hands over.

A relay is a chain of jobs of which each starts the next at its end. A job that was told to stop
starts none, or nobody could end the chain; nor does one that could push nothing all along, for its
successor could not either. A chain that broke is begun anew by the workflow's cron.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from statusgen.run.publications import Publications
from statusgen.run.watch import Ended


@dataclass
class Relay:
    """One job of a chain; without a successor, a job that has pages published."""

    start: Callable[[str], None]
    """Starts a workflow, named by its file. Raises OutsideError."""
    publish: str = ""
    """The workflow that builds and deploys; empty where this job starts none."""
    successor: str = ""
    """The workflow that goes on after this job; empty where none does."""
    publications: Publications | None = None

    def after_push(self) -> str:
        """Have pages published where that is due; return what was done, empty for nothing.

        Raises OutsideError where the workflow was not started; the next push tries again.
        """
        if not self.publish or self.publications is None:
            return ""
        why, now = self.publications.due()
        if why is None:
            return ""
        self.start(self.publish)
        self.publications.asked(now)
        return f"started {self.publish}: {why}"

    def hand_over(self, ended: Ended) -> str:
        """Start the successor where there is to be one; return what was done, empty for nothing.

        Raises OutsideError where it was not started.
        """
        if not self.successor:
            return ""
        if ended.stopped:
            return f"told to stop, so {self.successor} is not started"
        if not ended.pushed and not ended.pushes:
            return f"nothing could be pushed, so {self.successor} is not started"
        self.start(self.successor)
        return f"started {self.successor}"
