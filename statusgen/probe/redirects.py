"""What a redirect makes of a request: which methods, headers, bodies and addresses go on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from statusgen.base.states import Reason
from statusgen.probe.engine import Arrived
from statusgen.probe.faults import Fault
from statusgen.probe.target import target_of

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
    if target.origin == ask.target.origin:
        if target.credentials is None:
            target = replace(target, credentials=ask.target.credentials)
        return replace(ask, target=target, method=method, content=content)
    if content:
        # What was meant for one party, secrets and all, is not handed to another.
        detail = f"HTTP {code} would send the request's body on to {target.host}"
        raise Fault(Reason.REDIRECT, detail, code=code)
    kept = tuple((name, value) for name, value in ask.headers if name.lower() in _GO_ON)
    return replace(ask, target=target, method=method, content=None, headers=kept)
