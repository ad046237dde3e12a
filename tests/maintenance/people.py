"""A bad hour: three open incidents, one window in progress, one to come, and one that is over."""

from __future__ import annotations

from pathlib import Path

from statusgen.base.clock import DAY, parse_instant
from statusgen.base.states import State
from statusgen.history.store import HistoryStore
from statusgen.probe.round import Check, Round, round_key
from statusgen.publish.build import BuildOptions, build_manifest
from statusgen.publish.manifest import Manifest
from statusgen.run.record import follow
from statusgen.run.site import Site

NOW = "2026-11-20T20:12:00Z"
CONFIG = """\
site: {name: Example Status, url: 'https://status.example.com/', timezone: Europe/Berlin}
history: {max_gap: 750s}
monitors:
  - {id: api, name: Backend API, url: https://api.example.com/, group: Core}
  - {id: login, name: Sign-in, url: https://login.example.com/, group: Core}
  - {id: search, name: Search, url: https://search.example.com/, group: Core}
  - {id: billing, name: Billing, url: https://billing.example.com/, group: Money}
  - {id: mail, name: Mail, url: 'tcp://mail.example.com:25'}
"""
FILES = {
    "incidents/2026-11-20-sign-in.md": """\
---
title: Sign-in fails for everybody
impact: critical
affected: [login, {component: api, impact: minor}]
started: 2026-11-20T18:55:00Z
---

## Investigating · 2026-11-20T19:02:00Z · next update 2026-11-20T19:30:00Z

Nobody can sign in. Whoever is signed in stays so.

## Identified · 2026-11-20T19:41:00Z · next update 2026-11-20T20:30:00Z

A certificate of our identity provider **expired**. We are renewing it;
see [its own status page](https://status.example.net/).

- sign in by e-mail link works
- single sign-on does not
""",
    "incidents/2026-11-19-slow-search.md": """\
---
title: Search is slow
impact: minor
affected: [search]
---

## Investigating · 2026-11-19T09:10:00Z

Answers take up to ten seconds.

## Monitoring · 2026-11-20T15:00:00Z · next update 2026-11-20T18:00:00Z

The index was rebuilt. We keep an eye on it.
""",
    "maintenance/2026-11-20-billing.md": """\
---
title: Billing moves to a new database
affected: [billing]
start: 2026-11-20 20:00
end: 2026-11-20 22:30
timezone: Europe/Berlin
---

Invoices are not shown meanwhile. Payments wait and are booked afterwards.

## Scheduled · 2026-11-16T09:00:00Z

## In progress · 2026-11-20T19:04:00Z

Reading works again already.
""",
    "maintenance/weekly-mail.md": """\
---
title: Weekly restart of the mail servers
affected: [mail]
start: 2026-11-15 02:00
end: 2026-11-15 03:00
repeat: FREQ=WEEKLY;BYDAY=SU
timezone: Europe/Berlin
---

Mail is delivered up to an hour later.

## Scheduled · 2026-11-10T09:00:00Z
""",
}
OPEN = ("Sign-in fails for everybody", "Search is slow", "Backend API is down")
WORKED_AT, TO_COME = "Billing moves to a new database", "Weekly restart of the mail servers"
_API = "incidents/2026-11-20-api-1945/index.html"
PAGES = (
    "index.html",
    "incidents/2026-11-20-sign-in/index.html",
    "incidents/2026-11-19-slow-search/index.html",
    _API,
    "maintenance/2026-11-20-billing/index.html",
    "maintenance/weekly-mail/index.html",
    "history/index.html",
    "history/2026-11/index.html",
)


def write(root: Path) -> None:
    """Write the repository: five days of checks, and what people said."""
    (root / "data").mkdir(parents=True)
    (root / "data/status.yml").write_text(CONFIG)
    for name, text in FILES.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    store = HistoryStore(root / "data/history")
    now = parse_instant(NOW)
    monitors = ("api", "login", "search", "billing", "mail")
    for at in range(now - 5 * DAY - 120, now, 300):
        store.append(
            Round(
                key=round_key(at, "github", "88"),
                at=at,
                vantage="github",
                took_ms=40,
                net="ok",
                checks={name: _check(name, at) for name in monitors},
            )
        )


def build(root: Path) -> Manifest:
    """Write it, let the checks' incidents follow, and build it."""
    write(root)
    now = parse_instant(NOW)
    follow(Site(root, given_now=now), now=now)
    return build_manifest(BuildOptions(root, now=now))


def _check(name: str, at: int) -> Check:
    if name == "api" and at >= parse_instant("2026-11-20T19:44:00Z"):
        return Check(state=State.DOWN, ms=120, code=503, reason="status")
    if name == "billing" and at >= parse_instant("2026-11-20T19:05:00Z"):
        return Check(state=State.DOWN, ms=10_000, reason="timeout")
    if name == "search" and at >= parse_instant("2026-11-19T09:00:00Z"):
        return Check(state=State.DEGRADED, ms=9000, code=200, reason="slow")
    return Check(state=State.UP, ms=110, code=200)
