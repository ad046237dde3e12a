"""What another status page says: ``statuspage://status.example.com/Component``.

Read by Statuspage's API v2, which many speak. What a page says of itself is not a measurement:
pages show it as that, and no uptime is computed with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from statusgen import __version__
from statusgen.base.model import Model
from statusgen.base.states import Reason, State
from statusgen.base.text import one_line, quote
from statusgen.config.settings import Monitor
from statusgen.probe.connect_to import redirected
from statusgen.probe.faults import Fault, Stopwatch, failed, limited
from statusgen.probe.round import Attempt
from statusgen.probe.urls import endpoint

if TYPE_CHECKING:
    from statusgen.probe.tools import Tools

_COMPONENT: Mapping[str, State] = {
    "operational": State.UP,
    "under_maintenance": State.DEGRADED,
    "degraded_performance": State.DEGRADED,
    "partial_outage": State.PARTIAL,
    "major_outage": State.DOWN,
}
_INDICATOR: Mapping[str, State] = {
    "none": State.UP,
    "maintenance": State.DEGRADED,
    "minor": State.DEGRADED,
    "major": State.PARTIAL,
    "critical": State.DOWN,
}
_MOST = 8 * 1024 * 1024


class StatuspageOptions(Model):
    """Options of a ``statuspage`` monitor, under its key ``statuspage``: none yet."""


class _Statuspage:
    name = "statuspage"
    schemes: tuple[str, ...] = ("statuspage",)
    options = StatuspageOptions

    def url_fault(self, url: str) -> str | None:
        """Return ``what is wrong; what to write instead``, or None for a good URL."""
        parts = urlsplit(url)
        try:
            endpoint(url, 443)
        except ValueError as error:
            return str(error)
        if parts.query or "/" in parts.path.strip("/"):
            example = "write it like statuspage://status.example.com/Component"
            return f"only a host and a component belong here; {example}"
        return None

    def asks_any_answer(self) -> dict[str, Any]:
        """Any answer will do."""
        return {}

    def prepare(self, monitors: Sequence[Monitor], tools: Tools) -> None:
        """Nothing is costly before the first question."""

    async def attempt(self, monitor: Monitor, tools: Tools, limit_s: float) -> Attempt:
        """Read the page's own words once."""
        watch = Stopwatch()
        try:
            work = _said(monitor.url.reveal(tools.environ), tools, limit_s)
            state, detail = await limited(work, watch, limit_s)
        except Fault as fault:
            return failed(fault, watch)
        return Attempt(
            state=state,
            reason=None if state is State.UP else Reason.REPORTED,
            detail=detail,
            timings=watch.timings(),
            answered=True,
        )


async def _said(url: str, tools: Tools, limit_s: float) -> tuple[State, str]:
    """Return the state that the page states, and its words. Raises Fault."""
    from statusgen.base.web import Limits, Web, WebError

    where = endpoint(url, 443)
    wanted = unquote(urlsplit(url).path.strip("/"))

    def lead(host: str, port: int) -> tuple[str, int] | None:
        target, target_port, told = redirected(tools.router.connect_to, host, port)
        return (target, target_port) if told else None

    web = Web(
        user_agent=f"statusgen/{__version__}",
        limits=Limits(seconds=limit_s, body=_MOST),
        ca_file=str(tools.ca_file or tools.store.file),
        lead=lead,
    )
    host = f"[{where.host}]" if ":" in where.host else where.host
    base = f"https://{host}" + (f":{where.port}" if where.port != 443 else "")
    path = "components.json" if wanted else "status.json"
    try:
        document = (await web.ask("GET", f"{base}/api/v2/{path}")).json()
    except WebError as error:
        # That the page does not answer says nothing of the service that it tells of.
        detail = f"the status page does not tell: {error}"
        raise Fault(Reason.REPORTED, detail, State.UNKNOWN) from None
    return _component(document, wanted, where.host) if wanted else _whole(document, where.host)


def _whole(document: object, host: str) -> tuple[State, str]:
    status = document.get("status") if isinstance(document, dict) else None
    indicator = status.get("indicator") if isinstance(status, dict) else None
    state = _INDICATOR.get(indicator) if isinstance(indicator, str) else None
    if state is None or not isinstance(status, dict):
        raise _unreadable(host)
    return state, f"{host} says: {one_line(str(status.get('description') or indicator), 80)}"


def _component(document: object, wanted: str, host: str) -> tuple[State, str]:
    listed = document.get("components") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise _unreadable(host)
    known = [
        each for each in listed if isinstance(each, dict) and isinstance(each.get("name"), str)
    ]
    folded = wanted.casefold().strip()
    found = [each for each in known if each.get("id") == wanted]
    found = found or [each for each in known if each["name"].casefold().strip() == folded]
    if not found:
        near = get_close_matches(wanted, [each["name"] for each in known], n=3, cutoff=0.4)
        hint = f"; there is {', '.join(near)}" if near else ""
        detail = f"{host} has no component {quote(wanted, 60)}{one_line(hint, 200)}"
        raise Fault(Reason.CHECKER, detail, State.UNKNOWN)
    if len(found) > 1:
        detail = f"{host} has {len(found)} components {quote(wanted, 60)}; write an id instead"
        raise Fault(Reason.CHECKER, detail, State.UNKNOWN)
    said = found[0].get("status")
    state = _COMPONENT.get(said) if isinstance(said, str) else None
    if state is None:
        raise _unreadable(host)
    return state, f"{host} says: {one_line(str(said).replace('_', ' '), 40)}"


def _unreadable(host: str) -> Fault:
    detail = f"what {host} answered is not Statuspage's API v2"
    return Fault(Reason.REPORTED, detail, State.UNKNOWN)


STATUSPAGE = _Statuspage()
