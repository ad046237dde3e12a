"""Time zones: the one that is meant is told, and never one of another offset."""

from datetime import UTC, datetime

import pytest

from statusgen.config.zones import zone_of


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Berlin/Europe", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Europe/Berln", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Europe/Berlin\u00a0", "Europe/Berlin"),
        ("CEST", "Europe/Berlin"),
        ("+05:30", "Asia/Kolkata"),
        ("UTC+0", "UTC"),
    ],
)
def test_the_zone_that_is_meant_is_told(text: str, meant: str) -> None:
    with pytest.raises(ValueError, match=r" is not a time zone; ") as caught:
        zone_of(text)
    assert meant in str(caught.value).partition("; ")[2]


@pytest.mark.parametrize("text", ["localtime", "localtim", "posixrules", "Factory", "EDTT", "Mars"])
def test_no_zone_of_the_machine_and_none_by_chance_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="write one like Europe/Berlin or UTC"):
        zone_of(text)


@pytest.mark.parametrize(("hours", "sign"), [(10, "+"), (1, "+"), (14, "+"), (3, "-"), (12, "-")])
def test_an_offset_becomes_the_zone_that_keeps_it(hours: int, sign: str) -> None:
    with pytest.raises(ValueError, match="turned round") as caught:
        zone_of(f"UTC{sign}{hours}")
    name = str(caught.value).partition("write ")[2].partition(",")[0]
    offset = datetime(2026, 7, 1, tzinfo=UTC).astimezone(zone_of(name)).utcoffset()
    assert offset is not None
    assert offset.total_seconds() == (hours if sign == "+" else -hours) * 3600
