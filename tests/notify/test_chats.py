"""Channels of apprise, against what plays their servers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from statusgen.base.secrets import Template
from statusgen.notify.message import Outcome, Tone
from statusgen.notify.senders import sender_for
from tests.notify.harness import internet, message
from tests.probe.servers import answer

SLACK = "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7"
DISCORD = "https://discord.com/api/webhooks/417429632418316298/JHZ7lQml277CDHmQKMHI8qBe7bk2ZwO5UK"
TEAMS = (
    "https://prod-00.westus.logic.azure.com:443/workflows/643e69f83c8944/triggers/manual/paths/"
    "invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=KODuebWbDGYFr0z0eu"
)
TELEGRAM = "tgram://123456789:abcdefg_hijklmnop-qwerty/12315544"
CHAT = "https://chat.googleapis.com/v1/spaces/AAAA/messages?key=abcdef&token=defghi"
TWILIO = f"twilio://AC{'a' * 32}:{'b' * 32}@15551234567/15557654321"
SERVICES = {
    "slack": (SLACK, "hooks.slack.com"),
    "discord": (DISCORD, "discord.com"),
    "teams": (TEAMS, "prod-00.westus.logic.azure.com"),
    "telegram": (TELEGRAM, "api.telegram.org"),
    "google-chat": (CHAT, "chat.googleapis.com"),
    "ntfy": ("https://ntfy.sh/our-topic-19", "ntfy.sh"),
    "sms": (TWILIO, "api.twilio.com"),
}
TO = Template("$TO")


@pytest.mark.parametrize("service", SERVICES)
def test_one_message_is_one_request_to_the_service_itself(service: str, tmp_path: Path) -> None:
    url, host = SERVICES[service]
    with internet(tmp_path, answer(b"ok")) as web:
        environ = {**web.environ, "TO": url}
        sent = sender_for(TO, environ).send(message(), TO, environ)
    assert (sent.outcome, sent.detail) == (Outcome.SENT, "HTTP 200")
    assert [asked for asked, _ in web.requests] == [host]
    body = web.requests[0][1].body.decode().replace("+", " ").replace("\\", "")
    assert "Backend API is down" in body
    assert "does not answer" in body
    assert "status.example.com" in body
    assert "apprise" not in body.lower()  # neither its name nor a picture from its repository


@pytest.mark.parametrize("service", ["slack", "discord", "telegram"])
def test_nobody_is_called_by_words_of_a_stranger(service: str, tmp_path: Path) -> None:
    hostile = message(title="@everyone <!channel> <b>x</b>", body="<@U12345> @here\n[x](http://e/)")
    with internet(tmp_path, answer(b"ok")) as web:
        environ = {**web.environ, "TO": SERVICES[service][0]}
        assert sender_for(TO, environ).send(hostile, TO, environ).outcome is Outcome.SENT
    body = json.dumps(json.loads(web.requests[0][1].body), ensure_ascii=False)
    for call in ("@everyone", "@here", "<!channel>", "<@U12345>", "&lt;!channel"):
        assert call not in body
    assert "everyone" in body


def test_what_is_too_long_is_cut_and_keeps_its_link(tmp_path: Path) -> None:
    long = message(body="newest word first. " + "x" * 9000)
    with internet(tmp_path, answer(b"ok")) as web:
        environ = {**web.environ, "TO": DISCORD}
        assert sender_for(TO, environ).send(long, TO, environ).outcome is Outcome.SENT
    content = json.loads(web.requests[0][1].body)["content"]
    assert len(web.requests) == 1
    assert len(content) <= 2000
    assert "newest word first" in content
    assert content.endswith(long.link)


@pytest.mark.parametrize(
    ("status", "headers", "body", "expected"),
    [
        (400, {}, b"invalid_payload", (Outcome.PERMANENT, None)),
        (403, {}, b"invalid_token", (Outcome.PERMANENT, None)),
        (404, {}, b"no_service", (Outcome.PERMANENT, None)),
        (429, {"Retry-After": "30"}, b"", (Outcome.PASSING, 30)),
        (429, {"Retry-After": "9" * 30}, b"", (Outcome.PASSING, 86_400)),
        (429, {}, b'{"ok":false,"parameters":{"retry_after":7}}', (Outcome.PASSING, 7)),
        (429, {}, b'{"message":"slow down","retry_after":0.4}', (Outcome.PASSING, 1)),
        (500, {}, b"", (Outcome.PASSING, None)),
        (302, {"Location": "https://login.example/"}, b"", (Outcome.PASSING, None)),
        (301, {"Location": "https://moved.example/"}, b"", (Outcome.PERMANENT, None)),
        (200, {}, b"<html>a captive portal</html>", (Outcome.PASSING, None)),
    ],
)
def test_refusals_of_a_service_are_told_apart(
    status: int,
    headers: dict[str, str],
    body: bytes,
    expected: tuple[Outcome, int | None],
    tmp_path: Path,
) -> None:
    with internet(tmp_path, answer(body, status, headers)) as web:
        environ = {**web.environ, "TO": SLACK}
        became = sender_for(TO, environ).send(message(), TO, environ)
    assert (became.outcome, became.retry_after) == expected
    assert len(web.requests) == 1  # no redirect is followed, nothing is tried twice
    assert str(status) in became.detail


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("nonsense", "does not know"),
        ("nosuchscheme://a/b", "does not know"),
        ("https://hooks.slack.com/not/a/webhook", "does not know"),
        ("mailto://", "does not know"),
        ("", "is not set"),
    ],
)
def test_an_address_that_nobody_knows_asks_for_a_person(to: str, says: str) -> None:
    became = sender_for(TO, {"TO": to}).send(message(), TO, {"TO": to})
    assert became.outcome is Outcome.PERMANENT
    assert says in became.detail


def test_without_apprise_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("statusgen.notify.apprise_sender.find_spec", lambda name: None)
    became = sender_for(TO, {"TO": SLACK}).send(message(), TO, {"TO": SLACK})
    assert became.outcome is Outcome.PERMANENT
    assert "apprise" in became.detail
    assert "requirements/notify.txt" in became.detail


def test_tones_differ(tmp_path: Path) -> None:
    with internet(tmp_path, answer(b"ok")) as web:
        environ = {**web.environ, "TO": SLACK}
        for tone in Tone:
            sender_for(TO, environ).send(message(tone), TO, environ)
    colours = [json.loads(request.body)["attachments"][0]["color"] for _, request in web.requests]
    assert colours[0] != colours[2]
    assert colours[0] not in colours[1:]
