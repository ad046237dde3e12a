"""Canaries: well-known addresses whose answer proves that our own network works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from statusgen.base.states import Reason
from statusgen.probe.round import Attempt

QUORUM = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the canaries said at one time: id → did it answer?"""

    ok: Mapping[str, bool] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    """The canaries that had to be looked up in DNS."""

    @property
    def enough(self) -> bool:
        """Two answered, or all where fewer than two are configured."""
        return sum(self.ok.values()) >= min(QUORUM, len(self.ok))

    @property
    def dns(self) -> bool:
        """Whether DNS worked: a named canary answered, or none has a name."""
        return not self.named or any(self.ok[identifier] for identifier in self.named)

    @property
    def unanimous(self) -> bool:
        """Every canary answered."""
        return all(self.ok.values())


def answered(attempt: Attempt) -> bool:
    """Whether anything answered over the network in the expected protocol.

    Any HTTP status will do: the canary's health is not the question.
    """
    return attempt.code is not None or attempt.state in ("up", "degraded")


def net_ok(
    tries: Sequence[Attempt], before: Answers, after: Answers, *, mass: bool = False
) -> bool | None:
    """Whether our network can be trusted about these failed ``tries``; None without canaries.

    Both answers must reach the quorum. A failed lookup also needs proof that DNS worked. When
    nearly everything failed at once (``mass``), any doubt excuses it.
    """
    if not before.ok:
        return None
    if mass and not after.unanimous:
        return False
    if not (before.enough and after.enough):
        return False
    by_name = bool(tries) and tries[-1].reason == Reason.DNS
    return not by_name or (before.dns and after.dns)
