"""``decisions/``: an index of the decision records in ``content/decisions/``, by status.

The records themselves are prose, and published as that; who wrote them, a wizard or a person, makes
no difference. MADR's front matter is read: ``status``, ``date``.
"""

from __future__ import annotations

import re
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
_FIELD = re.compile(r"^(status|date):[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_SUPERSEDED = re.compile(r"superseded\s+by\s+\D{0,10}(\d{1,6})\b", re.IGNORECASE)


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
        groups.setdefault(record.status.split(" ")[0].lower() or "—", []).append(record)
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
            texts[path.stem] = read_text(path, str(path))
        except InputError:  # told where prose is read
            continue
    numbers = {stem.partition("-")[0].lstrip("0"): stem for stem in texts}
    made = []
    for stem, text in texts.items():
        head = text.partition("\n---")[0] if text.startswith("---") else ""
        fields = {match[1]: one_line(match[2].strip("\"'"), 120) for match in _FIELD.finditer(head)}
        heading = re.search(r"^# +(.+)$", text, re.MULTILINE)
        title = one_line(unescape(re.sub(r"\\(.)", r"\1", heading[1])) if heading else stem, 200)
        status = fields.get("status", "")
        other = _SUPERSEDED.search(status)
        by = numbers.get(other[1].lstrip("0"), "") if other else ""
        made.append(Record(stem, title, status, fields.get("date", ""), by))
    return made
