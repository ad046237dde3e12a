"""What a redirect makes of a request: which methods, headers, bodies and addresses go on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from statusgen.base.states import Reason
from statusgen.probe.engine import Arrived
from statusgen.probe.faults import Fault
from statusgen.probe.target import Target, target_of

if TYPE_CHECKING:
    from statusgen.probe.http_fetch import Ask

_REDIRECTS = (301, 302, 303, 307, 308)
_GO_ON = frozenset({"user-agent", "accept", "accept-language"})
"""What an operator may have written that is meant for whoever answers, not for one origin."""


def following(ask: Ask, found: Arrived) -> Ask | None:
    """Return what a redirect makes of ``ask``; None where the answer is none. Raises Fault."""
    if found.status not in _REDIRECTS or not found.header("location"):
        return None
    code = found.status
    try:
        target = target_of(found.redirect or found.header("location"))
    except ValueError:
        detail = "the Location header leads to no web address"
        raise Fault(Reason.REDIRECT, detail, code=code) from None
    if ask.target.scheme == "https" and target.scheme == "http" and not ask.http_allowed:
        detail = f"redirected from https to http://{target.host} (http.redirect_to_http)"
        raise Fault(Reason.REDIRECT, detail, code=code)
    method = ask.method
    if code == 303 or (code in (301, 302) and method == "POST"):
        method = "HEAD" if method == "HEAD" else "GET"
    content = ask.content if method == ask.method else None
    if target.origin == ask.target.origin or _only_safer(ask.target, target):
        if target.credentials is None:
            target = replace(target, credentials=ask.target.credentials)
        return replace(ask, target=target, method=method, content=content)
    if content:
        # What was meant for one party, secrets and all, is not handed to another.
        detail = f"HTTP {code} would send the request's body on to {target.host}"
        raise Fault(Reason.REDIRECT, detail, code=code)
    kept = tuple((name, value) for name, value in ask.headers if name.lower() in _GO_ON)
    return replace(ask, target=target, method=method, content=None, headers=kept)


def _only_safer(asked: Target, target: Target) -> bool:
    """Whether a redirect leads to the same host by https instead of http, on the usual ports.

    Whoever was meant is asked there too, and nobody else can listen.
    """
    return (asked.scheme, asked.port) == ("http", 80) and target.origin == (
        "https",
        asked.host.lower(),
        443,
    )


class Trail:
    """The requests of one attempt so far: one that comes again leads in a circle.

    Unless a cookie was set since: a gate that sets one on the first hop, and sends back from the
    second, lets in whoever returns with it.
    """

    def __init__(self, ask: Ask) -> None:
        self._seen = {(ask.method, ask.target.url)}

    def go(self, after: Ask, found: Arrived) -> None:
        """Take the next request, to which ``found`` led. Raises Fault where it is a circle."""
        if found.header("set-cookie"):
            self._seen.clear()
        step = (after.method, after.target.url)
        if step in self._seen:
            detail = f"HTTP {found.status} redirects in a circle"
            raise Fault(Reason.REDIRECT, detail, code=found.status)
        self._seen.add(step)
