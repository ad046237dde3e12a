"""The ``notifications:`` of ``.upptimerc.yml``, in the shapes in which people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.places import settings_of

HEAD = "owner: o\nrepo: r\nsites: [{name: A, url: https://a.example/}]\n"
SHAPES = {
    "a list with hyphens, escaped as from a shell": (
        "- type: slack\n    webhook-url: \\${{ secrets.SLACK_WEBHOOK_URL }}\n",
        [("slack", "${{ secrets.SLACK_WEBHOOK_URL }}")],
    ),
    "a mapping with humps": (
        "slack:\n    webhookUrl: ${{ secrets.SLACK_WEBHOOK_URL }}\n",
        [("slack", "${{ secrets.SLACK_WEBHOOK_URL }}")],
    ),
    "a list with url": (
        "- type: discord\n    url: $DISCORD_WEBHOOK_URL\n",
        [("discord", "$DISCORD_WEBHOOK_URL")],
    ),
    "a mapping of texts": (
        "slack: $SLACK\n  teams: $TEAMS\n",
        [("slack", "$SLACK"), ("teams", "$TEAMS")],
    ),
    "secrets alone": (
        "- $SLACK_URL\n  - $OTHER\n",
        [("slack-url", "$SLACK_URL"), ("other", "$OTHER")],
    ),
    "a telegram bot": (
        "- type: telegram\n    bot_token: $BOT\n    chat-id: $CHAT\n",
        [("telegram", "tgram://$BOT/$CHAT")],
    ),
    "channels below a key": (
        "enabled: true\n  channels:\n    - provider: slack\n      webhook: $HOOK\n",
        [("slack", "$HOOK")],
    ),
    "a name of one's own": ("- {name: ops, url: $X}\n", [("ops", "$X")]),
}


def read(folder: Path, written: str) -> tuple[list[tuple[str, str]], list[str]]:
    settings = settings_of(folder, f"{HEAD}notifications:\n  {written}", ".upptimerc.yml")
    told = [str(each) for each in settings.warnings if "notifications" in each.path]
    return [(each.id, each.to.text) for each in settings.channels], told


@pytest.mark.parametrize("shape", SHAPES)
def test_whatever_shape_it_has(shape: str, tmp_path: Path) -> None:
    written, expected = SHAPES[shape]
    assert read(tmp_path, written) == (expected, [])


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("- type: mail\n    to: ops@example.com\n", "it names no mail server"),
        ("- type: slack\n", "it names no address for 'slack'"),
        ("- slack\n", "it names no address for 'slack'"),
        ("slack: true\n", None),
        ("- {type: slack, url: https://hooks.slack.com/services/T/B/x}\n", "in the open"),
        ("- {type: slack, url: $A}\n  - {type: slack, url: $B}\n", "is written twice"),
        ("- {type: webhook, url: [1, 2]}\n", "it names no address for 'webhook'"),
        ("- {type: {a: b}}\n", None),
    ],
)
def test_what_cannot_be_a_channel_is_told(written: str, says: str | None, tmp_path: Path) -> None:
    channels, told = read(tmp_path, written)
    assert len(channels) == ("twice" in (says or ""))
    if says is not None:
        (warning,) = told
        assert says in warning
        assert "5:" in warning or "6:" in warning


def test_nothing_written_is_nothing(tmp_path: Path) -> None:
    assert settings_of(tmp_path, HEAD, ".upptimerc.yml").channels == ()
    assert settings_of(tmp_path, f"{HEAD}notifications:\n", ".upptimerc.yml").channels == ()
