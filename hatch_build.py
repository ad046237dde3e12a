"""What a wheel holds beside the files of the repository: the templates of pages, compiled."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledTemplates(BuildHookInterface[Any]):
    """Compiles them where Jinja is at hand; an installation that only checks needs no pages."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the compiled templates as files of the wheel; ``version`` may be ``editable``."""
        sys.path.insert(0, self.root)
        try:
            from statusgen.publish.precompiled import FOLDER, compiled
        except ModuleNotFoundError as error:
            if error.name != "jinja2":
                raise
            return
        finally:
            sys.path.remove(self.root)
        self._made = TemporaryDirectory()
        included = "force_include_editable" if version == "editable" else "force_include"
        for name, text in compiled():
            path = Path(self._made.name, name)
            path.write_text(text, encoding="utf-8")
            build_data[included][str(path)] = f"{FOLDER}/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what is in the wheel now."""
        made = getattr(self, "_made", None)
        if made is not None:
            made.cleanup()
