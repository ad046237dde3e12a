"""Upptime's variables: what each becomes, on the wire, and what is named as not being sent."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
import trustme

from statusgen.config.settings import Settings
from statusgen.notify.message import Outcome
from statusgen.notify.senders import sender_for
from statusgen.notify.upptime_channels import channels, variables
from statusgen.notify.upptime_services import SERVICES
from statusgen.run.channels import channels_of, doubts
from tests.config.places import settings_of
from tests.notify.harness import Mailbox, internet, mail_server, message
from tests.notify.test_chats import CHAT, DISCORD, SLACK, TEAMS
from tests.probe.servers import answer

PHONES = {"SMS_FROM": "+15551234567", "SMS_TO": "+15557654321"}
MAIL = {"EMAIL_FROM": "status@example.com", "EMAIL_TO": "ops@example.com"}
SET: dict[str, tuple[dict[str, str], str]] = {
    "email-sendgrid": (
        {"EMAIL_SENDGRID": "true", "EMAIL_SENDGRID_API_KEY": "SG.key", **MAIL},
        "api.sendgrid.com",
    ),
    "email-ses": (
        {
            "EMAIL_SES": "true",
            "EMAIL_SES_REGION": "eu-west-1",
            "EMAIL_SES_ACCESS_KEY_ID": "AKIAEXAMPLE",
            "EMAIL_SES_SECRET_ACCESS_KEY": "a/b+c",
            **MAIL,
        },
        "email.eu-west-1.amazonaws.com",
    ),
    "email-sparkpost": (
        {"EMAIL_SPARKPOST": "1", "EMAIL_SPARKPOST_API_KEY": "f" * 40, **MAIL},
        "api.sparkpost.com",
    ),
    "email-mailgun": (
        {
            "EMAIL_MAILGUN": "1",
            "EMAIL_MAILGUN_API_KEY": "f" * 40,
            "EMAIL_MAILGUN_DOMAIN_NAME": "mg.example.com",
            **MAIL,
        },
        "api.mailgun.net",
    ),
    "sms-46elks": (
        {
            "SMS_46ELKS": "1",
            "SMS_46ELKS_API_USERNAME": "user",
            "SMS_46ELKS_API_PASSWORD": "pass",
            **PHONES,
        },
        "api.46elks.com",
    ),
    "sms-clickatell": (
        {"SMS_CLICKATELL": "1", "SMS_CLICKATELL_API_KEY": "key", **PHONES},
        "platform.clickatell.com",
    ),
    "sms-nexmo": (
        {
            "SMS_NEXMO": "1",
            "SMS_NEXMO_API_KEY": "AC12345678",
            "SMS_NEXMO_API_SECRET": "secret12345",
            **PHONES,
        },
        "rest.nexmo.com",
    ),
    "sms-plivo": (
        {
            "SMS_PLIVO": "1",
            "SMS_AUTH_ID": "MA" + "A" * 23,
            "SMS_AUTH_TOKEN": "c" * 40,
            **PHONES,
        },
        "api.plivo.com",
    ),
    "sms-twilio": (
        {
            "SMS_TWILIO": "1",
            "SMS_TWILIO_ACCOUNT_SID": "AC" + "a" * 32,
            "SMS_TWILIO_AUTH_TOKEN": "b" * 32,
            **PHONES,
        },
        "api.twilio.com",
    ),
    "slack": ({"SLACK": "true", "SLACK_WEBHOOK_URL": SLACK}, "hooks.slack.com"),
    "discord": ({"DISCORD_WEBHOOK_URL": DISCORD}, "discord.com"),
    "google-chat": ({"GOOGLE_CHAT_WEBHOOK_URL": CHAT}, "chat.googleapis.com"),
    "zulip": (
        {
            "ZULIP_MESSAGE_URL": "https://example.zulipchat.com/api/v1/messages",
            "ZULIP_API_EMAIL": "status-bot@example.zulipchat.com",
            "ZULIP_API_KEY": "a" * 32,
        },
        "example.zulipchat.com",
    ),
    "mastodon": (
        {
            "MASTODON": "1",
            "MASTODON_INSTANCE_URL": "https://social.example/",
            "MASTODON_API_KEY": "key123",
            "MASTODON_TOOT_VISIBILITY": "unlisted",
        },
        "social.example",
    ),
    "misskey": (
        {
            "MISSKEY": "1",
            "MISSKEY_INSTANCE_URL": "https://note.example",
            "MISSKEY_API_KEY": "key123",
        },
        "note.example",
    ),
    "telegram": (
        {
            "TELEGRAM": "true",
            "TELEGRAM_BOT_KEY": "123456789:abcdefg_hijklmnop-qwerty",
            "TELEGRAM_CHAT_ID": "-100456",
        },
        "api.telegram.org",
    ),
    "lark": (
        {"LARK_BOT_WEBHOOK": "https://open.larksuite.com/open-apis/bot/v2/hook/abc-def"},
        "open.larksuite.com",
    ),
    "teams": ({"TEAMS_WEBHOOK_URL": TEAMS}, "prod-00.westus.logic.azure.com"),
    "gotify": (
        {"GOTIFY": "1", "GOTIFY_URL": "https://push.example/sub/", "GOTIFY_TOKEN": "tok123"},
        "push.example",
    ),
}
NOT_SENT = {"sms-callr", "sms-ovh", "sms-infobip"}


def environ(given: dict[str, str]) -> dict[str, str]:
    return {f"NOTIFICATION_{name}": value for name, value in given.items()}


def test_every_service_is_looked_at() -> None:
    elsewhere = {"email-smtp", "webhook"}
    assert {each.name for each in SERVICES} == set(SET) | NOT_SENT | elsewhere


@pytest.mark.parametrize("service", SET)
def test_its_variables_lead_to_the_service(service: str, tmp_path: Path) -> None:
    given, host = SET[service]
    (channel,) = channels(environ(given))
    assert channel.id == f"upptime-{service}"
    assert not any(value in repr(channel) for value in given.values() if len(value) > 4)
    with internet(tmp_path, answer(b"ok")) as web:
        there = {**environ(given), **web.environ}
        sender_for(channel.to, there).send(message(), channel.to, there)
    assert {asked for asked, _ in web.requests} == {host}
    assert len(web.requests) == 1


@pytest.mark.parametrize("encrypted", [True, False])
def test_mail_goes_through_a_server_that_encrypts_and_through_no_other(
    encrypted: bool, tmp_path: Path
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    box = Mailbox(password="p/@:w rd")
    with mail_server(box, context if encrypted else None) as port:
        given = environ(
            {
                "EMAIL_SMTP": "true",
                "EMAIL_SMTP_HOST": "127.0.0.1",
                "EMAIL_SMTP_PORT": str(port),
                "EMAIL_SMTP_USERNAME": "status",
                "EMAIL_SMTP_PASSWORD": "p/@:w rd",
                "EMAIL": "ops@example.com",
            }
        )
        (channel,) = channels(given)
        there = {**given, "SSL_CERT_FILE": str(tmp_path / "ca.pem")}
        became = sender_for(channel.to, there).send(message(), channel.to, there)
    assert (became.outcome is Outcome.SENT) is encrypted
    assert [recipients for recipients, _ in box.mails] == [("ops@example.com",)] * encrypted
    assert box.logins == [("status", "p/@:w rd")] * encrypted  # no word in clear
    assert "p/@:w" not in became.detail


@pytest.mark.parametrize("service", sorted(NOT_SENT))
def test_what_nobody_sends_is_named(service: str, tmp_path: Path) -> None:
    switch = next(each for each in SERVICES if each.name == service)
    given = dict.fromkeys([*switch.needs, switch.switch], "x")
    settings = _upptimes(tmp_path)
    assert channels_of(settings, given) == ()
    (doubt,) = doubts(settings, given)
    assert service in doubt


def test_what_is_missing_is_named_and_no_channel_of_it_made(tmp_path: Path) -> None:
    given = environ({"TELEGRAM": "true", "TELEGRAM_CHAT_ID": "4711"})
    settings = _upptimes(tmp_path)
    assert channels_of(settings, given) == ()
    (doubt,) = doubts(settings, given)
    assert "NOTIFICATION_TELEGRAM_BOT_KEY" in doubt
    assert "4711" not in doubt


def test_a_site_of_our_own_does_not_read_them(tmp_path: Path) -> None:
    ours = settings_of(
        tmp_path, "site: {name: x}\nmonitors: [{id: a, name: A, url: https://a.example/}]\n"
    )
    assert channels_of(ours, environ(SET["slack"][0])) == ()


def test_variables_that_are_empty_ask_for_nothing() -> None:
    assert channels(dict.fromkeys(variables(), "")) == ()


@pytest.mark.parametrize(
    "url", ["", "not an address", "https://", "http://[::1", "javascript:alert(1)"]
)
def test_a_variable_that_is_no_address_asks_for_a_person(url: str) -> None:
    given = environ({"SLACK": "1", "SLACK_WEBHOOK_URL": url or " "})
    (channel,) = channels(given)
    became = sender_for(channel.to, given).send(message(), channel.to, given)
    assert became.outcome is Outcome.PERMANENT


def _upptimes(folder: Path) -> Settings:
    head = "owner: o\nrepo: r\nsites: [{name: A, url: https://a.example/}]\n"
    return settings_of(folder, head, ".upptimerc.yml")
