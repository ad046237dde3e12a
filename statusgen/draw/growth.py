"""How cost grows over time: steps, for a price holds until it changes. Drawn by matplotlib."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from statusgen.draw.figure import Cell, Diagram, table
from statusgen.draw.metrics import clean, fit
from statusgen.draw.model import Growth
from statusgen.draw.numbers import money, money_range, ticks
from statusgen.draw.plot import COLOURS, inline_plot
from statusgen.draw.scene import NARROW, SMALL, SMALL_NARROW, WIDE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Series differ by dash as well as by colour.
_STYLES = (("accent", "-"), ("warn", (0, (6, 3))), ("edge", (0, (2, 2))))
_TABLE_ROWS = 120


def draw_growth(model: Growth, prefix: str) -> Diagram:
    """Draw cost over time; ``prefix`` makes its ids unique on the page.

    Raises ValueError for more than three series: more could not be told apart.
    """
    if len(model.series) > len(_STYLES):
        raise ValueError(f"{len(model.series)} series; at most {len(_STYLES)} can be told apart")
    words = _description(model)
    svgs = [
        inline_plot(
            lambda axes, size=size, wide=wide: _draw(axes, model, size, wide),  # type: ignore[misc]
            (wide, tall),
            f"{prefix}-{name}",
            model.title,
            words,
        )
        for name, wide, tall, size in (
            ("w", WIDE, 300.0, SMALL),
            ("n", NARROW, 270.0, SMALL_NARROW),
        )
    ]
    return Diagram(clean(model.title), svgs[0], svgs[1], _table(model))


def _draw(axes: Axes, model: Growth, size: float, wide: float) -> None:
    most = _most(model)
    if model.bands:
        ats = [band.at for band in model.bands] + [model.end]
        lows = [float(band.stated.low) for band in model.bands]
        highs = [float(band.stated.high or most) for band in model.bands]
        axes.fill_between(
            ats,
            [*lows, lows[-1]],
            [*highs, highs[-1]],
            step="post",
            facecolor=COLOURS["soft"],
            edgecolor=COLOURS["accent"],
            linewidth=1,
            label="stated range",
        )
    for series, (colour, dash) in zip(model.series, _STYLES, strict=False):
        xs = [at for at, _ in series.points] + [model.end]
        ys = [float(value) for _, value in series.points]
        axes.step(
            xs,
            [*ys, ys[-1] if ys else 0.0],
            where="post",
            color=COLOURS[colour],
            linewidth=2,
            linestyle=dash,
            label=fit(clean(series.name).lstrip("_"), wide * (0.2 if wide > NARROW else 0.5), size)
            or "series",
        )
    _axes(axes, model, most, size, wide)


def _axes(axes: Axes, model: Growth, most: Decimal, size: float, wide: float) -> None:
    marks = ticks(most)
    axes.set_yticks([float(value) for value in marks], [money(v, model.symbol) for v in marks])
    axes.set_ylim(0, float(marks[-1]) * 1.02)
    start = min((at for series in model.series for at, _ in series.points), default=0.0)
    axes.set_xlim(start, max(model.end, start + 1))
    places = _places(start, max(model.end, start + 1), 6 if wide > NARROW else 3)
    axes.set_xticks(places, [_name(model, place) for place in places])
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(COLOURS["edge"])
    axes.grid(axis="y", color=COLOURS["faint"], linewidth=1)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=size, pad=6)
    axes.tick_params(axis="x", pad=12)
    if not model.series and not model.bands:
        return
    known = all(ord(letter) < 0x2000 for series in model.series for letter in series.name)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1.01),
        # matplotlib cannot measure letters that its font lacks: those names get lines of their own.
        ncols=4 if wide > NARROW and known else 1,
        frameon=False,
        fontsize=size,
        borderaxespad=0,
        handlelength=2,
    )


def _most(model: Growth) -> Decimal:
    values = [value for series in model.series for _, value in series.points]
    values += [band.stated.high or band.stated.low for band in model.bands]
    return max(values, default=Decimal(0))


def _places(start: float, end: float, most: int) -> list[float]:
    """Return evenly spaced whole places on the axis."""
    step = max(1.0, -(-(end - start) // most))
    count = int((end - start) / step) + 1
    return [start + number * step for number in range(count)]


def _name(model: Growth, place: float) -> str:
    if model.unit == "date":
        return date.fromordinal(max(1, int(place))).isoformat()
    return f"{model.unit} {place:g}"


def _description(model: Growth) -> str:
    parts = []
    for series in model.series:
        if series.points:
            first, last = series.points[0][1], series.points[-1][1]
            one, two = money(first, model.symbol), money(last, model.symbol)
            parts.append(f"{series.name}: from {one} to {two} per {model.period}")
    return "; ".join(parts) or "No values."


def _table(model: Growth) -> str:
    """Return the points as a table; of very many, the last ones."""
    rows: list[tuple[Cell | str, ...]] = [
        (
            "stated range",
            _name(model, band.at),
            Cell(money_range(band.stated, model.symbol), "", True),
        )
        for band in model.bands
    ]
    for series in model.series:
        rows += [
            (series.name, _name(model, at), Cell(money(value, model.symbol), "", True))
            for at, value in series.points[-_TABLE_ROWS:]
        ]
    return table(("Series", "From", f"Per {model.period}"), rows)
