"""The MkDocs plugin: the only module that imports MkDocs.

It puts a manifest's entries among MkDocs' files: assets as they are, pages as virtual pages whose
body never passes through Markdown. MkDocs gives them and the prose their chrome; the site's root
stays the status page's.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # read when Material is imported

from mkdocs.config import base, load_config
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage

from statusgen.base.clock import given_now
from statusgen.base.errors import InputError, StatusgenError
from statusgen.base.yamlwrite import quoted
from statusgen.incident import INCIDENTS, MAINTENANCE
from statusgen.incident.recognise import is_window
from statusgen.publish.assets import material_style
from statusgen.publish.build import BuildOptions, EnginePages, build_manifest
from statusgen.publish.manifest import Asset, Manifest, Page
from statusgen.publish.navigation import EnginePage, top_entries
from statusgen.publish.roadmaps.addresses import INDEX
from statusgen.publish.roadmaps.assets import SCRIPT, STYLE
from statusgen.publish.roadmaps.blocks import replace_blocks
from statusgen.publish.roadmaps.fragments import ProseText
from statusgen.publish.roadmaps.guide_dossier import WIZARD
from statusgen.publish.writers import check_folder, mark_folder
from statusgen.run.conflicts import conflict_in
from statusgen.words import Words

_STYLE = "assets/statusgen.css"
_OURS = ("404.html", "sitemap.xml")
"""What MkDocs' themes would publish in the place of ours."""
_HEADING = re.compile(r"^# +(.+?) *#*$", re.MULTILINE)
_log = logging.getLogger("mkdocs.plugins.statusgen")
_given: ContextVar[BuildOptions | None] = ContextVar("options of the command line", default=None)


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
    _words = Words.of()
    _robots = ""
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
        config.theme.static_templates.difference_update(_OURS)
        config.extra.setdefault("homepage", ".")
        if config.theme.name == "material":
            config.extra_css.insert(0, _STYLE)
        root = _root(config)
        options = self._options(root)
        for path in (options.config, Path("data"), options.history):
            if path is not None and (root / path).exists():
                config.watch.append(str(root / path))
        return config

    @event_priority(50)  # early, so that other plugins see our files
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take the data out of the pages, and add everything that we publish."""
        for file in list(files):
            of_theme = file.src_dir != config.docs_dir
            if _unwanted(file, of_theme=of_theme):
                files.remove(file)
            elif file.dest_uri == "index.html":
                raise PluginError(
                    f"{file.src_uri} in {config.docs_dir}: the site's root belongs to the status "
                    "page; name the file about.md, or put it in a folder"
                )
        theirs = {file.dest_uri.casefold(): file.src_uri for file in files}
        manifest = self._manifest(config, _engine_pages(files, config))
        self._fragments = manifest.fragments
        self._words = manifest.words
        self._robots = manifest.robots_meta
        self._full = frozenset(
            entry.path.removesuffix("index.html")
            for entry in manifest
            if isinstance(entry, Asset) and entry.path.endswith(".html")
        )
        if STYLE in manifest.entries:
            config.extra_css.append(STYLE)
            config.extra_javascript.append(SCRIPT)
        for entry in manifest:
            made = self._file(entry, config)
            clash = theirs.get(made.dest_uri.casefold())
            if clash is not None:
                raise PluginError(
                    f"/{made.dest_uri} would be published twice: from {clash} in {config.docs_dir} "
                    f"and by {entry.source or 'statusgen'}; rename the first"
                )
            files.append(made)
        if config.theme.name == "material":
            files.append(File.generated(config, _STYLE, content=material_style()))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Let the navigation begin as the status pages' own header does."""
        say = self._words.say
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
        if not pages:
            return None
        section = Section(self._words.say("chrome.roadmaps"), list(pages))
        for file in files.documentation_pages():
            if (
                file.src_uri.startswith((INDEX, WIZARD))
                and file.src_uri in self._bodies
                and file.page
            ):
                file.page.parent = section
        return section

    def on_page_markdown(
        self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Put a mark in the place of each fenced block; its HTML never passes through Markdown."""
        if not self._fragments.get(_shown(page.file, config)):
            return markdown
        return replace_blocks(markdown, _mark)

    def on_page_content(
        self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Give a virtual page its body, which is finished HTML; say what a demonstration is."""
        body = self._bodies.get(page.file.src_uri, html)
        fragments = self._fragments.get(_shown(page.file, config), ())
        for number, fragment in enumerate(fragments):
            mark = _mark(number)
            whole = f"<p>{mark}</p>"
            body = body.replace(whole if whole in body else mark, fragment, 1)
        demo = self._options(_root(config)).demo
        return f'<p class="statusgen-demo" role="note">{escape(demo)}</p>{body}' if demo else body

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Name Material's search dialogue, which it leaves without a name (WCAG 4.1.2).

        And tell robots what the owner tells them on our own pages.
        """
        if self._robots:
            tag = f'<meta name="robots" content="{escape(self._robots)}">'
            output = output.replace("</head>", f"{tag}</head>", 1)
        if "navigation.instant" in (config.theme.get("features") or ()):
            output = _fully_loaded(output, page.url, self._full)
        name = escape(self._words.say("chrome.search"))
        return output.replace('role="dialog">', f'role="dialog" aria-label="{name}">', 1)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Remove the compressed sitemap of an earlier build with MkDocs alone."""
        (Path(config.site_dir) / "sitemap.xml.gz").unlink(missing_ok=True)

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
            manifest = build_manifest(self._options(_root(config), Path(config.docs_dir)), beside)
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

    def _options(self, root: Path, content: Path | None = None) -> BuildOptions:
        given = _given.get()
        if given is not None:
            return replace(given, content=content)
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
    token = _given.set(options)
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
        _given.reset(token)
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


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent if config.config_file_path else Path()


def _engine_pages(files: Files, config: MkDocsConfig) -> EnginePages:
    """Return the author's pages, and the top of the navigation that leads to them."""
    pages = {
        file.src_uri: EnginePage(_title(file), _address(file))
        for file in files.documentation_pages()
    }
    texts = [
        ProseText(_shown(file, config), file.content_string, _address(file))
        for file in files.documentation_pages()
        if file.src_dir == config.docs_dir
    ]
    addresses = [page.address for page in pages.values()]
    return EnginePages(top_entries(config.nav, pages), addresses, texts)


def _shown(file: File, config: MkDocsConfig) -> str:
    """Name a file of prose as its author would."""
    return f"{Path(config.docs_dir).name}/{file.src_uri}"


def _unwanted(file: File, *, of_theme: bool) -> bool:
    if of_theme:
        return file.src_uri in _OURS
    return _is_data(file) or _conflicting(file)


def _is_data(file: File) -> bool:
    """Whether a file is an incident or a maintenance window; prose among them stays a page."""
    if file.src_uri.startswith(f"{MAINTENANCE}/") and file.is_documentation_page():
        return is_window(file.content_string)
    return file.src_uri.startswith(f"{INCIDENTS}/")


def _conflicting(file: File) -> bool:
    """Whether somebody's file holds a merge conflict; the site names it among its problems."""
    return file.abs_src_path is not None and conflict_in(Path(file.abs_src_path)) > 0


_ANCHOR = re.compile(r"""<a\b(?![^>]*\btarget=)([^>]*?\bhref=)(["']?)([^"'\s>]+)\2""")


def _fully_loaded(html: str, url: str, pages: frozenset[str]) -> str:
    """Let links to our own documents load them whole; ``url`` is the page's, from the root.

    Material's ``navigation.instant`` would else fetch them and look for its own parts in them. It
    leaves links with a target alone.
    """
    here = f"http://x/{url.removeprefix('./')}"

    def marked(found: re.Match[str]) -> str:
        leads = urlsplit(urljoin(here, unescape(found[3])))
        ours = leads.netloc == "x" and leads.path.lstrip("/") in pages
        return found[0].replace("<a", '<a target="_self"', 1) if ours else found[0]

    return _ANCHOR.sub(marked, html)


def _mark(number: int) -> str:
    """Return what stands for a fenced block while Markdown is at work."""
    return f"statusgenfencedblock{number}x"


def _title(file: File) -> str:
    found = _HEADING.search(file.content_string)
    return found[1] if found else file.name.replace("-", " ").capitalize()


def _address(file: File) -> str:
    return "" if file.url in (".", "./") else file.url
