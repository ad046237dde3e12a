"""``data/status.yml`` read into `Settings`: all faults at once, then what it all means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError

from statusgen.base.errors import InputError, Problem
from statusgen.base.faults import Prefer
from statusgen.base.model import problems
from statusgen.base.target import Metric, Operator, Target
from statusgen.base.yamltree import Document, Path_, Value
from statusgen.config import advice, rules
from statusgen.config.agreements import agreement_faults, agreement_of
from statusgen.config.assemble import DEFAULT_CANARIES, components_of, groups_of
from statusgen.config.channel_entries import HeartbeatEntry, NotificationEntry
from statusgen.config.channel_rules import broken_channels
from statusgen.config.channels import (
    Channel,
    Escalation,
    Heartbeat,
    QuietHours,
    Wording,
    channel_id,
)
from statusgen.config.entries import (
    CommonEntry,
    ComponentEntry,
    FileEntry,
    MonitorEntry,
    file_model,
)
from statusgen.config.outside import Vantage
from statusgen.config.outside_read import broken_places, globalping_of, instances
from statusgen.config.publish_entries import second_place
from statusgen.config.settings import (
    Canary,
    Component,
    GitHubOptions,
    HistoryOptions,
    Kind,
    Monitor,
    Objective,
    PublicationOptions,
    Settings,
    Thresholds,
)
from statusgen.config.sitefile import site_marks, site_of, site_problems
from statusgen.config.urls import pick_kind


def read_status_file(document: Document, kinds: Sequence[Kind]) -> Settings:
    """Return what the document means. Raises InputError with every fault, each at its place."""
    entry, found = _validated(document, kinds)
    found += rules.foreign_keys(document) + rules.broken_rules(document, kinds)
    found += broken_channels(document) + site_problems(document) + broken_places(document)
    monitors: list[Monitor] = []
    if entry is not None and not found:
        monitors, found = _monitors(entry, document, kinds)
    found += agreement_faults(entry.agreements, document) if entry is not None else ()
    if found or entry is None:
        raise InputError(_in_order(found))
    return _settings(entry, monitors, document)


def _validated(document: Document, kinds: Sequence[Kind]) -> tuple[FileEntry | None, list[Problem]]:
    model = file_model(kinds)
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        # A key of another tool gets a better word from the rules than "unknown key".
        known = {str(problem.path) for problem in rules.foreign_keys(document)}
        return None, [
            problem
            for problem in problems(error, model, document, prefer=_kind_meant(document, kinds))
            if problem.path not in known
        ]


def _kind_meant(document: Document, kinds: Sequence[Kind]) -> Prefer:
    """Say of a monitor which kind's options it can have: that of its address."""

    def prefer(path: Path_) -> str:
        if len(path) != 2 or path[0] != "monitors" or not isinstance(document.data, dict):
            return ""
        listed = document.data["monitors"]
        entry = listed[path[1]] if isinstance(listed, list) and isinstance(path[1], int) else None
        url = entry.get("url") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(url, str):
            return ""
        kind = pick_kind(url, entry, kinds)
        return "" if isinstance(kind, str) else kind.name

    return prefer


def _in_order(found: list[Problem]) -> list[Problem]:
    return sorted(dict.fromkeys(found), key=lambda problem: (problem.line, problem.column))


def _monitors(
    entry: FileEntry, document: Document, kinds: Sequence[Kind]
) -> tuple[list[Monitor], list[Problem]]:
    written: tuple[MonitorEntry, ...] = getattr(entry, "monitors", ())
    defaults: CommonEntry | None = getattr(entry, "defaults", None)
    raw = document.data if isinstance(document.data, dict) else {}
    raw_defaults, raw_monitors = raw.get("defaults"), raw.get("monitors")
    monitors: list[Monitor] = []
    found: list[Problem] = []
    for index, own in enumerate(written):
        kind = pick_kind(own.url.text, own.model_fields_set, kinds)
        assert not isinstance(kind, str)
        below = raw_monitors[index] if isinstance(raw_monitors, list) else None
        merged = _merged(_mapping(raw_defaults).get(kind.name), _mapping(below).get(kind.name))
        try:
            options = kind.options.model_validate({} if merged is None else merged)
        except ValidationError as error:
            found += problems(error, kind.options, document, ("monitors", index, kind.name))
            continue
        monitors.append(_monitor(own, defaults or CommonEntry(), kind, options))
    return monitors, found


def _mapping(value: Value) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _merged(default: Value, own: Value) -> Value:
    """Return the monitor's own options over those for all; only mappings are merged, key by key.

    Keys that differ in case alone are one: they are headers.
    """
    if own is None or (isinstance(own, dict) and not own):
        return default
    if not isinstance(default, dict) or not isinstance(own, dict):
        return own
    written = {key.lower() for key in own}
    merged = {key: value for key, value in default.items() if key.lower() not in written}
    for key, value in own.items():
        inner = default.get(key)
        both = isinstance(inner, dict) and isinstance(value, dict)
        merged[key] = _merged(inner, value) if both else value
    return merged


def _monitor(own: MonitorEntry, common: CommonEntry, kind: Kind, options: BaseModel) -> Monitor:
    chosen: dict[str, Any] = {}
    for field, name in (
        ("interval", "interval"),
        ("timeout", "timeout_ms"),
        ("deadline", "deadline_ms"),
        ("retry_delays", "retry_delays_ms"),
    ):
        for scope in (own, common):
            value = getattr(scope, field)
            if value is not None:
                chosen[name] = value
                break
    return Monitor(
        id=own.id,
        name=own.name,
        kind=kind.name,
        url=own.url,
        options=options,
        group=own.group or "",
        description=own.description,
        link=own.link or "",
        aliases=own.aliases,
        globalping=own.globalping or "",
        **chosen,
    )


def _settings(entry: FileEntry, monitors: Sequence[Monitor], document: Document) -> Settings:
    by_id = {monitor.id: monitor for monitor in monitors}
    explicit = [_component(component, by_id) for component in entry.components]
    components = components_of(monitors, explicit)
    described = {group.name: group.description for group in entry.groups}
    canaries: tuple[Canary, ...] = DEFAULT_CANARIES
    if entry.canaries is not None:
        canaries = tuple(Canary(id=canary.id, url=canary.url) for canary in entry.canaries)
    settings = Settings(
        file=document.file,
        site=site_of(entry.site, document),
        monitors=tuple(monitors),
        components=components,
        groups=groups_of(components, described),
        canaries=canaries,
        thresholds=Thresholds(
            failures=entry.thresholds.failures, successes=entry.thresholds.successes
        ),
        blip=entry.blip,
        history=HistoryOptions(
            branch=entry.history.branch,
            retention_days=entry.history.retention,
            max_gap=entry.history.max_gap,
            maintenance=entry.history.maintenance,
        ),
        github=GitHubOptions(
            issues=entry.github.issues,
            comments=entry.github.comments,
            maintenance=entry.github.maintenance,
            label=entry.github.label,
            repository=entry.github.repository,
        ),
        publication=PublicationOptions(every=entry.publication.every),
        second_places=tuple(second_place(each) for each in entry.publish),
        objectives=tuple(_objectives(entry, document)),
        agreements=tuple(map(agreement_of, entry.agreements)),
        channels=tuple(_channel(each, entry.site.timezone) for each in entry.notifications),
        heartbeat=_heartbeat(entry.heartbeat),
        marks=site_marks(document)
        | {
            f"monitor.{monitor.id}": document.mark(("monitors", index, "id"))
            for index, monitor in enumerate(monitors)
        },
        compat=entry.compat or "",
        vantage=entry.vantage or "",
        vantages=tuple(Vantage(id=one.id, name=one.name or one.id) for one in entry.vantages),
        globalping=globalping_of(entry.second_opinion, monitors),
        engines=instances(entry.engine, document),
        quiet_engines=entry.engine is not None and entry.engine.ignore_others,
        allow_private=entry.allow_private,
    )
    return advice.with_warnings(settings, document)


def _component(entry: ComponentEntry, monitors: Mapping[str, Monitor]) -> Component:
    """Fill in what a component takes from its monitors where it says nothing itself."""
    covered = [monitors[identifier] for identifier in entry.monitors]
    only = covered[0] if len(covered) == 1 else None
    groups = {monitor.group for monitor in covered}
    return Component(
        id=entry.id or covered[0].id,
        name=entry.name or covered[0].name,
        monitors=entry.monitors,
        group=entry.group or (groups.pop() if len(groups) == 1 else ""),
        description=entry.description or (only.description if only else ""),
        link=entry.link or (only.link if only else ""),
    )


def _objectives(entry: FileEntry, document: Document) -> list[Objective]:
    return [
        Objective(
            id=objective.id,
            target=Target(
                metric=Metric(objective.metric),
                operator=Operator.AT_LEAST,
                value=Fraction(objective.target),
                window=objective.window,
                rolling=objective.rolling,
                components=objective.monitors,
            ),
            line=document.mark(("objectives", index)).line,
        )
        for index, objective in enumerate(entry.objectives)
    ]


def _channel(entry: NotificationEntry, zone: ZoneInfo) -> Channel:
    hours, escalate = entry.quiet_hours, entry.escalate
    return Channel(
        id=entry.id or channel_id(entry.to),
        to=entry.to,
        on=entry.on,
        components=entry.components,
        groups=entry.groups,
        monitors=entry.monitors,
        impact=entry.impact or (),
        quiet=QuietHours(*hours.hours, hours.timezone or zone) if hours else None,
        minimum_interval=entry.minimum_interval or 0,
        digest=entry.digest,
        wording=Wording(entry.template.title, entry.template.body),
        escalate=Escalation(escalate.after, escalate.to) if escalate else None,
        reminders=entry.reminders,
        reports=entry.reports,
    )


def _heartbeat(entry: HeartbeatEntry | None) -> Heartbeat | None:
    return Heartbeat(entry.ok, entry.fail) if entry is not None else None
