"""A round: every monitor checked from here, once, within bounds of time and of load."""

from __future__ import annotations

import asyncio
import gc
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from statusgen.base.clock import Instant
from statusgen.base.secrets import Redactor, Template
from statusgen.base.states import Reason, State
from statusgen.base.text import one_line
from statusgen.config.settings import Canary, Monitor
from statusgen.probe.canary import Answers, answered, net_ok
from statusgen.probe.connect_to import ConnectTo
from statusgen.probe.kinds import KINDS
from statusgen.probe.pace import Pace
from statusgen.probe.resolve import GetAddrInfo, is_address
from statusgen.probe.round import Attempt, Check, Round, round_key
from statusgen.probe.route import Router
from statusgen.probe.templates import Environment, secrets_of, unset
from statusgen.probe.tools import Tools
from statusgen.probe.urls import endpoint
from statusgen.probe.verdict import decide, is_final, is_mass_failure

CANARY_LIMIT_S = 5.0
PLACES = 200
"""Young attempts at a time, unless told: measured with libcurl, fewer only take longer."""
JITTER = 0.1
"""Retries wait up to this share longer, so that runs that failed together part."""
_SLACK_S = 30.0
_BY_NAME = {kind.name: kind for kind in KINDS}
_BY_SCHEME = {scheme: kind for kind in KINDS for scheme in kind.schemes}


def run_round(
    monitors: Sequence[Monitor],
    canaries: Sequence[Canary],
    *,
    at: Instant,
    vantage: str,
    run_id: str,
    run_attempt: int = 1,
    environ: Mapping[str, str],
    connect_to: Sequence[ConnectTo] = (),
    ca_file: Path | None = None,
    concurrency: int = PLACES,
    retry_delays_ms: Sequence[int] | None = None,
    allow_private: bool | None = None,
    on_check: Callable[[str, Check], None] | None = None,
    round_limit_ms: int | None = None,
    lookup: GetAddrInfo | None = None,
) -> Round:
    """Check all ``monitors`` from here and return the round.

    ``retry_delays_ms`` stands in for every monitor's own. ``on_check`` is called with each result
    as it is settled, in this thread. Whatever is unfinished after ``round_limit_ms`` (by default
    far more than all deadlines together need) is unknown. ``lookup`` replaces the system's
    resolver. Nothing outside raises; KeyboardInterrupt ends the round at once.
    """
    begun = time.perf_counter()
    if retry_delays_ms is not None:
        delays = tuple(retry_delays_ms)
        monitors = [replace(monitor, retry_delays_ms=delays) for monitor in monitors]
    if round_limit_ms is None:
        waves = sum(monitor.deadline_ms for monitor in monitors) / concurrency
        longest = max((monitor.deadline_ms for monitor in monitors), default=0)
        round_limit_ms = round(waves + longest + _SLACK_S * 1000)
    router = Router(connect_to=tuple(connect_to), allow_private=allow_private, lookup=lookup)

    silent: tuple[str, ...] = ()

    async def run() -> tuple[dict[str, Check], str]:
        nonlocal silent
        tools = Tools(at=at, environ=Environment(environ), router=router, ca_file=ca_file)
        round_ = _Running(monitors, canaries, tools, concurrency, on_check)
        try:
            return await round_.run(round_limit_ms / 1000)
        finally:
            silent = round_.silent
            await tools.close()

    with _calm():
        checks, net = asyncio.run(run())
    return Round(
        key=round_key(at, vantage, run_id, run_attempt),
        at=at,
        vantage=vantage,
        took_ms=round((time.perf_counter() - begun) * 1000),
        net=net,
        checks=checks,
        silent=silent,
    )


@contextmanager
def _calm() -> Iterator[None]:
    """Spare what lives already from garbage collection: its pauses would be measured as latency."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class _Running:
    """One round under way."""

    def __init__(
        self,
        monitors: Sequence[Monitor],
        canaries: Sequence[Canary],
        tools: Tools,
        concurrency: int,
        on_check: Callable[[str, Check], None] | None,
    ) -> None:
        self._monitors = monitors
        self._canaries = canaries
        self._tools = tools
        self._pace = Pace(concurrency)
        self._on_check = on_check
        self._tries: dict[str, list[Attempt]] = {monitor.id: [] for monitor in monitors}
        self._settled: dict[str, Check] = {}
        self.silent: tuple[str, ...] = ()
        """The canaries that did not answer, where our network seems lost."""

    async def run(self, limit_s: float) -> tuple[dict[str, Check], str]:
        """Return the checks in the monitors' order, and what is said about our network."""
        asked = [_as_monitor(canary) for canary in self._canaries]
        for kind in KINDS:
            mine = [monitor for monitor in (*asked, *self._monitors) if monitor.kind == kind.name]
            if mine:
                kind.prepare(mine, self._tools)
        asking = asyncio.create_task(self._ask_canaries())
        checking = [asyncio.create_task(self._check(monitor)) for monitor in self._monitors]
        if checking:
            _, late = await asyncio.wait(checking, timeout=limit_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        for monitor in self._monitors:
            if monitor.id not in self._settled and not self._failed(monitor):
                self._settle(
                    monitor,
                    Check(
                        state=State.UNKNOWN,
                        reason=Reason.CHECKER,
                        attempts=len(self._tries[monitor.id]),
                    ),
                )
        net = await self._blame(await asking)
        return {monitor.id: self._settled[monitor.id] for monitor in self._monitors}, net

    async def _check(self, monitor: Monitor) -> None:
        """Try a monitor until it is not down, its attempts are used up or its time is."""
        tries = self._tries[monitor.id]
        left_ms: float = monitor.deadline_ms
        delays = (0, *monitor.retry_delays_ms)
        for number, delay_ms in enumerate(delays, start=1):
            left_ms -= delay_ms
            if left_ms <= 0:
                break
            if delay_ms:
                jitter = 1 + random.random() * JITTER  # noqa: S311 - no secret
                await asyncio.sleep(delay_ms * jitter / 1000)
            async with self._pace.turn(rank=1 if tries else 2):
                begun = time.perf_counter()
                limit_s = min(monitor.timeout_ms, left_ms) / 1000
                if number > 1 and number == len(delays) and tries[-1].doubtful:
                    attempt = await self._second_opinion(monitor, limit_s)
                else:
                    attempt = await self._attempt(monitor, limit_s)
                left_ms -= (time.perf_counter() - begun) * 1000
            tries.append(attempt)
            if is_final(attempt):
                self._settle(monitor, decide(tries, None))
                return
        if tries and tries[-1].doubtful and left_ms > 0:  # where only one attempt was asked for
            tries.append(
                await self._second_opinion(monitor, min(monitor.timeout_ms, left_ms) / 1000)
            )
            if is_final(tries[-1]):
                self._settle(monitor, decide(tries, None))

    async def _second_opinion(self, monitor: Monitor, limit_s: float) -> Attempt:
        """Ask by another client: a fault of one client alone is no outage."""
        before = self._tries[monitor.id][-1]
        attempt = await self._attempt(monitor, limit_s, another=True)
        if is_final(attempt) and attempt.state is not State.UNKNOWN:
            note = f"httpx read the answer; libcurl gave up: {before.detail}"
            return replace(attempt, detail="; ".join(filter(None, (attempt.detail, note))))
        return before if attempt.state is State.UNKNOWN else replace(before, doubtful=False)

    async def _attempt(self, monitor: Monitor, limit_s: float, *, another: bool = False) -> Attempt:
        """Try once; what goes wrong in here is the checker's fault and costs one check alone."""
        missing = unset(monitor, self._tools.environ)
        if missing:
            shown = " and ".join(f"${name}" for name in missing)
            detail = f"{shown} {'is' if len(missing) == 1 else 'are'} not set"
            return Attempt(state=State.UNKNOWN, reason=Reason.CHECKER, detail=detail)
        try:
            kind = _BY_NAME[monitor.kind]
            ask = getattr(kind, "second_opinion", kind.attempt) if another else kind.attempt
            attempt = await ask(monitor, self._tools, limit_s)
        except Exception as error:
            attempt = Attempt(
                state=State.UNKNOWN,
                reason=Reason.CHECKER,
                detail=f"{type(error).__name__}: {error}",
            )
        if attempt.detail is None:
            return attempt
        return replace(attempt, detail=one_line(self._redact(attempt.detail)))

    @cached_property
    def _redact(self) -> Redactor:
        """Hides the secrets of all monitors: one service may name another's."""
        return Redactor.of(secrets_of(self._monitors), self._tools.environ)

    def _failed(self, monitor: Monitor) -> bool:
        tries = self._tries[monitor.id]
        return bool(tries) and tries[-1].state is State.DOWN

    def _settle(self, monitor: Monitor, check: Check) -> None:
        self._settled[monitor.id] = check
        if self._on_check is not None:
            self._on_check(monitor.id, check)

    async def _blame(self, before: Answers) -> str:
        """Settle the checks that failed: the services' fault, or our own network's?"""
        failed = [monitor for monitor in self._monitors if monitor.id not in self._settled]
        after = await self._ask_canaries(again=True) if failed else before
        hosts = {monitor.id: _host(monitor, self._tools) for monitor in failed}
        mass = is_mass_failure({monitor.id: monitor in failed for monitor in self._monitors}, hosts)
        for monitor in failed:
            tries = self._tries[monitor.id]
            trusted = net_ok(tries, before, after, mass=mass)
            self._settle(monitor, decide(tries, trusted, ipv6=self._tools.ipv6_proven))
        if not self._canaries:
            return "none"
        if before.enough and after.enough:
            return "ok"
        self.silent = tuple(name for name in before.ok if not (before.ok[name] and after.ok[name]))
        return "lost"

    async def _ask_canaries(self, *, again: bool = False) -> Answers:
        """Ask all canaries at once, once; the second time by another client."""
        ask = self._knock if again else self._ask
        answers = await asyncio.gather(*map(ask, self._canaries))
        named = (canary.id for canary in self._canaries if not _is_numeric(canary))
        return Answers(
            ok={canary.id: ok for canary, ok in zip(self._canaries, answers, strict=True)},
            named=frozenset(named),
        )

    async def _ask(self, canary: Canary) -> bool:
        async with self._pace.turn(rank=0):
            return answered(await self._attempt(_as_monitor(canary), CANARY_LIMIT_S))

    async def _knock(self, canary: Canary) -> bool:
        from statusgen.probe.witness import knock  # httpx is imported only after a failure

        async with self._pace.turn(rank=0):
            return await knock(canary, self._tools, CANARY_LIMIT_S)


def _as_monitor(canary: Canary) -> Monitor:
    kind = _BY_SCHEME[canary.url.partition(":")[0].lower()]
    return Monitor(
        id=canary.id,
        name=canary.id,
        kind=kind.name,
        url=Template(canary.url),
        options=kind.options.model_validate(kind.asks_any_answer()),
    )


def _host(monitor: Monitor, tools: Tools) -> str:
    try:
        return endpoint(monitor.url.reveal(tools.environ), default_port=443).host
    except ValueError:
        return monitor.id


def _is_numeric(canary: Canary) -> bool:
    return is_address(endpoint(canary.url, default_port=443).host)
