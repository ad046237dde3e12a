"""What helps against the YAML parser's complaints, where the cause is a common one."""

from __future__ import annotations

import re

from statusgen.base.text import quote

_BLOCK = re.compile(r"(?:^|[:-] )\s*([>|]\s*[^\s#+-].*)$")
_NO_SPACE = re.compile(r"^\s*(?:- )?([\w-]+):(\S.*)$")
_ESCAPE = ("unknown escape", "hexdecimal")


def yaml_fix(what: str, line: str, column: int, began: tuple[int, str, int] | None) -> str:
    """Return what to write instead; empty where the cause is not known.

    ``what`` the parser says of ``line`` at ``column`` (from 0). ``began``: number (from 1), text
    and column of the line where what it was reading began.
    """
    number, first, start = began or (0, "", 0)
    if "tab character" in what or ("cannot start any token" in what and "\t" in line):
        return "indent with spaces, not tabs"
    if "comment or line break" in what:
        block = _BLOCK.search(line)
        return f"put it in quotes: {_quoted(block[1])}" if block else "put the text in quotes"
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
        glued = _NO_SPACE.match(first) or _NO_SPACE.match(line)
        if glued and not glued[2].startswith("//") and column <= len(glued[1]):
            return "write a space after each colon"
        return "check the indentation, or put the text with the colon in quotes"
    if "could not find expected ':'" in what:
        return "write `key: value`"
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


def _quoted(text: str) -> str:
    """Write text as YAML in single quotes, short."""
    return quote(text.strip(), 60) if "'" not in text else '"…"'
