"""Badges: as SVG, and as what shields.io's endpoint reads; for each component and for the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from statusgen.base.palette import Colours
from statusgen.base.states import Look
from statusgen.base.text import one_line, xml_legal
from statusgen.draw.metrics import FONT_STACK, width
from statusgen.gates.gate import tally
from statusgen.publish.api.facts import (
    hundredths,
    json_asset,
    latency_over,
    text_asset,
    uptime_over,
)
from statusgen.publish.api.upptime import shield, time_badge, uptime_badge
from statusgen.publish.edition import Edition
from statusgen.publish.manifest import Asset
from statusgen.status.snapshot import ComponentStatus
from statusgen.status.standing import Verdict
from statusgen.status.uptime import hundredths as share
from statusgen.words import Words

WINDOWS = ("24h", "7d", "30d", "90d")
_GREY = Colours().of("unknown")
_COLOURS = {
    "brightgreen": "#1a7f5a",
    "green": "#1a7f5a",
    "yellowgreen": "#5f7a00",
    "yellow": "#8f6700",
    "orange": "#b35300",
    "red": "#c4314b",
    "lightgrey": "#656b75",
}
"""Shields' names in shades on which white text has a contrast of 4.5 : 1."""
_SHADES = {
    Look.UP: "brightgreen",
    Look.DEGRADED: "yellow",
    Look.PARTIAL: "orange",
    Look.DOWN: "red",
    Look.MAINTENANCE: "blue",
    Look.UNKNOWN: "lightgrey",
}
_BLUE = "#2f6fd0"
_LONGEST = 40
"""Letters of a text on a badge."""


@dataclass(frozen=True, slots=True)
class Badge:
    """One badge; ``name`` is its file without the ending."""

    name: str
    label: str
    message: str
    colour: str
    """In shields' words."""

    @property
    def alternative(self) -> str:
        """Return what stands for the picture where none is shown."""
        return f"{self.label}: {self.message}"


def badge_files(edition: Edition) -> Iterator[Asset]:
    """Return ``badges/status.svg`` and ``badges/<id>/*.svg``, each with its JSON."""
    for folder, badges in all_badges(edition).items():
        for badge in badges:
            path = f"badges/{folder}{badge.name}"
            yield text_asset(f"{path}.svg", badge_svg(badge))
            yield json_asset(f"{path}.json", shield(badge.label, badge.message, badge.colour))


def all_badges(edition: Edition) -> dict[str, list[Badge]]:
    """Return the badges by their folder: the site's own stand in none."""
    words = edition.words.plain()
    look = edition.banner.state
    site = Badge("status", words.say("chrome.status"), _state(words, look), _SHADES[look])
    found = {"": [site, *_kept(words, edition)]}
    for component in edition.snapshot.components:
        found[f"{component.id}/"] = [
            *_badges(words, component),
            *_promised(words, edition, component),
        ]
    return found


_VERDICTS = {Verdict.MET: "brightgreen", Verdict.MISSED: "red", Verdict.UNKNOWN: "lightgrey"}


def _promised(words: Words, edition: Edition, component: ComponentStatus) -> Iterator[Badge]:
    """Yield a badge for each objective of a component: what is promised, and whether it is kept."""
    for one in edition.objectives:
        if component.id in one.components:
            verdict = one.standing.verdict
            target = words.percent(share(one.standing.target.value))
            label = f"{one_line(component.name)} {target}"
            message = words.say(f"promises.{verdict}")
            yield Badge(f"objective-{one.id}", label, message, _VERDICTS[verdict])


def _kept(words: Words, edition: Edition) -> Iterator[Badge]:
    """Yield how many of the promises of all roadmaps are kept, and of each that has any."""
    gates = {name: found for name, found in edition.gates.items() if found}
    if not gates:
        return
    together = [gate for found in gates.values() for gate in found]
    for name, found in (("", together), *gates.items()):
        counted = tally(found)
        known = counted.good + counted.bad
        if not known and not counted.unknown:
            continue  # only stages wait for something: nothing is promised
        label = f"{name} {words.say('promises.badge')}".strip()
        if not known:
            message, colour = words.say("promises.badge-unknown"), "lightgrey"
        else:
            message = words.say("promises.badge-counts", good=str(counted.good), count=str(known))
            colour = "red" if counted.bad else "brightgreen"
        yield Badge(f"promises-{name}" if name else "promises", label, message, colour)


def _badges(words: Words, component: ComponentStatus) -> Iterator[Badge]:
    label = one_line(component.name)
    look = component.look
    yield Badge("status", label, _state(words, look), _SHADES.get(look, "lightgrey"))
    for window in WINDOWS:
        told = words.say("api.badge-uptime", window=window)
        seen = uptime_badge(told, hundredths(uptime_over(component, window)))
        yield _of(f"uptime-{window}", seen, words)
    for window in WINDOWS:
        told = words.say("api.badge-time", window=window)
        yield _of(
            f"response-time-{window}", time_badge(told, latency_over(component, window)), words
        )


def _of(name: str, seen: dict[str, str], words: Words) -> Badge:
    message = seen["message"]
    if message == "unknown":
        message = words.say("states.unknown")
    return Badge(name, seen["label"], message, seen["color"])


def _state(words: Words, look: Look) -> str:
    return words.say(f"states.{look}")


def badge_svg(badge: Badge) -> str:
    """Draw a badge; it holds texts and rectangles alone, whatever its texts are."""
    label, message = (_cut(text) for text in (badge.label, badge.message))
    left, right = (round(width(text, 11) + 12) for text in (label, message))
    whole = left + right
    colour = _BLUE if badge.colour == "blue" else _COLOURS.get(badge.colour, _GREY)
    title = escape(f"{label}: {message}")

    def text(words: str, centre: float, size: int) -> str:
        return (
            f'<text x="{centre:g}" y="14" text-anchor="middle" textLength="{size}" '
            f'lengthAdjust="spacingAndGlyphs">{escape(words)}</text>'
        )

    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="20" role="img" '
        f'aria-label="{title}"><title>{title}</title>'
        f'<clipPath id="r"><rect width="{whole}" height="20" rx="3"/></clipPath>'
        f'<g clip-path="url(#r)"><rect width="{left}" height="20" fill="#3d444d"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{colour}"/></g>'
        f'<g fill="#fff" font-family=\'{FONT_STACK}\' font-size="11">'
        f"{text(label, left / 2, left - 12)}{text(message, left + right / 2, right - 12)}"
        "</g></svg>\n"
    )


def _cut(text: str) -> str:
    plain = xml_legal(one_line(text))
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
