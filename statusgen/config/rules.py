"""What several keys of ``data/status.yml`` must be together.

The rules look at the document as it was written, not at the models, so that a file with a fault in
one key still gets every other fault told in the same run. They skip what the models complain about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from statusgen.base.clock import parse_duration_ms
from statusgen.base.errors import Problem
from statusgen.base.model import suggest
from statusgen.base.text import and_list, one_line, quote
from statusgen.base.yamltree import Document, Path_
from statusgen.config.publish_entries import broken_second_places
from statusgen.config.settings import Kind, Monitor
from statusgen.config.urls import check_url_fault, host_id, pick_kind

_ATTEMPT_MS: int = Monitor.__dataclass_fields__["timeout_ms"].default  # type: ignore[assignment]
_CHECK_MS: int = Monitor.__dataclass_fields__["deadline_ms"].default  # type: ignore[assignment]

_FOREIGN_KEYS = {
    "sites": ("is Upptime's key", "call it `monitors:` and give each an id, a name and a url"),
    "status-website": ("is Upptime's key", "write `site:` with a name and a url"),
    "endpoints": ("is Gatus's key", "call it `monitors:` and give each an id, a name and a url"),
    "systems": ("is cState's key", "call it `monitors:` and give each an id, a name and a url"),
    "services": ("is not our key", "call it `monitors:` and give each an id, a name and a url"),
    "owner": ("is Upptime's key", "remove it"),
    "repo": ("is Upptime's key", "remove it"),
}


def foreign_keys(document: Document) -> list[Problem]:
    """Return a helpful problem for every top-level key that belongs to another tool."""
    if not isinstance(document.data, dict):
        return []
    return [
        document.problem((key,), f"{key!r} {what}", fix, key=True)
        for key, (what, fix) in _FOREIGN_KEYS.items()
        if key in document.data
    ]


def broken_rules(document: Document, kinds: Sequence[Kind]) -> list[Problem]:
    """Return every problem between keys of the document."""
    return [
        *_repeated_ids(document),
        *_repeated_canaries(document),
        *_aliases(document),
        *_component_ids(document),
        *_references(document),
        *_groups(document),
        *_kinds(document, kinds),
        *_times(document, kinds),
        *broken_second_places(document),
    ]


def entries(document: Document, key: str) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """Yield path and content of every mapping in the top-level list ``key``."""
    data = document.data
    listed = data.get(key) if isinstance(data, dict) else None
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(entry, dict):
            yield (key, index), entry


def texts(entry: dict[str, Any], key: str) -> list[tuple[Path_, str]]:
    """Return path below the entry, and content, of each text under ``key``: one, or a list."""
    value = entry.get(key)
    if isinstance(value, str):
        return [((key,), value)]
    listed = value if isinstance(value, list) else []
    return [((key, index), text) for index, text in enumerate(listed) if isinstance(text, str)]


def monitor_ids(document: Document) -> list[str]:
    """Return the ids of the monitors, as written, without repeats."""
    written = [entry["id"] for _, entry in entries(document, "monitors") if _has_id(entry)]
    return list(dict.fromkeys(written))


def group_names(document: Document) -> list[str]:
    """Return every group that anything stands in, without repeats."""
    names = [
        entry["group"].strip()
        for key in ("monitors", "components")
        for _, entry in entries(document, key)
        if isinstance(entry.get("group"), str)
    ]
    return list(dict.fromkeys(names))


def _has_id(entry: dict[str, Any]) -> bool:
    return isinstance(entry.get("id"), str)


def _repeated_ids(document: Document) -> Iterator[Problem]:
    for key in ("monitors", "components", "objectives", "agreements"):
        first: dict[str, Path_] = {}
        for path, entry in entries(document, key):
            if not _has_id(entry):
                continue
            identifier = entry["id"]
            if identifier in first:
                line = document.mark((*first[identifier], "id")).line
                yield document.problem(
                    (*path, "id"),
                    f"the id {quote(identifier, 63)} is taken by line {line}",
                    "give each its own",
                )
            first.setdefault(identifier, path)


def _aliases(document: Document) -> Iterator[Problem]:
    """A former id is nobody's present one, and nobody else's former one."""
    present, former = set(monitor_ids(document)), set[str]()
    for path, entry in entries(document, "monitors"):
        for below, alias in texts(entry, "aliases"):
            if alias in present or alias in former:
                whose = "is the id of a monitor" if alias in present else "is an alias already"
                yield document.problem(
                    (*path, *below), f"{quote(alias, 63)} {whose}", "write an id that it had before"
                )
            former.add(alias)


def _repeated_canaries(document: Document) -> Iterator[Problem]:
    """A canary that is written as an address alone is named after its host."""
    data = document.data
    listed = data.get("canaries") if isinstance(data, dict) else None
    seen: set[str] = set()
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        named = entry.get("id") if isinstance(entry, dict) else entry and host_id(str(entry))
        if isinstance(named, str) and named in seen:
            yield document.problem(
                ("canaries", index),
                f"there is a canary {quote(named, 63)} already",
                "ask another host: two answers of one prove little",
            )
        seen.add(str(named))


def _component_ids(document: Document) -> Iterator[Problem]:
    """Components and monitors share one namespace: one monitor, one id."""
    monitors = set(monitor_ids(document))
    for path, entry in entries(document, "components"):
        covered = [text for _, text in texts(entry, "monitors")]
        identifier = entry.get("id")
        if len(covered) == 1 and isinstance(identifier, str) and identifier != covered[0]:
            shown = one_line(covered[0], 63)
            yield document.problem(
                (*path, "id"),
                "a component of one monitor has the monitor's id",
                f"write {shown}, or leave the id out",
            )
        elif len(covered) > 1 and identifier in monitors:
            yield document.problem(
                (*path, "id"),
                f"the id {quote(str(identifier), 63)} is taken by a monitor",
                "give a component of several monitors an id of its own",
            )
        if len(covered) > 1:
            for needed in ("id", "name"):
                if entry.get(needed) is None and needed not in entry:
                    yield document.problem(
                        (*path, needed),
                        "is required where a component has several monitors",
                        f"add `{needed}:`",
                    )


def _references(document: Document) -> Iterator[Problem]:
    monitors = monitor_ids(document)
    for key in ("components", "objectives", "agreements"):
        for path, entry in entries(document, key):
            yield from unknown(document, path, entry, "monitors", "monitor", monitors)


def unknown(
    document: Document,
    path: Path_,
    entry: dict[str, Any],
    key: str,
    word: str,
    known: list[str],
) -> Iterator[Problem]:
    """Yield what is named under ``key`` of an entry twice, or without there being one."""
    seen: set[str] = set()
    for below, text in texts(entry, key):
        if text in seen:
            yield document.problem((*path, *below), f"{quote(text, 63)} is listed twice")
        elif text not in known:
            fix = suggest(text, known) or (
                f"known are {and_list(known, most=12)}" if known else f"there is no {word} yet"
            )
            yield document.problem((*path, *below), f"there is no {word} {quote(text, 63)}", fix)
        seen.add(text)


def _groups(document: Document) -> Iterator[Problem]:
    data = document.data
    listed = data.get("groups") if isinstance(data, dict) else None
    seen: dict[str, str] = {}
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        name = entry.get("name") if isinstance(entry, dict) else entry
        path: Path_ = ("groups", index, "name") if isinstance(entry, dict) else ("groups", index)
        if not isinstance(name, str):
            continue
        if _folded(name) in seen:
            yield document.problem(
                path, f"the group {quote(name, 60)} is listed twice", "remove one"
            )
        seen.setdefault(_folded(name), name.strip())
    for key in ("monitors", "components"):
        for path, entry in entries(document, key):
            group = entry.get("group")
            if not isinstance(group, str):
                continue
            first = seen.setdefault(_folded(group), group.strip())
            if first != group.strip():
                yield document.problem(
                    (*path, "group"),
                    f"{quote(group, 60)} and {quote(first, 60)} would be two groups",
                    "write both the same",
                )


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _kinds(document: Document, kinds: Sequence[Kind]) -> Iterator[Problem]:
    names = {kind.name for kind in kinds}
    for path, entry in entries(document, "monitors"):
        url = entry.get("url")
        if not isinstance(url, str):
            continue
        kind = pick_kind(url, entry, kinds)
        if isinstance(kind, str):
            yield document.problem((*path, "url"), *_split(kind))
            continue
        fault = check_url_fault(url, kind)
        if fault:
            yield document.problem((*path, "url"), *_split(fault))
        for other in sorted(names & set(entry) - {kind.name}):
            yield document.problem(
                (*path, other),
                f"`{other}:` is for {other} monitors, and this url makes it {_a(kind.name)} one",
                f"remove it, or write it under `{kind.name}:`",
                key=True,
            )


def _a(word: str) -> str:
    return f"an {word}" if word == "http" else f"a {word}"


def _split(text: str) -> tuple[str, str]:
    message, _, fix = text.partition("; ")
    return message, fix


def _times(document: Document, kinds: Sequence[Kind]) -> Iterator[Problem]:
    """An attempt fits into its check, and what counts as slow into an attempt."""
    data = document.data
    common = data.get("defaults") if isinstance(data, dict) else None
    defaults = common if isinstance(common, dict) else {}
    for path, entry in [(("defaults",), defaults), *entries(document, "monitors")]:
        inherited = {} if entry is defaults else defaults
        timeout = _first_ms((entry, inherited), ("timeout",), _ATTEMPT_MS)
        deadline = _first_ms((entry, inherited), ("deadline",), _CHECK_MS)
        if timeout > deadline and ("timeout" in entry or "deadline" in entry):
            key = "timeout" if "timeout" in entry else "deadline"
            yield document.problem(
                (*path, key),
                f"one attempt may take {_ms(timeout)}, but the whole check {_ms(deadline)}",
                "make the timeout shorter or the deadline longer",
            )
        for below in [
            keys
            for kind in kinds
            for keys in ((kind.name, "max_time"), (kind.name, "expect", "max_time"))
        ]:
            slow = _first_ms((entry,), below, 0)
            if slow > timeout:
                yield document.problem(
                    (*path, *below),
                    f"can never be reached: an attempt ends after {_ms(timeout)}",
                    "make it shorter, or `timeout:` longer",
                )


def _first_ms(scopes: Sequence[dict[str, Any]], keys: tuple[str, ...], otherwise: int) -> int:
    """Return the first duration that stands under ``keys`` and can be read."""
    for scope in scopes:
        found: Any = scope
        for key in keys:
            found = found.get(key) if isinstance(found, dict) else None
        if isinstance(found, str):
            try:
                return parse_duration_ms(found)
            except ValueError:
                continue
    return otherwise


def _ms(milliseconds: int) -> str:
    return f"{milliseconds} ms" if milliseconds % 1000 else f"{milliseconds // 1000} s"
