"""Blocks whose first line is their total: the lines below it are its parts, not taken off it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from statusgen.importer import import_markdown


def _stack(text: str) -> dict[str, Any]:
    (stack,) = yaml.safe_load(import_markdown(text.encode(), "d.md").yaml)["stacks"]
    assert isinstance(stack, dict)
    return stack


BOX = """# Budget

```
┌──────────────────────────┐
│  BUDGET TOTAL: 18 200 €  │
├──────────────────────────┤
│  Développement: 12 750 € │
│  Serveurs:       1 150 € │
│  Divers:         4 300 € │
└──────────────────────────┘
```
"""
NAMES = """# Kosten

```
Gesamt:  900 €
Anna:    500 €
Bert:    300 €
Carla:   100 €
```
"""
BULLETS = """# Costs

```
Total: $600
- Staff: $400
- Servers: $150
- Other: $50
```
"""


@pytest.mark.parametrize("text", [BOX, NAMES, BULLETS])
def test_parts_below_their_total_are_no_deductions(text: str) -> None:
    stack = _stack(text)

    assert len(stack["rows"]) == 3
    assert not any(row["monthly"].startswith("-") for row in stack["rows"])
    assert stack["total"].get("name", "Total") in ("BUDGET TOTAL", "Gesamt", "Total")


LEFT = """# Fee

```
Total:           $1,000
Withholding tax:   $150
To pay:            $850
```
"""


def test_what_is_left_to_pay_is_the_total() -> None:
    stack = _stack(LEFT)

    assert [row["monthly"] for row in stack["rows"]] == ["$1,000", "-$150"]
    assert stack["total"]["name"] == "To pay"
