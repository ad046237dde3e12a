"""What every layout owes its reader, checked on the scene before any browser sees it."""

from __future__ import annotations

from itertools import combinations

from statusgen.draw.scene import NARROW, SMALL, SMALL_NARROW, Box, Rect, Scene, Text


def faults(scene: Scene) -> list[str]:
    """Return what is wrong: texts that overlap, leave the page or their box, or are too small."""
    found: list[str] = []
    page = Box(0, 0, scene.width, scene.height)
    least = SMALL_NARROW if scene.width == NARROW else SMALL
    texts = [text for text in scene.texts() if text.text]
    backgrounds = ("band", "track")
    frames = [
        mark.box for mark in scene.flat() if isinstance(mark, Rect) and mark.fill not in backgrounds
    ]
    for text in texts:
        if text.title and not text.bold:
            found.append(f"{text.text!r} is drawn bold and was measured regular")
        if text.size < least:
            found.append(f"{text.text!r} is {text.size} px, below {least}")
        if not page.holds(text.box, 0.5):
            found.append(f"{text.text!r} leaves the page: {text.box}")
        around = frame_of(text, frames)
        if around and not around.holds(text.box, 0.5):
            found.append(f"{text.text!r} leaves its box: {text.box} {around}")
    placed = [(text, text.box) for text in texts]
    for (one, here), (two, there) in combinations(placed, 2):
        if here.meets(there, 0.05):
            found.append(f"{one.text!r} overlaps {two.text!r}: {here} {there}")
    return found


def frame_of(text: Text, frames: list[Box]) -> Box | None:
    """Return the smallest frame around the middle of a text that could hold it."""
    x, y = text.box.centre
    holding = [
        box
        for box in frames
        if box.x <= x <= box.right and box.y <= y <= box.bottom and box.height >= text.box.height
    ]
    return min(holding, key=lambda box: box.width * box.height, default=None)
