"""A small client for other programs' APIs: a total deadline, caps, and no secret in any message.

The one module of this room that may touch the network; imported only when it is used. Proxies and
``.netrc`` of the environment are not used. Redirects stay within https, and credentials within the
origin that they were written for.
"""

from __future__ import annotations

import asyncio
import json
import logging
import math
import os
import re
import ssl
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from statusgen.base.errors import OutsideError
from statusgen.base.secrets import Redactor
from statusgen.base.text import one_line

_REDIRECTS = (301, 302, 303, 307, 308)
_OWN = frozenset({"authorization", "cookie", "proxy-authorization"})
_GZIP = 16 + zlib.MAX_WBITS
_LONGEST_WAIT = 86_400

for _library in ("httpx", "httpcore"):
    # They write each address, and what stands in it, at a level that programs like to switch on.
    logging.getLogger(_library).setLevel(logging.WARNING)

Lead = Callable[[str, int], tuple[str, int] | None]
"""Host and port → where to connect instead; None for the host itself."""


class WebError(OutsideError):
    """An API did not do what was asked of it."""

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        permanent: bool = False,
        retry_after: int | None = None,
        reply: Reply | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        """The HTTP status, where one came."""
        self.reply = reply
        """The whole answer, where one came: hostile text, not redacted."""
        self.permanent = permanent
        """Whether asking again would change nothing."""
        self.retry_after = retry_after
        """Seconds that the server asks to wait."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may cost."""

    seconds: float = 20.0
    """From the first byte sent to the last received, redirects included."""
    body: int = 4 * 1024 * 1024
    """Bytes, after decompression."""
    redirects: int = 3


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, with a status below 400 or 304."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes

    def json(self) -> Any:
        """Return the body read as JSON. Raises WebError."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise WebError("the answer is not JSON", status=self.status) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """How questions are put."""

    user_agent: str = "statusgen"
    limits: Limits = Limits()
    redact: Redactor = field(default_factory=Redactor)
    ca_file: str = ""
    lead: Lead | None = None

    def ask_now(self, method: str, url: str, **options: Any) -> Reply:
        """Ask from a program without an event loop; see :meth:`ask`."""
        return asyncio.run(self.ask(method, url, **options))

    async def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        document: object = None,
    ) -> Reply:
        """Put one question; ``document`` is sent as JSON. Raises WebError.

        An ``If-None-Match`` among the headers may be answered by a reply with status 304.
        """
        sent = {"User-Agent": self.user_agent, "Accept-Encoding": "gzip", **(headers or {})}
        if document is not None:
            content = json.dumps(document, ensure_ascii=False).encode()
            sent.setdefault("Content-Type", "application/json")
        shown = urlsplit(url).hostname or "the server"
        try:
            async with asyncio.timeout(self.limits.seconds):
                return await self._follow(method, url, sent, content)
        except TimeoutError:
            message = f"{shown} did not answer within {self.limits.seconds:g} s"
            raise WebError(self.redact(message)) from None
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError, ValueError) as error:
            what = self.redact(one_line(f"{type(error).__name__}: {error}", 160))
            raise WebError(f"{self.redact(shown)} could not be asked: {what}") from None

    async def _follow(
        self, method: str, url: str, headers: dict[str, str], content: bytes | None
    ) -> Reply:
        named = (os.environ.get("SSL_CERT_FILE", ""), os.environ.get("SSL_CERT_DIR", ""))
        context = _trusting(self.ca_file, *named)
        client = httpx.AsyncClient(
            verify=context, trust_env=False, timeout=httpx.Timeout(self.limits.seconds)
        )
        async with client:
            for _ in range(self.limits.redirects + 1):
                reply = await self._once(client, method, url, headers, content)
                location = reply.headers.get("location", "")
                if reply.status not in _REDIRECTS or not location:
                    return self._judged(reply, url)
                following = urljoin(url, location)
                if urlsplit(url).scheme == "https" and urlsplit(following).scheme != "https":
                    raise WebError("redirected from https to something else", permanent=True)
                if urlsplit(following)[:2] != urlsplit(url)[:2]:
                    headers = {k: v for k, v in headers.items() if k.lower() not in _OWN}
                if reply.status == 303 or (reply.status in (301, 302) and method == "POST"):
                    method, content = "GET", None
                url = following
        raise WebError(
            f"more than {self.limits.redirects} redirects",
            status=reply.status,
            permanent=True,
            reply=reply,
        )

    async def _once(
        self,
        client: httpx.AsyncClient,
        method: str,
        url: str,
        headers: Mapping[str, str],
        content: bytes | None,
    ) -> Reply:
        asked = httpx.URL(url)
        host, port = asked.host, asked.port or (443 if asked.scheme == "https" else 80)
        led = self.lead(host, port) if self.lead else None
        named = {**headers, "Host": asked.netloc.decode("ascii")}
        if led is not None:
            asked = asked.copy_with(host=led[0], port=led[1])
        request = client.build_request(
            method, asked, headers=named, content=content, extensions={"sni_hostname": host}
        )
        answer = await client.send(request, stream=True, follow_redirects=False)
        try:
            body = await self._body(answer)
        finally:
            await answer.aclose()
        fields = {name.lower(): value for name, value in answer.headers.items()}
        return Reply(answer.status_code, fields, body)

    async def _body(self, answer: httpx.Response) -> bytes:
        gzip = answer.headers.get("content-encoding", "").strip().lower() in ("gzip", "x-gzip")
        inflate = zlib.decompressobj(_GZIP) if gzip else None
        body = bytearray()
        async for chunk in answer.aiter_raw():
            room = self.limits.body + 1 - len(body)
            try:
                body += inflate.decompress(chunk, room) if inflate else chunk
            except zlib.error:
                raise WebError("the answer is not the gzip that it claims to be") from None
            if len(body) > self.limits.body:
                raise WebError(f"the answer is larger than {self.limits.body} bytes")
        return bytes(body)

    def _judged(self, reply: Reply, url: str) -> Reply:
        status = reply.status
        if status < 400:
            return reply
        host = self.redact(urlsplit(url).hostname or "the server")
        raise WebError(
            f"{host} answered HTTP {status}",
            status=status,
            permanent=status not in (403, 408, 409, 425, 429) and status < 500,
            retry_after=seconds_to_wait(reply.headers),
            reply=reply,
        )


def seconds_to_wait(headers: Mapping[str, str]) -> int | None:
    """Return what ``Retry-After`` says, at most a day; None where it says nothing that is one.

    A date is compared with the answer's own ``Date``: the two clocks may differ.
    """
    after = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,12}(\.\d*)?", after, re.ASCII):
        return min(_LONGEST_WAIT, math.ceil(float(after)))
    try:
        until, now = parsedate_to_datetime(after), parsedate_to_datetime(headers.get("date", ""))
        wait = math.ceil((until - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None
    return min(_LONGEST_WAIT, max(0, wait))


@lru_cache(maxsize=8)
def _trusting(ca_file: str, named_file: str, named_folder: str) -> ssl.SSLContext:
    """Return a context of that file's authorities, else the machine's or those of the environment.

    To read them all takes longer than most questions. Raises OSError, ssl.SSLError.
    """
    del named_file, named_folder  # OpenSSL reads both variables itself
    return ssl.create_default_context(cafile=ca_file or None)
