"""The keys that a model accepts, and those of the models below and above it."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

Loc = tuple[str | int, ...]
_DEPTH = 3
"""How far below a mapping a key is looked for."""


def field_names(model: type[BaseModel], loc: Loc) -> list[str]:
    """Return the keys that the model at ``loc`` below ``model`` accepts."""
    names = [name for found in _models(_at(model, loc)) for name, _ in _keys(found)]
    return list(dict.fromkeys(names))


def meant_by(model: type[BaseModel], loc: Loc, key: str) -> str:
    """Return what a key means that people write for one of the model's at ``loc``, or nothing."""
    for found in _models(_at(model, loc)):
        meant: str = getattr(found, "meant", {}).get(_fold(key), "")
        if meant:
            return meant
    return ""


@dataclass(frozen=True, slots=True)
class Home:
    """A place where a key belongs."""

    under: str
    """The key, dotted, below which it stands; empty where it stands beside another."""
    beside: str
    """The key beside which it stands; empty with ``under`` for the top of the file."""
    spelled: str
    """How it is written there."""


def homes(model: type[BaseModel], loc: Loc, key: str) -> list[Home]:
    """Return where ``key`` belongs that stands in the mapping at ``loc``: the nearest places.

    Places below the mapping hide those further out, and these hide all others.
    """
    below = _nearest(_below(_at(model, loc), key, "", _DEPTH))
    if below:
        return below
    for length in range(len(loc) - 1, -1, -1):
        names = [name for found in _models(_at(model, loc[:length])) for name, _ in _keys(found)]
        spelled = next((name for name in names if _fold(name) == _fold(key)), None)
        if spelled is not None:
            return [Home("", str(loc[length]) if length else "", spelled)]
    return _nearest(_below([model], key, "", _DEPTH))


def _nearest(found: Iterator[tuple[str, str]]) -> list[Home]:
    """Return the places that are least deep, each once."""
    listed = list(dict.fromkeys(found))
    least = min((place.count(".") for place, _ in listed), default=0)
    return [Home(place, "", key) for place, key in listed if place.count(".") == least]


def _below(annotations: list[Any], key: str, parent: str, depth: int) -> Iterator[tuple[str, str]]:
    for found in _models(annotations):
        for name, annotation in _keys(found):
            path = f"{parent}.{name}" if parent else name
            inner = inner_models(annotation)
            for model in inner:
                for spelled, _ in _keys(model):
                    if _fold(spelled) == _fold(key):
                        yield path, spelled
            if depth > 1 and inner:
                yield from _below(list(inner), key, path, depth - 1)


def _fold(word: str) -> str:
    return word.strip().lower().replace("-", "").replace("_", "")


def _keys(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    for name, field in model.model_fields.items():
        if not field.exclude:
            yield field.alias or name, field.annotation


def _at(model: type[BaseModel], loc: Loc) -> list[Any]:
    reached: list[Any] = [model]
    for part in loc:
        following: list[Any] = []
        for annotation in reached:
            for candidate in _parts(annotation):
                following += _step(candidate, part)
        reached = following or reached
    return reached


def _models(annotations: list[Any]) -> list[type[BaseModel]]:
    return [
        candidate
        for annotation in annotations
        for candidate in _parts(annotation)
        if isinstance(candidate, type) and issubclass(candidate, BaseModel)
    ]


def inner_models(annotation: Any) -> list[type[BaseModel]]:
    """Return the models that a field holds, in a list or a mapping too."""
    found: list[type[BaseModel]] = []
    waiting = [annotation]
    while waiting:
        for part in _parts(waiting.pop()):
            if isinstance(part, type) and issubclass(part, BaseModel):
                found.append(part)
            else:
                waiting += [each for each in get_args(part) if each is not Ellipsis]
    return found


def _parts(annotation: Any) -> list[Any]:
    """Return the members of a union, without what annotates them."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _parts(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [found for part in get_args(annotation) for found in _parts(part)]
    return [annotation]


def _step(annotation: Any, part: str | int) -> list[Any]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(part, int):
        return [arguments[0]] if origin in (list, tuple, frozenset, set) and arguments else []
    if origin is dict:
        return [arguments[1]]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            if part in (name, field.alias):
                return [field.annotation]
    return []
