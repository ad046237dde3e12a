"""A connection alone, with or without a TLS handshake: what ``tcp`` and ``tls`` monitors ask."""

from __future__ import annotations

import time

from statusgen.base.states import Reason, State
from statusgen.probe.curl_errors import fault_of
from statusgen.probe.engine import Arrived, Client, Question
from statusgen.probe.faults import Fault, Stopwatch
from statusgen.probe.missing_link import asked_again
from statusgen.probe.target import ascii_host
from statusgen.probe.tools import Tools
from statusgen.probe.urls import Endpoint


async def connect(
    where: Endpoint, tools: Tools, watch: Stopwatch, limit_s: float, *, tls: bool, ip: str
) -> Arrived:
    """Connect once, and close. Raises Fault."""
    private = tools.router.allow_private is not False
    try:
        name = ascii_host(where.host)
    except ValueError as error:
        detail = f"the address {error}"
        raise Fault(Reason.CHECKER, detail, State.UNKNOWN) from None
    way = await tools.router.find(name, where.port, watch, ip=ip, private=private)
    shown = f"{_bracketed(where.host)}:{where.port}"
    question = Question(
        url=f"{'https' if tls else 'http'}://{_bracketed(name)}:{where.port}/",
        way=way,
        connect_only=True,
        ca_file=tools.store.file if tls else "",
        ca_folder=tools.store.folder if tls else "",
    )
    watch.doing = f"connecting to {shown}"
    ends_at = time.monotonic() + limit_s
    with Client() as client:
        found = await tools.engine.ask(client, question, limit_s)
        found = await asked_again(found, client, question, tools, ends_at - time.monotonic())
    watch.add(connect=found.connect_ms, tls=found.tls_ms, total=found.total_ms)
    if found.over_ipv6 and way.only_ipv6:
        tools.ipv6_proven = True
    if found.error:
        fault: Fault = fault_of(found, question, shown, where.host)
        fault.doubtful = False
        raise fault
    return found


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
