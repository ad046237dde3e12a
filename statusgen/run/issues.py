"""Incidents and GitHub's issues brought together, after the push: what is told there stands here.

1. Issues that plan maintenance become files below ``<history>/maintenance/``.
2. Incidents are told as issues; what people commented becomes updates, stored before anything else.
3. What is remembered of GitHub is written last: an older memory only asks more.

A run that is killed anywhere leaves nothing told twice and nothing lost. What changed here is for
the next push.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from statusgen.base import clock
from statusgen.base.clock import Instant, format_instant
from statusgen.base.errors import OutsideError
from statusgen.base.ids import stable_urn
from statusgen.base.text import one_line
from statusgen.github import state
from statusgen.github.api import API, Api, GitHubError, WaitError
from statusgen.github.maintenance import Maintenance, Planned, known_names
from statusgen.github.people import People
from statusgen.github.sync import GONE, Heard, Sync, Told
from statusgen.incident import MAINTENANCE
from statusgen.incident.comments import (
    Comment,
    add_comments,
    read_comments,
    said_phase,
    said_window_phase,
)
from statusgen.incident.folder import write_file
from statusgen.incident.model import Incident, Update
from statusgen.incident.recurrence import Recurrence
from statusgen.incident.window import Window, WindowPhase, WindowUpdate
from statusgen.incident.windowfile import window_markdown
from statusgen.run.record import despite_mkdocs
from statusgen.run.site import Site
from statusgen.words import Words

_STATE = "state.json"
_RECENT = 2 * clock.DAY
_LABELS = 10
_LABEL_LENGTH = 50
_PREFIX = "github-issue-"
_UTC = ZoneInfo("UTC")
_OVER = (WindowPhase.COMPLETED, WindowPhase.CANCELLED)


@dataclass(slots=True)
class Synced:
    """What a run did."""

    wrote: int = 0
    """Issues and comments that were written or changed."""
    comments: int = 0
    """Comments that became updates, or whose update changed."""
    windows: int = 0
    """Files of windows that were written."""
    problems: list[str] = field(default_factory=list)
    """What did not work, redacted."""

    @property
    def changed_history(self) -> bool:
        """Whether there is something to push that visitors see."""
        return bool(self.comments or self.windows)


def wanted(site: Site) -> bool:
    """Whether the operator asked for issues."""
    return site.settings.github.issues


def sync_issues(
    site: Site,
    environ: Mapping[str, str],
    *,
    now: Callable[[], Instant] = clock.now,
    pause: float = 1.0,
) -> Synced:
    """Bring both together. Never raises for what GitHub does; raises where the disk refuses."""
    done = Synced()
    options = site.settings.github
    repository = options.repository or environ.get("GITHUB_REPOSITORY", "")
    token = environ.get("GITHUB_TOKEN", "")
    if not token or not repository:
        name = "GITHUB_REPOSITORY" if token else "GITHUB_TOKEN"
        done.problems.append(f"issues are not told: ${name} is not set where this ran")
        return done
    path = site.places.history / "github" / _STATE
    remembered = state.load(path)
    if remembered.wait_until > now():
        return done
    try:
        base = environ.get("GITHUB_API_URL") or API
        api = Api(repository=repository, token=token, base=base, now=now, pause=pause)
        _Run(replace(despite_mkdocs(site)[0]), api, remembered, done).run()
    except WaitError as error:
        remembered.wait_until = error.until
        if error.until > now():
            until = format_instant(error.until)
            done.problems.append(f"{error}: issues wait until {until}")
    except GitHubError as error:
        done.problems.append(str(error))
    state.save(path, remembered)
    return done


@dataclass(slots=True)
class _Run:
    site: Site
    api: Api
    remembered: state.Remembered
    done: Synced

    def run(self) -> None:
        before = self.api.writes
        people = People(api=self.api, problems=self.done.problems)
        try:
            if self.site.settings.github.maintenance:
                self._maintenance(people)
            self._incidents(people)
        finally:
            self.done.wrote = before - self.api.writes

    def _incidents(self, people: People) -> None:
        options = self.site.settings.github
        since = self.api.now() - _RECENT
        sync = Sync(
            api=self.api,
            remembered=self.remembered,
            label=options.label,
            hear=self._heard,
            heard=_stored(self.site),
            find=self._find,
            people=people,
            comments=options.comments,
            problems=self.done.problems,
        )
        sync.run(self._told(self.site.lately(since).joined))

    def _find(self, uids: Collection[str]) -> Sequence[Told]:
        found = [each for each in self.site.incidents.incidents if each.uid in uids]
        return list(self._told(found))

    def _told(self, incidents: Iterable[Incident]) -> Iterable[Told]:
        return [told(each, self.site) for each in incidents]

    def _heard(self, heard: Sequence[Heard]) -> None:
        """Store comments, each behind all that its incident told before."""
        last = {
            each.uid: max((update.at for update in each.updates), default=each.started)
            for each in self.site.lately(0).joined
        }
        comments = []
        for each in heard:
            phase, body = said_phase(each.body)
            at = max(each.at, last.get(each.uid, 0) + 1)
            last[each.uid] = at
            comments.append(
                Comment(
                    comment=each.comment,
                    incident=each.uid,
                    at=at,
                    edited=each.edited,
                    by=each.login,
                    phase=phase,
                    body=body,
                )
            )
        add_comments(self.site.places.history, comments)
        self.done.comments += len(comments)

    def _maintenance(self, people: People) -> None:
        maintenance = Maintenance(
            api=self.api,
            remembered=self.remembered,
            label="maintenance",
            people=people,
            problems=self.done.problems,
        )
        windows = {}
        before = dict(self.remembered.windows), dict(self.remembered.etags)
        try:
            for plan in maintenance.run():
                self._window(plan)
        except OutsideError:
            # What could not be written is asked for again.
            self.remembered.windows, self.remembered.etags = before
            raise
        if any(not over for over in self.remembered.windows.values()):
            windows = {
                int(each.id.removeprefix(_PREFIX)): each.first.end
                for each in replace(self.site).windows.windows  # as they stand now
                if each.id.startswith(_PREFIX) and each.id.removeprefix(_PREFIX).isdigit()
            }
        maintenance.close_past(windows)

    def _window(self, plan: Planned) -> None:
        site = self.site
        names = known_names(plan, [*site.component_ids, *site.settings.aliases], self.done.problems)
        window = window_of(plan, names, site)
        folder = site.places.history / MAINTENANCE
        text = window_markdown(window)
        there = folder / f"{window.id}.md"
        try:
            same = there.read_text(encoding="utf-8") == text
        except (OSError, ValueError):
            same = False
        if not same:
            write_file(window.id, text, folder)
            self.done.windows += 1


def _stored(site: Site) -> dict[str, dict[int, Instant]]:
    return {
        uid: {each.comment: each.edited if each.body else GONE for each in comments}
        for uid, comments in read_comments(site.places.history).items()
    }


def told(incident: Incident, site: Site) -> Told:
    """Put an incident into the words of an issue."""
    words = Words.of()
    own = [update for update in incident.updates if update.comment is None]
    names = {component.id: component.name for component in site.settings.components}
    affected = [names.get(each.component, each.component) for each in incident.affected]
    lines = [f"- {one_line(name, 100)}" for name in dict.fromkeys(affected)]
    link = f"{site.settings.site.url}incidents/{incident.id}/" if site.settings.site.url else ""
    first = _worded(own[0], words) if own else ""
    ends = [end for end in (incident.resolved, incident.withdrawn) if end is not None]
    ids = dict.fromkeys(each.component for each in incident.affected)
    labels = [name for name in ids if len(name) <= _LABEL_LENGTH and "," not in name]
    return Told(
        uid=incident.uid,
        started=incident.started,
        title=one_line(incident.title, 256),
        body="\n\n".join(part for part in (first, "\n".join(lines), link) if part),
        updates=tuple(_worded(each, words) for each in own[1:]),
        over=None if incident.open else max(ends, default=incident.started),
        withdrawn=incident.withdrawn is not None,
        labels=(site.settings.github.label, *labels[:_LABELS]),
    )


def _worded(update: Update, words: Words) -> str:
    phase = words.say(f"phases.{update.phase}")
    return f"**{phase}** · {format_instant(update.at)}\n\n{update.body}"


def window_of(plan: Planned, names: Sequence[str], site: Site) -> Window:
    """Make the window that an issue plans; the same issue gives the same window."""
    identifier = f"{_PREFIX}{plan.number}"
    updates: list[WindowUpdate] = []
    for at, text in plan.said:
        phase, body = said_window_phase(text)
        after = max(at, updates[-1].at + 1) if updates else at
        updates.append(WindowUpdate(at=after, phase=phase or WindowPhase.SCHEDULED, body=body))
    if plan.ended is not None and not any(each.phase in _OVER for each in updates):
        early = plan.ended <= plan.start
        phase = WindowPhase.CANCELLED if early else WindowPhase.COMPLETED
        last = max([plan.ended, *(each.at + 1 for each in updates)])
        updates.append(WindowUpdate(at=last, phase=phase, body=""))
    begins = clock.to_datetime(plan.start).replace(tzinfo=None)
    return Window(
        id=identifier,
        uid=stable_urn("maintenance", identifier),
        title=plan.title,
        components=tuple(names),
        when=Recurrence(begins, plan.end - plan.start, _UTC),
        uptime=site.settings.history.maintenance,
        updates=tuple(updates),
        about=plan.about,
    )
