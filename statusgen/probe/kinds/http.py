"""HTTP and HTTPS checks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from statusgen import __version__
from statusgen.base.states import Reason, State
from statusgen.config.settings import Monitor
from statusgen.probe.faults import GRACE_S, Fault, Stopwatch, failed, limited, worded
from statusgen.probe.http_options import HttpOptions
from statusgen.probe.judge import body_wanted, judge
from statusgen.probe.round import Attempt
from statusgen.probe.urls import url_fault

if TYPE_CHECKING:
    from statusgen.probe.http_fetch import Ask
    from statusgen.probe.tools import Tools

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110 section 5.6.2
_BREAK = re.compile("[\r\n\0]")


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
        """Import libcurl and find the certificate store."""
        tools.engine  # noqa: B018
        tools.store  # noqa: B018

    async def attempt(self, monitor: Monitor, tools: Tools, limit_s: float) -> Attempt:
        """Ask once and judge the answer."""
        from statusgen.probe.http_fetch import fetch

        assert isinstance(monitor.options, HttpOptions)
        watch = Stopwatch()
        try:
            ask = _ask(monitor, monitor.options, tools)
            watch = Stopwatch()
            work = fetch(ask, tools, watch, limit_s)
            answer = await limited(work, watch, limit_s, grace=GRACE_S)
        except Fault as fault:
            return failed(worded(fault, limit_s), watch)
        return await judge(
            answer,
            monitor.options,
            watch.timings(),
            at=tools.at,
            environ=tools.environ,
            searcher=tools.searcher,
        )

    async def second_opinion(self, monitor: Monitor, tools: Tools, limit_s: float) -> Attempt:
        """Ask once by another client: what libcurl gave up on, httpx may read."""
        from statusgen.probe.witness import fetch

        assert isinstance(monitor.options, HttpOptions)
        watch = Stopwatch()
        try:
            ask = _ask(monitor, monitor.options, tools)
            answer = await limited(fetch(ask, tools, watch), watch, limit_s)
        except Fault as fault:
            return failed(fault, watch)
        seen = await judge(
            answer,
            monitor.options,
            watch.timings(),
            at=tools.at,
            environ=tools.environ,
            searcher=tools.searcher,
        )
        return replace(seen, doubtful=False)


def _ask(monitor: Monitor, options: HttpOptions, tools: Tools) -> Ask:
    """Fill in the secrets. Raises Fault (checker) where what they make cannot be sent."""
    from statusgen.probe.http_fetch import Ask
    from statusgen.probe.target import target_of

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
    try:
        target = target_of(monitor.url.reveal(tools.environ))
    except ValueError as error:
        detail = f"{monitor.url} is not a valid http(s) address once its secrets are filled in"
        raise Fault(Reason.CHECKER, f"{detail}: it {error}", State.UNKNOWN) from None
    return Ask(
        method=options.method,
        target=target,
        headers=tuple(headers),
        user_agent=options.user_agent or f"statusgen/{__version__}",
        content=options.body.reveal(tools.environ).encode() if options.body else None,
        redirects=options.redirects,
        http_allowed=options.redirect_to_http,
        body_wanted=body_wanted(options),
        max_body=options.max_body,
        ip=options.ip,
        insecure=options.insecure,
        environment=options.proxy_from_environment,
    )


HTTP = _Http()
