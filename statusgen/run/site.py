"""Everything that a site knows, each part imported and loaded once, when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from statusgen.base import clock
from statusgen.base.clock import Instant
from statusgen.base.counting import Counting
from statusgen.base.errors import InputError, Problem
from statusgen.config.reader import find_config, load
from statusgen.config.settings import Settings
from statusgen.history.store import HistoryStore
from statusgen.incident import INCIDENTS, MAINTENANCE
from statusgen.probe.kinds import KINDS
from statusgen.run.places import HISTORY, Places

if TYPE_CHECKING:
    from statusgen.gates.deploys import Deploy
    from statusgen.gates.series import Series
    from statusgen.history.daylog import Rounds
    from statusgen.history.timeline import Timeline
    from statusgen.incident.files import Lately, LoadedIncidents
    from statusgen.incident.window import Schedule
    from statusgen.incident.windowfiles import LoadedWindows
    from statusgen.roadmap.invoice import Invoices
    from statusgen.roadmap.loader import LoadedRoadmaps
    from statusgen.roadmap.model import Wizard
    from statusgen.run.dress import Dress
    from statusgen.run.pictures import OwnFiles
    from statusgen.status.compute import Maintenance
    from statusgen.status.intervals import Interval
    from statusgen.status.snapshot import Snapshot
    from statusgen.wizard.loader import Asked


@dataclass(frozen=True)
class Site:
    """A repository, seen from an instant.

    Nothing is read before it is asked for, and nothing twice: what changed is a new ``Site``. Parts
    raise InputError for what people wrote (all faults of that part at once), OutsideError where the
    disk refuses; they tell the problems of single files, so that one broken file hides no other.
    """

    root: Path = Path()
    config: Path | None = None
    """None: ``data/status.yml``, else ``.upptimerc.yml``."""
    history: Path = HISTORY
    given_now: Instant | None = None
    """None: the instant of the newest round."""
    given_content: Path | None = None
    """None: as ``mkdocs.yml`` says, else ``content/``."""

    @cached_property
    def places(self) -> Places:
        """Where things lie."""
        return Places(self.root, self.root / self.history, self.given_content)

    @cached_property
    def settings(self) -> Settings:
        """The configuration."""
        return load(self.root / self.config if self.config else find_config(self.root), KINDS)

    @cached_property
    def store(self) -> HistoryStore:
        """The recorded rounds."""
        return HistoryStore(self.places.history)

    @cached_property
    def now(self) -> Instant:
        """The present: the one given, else the newest round's, else the newest word of an incident.

        Never later than the clock: a round of next year, stamped by a wrong clock, would freeze the
        page until that year comes. 0 where nothing was measured and nothing told.
        """
        if self.given_now is not None:
            return self.given_now
        latest = clock.now()
        newest = self.store.latest(now=latest)
        if newest is not None:
            return min(newest.at, latest)
        told = (update.at for each in self.incidents.incidents for update in each.updates)
        return min(max(told, default=0), latest)

    @property
    def today(self) -> date | None:
        """The day of the present in the site's zone; None before the first round."""
        return self.day(self.now) if self.now else None

    def day(self, moment: Instant) -> date:
        """Return the day of a moment in the site's time zone."""
        return datetime.fromtimestamp(moment, self.settings.site.timezone).date()

    @cached_property
    def cadences(self) -> dict[str, int]:
        """Monitor id → seconds between its checks as configured."""
        return {monitor.id: monitor.cadence for monitor in self.settings.monitors}

    @cached_property
    def component_ids(self) -> tuple[str, ...]:
        """The ids that incidents and roadmaps may name, in the order shown."""
        return tuple(component.id for component in self.settings.components)

    @property
    def component_names(self) -> Mapping[str, str]:
        """The ids by the names that visitors see."""
        return {component.name: component.id for component in self.settings.components}

    @cached_property
    def timeline(self) -> Timeline:
        """What was recorded, as segments of each monitor."""
        from statusgen.history.timeline import load_timeline

        return load_timeline(
            self.places.history,
            now=self.now,
            cadences=self.cadences,
            max_gap=self.settings.history.max_gap,
            aliases=self.settings.aliases,
        )

    @cached_property
    def rounds(self) -> Rounds:
        """The kept rounds, each with the line that holds it."""
        from statusgen.history.daylog import Rounds

        return Rounds(self.places.history, self.now, self.settings.aliases)

    @cached_property
    def snapshot(self) -> Snapshot:
        """The measured facts."""
        from statusgen.status.compute import take_snapshot

        return take_snapshot(self.settings, self.timeline, maintenance=self.maintenance)

    @cached_property
    def maintenance(self) -> Maintenance:
        """What the windows are to the measured facts, as far back as pages look."""
        from statusgen.status.compute import Maintenance

        if not self.windows.windows:
            return Maintenance()
        since = self.now - 400 * clock.DAY
        return Maintenance(
            windows=self.schedule.by_component(since),
            excluded=self.schedule.by_component(since, (Counting.EXCLUDE,)),
            present=self.schedule.components_now,
        )

    @cached_property
    def incidents(self) -> LoadedIncidents:
        """Incidents by people and by checks, joined."""
        from statusgen.incident.files import load_incidents
        from statusgen.incident.names import named_now

        aliases = self.settings.aliases
        loaded = load_incidents(
            self.places.content,
            self.places.history,
            components=[*self.component_ids, *aliases],
            zone=self.settings.site.timezone,
            now=self.wall_clock,
            names=self.component_names,
        )
        return replace(loaded, incidents=named_now(loaded.incidents, aliases))

    @cached_property
    def windows(self) -> LoadedWindows:
        """Maintenance windows."""
        from statusgen.incident.lints import Desk
        from statusgen.incident.windowfiles import load_windows

        zone, content = self.settings.site.timezone, self.places.content
        desk = Desk(zone, self.component_ids, self.wall_clock, content, self.component_names)
        counting = self.settings.history.maintenance
        return load_windows(content, self.places.history, desk=desk, counting=counting)

    @cached_property
    def schedule(self) -> Schedule:
        """The maintenance windows as they stand now."""
        from statusgen.incident.window import Schedule

        return Schedule(self.windows.windows, self.now)

    @cached_property
    def has_windows(self) -> bool:
        """Whether there may be maintenance windows at all."""
        folders = (self.places.content / MAINTENANCE, self.places.history / MAINTENANCE)
        return any(folder.is_dir() for folder in folders)

    @property
    def has_incidents(self) -> bool:
        """Whether there may be incidents at all."""
        folders = (self.places.content / INCIDENTS, self.places.history / INCIDENTS)
        return any(folder.is_dir() for folder in folders)

    def lately(self, since: Instant) -> Lately:
        """Read the incidents that may tell of something since then; anew, as checks change them."""
        from statusgen.incident.files import Lately, load_lately
        from statusgen.incident.names import named_now

        zone, aliases = self.settings.site.timezone, self.settings.aliases
        found = load_lately(self.places.content, self.places.history, zone=zone, since=since)
        return Lately(
            people=named_now(found.people, aliases), joined=named_now(found.joined, aliases)
        )

    def quiet(self, start: Instant, now: Instant) -> Mapping[str, Sequence[Interval]]:
        """Return, by component, the maintenance since ``start``, in which no failure is news."""
        if not self.has_windows:
            return {}  # the rules of windows need not even be imported
        from statusgen.incident.window import Schedule

        return Schedule(self.windows.windows, now).by_component(start)

    @property
    def wall_clock(self) -> Instant:
        """What no person's words can lie ahead of: not the newest round's, they may know more."""
        return clock.now() if self.given_now is None else self.given_now

    @cached_property
    def roadmaps(self) -> LoadedRoadmaps:
        """The roadmaps, and what is wrong with their files."""
        from statusgen.roadmap.loader import load_roadmaps
        from statusgen.run.places import ROADMAPS

        return load_roadmaps(self.places.roadmaps, str(ROADMAPS))

    @cached_property
    def invoices(self) -> Mapping[str, Invoices]:
        """What was billed, by roadmap; what belongs to none is a problem under an empty name."""
        from statusgen.roadmap import invoice

        return invoice.all_invoices(self.places.invoices, self.roadmaps.roadmaps, self.root)

    @property
    def wizard(self) -> tuple[Wizard | None, Sequence[Problem]]:
        """The data of ``data/wizard.yml`` where there is any, and what is wrong with wizards."""
        found, problems = self.wizards
        main = str(self.places.wizard)
        return next((one.wizard for path, one in found if path == main), None), problems

    @cached_property
    def wizards(self) -> tuple[Sequence[tuple[str, Asked]], Sequence[Problem]]:
        """The wizards that can be asked, by their files, and what is wrong with the others."""
        from statusgen.wizard.loader import load_asked

        found: list[tuple[str, Asked]] = []
        problems: list[Problem] = []
        for path in self.places.wizards:
            try:
                shown = str(path.relative_to(self.places.root))
                found.append((str(path), load_asked(path, shown)))
            except InputError as error:
                problems += error.problems
        return found, problems

    @cached_property
    def series(self) -> tuple[Mapping[str, Series], Sequence[Problem]]:
        """The figures that checks do not measure, and what is wrong with their files."""
        from statusgen.gates.files import read_series

        return read_series(self.root, self.settings.site.timezone)

    @cached_property
    def deploys(self) -> tuple[Sequence[Deploy], Sequence[Problem]]:
        """The deployments that the repository tells of, and what is wrong with their file."""
        from statusgen.gates.deploys import read_deploys

        return read_deploys(self.root, self.settings.site.timezone, self.component_ids)

    @cached_property
    def own_files(self) -> OwnFiles:
        """Pictures and other files that are published as they are."""
        from statusgen.run.pictures import own_files

        return own_files(self.places, self.settings)

    @cached_property
    def dress(self) -> Dress:
        """The owner's own style sheets and HTML."""
        from statusgen.run.dress import dress

        return dress(self.places, self.settings)

    @property
    def _own_faults(self) -> tuple[Problem, ...]:
        """What the configuration names of the owner's own and cannot be published."""
        return (*self.own_files.faults, *self.dress.faults)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files that people wrote, the configuration's own faults aside."""
        return (
            *self.incidents.problems,
            *self.roadmaps.problems,
            *self.wizard[1],
            *self.windows.problems,
            *self.series[1],
            *self.deploys[1],
            *(problem for each in self.invoices.values() for problem in each.problems),
            *self.unknown_limitations,
            *self.unknown_components,
            *self._strays,
            *self.two_addresses,
            *(() if self.settings.site.assets else self._own_faults),
        )

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is doubtful: in the configuration, in people's files, in what was recorded."""
        return (
            *self.settings.warnings,
            *(self._own_faults if self.settings.site.assets else ()),
            *self.own_files.warnings,
            *self.dress.doubts,
            *self.incidents.warnings,
            *self.windows.warnings,
            *self.rounds_ahead,
            *self.renamed,
            *self.old_form,
            *self._unasked,
        )

    @cached_property
    def renamed(self) -> tuple[Problem, ...]:
        """Monitors that seem to have got another id, without their history."""
        from statusgen.run.renamed import renamed

        return tuple(renamed(self.settings, self.places.history, self.wall_clock))

    @property
    def _unasked(self) -> Sequence[Problem]:
        from statusgen.gates.files import unasked

        return unasked(self.series[0], self.roadmaps.roadmaps)

    @cached_property
    def old_form(self) -> tuple[Problem, ...]:
        """The form for a phone, where it offers other components than the configuration has."""
        from statusgen.run.choices import FORM, inputs_for, out_of_date

        path = self.root / FORM
        stale = out_of_date(path, inputs_for(self.settings)) if path.is_file() else None
        return () if stale is None else (stale,)

    @cached_property
    def rounds_ahead(self) -> tuple[Problem, ...]:
        """Rounds that a clock which ran ahead has stamped; they are left out of every figure."""
        from statusgen.history.ahead import rounds_ahead

        return tuple(
            Problem(
                f"{len(each.faults)} rounds are stamped more than 5 minutes after now, by a clock "
                "that ran ahead; they are left out of every figure",
                "take them out with: statusgen history repair",
                str(self.places.history / each.file),
                each.faults[0].line,
            )
            for each in rounds_ahead(self.places.history, self.wall_clock)
        )

    @cached_property
    def unknown_components(self) -> tuple[Problem, ...]:
        """References of roadmaps to components that the configuration lacks."""
        from statusgen.run.cited import unknown_components

        return tuple(unknown_components(self.roadmaps.roadmaps, self.component_ids))

    @cached_property
    def unknown_limitations(self) -> tuple[Problem, ...]:
        """References of incidents to weaknesses that no roadmap lists."""
        from statusgen.run.cited import unknown_limitations

        tagged = [each for each in self.incidents.incidents if each.limitations]
        return tuple(unknown_limitations(tagged, self.roadmaps.roadmaps)) if tagged else ()

    @cached_property
    def two_addresses(self) -> tuple[Problem, ...]:
        """The site's address, where ``mkdocs.yml`` and the configuration each say another."""
        from statusgen.run.addresses import two_addresses

        return two_addresses(self.places, self.settings)

    @cached_property
    def _strays(self) -> tuple[Problem, ...]:
        from statusgen.run import strays

        return tuple(strays.strays(self.places))


def site_now(config: Path | None, history: Path, now: Instant | None = None) -> Site:
    """Return the site in the working folder, seen from ``now`` or from the clock."""
    return Site(config=config, history=history, given_now=clock.now() if now is None else now)
