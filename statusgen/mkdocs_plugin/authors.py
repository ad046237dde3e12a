"""The files that MkDocs found: which are pages of their authors, and what they are called."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from statusgen.config.settings import NavLink
from statusgen.incident import INCIDENTS, MAINTENANCE
from statusgen.incident.recognise import is_window
from statusgen.publish.build import EnginePages
from statusgen.publish.navigation import EnginePage, sections, top_entries
from statusgen.publish.roadmaps.fragments import ProseText
from statusgen.run.conflicts import conflict_in

OURS = ("404.html", "sitemap.xml")
"""What MkDocs' themes would publish in the place of ours."""
_HEADING = re.compile(r"^# +(.+?) *#*$", re.MULTILINE)


def root_of(config: MkDocsConfig) -> Path:
    """Return the repository: where ``mkdocs.yml`` stands."""
    return Path(config.config_file_path).parent if config.config_file_path else Path()


def engine_pages(files: Files, config: MkDocsConfig) -> tuple[EnginePages, dict[str, str]]:
    """Return the author's pages with the top of the navigation, and which entry each belongs to."""
    pages = {
        file.src_uri: EnginePage(own_title(file), address_of(file))
        for file in files.documentation_pages()
    }
    texts = [
        ProseText(shown_name(file, config), file.content_string, address_of(file))
        for file in files.documentation_pages()
        if file.src_dir == config.docs_dir
    ]
    addresses = [page.address for page in pages.values()]
    entries = top_entries(config.nav, pages)
    if config.repo_url:
        entries.append(NavLink(title=config.repo_name or config.repo_url, href=config.repo_url))
    return EnginePages(entries, addresses, texts), sections(config.nav, pages)


def shown_name(file: File, config: MkDocsConfig) -> str:
    """Name a file of prose as its author would."""
    return f"{Path(config.docs_dir).name}/{file.src_uri}"


def unwanted(file: File, *, of_theme: bool) -> bool:
    """Whether a file is no page of its author, or would take the place of one of ours."""
    if of_theme:
        return file.src_uri in OURS
    return _is_data(file) or _conflicting(file)


def _is_data(file: File) -> bool:
    """Whether a file is an incident or a maintenance window; prose among them stays a page."""
    if file.src_uri.startswith(f"{MAINTENANCE}/") and file.is_documentation_page():
        return is_window(file.content_string)
    return file.src_uri.startswith(f"{INCIDENTS}/")


def _conflicting(file: File) -> bool:
    """Whether somebody's file holds a merge conflict; the site names it among its problems."""
    return file.abs_src_path is not None and conflict_in(Path(file.abs_src_path)) > 0


def own_title(file: File) -> str:
    """Return what a page calls itself, whatever the navigation calls it."""
    found = _HEADING.search(file.content_string)
    return found[1] if found else file.name.replace("-", " ").capitalize()


def address_of(file: File) -> str:
    """Return a page's address from the site's root."""
    return "" if file.url in (".", "./") else file.url
