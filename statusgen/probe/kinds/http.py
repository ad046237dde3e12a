"""HTTP and HTTPS checks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, model_validator

from statusgen import __version__
from statusgen.base.fields import HeaderName, HeaderValue, OneOrMore, Pattern, StatusCodes
from statusgen.base.model import Bool, Milliseconds, Model, SecretText
from statusgen.base.states import Reason, State
from statusgen.config.settings import Monitor
from statusgen.probe.faults import Fault, Stopwatch, failed, limited
from statusgen.probe.judge import body_wanted, judge
from statusgen.probe.round import Attempt
from statusgen.probe.urls import url_fault

if TYPE_CHECKING:
    from statusgen.probe.http_fetch import Ask
    from statusgen.probe.tools import Tools

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110 section 5.6.2
_BREAK = re.compile("[\r\n\0]")

TextList = Annotated[tuple[SecretText, ...], OneOrMore()]
"""One text or a list of them."""


class HttpExpect(Model):
    """What an answer must be; anything else is down, unless the key says degraded."""

    status: Annotated[tuple[StatusCodes, ...], OneOrMore()] = ("200-299",)
    """Accepted final status codes: ``200``, ``2xx`` or ``200-299``."""
    max_time: Milliseconds | None = None
    """Slower than this is degraded."""
    body_contains: TextList = ()
    """Every text must occur."""
    body_lacks: TextList = ()
    """No text may occur."""
    body_matches: Pattern | None = None
    """A regular expression that must be found, within a second."""
    degraded_if_body_contains: TextList = ()
    """Where any of these texts occurs, the answer is degraded."""
    degraded_if_body_lacks: TextList = ()
    """Where any of these texts is missing, the answer is degraded."""
    certificate: Milliseconds | None = None
    """The certificate must stay valid at least this long, else degraded."""


class HttpOptions(Model):
    """Options of an ``http`` monitor, under its key ``http``."""

    method: Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] = "GET"
    """The HTTP method."""
    headers: dict[HeaderName, HeaderValue] = Field(default_factory=dict)
    """Headers to send; keep secrets out of the file and write $NAME."""
    raw_headers: Annotated[tuple[HeaderValue, ...], OneOrMore()] = ()
    """Whole header lines, each in a secret: revealed at check time into ``Name: value``."""
    body: SecretText | None = None
    """What to send as the request's body."""
    expect: HttpExpect = HttpExpect()
    """What an answer must be."""
    redirects: Annotated[int, Field(ge=0, le=20)] = 3
    """How many redirects are followed; 0 takes the first answer as it is."""
    redirect_to_http: Bool = False
    """A redirect may lead from https to http."""
    insecure: Bool = False
    """Accept any certificate."""
    ip: Literal["any", "4", "6"] = "any"
    """Ask over IPv4 or IPv6 alone."""
    user_agent: str = ""
    """Empty: ``statusgen/<version>``."""
    max_body: Annotated[int, Field(gt=0, le=16 * 1024 * 1024)] = 1024 * 1024
    """Bytes of body read, after decompression."""
    match_headers: Bool = False
    """Body rules look at the status lines and headers of every hop too, as Upptime does."""
    proxy_from_environment: Bool = False
    """Honour HTTP_PROXY and the like, and .netrc."""

    @model_validator(mode="after")
    def _no_contradiction(self) -> HttpOptions:
        if self.insecure and self.expect.certificate is not None:
            raise ValueError(
                "expect.certificate cannot be judged with insecure: true; remove one of them"
            )
        return self


class _Http:
    name = "http"
    schemes: tuple[str, ...] = ("http", "https")
    options = HttpOptions

    def url_fault(self, url: str) -> str | None:
        """Return ``what is wrong; what to write instead``, or None for a good URL."""
        return url_fault(url, default_port=80, bare=False)

    def asks_any_answer(self) -> dict[str, Any]:
        """Take the first answer, whatever it is."""
        return {"redirects": 0}

    def prepare(self, monitors: Sequence[Monitor], tools: Tools) -> None:
        """Import httpx (60 ms, which ``validate`` saves) and load the certificate store."""
        from statusgen.probe.http_client import warm_up

        warm_up()
        urls = (monitor.url.reveal(tools.environ) for monitor in monitors)
        if any(url[:6].lower() == "https:" for url in urls):
            tools.verified  # noqa: B018

    async def attempt(self, monitor: Monitor, tools: Tools, limit_s: float) -> Attempt:
        """Ask once and judge the answer."""
        from statusgen.probe.http_fetch import fetch

        assert isinstance(monitor.options, HttpOptions)
        watch = Stopwatch()
        try:
            ask = _ask(monitor, monitor.options, tools)
            watch = Stopwatch()
            answer = await limited(fetch(ask, tools, watch), watch, limit_s)
        except Fault as fault:
            return failed(fault, watch)
        return await judge(
            answer,
            monitor.options,
            watch.timings(),
            at=tools.at,
            environ=tools.environ,
            searcher=tools.searcher,
        )


def _ask(monitor: Monitor, options: HttpOptions, tools: Tools) -> Ask:
    """Fill in the secrets. Raises Fault (checker) where what they make cannot be sent."""
    from statusgen.probe.http_fetch import Ask, parse_url

    headers = [(name, value.reveal(tools.environ)) for name, value in options.headers.items()]
    for line in options.raw_headers:
        name, colon, value = line.reveal(tools.environ).partition(":")
        if not (colon and _TOKEN.fullmatch(name.strip())):
            detail = f"what {line} holds is no header line; write Name: value into the secret"
            raise Fault(Reason.CHECKER, detail, State.UNKNOWN)
        headers.append((name.strip(), value.strip()))
    for name, value in headers:
        if _BREAK.search(value) or not value.isascii():
            detail = f"the header {name} holds a line break or a letter outside ASCII"
            raise Fault(Reason.CHECKER, f"{detail}; look at the secret in it", State.UNKNOWN)
    return Ask(
        method=options.method,
        url=parse_url(monitor.url.reveal(tools.environ)),
        headers=tuple(headers),
        user_agent=options.user_agent or f"statusgen/{__version__}",
        content=options.body.reveal(tools.environ).encode() if options.body else b"",
        redirects=options.redirects,
        http_allowed=options.redirect_to_http,
        body_wanted=body_wanted(options),
        max_body=options.max_body,
        ip=options.ip,
        insecure=options.insecure,
        environment=options.proxy_from_environment,
    )


HTTP = _Http()
