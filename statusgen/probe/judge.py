"""What an HTTP answer means, given what was expected; pure but for the regular expression."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from statusgen.base.fields import status_range
from statusgen.base.secrets import Template
from statusgen.base.states import Reason, State
from statusgen.probe.body import decode
from statusgen.probe.faults import Fault
from statusgen.probe.round import Attempt, Timings

if TYPE_CHECKING:
    from statusgen.probe.http_fetch import Answer
    from statusgen.probe.kinds.http import HttpExpect, HttpOptions
    from statusgen.probe.pattern import Searcher

DAY_S = 86_400
_BLOCKING = (403, 429, 503)
# Headers by which content delivery networks say that they, not the service, turned us away.
_CHALLENGES = (
    "cf-mitigated",
    "x-amzn-waf-action",
    "x-vercel-mitigated",
    "x-datadome",
    "x-sucuri-block",
)


async def judge(
    answer: Answer,
    options: HttpOptions,
    timings: Timings,
    *,
    at: int,
    environ: Mapping[str, str],
    searcher: Searcher,
) -> Attempt:
    """Return the attempt that ``answer`` amounts to.

    What makes it down comes first, in the order status, body; only an answer that is not down can
    be degraded, so a slow error stays an error.
    """
    days = None
    if answer.certificate_expires is not None:
        days = (answer.certificate_expires - at) // DAY_S

    def attempt(state: State, reason: Reason | None = None, detail: str | None = None) -> Attempt:
        return Attempt(
            state=state,
            reason=reason,
            detail=detail,
            code=answer.code,
            timings=timings,
            certificate_days=days,
        )

    expect = options.expect
    if not status_expected(answer.code, expect.status):
        blocked = answer.code in _BLOCKING and _challenged(answer)
        detail = f"HTTP {answer.code}, expected {', '.join(expect.status)}"
        if blocked:
            return attempt(State.DOWN, Reason.BLOCKED, f"{detail}; a bot challenge answered")
        return attempt(State.DOWN, Reason.STATUS, detail)
    try:
        degraded = await _body(answer, options, environ, searcher)
    except Fault as fault:
        return attempt(fault.state, fault.reason, fault.detail)
    reasons = [(Reason.BODY, degraded)] if degraded else []
    if expect.max_time is not None and (timings.total or 0) > expect.max_time:
        took = f"took {timings.total:.0f} ms, allowed {expect.max_time} ms"
        reasons.append((Reason.SLOW, took))
    if expect.certificate is not None and answer.certificate_expires is not None:
        short = certificate_short(answer.certificate_expires, at, expect.certificate)
        reasons += [(Reason.CERTIFICATE, short)] if short else []
    if reasons:
        return attempt(State.DEGRADED, reasons[0][0], "; ".join(text for _, text in reasons))
    return attempt(State.UP, None, answer.body_fault.detail if answer.body_fault else None)


def certificate_short(expires: int, at: int, wanted_ms: int) -> str | None:
    """Return a sentence where a certificate ends sooner than is wanted, else None."""
    left = expires - at
    if left * 1000 >= wanted_ms:
        return None
    return f"the certificate expires in {left // DAY_S} d, expected {wanted_ms // 86_400_000} d"


def status_expected(code: int, expected: Sequence[str]) -> bool:
    """Whether ``code`` is among codes written as ``200``, ``2xx`` or ``200-299``."""
    return any(low <= code <= high for low, high in map(status_range, expected))


def body_wanted(options: HttpOptions) -> frozenset[int] | None:
    """The codes whose body must be read; None where no rule looks at a body."""
    expect = options.expect
    rules = (
        expect.body_contains,
        expect.body_lacks,
        expect.body_matches,
        expect.degraded_if_body_contains,
        expect.degraded_if_body_lacks,
    )
    if not any(rules):
        return None
    ranges = map(status_range, expect.status)
    return frozenset(code for low, high in ranges for code in range(low, high + 1))


def _challenged(answer: Answer) -> bool:
    return any(name in answer.headers for name in _CHALLENGES)


async def _body(
    answer: Answer, options: HttpOptions, environ: Mapping[str, str], searcher: Searcher
) -> str | None:
    """Return why the body makes the answer degraded, or None. Raises Fault where it is down."""
    if body_wanted(options) is None:
        return None
    if answer.body_fault is not None:
        raise answer.body_fault
    text = decode(answer.body.data, answer.headers.get("content-type", ""))
    if options.match_headers:
        text = answer.heads.decode("latin-1") + text
    cut = answer.body.truncated
    expect = options.expect
    for rule in _lacking(expect.body_contains, text, environ):
        raise Fault(Reason.BODY, _missing(rule, cut, options.max_body))
    for rule in _holding(expect.body_lacks, text, environ):
        raise Fault(Reason.BODY, f"the body holds {rule.text!r}")
    if expect.body_matches and not await searcher.search(expect.body_matches, text):
        raise Fault(Reason.BODY, _missing_match(expect, cut, options.max_body))
    if cut and expect.body_lacks:
        raise Fault(Reason.BODY, _too_large(options.max_body))
    for rule in _holding(expect.degraded_if_body_contains, text, environ):
        return f"the body holds {rule.text!r}"
    for rule in _lacking(expect.degraded_if_body_lacks, text, environ):
        return _missing(rule, cut, options.max_body)
    return None


def _holding(rules: Sequence[Template], text: str, environ: Mapping[str, str]) -> list[Template]:
    return [rule for rule in rules if rule.reveal(environ) in text]


def _lacking(rules: Sequence[Template], text: str, environ: Mapping[str, str]) -> list[Template]:
    return [rule for rule in rules if rule.reveal(environ) not in text]


def _missing(rule: Template, cut: bool, limit: int) -> str:
    return f"the body lacks {rule.text!r}" + (f"; {_too_large(limit)}" if cut else "")


def _missing_match(expect: HttpExpect, cut: bool, limit: int) -> str:
    lacks = f"nothing in the body matches {expect.body_matches!r}"
    return lacks + (f"; {_too_large(limit)}" if cut else "")


def _too_large(limit: int) -> str:
    return f"the body is larger than {limit} bytes, and only those were read; raise max_body"
