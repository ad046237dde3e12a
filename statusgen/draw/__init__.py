"""SVG: text metrics, layouts, charts. Reads no files.

One module per kind of diagram, each with one ``draw_…`` function from a class of
`statusgen.draw.model` to a `statusgen.draw.figure.Diagram`: `ladder`, `cost`, `before_after`,
`timeline`, `tree`, `architecture`, `growth`. A page holds `statusgen.draw.theme.stylesheet` once
and `statusgen.draw.figure.figure_html` of each diagram; `statusgen.draw.svg.standalone` makes a
file. Beneath: `scene` (what layouts hand on), `svg` (writes it), `metrics` (how wide texts are).
"""
