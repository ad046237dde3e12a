"""Signs of several currencies: settled by what the file says, or refused, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from statusgen.base.errors import InputError
from statusgen.importer import import_markdown
from statusgen.roadmap.costs import stage_costs
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap
from statusgen.roadmap.price_grammar import read_price


def _load(tmp_path: Path, head: str, price: str) -> Roadmap:
    path = tmp_path / "plan.yml"
    path.write_text(
        f"name: A\n{head}\n"
        "stages: [{name: One, items: [{name: Web, service: {name: V, price: PRICE}}]}]\n".replace(
            "PRICE", f'"{price}"'
        ),
        "utf-8",
    )
    return load_roadmap(path)


@pytest.mark.parametrize(
    ("currency", "price", "cost"),
    [
        ("CNY", "¥500/month", {"CNY": "500"}),
        ("JPY", "¥500/month", {"JPY": "500"}),
        ("CNY", "500円/月", {"JPY": "500"}),
        ("CNY", "JP¥500/month", {"JPY": "500"}),
        ("CAD", "$20/month", {"CAD": "20"}),
        ("CAD", "US$20/month", {"USD": "20"}),
        ("AUD", "3 × $20/month", {"AUD": "60"}),
        ("EUR", "$20/month", {"USD": "20"}),
        ("SEK", "99 kr/month", {"SEK": "99"}),
        ("NOK", "kr 1,200/year", {"NOK": "100"}),
        ("DKK", "249,50 kr. pr. month", {"DKK": "249.50"}),
        ("DKK", "249,50 kr. hos 3", None),
        ("DKK", "249,50 kr./month", {"DKK": "249.50"}),
        ("PKR", "Rs. 900/month", {"PKR": "900"}),
        ("EUR", "Rs 900/month", {"INR": "900"}),
        ("EGP", "£30/month", {"EGP": "30"}),
        ("TWD", "300元/月", {"TWD": "300"}),
        ("EUR", "300元/月", {"CNY": "300"}),
    ],
)
def test_the_roadmaps_currency_settles_a_sign(
    currency: str, price: str, cost: dict[str, str] | None, tmp_path: Path
) -> None:
    if cost is None:
        with pytest.raises(InputError, match="not understood"):
            _load(tmp_path, f"currency: {currency}", price)
        return
    (stage,) = stage_costs(_load(tmp_path, f"currency: {currency}", price))

    assert {code: str(stage.new.of(code).low) for code in stage.new.currencies} == cost


@pytest.mark.parametrize(
    ("head", "price", "says"),
    [
        ("currency: EUR", "¥500/month", "JPY or CNY"),
        ("", "¥500/month", "`currency: JPY` at the top"),
        ("currency: EUR", "99 kr/month", "SEK, NOK, DKK or ISK"),
        (
            "currency: CAD\nrates: {base: CAD, as_of: 2026-01-01, worth: {USD: 1.35}}",
            "$20/month",
            "may be CAD or USD, for the roadmap names both",
        ),
    ],
)
def test_what_nothing_settles_is_refused(head: str, price: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        _load(tmp_path, head, price)

    assert says in str(refused.value)


def test_a_rate_settles_what_the_roadmap_is_not_in(tmp_path: Path) -> None:
    rates = "currency: EUR\nrates: {base: EUR, as_of: 2026-01-01, worth: {CNY: 0.13}}"
    (stage,) = stage_costs(_load(tmp_path, rates, "¥500/month"))

    assert set(stage.apart.currencies) == {"CNY"}
    assert str(stage.new) == "€65"


def test_dollars_stay_dollars_beside_a_rate_for_others(tmp_path: Path) -> None:
    rates = "rates: {base: USD, as_of: 2026-01-01, worth: {CAD: 0.73}}"
    (stage,) = stage_costs(_load(tmp_path, rates, "$20/month"))

    assert set(stage.new.currencies) == {"USD"}


def test_what_one_file_says_is_not_said_of_the_next(tmp_path: Path) -> None:
    _load(tmp_path, "currency: CNY", "¥500/month")
    price = read_price("¥500/month")

    assert price is not None
    assert price.currency == "JPY"


@pytest.mark.parametrize(
    ("words", "currency"),
    [
        ("サーバー: ¥500/month", "JPY"),
        ("服务器: ¥500/month", "CNY"),
        ("Server: ¥500/month", "JPY"),
        ("Server: ¥500/month\n\nAll prices in CNY.", "CNY"),
    ],
)
def test_a_document_tells_by_its_codes_or_its_script(words: str, currency: str) -> None:
    draft = import_markdown(f"# Plan\n\n## Phase 1\n\n- {words}\n".encode(), "plan.md").yaml

    assert f'currency: "{currency}"' in draft
    assert "¥500/month" in draft


def test_a_lone_yen_in_a_document_of_euros_is_kept_and_not_counted(tmp_path: Path) -> None:
    text = "# Plan\n\n## Phase 1\n\n- Web: 20 €/month\n- Mail: 5 €/month\n- Maps: ¥500/month\n"
    path = tmp_path / "plan.yml"
    path.write_text(import_markdown(text.encode(), "plan.md").yaml, "utf-8")
    (stage,) = stage_costs(load_roadmap(path))

    assert set(stage.new.currencies) == {"EUR"}
    assert "¥500/month" in path.read_text("utf-8")
