"""Whole sites in the states that a page must read right in."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from statusgen.base.clock import DAY, HOUR, MINUTE
from statusgen.base.states import State
from statusgen.config.settings import Settings
from statusgen.incident.model import Impact, Incident
from statusgen.publish.edition import Edition
from statusgen.publish.manifest import Asset, Manifest
from statusgen.publish.site import render_site
from statusgen.publish.status_page import status_page
from statusgen.status.snapshot import Snapshot
from tests.publish import factory

Scene = tuple[Settings, Snapshot, Sequence[Incident]]
GROUPS = {
    "Core": ["api", "web-app", "sign-in"],
    "Payments": ["card-payments", "invoices"],
    "Europe": ["mail"],
}


def pattern(seed: int, bad: float = 0.03) -> str:
    """Return 90 days in which a share of about ``bad`` is not up."""
    generator = random.Random(seed)
    return (
        "".join(generator.choice("gpd") if generator.random() < bad else "u" for _ in range(89))
        + "u"
    )


def quiet() -> Scene:
    """Everything works; the past has some scars."""
    made = {
        group: [
            factory.component(
                name, pattern(index * 7 + len(group)), series=factory.latency_series()
            )
            for index, name in enumerate(names)
        ]
        for group, names in GROUPS.items()
    }
    past = [
        factory.incident(
            "2026-11-18-sign-in-fails",
            title="Sign-in fails for some",
            started=factory.NOW - 2 * DAY,
            resolved=factory.NOW - 2 * DAY + 72 * MINUTE,
            components=("sign-in",),
        ),
        factory.incident(
            "2026-11-12-mail",
            title="Mail was not reachable",
            started=factory.NOW - 8 * DAY,
            resolved=factory.NOW - 8 * DAY + 6 * MINUTE,
            components=("mail",),
            impact=Impact.MINOR,
            blip=True,
        ),
    ]
    return factory.settings(GROUPS), factory.snapshot(made), past


def outage() -> Scene:
    """One component is down, one slow, one not measured; an incident is open."""
    settings, snapshot, past = quiet()
    core = [
        factory.component(
            "api",
            pattern(3)[:-1] + "d",
            reason="status",
            code=503,
            series=factory.latency_series(),
        ),
        factory.component("web-app", pattern(5)[:-1] + "g", reason="slow"),
        factory.component("sign-in", "?" * 30 + "u" * 57 + "???"),
    ]
    groups = {group.name: list(group.components) for group in snapshot.groups} | {"Core": core}
    current = factory.incident(
        "2026-11-20-api-down",
        title="API is not answering",
        started=factory.NOW - 65 * MINUTE,
        impact=Impact.CRITICAL,
        components=("api", "web-app"),
        bodies=(
            "Our checks have failed since 20:07. We are looking into it.",
            "A database volume is **full**; [more](https://example.com/a).\n\nMore by 21:30.",
        ),
    )
    return settings, factory.snapshot(groups), [current, *past]


def nothing() -> Scene:
    """A first build: no round at all."""
    made = {
        group: [factory.component(name, "") for name in names] for group, names in GROUPS.items()
    }
    return factory.settings(GROUPS), factory.snapshot(made, last_round=None), []


def one_round() -> Scene:
    """One round, minutes ago."""
    made = {
        group: [factory.component(name, "?" * 89 + "u") for name in names]
        for group, names in GROUPS.items()
    }
    snapshot = replace(factory.snapshot(made), first_round=factory.NOW - 117)
    return factory.settings(GROUPS), snapshot, []


def stale() -> Scene:
    """Checks stopped three hours ago; the build came later."""
    settings, snapshot, past = quiet()
    groups = {group.name: list(group.components) for group in snapshot.groups}
    return settings, factory.snapshot(groups, last_round=factory.NOW - 3 * HOUR), past


def all_unknown() -> Scene:
    """Rounds came, but none could tell anything."""
    made = {
        group: [factory.component(name, "u" * 85 + "?????", state=State.UNKNOWN) for name in names]
        for group, names in GROUPS.items()
    }
    return factory.settings(GROUPS), factory.snapshot(made), []


def full(components: int = 20) -> Scene:
    """Twenty components with ninety lively days."""
    names = [f"service-{number}" for number in range(1, components + 1)]
    groups = {
        f"Group {part + 1}": names[part * 5 : part * 5 + 5] for part in range(components // 5)
    }
    made = {
        group: [
            factory.component(name, pattern(int(name.rpartition("-")[2]), bad=0.06))
            for name in members
        ]
        for group, members in groups.items()
    }
    past = [
        factory.incident(
            f"2026-11-{20 - number:02}-event",
            title=f"Event {number}",
            started=factory.NOW - number * DAY,
            resolved=factory.NOW - number * DAY + HOUR,
            components=(f"service-{number}",),
        )
        for number in range(1, 10)
    ]
    return factory.settings(groups), factory.snapshot(made), past


def many(components: int, bad: Sequence[int] = (17, 250, 499)) -> Scene:
    """Ten in each group, named by region; a few of them down."""
    numbers = range(1, components + 1)
    groups = {
        f"Region {part + 1}": [f"service-{n}" for n in numbers if (n // 10) == part]
        for part in range(components // 10 + 1)
    }
    made = {
        group: [
            factory.component(
                name,
                pattern(int(name.rpartition("-")[2]), bad=0.02)[:-1]
                + ("d" if int(name.rpartition("-")[2]) in bad else "u"),
            )
            for name in members
        ]
        for group, members in groups.items()
        if members
    }
    return factory.settings(groups), factory.snapshot(made), []


def sixty() -> Scene:
    """Sixty components; two are down, one is slow."""
    settings, snapshot, past = many(60, (11, 37))
    groups = {group.name: list(group.components) for group in snapshot.groups}
    groups["Region 5"][2] = factory.component("service-42", "u" * 89 + "g", reason="slow")
    return settings, factory.snapshot(groups), past


def five_hundred() -> Scene:
    """Five hundred components, three of them down."""
    return many(500)


def all_down() -> Scene:
    """Nothing answers, and nobody has said anything yet."""
    made = {
        group: [factory.component(name, "u" * 89 + "d", reason="connect") for name in names]
        for group, names in GROUPS.items()
    }
    return factory.settings(GROUPS), factory.snapshot(made), []


def young() -> Scene:
    """Thirty days old, with one bad day."""
    made = {
        group: [factory.component(name, "?" * 60 + "u" * 12 + "d" + "u" * 17) for name in names]
        for group, names in GROUPS.items()
    }
    snapshot = replace(factory.snapshot(made), first_round=factory.NOW - 29 * DAY)
    return factory.settings(GROUPS), snapshot, []


def maintenance() -> Scene:
    """Two components are worked at; all others work."""
    settings, snapshot, past = quiet()
    groups = {
        group.name: [
            replace(each, in_maintenance=each.id in ("api", "mail")) for each in group.components
        ]
        for group in snapshot.groups
    }
    return settings, factory.snapshot(groups), past


def three_incidents() -> Scene:
    """Three incidents are open at once, told by people."""
    settings, snapshot, past = outage()
    told = [
        factory.incident("2026-11-20-mail-late", title="Mail is late", components=("mail",)),
        factory.incident(
            "2026-11-20-invoices", title="Invoices lack a line", components=("invoices",),
            impact=Impact.MINOR,
        ),
    ]  # fmt: skip
    return settings, snapshot, [*past, *told]


ALL = {
    "quiet": quiet,
    "outage": outage,
    "nothing": nothing,
    "one-round": one_round,
    "stale": stale,
    "all-unknown": all_unknown,
    "full": full,
    "all-down": all_down,
    "young": young,
    "maintenance": maintenance,
    "three-incidents": three_incidents,
    "sixty": sixty,
}


@cache
def front(scene: Callable[[], Scene]) -> Asset:
    """Return a scene's status page alone, as its whole site has it."""
    return status_page(Edition.of(*scene()))


def site(scene: Callable[[], Scene]) -> Manifest:
    """Return the whole site of a scene, which is made once for all tests of a process."""
    made = _made(scene)
    return replace(made, entries=dict(made.entries))


@cache
def _made(scene: Callable[[], Scene]) -> Manifest:
    return render_site(*scene())
