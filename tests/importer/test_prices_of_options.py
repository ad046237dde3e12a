"""Options that say their price behind a comma, and work that is paid once and takes its time."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.importer import import_markdown
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Item


def item(folder: Path, text: str) -> Item:
    path = folder / "plan.yml"
    path.write_bytes(import_markdown(text.encode(), "plan.md").yaml.encode())
    return load_roadmap(path).stages[0].items[0]


CHOICE = """# Plan

## Stage 1: Move

### Where does the database live?

- Option A: {a}
- Option B: {b} (chosen)

## Stage 2: Later

- Web: £5/month
"""


@pytest.mark.parametrize(
    ("a", "b", "names", "prices"),
    [
        (
            "on the same server, free",
            "managed PostgreSQL, £15/month",
            ["on the same server", "managed PostgreSQL"],
            ["free", "£15/month"],
        ),
        (
            "Postgres, €15/month",
            "MySQL, €120/year",
            ["Postgres", "MySQL"],
            ["€15/month", "€120/year"],
        ),
        (
            "データベース、月額 1,200円",
            "MySQL, 800円/月",
            ["データベース", "MySQL"],
            ["月額 1,200円", "800円/月"],
        ),
        ("Postgres, 3 nodes", "MySQL, fast", ["Postgres, 3 nodes", "MySQL, fast"], [None, None]),
        (
            "Postgres, £15/month cheaper",
            "MySQL, free of locks",
            ["Postgres, £15/month cheaper", "MySQL, free of locks"],
            [None, None],
        ),
    ],
)
def test_an_option_keeps_its_price(
    tmp_path: Path, a: str, b: str, names: list[str], prices: list[str | None]
) -> None:
    found = item(tmp_path, CHOICE.format(a=a, b=b))
    assert [one.name for one in found.options] == names
    assert [one.price and str(one.price) for one in found.options] == prices
    assert found.chosen is not None
    assert found.chosen.option == found.options[1].id


@pytest.mark.parametrize(
    ("said", "price", "effort"),
    [
        ("£650 once, 2 weeks", "£650 once", "2 weeks"),
        ("€650 one-off, 3 days", "€650 one-off", "3 days"),
        ("CHF 650 einmalig, 2 Wochen", "CHF 650 einmalig", "2 Wochen"),
    ],
)
def test_what_is_paid_once_may_say_how_long_it_takes(
    tmp_path: Path, said: str, price: str, effort: str
) -> None:
    found = item(tmp_path, f"# Plan\n\n## Phase 1: A\n\n- Set-up: {said}\n\n## Phase 2: B\n\n- c\n")
    assert found.service is not None
    assert str(found.service.price) == price
    assert str(found.effort) == effort


def test_what_is_paid_by_the_month_may_be_paid_for_so_long(tmp_path: Path) -> None:
    text = "# Plan\n\n## Phase 1: A\n\n- Rent: £29/month, 3 months\n- Web: £5/month\n"
    found = item(tmp_path, f"{text}\n## Phase 2: B\n\n- c\n")
    assert found.effort is None
