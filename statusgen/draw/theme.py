"""Colours, and the stylesheet that lets every diagram follow the page.

One palette, written twice: as CSS custom properties that follow Material's toggle
(``data-md-color-scheme``), else the system's preference, and are black on white in print; and
resolved, for stand-alone files, whose readers know no custom properties.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from statusgen.draw.metrics import FONT_STACK

Theme = Literal["light", "dark"]

# Texts are at least 4.5:1 on card, page and soft, lines with a meaning at least 3:1 (tested).
LIGHT: Mapping[str, str] = {
    "page": "#f5f6f8",
    "card": "#ffffff",
    "rim": "#c9cfd8",
    "group": "#eceef1",
    "ink": "#161b22",
    "muted": "#59626e",
    "accent": "#1d5bb8",
    "soft": "#dbe7f8",
    "inverse": "#ffffff",
    "edge": "#5a6472",
    "carried": "#a3aabd",
    "good": "#136c45",
    "warn": "#9a4500",
    "faint": "#d9dee5",
}
DARK: Mapping[str, str] = {
    "page": "#0e1216",
    "card": "#161b21",
    "rim": "#3a424d",
    "group": "#12171c",
    "ink": "#e7eaee",
    "muted": "#a3acb8",
    "accent": "#8ab4f8",
    "soft": "#1f3352",
    "inverse": "#0e1216",
    "edge": "#8f99a8",
    "carried": "#6c7480",
    "good": "#5fd39b",
    "warn": "#ffb066",
    "faint": "#2c333c",
}
PRINT: Mapping[str, str] = {
    **LIGHT,
    "card": "#ffffff",
    "rim": "#6f768a",
    "group": "#ffffff",
    "ink": "#000000",
    "muted": "#333333",
    "faint": "#bbbbbb",
}
FORCED: Mapping[str, str] = {
    **dict.fromkeys(LIGHT, "CanvasText"),
    **dict.fromkeys(("page", "card", "group", "inverse", "soft"), "Canvas"),
    "accent": "Highlight",
    "inverse": "HighlightText",
    "carried": "GrayText",
}
PALETTES: Mapping[Theme, Mapping[str, str]] = {"light": LIGHT, "dark": DARK}

# Rules per class of the renderer. %(name)s is a colour.
_RULES = """
.sg text{fill:%(ink)s;font-family:FONT;font-style:normal;font-weight:400;letter-spacing:0;\
word-spacing:0;text-transform:none;direction:ltr;unicode-bidi:isolate;stroke:none}
.sg tspan{unicode-bidi:isolate}
.sg .sg-b,.sg .sg-h{font-weight:700}
.sg .sg-c{text-anchor:middle}
.sg .sg-e{text-anchor:end}
.sg .sg-o{stroke:%(page)s;stroke-width:4;stroke-linejoin:round;paint-order:stroke}
.sg .sg-m{fill:%(muted)s}
.sg .sg-accent{fill:%(accent)s}
.sg .sg-good{fill:%(good)s}
.sg .sg-warn{fill:%(warn)s}
.sg .sg-inverse{fill:%(inverse)s}
.sg .f-card{fill:%(card)s;stroke:%(rim)s}
.sg .f-now{fill:%(card)s;stroke:%(good)s;stroke-width:2}
.sg .f-group{fill:%(group)s;stroke:%(edge)s;stroke-dasharray:5 3}
.sg .f-tray{fill:none;stroke:%(rim)s}
.sg .f-accent{fill:%(accent)s}
.sg .f-carried{fill:%(carried)s}
.sg .f-range{fill:%(soft)s;stroke:%(accent)s}
.sg .f-band,.sg .f-track{fill:%(group)s}
.sg .f-page{fill:%(page)s}
.sg .f-soft{fill:%(soft)s}
.sg .f-good{fill:%(good)s}
.sg .f-warn{fill:%(warn)s}
.sg .f-faint{fill:%(faint)s}
.sg .f-bad{fill:%(page)s;stroke:%(warn)s;stroke-width:2}
.sg .s{fill:none;stroke:%(edge)s;stroke-width:1.5;stroke-linejoin:round}
.sg .s-accent{stroke:%(accent)s}
.sg .s-faint{stroke:%(faint)s;stroke-width:1}
.sg .s-ink{stroke:%(ink)s}
.sg .s-inverse{stroke:%(inverse)s}
.sg .s-warn{stroke:%(warn)s}
.sg .s-good{stroke:%(good)s}
.sg .s-heavy{stroke-width:2.5}
.sg .s-dash{stroke-dasharray:4 3}
.sg .s-dot{stroke-dasharray:1.5 3}
.sg .h{fill:%(edge)s}
.sg .h-accent{fill:%(accent)s}
.sg .h-warn{fill:%(warn)s}
.sg .h-good{fill:%(good)s}
""".replace("FONT", FONT_STACK)

_PAGE_RULES = """
.sg.sg{container-type:inline-size;display:block;width:100%;max-width:none;\
margin:1.5em 0;text-align:start}
.sg svg{display:block;width:100%;height:auto}
.sg-wide,.sg-narrow{break-inside:avoid}
.sg-wide{max-width:860px;--sg-share:1}
SHARES
.sg-wide svg{width:calc(100%*var(--sg-share));margin-inline:auto}
.sg-narrow{display:none;max-width:420px}
@container (max-width:679px){.sg-wide{display:none}.sg-narrow{display:block}}
/* one with a page of its own: the width of the page; in less than shows 11 px it scrolls */
.sg-broad .sg-wide{max-width:none}
.sg-view{overflow:auto}
.sg-view:focus-visible{outline:3px solid var(--sg-accent);outline-offset:2px;border-radius:4px}
@media screen{
.sg-broad .sg-wide svg{min-width:calc(830px*var(--sg-share))}
.sg:has(.sg-z1:checked,.sg-z2:checked) .sg-view{max-height:85vh;\
border:1px solid var(--sg-rim);border-radius:8px}
.sg:has(.sg-z1:checked,.sg-z2:checked) .sg-wide{display:block;max-width:none;width:max-content}
.sg:has(.sg-z1:checked,.sg-z2:checked) .sg-narrow{display:none}
.sg:has(.sg-z1:checked,.sg-z2:checked) .sg-wide svg{width:calc(1360px*var(--sg-share))}
.sg:has(.sg-z2:checked) .sg-wide svg{width:calc(2040px*var(--sg-share))}
@container (max-width:679px){
.sg:has(.sg-z1:checked) .sg-wide svg{width:calc(900px*var(--sg-share))}
.sg:has(.sg-z2:checked) .sg-wide svg{width:calc(1360px*var(--sg-share))}
}
}
.sg .sg-sizes{display:flex;flex-wrap:wrap;gap:0 1em;margin:0 0 .5em;padding:0;border:0;min-width:0}
.sg .sg-sizes legend{float:left;padding:0 1em 0 0;line-height:24px;color:var(--sg-muted)}
.sg .sg-sizes label{display:inline-flex;align-items:center;gap:.35em;min-height:24px;cursor:pointer}
.sg .sg-sizes input{margin:0;accent-color:var(--sg-accent)}
.sg figcaption{margin:.5em 0;max-width:none;font-style:normal;text-align:start}
.sg details{margin:.5em 0}
.sg .sg-scroll{overflow-x:auto}
.sg .sg-scroll:focus-visible{outline:3px solid var(--sg-accent);outline-offset:-3px}
.sg .sg-table{border-collapse:collapse;width:100%;line-height:1.4}
.sg .sg-table th,.sg .sg-table td{padding:.35em .6em;text-align:start;vertical-align:top;\
min-width:5em;overflow-wrap:anywhere;word-break:normal;\
border:0;border-bottom:1px solid var(--sg-rim)}
.sg .sg-table .sg-n{text-align:end;font-variant-numeric:tabular-nums}
.sg .sg-table td.sg-n{white-space:nowrap}
.sg a .sg-h{fill:var(--sg-accent)}
.sg a:is(:hover,:focus-visible) .sg-h{text-decoration:underline;text-underline-offset:2px}
.sg a:hover .f-card,.sg a:hover .f-now{stroke:var(--sg-accent)}
.sg a:focus-visible{outline:3px solid var(--sg-accent);outline-offset:2px;border-radius:4px}
@page{margin:12mm}
@media print{.sg-sizes{display:none!important}.sg-view{overflow:visible}\
.sg-wide{display:block}.sg-narrow{display:none}\
.sg *{-webkit-print-color-adjust:exact;print-color-adjust:exact}.sg a .sg-h{text-decoration:none}\
.sg details:not([open]){display:none}}
""".replace("SHARES", "\n".join(f".sg-w{n}{{--sg-share:{n / 100:g}}}" for n in range(40, 100, 5)))


def _properties(palette: Mapping[str, str]) -> str:
    return ";".join(f"--sg-{name}:{colour}" for name, colour in palette.items())


_ANY = ".sg,[data-md-color-scheme] .sg,.statusgen-block .sg"


def stylesheet(light: Mapping[str, str] = LIGHT, dark: Mapping[str, str] = DARK) -> str:
    """Return the CSS that a page with diagrams needs, once; after Material's, as ``extra_css``.

    It also sets the margins of the paper: Material's 25 mm would leave the wide variant too little
    room for texts of 12 px.

    The print rule repeats Material's attribute selector: without it ``[data-md-color-scheme=slate]
    .sg`` would outrank the plain class and dark pages would print dark.
    """
    rules = _RULES % {name: f"var(--sg-{name})" for name in LIGHT}
    schemes = (
        f".sg{{{_properties(light)}}}\n"
        f"@media (prefers-color-scheme:dark){{.sg{{{_properties(dark)}}}}}\n"
        # On a page of an engine that says nothing of its colours, which then are light.
        f".statusgen-block .sg{{{_properties(light)}}}\n"
        f"[data-md-color-scheme=default] .sg{{{_properties(light)}}}\n"
        f"[data-md-color-scheme=slate] .sg{{{_properties(dark)}}}\n"
        f"@media (forced-colors:active)"
        f"{{{_ANY}{{{_properties(FORCED)};forced-color-adjust:none}}}}\n"
        f"@media print{{{_ANY}{{{_properties(PRINT)}}}}}\n"
    )
    return schemes + rules.strip() + "\n" + _PAGE_RULES.strip() + "\n"


def resolved_rules(theme: Theme) -> str:
    """Return the rules of the marks with colours instead of custom properties."""
    return (_RULES % PALETTES[theme]).strip()
