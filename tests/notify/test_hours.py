"""Quiet hours by the wall clock, also on the nights when clocks change."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from statusgen.base.clock import format_instant, parse_instant
from statusgen.config.channels import QuietHours, filled, template_fault

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietHours(22 * 60, 7 * 60, BERLIN)
NOON = QuietHours(12 * 60, 13 * 60, BERLIN)


@pytest.mark.parametrize(
    ("hours", "at", "ends"),
    [
        (NIGHT, "2026-11-20T20:59:59Z", None),
        (NIGHT, "2026-11-20T21:00:00Z", "2026-11-21T06:00:00Z"),
        (NIGHT, "2026-11-21T05:59:59Z", "2026-11-21T06:00:00Z"),
        (NIGHT, "2026-11-21T06:00:00Z", None),
        (NIGHT, "2026-07-01T20:00:00Z", "2026-07-02T05:00:00Z"),
        (NOON, "2026-11-20T11:30:00Z", "2026-11-20T12:00:00Z"),
        (NOON, "2026-11-20T12:00:00Z", None),
        # The night of 25 October is an hour longer, that of 29 March an hour shorter.
        (NIGHT, "2026-10-24T20:00:00Z", "2026-10-25T06:00:00Z"),
        (NIGHT, "2026-03-28T21:00:00Z", "2026-03-29T05:00:00Z"),
        # 02:30 does not come on 29 March, and comes twice on 25 October.
        (QuietHours(60, 150, BERLIN), "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"),
        (QuietHours(60, 150, BERLIN), "2026-10-24T23:30:00Z", "2026-10-25T00:30:00Z"),
        (QuietHours(60, 150, BERLIN), "2026-10-25T01:10:00Z", "2026-10-25T01:30:00Z"),
    ],
)
def test_quiet_hours(hours: QuietHours, at: str, ends: str | None) -> None:
    moment = parse_instant(at)
    assert hours.cover(moment) is (ends is not None)
    if ends is not None:
        assert format_instant(hours.end_after(moment)) == ends


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{title} {{x}} {body}", None),
        ("no braces", None),
        ("{titel}", "there is no placeholder {titel}"),
        ("{title.__class__}", "there is no placeholder {title.__class__}"),
        ("{0}", "there is no placeholder {0}"),
        ("{title!r}", "there is no placeholder {title!r}"),
        ("{}", "there is no placeholder {}"),
        ("{title", "a brace stands alone"),
        ("title}", "a brace stands alone"),
    ],
)
def test_templates_are_checked(text: str, fault: str | None) -> None:
    found = template_fault(text)
    assert found is None if fault is None else (found or "").startswith(fault)


def test_values_are_put_in_once() -> None:
    assert filled("{title} {{body}}", {"title": "{body}", "body": "x"}) == "{body} {body}"
