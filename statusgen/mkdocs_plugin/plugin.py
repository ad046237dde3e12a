"""What our plugin does at each step of a build with MkDocs."""

from __future__ import annotations

import logging
import os
from contextvars import ContextVar
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage

from statusgen.base.clock import given_now
from statusgen.base.errors import StatusgenError
from statusgen.base.files import write_atomic
from statusgen.base.yamlwrite import quoted
from statusgen.mkdocs_plugin.authors import (
    OURS,
    address_of,
    engine_pages,
    own_title,
    root_of,
    shown_name,
    unwanted,
)
from statusgen.mkdocs_plugin.fences import with_our_fence
from statusgen.mkdocs_plugin.theme import OUR_SCRIPT, OUR_STYLE, dress, page_menu
from statusgen.publish.assets import material_script, material_style
from statusgen.publish.build import BuildOptions, EnginePages, build_manifest
from statusgen.publish.engine_html import fully_loaded, in_head
from statusgen.publish.fence import PageBlocks, begin_page
from statusgen.publish.links import SEARCH
from statusgen.publish.manifest import Asset, Manifest, Page
from statusgen.publish.roadmaps.addresses import INDEX
from statusgen.publish.roadmaps.assets import SCRIPT, STYLE
from statusgen.publish.roadmaps.blocks import find_blocks, replace_blocks
from statusgen.publish.search import Found, read_page, search_index
from statusgen.publish.wizard.page import ASKED
from statusgen.run.pages_record import untouched_exports

_ICON = "assets/images/favicon.png"
"""Material's, where the owner named none."""
_log = logging.getLogger("mkdocs.plugins.statusgen")
given: ContextVar[BuildOptions | None] = ContextVar("options of the command line", default=None)
"""What a command of ours asked for; a build by MkDocs' own command finds nothing here."""


class PluginOptions(base.Config):  # type: ignore[no-untyped-call]
    """What may stand under ``statusgen:`` in ``mkdocs.yml``."""

    config = c.Optional(c.Type(str))
    """The configuration; default: ``data/status.yml``, else ``.upptimerc.yml``."""
    history = c.Type(str, default="data/history")
    """The folder of recorded rounds."""
    now = c.Optional(c.Type(str))
    """The instant to take for the present; default: SOURCE_DATE_EPOCH, else the newest round."""
    demo = c.Optional(c.Type(str))
    """A sentence saying that this is a demonstration."""


class StatusgenPlugin(BasePlugin[PluginOptions]):  # type: ignore[no-untyped-call]
    """Adds the status pages, feeds and roadmaps to a MkDocs site."""

    _previewing = False
    _published: Manifest = Manifest()
    """What this build publishes."""
    _full: frozenset[str] = frozenset()
    """Pages that are whole documents of our own: no script of the theme may fetch them."""
    _sound: Manifest | None = None
    """In a preview, what was last built without a fault."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Learn whether this is a preview, which a fault in a file must not end."""
        self._previewing = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Keep the root, the sitemap and the page for errors free; watch the data."""
        self._bodies: dict[str, str] = {}
        self._indexes: list[str] = []
        self._fragments: dict[str, tuple[str, ...]] = {}
        self._prose: list[Found] = []
        config.theme.static_templates.difference_update(OURS)
        config.extra.setdefault("homepage", ".")
        self._dressed = config.theme.name == "material" and dress(config)
        self._fenced = with_our_fence(config)
        root = root_of(config)
        options = self._options(root)
        for path in (options.config, Path("data"), options.history):
            if path is not None and (root / path).exists():
                config.watch.append(str(root / path))
        return config

    @event_priority(50)  # early, so that other plugins see our files
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take the data out of the pages, and add everything that we publish."""
        exported = self._exported(config)
        for file in list(files):
            of_theme = file.src_dir != config.docs_dir
            if unwanted(file, of_theme=of_theme) or (not of_theme and file.src_uri in exported):
                files.remove(file)
            elif file.dest_uri == "index.html":
                raise PluginError(
                    f"{file.src_uri} in {config.docs_dir}: the site's root belongs to the status "
                    "page; name the file about.md, or put it in a folder"
                )
        theirs = {file.dest_uri.casefold(): file.src_uri for file in files}
        beside, self._sections = engine_pages(files, config)
        manifest = self._manifest(config, beside)
        self._published, self._fragments = manifest, manifest.fragments
        if config.theme.name == "material" and config.theme.get("language") == "en":
            # "en" is what nobody chose; Material knows languages, not their regions.
            config.theme["language"] = manifest.words.code.partition("-")[0]
        self._full = frozenset(
            entry.path.removesuffix("index.html")
            for entry in manifest
            if isinstance(entry, Asset) and entry.path.endswith(".html")
        )
        if STYLE in manifest.entries:
            config.extra_css.append(STYLE)
            config.extra_javascript.append(SCRIPT)
        for entry in manifest:
            if entry.path.endswith(".md"):
                continue  # MkDocs would make a page of it; see on_post_build
            made = self._file(entry, config)
            clash = theirs.get(made.dest_uri.casefold())
            if clash is not None:
                raise PluginError(
                    f"/{made.dest_uri} would be published twice: from {clash} in {config.docs_dir} "
                    f"and by {entry.source or 'statusgen'}; rename the first"
                )
            files.append(made)
        if self._dressed:
            chrome = manifest.chrome
            style = material_style(chrome.theme, chrome.colours) if chrome else ""
            files.append(File.generated(config, OUR_STYLE, content=style))
            files.append(File.generated(config, OUR_SCRIPT, content=material_script()))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Let the navigation begin as the status pages' own header does."""
        say = self._published.words.say
        ours: list[StructureItem] = [
            Link(say("chrome.status"), "."),
            Link(say("chrome.incidents"), "history/"),
        ]
        section = self._roadmaps(files)
        named = {item.url.rstrip("/") for item in nav.items if isinstance(item, Link)}
        homes = {"", ".", (config.site_url or ".").rstrip("/")}
        if named & homes:  # the author's own word for the status page
            ours = ours[1:]
        nav.items[:0] = [*ours, section] if section else ours
        return nav

    def _roadmaps(self, files: Files) -> Section | None:
        """Gather the indexes of the roadmaps in a section, which all their pages belong to."""
        found = [files.get_file_from_path(source) for source in self._indexes]
        pages = [file.page for file in found if file is not None and file.page is not None]
        pages.sort(key=lambda page: page.file.src_uri != f"{INDEX}index.md")  # a tab leads to it
        if not pages:
            return None
        section = Section(self._published.words.say("chrome.roadmaps"), list(pages))
        for file in files.documentation_pages():
            if (
                file.src_uri.startswith((INDEX, ASKED))
                and file.src_uri in self._bodies
                and file.page
            ):
                file.page.parent = section
        return section

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Hand the HTML of the page's fenced blocks to who puts it there, not to Markdown.

        That is the formatter of SuperFences; without SuperFences, a mark stands in each place.
        """
        name = shown_name(page.file, config)
        made = self._fragments.get(name, ())
        if not self._fenced:
            return replace_blocks(markdown, _mark) if made else markdown
        texts = [block.text for block in find_blocks(markdown)]
        begin_page(PageBlocks(name, list(zip(texts, made, strict=False))))
        return markdown

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Give a virtual page its body, which is finished HTML; say what a demonstration is."""
        body = self._bodies.get(page.file.src_uri, html)
        begin_page(None)
        named = self._fragments.get(shown_name(page.file, config), ())
        fragments = () if self._fenced else named
        for number, fragment in enumerate(fragments):
            mark = _mark(number)
            whole = f"<p>{mark}</p>"
            body = body.replace(whole if whole in body else mark, fragment, 1)
        kind = "roadmap" if page.file.src_uri in self._bodies else "prose"
        address = address_of(page.file)
        if kind == "prose" and not (page.meta.get("search") or {}).get("exclude"):
            title = str(page.meta.get("title") or own_title(page.file))
            self._prose.append(read_page(title, address, kind, body))
        return body

    def on_page_context(
        self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        """Hand Material's templates the status pages' header and footer."""
        chrome = self._published.chrome
        if chrome is None or not self._dressed:
            return context
        path = page.file.dest_uri
        ours = page.file.src_uri in self._bodies
        around = chrome.around(path, None if ours else self._sections.get(page.file.src_uri, ""))
        title = self._published.words.say("chrome.on-this-page")
        context["statusgen"] = {
            "header": around.header,
            "footer": around.footer,
            "menu": page_menu(page, title),
        }
        if not page.ancestors:  # a sidebar would name this page alone
            page.meta["hide"] = [*(page.meta.get("hide") or ()), "navigation"]
        if config.theme.get("favicon", _ICON) in (_ICON, None):
            config.theme["favicon"] = chrome.icon("index.html")
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Add the feeds, the header's script and the owner's word to robots."""
        chrome, path = self._published.chrome, page.file.dest_uri
        if chrome is not None and self._dressed:
            tags, robots = chrome.around(path).head, self._published.robots_meta
            output = in_head(output, path, OUR_SCRIPT, tags, robots, chrome.scheme())
        else:  # Material's search dialogue has no name (WCAG 4.1.2)
            name = escape(self._published.words.say("chrome.search"))
            output = output.replace('role="dialog">', f'role="dialog" aria-label="{name}">', 1)
        if "navigation.instant" in (config.theme.get("features") or ()):
            output = fully_loaded(output, page.url, self._full)
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search's index; remove the sitemap of an earlier build with MkDocs alone."""
        (Path(config.site_dir) / "sitemap.xml.gz").unlink(missing_ok=True)
        sitemap = self._published.entries.get("sitemap.xml")
        if config.theme.name == "material" and isinstance(sitemap, Asset):
            # Material takes each feed for a translation, and asks for the sitemap beside it.
            write_atomic(Path(config.site_dir) / "history/sitemap.xml", sitemap.content)
        for entry in self._published:
            if isinstance(entry, Asset) and entry.path.endswith(".md"):
                write_atomic(Path(config.site_dir) / entry.path, entry.content, durable=False)
        pages = [*self._published.found, *self._prose]
        index = search_index(pages, self._published.words)
        write_atomic(Path(config.site_dir) / SEARCH, index.content, durable=False)

    def _file(self, entry: Asset | Page, config: MkDocsConfig) -> File:
        if isinstance(entry, Asset):
            return File.generated(
                config, entry.path, content=entry.content, inclusion=InclusionLevel.INCLUDED
            )
        source = entry.path.removesuffix(".html") + ".md"
        self._bodies[source] = entry.body
        # The theme's templates do not escape titles.
        title, about = (" ".join(escape(text).split()) for text in (entry.title, entry.description))
        head = f"title: {quoted(title)}\ndescription: {quoted(about)}\n"
        if entry.in_navigation:
            self._indexes.append(source)
        if entry.wide:
            head += "hide: [navigation, toc]\n"
        content = f"---\n{head}---\n"
        # Ours are put into the navigation by name, whatever `nav:` says.
        return File.generated(config, source, content=content, inclusion=InclusionLevel.NOT_IN_NAV)

    def _manifest(self, config: MkDocsConfig, beside: EnginePages) -> Manifest:
        try:
            manifest = build_manifest(self._options(root_of(config), Path(config.docs_dir)), beside)
        except StatusgenError as error:
            if self._previewing and self._sound is not None:
                _log.info("error: %s\nThe preview still shows the last sound state.", error)
                return self._sound
            raise PluginError(str(error)) from error
        self._sound = manifest
        for problem in manifest.problems:
            _log.warning("error: %s; not published", problem)
        for problem in manifest.doubtful:
            _log.warning("error: %s", problem)
        return manifest

    def _exported(self, config: MkDocsConfig) -> frozenset[str]:
        """Return which files an export for another engine left among the pages."""
        try:
            return untouched_exports(root_of(config), Path(config.docs_dir))
        except StatusgenError as error:
            raise PluginError(str(error)) from error

    def _options(self, root: Path, content: Path | None = None) -> BuildOptions:
        told = given.get()
        if told is not None:
            return replace(told, content=content)
        try:
            now = given_now(self.config.now, os.environ)
        except ValueError as error:
            raise PluginError(f"statusgen: now: {error}") from error
        return BuildOptions(
            root=root,
            config=Path(self.config.config) if self.config.config else None,
            history=Path(self.config.history),
            now=now,
            demo=self.config.demo,
            content=content,
        )


def _mark(number: int) -> str:
    """Return what stands for a fenced block while Markdown is at work."""
    return f"statusgenfencedblock{number}x"
