"""``.upptimerc.yml`` read as it is, so that an Upptime user changes nothing.

Upptime takes anything in silence. Here what has no effect is warned of; a site that cannot be
checked is left out with an error of its own, and the others go on. Only a file without a readable
list of sites is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from statusgen.base.errors import InputError, Problem
from statusgen.base.ids import reserved_fault
from statusgen.base.model import validate
from statusgen.base.text import one_line, quote
from statusgen.base.yamltree import Document, Mark
from statusgen.config.assemble import DEFAULT_CANARIES, components_of, groups_of
from statusgen.config.entries import GitHubEntry
from statusgen.config.outside_read import globalping_of
from statusgen.config.settings import GitHubOptions, Kind, Monitor, Settings
from statusgen.config.upptimekeys import TOP_MEANT, TOP_READ, TOP_WITHOUT_EFFECT, where_read
from statusgen.config.upptimenotify import wished_channels
from statusgen.config.upptimesite import read_site, site_slug
from statusgen.config.upptimewarn import Warnings, unknown_keys
from statusgen.config.upptimewebsite import Website
from statusgen.config.upptimewords import read_words

_MOST_BYTES_OF_SLUG = 200


def read_upptime_file(document: Document, kinds: Sequence[Kind]) -> Settings:
    """Return what the document means. Raises InputError where it has no list of sites."""
    data = document.data
    assert isinstance(data, dict)
    sites = data.get("sites")
    if sites is None and "sites" in data:
        sites = []  # nobody filled it in yet: all else holds, and the warning below says so
    if not isinstance(sites, list):
        raise InputError(
            [
                document.problem(
                    ("sites",),
                    "must be a list",
                    "write each site after `- `, with a name and a url, or `sites: []`",
                    key="sites" in data,
                )
            ]
        )
    warnings = Warnings()
    read, elsewhere = TOP_READ, where_read("top")
    unknown_keys(document, (), data, read, TOP_WITHOUT_EFFECT, warnings, TOP_MEANT, elsewhere)
    monitors, left_out = _monitors(document, sites, kinds, warnings)
    if not sites:
        warnings.add(
            document.problem(("sites",), "there are no sites: nothing will be checked", "add one")
        )
    components = components_of(monitors)
    channels = wished_channels(document, warnings)
    website = Website(document, data, warnings)
    language, texts = read_words(document, data.get("i18n"), warnings)
    return Settings(
        file=document.file,
        site=replace(website.site(), language=language, texts=texts),
        marks=website.marks() | _marks(document, monitors),
        rename_key="slug:",
        monitors=tuple(monitors),
        globalping=globalping_of(None, monitors),
        components=components,
        groups=groups_of(components),
        canaries=DEFAULT_CANARIES,
        channels=channels,
        github=_github(document, data, warnings),
        warnings=warnings.told(),
        left_out=tuple(left_out),
    )


def _monitors(
    document: Document, sites: list[Any], kinds: Sequence[Kind], warnings: Warnings
) -> tuple[list[Monitor], list[Problem]]:
    monitors: list[Monitor] = []
    left_out: list[Problem] = []
    for index, identifier in enumerate(_identifiers(document, sites, warnings)):
        fault = _identifier_fault(identifier)
        if fault:
            left_out.append(document.problem(("sites", index), fault, "write another `slug:`"))
            continue
        try:
            monitors.append(read_site(document, index, identifier, kinds, warnings))
        except InputError as error:
            left_out += error.problems
    return monitors, left_out


def _github(document: Document, data: dict[str, Any], warnings: Warnings) -> GitHubOptions:
    """Return what ``github:`` says, which is ours: Upptime passes over what it does not know."""
    try:
        entry = validate(GitHubEntry, document, data.get("github") or {}, ("github",))
    except InputError as error:
        for problem in error.problems:
            warnings.add(problem)
        return GitHubOptions()
    return GitHubOptions(
        issues=entry.issues,
        comments=entry.comments,
        maintenance=entry.maintenance,
        label=entry.label,
        repository=entry.repository,
    )


def _marks(document: Document, monitors: Sequence[Monitor]) -> dict[str, Mark]:
    """Return where each site stands; ids come in file order, as the sites do that are read."""
    sites = document.data["sites"] if isinstance(document.data, dict) else None
    listed = _identifiers(document, sites, Warnings()) if isinstance(sites, list) else []
    kept = {monitor.id for monitor in monitors}
    return {
        f"monitor.{identifier}": document.mark(("sites", index))
        for index, identifier in enumerate(listed)
        if identifier in kept
    }


def _identifiers(document: Document, sites: list[Any], warnings: Warnings) -> list[str]:
    """Return each site's id: its slug; a repeated one gets ``-2``, ``-3`` in file order.

    Letter case does not tell two apart, for it does not on every disk.
    """
    slugs = [site_slug(site) if isinstance(site, dict) else "" for site in sites]
    own = {slug.casefold() for slug in slugs}
    given: set[str] = set()
    identifiers = []
    for index, slug in enumerate(slugs):
        chosen = slug
        number = 1
        while chosen.casefold() in given or (number > 1 and chosen.casefold() in own):
            number += 1
            chosen = f"{slug}-{number}"
        if chosen != slug and slug:
            warnings.add(
                document.problem(
                    ("sites", index),
                    f"the slug {quote(slug, 200)} is taken: named "
                    f"{quote(chosen, 200)} here (Upptime mixes the two into one history)",
                    "write a `slug:` of its own",
                )
            )
        given.add(chosen.casefold())
        identifiers.append(chosen)
    return identifiers


def _identifier_fault(identifier: str) -> str | None:
    """A slug becomes a folder and a path of the site, so not every text will do."""
    shown = one_line(identifier, 60)
    if reserved_fault(identifier.casefold()):
        return f"the slug {shown!r} cannot be used: {reserved_fault(identifier.casefold())}"
    unsafe = any(character in "/\\" or not character.isprintable() for character in identifier)
    if unsafe or identifier.startswith(".") or len(identifier.encode()) > _MOST_BYTES_OF_SLUG:
        return f"the slug {shown!r} cannot be a part of an address"
    return None
