"""Short ways to make monitors and rounds in tests."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import trustme

from statusgen.base.secrets import Template
from statusgen.config.settings import Canary, Monitor
from statusgen.probe.kinds import KINDS
from statusgen.probe.round import Attempt, Check, Round
from statusgen.probe.scheduler import run_round

AT = 1_795_205_403
"""2026-11-20T20:10:03Z."""
_KINDS = {scheme: kind for kind in KINDS for scheme in kind.schemes}


def monitor(
    url: str,
    identifier: str = "m",
    *,
    timeout_ms: int = 5000,
    deadline_ms: int = 30_000,
    retries: Sequence[int] = (),
    kind: str | None = None,
    **options: Any,
) -> Monitor:
    """Make a monitor without retries; the scheme picks the kind."""
    chosen = _KINDS[kind or url.partition(":")[0]]
    return Monitor(
        id=identifier,
        name=identifier,
        kind=chosen.name,
        url=Template(url),
        options=chosen.options.model_validate(options),
        timeout_ms=timeout_ms,
        deadline_ms=deadline_ms,
        retry_delays_ms=tuple(retries),
    )


def round_of(
    *monitors: Monitor, canaries: Sequence[str] = (), environ: Any = None, **options: Any
) -> Round:
    """Run a round; each canary is a URL."""
    asked = [Canary(id=f"c{index}", url=url) for index, url in enumerate(canaries)]
    return run_round(
        monitors,
        asked,
        at=options.pop("at", AT),
        vantage="here",
        run_id="1",
        environ=environ or {},
        **options,
    )


def check(url: str, *, round_options: Any = None, **options: Any) -> Check:
    """Check one URL alone."""
    return round_of(monitor(url, **options), **(round_options or {})).checks["m"]


def last(checked: Check) -> Attempt:
    return checked.tries[-1]


def said(checked: Check) -> str:
    """Return state, reason and detail in one line, for assertions that show what went wrong."""
    return f"{checked.state} {checked.reason or '-'}: {last(checked).detail or ''}".rstrip(": ")


@cache
def authority() -> trustme.CA:
    return trustme.CA()


def ca_file(folder: Path) -> Path:
    """Write the test authority's certificate into ``folder``."""
    path = folder / "ca.pem"
    authority().cert_pem.write_to_path(str(path))
    return path


def server_tls(*names: str, ca: trustme.CA | None = None, **issue: Any) -> ssl.SSLContext:
    """Return a server's context with a certificate for ``names``."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate = (ca or authority()).issue_cert(*(names or ("127.0.0.1", "localhost")), **issue)
    certificate.configure_cert(context)
    return context
