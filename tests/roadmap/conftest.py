"""Hypothesis looks for wrong answers here, not for slow ones: machines differ."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")
