"""Sites with maintenance in the ways in which it happens, as files on the disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from statusgen.base.clock import parse_instant
from statusgen.base.states import State
from statusgen.history.store import HistoryStore
from statusgen.probe.round import Check, Round, round_key

STEP = 300
CONFIG = """\
site: {{name: Example, url: 'https://status.example.com/', timezone: {zone}}}
history: {{max_gap: 750s, maintenance: {counting}}}
monitors:
  - {{id: api, name: API, url: https://api.example.com/}}
  - {{id: web, name: Web, url: https://www.example.com/}}
"""


@dataclass(frozen=True)
class Window:
    """A file of maintenance."""

    start: str
    end: str
    zone: str = "Europe/Berlin"
    title: str = "Database upgrade"
    affected: str = "[api]"
    more: str = ""
    updates: Sequence[tuple[str, str]] = ()

    @property
    def text(self) -> str:
        head = f"---\ntitle: {self.title}\naffected: {self.affected}\nstart: {self.start}\n"
        head += f"end: {self.end}\ntimezone: {self.zone}\n{self.more}---\n\nOrders wait.\n"
        return head + "".join(f"\n## {phase} · {at}\n" for phase, at in self.updates)


@dataclass(frozen=True)
class Scene:
    """Checks every five minutes from ``first`` until ``now``, and what stands in the files."""

    first: str
    now: str
    windows: Mapping[str, Window]
    bad: Sequence[tuple[str, State, str, str]] = ()
    """Of which component a state other than up was seen, from when, and until when."""
    silent: Sequence[tuple[str, str]] = field(default=())
    """When no check was made."""
    zone: str = "Europe/Berlin"

    def write(self, root: Path, counting: str = "exclude") -> None:
        """Write the repository."""
        (root / "data").mkdir(parents=True)
        text = CONFIG.format(zone=self.zone, counting=counting)
        (root / "data/status.yml").write_text(text)
        (root / "content/maintenance").mkdir(parents=True)
        for name, window in self.windows.items():
            (root / f"content/maintenance/{name}.md").write_text(window.text)
        store = HistoryStore(root / "data/history")
        for at in range(parse_instant(self.first), parse_instant(self.now), STEP):
            if any(parse_instant(a) <= at < parse_instant(b) for a, b in self.silent):
                continue
            checks = {name: self._check(name, at) for name in ("api", "web")}
            key = round_key(at, "test", "1")
            store.append(Round(key=key, at=at, vantage="test", took_ms=9, net="ok", checks=checks))

    def _check(self, name: str, at: int) -> Check:
        for component, state, start, end in self.bad:
            if component == name and parse_instant(start) <= at < parse_instant(end):
                reason = "status" if state.failed else "slow"
                return Check(state=state, ms=90, code=503, reason=reason)
        return Check(state=State.UP, ms=90, code=200)


SCENES: dict[str, Scene] = {
    # The clocks of Berlin go forward at 02:00 on 29 March; the window spans the hour that was not.
    "once-berlin-spring": Scene(
        "2026-03-28T12:00:00Z",
        "2026-03-29T12:00:00Z",
        {
            "db": Window(
                "2026-03-29 01:30",
                "2026-03-29 03:30",
                updates=[("Scheduled", "2026-03-27T09:00:00Z")],
            )
        },
        bad=[("api", State.DOWN, "2026-03-29T00:40:00Z", "2026-03-29T01:50:00Z")],
    ),
    "weekly-berlin-spring": Scene(
        "2026-03-28T12:00:00Z",
        "2026-03-30T06:00:00Z",
        {
            "db": Window(
                "2026-03-15 02:00",
                "2026-03-15 04:00",
                more="repeat: weekly\n",
                updates=[("Scheduled", "2026-03-10T09:00:00Z")],
            )
        },
        bad=[("api", State.DOWN, "2026-03-29T00:30:00Z", "2026-03-29T02:30:00Z")],
    ),
    # 02:00 to 03:00 comes twice on 25 October: from the first 02:00 to 04:00 are three hours.
    "weekly-berlin-autumn": Scene(
        "2026-10-24T12:00:00Z",
        "2026-10-26T06:00:00Z",
        {
            "db": Window(
                "2026-10-11 02:00",
                "2026-10-11 04:00",
                more="repeat: weekly\n",
                updates=[("Scheduled", "2026-10-01T09:00:00Z")],
            )
        },
        bad=[("api", State.DOWN, "2026-10-24T23:50:00Z", "2026-10-25T03:10:00Z")],
    ),
    # New York changes on 8 March at 02:00 while the site's own zone does not.
    "daily-new-york-spring": Scene(
        "2026-03-07T00:00:00Z",
        "2026-03-10T00:00:00Z",
        {
            "db": Window(
                "2026-03-06 02:30",
                "2026-03-06 04:00",
                "America/New_York",
                more="repeat: daily\n",
                updates=[("Scheduled", "2026-03-01T09:00:00Z")],
            )
        },
        bad=[("api", State.PARTIAL, "2026-03-08T07:00:00Z", "2026-03-08T09:00:00Z")],
    ),
    # On 1 November 01:00 to 02:00 comes twice in New York.
    "weekly-new-york-autumn": Scene(
        "2026-10-31T12:00:00Z",
        "2026-11-02T06:00:00Z",
        {
            "db": Window(
                "2026-10-18 01:15",
                "2026-10-18 02:30",
                "America/New_York",
                more="repeat: weekly\nuptime: count\n",
                updates=[("Scheduled", "2026-10-01T09:00:00Z")],
            ),
            "web": Window(
                "2026-11-01 00:45",
                "2026-11-01 01:30",
                "America/New_York",
                title="New certificate",
                affected="[web]",
            ),
        },
        bad=[
            ("api", State.DOWN, "2026-11-01T05:20:00Z", "2026-11-01T06:20:00Z"),
            ("web", State.DEGRADED, "2026-11-01T04:50:00Z", "2026-11-01T06:00:00Z"),
        ],
        zone="America/New_York",
    ),
    "over-midnight": Scene(
        "2026-11-24T12:00:00Z",
        "2026-11-26T06:00:00Z",
        {
            "db": Window(
                "2026-11-25 23:00",
                "2026-11-26 01:30",
                updates=[("Scheduled", "2026-11-20T09:00:00Z")],
            )
        },
        bad=[("api", State.DOWN, "2026-11-25T22:30:00Z", "2026-11-26T00:45:00Z")],
    ),
    "built-in-the-middle": Scene(
        "2026-11-25T00:00:00Z",
        "2026-11-25T13:10:00Z",
        {
            "db": Window(
                "2026-11-25 13:00",
                "2026-11-25 15:00",
                updates=[("Scheduled", "2026-11-20T09:00:00Z")],
            ),
            "later": Window(
                "2026-11-28 13:00",
                "2026-11-28 15:00",
                title="Move to another rack",
                affected="[api, web]",
                updates=[("Scheduled", "2026-11-24T09:00:00Z")],
            ),
        },
        bad=[("api", State.DOWN, "2026-11-25T12:05:00Z", "2026-11-26T00:00:00Z")],
    ),
    "overrun": Scene(
        "2026-11-25T00:00:00Z",
        "2026-11-25T16:00:00Z",
        {
            "db": Window(
                "2026-11-25 13:00",
                "2026-11-25 15:00",
                updates=[
                    ("Scheduled", "2026-11-20T09:00:00Z"),
                    ("In progress", "2026-11-25T11:50:00Z"),
                ],
            )
        },
        bad=[("api", State.DOWN, "2026-11-25T12:00:00Z", "2026-11-26T00:00:00Z")],
    ),
    "overlap": Scene(
        "2026-11-25T00:00:00Z",
        "2026-11-25T20:00:00Z",
        {
            "db": Window(
                "2026-11-25 13:00",
                "2026-11-25 15:00",
                updates=[("Scheduled", "2026-11-20T09:00:00Z")],
            ),
            "net": Window(
                "2026-11-25 14:00",
                "2026-11-25 16:30",
                title="New switches",
                affected="[api, web]",
                more="uptime: count\n",
                updates=[("Scheduled", "2026-11-21T09:00:00Z")],
            ),
        },
        bad=[
            ("api", State.DOWN, "2026-11-25T12:30:00Z", "2026-11-25T15:00:00Z"),
            ("web", State.DOWN, "2026-11-25T13:20:00Z", "2026-11-25T13:50:00Z"),
        ],
        silent=[("2026-11-25T16:00:00Z", "2026-11-25T17:00:00Z")],
    ),
    "declared-after": Scene(
        "2026-11-25T00:00:00Z",
        "2026-11-25T20:00:00Z",
        {
            "db": Window(
                "2026-11-25 13:00",
                "2026-11-25 15:00",
                updates=[("Completed", "2026-11-25T18:00:00Z")],
            )
        },
        bad=[("api", State.DOWN, "2026-11-25T11:40:00Z", "2026-11-25T13:40:00Z")],
    ),
    "cancelled": Scene(
        "2026-11-25T00:00:00Z",
        "2026-11-25T20:00:00Z",
        {
            "db": Window(
                "2026-11-25 13:00",
                "2026-11-25 15:00",
                updates=[
                    ("Scheduled", "2026-11-20T09:00:00Z"),
                    ("Cancelled", "2026-11-25T09:00:00Z"),
                ],
            )
        },
        bad=[("api", State.DOWN, "2026-11-25T12:30:00Z", "2026-11-25T13:30:00Z")],
    ),
    # Daily; the 24th by hand, early at both ends, the 25th cancelled, the 26th by the clock.
    "one-by-hand": Scene(
        "2026-11-23T00:00:00Z",
        "2026-11-26T12:00:00Z",
        {
            "db": Window(
                "2026-11-23 03:00",
                "2026-11-23 05:00",
                more="repeat: daily\nexcept: 2026-11-27\n",
                updates=[
                    ("Scheduled", "2026-11-22T20:00:00Z"),
                    ("In progress", "2026-11-24T01:40:00Z"),
                    ("Completed", "2026-11-24T03:10:00Z"),
                    ("Cancelled", "2026-11-25T01:00:00Z"),
                ],
            )
        },
        bad=[
            ("api", State.DOWN, "2026-11-24T01:30:00Z", "2026-11-24T03:30:00Z"),
            ("api", State.DOWN, "2026-11-25T02:30:00Z", "2026-11-25T03:00:00Z"),
            ("api", State.DOWN, "2026-11-26T02:30:00Z", "2026-11-26T03:00:00Z"),
        ],
    ),
}
