"""Colours as ``#rrggbb``: how well one is seen on another, and the nearest shade that is.

Luminance and contrast are those of WCAG 2.2 (relative luminance, contrast ratio).
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable

_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_STEPS = 400


def parse_colour(text: str) -> str | None:
    """Return ``#rrggbb`` in small letters; None for a text that is no such colour."""
    found = _HEX.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * each for each in digits))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two ``#rrggbb``, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, ground: str, share: float) -> str:
    """Return ``share`` of a colour over the rest of a ground."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return _written(*(share * over + (1 - share) * under for over, under in pairs))


def nearest(colour: str, passes: Callable[[str], bool]) -> str | None:
    """Return the shade of a colour that is nearest in lightness and ``passes``; None: none does."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    for step in range(_STEPS + 1):
        for way in (-1, 1):
            other = lightness + way * step / _STEPS
            if 0 <= other <= 1:
                shade = _written(*colorsys.hls_to_rgb(hue, other, saturation))
                if passes(shade):
                    return shade
    return None


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _written(*channels: float) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in channels)
