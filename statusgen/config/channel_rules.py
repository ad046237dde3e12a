"""What the channels of ``notifications:`` must be together, and what of them would do nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from statusgen.base.errors import Problem
from statusgen.base.ids import id_fault
from statusgen.base.secrets import Template
from statusgen.base.text import quote
from statusgen.base.yamltree import Document, Path_
from statusgen.config.channels import Channel, channel_id
from statusgen.config.rules import entries, group_names, monitor_ids, texts, unknown
from statusgen.config.settings import Settings


def broken_channels(document: Document) -> list[Problem]:
    """Return every problem between keys of ``notifications:``."""
    return [*_ids(document), *_references(document), *_escalations(document)]


def _named(entry: dict[str, Any]) -> str:
    """Return the id of a channel, written or not; empty where it has none."""
    if isinstance(entry.get("id"), str):
        return str(entry["id"])
    address = entry.get("to")
    return channel_id(Template(address)) if isinstance(address, str) else ""


def _ids(document: Document) -> Iterator[Problem]:
    first: dict[str, Path_] = {}
    for path, entry in entries(document, "notifications"):
        identifier = _named(entry)
        written = isinstance(entry.get("id"), str)
        if not identifier:
            if isinstance(entry.get("to"), str):
                yield document.problem(
                    (*path, "to"), "names no secret that the channel could be called after",
                    "add `id:`, a name for it",
                )  # fmt: skip
            continue
        if not written and id_fault(identifier):
            yield document.problem(
                (*path, "to"), f"{quote(identifier, 63)}, after its secret, is no id", "add `id:`"
            )
        if identifier in first:
            line = document.mark(first[identifier]).line
            whence = "the id" if written else "named after its secret,"
            yield document.problem(
                (*path, "id") if written else (*path, "to"),
                f"{whence} {quote(identifier, 63)} is taken by line {line}",
                "give each channel its own `id:`",
            )
        first.setdefault(identifier, path)


def _references(document: Document) -> Iterator[Problem]:
    monitors, groups = monitor_ids(document), group_names(document)
    components = _component_ids(document)
    for path, entry in entries(document, "notifications"):
        yield from unknown(document, path, entry, "monitors", "monitor", monitors)
        yield from unknown(document, path, entry, "groups", "group", groups)
        yield from unknown(document, path, entry, "components", "component", components)


def _component_ids(document: Document) -> list[str]:
    covered: set[str] = set()
    own: list[str] = []
    for _, entry in entries(document, "components"):
        members = [text for _, text in texts(entry, "monitors")]
        covered.update(members)
        name = members[0] if len(members) == 1 else entry.get("id")
        own += [name] if isinstance(name, str) else []
    return [*own, *(name for name in monitor_ids(document) if name not in covered)]


def _escalations(document: Document) -> Iterator[Problem]:
    channels = [_named(entry) for _, entry in entries(document, "notifications")]
    for path, entry in entries(document, "notifications"):
        below = entry.get("escalate")
        if not isinstance(below, dict):
            continue
        at = (*path, "escalate")
        known = [name for name in channels if name]
        yield from unknown(document, at, below, "to", "channel", known)
        for place, text in texts(below, "to"):
            if text and text == _named(entry):
                yield document.problem(
                    (*at, *place), "escalates to itself", "name another channel, or write reminders"
                )


def idle_channels(settings: Settings, document: Document) -> Iterator[Problem]:
    """Yield what of the channels is right in form and never tells anything."""
    called = {to for each in settings.channels if each.escalate for to in each.escalate.to}
    for index, channel in enumerate(settings.channels):
        path: Path_ = ("notifications", index)
        if not _reach(settings, channel):
            yield _out_of_reach(document, path, channel)
        if not channel.on and not channel.reports and channel.id not in called:
            yield document.problem(
                (*path, "on"), "is empty, and no channel escalates to this one: it tells nothing",
                "write for example [down, up]",
            )  # fmt: skip
        begins = {"down", "degraded", "incident"} & set(channel.on)
        if "up" in channel.on and not begins and channel.id not in called:
            yield document.problem(
                (*path, "on"), "the end is told to whoever was told of the beginning: nobody here",
                "write [down, up]",
            )  # fmt: skip
        for key in ("escalate", "reminders"):
            if getattr(channel, key) is not None and not begins and channel.id not in called:
                yield document.problem(
                    (*path, key), "this channel is told of nothing that could last",
                    "add down to its `on:`",
                )  # fmt: skip
    for path, entry in entries(document, "notifications"):
        to = entry.get("to")
        plain = isinstance(to, str) and bool(to) and not Template(to).names
        if plain and not str(to).startswith(("mailto:", "upptime:")):
            yield document.problem(
                (*path, "to"),
                "a channel's address is a secret and stands here in the open",
                "put it in a secret and write $NAME",
            )


def _reach(settings: Settings, channel: Channel) -> bool:
    """Whether there is a component that the channel may be told of."""
    return any(
        (not channel.components or component.id in channel.components)
        and (not channel.groups or component.group in channel.groups)
        and (not channel.monitors or set(channel.monitors) & set(component.monitors))
        for component in settings.components
    ) or not (channel.components or channel.groups or channel.monitors)


def _out_of_reach(document: Document, path: Path_, channel: Channel) -> Problem:
    if channel.components:
        return document.problem(
            path, "none of its components stands in its groups and monitors: it will never be used",
            "keep one of `components:`, `groups:` and `monitors:`",
        )  # fmt: skip
    return document.problem(
        path,
        "none of its monitors stands in one of its groups: it will never be used",
        "keep either `groups:` or `monitors:`",
    )
