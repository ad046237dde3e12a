"""``graphs/…``: response times where Upptime's pictures stood, and the state beside a link."""

from __future__ import annotations

from collections.abc import Iterator

from statusgen.base.clock import DAY
from statusgen.base.states import Look
from statusgen.publish.api.facts import SOURCE
from statusgen.publish.edition import Edition
from statusgen.publish.headline import headline
from statusgen.publish.manifest import Asset

RANGES = {
    "-day": ("24h", DAY),
    "-week": ("7d", 7 * DAY),
    "-month": ("30d", 30 * DAY),
    "": ("90d", 90 * DAY),
}
"""How a file's name ends → the window, and its length."""


def card_path(look: Look) -> str:
    """Return where the picture of the present state stands: each state has its own address."""
    return f"graphs/state-{look}.png"


def graph_files(edition: Edition) -> Iterator[Asset]:
    """Return the pictures of each component; none unless the owner asked for them.

    Each takes a fifth of a second to draw, so that a site of 20 components takes long to build.
    """
    if not edition.settings.site.graphs:
        return
    # matplotlib takes half a second to import
    from statusgen.draw.card import draw_card
    from statusgen.draw.response import draw_response

    words, now, look = edition.words.plain(), edition.snapshot.now, edition.banner.state
    colour = edition.settings.site.colours.of(look.value)
    card = draw_card(edition.settings.site.name, headline(edition).plain, colour)
    yield Asset(path=card_path(look), content=card, source=SOURCE)
    for component in edition.snapshot.components:
        for name, (window, length) in RANGES.items():
            told = words.say(f"component.last-{window}")
            shown = edition.names[component.id]
            title = words.say("component.chart-title", name=shown, window=told)
            picture = draw_response(
                component.latency_series, start=now - length, end=now, title=title, unit="ms"
            )
            path = f"graphs/{component.id}/response-time{name}"
            yield Asset(path=f"{path}.svg", content=picture.svg, source=SOURCE)
            yield Asset(path=f"{path}.png", content=picture.png, source=SOURCE)
