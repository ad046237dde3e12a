"""Templates made into Python when a wheel is built, so that no build of a site begins with that.

Compiling forty templates is a tenth of a small site's build. What was made is named after the
template's text, our settings and Jinja's version: a template that was edited, or another Jinja,
finds nothing of its name and is compiled as ever. ``hatch_build.py`` puts it into the wheel, and
for an editable installation beside the packages, never into the checkout. This module is all that
a build of the wheel imports of the program.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, MutableMapping
from functools import cache
from importlib import metadata
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
)

FOLDER = "statusgen/publish/_compiled"
"""Where it stands in a wheel."""
_HERE = Path(__file__).parent
_TEMPLATES = (_HERE / "templates", _HERE / "roadmaps" / "templates")
_FILTERS = ("code", "dashed", "sentence")
"""Those of our own (``templating``): a template that names one is compiled without knowing it."""
_SETTINGS: dict[str, Any] = {
    "keep_trailing_newline": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
}


def environment() -> Environment:
    """Return the environment of all our templates: what is unknown in one is an error."""
    found = ChoiceLoader([FileSystemLoader(folder) for folder in _TEMPLATES])
    return Environment(
        loader=_Ready(found), autoescape=True, undefined=StrictUndefined, **_SETTINGS
    )


def compiled() -> Iterator[tuple[str, str]]:
    """Yield the file name and the Python of each template."""
    made = environment()
    assert made.loader is not None
    made.filters |= dict.fromkeys(_FILTERS, _later)
    for name in made.list_templates():
        source, _, _ = made.loader.get_source(made, name)
        yield _file_name(name, source), made.compile(source, name, name, raw=True)


class _Ready(BaseLoader):
    """Takes what was made of just this template, else compiles it."""

    def __init__(self, found: BaseLoader) -> None:
        self._found = found

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        return self._found.get_source(environment, template)

    def list_templates(self) -> list[str]:
        return self._found.list_templates()

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's name
    ) -> Template:
        source, _, current = self.get_source(environment, name)
        folder = _folder()
        path = folder / _file_name(name, source) if folder else None
        if path is None or not path.is_file():
            return self._found.load(environment, name, globals)
        code = SourceFileLoader(path.stem, str(path)).get_code(path.stem)
        assert code is not None
        return environment.template_class.from_code(environment, code, globals or {}, current)


def _later(*_: object) -> Any:
    """Stand for a filter; Jinja leaves to the page what it cannot work out beforehand."""
    raise NotImplementedError


@cache
def _folder() -> Path | None:
    """Return where the compiled templates of this installation are; None where it has none."""
    beside = _HERE / Path(FOLDER).name
    if beside.is_dir():
        return beside
    try:
        installed = Path(str(metadata.distribution("statusgen").locate_file(FOLDER)))
    except metadata.PackageNotFoundError:
        return None
    return installed if installed.is_dir() else None


def _file_name(name: str, source: str) -> str:
    told = repr((jinja2.__version__, sorted(_SETTINGS.items()), name, source))
    digest = hashlib.sha256(told.encode()).hexdigest()[:16]
    return f"{re.sub('[^a-z0-9]', '_', name)}_{digest}.py"
