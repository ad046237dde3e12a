"""From the files of a repository to the manifest of its site."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from statusgen.base.clock import Instant
from statusgen.config.schema import status_schema
from statusgen.config.settings import NavLink
from statusgen.probe.kinds import KINDS
from statusgen.publish.edition import Edition
from statusgen.publish.layout import plain_page
from statusgen.publish.manifest import Asset, Manifest
from statusgen.publish.roadmaps.assets import SCRIPT, STYLE, script, style
from statusgen.publish.roadmaps.dossier import Library
from statusgen.publish.roadmaps.fragments import ProseText, render_fragments
from statusgen.publish.roadmaps.guide_dossier import WIZARD
from statusgen.publish.roadmaps.guide_site import guide_entries
from statusgen.publish.roadmaps.site import roadmap_entries
from statusgen.publish.site import render_edition
from statusgen.publish.sitefiles import add_sitemap
from statusgen.roadmap.schema import guide_schema, roadmap_schema
from statusgen.run.places import HISTORY
from statusgen.run.site import Site
from statusgen.words import Words


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build is told."""

    root: Path
    """The repository; relative paths begin here."""
    config: Path | None = None
    """None: ``data/status.yml``, else ``.upptimerc.yml``."""
    history: Path = HISTORY
    now: Instant | None = None
    """None: the instant of the newest round."""
    demo: str | None = None
    """A sentence saying that this is a demonstration."""
    content: Path | None = None
    """None: as ``mkdocs.yml`` says, else ``content/``."""

    def site(self) -> Site:
        """Return the site as it stands on the disk now."""
        return Site(self.root, self.config, self.history, self.now, self.content)


@dataclass(frozen=True, slots=True)
class EnginePages:
    """The pages that another engine puts beside ours."""

    navigation: Sequence[NavLink] = ()
    """The top of its navigation, as paths from the site's root."""
    paths: Sequence[str] = ()
    """The addresses of all its pages, from the site's root; for the sitemap."""
    texts: Sequence[ProseText] = ()
    """Its pages as written, for their fenced blocks."""


def build_manifest(options: BuildOptions, beside: EnginePages | None = None) -> Manifest:
    """Read configuration, history, incidents and roadmaps, and return everything to be published.

    A broken incident, roadmap or wizard must not stop the news of an outage: what is sound is
    published, and the problems stand in the manifest. Raises InputError with all faults of the
    configuration.
    """
    beside = beside or EnginePages()
    site = options.site()
    settings = site.settings
    wizard, _ = site.wizard
    library = Library.of(site.roadmaps.roadmaps, site.today, wizard)
    edition = Edition.of(
        settings,
        site.snapshot,
        site.incidents.incidents,
        schedule=site.schedule,
        demo=options.demo,
        navigation=_navigation(beside, library, Words.of(settings.site.language)),
    )
    manifest = render_edition(edition)
    manifest.words = edition.words.plain()
    manifest.doubtful = site.unknown_components
    manifest.problems = tuple(each for each in site.problems if each not in manifest.doubtful)
    manifest.wrap = partial(plain_page, edition)
    _add_roadmaps(manifest, library, site, beside)
    _add_schemas(manifest)
    add_sitemap(manifest, settings.site, beside.paths)
    return manifest


def _navigation(beside: EnginePages, library: Library, words: Words) -> list[NavLink]:
    """Return what the header offers beside the status pages: roadmaps, then prose."""
    ours: list[NavLink] = []
    if library.dossiers:
        ours = [NavLink(title=words.say("chrome.roadmaps"), href="roadmaps/")]
    elif library.guide:
        ours = [NavLink(title=words.say("chrome.wizard"), href=WIZARD)]
    return [*ours, *beside.navigation]


def _add_roadmaps(manifest: Manifest, library: Library, site: Site, beside: EnginePages) -> None:
    """Add the pages of the roadmaps, and the blocks that prose shows of them."""
    components = list(site.component_ids)
    manifest.fragments, problems = render_fragments(library, beside.texts, components)
    manifest.problems += tuple(problems)
    for entry in (*roadmap_entries(library, components), *guide_entries(library)):
        manifest.add(entry)
    if library.dossiers or library.guide:
        manifest.add(Asset(path=STYLE, content=style().encode(), source="the roadmaps"))
        manifest.add(Asset(path=SCRIPT, content=script().encode(), source="the roadmaps"))


def _add_schemas(manifest: Manifest) -> None:
    """Add the JSON Schemas of what people write, for editors to complete it from."""
    schemas = {
        "status": status_schema(KINDS),
        "roadmap": roadmap_schema(),
        "wizard": guide_schema(),
    }
    for name, schema in schemas.items():
        text = json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
        manifest.add(Asset(path=f"schema/{name}.json", content=text.encode(), source="the schemas"))
