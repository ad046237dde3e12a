"""The roadmaps of ``tests/fixtures/site``, read and rendered once."""

from __future__ import annotations

from datetime import date

import pytest

from statusgen.publish.manifest import Asset, Manifest, Page
from statusgen.publish.roadmaps.dossier import Library
from statusgen.publish.roadmaps.site import roadmap_entries
from statusgen.roadmap.loader import load_roadmaps
from tests.fixtures import SITE

ROOT = SITE
COMPONENTS = ("apex-api", "suoops-api", "suoops-web")


@pytest.fixture(scope="session")
def library() -> Library:
    loaded = load_roadmaps(ROOT / "data/roadmaps", "data/roadmaps")
    assert loaded.problems == ()
    return Library.of(loaded.roadmaps, date(2026, 11, 21))


@pytest.fixture(scope="session")
def manifest(library: Library) -> Manifest:
    made = Manifest()
    for entry in roadmap_entries(library, COMPONENTS):
        made.add(entry)
    return made


def body(manifest: Manifest, path: str) -> str:
    """Return the body of the page at a folder below ``roadmaps/``."""
    page = manifest.entries[f"roadmaps/{path}index.html"]
    assert isinstance(page, Page)
    return page.body


def content(manifest: Manifest, path: str) -> str:
    """Return the text of an asset below ``roadmaps/``."""
    asset = manifest.entries[f"roadmaps/{path}"]
    assert isinstance(asset, Asset)
    return asset.content.decode()
