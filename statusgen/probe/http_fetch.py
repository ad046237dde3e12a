"""An HTTP check's question and answer, redirects followed by our own rules."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pycurl

from statusgen.base.states import Reason
from statusgen.probe.certificate import Certificate, first_to_end, read_pem
from statusgen.probe.curl_errors import HTTP2_STREAM, WEIRD_REPLY, fault_of, which
from statusgen.probe.engine import Arrived, Client, Question
from statusgen.probe.faults import Fault, Stopwatch
from statusgen.probe.missing_link import asked_again
from statusgen.probe.proxy import proxy_for
from statusgen.probe.redirects import Trail, following
from statusgen.probe.target import Target
from statusgen.probe.tools import Tools

PROXY_WANTS_CREDENTIALS = 407
_BROKEN_HTTP2 = (pycurl.E_HTTP2, HTTP2_STREAM)
RAW_ALLOWANCE = 64 * 1024
"""Bytes that a compressed body may be longer than what comes out of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is sent, with every secret filled in. Never shown."""

    method: str
    target: Target
    headers: tuple[tuple[str, str], ...]
    """Those that the operator wrote; most stay at the origin they were written for."""
    user_agent: str
    content: bytes | None
    redirects: int
    http_allowed: bool
    """A redirect may lead from https to http."""
    body_wanted: frozenset[int] | None
    """The final codes whose body is looked at; None: no body is read."""
    max_body: int
    ip: str
    insecure: bool
    environment: bool
    """Proxies and ``.netrc`` are honoured."""

    def __repr__(self) -> str:
        return "Ask(…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back in the end."""

    code: int
    heads: bytes
    """Status lines and headers of every hop."""
    headers: Sequence[tuple[str, str]]
    """Of the last: lower-case name and value."""
    body: bytes | bytearray
    """As it came, still encoded."""
    truncated: bool
    fault: Fault | None
    """Why the answer did not come to its end."""
    certificate_expires: int | None
    """The earliest among all hops; UTC seconds."""
    certificate_named: str = ""
    """The certificate that ends so early, in words."""
    certificate_lacked: str = ""
    """The certificate that a server should have sent and did not."""
    url: str = ""
    """The address that answered in the end."""

    def header(self, name: str) -> str:
        """Return the values of a header, joined by commas; empty where it is not there."""
        return ", ".join(value for known, value in self.headers if known == name)


async def fetch(ask: Ask, tools: Tools, watch: Stopwatch, limit_s: float) -> Answer:
    """Ask, follow redirects, read what is needed of the body. Raises Fault."""
    heads, lacked = b"", ""
    ending: tuple[int, str] | None = None
    trail = Trail(ask)
    ends_at = time.monotonic() + limit_s
    own_private = False
    with Client() as client:
        for hop in range(ask.redirects + 1):
            left_s = max(ends_at - time.monotonic(), 0.001)
            question = await question_of(ask, tools, watch, first=not hop, own_private=own_private)
            if hop == 0 and question.way is not None:
                own_private = question.way.private and not question.way.told
            found = await _ask(client, question, ask, tools, watch, left_s)
            heads += found.head
            lacked = lacked or found.lacked
            ending = _earlier(ending, found, ask, tools)
            after = following(ask, found) if ask.redirects else None
            if after is None:
                return _answer(ask, question, found, heads, ending, lacked)
            trail.go(after, found)
            ask = after
    detail = f"more than {ask.redirects} redirects (http.redirects)"
    raise Fault(Reason.REDIRECT, detail, answered=True)


async def question_of(
    ask: Ask, tools: Tools, watch: Stopwatch, *, first: bool, own_private: bool
) -> Question:
    """Find the way and put the request together. Raises Fault."""
    target, way, proxy = ask.target, None, ""
    if ask.environment:
        proxy = proxy_for(target, tools.environ)
    if not proxy:
        allowed = tools.router.allow_private
        private = allowed is not False
        if not first:
            private = allowed is True or (allowed is None and own_private)
        try:
            way = await tools.router.find(
                target.host, target.port, watch, ip=ask.ip, private=private
            )
        except Fault as fault:
            if not first and fault.reason is Reason.CHECKER:
                detail = f"the redirect cannot be followed: {fault.detail}"
                raise Fault(Reason.REDIRECT, detail, answered=True) from None
            raise
    headers = {"User-Agent": ask.user_agent, "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
    given = {name.lower() for name, _ in ask.headers}
    sent = [(name, value) for name, value in headers.items() if name.lower() not in given]
    sent += [(name, value) for name, value in ask.headers if name.lower() != "cookie"]
    credentials = target.credentials
    if credentials is None and ask.environment:
        credentials = tools.netrc(target.host)
    if "authorization" in given:
        credentials = None
    return Question(
        url=target.url,
        way=way,
        method=ask.method,
        headers=sent,
        content=ask.content,
        credentials=credentials,
        cookies="; ".join(value for name, value in ask.headers if name.lower() == "cookie"),
        want_body=ask.body_wanted is not None,
        max_body=ask.max_body + RAW_ALLOWANCE,
        verify=not ask.insecure,
        ca_file=tools.store.file,
        ca_folder=tools.store.folder,
        proxy=proxy,
    )


async def _ask(
    client: Client, question: Question, ask: Ask, tools: Tools, watch: Stopwatch, left_s: float
) -> Arrived:
    """Put the question, by HTTP/1.1 again where HTTP/2 was chosen and not spoken. Raises Fault."""
    watch.doing = f"connecting to {ask.target.shown}"
    ends_at = time.monotonic() + left_s
    found = await tools.engine.ask(client, question, left_s)
    found = await asked_again(found, client, question, tools, ends_at - time.monotonic())
    if found.error in _BROKEN_HTTP2 or (found.error == pycurl.E_RECV_ERROR and found.http2):
        spent = found.total_ms / 1000
        if found.status < 200 and left_s - spent > 0:
            question = replace(question, http1=True)
            found = await tools.engine.ask(client, question, left_s - spent)
    watch.add(connect=found.connect_ms, tls=found.tls_ms, total=found.total_ms)
    if found.over_ipv6 and question.way is not None and question.way.only_ipv6:
        tools.ipv6_proven = True
    if found.too_large:
        words = "more headers than any client accepts"
        raise Fault(Reason.PROTOCOL, words, answered=True)
    if _lengths_differ(found):
        words = "the answer states two different lengths"
        raise Fault(Reason.PROTOCOL, words, answered=True)
    if question.proxy and found.status == PROXY_WANTS_CREDENTIALS:
        found.proxy_status = found.status
        raise fault_of(found, question, ask.target.shown, ask.target.host)
    timed_out = found.error == pycurl.E_OPERATION_TIMEDOUT
    if found.error and (found.status < 200 or timed_out):
        raise fault_of(found, question, ask.target.shown, ask.target.host)
    if found.status < 100:
        words = "the answer does not begin with an HTTP status line"
        raise Fault(Reason.PROTOCOL, words, answered=True, doubtful=True)
    return found


def _lengths_differ(found: Arrived) -> bool:
    """Whether an answer says two lengths: a sign of an attack (RFC 9112, section 6.3).

    libcurl stops at a second one that differs, and does not show it.
    """
    stopped = found.error == WEIRD_REPLY and "Content-Length" in found.message
    return stopped and bool(found.header("content-length"))


def _answer(
    ask: Ask,
    question: Question,
    found: Arrived,
    heads: bytes,
    ending: tuple[int, str] | None,
    lacked: str,
) -> Answer:
    fault = None
    if found.error:
        fault = fault_of(found, question, ask.target.shown, ask.target.host)
    expires, named = ending or (None, "")
    return Answer(
        code=found.status,
        heads=heads,
        headers=tuple(found.headers),
        body=found.body,
        truncated=found.truncated,
        fault=fault,
        certificate_expires=expires,
        certificate_named=named,
        certificate_lacked=lacked,
        url=ask.target.url,
    )


def _earlier(
    before: tuple[int, str] | None, found: Arrived, ask: Ask, tools: Tools
) -> tuple[int, str] | None:
    """Return the earlier of two ends of certificates, with its name."""
    if ask.insecure or not found.chain:
        return before
    end = chain_end(found.chain, ask.target.host, tools)
    return end if before is None else before if end is None else min(before, end)


def chain_end(pems: Sequence[str], host: str, tools: Tools) -> tuple[int, str] | None:
    """Return when the first certificate that links the leaf to trust ends, and its name."""
    chain: list[Certificate] = [each for pem in pems if (each := read_pem(pem)) is not None]
    first = first_to_end(chain, tools.trusted_subjects)
    return None if first is None else (first.ends, which(first, chain, host))
