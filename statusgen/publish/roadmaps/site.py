"""All pages of all roadmaps, and the files beside them. Pure: no file, no clock."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from statusgen.publish.manifest import Asset, Page
from statusgen.publish.roadmaps import lead
from statusgen.publish.roadmaps.actual_table import actual_table
from statusgen.publish.roadmaps.addresses import (
    CLAIMS,
    INDEX,
    PROMISES,
    roadmap_path,
    section_path,
    stage_path,
    view_path,
)
from statusgen.publish.roadmaps.as_written import as_written
from statusgen.publish.roadmaps.claims_page import all_claims
from statusgen.publish.roadmaps.columns_of_one import tables_as_written
from statusgen.publish.roadmaps.cost_tables import (
    claims_table,
    cost_table,
)
from statusgen.publish.roadmaps.dossier import Dossier, Library
from statusgen.publish.roadmaps.drawings.arch_views import views
from statusgen.publish.roadmaps.drawings.architecture import architecture, in_short
from statusgen.publish.roadmaps.drawings.before_after import before_after
from statusgen.publish.roadmaps.drawings.cost import cost_chart
from statusgen.publish.roadmaps.drawings.growth import growth_chart
from statusgen.publish.roadmaps.drawings.ladder import ladder
from statusgen.publish.roadmaps.drawings.timeline import timeline_views, timelines
from statusgen.publish.roadmaps.drawings.timeline_lanes import STAGES
from statusgen.publish.roadmaps.drawings.timeline_views import WHOLE, View
from statusgen.publish.roadmaps.fuse_table import fuse_table, own_minutes
from statusgen.publish.roadmaps.index_table import held_shortly, library_table
from statusgen.publish.roadmaps.legend import explained
from statusgen.publish.roadmaps.live_tables import blind_told, forecast_table, replay_table
from statusgen.publish.roadmaps.plan_tables import (
    decisions_table,
    findings_table,
    limitations_table,
    next_table,
    stages_table,
)
from statusgen.publish.roadmaps.promise_tables import (
    following_readiness,
    gates_tables,
    metrics_table,
    promises_table,
    readiness_table,
    stage_arrival,
    stage_gate,
    stage_readiness,
    triggers_table,
)
from statusgen.publish.roadmaps.promises_page import all_counts, counts, promise_overview
from statusgen.publish.roadmaps.savings import savings_told
from statusgen.publish.roadmaps.seen_table import seen_table
from statusgen.publish.roadmaps.sheet import SOURCE, Sheet
from statusgen.publish.roadmaps.stage_names import stage_heading
from statusgen.publish.roadmaps.stage_tables import stage_costs_table, stage_table
from statusgen.publish.roadmaps.table import aligned
from statusgen.publish.roadmaps.view_menus import timeline_menus, view_title
from statusgen.publish.roadmaps.words import counted
from statusgen.publish.roadmaps.work_tables import checkpoints_table, options_table
from statusgen.roadmap.costs import is_priced
from statusgen.roadmap.model import CostTable, Path, Stage

Entries = Iterator[Page | Asset]


def roadmap_entries(library: Library, components: Collection[str] = ()) -> Entries:
    """Return every page of the roadmaps with its files; nothing where there is no roadmap.

    ``components`` are the ids of the status page's components, which the pages may link.
    """
    if not library.dossiers:
        return
    sheet = Sheet(f"{INDEX}index.html", library, components)
    held = {one.id: held_shortly(one) for one in library.dossiers}
    table = sheet.table(library_table(library))
    minutes = sheet.table(own_minutes(library.words, library.minutes)) if library.minutes else ""
    body = sheet.render("index.html", table=table, held=held, minutes=minutes)
    say = library.words.say
    about = say("roadmap.index-about")
    yield from _page(sheet, say("roadmap.roadmaps"), body, about, in_navigation=True)
    sheet = Sheet(f"{CLAIMS}index.html", library, components)
    body = sheet.render("claims.html", claims=all_claims(library))
    yield from _page(sheet, say("claims.heading"), body, say("claims.intro"))
    if library.promises:
        sheet = Sheet(f"{PROMISES}index.html", library, components)
        body = sheet.render(
            "promises.html", tables=promise_overview(library), counts=all_counts(library)
        )
        yield from _page(sheet, say("promises.heading"), body, say("promises.all-intro"))
    for dossier in library.dossiers:
        yield from _Book(dossier, library, components).entries()


def _page(
    sheet: Sheet, title: str, body: str, description: str, *, in_navigation: bool = False
) -> Entries:
    yield Page(
        path=sheet.path,
        title=title,
        body=explained(sheet.library.words, str(body)),
        description=description,
        in_navigation=in_navigation,
        wide=True,
        source=SOURCE,
    )
    yield from sheet.assets.values()


class _Book:
    """The pages of one roadmap."""

    def __init__(self, dossier: Dossier, library: Library, components: Collection[str]) -> None:
        self.dossier = dossier
        self.plan = dossier.roadmap
        self.library = library
        self.components = components

    def entries(self) -> Entries:
        """Return the pages of the sections that there is data for, and those of the stages."""
        makers = {
            "": self._overview,
            "costs": self._costs,
            "timeline": self._timeline,
            "options": self._options,
            "compare": self._compare,
            "checklists": self._checklists,
            "gates": self._gates,
            "decisions": self._decisions,
            "architecture": self._architecture,
            "written": self._as_written,
            "audit": self._audit,
        }
        for section in self.dossier.sections:
            title = section.title if section.key else self.plan.name
            yield from self._written(section.key, title, makers[section.key]())
        if self.dossier.has("timeline"):
            for view in self._views[1:]:
                yield from self._timeline_view(view)
        for number, stage in enumerate(self.plan.stages):
            yield from self._stage(number, stage)
        yield from self._architecture_views()
        document = json.dumps(self.plan.as_json(), ensure_ascii=False, indent=1) + "\n"
        path = f"{roadmap_path(self.plan.id)}roadmap.json"
        yield Asset(path=path, content=document.encode("utf-8", "replace"), source=SOURCE)

    def _written(self, section: str, title: str, values: dict[str, Any]) -> Entries:
        sheet = self._sheet(section_path(self.plan.id, section))
        body = sheet.render(
            f"{section or 'overview'}.html",
            dossier=self.dossier,
            plan=self.plan,
            title=title,
            here=section,
            **values,
        )
        name = f"{title} · {self.plan.name}" if section else title
        about = self.plan.summary or self.plan.goal
        yield from _page(sheet, name, body, about, in_navigation=not section)

    def _sheet(self, home: str) -> Sheet:
        library = replace(self.library, words=self.dossier.words)
        return Sheet(f"{home}index.html", library, self.components)

    def _overview(self) -> dict[str, Any]:
        plan, dossier = self.plan, self.dossier
        tables = [stages_table(dossier)] if plan.stages else []
        tables += [promises_table(dossier)] if plan.success else []
        tables += [metrics_table(dossier)] if plan.metrics else []
        tables += [triggers_table(dossier)] if plan.rollback.triggers else []
        if not plan.stages and any(item.options for _, item in plan.items()):
            tables.append(options_table(dossier))  # of a decision they are what there is to see
        return {
            "drawing": ladder(dossier) if plan.stages else None,
            "work": lead.work_table(dossier),
            "held": _held(dossier),
            "ready": following_readiness(dossier),
            "tables": tables,
            "following": next_table(dossier) if plan.next else None,
        }

    def _costs(self) -> dict[str, Any]:
        plan, dossier = self.plan, self.dossier
        stated: list[tuple[Path, CostTable]] = [
            (("summaries", i), table) for i, table in enumerate(plan.summaries)
        ]
        costed = [stage for stage in plan.stages if _is_costed(stage)]
        itemised = aligned([stage_table(dossier, stage) for stage in costed])
        stages = [
            (stage, table, self._tables(stated, stage))
            for stage, table in zip(costed, itemised, strict=True)
        ]
        shown = {stage.id for stage in costed}
        others: list[tuple[Path, CostTable]] = [
            (("stacks", i), t) for i, t in enumerate(plan.stacks)
        ]
        others += [(path, table) for path, table in stated if table.stage not in shown]
        return {
            "drawing": cost_chart(dossier),
            "growth": growth_chart(dossier),
            "summary": stage_costs_table(dossier) if dossier.has_stage_costs else None,
            "billed": actual_table(dossier),
            "stages": stages,
            "tables": [
                *filter(None, (seen_table(dossier), fuse_table(dossier, self.library.minutes))),
                *tables_as_written(dossier, others),
            ],
        }

    def _tables(self, tables: list[tuple[Path, CostTable]], stage: Stage) -> list[Any]:
        return tables_as_written(
            self.dossier, [(path, table) for path, table in tables if table.stage == stage.id]
        )

    @cached_property
    def _views(self) -> list[View]:
        """What a reader of the timeline can choose, the whole first."""
        return timeline_views(self.dossier)

    def _timeline(self, view: View = WHOLE) -> dict[str, Any]:
        numbers = {timeline.id: index for index, timeline in enumerate(self.plan.timelines)}
        drawings = timelines(self.dossier, view)
        return {
            "drawings": drawings,
            "stages": drawings.get(STAGES),
            "timeline_numbers": numbers,
            "shown": [one for one in self.plan.timelines if view == WHOLE or one.id in drawings],
            "menus": timeline_menus(self.dossier, view, self._views),
            "whole": view == WHOLE,
        }

    def _timeline_view(self, view: View) -> Entries:
        sheet = self._sheet(view.path(self.plan.id))
        title = view_title(self.dossier, view)
        values = self._timeline(view)
        body = sheet.render(
            "timeline.html",
            dossier=self.dossier,
            plan=self.plan,
            title=title,
            here="timeline",
            **values,
        )
        about = self.plan.summary or self.plan.goal
        for entry in _page(sheet, f"{title} · {self.plan.name}", body, about):
            # Who searches finds the same words on the whole timeline.
            yield replace(entry, searched=False) if isinstance(entry, Page) else entry

    def _options(self) -> dict[str, Any]:
        items = [item for _, item in self.plan.items() if item.options]
        return {"items": items, "table": options_table(self.dossier)}

    def _compare(self) -> dict[str, Any]:
        comparisons = []
        for index, one in enumerate(self.plan.comparisons):
            sides = (
                cost_table(self.dossier, ("comparisons", index, side), table)
                for side, table in (("before", one.before), ("after", one.after))
            )
            drawing = before_after(self.dossier, one)
            comparisons.append((one, drawing, savings_told(self.dossier, one), *sides))
        claims = claims_table(self.dossier) if self.plan.claims else None
        return {"comparisons": comparisons, "claims": claims}

    def _checklists(self) -> dict[str, Any]:
        return {"points": checkpoints_table(self.dossier) if self.plan.checklists else None}

    def _decisions(self) -> dict[str, Any]:
        tables = [decisions_table(self.dossier)] if self.plan.decisions else []
        tables += [limitations_table(self.dossier)] if self.plan.limitations else []
        return {"tables": tables}

    def _gates(self) -> dict[str, Any]:
        live = self.dossier.live
        stages = [readiness_table(self.dossier)] if self.plan.stages else []
        return {
            "tables": [*stages, *gates_tables(self.dossier)],
            "counts": counts(self.dossier),
            "replay": replay_table(self.dossier),
            "blind": blind_told(self.dossier),
            "deploys": live.replayed.deploys if live and live.replayed else 0,
        }

    def _architecture(self) -> dict[str, Any]:
        live = self.dossier.live
        return {
            "forecast": forecast_table(self.dossier),
            "minutes": bool(live and live.minutes),
            "pictures": [
                (one, in_short(self.dossier, one, self.components), views(self.dossier, one))
                for one in self.plan.architectures
            ],
        }

    def _architecture_views(self) -> Entries:
        """Return a page of each view of each architecture that has several."""
        for model in self.plan.architectures:
            every = views(self.dossier, model)
            for view in every:
                sheet = self._sheet(view_path(self.plan.id, model.id, view.key))
                title = self.dossier.words.say(
                    "drawings.view-title", name=model.name, view=view.title
                )
                body = sheet.render(
                    "view.html",
                    dossier=self.dossier,
                    plan=self.plan,
                    title=title,
                    here="architecture",
                    within=True,
                    model=model,
                    views=every,
                    view=view,
                    drawing=architecture(self.dossier, model, self.components, view),
                )
                yield from _page(sheet, f"{title} · {self.plan.name}", body, self.plan.summary)

    def _as_written(self) -> dict[str, Any]:
        return {"written": as_written(self.plan)}

    def _audit(self) -> dict[str, Any]:
        findings = self.dossier.findings
        return {
            "counts": counted(self.dossier.words, findings),
            "accepted": [one for one in findings if one.accepted],
            "table": findings_table(
                self.dossier, findings, self.dossier.words.say("roadmap.every-check")
            ),
        }

    def _stage(self, number: int, stage: Stage) -> Entries:
        stages, plan = self.plan.stages, self.plan
        sheet = self._sheet(stage_path(plan.id, stage.id))
        heading = stage_heading(self.dossier.words, plan, stage)
        body = sheet.render(
            "stage.html",
            dossier=self.dossier,
            plan=plan,
            title=f"{stage.marker} {heading}".strip(),
            here="stages",
            stage=stage,
            number=number,
            costs=self.dossier.cost(stage),
            reached=stage_gate(self.dossier, stage),
            ready=stage_readiness(self.dossier, stage),
            arrival=stage_arrival(self.dossier, stage),
            table=stage_table(self.dossier, stage) if _is_costed(stage) else None,
            pictures=[
                (one, in_short(self.dossier, one, self.components))
                for one in plan.architectures
                if one.stage == stage.id
            ],
            seen_in=[
                (one, view)
                for one in plan.architectures
                for view in views(self.dossier, one)
                if view.stage == stage.id
            ],
            before=stages[number - 1] if number else None,
            after=stages[number + 1] if number + 1 < len(stages) else None,
        )
        yield from _page(sheet, f"{heading} · {plan.name}", body, stage.goal or stage.reason)


def _held(dossier: Dossier) -> list[lead.Held] | None:
    """Return what holds a plan back; None where nobody could know, or it is over."""
    found = lead.held_back(dossier)
    plain = any(item.due or item.owner for _, item in dossier.roadmap.items())
    return found if found or plain else None


def _is_costed(stage: Stage) -> bool:
    """Whether there is anything to say of what a stage's items cost."""
    return any(is_priced(item) for item in stage.items)
