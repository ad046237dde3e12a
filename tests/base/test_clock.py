import pytest

from statusgen.base.clock import (
    format_instant,
    given_now,
    parse_duration_ms,
    parse_instant,
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-11-20T20:10:03Z", "2026-11-20T20:10:03Z"),
        ("2026-11-20T21:10:03.900+01:00", "2026-11-20T20:10:03Z"),
        ("2026-11-20 15:10-0500", "2026-11-20T20:10:00Z"),
    ],
)
def test_instants_are_read_with_their_zone_and_written_in_utc(text: str, written: str) -> None:
    assert written == format_instant(parse_instant(text))


@pytest.mark.parametrize(
    "text",
    ["2026-11-20T20:10:03", "2026-02-30T00:00:00Z", "2016-12-31T23:59:60Z", "tomorrow", ""],
)
def test_naive_impossible_and_leap_second_times_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time"):
        parse_instant(text)


@pytest.mark.parametrize(
    ("text", "ms"),
    [("800ms", 800), ("5m", 300_000), ("1h30m", 5_400_000), ("1.5s", 1500), ("21d", 1_814_400_000)],
)
def test_durations(text: str, ms: int) -> None:
    assert ms == parse_duration_ms(text)


@pytest.mark.parametrize("text", ["5", 5, "", "m", "5 parsecs", "5m!", "-5m", "9999999999999999w"])
def test_durations_without_a_clear_unit_are_refused(text: object) -> None:
    with pytest.raises(ValueError, match="write a number with a unit"):
        parse_duration_ms(text)  # type: ignore[arg-type]


def test_now_comes_from_the_option_then_from_the_environment() -> None:
    environ = {"SOURCE_DATE_EPOCH": "1000"}
    assert parse_instant("2026-01-01T00:00:00Z") == given_now("2026-01-01T00:00:00Z", environ)
    assert given_now(None, environ) == 1000
    assert given_now(None, {}) is None
    with pytest.raises(ValueError, match="whole seconds"):
        given_now(None, {"SOURCE_DATE_EPOCH": "yesterday"})
