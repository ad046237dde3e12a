"""From monitors to what visitors see: components in groups. The same for both kinds of file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from statusgen.config.settings import Canary, Component, Group, Monitor

DEFAULT_CANARIES = (
    # Three companies that share no network, and two protocols: a rule that blocks HTTPS, an
    # outage of one of them, or a broken resolver (the third needs none) is told from our own
    # network being gone. Each is meant to be asked by strangers: two exist for such checks,
    # the third answers DNS for anyone.
    Canary(id="google", url="https://www.google.com/generate_204"),
    Canary(id="cloudflare", url="https://one.one.one.one/"),
    Canary(id="quad9", url="tcp://9.9.9.9:53"),
)


def components_of(
    monitors: Sequence[Monitor], explicit: Sequence[Component] = ()
) -> tuple[Component, ...]:
    """Return the explicit components, then one for each monitor that none of them covers."""
    covered = {identifier for component in explicit for identifier in component.monitors}
    own = (
        Component(
            id=monitor.id,
            name=monitor.name,
            monitors=(monitor.id,),
            group=monitor.group,
            description=monitor.description,
            link=monitor.link,
        )
        for monitor in monitors
        if monitor.id not in covered
    )
    return (*explicit, *own)


def groups_of(
    components: Iterable[Component], described: Mapping[str, str] | None = None
) -> tuple[Group, ...]:
    """Return the groups that hold something: those listed first, then in order of appearance.

    ``described`` maps the listed names to their descriptions. Components without a group stand
    together under the empty name, where the first of them appears.
    """
    described = described or {}
    members: dict[str, list[str]] = {name: [] for name in described}
    for component in components:
        members.setdefault(component.group, []).append(component.id)
    return tuple(
        Group(name=name, components=tuple(ids), description=described.get(name, ""))
        for name, ids in members.items()
        if ids
    )
