"""Whether a repository wants the weekly look at vendors' pages: where a price says ``seen_at``."""

from __future__ import annotations

from statusgen.roadmap.seen import watched_prices
from statusgen.run.site import Site
from statusgen.setup.schedule_files import PRICES


def watches_prices(site: Site) -> bool:
    """Whether a roadmap names such a page.

    Where a roadmap cannot be read, what is there stays: a slip of the pen removes no workflow.
    """
    found = site.roadmaps
    if any(watched_prices(each) for each in found.roadmaps):
        return True
    return bool(found.problems) and (site.root / PRICES).exists()
