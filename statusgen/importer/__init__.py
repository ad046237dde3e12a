"""Import of Markdown documents into roadmap files.

A document is decoded (:mod:`encoding`), parsed into sections (:mod:`tree`), read (:mod:`reader`)
and written as a draft (:mod:`draft`, :mod:`yaml_out`) that the loader takes as it is. Nothing is
dropped in silence: what has no place in the model is kept in notes, facets or ``x-…`` keys, and
what could not be understood is listed with its line.

By what stands in the document: headings (``outline``, ``staged``, ``spans``, ``families``,
``brackets``, ``stage_names``, ``stage_reader``, ``special``, ``forms``), tables (``tables``,
``table_columns``, ``written_tables``, ``headers``, ``cost_tables``, ``plan_tables``,
``option_tables``, ``stage_table``, ``stage_rows``, ``summed``, ``table_totals``, ``no_costs``,
``balances``, ``price_lists``, ``compared_tables``, ``years``, ``row_groups``, ``recaps``), lists
(``entries``, ``instructions``, ``choices``, ``same_options``, ``pieces``, ``nested``, ``listed``,
``marks``), fenced blocks (``fences``, ``fenced_boxes``, ``settled``), lines of hyphens (``ruled``),
running text (``inline``, ``fields``, ``labels``, ``promises``, ``amounts``, ``spent``,
``restated``, ``calculations``). ``dialects`` tells how the document writes its numbers, ``periods``
how often an amount is paid. Labels are read by ``words``, names by ``names`` and ``parted``.
``fill`` fills what was ``found``; ``decided`` finds the option that was taken, by what ``verdicts``
says of each; ``links`` and ``depends`` (by its ``targets``) tie its parts, ``apart`` tells those of
one name apart; ``claims`` recognises what can be checked; ``plan`` is the document as the roadmap
that its draft would be; ``kept`` looks for words that found no place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from statusgen.base.errors import InputError, Problem
from statusgen.base.text import one_line
from statusgen.base.yamltree import MAX_BYTES
from statusgen.base.yamlwrite import dump
from statusgen.importer.dialects import dialect_of
from statusgen.importer.draft import clean, draft_roadmap, entities
from statusgen.importer.encoding import Guess, Repaired, repair
from statusgen.importer.found import MAX_KEPT, Found, Unread
from statusgen.importer.kept import leftover
from statusgen.importer.outline import outline
from statusgen.importer.periods import mark_untimed
from statusgen.importer.reader import read
from statusgen.roadmap.dialect import speaking

__all__ = ["Guess", "Imported", "Repaired", "Unread", "import_markdown", "read_document", "repair"]


@dataclass(frozen=True, slots=True)
class Imported:
    """A draft of a roadmap file, and what has to be looked at by a person."""

    yaml: str
    unread: tuple[Unread, ...]
    """What could not be read, by line."""
    guesses: tuple[Guess, ...]
    """Characters that the document had lost."""
    was_double_encoded: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many entities of each kind were found."""


def import_markdown(source: Path | bytes, name: str) -> Imported:
    """Turn a Markdown document into a draft of ``data/roadmaps/<id>.yml``.

    ``name`` is the document's name in ``source:`` and in the list of what could not be read; it
    names the roadmap where the document has no title. Raises InputError for a file that cannot be
    read and for one that is too large to be one roadmap.
    """
    repaired = read_document(source, name)
    with speaking(dialect_of(repaired.text)):
        root = outline(repaired.text)
        found = read(root, Path(name).stem or "Roadmap")
        draft = draft_roadmap(found, name)
        mark_untimed(draft, root)
        _keep(draft, found, repaired.text)
    text = dump(draft)
    unread = tuple(sorted(dict.fromkeys(found.unread), key=lambda entry: entry.line))
    text = _heading(name, repaired, unread) + text
    if len(text.encode()) > MAX_BYTES:
        raise InputError([_too_large(name)])
    counts = Counter(part.kind for part in entities(found.roadmap) if part is not found.roadmap)
    ordered = dict(sorted(counts.items()))
    return Imported(text, unread, repaired.guesses, repaired.was_double_encoded, ordered)


def _keep(draft: dict[str, Any], found: Found, text: str) -> None:
    """Add to a draft the lines whose words stand nowhere in it, to the letter."""
    for kept in leftover(draft, text):
        entry = {
            "text": clean(kept.text)[:MAX_KEPT],
            "source": f"{draft['source'].rpartition(':')[0]}:{kept.line}",
        }
        draft.setdefault("x-labels" if kept.is_label else "x-unread", []).append(entry)
        if not kept.is_label:
            found.skip(kept.line, kept.text, "words of this line found no place")


def read_document(source: Path | bytes, name: str) -> Repaired:
    """Read and decode a document, with Unix line ends. Raises InputError."""
    if isinstance(source, bytes):
        raw = source
    else:
        try:
            with open(source, "rb") as file:
                raw = file.read(MAX_BYTES + 1)
        except OSError as error:
            problem = Problem(f"cannot be read: {error.strerror or error}", file=name)
            raise InputError([problem]) from None
    if len(raw) > MAX_BYTES:
        raise InputError([_too_large(name)])
    repaired = repair(raw)
    text = repaired.text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return Repaired(text, repaired.was_double_encoded, repaired.guesses)


def _too_large(name: str) -> Problem:
    return Problem(
        "gives a roadmap larger than 1 MiB", "split the document into several", file=name
    )


def _heading(name: str, repaired: Repaired, unread: tuple[Unread, ...]) -> str:
    """Write, as comments, what the reader of the draft should look at."""
    lines = [f"Draft, read from {one_line(name, 120)}. Look at every entry before you publish it."]
    if repaired.was_double_encoded:
        lines.append("The document was encoded twice; that is undone.")
    if repaired.guesses:
        lines.append("Guessed characters (line:column):")
        lines += [
            f"  {guess.line}:{guess.column} {one_line(guess.was, 20)} → {guess.guess}"
            for guess in repaired.guesses
        ]
    if unread:
        lines.append("Not read:")
        lines += [f"  {one_line(str(entry), 400)}" for entry in unread]
    return "".join(f"# {line}\n" for line in lines)
