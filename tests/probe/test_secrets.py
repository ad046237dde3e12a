"""F73: whatever goes wrong, no secret stands in a round, in what is printed or in a repr."""

from __future__ import annotations

import base64
import socket
from typing import Any
from urllib.parse import quote

import pytest

from statusgen.probe.round import Round
from tests.probe.rounds import monitor, round_of
from tests.probe.servers import Behaviour, Farm, Request, answer, hang, raw, redirect

SECRET = "s3cr3t/käse+token"
HEADER_SECRET = "s3cr3t-header-token"
ENVIRON = {"TOKEN": SECRET, "KEY": HEADER_SECRET, "NAME": "s3cr3t-host.invalid"}


def leaks(text: str) -> list[str]:
    forms = [SECRET, quote(SECRET), quote(SECRET, safe=""), HEADER_SECRET, ENVIRON["NAME"]]
    forms += [base64.b64encode(value.encode()).decode() for value in ENVIRON.values()]
    return [form for form in forms if form in text]


def shown(ran: Round) -> str:
    return repr(ran) + "".join(str(check.tries) for check in ran.checks.values())


def nowhere(host: str, *_: object) -> Any:
    raise socket.gaierror(socket.EAI_NONAME, f"{host} is nowhere")


async def echo(request: Request, writer: object) -> None:
    """Send back what was sent, as a malformed answer."""
    await raw(f"HTTP/1.1 {request.path} {request.headers}\r\n\r\n".encode())(request, writer)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "behaviour",
    [
        answer(b"", 500),
        hang(),
        raw(b""),
        echo,
        redirect("https://127.0.0.1:1/" + quote(SECRET)),
        redirect("http://s3cr3t-host.invalid/" + quote(SECRET)),
        redirect("/" + quote(SECRET)),
    ],
)
def test_no_failure_shows_a_secret(farm: Farm, behaviour: Behaviour) -> None:
    url = farm.start(behaviour).url
    one = monitor(
        url + "/$TOKEN?key=$TOKEN",
        headers={"Authorization": "Bearer $KEY"},
        body="$TOKEN",
        method="POST",
        expect={"body_contains": "$TOKEN"},
        timeout_ms=300,
    )
    other = monitor("tcp://$NAME:25", "other")
    ran = round_of(one, other, environ=ENVIRON, lookup=nowhere)
    assert ran.checks["m"].state in ("down", "unknown")
    assert not leaks(shown(ran))


@pytest.mark.parametrize(
    "url",
    [
        "https://$NAME/x",
        "tcp://$NAME:25",
        "tls://$NAME",
        "https://$TOKEN/",
        "tcp://$TOKEN:1",
        "$TOKEN",
        "https://user:$TOKEN@127.0.0.1:9/",
    ],
)
def test_a_secret_host_stays_secret(url: str) -> None:
    kind = url.partition(":")[0] if "://" in url else "http"
    ran = round_of(monitor(url, kind=kind), environ=ENVIRON, lookup=nowhere)
    assert ran.checks["m"].state in ("down", "unknown")
    assert not leaks(shown(ran))
