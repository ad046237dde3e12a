"""Collecting what an Upptime file says in vain, each kind of thing once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from statusgen.base.errors import Problem
from statusgen.base.model import suggest
from statusgen.base.text import quote
from statusgen.base.yamltree import Document, Path_


class Warnings:
    """Warnings in file order; one that many sites share is told once, with their number."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], list[Problem]] = {}

    def add(self, problem: Problem) -> None:
        """Add one; the same words about the same key of another site are counted only."""
        key = problem.path.rpartition(".")[2]
        self._found.setdefault((key, problem.message, problem.fix), []).append(problem)

    def told(self) -> tuple[Problem, ...]:
        """Return them in file order."""
        told = []
        for same in self._found.values():
            first = same[0]
            if len(same) > 1:
                more = f"{first.message} (also in {len(same) - 1} more)"
                first = replace(first, message=more)
            told.append(first)
        return tuple(sorted(told, key=lambda problem: (problem.line, problem.column)))


def unknown_keys(
    document: Document,
    at: Path_,
    written: Mapping[str, Any],
    read: Collection[str],
    without_effect: Mapping[str, str],
    warnings: Warnings,
    meant: Mapping[str, str],
    elsewhere: Mapping[str, str],
) -> None:
    """Warn of every key that has no effect, with the right key or the right place.

    ``meant``: keys of no version → what to write; ``elsewhere``: keys of other places → where.
    """
    for key in written:
        path = (*at, key)
        if key in read or _is_anchored(document, path):
            continue
        if key in without_effect:
            warnings.add(document.problem(path, f"has no effect: {without_effect[key]}", key=True))
            continue
        hint = (
            meant.get(key)
            or suggest(key, [*read, *without_effect], least=0.85)
            or elsewhere.get(key)
            or suggest(key, [*read, *without_effect])
        )
        warnings.add(
            document.problem(
                path, f"unknown key {quote(key, 60)}: not used", hint or "remove it", key=True
            )
        )


def _is_anchored(document: Document, path: Path_) -> bool:
    """Whether what stands there is written for aliases elsewhere: then it has its effect there."""
    return any(anchor[: len(path)] == path for anchor in document.anchored)
