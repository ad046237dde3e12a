"""Writes a `Scene` as SVG: the only module that knows elements and attributes.

An element builder rather than templates: a diagram is lists of marks, not text with holes, and
escaping then happens in one function. Same scene, same bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import groupby, pairwise
from xml.sax.saxutils import escape, quoteattr

from statusgen.base.text import xml_legal
from statusgen.draw.metrics import clean
from statusgen.draw.scene import (
    Box,
    Curve,
    Disc,
    Hatch,
    Icon,
    Line,
    Link,
    Mark,
    Point,
    Rect,
    Scene,
    Text,
)
from statusgen.draw.theme import PALETTES, Theme, resolved_rules

ARROW, ARROW_HEAVY = 7.0, 9.0
_HATCH_STEP = 6.0
_CORNER = 5.0
_TONES = {"muted": "sg-m"}
_ANCHORS = {"middle": "sg-c", "end": "sg-e"}
_LONGEST_HREF = 2000
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_PROPERTY = re.compile(r"var\(--sg-([a-z]+)\)")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


def number(value: float) -> str:
    """Write a coordinate: at most one decimal, no trailing zero, no minus zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def safe_href(href: str) -> str:
    """Return ``href`` where it is relative or http(s), else the empty string.

    One with control or invisible characters, or longer than browsers agree on, is none.
    """
    href = href.strip()
    if len(href) > _LONGEST_HREF or any(unicodedata.category(c)[0] == "C" for c in href):
        return ""
    if _SCHEME.match(href) and not href.lower().startswith(("http://", "https://")):
        return ""
    return href


def check_prefix(prefix: str) -> None:
    """Raise ValueError unless ``prefix`` can begin an id."""
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"{prefix!r} cannot begin an id; use letters, digits and hyphens")


def render(scene: Scene, prefix: str, title: str, description: str) -> str:
    """Write the scene as an ``<svg>`` for a page that has `statusgen.draw.theme.stylesheet`.

    ``prefix`` keeps ids unique on a page; it begins with a letter and holds letters, digits and
    hyphens (ValueError otherwise). With links inside, the role is ``group``: ``img`` would hide
    them from screen readers.
    """
    check_prefix(prefix)
    has_links = any(isinstance(mark, Link) and safe_href(mark.href) for mark in scene.marks)
    sizes = Counter(text.size for text in scene.texts())
    usual = max(sizes, key=lambda size: (sizes[size], size), default=12.0)
    # Said once instead of on nearly every text: a tenth of the bytes.
    plain = f' font-size="{number(usual)}"'
    body = _marks(scene.marks, usual)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {number(scene.width)} {number(scene.height)}" '
        f'role="{"group" if has_links else "img"}"{plain} '
        f'aria-labelledby="{prefix}-t {prefix}-d">'
        f'<title id="{prefix}-t">{escape(clean(title))}</title>'
        f'<desc id="{prefix}-d">{escape(clean(description))}</desc>{body}</svg>'
    )


def standalone(svg: str, theme: Theme) -> bytes:
    """Return an inline diagram as a file of its own: colours resolved, background painted.

    Rasterisers (librsvg, cairo) know no CSS custom properties and would paint everything black.
    """
    match = re.match(r'<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>', svg)
    if match is None:
        raise ValueError("not a diagram that render() wrote")
    head = match[0].replace("<svg ", f'<svg class="sg" width="{match[1]}" height="{match[2]}" ')
    paper = f'<rect width="100%" height="100%" fill="{PALETTES[theme]["page"]}"/>'
    titles, split, body = svg[match.end() :].partition("</desc>")
    body = _PROPERTY.sub(lambda found: PALETTES[theme][found[1]], body)
    style = f"<style>{escape(resolved_rules(theme))}</style>"
    return f"{head}{titles}{split}{style}{paper}{body}\n".encode()


def _marks(marks: Iterable[Mark], usual: float) -> str:
    """Write marks in their order; lines of one look, and lines of one text, as one element.

    That is a third of a ladder's bytes. It also lets a text that fills two lines be read out, and
    copied, as one.
    """
    written: list[str] = []
    for _, alike in groupby(marks, key=type):
        run = list(alike)
        arrows = [mark for mark in run if isinstance(mark, Line)]
        texts = [mark for mark in run if isinstance(mark, Text)]
        if arrows or texts:
            written += [_arrows(arrows), *(_text(part, usual) for part in _paragraphs(texts))]
        else:
            written += [_mark(mark, usual) for mark in run]
    return "".join(written)


def _mark(mark: Mark, usual: float) -> str:
    match mark:
        case Rect():
            return _rect(mark)
        case Text() | Line():
            return _marks([mark], usual)
        case Curve():
            return _curve(mark)
        case Hatch():
            return f'<path class="s s-warn" d="{_hatch(mark.box)}"/>'
        case Disc():
            place = f'cx="{number(mark.x)}" cy="{number(mark.y)}" r="{number(mark.radius)}"'
            return f'<circle class="f-{mark.fill}" {place}/>'
        case Icon():
            return _icon(mark)
        case Link():
            body = _marks(mark.marks, usual)
            href = safe_href(mark.href)
            return f"<a href={quoteattr(href)}>{body}</a>" if href else body


def _rect(mark: Rect) -> str:
    box = mark.box
    radius = f' rx="{number(mark.radius)}"' if mark.radius else ""
    return (
        f'<rect class="f-{mark.fill}" x="{number(box.x)}" y="{number(box.y)}" '
        f'width="{number(box.width)}" height="{number(box.height)}"{radius}/>'
    )


def _paragraphs(texts: list[Text]) -> list[list[Text]]:
    """Bring the lines of each text together."""
    found: list[list[Text]] = []
    for text in texts:
        if found and found[-1][-1].goes_on:
            found[-1].append(text)
        else:
            found.append([text])
    return found


def _text(parts: list[Text], usual: float) -> str:
    """Write the lines of one text; the whole of it is its title where some of it was cut."""
    first = parts[0]
    names = [] if first.tone == "ink" else [_TONES.get(first.tone, f"sg-{first.tone}")]
    if first.title:
        names.append("sg-h")
    elif first.bold:
        names.append("sg-b")
    if first.anchor != "start":
        names.append(_ANCHORS[first.anchor])
    if first.halo:
        names.append("sg-o")
    styled = f' class="{" ".join(names)}"' if names else ""
    whole = next((part.full for part in parts if part.full), "")
    full = f"<title>{escape(clean(whole))}</title>" if whole else ""
    size = "" if first.size == usual else f' font-size="{number(first.size)}"'
    # Whole px across only: downwards half a px more or less would let tall letters touch.
    x = f"{first.x:.0f}"
    body = escape(xml_legal(first.text))
    for before, part in pairwise(parts):
        step = number(part.y - before.y)
        body += f' <tspan x="{x}" dy="{step}">{escape(xml_legal(part.text))}</tspan>'
    return f'<text x="{x}" y="{number(first.y)}"{size}{styled}>{full}{body}</text>'


def _arrows(lines: list[Line]) -> str:
    """Write lines, those of one look as one path, and their heads as another."""
    paths: dict[str, str] = {}
    heads: dict[str, str] = {}
    for line in lines:
        names = ["s"] + ([] if line.stroke == "edge" else [f"s-{line.stroke}"])
        names += ["s-heavy"] if line.heavy else []
        names += ["s-dash"] if line.dashed else []
        points = line.points
        if line.arrow and len(points) > 1:
            size = ARROW_HEAVY if line.heavy else ARROW
            name = "h" if line.stroke in ("edge", "faint", "ink") else f"h-{line.stroke}"
            heads[name] = heads.get(name, "") + _arrowhead(points[-2], points[-1], size)
            points = (*points[:-1], _toward(points[-1], points[-2], size - 1))
        look = " ".join(names)
        paths[look] = paths.get(look, "") + _rounded(points)
    return "".join(f'<path class="{look}" d="{path}"/>' for look, path in (paths | heads).items())


def _curve(mark: Curve) -> str:
    if mark.fill:
        return f'<path class="f-{mark.fill}" d="{mark.path}"/>'
    names = ["s"] + ([] if mark.stroke == "edge" else [f"s-{mark.stroke}"]) + ["s-heavy"]
    names += [f"s-{mark.dash}"] if mark.dash else []
    return f'<path class="{" ".join(names)}" d="{mark.path}"/>'


def _toward(start: Point, end: Point, by: float) -> Point:
    """Return the point ``by`` px from ``start`` on the way to ``end``."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = max((dx * dx + dy * dy) ** 0.5, 0.001)
    return start[0] + dx * by / length, start[1] + dy * by / length


def _arrowhead(before: Point, tip: Point, size: float) -> str:
    """Return a triangle whose sides are written from its tip, which is shorter."""
    back = _toward(tip, before, size)
    along, across = back[0] - tip[0], back[1] - tip[1]
    dx, dy = along * 0.55, across * 0.55
    left, foot = (along - dy, across + dx), (2 * dy, -2 * dx)
    return f"M{_px(tip)}l{_join([left])}{_step(foot)}z"


def _step(by: Point) -> str:
    x, y = number(by[0]), number(by[1])
    return f"h{x}" if y == "0" else f"v{y}" if x == "0" else f"l{x} {y}"


def _join(points: Iterable[Point]) -> str:
    return "L".join(f"{number(x)} {number(y)}" for x, y in points)


def _px(point: Point) -> str:
    """Write a point in whole px: those of lines are many, and half a px of theirs is not seen."""
    return f"{point[0]:.0f} {point[1]:.0f}"


def _straight(start: Point, end: Point) -> str:
    """Return the shortest way to write a straight line between two points."""
    (x0, y0), (x, y) = _px(start).split(), _px(end).split()
    if y == y0:
        return f"H{x}" if x != x0 else ""
    return f"V{y}" if x == x0 else f"L{x} {y}"


def _rounded(points: tuple[Point, ...]) -> str:
    """Return a path through the points with small round corners."""
    path, at = f"M{_px(points[0])}", points[0]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(
            _CORNER,
            *(max(abs(corner[0] - p[0]), abs(corner[1] - p[1])) / 2 for p in (before, after)),
        )
        enter, leave = _toward(corner, before, reach), _toward(corner, after, reach)
        path += f"{_straight(at, enter)}Q{_px(corner)} {_px(leave)}"
        at = leave
    return path + (_straight(at, points[-1]) if len(points) > 1 else "")


def _hatch(box: Box) -> str:
    """Return diagonals clipped to the box, and its outline: no pattern, so no id to clash."""
    path = f"M{_join([(box.x, box.y), (box.right, box.y), (box.right, box.bottom)])}"
    path += f"L{_join([(box.x, box.bottom)])}z"
    offset = _HATCH_STEP
    while offset < box.width + box.height:
        left, right = max(0.0, offset - box.height), min(offset, box.width)
        if right - left > 0.5:
            start = (box.x + left, box.y + offset - left)
            path += f"M{_join([start, (box.x + right, box.y + offset - right)])}"
        offset += _HATCH_STEP
    return path


def _icon(mark: Icon) -> str:
    """Draw within a square of ``size`` whose foot is the baseline."""
    x, y, s = mark.x, mark.y, mark.size

    def at(*places: tuple[float, float]) -> str:
        return _join((x + px * s, y - py * s) for px, py in places)

    if mark.symbol == "ok":
        return f'<path class="s s-good s-heavy" d="M{at((0.1, 0.4), (0.38, 0.1), (0.9, 0.7))}"/>'
    if mark.symbol == "bad":
        path = f"M{at((0.5, 0.82), (0.98, 0), (0.02, 0))}zM{at((0.5, 0.52), (0.5, 0.28))}"
        return f'<path class="s s-warn" d="{path}M{at((0.5, 0.17), (0.5, 0.1))}"/>'
    ring = f'<circle class="s" cx="{number(x + s / 2)}" cy="{number(y - s * 0.38)}"'
    path = f"M{at((0.5, 0.6), (0.5, 0.34))}M{at((0.5, 0.22), (0.5, 0.16))}"
    return f'{ring} r="{number(s * 0.45)}"/><path class="s" d="{path}"/>'
