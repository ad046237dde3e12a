"""Addresses: relative ones between our pages, and which foreign ones may be linked at all."""

from __future__ import annotations

import re
from datetime import date

from statusgen.base.fields import link_fault
from statusgen.base.ids import path_segment

SEARCH = "assets/search.json"
"""What the search of all pages reads, from the site's root."""


def relative(page: str, target: str) -> str:
    """Return ``target`` (a path from the site's root) as seen from the published path ``page``.

    Relative addresses alone work at a domain's root, under ``/repo/`` and from a disk.
    """
    return "../" * page.count("/") + target or "./"


def component_path(identifier: str) -> str:
    """Return a component's address from the site's root."""
    return f"components/{path_segment(identifier)}/"


def incident_path(identifier: str) -> str:
    """Return an incident's address from the site's root."""
    return f"incidents/{path_segment(identifier)}/"


def window_path(identifier: str) -> str:
    """Return a maintenance window's address from the site's root."""
    return f"maintenance/{path_segment(identifier)}/"


def month_path(month: str) -> str:
    """Return the address of a month's incidents (``YYYY-MM``) from the site's root."""
    return f"history/{month}/"


def day_path(day: date) -> str:
    """Return the address of a day's page from the site's root."""
    return f"days/{day:%Y-%m-%d}/"


def report_path(identifier: str) -> str:
    """Return the address of the report of a period (``2026-10``) from the site's root."""
    return f"reports/{identifier}/"


def safe_link(url: str) -> str:
    """Return ``url`` where it is a plain http, https or mailto address, else an empty text."""
    return "" if link_fault(url, relative=False) else url


def navigation_link(page: str, href: str) -> str:
    """Return an operator's link as seen from ``page``: foreign, or a path from the site's root.

    Empty where it may not be linked.
    """
    if re.match(r"[^/?#]*:", href):
        return safe_link(href)
    path = href.lstrip("/")
    return "" if path and link_fault(path) else relative(page, path)
