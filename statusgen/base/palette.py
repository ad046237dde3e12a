"""The colours of the pages, in light and in dark, and what an owner's own ones must be seen on.

The names are those of the custom properties in our style sheets. A colour that nobody set is ours;
one that is set brings its tint along, the ground of banners and of days in a calendar.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from statusgen.base.colour import contrast, mixed, nearest

Scheme = Literal["light", "dark"]

SCHEMES: tuple[Scheme, ...] = ("light", "dark")
STATES = ("up", "degraded", "partial", "down", "maintenance", "unknown")
NAMES = ("accent", *STATES)
"""What an owner may set; our property of the accent is ``link``."""
TEXT, SHAPE = 4.5, 3.0
"""The least contrast (WCAG 2.2, 1.4.3 and 1.4.11)."""

_LIGHT = {
    "bg": "#f5f6f8", "card": "#ffffff", "line": "#d9dee5", "text": "#161b22", "muted": "#59626e",
    "link": "#1d5bb8", "on": "#ffffff",
    "up": "#1a7f5a", "degraded": "#a87900", "partial": "#c9620a", "down": "#c4314b",
    "unknown": "#7d838d", "maintenance": "#2f6fd0",
    "up-t": "#e8f4ef", "degraded-t": "#fbf3dc", "partial-t": "#fceee0", "down-t": "#fbe8eb",
    "unknown-t": "#eceef1", "maintenance-t": "#e6effb",
}  # fmt: skip
_DARK = {
    "bg": "#0e1216", "card": "#161b21", "line": "#2c333c", "text": "#e7eaee", "muted": "#a3acb8",
    "link": "#8ab4f8", "on": "#0e1216",
    "up": "#3fb68b", "degraded": "#d9a514", "partial": "#ee8a3a", "down": "#f0667c",
    "unknown": "#8b939f", "maintenance": "#6ea3f5",
    "up-t": "#12291f", "degraded-t": "#2b230d", "partial-t": "#2f1f10", "down-t": "#321820",
    "unknown-t": "#20252c", "maintenance-t": "#142238",
}  # fmt: skip
_OURS: Mapping[Scheme, Mapping[str, str]] = {"light": _LIGHT, "dark": _DARK}
_TINT: Mapping[Scheme, tuple[float, str]] = {"light": (0.1, "card"), "dark": (0.16, "bg")}
_DIAGRAMS: Mapping[Scheme, Mapping[str, str]] = {
    "light": {"selected parts of diagrams": "#dbe7f8", "groups of diagrams": "#eceef1"},
    "dark": {"selected parts of diagrams": "#1f3352", "groups of diagrams": "#12171c"},
}
"""Grounds of roadmaps' diagrams (``draw.theme``: soft, group) on which the accent is text."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a colour stands on, and how well it must be seen there."""

    name: str
    colour: str
    least: float


@dataclass(frozen=True, slots=True)
class Colours:
    """An owner's own colours: name → light and dark shade; empty: ours."""

    shades: tuple[tuple[str, str, str], ...] = ()

    def palette(self, scheme: Scheme) -> dict[str, str]:
        """Return every property with its colour."""
        made = dict(_OURS[scheme])
        for name, *shades in self.shades:
            own = shades[SCHEMES.index(scheme)]
            made["link" if name == "accent" else name] = own
            if name in STATES:
                made[f"{name}-t"] = _tint(own, scheme)
        return made

    def of(self, name: str, scheme: Scheme = "light") -> str:
        """Return one of the colours that an owner may set."""
        return self.palette(scheme)["link" if name == "accent" else name]

    def grounds(self, name: str, colour: str, scheme: Scheme) -> list[Ground]:
        """Return all that ``colour`` stands on as the ``name`` of this palette."""
        made = self.palette(scheme)
        if name != "accent":
            inner = TEXT if name == "down" else SHAPE
            return [
                Ground("the page", made["bg"], SHAPE),
                Ground("cards", made["card"], SHAPE),
                Ground("its own tint", _tint(colour, scheme), SHAPE),
                Ground("what stands in it", made["on"], inner),
            ]
        tints = [Ground(f"the tint of {each}", made[f"{each}-t"], TEXT) for each in STATES]
        drawn = [Ground(where, each, TEXT) for where, each in _DIAGRAMS[scheme].items()]
        plain = [Ground("the page", made["bg"], TEXT), Ground("cards", made["card"], TEXT)]
        return [*plain, Ground("what stands in it", made["on"], TEXT), *tints, *drawn]

    def failing(self, name: str, colour: str, scheme: Scheme) -> Ground | None:
        """Return the ground on which a colour fails by most; None: it is seen everywhere."""
        found = [
            (contrast(colour, ground.colour) / ground.least, ground)
            for ground in self.grounds(name, colour, scheme)
        ]
        share, worst = min(found, key=lambda each: each[0])
        return worst if share < 1 else None

    def passing(self, name: str, colour: str, scheme: Scheme) -> str:
        """Return the nearest shade that is seen everywhere; ours where there is none."""
        shade = nearest(colour, lambda each: self.failing(name, each, scheme) is None)
        return shade or self.of(name, scheme)


def _tint(colour: str, scheme: Scheme) -> str:
    share, ground = _TINT[scheme]
    return mixed(colour, _OURS[scheme][ground], share)
