"""Mail servers, webhooks, PagerDuty and Alertmanager that fail: what arrives, and what is said.

The rows are also the table of ``content/guide/channels.md``.
"""

from __future__ import annotations

import email
import email.policy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from statusgen.base.secrets import Template
from statusgen.base.web import Limits
from statusgen.notify.alertmanager import AlertmanagerSender
from statusgen.notify.apprise_sender import AppriseSender
from statusgen.notify.message import Delivery, Outcome, Sender, Tone
from statusgen.notify.pagerduty import PagerDutySender
from statusgen.notify.senders import sender_for
from statusgen.notify.webhook import Post, WebhookSender
from tests.doubles import closed_port
from tests.notify.harness import Mailbox, mail_server, message
from tests.probe.servers import Behaviour, Farm, Served, answer, hang, in_turn, raw, redirect

TO = Template("$TO")
QUICK = Post(limits=Limits(seconds=2, body=1024, redirects=0))


@pytest.fixture
def farm() -> Iterator[Farm]:
    with Farm() as running:
        yield running


def attempts(sender: Sender, to: str, most: int = 3) -> list[Delivery]:
    """Do what the outbox does: try again while it may pass, with the same message."""
    made: list[Delivery] = []
    while len(made) < most and (not made or made[-1].outcome is Outcome.PASSING):
        made.append(sender.send(message(), TO, {"TO": to}))
    return made


@dataclass(frozen=True)
class Case:
    name: str
    behaviour: Callable[[], Behaviour]
    outcomes: str
    arrived: int
    """Requests that reached the server, of at most three attempts."""
    wait: int | None = None


GOOD = answer(b"{}", 202)
DATED = {
    "Date": "Wed, 18 Nov 2026 11:00:00 GMT",
    "Retry-After": "Wed, 18 Nov 2026 11:01:30 GMT",
}


def first(*behaviours: Behaviour) -> Callable[[], Behaviour]:
    return lambda: in_turn(*behaviours, GOOD)


def always(behaviour: Behaviour) -> Callable[[], Behaviour]:
    return lambda: behaviour


CASES = (
    Case("takes it", first(), "sent", 1),
    Case("500, then takes it", first(answer(b"", 500)), "passing, sent", 2),
    Case("503 for ever", always(answer(b"", 503)), "passing, passing, passing", 3),
    Case(
        "429 with `Retry-After: 120`",
        first(answer(b"", 429, {"Retry-After": "120"})),
        "passing, sent",
        2,
        120,
    ),
    Case("429 with a date", first(answer(b"", 429, DATED)), "passing, sent", 2, 90),
    Case("400", always(answer(b"", 400)), "permanent", 1),
    Case("401", always(answer(b"", 401)), "permanent", 1),
    Case("403", always(answer(b"", 403)), "permanent", 1),
    Case("404", always(answer(b"", 404)), "permanent", 1),
    Case("301 to elsewhere", always(redirect("/elsewhere", 301)), "permanent", 1),
    Case("302 to a login", always(redirect("/login", 302)), "passing, passing, passing", 3),
    Case("hangs, then takes it", first(hang()), "passing, sent", 2),
    Case("breaks off, then takes it", first(raw(b"HTTP/1.1 2")), "passing, sent", 2),
)
KINDS: dict[str, Callable[[Served], tuple[Sender, str]]] = {
    "webhook": lambda at: (WebhookSender(post=QUICK), f"{at.url}/hook/s3cret"),
    "pagerduty": lambda at: (
        PagerDutySender(post=QUICK, base=at.url),
        "pagerduty://R0UTINGKEY0123456789abcdef012345",
    ),
    "alertmanager": lambda at: (
        AlertmanagerSender(post=QUICK),
        f"alertmanager://user:pa55word@127.0.0.1:{at.port}/am",
    ),
    "apprise": lambda at: (
        AppriseSender(),
        f"json://user:pa55word@127.0.0.1:{at.port}/hook/s3cret?rto=3",
    ),
}


SLOW = ("503 for ever", "400", "401", "404", "429 with a date", "302 to a login")
"""Left out for apprise, whose every attempt is a process: ``test_chats`` has its statuses."""


@pytest.mark.parametrize(
    ("kind", "case"),
    [(k, c) for k in KINDS for c in CASES if k != "apprise" or c.name not in SLOW],
    ids=lambda given: given if isinstance(given, str) else given.name,
)
def test_what_arrives_how_often_and_with_which_key(kind: str, case: Case, farm: Farm) -> None:
    served = farm.start(case.behaviour())
    sender, to = KINDS[kind](served)
    made = attempts(sender, to)
    assert ", ".join(each.outcome for each in made) == case.outcomes
    assert len(served.requests) == case.arrived
    assert made[0].retry_after == case.wait
    for request in served.requests:
        told = json.loads(request.body)
        assert _key(kind, request.headers, told) == "urn:uuid:6f1c/opened"
    for secret in ("s3cret", "R0UTING", "pa55word"):
        assert not any(secret in each.detail for each in made)


def _key(kind: str, headers: dict[str, str], told: Any) -> str:
    if kind == "pagerduty":
        assert told["dedup_key"] == "urn:uuid:6f1c"
        return str(told["payload"]["custom_details"]["key"])
    if kind == "alertmanager":
        assert told[0]["labels"]["thread"] == "urn:uuid:6f1c"
        return str(told[0]["annotations"]["key"])
    if kind == "webhook":
        assert told["key"] == headers["idempotency-key"]
    return headers["idempotency-key"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_there_may_come(kind: str) -> None:
    nobody = Served("http", "127.0.0.1", closed_port())
    sender, to = KINDS[kind](nobody)
    became = sender.send(message(), TO, {"TO": to})
    assert became.outcome is Outcome.PASSING
    assert became.detail


def test_a_name_that_stands_for_nothing_may_come_to() -> None:
    became = WebhookSender().send(message(), TO, {"TO": "https://nowhere.invalid/x"})
    assert became.outcome is Outcome.PASSING


@pytest.mark.parametrize(
    "url",
    [
        "https://",
        "https:///path",
        "http://host:99999/",
        "http://[::1/",
        "pagerduty://",
        "pagerduty://key?region=mars",
        "alertmanager://",
        "alertmanager://h?alertname=x",
        "alertmanager://h?not-a-label=x",
        "upptime://pigeon",
        "upptime://sms-ovh",
    ],
)
def test_an_address_that_cannot_be_asks_for_a_person(url: str) -> None:
    became = sender_for(TO, {"TO": url}).send(message(), TO, {"TO": url})
    assert became.outcome is Outcome.PERMANENT
    assert became.detail


def test_a_slow_apprise_is_ended(farm: Farm) -> None:
    served = farm.start(hang())
    to = {"TO": f"json://127.0.0.1:{served.port}/?rto=60"}
    became = AppriseSender(seconds=2.0).send(message(), TO, to)
    assert became.outcome is Outcome.PASSING
    assert "2 s" in became.detail


@dataclass(frozen=True)
class Mail:
    name: str
    reply: str
    outcomes: str
    mails: int


MAILS = (
    Mail("takes it", "250 OK", "sent", 1),
    Mail("451, a greylist", "451 4.7.1 try later", "passing, passing, passing", 0),
    Mail("550, no such mailbox", "550 5.1.1 no such user ops@example.com", "permanent", 0),
    Mail("552, the mailbox is full", "552 5.2.2 full", "permanent", 0),
)


@pytest.mark.parametrize("case", MAILS, ids=lambda case: case.name)
def test_mail(case: Mail) -> None:
    box = Mailbox(replies={"ops@example.com": case.reply})
    with mail_server(box) as port:
        made = attempts(sender_for(TO, {"TO": "mailto://x"}), _mailto(port))
    assert ", ".join(each.outcome for each in made) == case.outcomes
    assert len(box.mails) == case.mails
    assert not any("ops@" in each.detail or "127.0.0.1" in each.detail for each in made)
    for recipients, raw_mail in box.mails:
        mail = email.message_from_string(raw_mail, policy=email.policy.default)
        assert recipients == ("ops@example.com",)
        assert mail["Subject"] == "Backend API is down"
        assert mail["X-Statusgen-Key"] == "urn:uuid:6f1c/opened"
        assert "It does not answer" in mail.get_content()
        assert "https://status.example.com/incidents/" in mail.get_content()


def _mailto(port: int, login: str = "") -> str:
    return (
        f"mailto://{login}127.0.0.1:{port}?smtp=127.0.0.1&mode=insecure"
        "&from=status@example.com&to=ops@example.com"
    )


def test_mail_of_an_alert_and_its_end_is_one_thread() -> None:
    box = Mailbox()
    with mail_server(box) as port:
        for tone in (Tone.PROBLEM, Tone.RESOLVED):
            sender_for(TO, {"TO": "mailto://x"}).send(message(tone), TO, {"TO": _mailto(port)})
    first_, second = (email.message_from_string(text) for _, text in box.mails)
    assert first_["References"] == second["References"] is not None
    assert first_["Message-ID"] != second["Message-ID"]


def test_a_refused_password_asks_for_a_person_and_the_right_one_is_taken() -> None:
    box = Mailbox(password="p/@:w rd")
    with mail_server(box) as port:
        wrong = attempts(AppriseSender(), _mailto(port, "status:wr0ngpass@"))
        right = attempts(AppriseSender(), _mailto(port, "status:p%2F%40%3Aw%20rd@"))
    assert [each.outcome for each in wrong] == [Outcome.PERMANENT]
    assert "535" in wrong[0].detail
    assert [each.outcome for each in right] == [Outcome.SENT]
    assert ("status", "p/@:w rd") in box.logins


def test_a_mail_server_that_is_not_there_yet_may_come() -> None:
    box, sender = Mailbox(), AppriseSender()
    with mail_server(box) as port:
        pass
    assert sender.send(message(), TO, {"TO": _mailto(port)}).outcome is Outcome.PASSING
    with mail_server(box) as port:
        assert sender.send(message(), TO, {"TO": _mailto(port)}).outcome is Outcome.SENT


def test_a_mail_server_that_says_nothing_may_come_to(farm: Farm) -> None:
    silent = farm.start(hang(), silent=True)
    became = AppriseSender(seconds=8).send(message(), TO, {"TO": _mailto(silent.port) + "&cto=1"})
    assert became.outcome is Outcome.PASSING


def table() -> str:
    """The rows above as the guide shows them."""
    head = ["| the other side | attempts | arrives | key |", "|---|---|---|---|"]
    key = "the same each time"
    web = [f"| HTTP: {case.name} | {case.outcomes} | {case.arrived} | {key} |" for case in CASES]
    post = [f"| mail: {case.name} | {case.outcomes} | {case.mails} | {key} |" for case in MAILS]
    return "\n".join([*head, *web, "| nobody listens | passing, … | 0 | |", *post])
