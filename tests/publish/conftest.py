"""Every scene as a site of its own, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from statusgen.publish.site import render_site
from statusgen.publish.writers import write_directory
from tests.doubles import published
from tests.publish import scenes


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every scene as a site of its own, below one folder."""
    out = tmp_path_factory.mktemp("sites")
    for name, scene in scenes.ALL.items():
        demonstration = name == "full"
        made = render_site(*scene(), demo="Made up.") if demonstration else scenes.site(scene)
        write_directory(made, out / name)
    return out


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """The folder over HTTP; every site stands under a path, like a project's page."""
    with published(folder) as address:
        yield address
