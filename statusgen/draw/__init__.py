"""SVG: text metrics, layouts, charts. Reads no files."""
