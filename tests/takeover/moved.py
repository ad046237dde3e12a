"""Bringing a find into an empty folder, and what stands there afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from statusgen.base.clock import parse_instant
from statusgen.config.settings import Monitor
from statusgen.run.brought import Brought, bring
from statusgen.run.site import Site
from statusgen.takeover.found import Found

NOW = parse_instant("2026-11-20T12:00:00Z")


def moved(root: Path, found: Found) -> tuple[Brought, Site]:
    """Bring a find into ``root``; return what was said and the site that is there then."""
    return bring(root, found, now=NOW), Site(root, given_now=NOW)


def by_id(site: Site) -> dict[str, Monitor]:
    """Return the monitors that are configured."""
    return {monitor.id: monitor for monitor in site.settings.monitors}


def told(brought: Brought) -> Sequence[str]:
    """Return what was not taken over, each in a line."""
    return [str(problem) for problem in brought.left]
