"""``vantages:``, ``second_opinion:`` and ``engine:``: what they mean, and what contradicts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from statusgen.base.errors import Problem
from statusgen.base.model import suggest
from statusgen.base.secrets import Template
from statusgen.base.text import quote
from statusgen.base.yamltree import Document, Path_
from statusgen.config.outside import Globalping, Instance
from statusgen.config.outside_entries import EngineEntry, PrometheusEntry, SecondOpinionEntry
from statusgen.config.rules import monitor_ids
from statusgen.config.settings import Monitor

KINDS = ("prometheus", "gatus", "kuma")


def globalping_of(
    entry: SecondOpinionEntry | None, monitors: Sequence[Monitor]
) -> Globalping | None:
    """Return how Globalping is asked; None where nobody wants it."""
    if entry is None:
        wanted = any(monitor.globalping for monitor in monitors)
        return Globalping(opinions=False) if wanted else None
    said = entry.globalping
    return Globalping(
        url=said.url.rstrip("/"), token=said.token, places=said.from_, probes=said.probes
    )


def instances(entry: EngineEntry | None, document: Document) -> tuple[Instance, ...]:
    """Return the servers that rounds are read from."""
    if entry is None:
        return ()
    found = []
    for kind in KINDS:
        for index, said in enumerate(getattr(entry, kind)):
            more: dict[str, Any] = {}
            if isinstance(said, PrometheusEntry):
                more = {
                    "since": said.since, "match": said.match, "warn": said.warn,
                    "vantage_label": said.vantage_label,
                    "queries": said.queries.model_dump(exclude_none=True),
                }  # fmt: skip
            found.append(
                Instance(
                    kind=kind,
                    url=said.url,
                    token=said.token,
                    vantage=said.vantage or kind,
                    every=said.every,
                    monitors=said.monitors,
                    mark=document.mark(_place(document, kind, index)),
                    **more,
                )
            )
    return tuple(found)


def broken_places(document: Document) -> list[Problem]:
    """Return what is wrong between these keys and others."""
    return [*_repeated(document), *_engines(document)]


def _repeated(document: Document) -> Iterator[Problem]:
    seen: set[str] = set()
    data = document.data if isinstance(document.data, dict) else {}
    listed = data.get("vantages")
    for index, each in enumerate(listed if isinstance(listed, list) else ()):
        name = each.get("id") if isinstance(each, dict) else each
        if isinstance(name, str) and name in seen:
            what = f"the vantage {quote(name, 60)} is written twice"
            yield document.problem(("vantages", index), what, "leave one of them out")
        seen |= {name} if isinstance(name, str) else set()


def _engines(document: Document) -> Iterator[Problem]:
    ids = monitor_ids(document)
    seen: dict[str, Path_] = {}
    for kind in KINDS:
        for index, said in enumerate(_listed(document, kind)):
            at = _place(document, kind, index)
            url = said.get("url")
            if isinstance(url, str) and not Template(url).names:
                parts = urlsplit(url.strip())
                if parts.scheme not in ("http", "https") or not parts.hostname:
                    what = f"{quote(url, 60)} is no address of a server"
                    yield document.problem((*at, "url"), what, "write http://127.0.0.1:9090")
            named = said.get("monitors")
            for name in named if isinstance(named, dict) else ():
                if name not in ids:
                    hint = suggest(str(name), ids) or "write the id of a monitor"
                    what = f"no monitor has the id {quote(str(name), 60)}"
                    yield document.problem((*at, "monitors", name), what, hint, key=True)
            place = said.get("vantage", kind)
            if isinstance(place, str) and place in seen:
                what = f"two servers are the vantage {quote(place, 60)}"
                fix = "write another `vantage:`: several servers are several places"
                yield document.problem(at, what, fix)
            seen[str(place)] = at


def _listed(document: Document, kind: str) -> list[dict[str, Any]]:
    data = document.data if isinstance(document.data, dict) else {}
    engine = data.get("engine")
    said = engine.get(kind) if isinstance(engine, dict) else None
    listed = said if isinstance(said, list) else [said]
    return [each if isinstance(each, dict) else {} for each in listed if each is not None]


def _place(document: Document, kind: str, index: int) -> Path_:
    data = document.data if isinstance(document.data, dict) else {}
    engine = data.get("engine")
    said = engine.get(kind) if isinstance(engine, dict) else None
    return ("engine", kind, index) if isinstance(said, list) else ("engine", kind)
