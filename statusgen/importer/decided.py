"""Which option a document says was taken, in the section or under the label of its decision."""

from __future__ import annotations

import re
from collections.abc import Iterator

from statusgen.importer.found import Entity, Found, facets
from statusgen.importer.names import words
from statusgen.importer.words import canonical
from statusgen.roadmap.vocabulary import pattern
from statusgen.roadmap.vocabulary import words as vocabulary

_NOT = re.compile(
    r"\b(not|no|none|never|without|against|reject\w*|postpone\w*|defer\w*|pending|open|undecided|tbd|"
    r"nicht|kein\w*|vertagt|offen|gegen|pas|non|aucun\w*|contre|ninguna?|pendiente|contra|não)\b",
    re.I,
)
"""A sentence with one of these decides nothing that could be told with certainty."""
_SENTENCE = re.compile(r"(?<=[.!?。])\s+")


def decide(found: Found) -> None:
    """Let the one choice of a document carry what its decision says.

    Only where a document has one choice with options, and the first sentence of its decision names
    exactly one of them and denies nothing.
    """
    items = [item for item in _items(found.roadmap) if item.parts("options")]
    texts = list(dict.fromkeys(_decisions(found.roadmap)))
    if len(items) != 1 or len(texts) != 1 or "chosen" in items[0].fields:
        return
    sentence = _SENTENCE.split(texts[0][1].strip())[0]
    named = [
        option
        for option in items[0].parts("options")
        if _names(sentence, option, found.letters.get(id(option), ""))
    ]
    if len(named) == 1 and not _NOT.search(sentence):
        line, text = texts[0]
        items[0].set("chosen", Entity("chosen", line, {"option": named[0], "reason": text}))


def _items(roadmap: Entity) -> Iterator[Entity]:
    yield from roadmap.parts("choices")
    for stage in roadmap.parts("stages"):
        yield from stage.parts("items")


def _decisions(roadmap: Entity) -> Iterator[tuple[int, str]]:
    """Yield line and text of every decision: in the remarks, or behind the last option."""
    items = list(_items(roadmap))
    options = [option for item in items for option in item.parts("options")]
    stages = roadmap.parts("stages")
    for remarks in (roadmap, *roadmap.parts("x-sections"), *stages, *items, *options):
        notes = remarks.fields.get("notes")
        decides = remarks is not roadmap and canonical(remarks.text("name")) == "chosen"
        if decides and isinstance(notes, list) and notes and isinstance(notes[0], str):
            yield remarks.line, notes[0]
        for label, texts in facets(remarks).items():
            if canonical(label) == "chosen" and texts:
                yield remarks.line, texts[0]


def _names(sentence: str, option: Entity, letter: str) -> bool:
    if letter and re.search(
        rf"(?i:{pattern(vocabulary('choice'))})\s*(?i:{re.escape(letter)})(?!\w)"
        rf"|(?<=\w\s)(?=[B-Z]){re.escape(letter)}(?![\w'’])",
        sentence,
    ):
        return True  # "Option b", or "we go with B": a lone A is an article as often
    name, said = words(option.text("name")), words(sentence)
    return bool(name) and any(
        said[start : start + len(name)] == name for start in range(len(said) - len(name) + 1)
    )
