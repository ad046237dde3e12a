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
from html import escape
from pathlib import Path
from typing import Any

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
from mkdocs.utils import get_relative_url

from statusgen.base.clock import given_now
from statusgen.base.errors import InputError, StatusgenError
from statusgen.base.files import write_atomic
from statusgen.base.yamlwrite import quoted
from statusgen.config.settings import NavLink
from statusgen.incident import INCIDENTS, MAINTENANCE
from statusgen.incident.recognise import is_window
from statusgen.publish.assets import material_style, shell_script
from statusgen.publish.build import BuildOptions, EnginePages, build_manifest
from statusgen.publish.chrome import MenuEntry, menu
from statusgen.publish.engine_html import fully_loaded, in_head
from statusgen.publish.links import SEARCH
from statusgen.publish.manifest import Asset, Manifest, Page
from statusgen.publish.navigation import EnginePage, sections, top_entries
from statusgen.publish.roadmaps.addresses import INDEX
from statusgen.publish.roadmaps.assets import SCRIPT, STYLE
from statusgen.publish.roadmaps.blocks import replace_blocks
from statusgen.publish.roadmaps.fragments import ProseText
from statusgen.publish.roadmaps.wizard_dossier import WIZARD
from statusgen.publish.search import Found, read_page, search_index
from statusgen.publish.writers import check_folder, mark_folder
from statusgen.run.conflicts import conflict_in

_STYLE, _SCRIPT = "assets/statusgen.css", "assets/statusgen.js"
_PARTIALS = Path(__file__).parent / "publish" / "material"
"""Material's templates in our form; an owner's own ones go before them."""
_ICON = "assets/images/favicon.png"
"""Material's, where the owner named none."""
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
        config.theme.static_templates.difference_update(_OURS)
        config.extra.setdefault("homepage", ".")
        self._dressed = config.theme.name == "material" and _dress(config)
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
        beside, self._sections = _engine_pages(files, config)
        manifest = self._manifest(config, beside)
        self._published, self._fragments = manifest, manifest.fragments
        if config.theme.name == "material" and config.theme.get("language") == "en":
            config.theme["language"] = manifest.words.code  # "en" is what nobody chose
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
            files.append(File.generated(config, _STYLE, content=style))
            files.append(File.generated(config, _SCRIPT, content=str(shell_script())))
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
        path = page.file.dest_uri
        kind = "roadmap" if page.file.src_uri in self._bodies else "prose"
        address = _address(page.file)
        if kind == "prose" and not (page.meta.get("search") or {}).get("exclude"):
            self._prose.append(read_page(str(page.title or path), address, kind, body))
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
            "menu": _menu(page, title),
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
            output = in_head(output, path, _SCRIPT, tags, robots, chrome.scheme())
        else:  # Material's search dialogue has no name (WCAG 4.1.2)
            name = escape(self._published.words.say("chrome.search"))
            output = output.replace('role="dialog">', f'role="dialog" aria-label="{name}">', 1)
        if "navigation.instant" in (config.theme.get("features") or ()):
            output = fully_loaded(output, page.url, self._full)
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search's index; remove the sitemap of an earlier build with MkDocs alone."""
        (Path(config.site_dir) / "sitemap.xml.gz").unlink(missing_ok=True)
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


def _engine_pages(files: Files, config: MkDocsConfig) -> tuple[EnginePages, dict[str, str]]:
    """Return the author's pages with the top of the navigation, and which entry each belongs to."""
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
    entries = top_entries(config.nav, pages)
    if config.repo_url:
        entries.append(NavLink(title=config.repo_name or config.repo_url, href=config.repo_url))
    return EnginePages(entries, addresses, texts), sections(config.nav, pages)


def _dress(config: MkDocsConfig) -> bool:
    """Give Material the status pages' header, footer, colours and type, whatever was configured.

    Templates that the owner wrote in ``custom_dir`` go before ours; who has a header of their own
    there keeps Material as they made it. Returns whether the header is ours.
    """
    theme = config.theme
    custom = Path(theme.custom_dir) if theme.custom_dir else None
    if custom and (custom / "partials" / "header.html").exists():
        return False
    theme.dirs.insert(1 if custom else 0, str(_PARTIALS))
    config.extra_css.insert(0, _STYLE)
    theme["palette"], theme["font"] = None, False
    theme["features"] = sorted({*(theme.get("features") or ()), "navigation.tabs"})
    for name, plugin in config.plugins.items():
        if name.rpartition("/")[2] == "search" and "enabled" in plugin.config:
            plugin.config["enabled"] = False
    return True


def _menu(page: MkDocsPage, title: str) -> str:
    """Return a menu of the page's section and of its headings, where there are sidebars."""
    hidden = (page.meta or {}).get("hide") or ()
    top = next(iter(reversed(list(page.ancestors))), None)
    entries: list[MenuEntry] = []
    if isinstance(top, Section) and "navigation" not in hidden:
        entries = [_menu_entry(each, page) for each in top.children]
    headings = [MenuEntry(each.title, each.url) for each in page.toc if each.level > 1]
    headings += [
        MenuEntry(each.title, each.url)
        for one in page.toc
        for each in one.children
        if one.level == 1
    ]
    if len(headings) > 1 and "toc" not in hidden:
        entries.append(MenuEntry(title, "", children=tuple(headings)))
    name = top.title if isinstance(top, Section) and len(entries) > 1 else title
    return menu(name, entries) if entries else ""


def _menu_entry(item: StructureItem, page: MkDocsPage) -> MenuEntry:
    if isinstance(item, Section):
        inner = tuple(_menu_entry(each, page) for each in item.children)
        return MenuEntry(item.title, "", children=inner)
    href = get_relative_url(str(getattr(item, "url", "") or ""), page.url)
    return MenuEntry(str(item.title or ""), href, item is page)


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


def _mark(number: int) -> str:
    """Return what stands for a fenced block while Markdown is at work."""
    return f"statusgenfencedblock{number}x"


def _title(file: File) -> str:
    found = _HEADING.search(file.content_string)
    return found[1] if found else file.name.replace("-", " ").capitalize()


def _address(file: File) -> str:
    return "" if file.url in (".", "./") else file.url
