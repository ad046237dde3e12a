"""No secret in anything that a sender returns, prints, logs or raises."""

from __future__ import annotations

import base64
import logging
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

import pytest

from statusgen.base.secrets import Template
from statusgen.base.web import Limits
from statusgen.notify.alertmanager import AlertmanagerSender
from statusgen.notify.message import Outcome, Sender
from statusgen.notify.pagerduty import PagerDutySender
from statusgen.notify.senders import sender_for
from statusgen.notify.webhook import Post, WebhookSender
from tests.doubles import closed_port
from tests.notify.harness import Mailbox, mail_server, message
from tests.probe.servers import Farm, answer, hang, raw, redirect

SECRETS = (
    "T1JJ3T3L2xk",
    "tok-en_with.dots~9",
    "p@ss/w:ord?&=#1",
    "spaces and ümläuts 鸭",
    "quo\"te'd\\back",
    "xoxb-1234-5678-abcdef",
    "AKIAIOSFODNN7EXAMPLE",
    "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    "123456789:AAbbCCddEEffGGhhIIjjKKll",
    "-----BEGIN KEY-----MIIEvQ",
    "%41%42%43already",
    "$DOLLAR{brace}",
    "ends-with-newline\n",
    "ops.person@example.com",
    "+4915112345678",
    "hook.internal.example",
    "a1b2c3d4e5f60718293a4b5c6d7e8f90",
    "emoji🔑key",
    "<script>alert(1)</script>",
    "trailing==",
)
assert len(SECRETS) == 20


@pytest.fixture(scope="module")
def farm() -> Iterator[Farm]:
    with Farm() as running:
        yield running


TO = Template("$TO")


def _q(secret: str) -> str:
    return quote(secret.strip(), safe="")


def forms(secret: str) -> set[str]:
    """How a library could write it down."""
    whole = secret.strip()
    packed = base64.b64encode(whole.encode()).decode()
    found = {whole, quote(whole), quote(whole, safe=""), quote_plus(whole), packed}
    return found | {packed.rstrip("="), base64.urlsafe_b64encode(whole.encode()).decode()}


def _quick() -> Post:
    return Post(limits=Limits(seconds=0.3, body=1024, redirects=0))


def _faults(farm: Farm, secret: str) -> Iterator[tuple[Sender, str]]:
    """Everything that can go wrong with a secret in the path, the query, or as who logs in."""
    says, safe = secret.strip().encode(), _q(secret)
    refusing = farm.start(answer(says, 403, {"X-Said": safe}))
    host = f"127.0.0.1:{refusing.port}"
    yield WebhookSender(post=_quick()), f"http://{host}/{safe}?token={safe}"
    yield WebhookSender(post=_quick()), f"http://user:{safe}@{host}/"
    yield PagerDutySender(post=_quick(), base=refusing.url), f"pagerduty://{safe}"
    yield AlertmanagerSender(post=_quick()), f"alertmanager://me:{safe}@{host}"
    for behaviour in (
        answer(says, 429),
        answer(says, 500),
        redirect(f"/{safe}", 301),
        raw(b"HTTP/1.1 nonsense " + says + b"\r\n\r\n"),
        hang(),
    ):
        yield WebhookSender(post=_quick()), f"{farm.start(behaviour).url}/{safe}"
    yield WebhookSender(post=_quick()), f"http://127.0.0.1:{closed_port()}/{safe}"
    yield WebhookSender(post=_quick()), f"http://{safe}.invalid/"
    yield WebhookSender(post=_quick()), f"http://127.0.0.1:{safe}/"


@pytest.mark.parametrize("secret", SECRETS)
def test_no_sender_of_ours_tells_a_secret(
    secret: str,
    farm: Farm,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    for sender, url in _faults(farm, secret):
        became = sender.send(message(), TO, {"TO": url})
        assert became.outcome is not Outcome.SENT
        _assert_silent(secret, repr(became), repr(sender), capfd.readouterr())
    assert not [record for record in caplog.records if record.name != "asyncio"]


@pytest.mark.parametrize("turn", range(4))
def test_apprise_tells_no_secret(
    turn: int,
    farm: Farm,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """All places of an address, as apprise's own warnings and a server's answer repeat them."""
    caplog.set_level(logging.DEBUG)
    a, b, c, d, e = five = SECRETS[turn * 5 : turn * 5 + 5]
    served = farm.start(answer(" ".join(five).encode(), 403))
    host = f"127.0.0.1:{served.port}"
    mail = f"smtp=127.0.0.1&mode=insecure&name={_q(d)}"
    box = Mailbox(replies={"ops@example.com": f"550 {' '.join(five).strip()!a} are refused"})
    with mail_server(box) as port:
        for url in (
            f"json://{_q(a)}:{_q(b)}@{host}/{_q(c)}/{_q(d)}?+x={_q(e)}",
            f"slack://{_q(a)}/{_q(b)}/{_q(c)}/{_q(d)}",
            f"nosuch://{_q(a)}:{_q(b)}@{_q(c)}/{_q(d)}?{_q(e)}",
            f"tgram://{_q(e)}/{_q(d)}",
            f"mailto://{_q(a)}:{_q(b)}@127.0.0.1:{port}?{mail}&to=ops@example.com,{_q(c)}",
        ):
            environ = {"TO": url, "HTTPS_PROXY": f"http://127.0.0.1:{closed_port()}"}
            became = sender_for(TO, environ).send(message(), TO, environ)
            assert became.outcome is not Outcome.SENT
            heard = capfd.readouterr()
            for secret in five:
                _assert_silent(secret, repr(became), heard)
    servers = ("asyncio", "mail.log")  # those of the test
    assert not [record for record in caplog.records if record.name not in servers]


def test_a_missing_secret_is_named_and_its_neighbour_is_not_told() -> None:
    to = Template("https://hooks.example/$KNOWN/$UNKNOWN")
    became = sender_for(to, {"KNOWN": SECRETS[0]}).send(message(), to, {"KNOWN": SECRETS[0]})
    assert became.outcome is Outcome.PERMANENT
    assert "UNKNOWN" in became.detail
    assert SECRETS[0] not in became.detail


def _assert_silent(secret: str, *texts: object) -> None:
    for text in texts:
        for form in forms(secret):
            assert form not in str(text)
