"""All files for programs, and the pages that document them."""

from __future__ import annotations

from collections.abc import Iterator

from statusgen.publish.api.badges import badge_files
from statusgen.publish.api.catalogue import api_catalogue
from statusgen.publish.api.graphs import graph_files
from statusgen.publish.api.guide import badge_page, guide_page
from statusgen.publish.api.metrics import metrics
from statusgen.publish.api.plain import plain_files
from statusgen.publish.api.promises import promise_files
from statusgen.publish.api.schemas import api_schemas
from statusgen.publish.api.statuspage import statuspage_files
from statusgen.publish.api.upptime import upptime_files
from statusgen.publish.edition import Edition
from statusgen.publish.manifest import Asset
from statusgen.publish.sitefiles import freshness
from statusgen.publish.vantages import vantage_files


def api_files(edition: Edition) -> Iterator[Asset]:
    """Return everything that programs read, ``freshness.json`` too."""
    found: dict[str, Asset] = {}

    def entries() -> Iterator[Asset]:
        yield freshness(edition)
        yield from statuspage_files(edition)
        yield from upptime_files(edition)
        yield from plain_files(edition)
        yield metrics(edition)
        yield from promise_files(edition)
        yield from vantage_files(edition)
        catalogue = api_catalogue(edition)
        if catalogue is not None:
            yield catalogue
        yield from badge_files(edition)
        yield from graph_files(edition)

    for entry in entries():
        found[entry.path] = entry
        yield entry
    yield guide_page(edition, found)
    yield badge_page(edition)
    yield from api_schemas()
