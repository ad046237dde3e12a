"""The shape of ``data/status.yml``: what may be written, key by key.

These models say what one key may hold. What several keys must be together is in ``rules``; what
they all mean is in ``statusfile``. Durations are written with their unit.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, WithJsonSchema, create_model

from statusgen.base.counting import Counting
from statusgen.base.fields import Address, refuse
from statusgen.base.model import Bool, Id, Model, SecretText
from statusgen.config.agreement_entries import AgreementEntry
from statusgen.config.channel_entries import HeartbeatEntry, NotificationEntry
from statusgen.config.fields import (
    CANARY,
    LABEL,
    Days,
    Ids,
    IssueLabel,
    Label,
    Repository,
    Seconds,
    Share,
    SomeIds,
    Span,
    Spans,
    branch_name,
)
from statusgen.config.outside_entries import (
    EngineEntry,
    SecondOpinionEntry,
    VantageEntry,
    VantageId,
)
from statusgen.config.publish_entries import PublishEntry
from statusgen.config.settings import Kind
from statusgen.config.site_entries import SiteEntry
from statusgen.config.urls import canary_fault, host_id


class CommonEntry(Model):
    """What may be set for one monitor, or under `defaults` for all."""

    interval: Seconds | None = None
    """Time between two checks; without it the monitor is checked in every round."""
    timeout: Span | None = None
    """Longest that one attempt may take (10s)."""
    deadline: Span | None = None
    """Longest that the whole check may take, with all attempts and the waits between (30s)."""
    retry_delays: Spans | None = None
    """Waits before the second attempt, the third…; an empty list means one attempt ([2s, 8s])."""


class MonitorEntry(CommonEntry):
    """One thing that is checked."""

    id: Id
    """Stable for ever: history, pages and badges are named after it."""
    name: Label
    """What visitors read; may change."""
    url: SecretText
    """What is checked; its scheme picks the kind. $NAME stands for a secret."""
    group: Label | None = None
    """The heading under which it is shown."""
    description: str = ""
    """Text or Markdown for visitors."""
    link: Address | None = None
    """Where a visitor may click."""
    aliases: Ids = ()
    """Ids that it had before; their history and incidents are shown as its own."""
    globalping: Label | None = None
    """Checked in each round by a probe of Globalping there (world, US+datacenter-network), not
    from here."""


class ComponentEntry(Model):
    """What a visitor sees, where that is not simply one monitor."""

    id: Id | None = None
    """Needed where it has several monitors; a component of one has its monitor's id."""
    name: Label | None = None
    """What visitors read; a component of one monitor has its name unless another is written."""
    monitors: SomeIds
    """Ids of the monitors that it stands for."""
    group: Label | None = None
    """The heading under which it is shown."""
    description: str = ""
    """Text or Markdown for visitors."""
    link: Address | None = None
    """Where a visitor may click."""


class GroupEntry(Model):
    """A heading, in the order in which the headings are shown."""

    shorthand = "name"
    text_schema = LABEL

    name: Label
    """The heading, as monitors and components name it in `group`."""
    description: str = ""
    """Text or Markdown for visitors."""


class ObjectiveEntry(Model):
    """A target on a measured figure over a window."""

    id: Id
    monitors: SomeIds
    """Ids of the monitors that it is measured on."""
    metric: Literal["uptime"] = "uptime"
    """What is measured."""
    target: Share
    """The least that is promised, e.g. 99.9%."""
    window: Seconds = 30 * 86_400
    """The time looked back on, e.g. 30d."""
    rolling: Bool = True
    """Whether the window ends now. `false`: it is the calendar period under way of about that
    length: day, week, month, quarter or year, in the site's time zone."""


class CanaryEntry(Model):
    """A well-known address that proves that our own network works."""

    text_schema = CANARY

    id: Id
    url: Annotated[
        str,
        refuse(canary_fault),
        WithJsonSchema(CANARY),
    ]
    """https://… or tcp://host:port."""

    @classmethod
    def of_text(cls, text: str) -> object:
        """Name a canary that is an address alone after its host."""
        return {"id": host_id(text), "url": text}


class ThresholdsEntry(Model):
    """When incidents open and close."""

    failures: Annotated[int, Field(ge=1, le=100)] = 2
    """Failed checks in a row that open an incident."""
    successes: Annotated[int, Field(ge=1, le=100)] = 2
    """Good checks in a row that resolve it."""


class HistoryEntry(Model):
    """How history is kept."""

    branch: Annotated[str, AfterValidator(branch_name)] | None = "status-data"
    """The branch that holds the recorded checks; null keeps them on the current branch."""
    retention: Days = 90
    """How long single checks are kept; daily summaries stay for ever."""
    max_gap: Seconds | None = None
    """Longest time that one check may stand for; without it 2.5 times the usual pace."""
    maintenance: Counting = Counting.EXCLUDE
    """Whether maintenance windows that do not say it themselves are part of uptime."""


class GitHubEntry(Model):
    """Incidents told as GitHub issues, and comments there read back. Needs $GITHUB_TOKEN."""

    issues: Bool = False
    """Whether incidents are opened, commented and closed as issues."""
    comments: Bool = True
    """Whether comments of people who may write to the repository become updates."""
    maintenance: Bool = True
    """Whether issues labelled maintenance are read as windows, as Upptime does."""
    label: IssueLabel = "status"
    """The label of the issues; those of the components come beside it."""
    repository: Repository = ""
    """owner/name; without it, $GITHUB_REPOSITORY."""


class PublicationEntry(Model):
    """How often pages are made anew."""

    every: Seconds = 3600
    """Pages are published when something that they show changes, and at least this often (1h)."""


class FileEntry(Model):
    """The whole file; `StatusFile` adds what depends on the kinds of check."""

    site: SiteEntry
    """How the published site calls itself and where it stands."""
    components: tuple[ComponentEntry, ...] = ()
    """What visitors see, where that is not simply one monitor."""
    groups: tuple[GroupEntry, ...] = ()
    """The headings, in the order in which they are shown; each a name or a name and more."""
    objectives: tuple[ObjectiveEntry, ...] = ()
    """Targets for measured uptime."""
    agreements: tuple[AgreementEntry, ...] = ()
    """What is owed where uptime falls short: told in the reports of each period."""
    notifications: tuple[NotificationEntry, ...] = ()
    """Who is told what."""
    heartbeat: HeartbeatEntry | None = None
    """An address that is asked after each run, so that somebody notices when runs stop."""
    canaries: tuple[CanaryEntry, ...] | None = None
    """Addresses that prove that our own network works; an empty list excuses nothing."""
    vantage: VantageId | None = None
    """What the place is called that checks are made from, where no machine says another."""
    vantages: tuple[VantageEntry, ...] = ()
    """The places that checks are made from, as visitors read them."""
    second_opinion: SecondOpinionEntry | None = None
    """Who is asked before an alert is sent and before an incident is opened."""
    engine: EngineEntry | None = None
    """Systems of others that make the checks."""
    thresholds: ThresholdsEntry = ThresholdsEntry()
    """When incidents open and close."""
    blip: Seconds = 900
    """A shorter incident is marked a blip (15m)."""
    history: HistoryEntry = HistoryEntry()
    """How history is kept."""
    github: GitHubEntry = GitHubEntry()
    """Incidents as GitHub issues."""
    publication: PublicationEntry = PublicationEntry()
    """How often pages are made anew."""
    publish: tuple[PublishEntry, ...] = ()
    """Second places of the site, for when the first does not answer."""
    compat: Literal["upptime"] | None = None
    """upptime shows Upptime's own arithmetic wherever an uptime is shown, and says so."""
    allow_private: Bool | None = None
    """Whether loopback and private addresses may be checked. Unwritten, a monitor's own address
    may be one, but no redirect leads from a public address to one."""


def file_model(kinds: Sequence[Kind]) -> type[FileEntry]:
    """Return the model of the whole file where these kinds of check exist.

    A monitor, and ``defaults``, have one key for the options of each kind.
    """
    return _file_model(tuple(kinds))


@functools.lru_cache(maxsize=4)
def _file_model(kinds: tuple[Kind, ...]) -> type[FileEntry]:
    options: dict[str, Any] = {
        kind.name: (
            kind.options | None,
            Field(default=None, description=f"What only {kind.name} monitors have."),
        )
        for kind in kinds
    }
    monitor = create_model(
        "Monitor", __base__=MonitorEntry, __doc__=MonitorEntry.__doc__, **options
    )
    defaults = create_model(
        "Defaults", __base__=CommonEntry, __doc__="What holds for every monitor.", **options
    )
    fields: dict[str, Any] = {
        "monitors": (
            tuple[monitor, ...],
            Field(default=(), description="What is checked."),
        ),
        "defaults": (
            defaults | None,
            Field(default=None, description="What holds for every monitor that says nothing else."),
        ),
    }
    return create_model("StatusFile", __base__=FileEntry, __doc__=_FILE_TITLE, **fields)


_FILE_TITLE = "data/status.yml: what is checked, how it is shown, and who is told."
