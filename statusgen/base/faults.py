"""Pydantic's errors as problems that a person can act on: a place, plain words, what to write."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ValidationError

from statusgen.base.errors import Problem
from statusgen.base.fieldtree import Home, field_names, homes, meant_by
from statusgen.base.odd import plain
from statusgen.base.text import one_line, quote
from statusgen.base.yamltree import Document, Path_

Loc = tuple[str | int, ...]
Prefer = Callable[[Path_], str]
"""Path of a mapping → which of its keys is meant where a key might belong below several."""


def problems(
    error: ValidationError,
    model: type[BaseModel],
    document: Document,
    at: Path_ = (),
    prefer: Prefer | None = None,
) -> list[Problem]:
    """Translate pydantic's errors into problems with places, plain words and fixes."""
    found: list[Problem] = []
    details = error.errors(include_url=False)
    faulty = {detail["loc"][:length] for detail in details for length in range(len(detail["loc"]))}
    meant = _misnamed(details, model)
    for detail in details:
        if detail["type"] == "missing" and detail["loc"] in meant:
            continue  # the key stands there by another name, and that is told
        if detail["type"] == "too_short" and detail["loc"] in faulty:
            continue  # only because pydantic does not count the entries that are wrong
        loc = at + _real_path(detail["loc"], document, at)
        key = detail["type"] == "extra_forbidden" or detail["loc"][-1:] == ("[key]",)
        if detail["type"] == "extra_forbidden":
            message, fix = _unknown(detail, model, loc, prefer)
        else:
            message, fix = _words(detail, document, loc)
        problem = document.problem(loc, message, fix, key=key)
        if problem not in found:
            found.append(problem)
    return sorted(found, key=lambda problem: (problem.line, problem.column))


def _misnamed(details: list[Any], model: type[BaseModel]) -> set[Loc]:
    """Return the places of keys that stand beside, by a name that people write for them."""
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    found = set[Loc]()
    for *above, name in unknown:
        close = _close(str(name), field_names(model, tuple(above)), 0.85)
        found.add((*above, close or meant_by(model, tuple(above), str(name))))
    return found


def suggest(word: str, known: list[str], *, least: float = 0.6) -> str:
    """Return a did-you-mean sentence part for ``word``, or the empty string."""
    close = _close(word, known, least)
    return f"did you mean {close!r}?" if close else ""


def _close(word: str, known: list[str], least: float) -> str:
    folded = {_fold(name): name for name in known}
    close = difflib.get_close_matches(_fold(word), list(folded), n=1, cutoff=least)
    return folded[close[0]] if close else ""


def _fold(word: str) -> str:
    return word.lower().replace("-", "").replace("_", "")


def _real_path(loc: Loc, document: Document, at: Path_) -> Path_:
    """Drop the tags that unions and validators put into pydantic's ``loc``.

    The last element is kept although the document lacks it when a required key is missing.
    """
    path: Path_ = ()
    for index, part in enumerate(loc):
        candidate = (*path, part)
        known = at + candidate in document.values or at + candidate in document.keys
        missing = index == len(loc) - 1 and str(part).replace("_", "").isalnum()
        if known or missing:
            path = candidate
    return path


def _unknown(
    detail: Any, model: type[BaseModel], path: Path_, prefer: Prefer | None
) -> tuple[str, str]:
    """Word an unknown key: a slip of the pen, else where it belongs, else what is known here."""
    name, above = str(detail["loc"][-1]), detail["loc"][:-1]
    known = field_names(model, above)
    message = f"unknown key {quote(name, 60)}"
    if detail["input"] is None and (cut := re.match(r"\s*\d+\s*([%a-z]*)\s*$|\s*\d", name)):
        if cut[1] is not None and not re.match(r"\s*\d{3}(?!\d)", name):
            return message, "a decimal comma? write a point: 1.5"
        return message, "inside { … } a comma parts entries; put the value before it into quotes"
    meant = plain(name).strip()
    if meant != name and meant in known:
        return message, f"write {meant}"
    fix = suggest(name, known, least=0.85)
    if not fix and (word := meant_by(model, above, name)):
        fix = f"write {word}" if " " in word else f"write `{word}:`"
    if not fix:
        fix = _belongs(name, homes(model, above, name), prefer(path[:-1]) if prefer else "")
    if not fix:
        fix = suggest(name, known, least=0.65)
    if not fix and known:
        more = f" and {len(known) - 12} more" if len(known) > 12 else ""
        fix = f"known here: {', '.join(known[:12])}{more}"
    return message, fix


_MOST_HOMES = 6


def _belongs(name: str, found: list[Home], preferred: str) -> str:
    """Say where a key belongs; nothing where it might be anywhere."""
    wanted = [home for home in found if preferred and home.under.split(".")[0] == preferred]
    found = wanted or found
    if not found or len(found) > _MOST_HOMES:
        return ""
    first = found[0]
    written = "it" if first.spelled == name else f"`{first.spelled}:`"
    if first.under:
        places = [f"`{home.under}:`" for home in found]
        *others, last = places
        return f"write {written} under " + (f"{', '.join(others)} or {last}" if others else last)
    if first.beside:
        return f"write {written} further out, beside `{first.beside}:`"
    return f"write {written} at the top of the file"


_COMMA = re.compile(r"\s*([+-]?\d+),(\d+)\s*")


def _number_fix(given: object) -> str:
    match = _COMMA.fullmatch(given) if isinstance(given, str) else None
    if match is None:
        return ""
    if len(match[2]) == 3:
        return f"write {match[1]}{match[2]}, or {match[1]}.{match[2]} if a part is meant"
    return f"write a point: {match[1]}.{match[2]}"


def _not_text(given: object, name: str, document: Document, path: Path_) -> tuple[str, str]:
    """Word what is no text; what stands there may be a secret, so of it only keys are repeated."""
    if given is None:
        return "must be text", f"write a value after `{name}:`"
    if isinstance(given, dict):
        first = quote(str(next(iter(given), "")), 40).strip("'")
        if len(given) == 1 and path and isinstance(path[-1], int):
            return "must be text, and is a mapping here", f'put it in quotes: "{first}: …"'
        in_line = document.mark(path, key=True).line == document.mark(path).line
        fix = "put it in single quotes: '{…}'" if in_line else f"write `{name}: |` above it"
        return "must be text, and is a mapping here", fix
    if isinstance(given, list):
        return "must be text, and is a list here", "write one text, or put it in quotes: '[…]'"
    return f"must be text (got {quote(str(given))})", ""


def _words(detail: Any, document: Document, path: Path_) -> tuple[str, str]:
    kind, given = detail["type"], detail["input"]
    shown = quote(str(given)) if isinstance(given, (str, int, float)) else None
    got = f" (got {shown})" if shown is not None else ""
    context = detail.get("ctx", {})
    name = str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "missing":
        return "is required", f"add `{name}:`"
    if kind == "value_error":
        return split(one_line(str(context.get("error", detail["msg"])), 400, exact=True))
    if kind == "string_type":
        return _not_text(given, name, document, path)
    if kind in ("int_parsing", "int_type", "int_from_float"):
        return f"must be a whole number{got}", _number_fix(given)
    if kind in ("float_parsing", "float_type", "decimal_parsing", "decimal_type", "finite_number"):
        return f"must be a number{got}", _number_fix(given)
    if kind in ("list_type", "tuple_type"):
        return f"must be a list{got}", "write each entry on a line of its own after `- `"
    if kind in ("dict_type", "model_type", "model_attributes_type", "mapping_type"):
        if isinstance(given, list):
            return "must be a mapping, and is a list here", "leave out the `- ` before each line"
        return f"must be a mapping{got}", "write `key: value` lines under it"
    if kind in ("literal_error", "enum"):
        expected = str(context.get("expected", ""))
        options = [option.strip(" '\"") for option in expected.replace(" or ", ",").split(",")]
        hint = suggest(str(given), options) if isinstance(given, str) else ""
        hint = hint or "write one of them"
        return f"must be one of {expected}{got}", hint
    if kind in ("too_short", "string_too_short") and context.get("min_length") == 1:
        return "must not be empty", ""
    limit = next((words for name, words in _LIMITS.items() if name in context), None)
    if limit is not None:
        return limit.format(**context) + got, ""
    return f"{detail['msg'][:1].lower()}{detail['msg'][1:]}{got}", ""


# Pydantic's names for what bounds a number, a list or a text.
_LIMITS = {
    "ge": "must be {ge} or more",
    "gt": "must be more than {gt}",
    "le": "must be {le} or less",
    "lt": "must be less than {lt}",
    "min_length": "must not be shorter than {min_length}",
    "max_length": "must not be longer than {max_length}",
    "pattern": "must match {pattern}",
}


def split(text: str) -> tuple[str, str]:
    """Part ``what is wrong; what to write instead``, as every rule says it."""
    message, _, fix = text.partition("; ")
    return message, fix
