"""SVG: text metrics, layouts, charts. Reads no files.

One module per kind of diagram, each with one ``draw_…`` function from a class of
`statusgen.draw.model` to a `statusgen.draw.figure.Diagram`: `ladder`, `cost`, `before_after`,
`timeline`, `tree`, `architecture`, `growth`. A page holds `statusgen.draw.theme.stylesheet` once
and `statusgen.draw.figure.figure_html` of each diagram; `statusgen.draw.svg.standalone` makes a
file. Beneath: `scene` (what layouts hand on), `svg` (writes it), `metrics` (how wide texts are).

The parts of an architecture are placed by `arch_layout`. Few edges run as `arch_route` finds, many
as `arch_crowd` does: streets through the gaps (`arch_streets`), the cheapest way on them
(`arch_ways`), a lane for each line (`arch_lanes`); or, on a narrow screen, words in the boxes
(`arch_told`).
"""
