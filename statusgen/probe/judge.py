"""What an HTTP answer means, given what was expected; pure but for the regular expression."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from statusgen.base.fields import status_range
from statusgen.base.secrets import Template
from statusgen.base.states import Reason, State
from statusgen.probe.body import Body, Text, decode, unpack
from statusgen.probe.faults import Fault
from statusgen.probe.http_options import HttpOptions, wants_body
from statusgen.probe.json_rules import judge_json
from statusgen.probe.round import Attempt, Timings

if TYPE_CHECKING:
    from statusgen.probe.http_fetch import Answer
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
    """Return the attempt that ``answer`` amounts to: down by its status, else by its body.

    Only an answer that is not down can be degraded, so a slow error stays an error.
    """
    days = None
    if answer.certificate_expires is not None:
        days = (answer.certificate_expires - at) // DAY_S

    def attempt(
        state: State,
        reason: Reason | None = None,
        detail: str | None = None,
        *,
        doubtful: bool = False,
        value: int | float | None = None,
    ) -> Attempt:
        return Attempt(
            state=state,
            reason=reason,
            detail=detail,
            code=answer.code,
            timings=timings,
            certificate_days=days,
            answered=True,
            doubtful=doubtful,
            value=value,
        )

    expect = options.expect
    if not status_expected(answer.code, expect.status):
        return attempt(State.DOWN, *_refused(answer, expect.status))
    try:
        degraded, value = await _body(answer, options, environ, searcher)
    except Fault as fault:
        return attempt(
            fault.state, fault.reason, fault.detail, doubtful=fault.doubtful, value=fault.value
        )
    reasons = [(Reason.BODY, degraded)] if degraded else []
    if expect.max_time is not None and (timings.total or 0) > expect.max_time:
        took = f"took {timings.total:.0f} ms, allowed {expect.max_time} ms (max_time)"
        reasons.append((Reason.SLOW, took))
    reasons += [(Reason.CERTIFICATE, told) for told in _certificate(answer, options, at)]
    if reasons:
        told = "; ".join(text for _, text in reasons)
        return attempt(State.DEGRADED, reasons[0][0], told, value=value)
    note = answer.fault.detail if answer.fault else None
    return attempt(State.UP, None, note, value=value)


def _certificate(answer: Answer, options: HttpOptions, at: int) -> Iterator[str]:
    """Yield what is amiss with a certificate that was accepted."""
    wanted, ends = options.expect.certificate, answer.certificate_expires
    if wanted is not None and ends is not None:
        short = certificate_short(ends, at, wanted, answer.certificate_named)
        yield from [short] if short else []
    if answer.certificate_lacked:
        yield lacking(answer.certificate_lacked)


def _refused(answer: Answer, expected: Sequence[str]) -> tuple[Reason, str]:
    """Return why a status that is not expected makes a check down, and what to tell of it."""
    detail = f"HTTP {answer.code}, expected {', '.join(expected)}"
    if answer.code in _BLOCKING and _challenged(answer):
        return Reason.BLOCKED, f"{detail}; a bot challenge answered (http.user_agent may help)"
    return Reason.STATUS, detail


def certificate_short(
    expires: int, at: int, wanted_ms: int, named: str = "the certificate"
) -> str | None:
    """Return a sentence where a certificate ends sooner than is wanted, else None."""
    left = expires - at
    if left * 1000 >= wanted_ms:
        return None
    named = named or "the certificate"
    return f"{named} expires in {left // DAY_S} d, expected {wanted_ms // 86_400_000} d"


def lacking(name: str) -> str:
    """Say that a server does not send a certificate which its chain needs."""
    return (
        f"the server does not send the intermediate certificate {name!r}: "
        "browsers fetch it, other programs turn away"
    )


def status_expected(code: int, expected: Sequence[str]) -> bool:
    """Whether ``code`` is among codes written as ``200``, ``2xx`` or ``200-299``."""
    return any(low <= code <= high for low, high in map(status_range, expected))


def body_wanted(options: HttpOptions) -> frozenset[int] | None:
    """The codes whose body must be read; None where no rule looks at a body."""
    if not wants_body(options.expect):
        return None
    ranges = map(status_range, options.expect.status)
    return frozenset(code for low, high in ranges for code in range(low, high + 1))


def _challenged(answer: Answer) -> bool:
    return any(name in _CHALLENGES for name, _ in answer.headers)


async def _body(
    answer: Answer, options: HttpOptions, environ: Mapping[str, str], searcher: Searcher
) -> tuple[str | None, int | float | None]:
    """Return why the body makes the answer degraded, if it does, and the value read from it.

    Raises Fault where it is down.
    """
    if body_wanted(options) is None:
        return None, None
    if answer.fault is not None:
        raise answer.fault
    body = unpack(
        answer.body,
        answer.header("content-encoding"),
        options.max_body,
        truncated=answer.truncated,
    )
    read = decode(body.data, answer.header("content-type"))
    text = read.text
    if options.match_headers:
        text = answer.heads.decode("latin-1") + text
    degraded = await _texts(text, body, read, options, environ, searcher)
    if not options.expect.json_:
        return degraded, None
    if body.unreadable or body.truncated:
        raise Fault(Reason.BODY, _unsure(body, options).removeprefix("; "))
    broken, value = judge_json(options.expect.json_, read.text)
    return degraded or broken, value


async def _texts(
    text: str,
    body: Body,
    read: Text,
    options: HttpOptions,
    environ: Mapping[str, str],
    searcher: Searcher,
) -> str | None:
    """Judge the rules that look for texts. Raises Fault where one makes it down."""
    expect = options.expect
    unsure = _unsure(body, options)
    for rule in _lacking(expect.body_contains, text, environ):
        raise Fault(Reason.BODY, f"{_lacks(read)} {rule.text!r}{unsure}")
    for rule in _holding(expect.body_lacks, text, environ):
        raise Fault(Reason.BODY, f"the body holds {rule.text!r}")
    if expect.body_matches and not await searcher.search(expect.body_matches, text):
        nothing = f"nothing in the body, read as {read.charset}, matches"
        raise Fault(Reason.BODY, f"{nothing} {expect.body_matches!r}{unsure}")
    if unsure and expect.body_lacks:
        raise Fault(Reason.BODY, unsure.removeprefix("; "), doubtful=bool(body.unreadable))
    for rule in _holding(expect.degraded_if_body_contains, text, environ):
        return f"the body holds {rule.text!r}"
    if body.unreadable and expect.degraded_if_body_contains:
        return unsure.removeprefix("; ")
    for rule in _lacking(expect.degraded_if_body_lacks, text, environ):
        return f"{_lacks(read)} {rule.text!r}{unsure}"
    return None


def _holding(rules: Sequence[Template], text: str, environ: Mapping[str, str]) -> list[Template]:
    return [rule for rule in rules if rule.reveal(environ) in text]


def _lacking(rules: Sequence[Template], text: str, environ: Mapping[str, str]) -> list[Template]:
    return [rule for rule in rules if rule.reveal(environ) not in text]


def _lacks(read: Text) -> str:
    return f"the body, read as {read.charset}, lacks"


def _unsure(body: Body, options: HttpOptions) -> str:
    """Say why a text that was not found may be there all the same; empty where it cannot."""
    if body.unreadable:
        return f"; the body is encoded as {body.unreadable}, which cannot be read"
    if body.truncated:
        limit = options.max_body
        return f"; the body is larger than {limit} bytes, and only those were read; raise max_body"
    return ""
