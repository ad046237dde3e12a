"""What helps against the YAML parser's complaints, where the cause is a common one."""

from __future__ import annotations

import re

from statusgen.base.odd import odd_characters
from statusgen.base.text import quote

_BLOCK = re.compile(r"(?:^|[:-] )\s*([>|]\s*[^\s#+-].*)$")
_BOX = re.compile(r"\s*- (\[[ xX]\]\s+\S.*)$")
"""A point to tick, whose box would begin a list of YAML."""
_NO_SPACE = re.compile(r"^\s*(?:- )?([\w-]+):(\S.*)$")
_ESCAPE = ("unknown escape", "hexdecimal")


def yaml_fix(
    what: str, line: str, column: int, began: tuple[int, str, int] | None, above: str = ""
) -> str:
    """Return what to write instead; empty where the cause is not known.

    ``what`` the parser says of ``line`` at ``column`` (from 0). ``began``: number (from 1), text
    and column of the line where what it was reading began; ``above``: the line before.
    """
    number, first, start = began or (0, "", 0)
    if "tab character" in what or ("cannot start any token" in what and "\t" in line):
        return "indent with spaces, not tabs"
    if "comment or line break" in what:
        block = _BLOCK.search(line)
        return f"put it in quotes: {_quoted(block[1])}" if block else "put the text in quotes"
    if "alphabetic or numeric" in what:
        return f"put it in quotes: {_quoted(first[start:])}"
    if any(word in what for word in _ESCAPE):
        text = re.match(r'"((?:[^"\\]|\\.)*)"', first[start:])
        shown = _quoted(text[1]) if text else "'…'"
        return f"write it in single quotes, where a backslash is one: {shown}"
    if "cannot start any token" in what:
        return "put the text in quotes"
    if "unexpected end of stream" in what:
        return f"close the quote that begins in line {number}" if number else "close the quote"
    for close, opened in (("]", "["), ("}", "{")):
        if f"',' or '{close}'" in what:
            return f"close the {opened} of line {number} with {close}, or put the text in quotes"
    if "mapping values are not allowed" in what:
        glued = _NO_SPACE.match(above)
        if glued and not glued[2].startswith("//"):
            return f"write a space after the colon in the line above: {glued[1]}: …"
        return "check the indentation, or put the text with the colon in quotes"
    if "could not find expected ':'" in what:
        return "write `key: value`"
    if boxed := _BOX.match(line) or _BOX.match(above):
        return f"put it in quotes: {_quoted(boxed[1])}"
    if "expected '-' indicator" in what:
        return "begin it with `- `, or indent it like the entry above"
    if "sequence entries are not allowed" in what:
        return "begin the list on a line of its own, or write it as [one, two]"
    if "node content" in what:
        return "put it in quotes, or remove it"
    if "expected key" in what:
        if line[:column].rstrip().endswith(("'", '"')):
            return "the text ends at that quote: put the whole of it in the other kind of quotes"
        if line[column : column + 1] in ("]", "}"):
            return f"remove this {line[column]}, which closes nothing"
        return "check the indentation: keys of one level begin in the same column"
    return ""


def odd_in_line(line: str) -> tuple[int, str] | None:
    """Return column (from 0) and name of what is not what it looks like in a line of YAML.

    Invisible characters anywhere; typographic ones in the first word alone, where a key stands.
    """
    lead = len(line) - len(line.lstrip(" -"))
    first = line[lead:].partition(" ")[0]
    for text, start in ((line, 0), (first, lead)):
        odd = odd_characters(text)
        if odd:
            at = next(index for index, each in enumerate(text) if odd_characters(each))
            return start + at, odd
    return None


def _quoted(text: str) -> str:
    """Write text as YAML in single quotes, short."""
    return quote(text.strip(), 60) if "'" not in text else '"…"'
