"""The commented file that ``roadmap new`` begins a roadmap with."""

from __future__ import annotations

import re
from decimal import Decimal
from importlib import resources

from statusgen.base.yamlwrite import quoted
from statusgen.roadmap.money import format_money


def roadmap_file(identifier: str, name: str, currency: str) -> str:
    """Return the text of a small roadmap that loads, with what else may stand in it as comments.

    ``currency``: an ISO 4217 code; all the example's amounts are in it.
    """

    def money(amount: str) -> str:
        return format_money(currency, Decimal(amount))

    template = resources.files("statusgen.setup") / "starter_files" / "roadmap.yml"
    values = {
        "ID": identifier,
        "NAME": quoted(name),
        "CURRENCY": currency,
        "PRICE": f"{money('10')}/month",
        "EACH": money("4.50"),
        "ABOUT": f"~{money('100')}/month",
        "MOST": f"{money('100')}/month",
    }
    text = template.read_text(encoding="utf-8")
    return re.sub(r"@([A-Z]+)@", lambda found: values[found[1]], text)
