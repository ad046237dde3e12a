"""WebSocket, DNS, JSON, other status pages and HTTP/2, each against a real server on loopback."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import shutil
import socket
import ssl
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from statusgen.base.web import Limits, Web, WebError
from statusgen.probe.connect_to import parse_connect_to
from statusgen.probe.kinds.ws import _GUID
from tests.probe.rounds import ca_file, check, monitor, round_of, said, server_tls
from tests.probe.servers import Farm, Request, answer, head, raw, redirect

# WebSocket


def websocket(*frames: bytes, accept: bool = True, seen: list[bytes] | None = None) -> Any:
    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        key = request.headers.get("sec-websocket-key", "") if accept else "other"
        digest = base64.b64encode(hashlib.sha1(f"{key}{_GUID}".encode()).digest()).decode()
        fields = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": digest}
        writer.write(head(101, fields, "Switching Protocols"))
        for frame in frames:
            writer.write(frame)
        await writer.drain()
        await asyncio.sleep(0.05)

    return behave


def frame(payload: bytes, opcode: int = 1, *, final: bool = True) -> bytes:
    first = (0x80 if final else 0) | opcode
    if len(payload) < 126:
        return struct.pack("!BB", first, len(payload)) + payload
    return struct.pack("!BBH", first, 126, len(payload)) + payload


def ws(url: str) -> str:
    return url.replace("http", "ws", 1)


def test_a_websocket_that_opens_is_up(farm: Farm, tmp_path: Path) -> None:
    plain = farm.start(websocket())
    secure = farm.start(websocket(), tls=server_tls())

    assert said(check(ws(plain.url) + "/live?x=1")) == "up -"
    assert said(check(ws(secure.url), round_options={"ca_file": ca_file(tmp_path)})) == "up -"
    assert said(check(ws(secure.url), insecure=True)) == "up -"
    assert check(ws(secure.url)).reason == "certificate"
    assert plain.requests[0].line == "GET /live?x=1 HTTP/1.1"


@pytest.mark.parametrize(
    "frames",
    [
        (frame(b"hello ready you"),),
        (frame(b"hello"), frame(b"ready")),
        (frame(b"", 9), frame(b"re", final=False), frame(b"", 9), frame(b"ady", 0)),
        (frame(b"\x00\xffready", 2),),
        (frame(b"x" * 5000 + b"ready"),),
    ],
)
def test_an_expected_message_is_found_however_it_comes(
    farm: Farm, frames: tuple[bytes, ...]
) -> None:
    served = farm.start(websocket(*frames))

    assert said(check(ws(served.url), send="ping", expect="ready")) == "up -"


def test_what_is_wrong_with_a_websocket_is_said(farm: Farm) -> None:
    cases = {
        "down status: HTTP 200, expected 101 (a WebSocket)": answer(),
        "down protocol: the server accepted the WebSocket without proving": websocket(accept=False),
        "down body: the server closed the WebSocket before a message with 'ready'": websocket(
            frame(struct.pack("!H", 1000), 8)
        ),
        "down protocol: the server closed the connection": websocket(frame(b"other")),
        "down protocol: a frame of the WebSocket is malformed": websocket(b"\xf1\x01a"),
        "down body: the server sent more than": websocket(b"\x81\x7f" + struct.pack("!Q", 1 << 60)),
        "down protocol: the answer is not valid HTTP": raw(b"garbage\r\n\r\n"),
    }
    for words, behave in cases.items():
        outcome = said(check(ws(farm.start(behave).url), expect="ready"))
        assert outcome.startswith(words), outcome
    assert said(check("ws://127.0.0.1:9/")).startswith("down connect: the connection was refused")


def test_endless_frames_end_at_the_deadline(farm: Farm) -> None:
    async def flood(request: Request, writer: asyncio.StreamWriter) -> None:
        await websocket()(request, writer)
        while True:
            writer.write(frame(b"", 9) * 1000)
            await writer.drain()

    outcome = said(check(ws(farm.start(flood).url), expect="ready", timeout_ms=400))

    assert outcome.startswith(("down timeout", "down body: the server sent more than"))


# DNS

Zone = Callable[[dns.message.Message], dns.message.Message | bytes | None]


def both_at_one_port() -> tuple[socket.socket, socket.socket]:
    """Listen by TCP, and by UDP at the same number.

    A free number of the one kind may be taken in the other: by a server of another worker, or by
    a connection that goes out. Such numbers are held until one is free in both, so that the
    kernel gives none of them twice.
    """
    with ExitStack() as passed_over:
        while True:
            tcp = socket.create_server(("127.0.0.1", 0))
            udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            try:
                udp.bind(tcp.getsockname())
            except OSError:
                udp.close()
                passed_over.enter_context(tcp)
            else:
                return tcp, udp


@contextmanager
def nameserver(zone: Zone) -> Iterator[int]:
    """Answer over UDP and TCP at one port until the block ends."""
    tcp, udp = both_at_one_port()
    port = tcp.getsockname()[1]

    def wire(data: bytes) -> bytes | None:
        found = zone(dns.message.from_wire(data))
        return found.to_wire() if isinstance(found, dns.message.Message) else found

    def by_udp() -> None:
        while True:
            try:
                data, peer = udp.recvfrom(4096)
            except OSError:
                return
            if not data:  # shut down
                return
            reply = wire(data)
            if reply is not None:
                udp.sendto(reply, peer)

    def by_tcp() -> None:
        while True:
            try:
                connection, _ = tcp.accept()
            except OSError:
                return
            with connection:
                (length,) = struct.unpack("!H", connection.recv(2))
                reply = full(dns.message.from_wire(connection.recv(length))).to_wire()
                connection.sendall(struct.pack("!H", len(reply)) + reply)

    for serve in (by_udp, by_tcp):
        threading.Thread(target=serve, daemon=True).start()
    try:
        yield port
    finally:
        for each in (udp, tcp):
            with_shutdown(each)


def with_shutdown(each: socket.socket) -> None:
    with suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
    each.close()


RECORDS = {
    "A": ["192.0.2.1", "192.0.2.2"],
    "MX": ["10 mail.example.com."],
    "TXT": ['"v=spf1 " "include:example.com -all"'],
    "CNAME": ["Other.Example.com."],
}


def full(question: dns.message.Message) -> dns.message.Message:
    reply = dns.message.make_response(question)
    asked = question.question[0]
    kind = dns.rdatatype.to_text(asked.rdtype)
    if kind in RECORDS:
        reply.answer.append(dns.rrset.from_text(asked.name, 60, "IN", kind, *RECORDS[kind]))
    return reply


def coded(code: dns.rcode.Rcode) -> Zone:
    def zone(question: dns.message.Message) -> dns.message.Message:
        reply = dns.message.make_response(question)
        reply.set_rcode(code)
        return reply

    return zone


def truncated(question: dns.message.Message) -> dns.message.Message:
    reply = dns.message.make_response(question)
    reply.flags |= dns.flags.TC
    return reply


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("A", {}),
        ("A", {"expect": "192.0.2.2"}),
        ("A", {"expect": ["192.0.2.1", "192.0.2.2"], "only": True}),
        ("MX", {"expect": "10 MAIL.example.com"}),
        ("TXT", {"expect": "v=spf1 include:example.com -all"}),
        ("CNAME", {"expect": "other.example.com"}),
    ],
)
def test_records_are_compared_as_people_write_them(kind: str, options: dict[str, Any]) -> None:
    with nameserver(full) as port:
        outcome = said(check(f"dns://127.0.0.1:{port}/www.example.com?type={kind}", **options))

    assert outcome == "up -"


def test_what_dns_says_is_told_apart() -> None:
    cases: list[tuple[Zone, str, dict[str, Any], str]] = [
        (coded(dns.rcode.NXDOMAIN), "A", {}, "down dns: the name www.example.com does not exist"),
        (coded(dns.rcode.SERVFAIL), "A", {}, "down dns: 127.0.0.1:PORT answered SERVFAIL"),
        (full, "AAAA", {}, "down dns: the name www.example.com has no AAAA record"),
        (full, "A", {"expect": "192.0.2.9"}, "down body: '192.0.2.9' is not among the answers"),
        (full, "A", {"expect": "192.0.2.1", "only": True}, "down body: '192.0.2.2' is among"),
        (lambda _: None, "A", {}, "down timeout: no answer within 300 ms: asking"),
        (lambda _: b"\x00\x01garbage", "A", {}, "down "),
    ]
    for zone, kind, options, words in cases:
        with nameserver(zone) as port:
            url = f"dns://127.0.0.1:{port}/www.example.com?type={kind}"
            outcome = said(check(url, timeout_ms=300, **options))
        assert outcome.startswith(words.replace("PORT", str(port))), outcome


def test_a_truncated_answer_is_asked_again_over_tcp() -> None:
    with nameserver(truncated) as port:
        assert said(check(f"dns://127.0.0.1:{port}/www.example.com")) == "up -"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("dns://1.1.1.1/", "names nothing to look up"),
        ("dns://1.1.1.1/a.example?type=ANY", "'ANY' is not one of A, AAAA"),
        ("dns://1.1.1.1/a.example?kind=MX", "only type= may stand behind the ?"),
        ("dns://1.1.1.1:99999/a.example", "malformed"),
    ],
)
def test_wrong_dns_addresses_are_explained(url: str, told: str) -> None:
    from statusgen.probe.kinds.dns import DNS

    assert told in str(DNS.url_fault(url))
    assert DNS.url_fault("dns:///example.com?type=mx") is None
    assert DNS.url_fault("dns://$RESOLVER:$PORT/${DOMAIN}?type=A") is None


# JSON


def queue(document: object, **rule: Any) -> tuple[str, float | None]:
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    with Farm() as farm:
        url = farm.start(answer(body, headers={"Content-Type": "application/json"})).url
        # YAML gives every scalar as the text that was written.
        written = {
            name: value if isinstance(value, list) else str(value) for name, value in rule.items()
        }
        checked = check(url, expect={"json": [written]})
    return said(checked), checked.value


def test_a_value_in_json_is_judged_and_recorded() -> None:
    document = {"queue": {"length": 42, "name": "mail"}, "items": [{"n": 1}, {"n": 7}], "ok": True}

    assert queue(document, path="$.queue.length", less_than=100) == ("up -", 42)
    outcome, value = queue(document, path="$.queue.length", less_than=40)
    assert (outcome, value) == ("down body: $.queue.length is 42, expected less than 40", 42)
    outcome, value = queue(document, path="$.queue.length", at_most=41, otherwise="degraded")
    assert (outcome, value) == ("degraded body: $.queue.length is 42, expected at most 41", 42)
    assert queue(document, path="$.ok", equals="true") == ("up -", None)
    assert queue(document, path="$.queue.name", equals="mail") == ("up -", None)
    assert queue(document, path="$.items[*].n", at_least=1) == ("up -", 1)
    assert queue(document, path="$.items[?@.n > 5].n", equals=7) == ("up -", 7)
    assert queue({"load": 0.75}, path="$.load", at_most="0.75") == ("up -", 0.75)
    assert queue(document, path="$.gone")[0] == "down body: nothing stands at $.gone"
    assert queue({"n": "42"}, path="$.n", less_than=100)[0].startswith('down body: $.n is "42"')


def test_what_a_value_may_not_be_or_how_long_it_is() -> None:
    document = {"state": "ok", "list": [1, 2, 3], "n": 7, "of": {"a": 1}, "all": ["a", "b"]}

    assert queue(document, path="$.state", not_equals="down")[0] == "up -"
    assert queue(document, path="$.gone", not_equals="down")[0] == "up -"
    outcome = queue(document, path="$.all[*]", not_equals="b")[0]
    assert outcome == 'down body: $.all[*] is "b", expected not equals b'
    assert queue(document, path="$.n", one_of=["6", "7.0"]) == ("up -", 7)
    outcome = queue(document, path="$.n", one_of=["6", "8"])[0]
    assert outcome == "down body: $.n is 7, expected one of 6, 8"
    assert queue(document, path="$.list", length="true", at_least=3) == ("up -", 3)
    assert queue(document, path="$.of", length="true", equals=1)[0] == "up -"
    outcome = queue(document, path="$.state", length="true", more_than=2)[0]
    assert outcome == "down body: the length of $.state is 2, expected more than 2"
    assert queue(document, path="$.n", length="true", at_least=0)[0].startswith("down body: the l")
    assert queue(document, path="$.gone", absent="true")[0] == "up -"
    outcome = queue(document, path="$.all", absent="true")[0]
    assert outcome == "down body: something stands at $.all"


def test_what_is_absent_cannot_be_compared() -> None:
    from pydantic import ValidationError

    from statusgen.probe.json_rules import JsonRule

    with pytest.raises(ValidationError, match="what is absent cannot be compared"):
        JsonRule.model_validate({"path": "$.a", "absent": "true", "equals": "1"})


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<html>", "the body is not JSON"),
        (b'{"n": NaN}', "the body is not JSON"),
        (b"[" * 100_000, "the body is"),
        (b'{"n": 1' + b"0" * 5000 + b"}", "the body is not JSON"),
    ],
)
def test_hostile_json_is_said(body: bytes, told: str) -> None:
    assert queue(body, path="$.n")[0].startswith(f"down body: {told}")


def test_a_path_that_is_none_is_refused(tmp_path: Path) -> None:
    from pydantic import ValidationError

    from statusgen.probe.http_options import HttpOptions

    with pytest.raises(ValidationError, match="is no JSONPath; write it like"):
        HttpOptions.model_validate({"expect": {"json": [{"path": "queue..["}]}})
    with pytest.raises(ValidationError, match="an answer to HEAD has none; write method: GET"):
        HttpOptions.model_validate({"method": "HEAD", "expect": {"body_contains": "x"}})


# Another status page

COMPONENTS = {
    "components": [
        {"id": "abc1", "name": "API", "status": "operational"},
        {"id": "abc2", "name": "Web Dashboard", "status": "partial_outage"},
        {"id": "abc3", "name": "Mail", "status": "major_outage"},
        {"id": "abc4", "name": "Twice", "status": "operational"},
        {"id": "abc5", "name": "twice", "status": "operational"},
        {"id": "abc6", "name": "Odd", "status": "on fire"},
    ]
}


def page(document: object, status: int = 200) -> Any:
    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        known = request.path in ("/api/v2/components.json", "/api/v2/status.json")
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        writer.write(head(status if known else 404, {"Content-Length": str(len(body))}) + body)

    return behave


def statuspage(
    farm: Farm, tmp_path: Path, document: object, component: str, code: int = 200
) -> str:
    served = farm.start(page(document, code), tls=server_tls("status.example.com"))
    options = {
        "ca_file": ca_file(tmp_path),
        "connect_to": [parse_connect_to(f"status.example.com::127.0.0.1:{served.port}")],
    }
    return said(check(f"statuspage://status.example.com/{component}", round_options=options))


@pytest.mark.parametrize(
    ("component", "told"),
    [
        ("API", "up -: status.example.com says: operational"),
        ("api", "up -: status.example.com says: operational"),
        ("abc4", "up -: status.example.com says: operational"),
        ("Web%20Dashboard", "partial reported: status.example.com says: partial outage"),
        ("Mail", "down reported: status.example.com says: major outage"),
        ("Twice", "unknown checker: status.example.com has 2 components 'Twice'; write an id"),
        ("Web%20Dashbord", "unknown checker: status.example.com has no component"),
        ("Odd", "unknown reported: what status.example.com answered is not Statuspage's API v2"),
    ],
)
def test_what_another_page_says(farm: Farm, tmp_path: Path, component: str, told: str) -> None:
    outcome = statuspage(farm, tmp_path, COMPONENTS, component)

    assert outcome.startswith(told), outcome
    if "Dashbord" in component:
        assert "there is Web Dashboard" in outcome


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"<html>", 200),
        ([], 200),
        ({"components": "x"}, 200),
        (COMPONENTS, 503),
        (b"[" * 10**6, 200),
    ],
)
def test_a_page_that_does_not_tell_is_unknown(
    farm: Farm, tmp_path: Path, document: object, code: int
) -> None:
    assert statuspage(farm, tmp_path, document, "API", code).startswith("unknown reported: ")


def test_the_whole_of_another_page(farm: Farm, tmp_path: Path) -> None:
    document = {"status": {"indicator": "minor", "description": "Partially Degraded Service"}}

    outcome = statuspage(farm, tmp_path, document, "")

    assert outcome == "degraded reported: status.example.com says: Partially Degraded Service"


# The client of APIs


def test_the_client_of_apis_keeps_its_limits(farm: Farm) -> None:
    web = Web(limits=Limits(seconds=0.5, body=1000, redirects=1))
    big = farm.start(answer(b"x" * 5000))
    busy = farm.start(answer(b"", 429, {"Retry-After": "7"}))
    gone = farm.start(answer(b"", 404))
    other = farm.start(answer(b"{}"))
    moved = farm.start(redirect(f"{other.url}/there"))
    secret = {"Authorization": "Bearer hunter2"}

    with pytest.raises(WebError, match="larger than 1000 bytes"):
        web.ask_now("GET", big.url)
    with pytest.raises(WebError) as caught:
        web.ask_now("GET", busy.url)
    assert (caught.value.permanent, caught.value.retry_after) == (False, 7)
    with pytest.raises(WebError) as caught:
        web.ask_now("GET", gone.url)
    assert caught.value.permanent
    assert web.ask_now("GET", moved.url, headers=secret).json() == {}
    assert "authorization" in moved.requests[0].headers
    assert "authorization" not in other.requests[0].headers


def test_the_client_of_apis_never_waits_longer_and_shows_no_secret(farm: Farm) -> None:
    from statusgen.base.secrets import Redactor

    async def drip(request: Request, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b"H")
            await writer.drain()
            await asyncio.sleep(0.05)

    served = farm.start(drip)
    web = Web(limits=Limits(seconds=0.3), redact=Redactor(["hunter2-host"]))

    with pytest.raises(WebError):
        web.ask_now("GET", served.url)
    with pytest.raises(WebError) as caught:
        web.ask_now("GET", "https://hunter2-host.invalid/hunter2-host")
    assert "hunter2-host" not in str(caught.value)


# HTTP/2


def test_a_server_that_speaks_http2_alone_is_up(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs node, whose http2 module serves HTTP/2 alone")
    from tests.probe.rounds import authority

    pair = authority().issue_cert("127.0.0.1")
    pair.private_key_pem.write_to_path(str(tmp_path / "key.pem"))
    for index, blob in enumerate(pair.cert_chain_pems):
        blob.write_to_path(str(tmp_path / "cert.pem"), append=index > 0)
    program = (
        "const h=require('http2'),f=require('fs');"
        "const key=f.readFileSync('key.pem'),cert=f.readFileSync('cert.pem');"
        "const s=h.createSecureServer({key,cert,"
        "allowHTTP1:false});s.on('stream',t=>{t.respond({':status':200});t.end('two')});"
        "s.listen(0,'127.0.0.1',()=>console.log(s.address().port))"
    )
    with subprocess.Popen([node, "-e", program], cwd=tmp_path, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        url = f"https://127.0.0.1:{int(server.stdout.readline())}/"
        options = {"ca_file": ca_file(tmp_path)}
        outcome = said(check(url, expect={"body_contains": "two"}, round_options=options))
        server.kill()

    assert outcome == "up -"


def test_a_server_that_chooses_h2_and_speaks_http1_is_asked_again(
    farm: Farm, tmp_path: Path
) -> None:
    context = server_tls()
    context.set_alpn_protocols(["h2"])

    served = farm.start(answer(), tls=context)

    assert isinstance(context, ssl.SSLContext)
    assert said(check(served.url, round_options={"ca_file": ca_file(tmp_path)})) == "up -"


def test_kinds_stand_side_by_side_in_one_round(farm: Farm) -> None:
    with nameserver(full) as port:
        ran = round_of(
            monitor(f"dns://127.0.0.1:{port}/www.example.com", "names"),
            monitor(ws(farm.start(websocket()).url), "live"),
            monitor(farm.start(answer()).url, "web"),
        )

    assert {name: str(one.state) for name, one in ran.checks.items()} == {
        "names": "up", "live": "up", "web": "up",
    }  # fmt: skip
