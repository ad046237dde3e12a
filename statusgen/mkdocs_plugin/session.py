"""A build or a preview with MkDocs, started by our own commands."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from statusgen.base.errors import InputError, StatusgenError
from statusgen.mkdocs_plugin.plugin import StatusgenPlugin, given
from statusgen.publish.build import BuildOptions
from statusgen.publish.writers import check_folder, mark_folder


def build_with_mkdocs(mkdocs_file: Path, out: Path, options: BuildOptions) -> None:
    """Build the site with MkDocs, in this process.

    Raises InputError for what people wrote, and for a folder ``out`` that no build of ours made
    (MkDocs would empty it); StatusgenError where MkDocs gives up.
    """
    from mkdocs.commands.build import build

    check_folder(out)
    with _session(options):
        config = load_config(str(mkdocs_file), site_dir=str(out.absolute()))
        _require_plugin(config, mkdocs_file)
        mark_folder(out, [])
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    mark_folder(out, _written(out))


def serve_with_mkdocs(mkdocs_file: Path, address: str, options: BuildOptions) -> None:
    """Serve the site at ``host:port`` and rebuild it when a file changes, until interrupted."""
    from mkdocs.commands.serve import serve

    logging.getLogger("mkdocs").setLevel(logging.INFO)
    with _session(options):
        _require_plugin(load_config(str(mkdocs_file)), mkdocs_file)
        serve(str(mkdocs_file), dev_addr=address)


@contextmanager
def _session(options: BuildOptions) -> Iterator[None]:
    """Hand ``options`` to the plugin, fix MkDocs' clock, and turn its errors into ours."""
    token = given.set(options)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(options.now or 0)
    log = logging.getLogger("mkdocs")
    teller = _Teller()
    log.addHandler(teller)
    try:
        yield
    except (Abort, ConfigurationError) as error:
        ours = _own_error(error)
        if ours is not None:
            raise ours from None
        raise StatusgenError("\n".join([*teller.errors, str(error)])) from error
    finally:
        log.removeHandler(teller)
        given.reset(token)
        if epoch is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = epoch


class _Teller(logging.StreamHandler[Any]):
    """Prints what MkDocs logs, but keeps its errors for the exception that follows."""

    def __init__(self) -> None:
        super().__init__()
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR:
            self.errors.append(record.getMessage())
        else:
            super().emit(record)


def _own_error(error: BaseException | None) -> StatusgenError | None:
    """Find the error of ours that made MkDocs give up."""
    while error is not None:
        if isinstance(error, StatusgenError):
            return error
        error = error.__cause__ or error.__context__
    return None


def _require_plugin(config: MkDocsConfig, mkdocs_file: Path) -> None:
    if not any(isinstance(plugin, StatusgenPlugin) for plugin in config.plugins.values()):
        raise InputError(f"{mkdocs_file}: plugins: statusgen is missing; write - statusgen there")


def _written(out: Path) -> list[str]:
    return [path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()]
