"""``decisions/``: an index of the decision records in ``content/decisions/``, by status.

The records themselves are prose, and published as that; who wrote them, a wizard or a person, makes
no difference. ``status`` and ``date`` are read from MADR's front matter, from points below the
title, or from a section of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from markupsafe import Markup

from statusgen.base.errors import InputError
from statusgen.base.text import one_line
from statusgen.base.yamltree import read_text
from statusgen.publish.manifest import Page
from statusgen.publish.templating import fill
from statusgen.words import Words
from statusgen.words.markup import html_speaker

DECISIONS = "decisions"
"""The folder below the pages, and the address from the site's root."""
_ORDER = ("accepted", "proposed", "deprecated", "rejected", "superseded")
_FIELD = re.compile(r"^(status|date):[ \t]*(.*?)[ \t]*$", re.I | re.M)
"""In the front matter: MADR 3 and 4."""
_POINT = re.compile(r"^[*-][ \t]+(status|date):[ \t]*(.*?)[ \t]*$", re.I | re.M)
"""Below the title: MADR 2, log4brains."""
_SECTION = re.compile(r"^##[ \t]+Status[ \t]*\n\s*([^\n#][^\n]*)", re.I | re.M)
"""Nygard's form: a section."""
_BY = re.compile(r"\W*superseded\s+by\s+(.*)", re.I)
_WORD = re.compile(r"[^\W\d_][\w-]*")


@dataclass(frozen=True, slots=True)
class Record:
    """A decision, as its file's head tells it."""

    name: str
    """The file's name without its ending."""
    title: str
    status: str
    date: str
    by: str
    """The name of the record that supersedes it; empty where none does."""
    told: str
    """What is said to supersede it, and is no record here."""


def decisions_page(content: Path, words: Words) -> Page | None:
    """Return the index; None where there are no records, or the author wrote an index."""
    folder = content / DECISIONS
    if not folder.is_dir() or any((folder / name).exists() for name in ("index.md", "README.md")):
        return None
    records = _records(folder)
    if not records:
        return None
    groups: dict[str, list[Record]] = {}
    for record in records:
        word = _WORD.search(record.status)
        groups.setdefault(word[0].lower() if word else "—", []).append(record)
    order = {name: number for number, name in enumerate(_ORDER)}
    title = words.say("wizard.decisions")
    body = fill(
        "decision_records.html",
        title=title,
        groups=sorted(groups.items(), key=lambda one: (order.get(one[0], len(_ORDER)), one[0])),
        say=html_speaker(words),
    )
    return Page(
        path=f"{DECISIONS}/index.html",
        title=title,
        body=str(Markup(body)),  # noqa: S704 - autoescape is on
        in_navigation=True,
        source="the decision records",
    )


def _records(folder: Path) -> list[Record]:
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.md")):
        try:
            texts[path.stem] = read_text(path, str(path)).replace("\r\n", "\n")
        except InputError:  # told where prose is read
            continue
    numbers = {number: stem for stem in reversed(list(texts)) if (number := _number(stem))}
    made = []
    for stem, text in texts.items():
        fields = _fields(text)
        prose = text[4:].partition("\n---")[2] if text.startswith("---\n") else text
        heading = re.search(r"^# +(.+)$", prose, re.MULTILINE)
        title = one_line(unescape(re.sub(r"\\(.)", r"\1", heading[1])) if heading else stem, 200)
        status = fields.get("status", "")
        if status.startswith("{"):  # the template's own words: nobody chose one
            status = ""
        by = _BY.match(status)
        named = _named(by[1], texts, numbers) if by else ""
        told = by[1] if by and not named else ""
        made.append(Record(stem, title, status, fields.get("date", ""), named, told))
    return made


def _fields(text: str) -> dict[str, str]:
    """Return status and date from wherever the usual forms of a record say them."""
    if text.startswith("---\n"):
        fields = _FIELD.finditer(text[4:].partition("\n---")[0])
    else:
        fields = _POINT.finditer(text.partition("\n## ")[0])
    found = {one[1].lower(): one_line(one[2].strip("\"'"), 160) for one in fields}
    section = _SECTION.search(text)
    if "status" not in found and section:
        found["status"] = one_line(section[1], 160)
    return found


def _number(text: str) -> str:
    found = re.search(r"\d{1,6}", text)
    return found[0].lstrip("0") or "0" if found else ""


def _named(text: str, texts: Mapping[str, str], numbers: Mapping[str, str]) -> str:
    """Return the record that a status names: by a link, by its name, by its number."""
    link = re.search(r"\]\((?:\./)?([^)\s#]+?)(?:\.md)?(?:#[^)]*)?\)", text)
    for name in (link[1] if link else "", text.strip().removesuffix(".md")):
        if name in texts:
            return name
    return numbers.get(_number(link[1] if link else text), "")
