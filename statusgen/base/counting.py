"""Whether maintenance is part of uptime."""

from __future__ import annotations

from enum import StrEnum


class Counting(StrEnum):
    """Whether the time of a maintenance window is part of uptime."""

    EXCLUDE = "exclude"
    COUNT = "count"
