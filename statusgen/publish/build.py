"""From the files of a repository to the manifest of its site."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from statusgen.base.clock import Instant
from statusgen.base.errors import InputError, Problem
from statusgen.config.reader import find_config, load
from statusgen.config.schema import status_schema
from statusgen.config.settings import Kind, NavLink, Settings
from statusgen.history.store import HistoryStore
from statusgen.history.timeline import load_timeline
from statusgen.incident.files import load_incidents
from statusgen.publish.edition import Edition
from statusgen.publish.layout import plain_page
from statusgen.publish.machine import add_sitemap
from statusgen.publish.manifest import Asset, Manifest
from statusgen.publish.roadmaps.assets import SCRIPT, STYLE, script, style
from statusgen.publish.roadmaps.dossier import Library
from statusgen.publish.roadmaps.fragments import ProseText, render_fragments
from statusgen.publish.roadmaps.guide_dossier import WIZARD
from statusgen.publish.roadmaps.guide_site import guide_entries
from statusgen.publish.roadmaps.site import roadmap_entries
from statusgen.publish.site import render_edition
from statusgen.roadmap.guide_loader import load_guide
from statusgen.roadmap.loader import load_roadmaps
from statusgen.roadmap.model import Guide
from statusgen.roadmap.schema import guide_schema, roadmap_schema
from statusgen.status.compute import take_snapshot

CONTENT = Path("content")
ROADMAPS = Path("data/roadmaps")
GUIDE = Path("data/wizard.yml")


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build is told."""

    root: Path
    """The repository; relative paths begin here."""
    config: Path | None = None
    """None: ``data/status.yml``, else ``.upptimerc.yml``."""
    history: Path = Path("data/history")
    now: Instant | None = None
    """None: the instant of the newest round."""
    demo: str | None = None
    """A sentence saying that this is a demonstration."""


@dataclass(frozen=True, slots=True)
class Prose:
    """The pages that another engine puts beside ours."""

    navigation: Sequence[NavLink] = ()
    """The top of its navigation, as paths from the site's root."""
    paths: Sequence[str] = ()
    """The addresses of all its pages, from the site's root; for the sitemap."""
    texts: Sequence[ProseText] = ()
    """Its pages as written, for their fenced blocks."""


def build_manifest(
    options: BuildOptions, kinds: Sequence[Kind], prose: Prose | None = None
) -> Manifest:
    """Read configuration, history, incidents and roadmaps, and return everything to be published.

    A broken incident, roadmap or wizard must not stop the news of an outage: what is sound is
    published, and the problems stand in the manifest. Raises InputError with all faults of the
    configuration.
    """
    prose = prose or Prose()
    root = options.root
    settings = load(root / options.config if options.config else find_config(root), kinds)
    history = root / options.history
    now = _present(options.now, history)
    timeline = load_timeline(
        history,
        now=now,
        cadences={monitor.id: monitor.cadence for monitor in settings.monitors},
        max_gap=settings.history.max_gap,
    )
    loaded = load_incidents(
        root / CONTENT,
        history,
        components=[component.id for component in settings.components],
        zone=settings.site.timezone,
    )
    plans = load_roadmaps(root / ROADMAPS, str(ROADMAPS))
    guide, guide_problems = _guide(root)
    library = Library.of(plans.roadmaps, _day(now, settings), guide)
    edition = Edition.of(
        settings,
        take_snapshot(settings, timeline),
        loaded.incidents,
        demo=options.demo,
        navigation=_navigation(prose, library),
    )
    manifest = render_edition(edition)
    manifest.problems = (*loaded.problems, *plans.problems, *guide_problems)
    manifest.wrap = partial(plain_page, edition)
    _add_roadmaps(manifest, library, settings, prose)
    _add_schemas(manifest, kinds)
    add_sitemap(manifest, settings.site, prose.paths)
    return manifest


def _present(now: Instant | None, history: Path) -> Instant:
    """Return the instant to build for: the one given, else that of the newest round."""
    if now is not None:
        return now
    newest = HistoryStore(history).latest()
    return 0 if newest is None else newest.at


def _navigation(prose: Prose, library: Library) -> list[NavLink]:
    """Return what the header offers beside the status pages: roadmaps, then prose."""
    ours = [NavLink(title="Roadmaps", href="roadmaps/")] if library.dossiers else []
    if library.guide and not ours:
        ours = [NavLink(title="Wizard", href=WIZARD)]
    return [*ours, *prose.navigation]


def _guide(root: Path) -> tuple[Guide | None, Sequence[Problem]]:
    """Read the wizard's data where there is any, or what is wrong with it."""
    if not (root / GUIDE).exists():
        return None, ()
    try:
        return load_guide(root / GUIDE, str(GUIDE)), ()
    except InputError as error:
        return None, error.problems


def _add_roadmaps(manifest: Manifest, library: Library, settings: Settings, prose: Prose) -> None:
    """Add the pages of the roadmaps, and the blocks that prose shows of them."""
    components = [component.id for component in settings.components]
    manifest.fragments, problems = render_fragments(library, prose.texts, components)
    manifest.problems += tuple(problems)
    for entry in (*roadmap_entries(library, components), *guide_entries(library)):
        manifest.add(entry)
    if library.dossiers or library.guide:
        manifest.add(Asset(path=STYLE, content=style().encode(), source="the roadmaps"))
        manifest.add(Asset(path=SCRIPT, content=script().encode(), source="the roadmaps"))


def _add_schemas(manifest: Manifest, kinds: Sequence[Kind]) -> None:
    """Add the JSON Schemas of what people write, for editors to complete it from."""
    schemas = {
        "status": status_schema(kinds),
        "roadmap": roadmap_schema(),
        "wizard": guide_schema(),
    }
    for name, schema in schemas.items():
        text = json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
        manifest.add(Asset(path=f"schema/{name}.json", content=text.encode(), source="the schemas"))


def _day(now: Instant, settings: Settings) -> date | None:
    """Return the day on which prices and acceptances are judged; None before the first round."""
    return datetime.fromtimestamp(now, settings.site.timezone).date() if now else None
