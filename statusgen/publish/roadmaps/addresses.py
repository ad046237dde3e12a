"""Where things of a roadmap are published, from the site's root. Ids are slugs: none escapes."""

from __future__ import annotations

from statusgen.roadmap.model import Roadmap

INDEX = "roadmaps/"
CLAIMS = "claims/"
"""Every stated number of all roadmaps, and how it was checked."""
PROMISES = "promises/"
"""All promises of all roadmaps, and those to visitors."""


def roadmap_path(roadmap: str) -> str:
    """Return the address of a roadmap's overview."""
    return f"{INDEX}{roadmap}/"


def section_path(roadmap: str, section: str) -> str:
    """Return the address of a section's page; the overview is the section with an empty name."""
    return f"{INDEX}{roadmap}/{section}/" if section else roadmap_path(roadmap)


def stage_path(roadmap: str, stage: str) -> str:
    """Return the address of a stage's page."""
    return f"{INDEX}{roadmap}/stages/{stage}/"


def view_path(roadmap: str, architecture: str, view: str) -> str:
    """Return the address of a view of an architecture; that of all parts has an empty name."""
    home = f"{section_path(roadmap, 'architecture')}{architecture}/"
    return f"{home}{view}/" if view else home


def item_path(roadmap: Roadmap, item: str) -> str:
    """Return where an item is described: on its stage's page, that of options, or the overview."""
    for stage in roadmap.stages:
        if any(one.id == item for one in stage.items):
            return f"{stage_path(roadmap.id, stage.id)}#{item}"
    if any(choice.id == item for choice in roadmap.choices):
        return f"{section_path(roadmap.id, 'options')}#{item}"
    return f"{roadmap_path(roadmap.id)}#{item}"


def part_path(roadmap: Roadmap, name: str) -> str:
    """Return the address of a stage, an item or an ``item/option``; empty where there is none."""
    item, _, option = name.partition("/")
    if roadmap.stage(item):
        return stage_path(roadmap.id, item)
    if roadmap.item(item) is None:
        return ""
    return f"{section_path(roadmap.id, 'options')}#{item}" if option else item_path(roadmap, item)


def part_name(roadmap: Roadmap, name: str) -> str:
    """Return the name of a stage, an item or an option; the id where there is none."""
    identifier, _, option = name.partition("/")
    stage = roadmap.stage(identifier)
    if stage is not None:
        return stage.name
    item = roadmap.item(identifier)
    if item is None:
        return name
    chosen = next((choice.name for choice in item.options if choice.id == option), "")
    return f"{item.name}: {chosen}" if chosen else item.name
