"""``notifications:`` and ``heartbeat:``: what keys mean, and what is wrong told at its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from statusgen.config.channel_entries import (
    EscalateEntry,
    HeartbeatEntry,
    NotificationEntry,
    QuietEntry,
    TemplateEntry,
)
from statusgen.config.channels import PLACEHOLDERS, Escalation, Wording
from tests.config.places import ROOT, faults_of, settings_of

ONE = (
    "site: {name: S, timezone: Europe/Berlin}\nmonitors:\n"
    "- {id: a, name: A, url: 'https://a.example/', group: G}\n"
    "- {id: b, name: B, url: 'https://b.example/', group: H}\n"
    "groups: [G, H]\nnotifications:\n"
)


def test_a_channel_is_called_after_its_secret(tmp_path: Path) -> None:
    text = (
        ONE + "- {to: $SLACK_URL}\n- {to: 'json://${MY_HOST}/$PATH_2'}\n- {id: x, to: $SLACK_URL}\n"
    )
    settings = settings_of(tmp_path, text)
    assert [each.id for each in settings.channels] == ["slack-url", "my-host", "x"]
    assert settings.warnings == ()


def test_every_key_means_something(tmp_path: Path) -> None:
    text = ONE + (
        "- id: full\n  to: $A\n  on: [down, up, degraded, incident, maintenance]\n"
        "  components: a\n  groups: [G]\n  monitors: [a]\n  impact: [major, critical]\n"
        "  quiet_hours: {hours: 22:00 - 7:00, timezone: Asia/Tokyo}\n  minimum_interval: 10m\n"
        "  digest: 5\n  template: {title: '{title}!', body: '{body}'}\n"
        "  escalate: {after: 15m, to: [phone]}\n  reminders: every 1h 30m\n"
        "- {id: phone, to: $B, on: [], quiet_hours: 12:00-24:00, digest: never}\n"
        "heartbeat: {ok: $BEAT, fail: $FAIL}\n"
    )
    settings = settings_of(tmp_path, text)
    full, phone = settings.channels
    assert full.quiet is not None
    assert (full.quiet.start, full.quiet.end, full.quiet.zone.key) == (1320, 420, "Asia/Tokyo")
    assert (full.minimum_interval, full.digest, full.reminders) == (600, 5, 5400)
    assert full.wording == Wording("{title}!", "{body}")
    assert full.escalate == Escalation(900, ("phone",))
    assert (full.components, full.groups, full.monitors) == (("a",), ("G",), ("a",))
    assert full.impact == ("major", "critical")
    assert phone.quiet is not None
    assert (phone.quiet.start, phone.quiet.end, phone.quiet.zone.key) == (720, 0, "Europe/Berlin")
    assert (phone.on, phone.digest) == ((), None)
    assert settings.heartbeat is not None
    assert settings.heartbeat.ok.names == ("BEAT",)
    assert settings_of(tmp_path, ONE + "- {to: $A}\nheartbeat: $B\n").heartbeat is not None
    assert settings.warnings == ()


FAULTS = [
    (
        "- {to: $A}\n- {id: a, to: $B}\n",
        "8:8: notifications.1.id: the id 'a' is taken by line 7; give each channel its own `id:`",
    ),
    (
        "- {to: $A}\n- {to: 'x://$A'}\n",
        (
            "8:8: notifications.1.to: named after its secret, 'a' is taken by line 7; "
            "give each channel its own `id:`"
        ),
    ),
    (
        "- {to: 'mailto:a@b.example'}\n",
        (
            "7:8: notifications.0.to: names no secret that the channel could be called after; "
            "add `id:`, a name for it"
        ),
    ),
    (
        "- {to: $A, components: [c]}\n",
        "7:25: notifications.0.components.0: there is no component 'c'; known are a and b",
    ),
    (
        "- {to: $A, escalate: {after: 5m, to: [b]}}\n",
        "7:39: notifications.0.escalate.to.0: there is no channel 'b'; known are a",
    ),
    (
        "- {to: $A, escalate: {after: 5m, to: a}}\n",
        (
            "7:38: notifications.0.escalate.to: escalates to itself; "
            "name another channel, or write reminders"
        ),
    ),
    (
        "- {to: $A, quiet_hours: 22-7}\n",
        (
            "7:25: notifications.0.quiet_hours.hours: '22-7' is no stretch of a day; "
            "write it like 22:00-07:00"
        ),
    ),
    (
        "- {to: $A, quiet_hours: 07:00-07:00}\n",
        (
            "7:25: notifications.0.quiet_hours.hours: '07:00-07:00' is the whole day; "
            "leave the channel out, or write less"
        ),
    ),
    (
        "- {to: $A, template: {title: 'x {nmae}'}}\n",
        "7:30: notifications.0.template.title: there is no placeholder {nmae}; known are ",
    ),
    (
        "- {to: $A, digest: 1}\n",
        "7:20: notifications.0.digest: '1' is no number of messages; write 2 or more, or never",
    ),
    (
        "- {to: $A, impact: [bad]}\n",
        "7:21: notifications.0.impact.0: must be one of 'none', 'minor', 'major' or 'critical'",
    ),
    (
        "- {to: $A, reminders: often}\n",
        "7:23: notifications.0.reminders: 'often' is not a duration",
    ),
]


@pytest.mark.parametrize(("text", "fault"), FAULTS)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, fault: str) -> None:
    (found,) = faults_of(tmp_path, ONE + text)
    assert found.startswith(f"status.yml:{fault}")


IDLE = [
    ("- {to: $A, on: []}\n", "is empty, and no channel escalates to this one: it tells nothing"),
    ("- {to: $A, on: up}\n", "the end is told to whoever was told of the beginning: nobody here"),
    ("- {to: $A, on: maintenance, reminders: 1h}\n", "told of nothing that could last"),
    ("- {to: $A, components: [a], groups: [H]}\n", "none of its components stands in its groups"),
]


@pytest.mark.parametrize(("text", "warning"), IDLE)
def test_what_would_do_nothing_is_warned_of(tmp_path: Path, text: str, warning: str) -> None:
    (found,) = settings_of(tmp_path, ONE + text).warnings
    assert warning in str(found)


def test_the_guide_names_every_key_and_placeholder() -> None:
    guide = (ROOT / "content/guide/notifications.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`\{?([a-z_]+)\}?:?`", guide))
    models = (NotificationEntry, QuietEntry, TemplateEntry, EscalateEntry)
    keys = {name for model in models for name in model.model_fields}
    assert keys <= told
    assert set(PLACEHOLDERS) <= told
    for name in HeartbeatEntry.model_fields:
        assert f"{name}:" in guide or f"`{name}`" in guide
