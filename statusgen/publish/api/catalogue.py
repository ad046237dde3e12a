"""Where programs find what there is: ``/.well-known/api-catalog`` (RFC 9727)."""

from __future__ import annotations

from urllib.parse import urlsplit

from statusgen.publish.api.facts import json_asset
from statusgen.publish.edition import Edition
from statusgen.publish.manifest import Asset

PATH = ".well-known/api-catalog"


def api_catalogue(edition: Edition) -> Asset | None:
    """Return the catalogue; None where the site is not at the root of a host.

    Elsewhere ``/.well-known/`` is not ours to write to.
    """
    url = edition.settings.site.url
    if not url or urlsplit(url).path != "/":
        return None

    def entry(anchor: str, *schemas: str) -> dict[str, object]:
        described = [
            {"href": f"{url}schema/api/{name}.json", "type": "application/schema+json"}
            for name in schemas
        ]
        return {
            "anchor": url + anchor,
            "service-desc": described,
            "service-doc": [{"href": f"{url}api/", "type": "text/html"}],
            "status": [{"href": f"{url}api/v2/status.json", "type": "application/json"}],
        }

    document = {
        "linkset": [
            entry("api/v2/", "statuspage"),
            entry("history/summary.json", "upptime-summary"),
            entry("freshness.json", "freshness"),
            entry("badges/", "shield"),
            *([entry("reports/", "report")] if edition.reports else []),
            entry("metrics.txt"),
        ]
    }
    return json_asset(PATH, document)
