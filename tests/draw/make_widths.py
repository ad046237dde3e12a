"""Makes ``statusgen/draw/widths.py`` from fonts: ``python -m tests.draw.make_widths FOLDER``.

FOLDER is searched for the fonts that the diagrams' font stack can end in: Liberation Sans (the
metrics of Arial and Helvetica), Roboto (Android) and DejaVu Sans Condensed (Linux without either).
The table holds the widest of the three for each character, so that a measured text is never
narrower than a drawn one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

REGULAR = ("LiberationSans-Regular.ttf", "Roboto-Regular.ttf", "DejaVuSansCondensed.ttf")
BOLD = ("LiberationSans-Bold.ttf", "Roboto-Bold.ttf", "DejaVuSansCondensed-Bold.ttf")
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x218, 0x21B),
    (0x386, 0x3CE),
    (0x400, 0x45F),
    (0x490, 0x491),
    (0x1E80, 0x1E85),
    (0x1EA0, 0x1EF9),
    (0x2010, 0x2027),
    (0x2030, 0x203A),
    (0x20A0, 0x20BF),
    (0x2116, 0x2122),
    (0x2190, 0x2199),
    (0x2200, 0x2265),
    (0x25A0, 0x25CF),
    (0x2713, 0x2717),
)


def find_fonts(folder: Path, names: tuple[str, ...]) -> list[Path]:
    """Return the font files of these names under ``folder``, in order; fewer where absent."""
    return [path for name in names for path in sorted(folder.rglob(name))[:1]]


def widest(fonts: list[Path]) -> dict[int, int]:
    """Return the widest advance per character, in thousandths of an em, rounded up."""
    found: dict[int, int] = {}
    for path in fonts:
        font = TTFont(path)
        per_em = font["head"].unitsPerEm
        advances = font["hmtx"]
        for code, glyph in font.getBestCmap().items():
            if any(first <= code <= last for first, last in RANGES):
                advance = -(-advances[glyph][0] * 1000 // per_em)
                found[code] = max(found.get(code, 0), advance)
    return found


def source(regular: dict[int, int], bold: dict[int, int]) -> str:
    """Return the module's text."""
    lines = [
        '"""Widths of characters in thousandths of an em; made by tests/draw/make_widths.py.',
        "",
        "The widest of Liberation Sans (Arial, Helvetica), Roboto and DejaVu Sans Condensed; 0",
        "where none has the character. Each pair is a range's first code point and its widths.",
        '"""',
    ]
    for name, table in (("REGULAR", regular), ("BOLD", bold)):
        lines += ["", f"{name}: tuple[tuple[int, str], ...] = ("]
        for first, last in RANGES:
            words = [str(table.get(code, 0)) for code in range(first, last + 1)]
            lines += ["    (", f"        0x{first:X},"]
            row = ""
            rows = []
            for word in words:
                if len(row) + len(word) > 80:
                    rows.append(row)
                    row = ""
                row += f" {word}" if row else word
            rows.append(row)
            lines += ['        """', *(f"        {text}" for text in rows), '        """,']
            lines.append("    ),")
        lines.append(")")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    fonts = Path(sys.argv[1])
    target = Path(__file__).parents[2] / "statusgen/draw/widths.py"
    target.write_text(source(widest(find_fonts(fonts, REGULAR)), widest(find_fonts(fonts, BOLD))))
