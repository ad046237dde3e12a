"""A roadmap with everything that is derived from it once: its costs and what the audit says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from statusgen.audit import Finding, audit_roadmap, audit_wizard
from statusgen.gates.fuses import Fuse
from statusgen.gates.gate import Gate, Kind
from statusgen.gates.ledger import Entry, ledger
from statusgen.gates.live import Live
from statusgen.gates.readiness import Readiness, readiness
from statusgen.history.pricelog import Seen
from statusgen.publish.roadmaps.addresses import section_path
from statusgen.publish.roadmaps.as_written import as_written
from statusgen.publish.roadmaps.findings import anchors, found_at, to_look_at
from statusgen.publish.roadmaps.wizard_dossier import AUDIT, WizardDossier
from statusgen.roadmap.bill import StageCost
from statusgen.roadmap.costs import counted_items, is_priced, stage_costs
from statusgen.roadmap.figures import figures
from statusgen.roadmap.invoice import Billed
from statusgen.roadmap.model import Item, Path, Roadmap, Stage, Status, Wizard
from statusgen.roadmap.moments import (
    Moment,
    current_stages,
    paid_at_the_end,
    paid_now,
    standing,
    state_of,
)
from statusgen.roadmap.money import Range
from statusgen.roadmap.untimed import is_untimed
from statusgen.setup.minutes import Minutes
from statusgen.status.objectives import ObjectiveStanding
from statusgen.status.snapshot import ComponentStatus
from statusgen.words import Words


@dataclass(frozen=True, slots=True)
class Section:
    """A page of a roadmap, as its bar names it."""

    key: str
    """Its folder; empty for the overview."""
    title: str


@dataclass(frozen=True)
class Dossier:
    """One roadmap, its derived costs and its findings."""

    roadmap: Roadmap
    findings: tuple[Finding, ...]
    words: Words
    """Who speaks on its pages."""
    gates: tuple[Gate, ...] = ()
    """Its promises as they stand; none where nothing was measured at all."""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    """In which their days are told."""
    today: date | None = None
    """The day of the page; None where nothing was measured at all."""
    live: Live | None = None
    """What was measured beside its promises; None where nothing was measured at all."""
    components: Mapping[str, ComponentStatus] = field(default_factory=dict)
    """The components of the status page, by id."""
    site_url: str = ""
    """Where the pages will stand; feeds need it, and there are none without."""
    invoices: Sequence[Billed] = ()
    """What was billed, as far as invoices tell."""
    looks: Mapping[str, Seen] = field(default_factory=dict)
    """What vendors' pages showed of prices (``roadmap.seen``), by key."""
    fuses: tuple[Fuse, ...] = ()
    """Its free allowances, and what is used of them."""
    costs: tuple[StageCost, ...] = field(init=False)
    anchors: dict[Finding, str] = field(init=False)
    known: dict[str, Range] = field(init=False)
    """The figures that formulas may name, by name."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "costs", tuple(stage_costs(self.roadmap)))
        object.__setattr__(self, "anchors", anchors(self.findings))
        object.__setattr__(self, "known", figures(self.roadmap))

    @property
    def id(self) -> str:
        """The roadmap's id."""
        return self.roadmap.id

    @cached_property
    def ledger(self) -> tuple[Entry, ...]:
        """Every stated number and promise, and how it was checked."""
        return ledger(self.roadmap, self.findings, self.gates)

    @cached_property
    def readiness(self) -> Mapping[str, Readiness]:
        """Stage → whether it may begin; nothing where nothing was measured at all."""
        return readiness(self.roadmap, self.gates) if self.gates else {}

    def gate(self, kind: Kind, identifier: str) -> Gate | None:
        """Return a promise as it stands; None where nothing was measured at all."""
        found = (each for each in self.gates if (each.kind, each.id) == (kind, identifier))
        return next(found, None)

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What somebody should look at: contradictions first, then what is open."""
        return to_look_at(self.findings)

    @property
    def general(self) -> tuple[Finding, ...]:
        """Faults of the stages' costs as a whole, of which no single number is to blame."""
        return tuple(one for one in self.faults if one.rule == "COST003")

    def faults_at(self, path: Path, *fields: str) -> tuple[Finding, ...]:
        """Return the faults that speak of a part of the file, or of fields of it."""
        paths = [path, *((*path, name) for name in fields)]
        general = self.general
        return found_at((one for one in self.faults if one not in general), paths)

    def cost(self, stage: Stage) -> StageCost:
        """Return the derived costs of a stage."""
        return next(cost for cost in self.costs if cost.stage == stage.id)

    def path_of(self, item: Item) -> Path:
        """Return where an item stands in the file."""
        return next(path for path, one in self.roadmap.items() if one is item)

    @property
    def current(self) -> tuple[Stage, ...]:
        """The stages that the plan is at: so marked, or with work under way."""
        return current_stages(self.roadmap)

    @property
    def whereabouts(self) -> str:
        """Where the plan is, in words: the stage, or how much of it is done."""
        at, say = standing(self.roadmap), self.words.say
        if self.current:
            return self.words.joined([stage.name for stage in self.current], 3)
        if at.finished:
            return say("roadmap.plan-done")
        done = [one for one in self.roadmap.stages if state_of(self.roadmap, one) is Status.DONE]
        if done and all(one.status is not Status.CURRENT for _, one in self.roadmap.items()):
            return say("roadmap.stage-done", name=done[-1].name, done=at.done, count=at.count)
        if at.begun:
            return say("roadmap.under-way", done=at.done, count=at.count)
        return say("roadmap.not-begun-yet" if at.told else "roadmap.nothing-stated")

    @property
    def following(self) -> Stage | None:
        """The first planned stage behind the current one, or of all where none is current."""
        stages = self.roadmap.stages
        start = stages.index(self.current[0]) + 1 if self.current else 0
        return next(
            (s for s in stages[start:] if state_of(self.roadmap, s) is Status.PLANNED), None
        )

    @cached_property
    def now(self) -> Moment | None:
        """What is paid now."""
        return paid_now(self.roadmap, self.costs)

    @cached_property
    def then(self) -> Moment | None:
        """What is paid at the end of the plan."""
        return paid_at_the_end(self.roadmap, self.costs)

    @property
    def foreign(self) -> list[str]:
        """The currencies of sums that stand beside the roadmap's own, for want of a rate."""
        codes = {code for cost in self.costs for code in cost.whole.currencies}
        return sorted(codes - {self.roadmap.currency})

    @property
    def has_needs(self) -> bool:
        """Whether any item needs something besides, which is a line of its own."""
        return any(cost.has_needs for cost in self.costs)

    @property
    def has_stage_costs(self) -> bool:
        """Whether any stage has a cost, stated or derived."""
        if any(stage.cost or stage.cost_impact for stage in self.roadmap.stages):
            return True
        return any(cost.running.currencies for cost in self.costs)

    @property
    def has_derived_costs(self) -> bool:
        """Whether the prices of any stage come to an amount a month, or to one paid once.

        Or may, where somebody says how much is used; prices of no month never do.
        """
        plan = self.roadmap
        priced = (
            stage for stage in plan.stages if any(is_priced(item) for item in counted_items(stage))
        )
        return not all(is_untimed(stage) for stage in priced)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The pages that this roadmap has data for."""
        plan = self.roadmap
        wanted = (
            ("", True),
            ("costs", self.has_stage_costs or self.invoices or plan.stacks or plan.summaries),
            ("timeline", plan.timelines or _has_times(plan)),
            ("options", any(item.options for _, item in plan.items())),
            ("compare", plan.comparisons),
            ("checklists", plan.checklists or plan.procedures or plan.rollback.steps),
            ("gates", self.gates),
            ("decisions", plan.decisions or plan.limitations),
            ("architecture", plan.architectures),
            ("written", as_written(plan)),
            ("audit", self.findings),
        )
        say = self.words.say
        return tuple(
            Section(key, say(f"roadmap.page-{key or 'overview'}")) for key, there in wanted if there
        )

    def has(self, section: str) -> bool:
        """Whether there is a page of that name."""
        return any(one.key == section for one in self.sections)


def _has_times(plan: Roadmap) -> bool:
    """Whether any stage, or an item of one, has a time of its own."""
    return any(
        stage.when or stage.due or any(item.due for item in stage.items) for stage in plan.stages
    )


@dataclass(frozen=True, slots=True)
class Library:
    """All roadmaps of a site, in the order of their files, and the wizard's data."""

    dossiers: tuple[Dossier, ...] = ()
    wizard: WizardDossier | None = None
    words: Words = field(default_factory=Words.of)
    """Who speaks on the pages."""
    objectives: tuple[ObjectiveStanding, ...] = ()
    """What is promised to visitors, beside what roadmaps promise."""
    configuration: str = ""
    """The file that says so."""
    minutes: Minutes | None = None
    """What the site's own checks take of GitHub's minutes; None where they are free or unknown."""

    @classmethod
    def of(
        cls,
        roadmaps: Sequence[Roadmap],
        today: date | None,
        wizard: Wizard | None = None,
        words: Words | None = None,
        gates: Mapping[str, Sequence[Gate]] | None = None,
        zone: ZoneInfo | None = None,
        objectives: Sequence[ObjectiveStanding] = (),
        *,
        lives: Mapping[str, Live] | None = None,
        components: Sequence[ComponentStatus] = (),
        site_url: str = "",
        invoices: Mapping[str, Sequence[Billed]] | None = None,
        looks: Mapping[str, Seen] | None = None,
        fuses: Mapping[str, Sequence[Fuse]] | None = None,
        configuration: str = "",
        minutes: Minutes | None = None,
    ) -> Library:
        """Audit every document, its prices against those of all the others.

        ``words``: who speaks on the pages, in English where nobody is named. ``gates``: roadmap →
        its promises as they stand; ``zone``: in which their days are told; ``objectives``: what is
        promised to visitors, in the file ``configuration``; ``lives``: roadmap → what was measured
        beside its promises; ``invoices``: roadmap → its bills.
        """
        words = words or Words.of()
        known = {each.id: each for each in components}
        documents: list[Roadmap | Wizard] = [*roadmaps, *([wizard] if wizard else [])]
        made = tuple(
            Dossier(
                one,
                tuple(audit_roadmap(one, documents, today)),
                words.calling("roadmap.nouns-stage", f"roadmap.nouns-{one.kind}"),
                tuple((gates or {}).get(one.id, ())),
                zone or ZoneInfo("UTC"),
                today,
                (lives or {}).get(one.id),
                known,
                site_url,
                (invoices or {}).get(one.id, ()),
                looks or {},
                tuple((fuses or {}).get(one.id, ())),
            )
            for one in roadmaps
        )
        if wizard is None:
            return cls(made, None, words, tuple(objectives), configuration, minutes)
        found = tuple(audit_wizard(wizard, documents, today))
        told = WizardDossier(wizard, found, words)
        return cls(made, told, words, tuple(objectives), configuration, minutes)

    @property
    def zone(self) -> ZoneInfo:
        """In which days are told."""
        return self.dossiers[0].zone if self.dossiers else ZoneInfo("UTC")

    @property
    def promises(self) -> bool:
        """Whether there is a page of all promises."""
        return any(each.gates for each in self.dossiers)

    @property
    def gates(self) -> Mapping[str, Sequence[Gate]]:
        """Roadmap → its promises as they stand."""
        return {each.id: each.gates for each in self.dossiers}

    @property
    def readiness(self) -> Mapping[str, Mapping[str, Readiness]]:
        """Roadmap → stage → whether it may begin, of those that promise anything."""
        return {each.id: each.readiness for each in self.dossiers if each.gates}

    def get(self, identifier: str) -> Dossier | None:
        """Return the roadmap of that id, or None."""
        return next((one for one in self.dossiers if one.id == identifier), None)

    def finding_path(self, finding: Finding) -> str:
        """Return where a finding is told, from the site's root."""
        if self.wizard is not None and finding in self.wizard.anchors:
            return f"{AUDIT}#{self.wizard.anchors[finding]}"
        owner = next(one for one in self.dossiers if finding in one.anchors)
        return f"{section_path(owner.id, 'audit')}#{owner.anchors[finding]}"
