"""DNS checks: ``dns://[resolver[:port]]/name?type=MX``; without a resolver, the system's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import parse_qs, unquote, urlsplit

from statusgen.base.extras import how_to_install
from statusgen.base.model import Bool, Milliseconds, Model, OneOrMore
from statusgen.base.states import Reason, State
from statusgen.config.settings import Monitor
from statusgen.probe.faults import Fault, Stopwatch, failed, limited, within
from statusgen.probe.kinds.base import too_slow
from statusgen.probe.round import Attempt
from statusgen.probe.urls import endpoint, stood_in

if TYPE_CHECKING:
    from statusgen.probe.tools import Tools

PORT = 53
TYPES = ("A", "AAAA", "CNAME", "MX", "TXT", "NS", "SOA", "SRV", "CAA", "PTR")


class DnsOptions(Model):
    """Options of a ``dns`` monitor, under its key ``dns``."""

    expect: Annotated[tuple[str, ...], OneOrMore()] = ()
    """Values that must each be among the answers, e.g. an address or ``10 mail.example.com``."""
    only: Bool = False
    """No other value may be among the answers."""
    max_time: Milliseconds | None = None
    """Slower than this is degraded."""


class _Dns:
    name = "dns"
    schemes: tuple[str, ...] = ("dns",)
    options = DnsOptions

    def url_fault(self, url: str) -> str | None:
        """Return ``what is wrong; what to write instead``, or None for a good URL."""
        example = "write it like dns://1.1.1.1/example.com?type=MX"
        url = stood_in(url)
        parts = urlsplit(url)
        name, kind = _question(url)
        if not name or "/" in name:
            return f"the URL names nothing to look up; {example}"
        if kind not in TYPES:
            return f"the type {kind!r} is not one of {', '.join(TYPES)}; {example}"
        if set(parse_qs(parts.query)) - {"type"}:
            return f"only type= may stand behind the ?; {example}"
        if parts.netloc:
            try:
                endpoint(f"dns://{parts.netloc}", PORT)
            except ValueError as error:
                return str(error)
        return None

    def asks_any_answer(self) -> dict[str, Any]:
        """Any answer will do."""
        return {}

    def prepare(self, monitors: Sequence[Monitor], tools: Tools) -> None:
        """Nothing is costly before the first question."""

    async def attempt(self, monitor: Monitor, tools: Tools, limit_s: float) -> Attempt:
        """Ask once and compare the values."""
        assert isinstance(monitor.options, DnsOptions)
        watch = Stopwatch()
        try:
            work = _ask(monitor.url.reveal(tools.environ), tools, watch, limit_s)
            values = await limited(work, watch, limit_s)
            watch.stop()
            _compare(values, monitor.options)
        except Fault as fault:
            return failed(fault, watch)
        slow = too_slow(watch, monitor.options.max_time)
        return Attempt(
            state=State.DEGRADED if slow else State.UP,
            reason=Reason.SLOW if slow else None,
            detail=slow,
            timings=watch.timings(),
            answered=True,
        )


def _question(url: str) -> tuple[str, str]:
    """Return the name and the record type that a URL asks for."""
    parts = urlsplit(url)
    kinds = parse_qs(parts.query).get("type", ["A"])
    return unquote(parts.path.strip("/")), kinds[0].upper()


async def _ask(url: str, tools: Tools, watch: Stopwatch, limit_s: float) -> list[str]:
    """Return the values of the answer as text. Raises Fault."""
    try:
        import dns.asyncquery
        import dns.asyncresolver
        import dns.exception
        import dns.flags
        import dns.message
        import dns.rcode
        import dns.rdatatype
    except ImportError:
        detail = f"a dns monitor needs a library: {how_to_install('dns')}"
        raise Fault(Reason.CHECKER, detail, State.UNKNOWN) from None
    name, kind = _question(url)
    host, port = _resolver(url)
    way = await tools.router.find(
        host, port, watch, private=tools.router.allow_private is not False
    )
    shown = f"{host}:{port}"
    watch.doing = f"asking {shown}"
    try:
        question = dns.message.make_query(name, kind)
    except (dns.exception.DNSException, UnicodeError, ValueError):
        raise Fault(Reason.CHECKER, "the name is no DNS name", State.UNKNOWN) from None
    try:
        answer, _ = await dns.asyncquery.udp_with_fallback(
            question, way.addresses[0], timeout=limit_s, port=way.target_port
        )
    except dns.exception.Timeout:
        raise Fault(Reason.TIMEOUT, f"no answer within {within(limit_s)}: asking {shown}") from None
    except OSError:
        raise Fault(Reason.CONNECT, f"{shown} could not be asked") from None
    except (dns.exception.DNSException, EOFError, ValueError):
        raise Fault(Reason.PROTOCOL, f"what {shown} answered is not DNS", answered=True) from None
    code = answer.rcode()
    if code == dns.rcode.NXDOMAIN:
        raise Fault(Reason.DNS, f"the name {name} does not exist, says {shown}", answered=True)
    if code != dns.rcode.NOERROR:
        said = dns.rcode.to_text(code)
        raise Fault(Reason.DNS, f"{shown} answered {said} for {name}", answered=True)
    wanted = dns.rdatatype.from_text(kind)
    values = [
        _value(record) for group in answer.answer if group.rdtype == wanted for record in group
    ]
    if not values:
        raise Fault(
            Reason.DNS, f"the name {name} has no {kind} record, says {shown}", answered=True
        )
    return values


def _resolver(url: str) -> tuple[str, int]:
    """Return the resolver that a URL names, else the system's first."""
    netloc = urlsplit(url).netloc
    if netloc:
        where = endpoint(f"dns://{netloc}", PORT)
        return where.host, where.port
    import dns.resolver

    try:
        servers = [str(each) for each in dns.resolver.get_default_resolver().nameservers]
    except Exception:
        servers = []
    if not servers:
        detail = "this machine names no resolver; write one, like dns://1.1.1.1/example.com"
        raise Fault(Reason.CHECKER, detail, State.UNKNOWN)
    return servers[0], PORT


def _value(record: Any) -> str:
    """Write a record as people compare it: TXT joined and without quotes, names without dot."""
    strings = getattr(record, "strings", None)
    if strings is not None:
        return b"".join(strings).decode("utf-8", "replace")
    return str(record.to_text())


def _folded(value: str) -> str:
    return " ".join(part.rstrip(".").lower() for part in value.split())


def _compare(values: Sequence[str], options: DnsOptions) -> None:
    """Raise Fault where an expected value is missing, or another one is there."""
    found = {_folded(value) for value in values}
    wanted = {_folded(value): value for value in options.expect}
    shown = ", ".join(sorted(values)[:5])
    for folded, value in wanted.items():
        if folded not in found:
            detail = f"{value!r} is not among the answers: {shown}"
            raise Fault(Reason.BODY, detail, answered=True)
    if options.only and found - wanted.keys():
        other = sorted(found - wanted.keys())[0]
        raise Fault(Reason.BODY, f"{other!r} is among the answers, unexpected", answered=True)


DNS = _Dns()
