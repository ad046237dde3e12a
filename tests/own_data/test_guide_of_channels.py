"""The guide shows what the tests of the channels measured."""

from __future__ import annotations

from statusgen.notify.upptime_services import SERVICES
from tests.conftest import ROOT
from tests.notify.test_servers_that_fail import table


def test_the_guide_shows_what_was_measured() -> None:
    assert table() in (ROOT / "content/guide/channels.md").read_text(encoding="utf-8")


def test_the_guide_names_every_service_of_upptimes() -> None:
    guide = (ROOT / "content/guide/from-upptime.md").read_text(encoding="utf-8")
    assert upptime_table() in guide


def upptime_table() -> str:
    rows = ["| Upptime's variables | here | |", "|---|---|---|"]
    for each in SERVICES:
        first = dict.fromkeys([each.switch, *each.needs])
        names = [f"`{name.rstrip('?')}`" for name in first if "SMS_FROM" not in name]
        named = [name.replace("|", "` or `") for name in names if "SMS_TO" not in name]
        shared = ["`NOTIFICATION_SMS_FROM`, `_TO`"] if each.name.startswith("sms-") else []
        to = f"`upptime://{each.name}`" if each.compose else "not sent"
        rows.append(f"| {', '.join([*named, *shared])} | {to} | {each.instead} |")
    return "\n".join(rows)
