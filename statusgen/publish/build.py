"""From the files of a repository to the manifest of its site."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from statusgen.base.clock import Instant
from statusgen.base.errors import InputError, Problem
from statusgen.config.schema import status_schema
from statusgen.config.settings import NavLink
from statusgen.gates.fuses import fuses
from statusgen.history.chain import head_of
from statusgen.history.pricelog import read_looks
from statusgen.incident.ordinals import load_known
from statusgen.probe.kinds import KINDS
from statusgen.publish.decisions import decisions_page
from statusgen.publish.edition import Edition
from statusgen.publish.engine_html import without_links
from statusgen.publish.layout import plain_page, status_line
from statusgen.publish.manifest import Asset, Manifest
from statusgen.publish.prose.site import Prose
from statusgen.publish.roadmaps.assets import SCRIPT, STYLE, script, style
from statusgen.publish.roadmaps.cited import cited
from statusgen.publish.roadmaps.dossier import Library
from statusgen.publish.roadmaps.feed import followed, roadmap_feeds
from statusgen.publish.roadmaps.fragments import ProseText, render_fragments
from statusgen.publish.roadmaps.site import roadmap_entries
from statusgen.publish.roadmaps.wizard_dossier import WIZARD
from statusgen.publish.roadmaps.wizard_site import wizard_entries
from statusgen.publish.search import manifest_pages, search_index
from statusgen.publish.site import render_edition
from statusgen.publish.sitefiles import add_sitemap
from statusgen.publish.wizard.page import ASKED, asking_entries
from statusgen.roadmap.schema import roadmap_schema, wizard_schema
from statusgen.run.incident_pictures import pictures
from statusgen.run.places import HISTORY
from statusgen.run.promises import Promises
from statusgen.run.reports import Reports
from statusgen.run.shown import shown
from statusgen.run.site import Site
from statusgen.setup.minutes import paid_minutes
from statusgen.wizard.schema import blueprint_schema
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

    ``beside``: the pages that another engine makes of prose; None: we make them.

    A broken incident, roadmap or wizard must not stop the news of an outage: what is sound is
    published, and the problems stand in the manifest. Raises InputError with all faults of the
    configuration.
    """
    site = options.site()
    if beside is not None and site.two_addresses:  # an engine would put both into its pages
        raise InputError(site.two_addresses)
    prose = Prose.of(site.places) if beside is None else None
    if prose is not None:
        beside = EnginePages(prose.navigation, (), prose.texts)
    assert beside is not None
    settings = site.settings
    words = Words.of(settings.site.language, own=settings.site.texts)
    promises = Promises(site)
    library = _library(site, promises, words)
    edition = _edition(options, site, promises, library, words, beside)
    manifest = render_edition(edition)
    manifest.words = edition.words.plain()
    manifest.doubtful = site.unknown_components
    manifest.problems = tuple(each for each in site.problems if each not in manifest.doubtful)
    manifest.wrap = partial(plain_page, edition)
    now = partial(status_line, edition)
    _add_roadmaps(manifest, library, site, beside, edition, now)
    if not _roadmaps_hidden(site):
        for asset in asking_entries(edition, [asked for _, asked in site.wizards[0]], WIZARD):
            manifest.add(asset)
    decided = decisions_page(site.places.content, words)
    if decided is not None:
        manifest.add(decided)
    _add_schemas(manifest)
    manifest.robots_meta = settings.site.robots_meta
    _add_own_files(manifest, site)
    if prose is not None:
        prose.add_to(manifest, words.say("chrome.on-this-page"))
    add_sitemap(manifest, settings.site, beside.paths)
    manifest.found = manifest_pages(manifest)
    manifest.add(search_index(manifest.found, manifest.words))
    return manifest


def _edition(
    options: BuildOptions,
    site: Site,
    promises: Promises,
    library: Library,
    words: Words,
    beside: EnginePages,
) -> Edition:
    """Gather what all pages share."""
    settings = site.settings
    return Edition.of(
        settings,
        site.snapshot,
        site.incidents.incidents,
        schedule=site.schedule,
        demo=options.demo,
        navigation=_navigation(beside, library, words, hidden=_roadmaps_hidden(site)),
        content=site.places.content,
        pictures=site.own_files.pictures,
        dress=site.dress,
        numbered=load_known(site.places.history),
        log=site.rounds,
        digest=shown(site),
        history_head=head_of(site.places.history),
        objectives=promises.objectives,
        gates=library.gates,
        reports=() if "reports" in settings.site.hide else Reports(site).all,
        readiness=library.readiness,
        lives=promises.lives if site.now else {},
        cited={} if _roadmaps_hidden(site) else cited(library),
        plans=() if _roadmaps_hidden(site) else followed(library),
    )


def _library(site: Site, promises: Promises, words: Words) -> Library:
    """Return the roadmaps with what is derived of them, and how their promises stand."""
    return Library.of(
        site.roadmaps.roadmaps,
        site.today,
        site.wizard[0],
        words,
        promises.gates if site.now else {},
        site.settings.site.timezone,
        promises.objectives,
        lives=promises.lives if site.now else {},
        components=site.snapshot.components,
        configuration=site.settings.file,
        site_url=site.settings.site.url or "",
        invoices={name: each.lines for name, each in site.invoices.items()},
        looks=read_looks(site.places.history),
        fuses={each.id: fuses(each, site.series[0], site.now) for each in site.roadmaps.roadmaps},
        minutes=paid_minutes(site.root),
    )


def _navigation(
    beside: EnginePages, library: Library, words: Words, *, hidden: bool
) -> list[NavLink]:
    """Return what the header offers beside the status pages: roadmaps, then prose."""
    ours: list[NavLink] = []
    if hidden:
        return [*beside.navigation]
    if library.dossiers:
        ours = [NavLink(title=words.say("chrome.roadmaps"), href="roadmaps/")]
    elif library.wizard:
        ours = [NavLink(title=words.say("chrome.wizard"), href=ASKED)]
    return [*ours, *beside.navigation]


def _add_roadmaps(
    manifest: Manifest,
    library: Library,
    site: Site,
    beside: EnginePages,
    edition: Edition,
    now: Callable[[str], str],
) -> None:
    """Add the pages of the roadmaps, and the blocks that prose shows of them."""
    components = list(site.component_ids)
    manifest.fragments, problems = render_fragments(library, beside.texts, components, now)
    manifest.problems += tuple(problems)
    if _roadmaps_hidden(site):
        manifest.fragments = {
            file: tuple(map(without_links, found)) for file, found in manifest.fragments.items()
        }
    else:
        for entry in (*roadmap_entries(library, components), *wizard_entries(library)):
            manifest.add(entry)
        for asset in roadmap_feeds(edition, library):
            manifest.add(asset)
    if library.dossiers or library.wizard:
        manifest.add(
            Asset(
                path=STYLE,
                content=style(site.settings.site.colours).encode(),
                source="the roadmaps",
            )
        )
        manifest.add(Asset(path=SCRIPT, content=script().encode(), source="the roadmaps"))


def _roadmaps_hidden(site: Site) -> bool:
    return "roadmaps" in site.settings.site.hide


_OWNERS = ("robots.txt", "cname", ".nojekyll")
"""What the owner may publish in the place of ours."""


def _add_own_files(manifest: Manifest, site: Site) -> None:
    """Add the owner's files; one that would take the place of a page of ours is named."""
    for address, path in pictures(site.places):
        manifest.add(Asset(path=address, content=path.read_bytes(), source=str(path)))
    for file in (*site.own_files.files, *site.dress.files):
        key = file.path.casefold()
        if key in manifest.entries and key not in _OWNERS:
            manifest.doubtful += (
                Problem(
                    f"is not published: /{file.path} is the place of a page of ours",
                    "rename it",
                    file.source,
                ),
            )
        elif key not in manifest.entries or _is_free(key, site):
            manifest.entries[key] = Asset(path=file.path, content=file.content, source=file.source)


def _is_free(key: str, site: Site) -> bool:
    """Whether the configuration says nothing itself of what one of the owner's files says."""
    ours = site.settings.site
    said = {"robots.txt": ours.robots or ours.refuses_index, "cname": ours.cname}
    return not said.get(key, "")


def _add_schemas(manifest: Manifest) -> None:
    """Add the JSON Schemas of what people write, for editors, and of what a wizard makes."""
    for name, content in _schemas().items():
        manifest.add(Asset(path=f"schema/{name}.json", content=content, source="the schemas"))


@cache
def _schemas() -> Mapping[str, bytes]:
    """Return them as files: the program's own, made once however often a preview builds."""
    schemas = {
        "status": status_schema(KINDS),
        "roadmap": roadmap_schema(),
        "wizard": wizard_schema(),
        "blueprint": blueprint_schema(),
    }
    return {
        name: f"{json.dumps(schema, indent=1, ensure_ascii=False)}\n".encode()
        for name, schema in schemas.items()
    }
