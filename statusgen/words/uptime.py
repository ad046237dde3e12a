"""What the printed uptime means."""

from __future__ import annotations

from collections.abc import Mapping

from statusgen.words.speaker import Words


def uptime_definition(
    words: Words, weights: Mapping[str, int], *, maintenance_counts: bool = False
) -> str:
    """Say in words what the printed uptime means; stands under the number.

    ``weights``: how much of a second in each of the states ``up``, ``degraded``, ``partial`` and
    ``down`` counts as good, in hundredths of a percent, in the order told.
    """
    maintenance = "maintenance-counts" if maintenance_counts else "maintenance-out"
    return words.say(
        "uptime.definition",
        weights=", ".join(_weight(words, state, weight) for state, weight in weights.items()),
        maintenance=words.say(f"uptime.{maintenance}"),
    )


def _weight(words: Words, state: str, weight: int) -> str:
    name = words.say(f"uptime.{state}")
    if weight in (0, 10_000):
        return words.say("uptime.full" if weight else "uptime.not", state=name)
    return words.say("uptime.part", state=name, share=words.share(weight))
