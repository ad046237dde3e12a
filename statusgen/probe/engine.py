"""libcurl, asked once: a question with its addresses in, what arrived with its phases out.

Every check of a round shares one multi handle, driven by the event loop; each transfer has a fresh
connection and hands nothing to another: no cookies, no TLS sessions, no DNS entries. What libcurl
would do by itself and we do by our own rules is off: redirects, decoding of contents, proxies and
``.netrc`` of the environment.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pycurl

from statusgen.probe.route import Way, curl_routes

MOST_HEAD = 512 * 1024
"""Bytes of status lines and headers, informational answers included."""
_TOO_LARGE = 100  # CURLE_TOO_LARGE, which pycurl has no name for
_LATE_S = 0.02
"""A body that begins later than this behind the headers is timed by its own beginning."""
_GRACE_S = 0.1
"""Our own clock runs out later than libcurl's, which knows what it waited for."""
_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One request over one connection, or a connection alone. Never shown: it holds secrets."""

    url: str
    """With its host in ASCII, without credentials."""
    way: Way | None
    """None where a proxy looks the name up."""
    method: str = "GET"
    headers: Sequence[tuple[str, str]] = ()
    content: bytes | None = None
    credentials: tuple[str, str] | None = None
    cookies: str = ""
    """The operator's own ``Cookie`` header."""
    want_body: bool = False
    max_body: int = 0
    verify: bool = True
    ca_file: str = ""
    ca_folder: str = ""
    links: tuple[str, ...] = ()
    """Certificates in PEM that the server does not send and its chain needs; no anchors."""
    proxy: str = ""
    connect_only: bool = False
    """Connect, shake hands where the scheme says so, and stop."""
    http1: bool = False

    def __repr__(self) -> str:
        return "Question(…)"


@dataclass(slots=True, kw_only=True)
class Arrived:
    """What came of a question."""

    status: int = 0
    """0 where no final status line arrived."""
    head: bytes = b""
    """Status lines and headers as they came, informational answers and trailers too."""
    headers: list[tuple[str, str]] = field(default_factory=list)
    """Of the final answer: lower-case name and value."""
    body: bytearray = field(default_factory=bytearray)
    truncated: bool = False
    too_large: bool = False
    """Whether there were more headers than any client accepts."""
    redirect: str = ""
    """Where a redirect leads, as an absolute address."""
    chain: list[str] = field(default_factory=list)
    """The certificates as sent, in PEM."""
    lacked: str = ""
    """The name of the certificate that the server should have sent, too."""
    error: int = 0
    """libcurl's error code (CURLE_*); 0 for none."""
    message: str = ""
    """libcurl's own words; they may quote the address."""
    errno: int = 0
    proxy_status: int = 0
    """What a proxy answered to CONNECT."""
    http2: bool = False
    over_ipv6: bool = False
    """Whether a connection to an IPv6 address was made."""
    connect_ms: float | None = None
    tls_ms: float | None = None
    total_ms: float = 0.0
    """To the first byte of the body, or to the end where there is none or an error."""

    def header(self, name: str) -> str:
        """Return the values of a header, joined by commas; empty where it is not there."""
        return ", ".join(value for known, value in self.headers if known == name)

    @property
    def head_done(self) -> bool:
        """Whether a final status and its headers arrived whole."""
        return self.status >= 200 and self.head.endswith((b"\r\n\r\n", b"\n\n"))

    @property
    def said_something(self) -> bool:
        """Whether any byte of an answer arrived."""
        return bool(self.head or self.body)


class Engine:
    """The transfers of one round, inside its event loop."""

    def __init__(self) -> None:
        self._multi = pycurl.AsyncCurlMulti()

    async def close(self) -> None:
        """End what is under way and let go of everything."""
        await self._multi.aclose()

    async def ask(self, client: Client, question: Question, limit_s: float) -> Arrived:
        """Put one question; what goes wrong outside is in the answer. Raises TimeoutError."""
        transfer = _Transfer(client.curl, question, limit_s)
        try:
            transfer.prepare()
            async with asyncio.timeout(limit_s + _GRACE_S):
                await self._multi.perform(client.curl)
        except pycurl.error as error:
            transfer.failed(*error.args[:2])
        except TimeoutError:
            transfer.failed(pycurl.E_OPERATION_TIMEDOUT, "")
        return transfer.arrived()


class Client:
    """One check's handle: cookies live as long as it does, over the redirects of one attempt."""

    def __init__(self) -> None:
        self.curl = pycurl.Curl()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.curl.close()


class _Transfer:
    """One use of a handle. Callbacks never raise: libcurl would print a traceback."""

    def __init__(self, curl: pycurl.Curl, question: Question, limit_s: float) -> None:
        self._curl = curl
        self._question = question
        self._limit_s = limit_s
        self._found = Arrived()
        self._head_size = 0
        self._begun = time.perf_counter()
        self._body_at: float | None = None
        self._stopped = False
        """Whether we ended it ourselves: enough had arrived."""

    def prepare(self) -> None:
        """Set every option: the handle may have asked something else before."""
        curl, asked = self._curl, self._question
        curl.reset()  # keeps cookies
        curl.setopt(pycurl.URL, asked.url)
        curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
        curl.setopt(pycurl.NOSIGNAL, 1)
        curl.setopt(pycurl.TIMEOUT_MS, max(1, round(self._limit_s * 1000)))
        curl.setopt(pycurl.CONNECTTIMEOUT_MS, max(1, round(self._limit_s * 1000)))
        curl.setopt(pycurl.FRESH_CONNECT, 1)
        curl.setopt(pycurl.FORBID_REUSE, 1)
        curl.setopt(pycurl.HTTP_CONTENT_DECODING, 0)
        curl.setopt(pycurl.PROXY, asked.proxy)
        curl.setopt(pycurl.NOPROXY, "" if asked.proxy else "*")
        curl.setopt(pycurl.COOKIEFILE, "")
        if asked.http1:
            curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
        self._addresses()
        self._security()
        if asked.connect_only:
            curl.setopt(pycurl.CONNECT_ONLY, 1)
        else:
            self._request()
        curl.setopt(pycurl.HEADERFUNCTION, self._on_head)
        curl.setopt(pycurl.WRITEFUNCTION, self._on_body)
        self._begun = time.perf_counter()

    def _addresses(self) -> None:
        if self._question.way is None:
            return
        connect, resolve = curl_routes(self._question.way)
        self._curl.setopt(pycurl.CONNECT_TO, connect)
        if resolve:
            self._curl.setopt(pycurl.RESOLVE, resolve)

    def _security(self) -> None:
        curl, asked = self._curl, self._question
        curl.setopt(pycurl.SSL_SESSIONID_CACHE, 0)
        curl.setopt(pycurl.OPT_CERTINFO, 1)
        curl.setopt(pycurl.SSL_VERIFYPEER, int(asked.verify))
        curl.setopt(pycurl.SSL_VERIFYHOST, 2 if asked.verify else 0)
        if asked.links:
            store = b""
            if asked.ca_file:
                with suppress(OSError):
                    store = Path(asked.ca_file).read_bytes()
            curl.setopt(pycurl.SSL_OPTIONS, pycurl.SSLOPT_NO_PARTIALCHAIN)
            curl.setopt(pycurl.CAINFO_BLOB, b"\n".join([store, *map(str.encode, asked.links)]))
        elif asked.ca_file:
            curl.setopt(pycurl.CAINFO, asked.ca_file)
        if asked.ca_folder:
            curl.setopt(pycurl.CAPATH, asked.ca_folder)

    def _request(self) -> None:
        curl, asked = self._curl, self._question
        if asked.method == "HEAD":
            curl.setopt(pycurl.NOBODY, 1)
        elif asked.method == "POST" or asked.content is not None:
            curl.setopt(pycurl.POST, 1)
            curl.setopt(pycurl.POSTFIELDSIZE, len(asked.content or b""))
            curl.setopt(pycurl.COPYPOSTFIELDS, asked.content or b"")
        if asked.method not in ("GET", "HEAD", "POST") or (
            asked.method == "GET" and asked.content is not None
        ):
            curl.setopt(pycurl.CUSTOMREQUEST, asked.method)
        # libcurl's own additions that nobody asked for are taken out; an empty value stays one.
        lines = [f"{name}: {value}" if value else f"{name};" for name, value in asked.headers]
        named = {name.lower() for name, _ in asked.headers}
        lines += [f"{name}:" for name in ("Expect", "Content-Type") if name.lower() not in named]
        curl.setopt(pycurl.HTTPHEADER, [line.encode("ascii") for line in lines])
        if asked.cookies:
            curl.setopt(pycurl.COOKIE, asked.cookies.encode("ascii"))
        if asked.credentials is not None:
            curl.setopt(pycurl.HTTPAUTH, pycurl.HTTPAUTH_BASIC)
            curl.setopt(pycurl.USERNAME, asked.credentials[0].encode())
            curl.setopt(pycurl.PASSWORD, asked.credentials[1].encode())

    def _on_head(self, line: bytes) -> int:
        self._head_size += len(line)
        if self._head_size > MOST_HEAD:
            self._found.too_large = True
            return -1
        found = self._found
        found.head += line
        if line[:5].upper() == b"HTTP/":
            match = _STATUS_LINE.match(line)
            found.status = int(match[1]) if match else -1
            found.headers.clear()
        else:
            name, colon, value = line.decode("latin-1").partition(":")
            if colon and self._body_at is None:
                found.headers.append((name.strip().lower(), value.strip()))
        return len(line)

    def _on_body(self, data: bytes) -> int:
        if self._body_at is None:
            self._body_at = time.perf_counter()
        asked, found = self._question, self._found
        if not asked.want_body:
            self._stopped = True
            return -1
        found.body += data
        if len(found.body) > asked.max_body:
            del found.body[asked.max_body :]
            found.truncated = True
            self._stopped = True
            return -1
        return len(data)

    def failed(self, code: int, message: str) -> None:
        """Take note of an error; an end that we made ourselves is none."""
        if code == pycurl.E_WRITE_ERROR and self._stopped:
            return
        self._found.error, self._found.message = code, message
        if code == _TOO_LARGE or message.startswith("Too large"):
            self._found.too_large = True

    def arrived(self) -> Arrived:
        """Gather what libcurl knows of the transfer."""
        curl, found = self._curl, self._found
        found.errno = curl.getinfo(pycurl.OS_ERRNO)
        found.proxy_status = curl.getinfo(pycurl.HTTP_CONNECTCODE)
        if found.error and found.proxy_status >= 300:
            found.status, found.head = 0, b""  # it was the proxy's, not the service's
        found.http2 = curl.getinfo(pycurl.INFO_HTTP_VERSION) == pycurl.CURL_HTTP_VERSION_2_0
        with suppress(pycurl.error, UnicodeDecodeError):
            found.redirect = curl.getinfo(pycurl.REDIRECT_URL) or ""
        with suppress(pycurl.error, UnicodeDecodeError):
            for certificate in curl.getinfo(pycurl.INFO_CERTINFO) or ():
                found.chain += [value for name, value in certificate if name == "Cert"]
        connected, shaken = curl.getinfo(pycurl.CONNECT_TIME), curl.getinfo(pycurl.APPCONNECT_TIME)
        if connected:
            found.connect_ms = connected * 1000
            found.over_ipv6 = ":" in (curl.getinfo(pycurl.PRIMARY_IP) or "")
        if shaken:
            found.tls_ms = max(shaken - connected, 0.0) * 1000
        found.total_ms = self._total() * 1000
        return found

    def _total(self) -> float:
        """libcurl's own clock, which no busy event loop disturbs, unless the body came later."""
        curl = self._curl
        if self._found.error or self._question.connect_only:
            spent = max(curl.getinfo(pycurl.CONNECT_TIME), curl.getinfo(pycurl.APPCONNECT_TIME))
            own = time.perf_counter() - self._begun
            return float(spent) if self._question.connect_only and not self._found.error else own
        started = float(curl.getinfo(pycurl.STARTTRANSFER_TIME))
        if self._body_at is not None:
            late = self._body_at - self._begun
            return late if late - started > _LATE_S else started
        return started or float(curl.getinfo(pycurl.TOTAL_TIME))
