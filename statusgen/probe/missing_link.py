"""A certificate that a server forgets to send, fetched as browsers fetch it.

Each certificate says where that of its issuer is published (RFC 5280, section 4.2.2.1). Browsers
read it there, so a server that sends its own certificate alone looks well to most visitors, while
other programs turn away. What was fetched is no anchor: the chain must still end at an authority
of the store.
"""

from __future__ import annotations

import re
import ssl
import time
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pycurl

from statusgen import __version__
from statusgen.probe.certificate import Certificate, read_pem
from statusgen.probe.engine import Arrived, Client, Question
from statusgen.probe.faults import Fault, Stopwatch
from statusgen.probe.target import target_of

if TYPE_CHECKING:
    from statusgen.probe.tools import Tools

_MOST_LINKS = 3
_MOST_BYTES = 64 * 1024
# id-ad-caIssuers, then a URI: its length in one byte, or in the one behind 0x81.
_PUBLISHED = re.compile(
    rb"\x06\x08\x2b\x06\x01\x05\x05\x07\x30\x02\x86(?:\x81([\x80-\xff])|([\x00-\x7f]))", re.DOTALL
)


async def asked_again(
    found: Arrived, client: Client, question: Question, tools: Tools, left_s: float
) -> Arrived:
    """Ask again with what a chain lacked; return ``found`` itself where that is not its fault."""
    if found.error != pycurl.E_PEER_FAILED_VERIFICATION or not found.chain or question.proxy:
        return found
    ends_at = time.monotonic() + left_s
    links = await _links(found.chain, question, tools, ends_at)
    left_s = ends_at - time.monotonic()
    if not links or left_s <= 0:
        return found
    again = await tools.engine.ask(client, replace(question, links=tuple(links)), left_s)
    if again.error == pycurl.E_PEER_FAILED_VERIFICATION:
        return found
    first = read_pem(links[0])
    again.lacked = first.name if first is not None else "its issuer's"
    return again


async def _links(chain: list[str], question: Question, tools: Tools, ends_at: float) -> list[str]:
    """Return the certificates between a chain as sent and the store; empty where there is a gap."""
    known = [(pem, each) for pem in chain if (each := read_pem(pem)) is not None]
    found: list[str] = []
    if not known:
        return found
    pem, last = _last(known)
    while last.issuer not in tools.trusted_subjects():
        if len(found) == _MOST_LINKS or last.issuer == last.subject:
            return []
        issuer = await _fetched(pem, question, tools, ends_at)
        read = read_pem(issuer) if issuer else None
        if read is None or read.subject != last.issuer:
            return []
        found.append(issuer)
        pem, last = issuer, read
    return found


def _last(chain: list[tuple[str, Certificate]]) -> tuple[str, Certificate]:
    """Follow the issuers from the leaf as far as what was sent leads."""
    path = [chain[0]]
    while True:
        issuer = path[-1][1].issuer
        following = next((e for e in chain if e[1].subject == issuer and e not in path), None)
        if following is None:
            return path[-1]
        path.append(following)


async def _fetched(pem: str, question: Question, tools: Tools, ends_at: float) -> str:
    """Return, in PEM, the certificate of an issuer; empty where it cannot be had."""
    match = _PUBLISHED.search(der := ssl.PEM_cert_to_DER_cert(pem.strip()))
    if match is None:
        return ""
    length = (match[1] or match[2])[0]
    try:
        target = target_of(der[match.end() : match.end() + length].decode("ascii"))
        if urlsplit(target.url).scheme != "http":  # it would need a chain of its own
            return ""
        allowed = tools.router.allow_private
        way = question.way
        own = way is not None and way.private and not way.told
        private = allowed is True or (allowed is None and own)
        way = await tools.router.find(target.host, target.port, Stopwatch(), private=private)
    except (ValueError, Fault):
        return ""
    asked = Question(
        url=target.url,
        way=way,
        headers=[("User-Agent", f"statusgen/{__version__}")],
        want_body=True,
        max_body=_MOST_BYTES,
    )
    with Client() as client:
        answer = await tools.engine.ask(client, asked, max(ends_at - time.monotonic(), 0.001))
    if answer.error or answer.status != 200 or answer.truncated:
        return ""
    body = bytes(answer.body)
    if body.lstrip().startswith(b"-----BEGIN CERTIFICATE-----"):
        return body.decode("latin-1")
    made = ssl.DER_cert_to_PEM_cert(body)
    return made if read_pem(made) is not None else ""
