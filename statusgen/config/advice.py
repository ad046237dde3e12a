"""Warnings about a configuration that is right in form but will not do what its author expects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from statusgen.base.binomial import checks_needed
from statusgen.base.clock import HOUR
from statusgen.base.errors import Problem
from statusgen.base.model import suggest
from statusgen.base.secrets import Template
from statusgen.base.text import one_line, quote
from statusgen.base.yamltree import Document, Path_
from statusgen.config.channel_rules import idle_channels
from statusgen.config.claims import claimed
from statusgen.config.pictures import foreign_picture, is_foreign
from statusgen.config.rules import entries
from statusgen.config.settings import Settings
from statusgen.config.urls import hyphenated_names

_GAPS_PER_INTERVAL = 2.5
_SECRET_HEADER = re.compile(
    r"authorization|proxy-authorization|cookie|.*(api-?key|token|secret|password).*", re.IGNORECASE
)


def with_warnings(settings: Settings, document: Document) -> Settings:
    """Return the settings with every warning about them added."""
    found = [
        *_nothing_checked(settings, document),
        *_grey_between_checks(settings, document),
        *_groups(settings, document),
        *_secrets_in_the_open(document),
        *_hyphenated_secrets(document),
        *idle_channels(settings, document),
        *_pictures_elsewhere(settings, document),
        *_claims(settings, document),
        *_language(settings, document),
        *_undecidable(settings, document),
    ]
    ordered = sorted(found, key=lambda problem: (problem.line, problem.column))
    return replace(settings, warnings=(*settings.warnings, *ordered))


def _pictures_elsewhere(settings: Settings, document: Document) -> Iterator[Problem]:
    site = settings.site
    pictures: tuple[tuple[Path_, str], ...] = (
        (("site", "logo", "light"), site.logo),
        (("site", "logo", "dark"), site.logo_dark),
        (("site", "favicon"), site.favicon),
    )
    for path, address in pictures:
        if is_foreign(address):
            at = path if path in document.values else path[:2]
            yield foreign_picture(document, at, address)


def _claims(settings: Settings, document: Document) -> Iterator[Problem]:
    claim = claimed(settings.site.description)
    if claim:
        yield document.problem(
            ("site", "description"),
            f"claims a state ({quote(claim, 60)}): shown only while it is true",
            "leave it out: the page says so by itself",
        )


def _language(settings: Settings, document: Document) -> Iterator[Problem]:
    yield from language_problems(settings.site.language, document, ("site", "language"))


def language_problems(language: str, document: Document, path: Path_) -> Iterator[Problem]:
    """Warn of a language that no catalogue speaks: its pages are English, and say so."""
    base = language.partition("-")[0].lower()
    if base == "en":
        return
    from statusgen.words.catalogue import languages  # English needs to look for none

    known = languages()
    if not {language, base} & set(known):
        yield document.problem(
            path,
            f"the pages are told in English: there are no words in {quote(language, 40)} yet",
            f"known: {', '.join(known)}",
        )


def _undecidable(settings: Settings, document: Document) -> Iterator[Problem]:
    """Warn of objectives that could not be told met even if no check ever failed."""
    for index, objective in enumerate(settings.objectives):
        target = objective.target
        path = ("objectives", index, "target")
        slowest = max((settings.monitor(each).cadence for each in target.components), default=0)
        needed = checks_needed(target.value)
        window = target.window or 0
        if needed is not None and slowest and window // slowest < needed:
            yield document.problem(
                path,
                f"checks every {slowest} s cannot tell whether it is met: {window // slowest} of "
                f"them fit the window, and {needed} without a failure would prove it (95 %)",
                f"check every {window // needed} s, or look back on a longer window"
                if window >= needed
                else "look back on a longer window",
            )


def _nothing_checked(settings: Settings, document: Document) -> Iterator[Problem]:
    if not settings.monitors:
        yield document.problem(
            ("monitors",), "there are no monitors: nothing will be checked", "add one"
        )


def _grey_between_checks(settings: Settings, document: Document) -> Iterator[Problem]:
    """A round may stand for 2.5 intervals, at most an hour (design: a state and a percentage)."""
    for index, monitor in enumerate(settings.monitors):
        if monitor.interval is None:
            continue
        gap = settings.history.max_gap or min(int(_GAPS_PER_INTERVAL * monitor.interval), HOUR)
        if monitor.interval > gap:
            from statusgen.words import Words  # for a warning alone: a check has none to word

            words = Words.of()
            own = ("monitors", index, "interval")
            yield document.problem(
                own if own in document.values else ("defaults", "interval"),
                f"the page will be grey between checks: one is held to stand for "
                f"{words.duration(gap)}, and the next comes after "
                f"{words.duration(monitor.interval)}",
                f"write at most {gap}s, or a longer `max_gap:` under `history:`",
            )


def _groups(settings: Settings, document: Document) -> Iterator[Problem]:
    data = document.data
    listed = data.get("groups") if isinstance(data, dict) else None
    if not isinstance(listed, list):
        return
    names = [str(entry["name"] if isinstance(entry, dict) else entry).strip() for entry in listed]
    used = [group.name for group in settings.groups]
    for index, name in enumerate(names):
        if name not in used:
            yield document.problem(
                ("groups", index), f"nothing stands in the group {quote(name, 60)}"
            )
    for key in ("monitors", "components"):
        for path, entry in entries(document, key):
            group = entry.get("group")
            if isinstance(group, str) and group.strip() not in names:
                yield document.problem(
                    (*path, "group"),
                    f"the group {quote(group, 60)} is not listed under `groups:`, so it "
                    "stands last",
                    suggest(group, names) or "add it there",
                )


def _secrets_in_the_open(document: Document) -> Iterator[Problem]:
    fix = "put it in a secret and write $NAME"
    scopes = [(path, entry) for path, entry in entries(document, "monitors")]
    if isinstance(document.data, dict) and isinstance(document.data.get("defaults"), dict):
        scopes.append((("defaults",), document.data["defaults"]))  # type: ignore[arg-type]
    for path, entry in scopes:
        http = entry.get("http")
        headers = http.get("headers") if isinstance(http, dict) else None
        for name, value in (headers if isinstance(headers, dict) else {}).items():
            if _SECRET_HEADER.fullmatch(name) and _is_plain(value):
                yield document.problem(
                    (*path, "http", "headers", name),
                    "a secret seems to stand here in the open",
                    fix,
                )
        if re.match(r"[a-z]+://[^/?#@]*:(?!\$)[^/?#@]+@", str(entry.get("url", ""))):
            yield document.problem((*path, "url"), "a password stands here in the open", fix)


def _is_plain(value: object) -> bool:
    return isinstance(value, str) and bool(value) and not Template(value).names


def _hyphenated_secrets(document: Document) -> Iterator[Problem]:
    for path, entry in entries(document, "monitors"):
        for written in hyphenated_names(str(entry.get("url", ""))):
            yield document.problem((*path, "url"), *hyphenated_words(written))


def hyphenated_words(written: str) -> tuple[str, str]:
    """Return message and fix for a ``$NAME-WITH-HYPHENS``."""
    name = written.partition("-")[0]
    message = f"a secret's name ends at the hyphen: {one_line(written, 80)} is read as {name}…"
    legal = one_line(written.replace("-", "_"), 80)
    return message, f"name the secret {legal}, or write ${{{name[1:]}}} if it is meant so"
