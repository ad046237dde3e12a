"""Pictures beside incident files: published below ``incidents/``, for the texts to link to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from statusgen.incident import INCIDENTS
from statusgen.run.places import Places

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
"""No SVG: it can hold a script, which would run with the rights of the site."""


def pictures(places: Places) -> Iterator[tuple[str, Path]]:
    """Yield each picture's address from the site's root, and its file.

    Links are not followed, and names with a dot or an underscore first are their author's alone.
    """
    root = places.content / INCIDENTS
    for place, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        for name in sorted(names):
            path = Path(place) / name
            wanted = path.suffix.lower() in PICTURES and not name.startswith((".", "_"))
            if wanted and path.is_file() and not path.is_symlink():
                yield f"{INCIDENTS}/{path.relative_to(root).as_posix()}", path
