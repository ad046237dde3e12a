"""Documents with something strange in them, and which of their words a draft has lost."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from statusgen.importer import import_markdown, repair
from tests.corpus.score import documents

_WORDS = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*")
_MARKUP = re.compile(r"^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(?:\[[ xX]\]\s)?")
_STRANGE = (
    "zqx17",
    "€20,50",
    "1'234.50",
    "ZQX",
    "zqx-a/b",
    "99,9",
    "zq’x",
    "「零」",
    "(zqx",
    "zqx:",
    "zqx.",
)
_MADE = ("id", "source", "schema", "currency")


def originals() -> list[tuple[str, str]]:
    """Return name and text of every document among the tests that somebody wrote."""
    folder = Path(__file__).parents[1]
    paths = [one.path for half in ("first", "second") for one in documents(half)]
    paths += sorted((folder / "importer/documents").glob("*.md"))
    paths += sorted((folder / "fixtures/plans").glob("*.md"))
    return [(path.stem, path.read_text("utf-8")) for path in paths]


def damaged(chance: random.Random, count: int) -> Iterator[str]:
    """Yield documents with strange words in any place, and lines of others in between."""
    texts = [text.split("\n") for _, text in originals()]
    for _ in range(count):
        lines = [*chance.choice(texts)]
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(lines))
            lines[at] = _damage(chance, lines[at], chance.choice(chance.choice(texts)))
        yield "\n".join(lines)


def _damage(chance: random.Random, line: str, other: str) -> str:
    words = line.split(" ")
    at = chance.randrange(len(words))
    kind = chance.randrange(6)
    if kind == 0:
        return f"{line}\n{other}"
    if kind == 1:
        return line + other
    if kind == 2:
        return line[: chance.randrange(len(line) + 1)]
    if kind == 3:
        words[at] = chance.choice(_STRANGE)
    else:
        words.insert(at, chance.choice(_STRANGE))
    return " ".join(words)


def lost_words(text: str) -> list[tuple[int, str]]:
    """Return line and word of what stands in a document and nowhere in its draft."""
    draft = import_markdown(text.encode(), "plan.md").yaml
    loaded = yaml.load(draft, Loader=yaml.CSafeLoader)
    whole = "\n".join(_texts(loaded)).casefold()
    have = set(_WORDS.findall(whole))
    return [
        (number, word)
        for number, line in enumerate(repair(text.encode()).text.split("\n"), 1)
        for word in _WORDS.findall(html.unescape(_MARKUP.sub("", line, count=1)).casefold())
        if word not in have and word not in whole
    ]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            if key not in _MADE:
                yield str(key)
                yield from _texts(below)
    elif isinstance(value, list):
        for below in value:
            yield from _texts(below)
    else:
        yield str(value)
