"""Incidents told as issues, and people's comments read back: each once, whenever a run is killed.

GitHub knows no key by which it would take a write once. So before anything is written it is looked
for: an issue by the mark in its words, a comment by its own. What is remembered between runs only
saves these questions. A person who closes, renames or relabels an issue is not contradicted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from statusgen.base.clock import DAY, HOUR, Instant, format_instant
from statusgen.github.api import Api, GitHubError
from statusgen.github.issue import Said, comment, digest_of, issue, with_mark
from statusgen.github.people import People
from statusgen.github.state import Known, Remembered

_HEARD_AFTER = 14 * DAY
"""How long after its end comments on an incident are read: a postmortem takes days."""
_TITLE = 256
GONE = -1
"""Instead of a moment: the comment was deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An incident as an issue is to tell it; texts are finished Markdown."""

    uid: str
    started: Instant
    title: str
    body: str
    updates: tuple[str, ...]
    """Those behind the first that did not come from a comment, oldest first."""
    over: Instant | None
    """When it ended; None while it lasts."""
    withdrawn: bool = False
    labels: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it lasts."""
        return self.over is None


@dataclass(frozen=True, slots=True)
class Heard:
    """A comment by somebody who may write to the repository, new or with other words than before.

    ``body`` is empty where it was deleted.
    """

    comment: int
    uid: str
    login: str
    at: Instant
    edited: Instant
    body: str


@dataclass(slots=True, kw_only=True)
class Sync:
    """One run over a repository's issues."""

    api: Api
    remembered: Remembered
    label: str
    hear: Callable[[Sequence[Heard]], None]
    """Stores what was heard, for good, before anything else happens."""
    heard: dict[str, dict[int, Instant]] = field(default_factory=dict)
    """Incident's uid → comment → when those of its words were written that are stored, or GONE."""
    find: Callable[[Collection[str]], Sequence[Told]]
    """Return the incidents of these uids, for issues of ours that nothing remembers."""
    people: People
    comments: bool = True
    problems: list[str]

    def run(self, incidents: Iterable[Told]) -> None:
        """Tell and hear what is to be told and heard. Raises GitHubError where it cannot go on."""
        mine = {each.uid: each for each in incidents}
        if not self.remembered.since:
            self.remembered.since = self.api.now()
        self._look(list(mine.values()))
        others = self.remembered.issues.keys() - mine.keys()
        mine |= {each.uid: each for each in self.find(others)} if others else {}
        for told in sorted(mine.values(), key=lambda each: (each.started, each.uid)):
            try:
                self._one(told)
            except GitHubError as error:
                if not error.of_one:
                    raise
                self._refused(told, error)
        for gone in others - mine.keys():
            del self.remembered.issues[gone]  # of an incident that nobody knows any more

    def _one(self, told: Told) -> None:
        known = self.remembered.issues.get(told.uid)
        if known is None:
            if not told.open and told.started < self.remembered.since:
                return
            known = self._opened(told)
        if not known.done:
            self._bring(told, known)
        if told.over is not None and self.api.now() - told.over > _HEARD_AFTER:
            del self.remembered.issues[told.uid]

    def _refused(self, told: Told, error: GitHubError) -> None:
        known = self.remembered.issues.get(told.uid)
        self.problems.append(f"{told.title}: {error}")
        if known is not None and error.status in (404, 410):
            known.done = True  # a person deleted or moved it: it is not written again

    def _look(self, mine: Sequence[Told]) -> None:
        """Find issues of ours that are not remembered: open ones, and any of what is to be told."""
        query = {"labels": self.label, "state": "open"}
        etag = self.remembered.etags.get("issues", "")
        listing = self.api.listing("/issues", etag, **query)
        self._adopt(listing.items, mine)
        new = [each for each in mine if each.uid not in self.remembered.issues]
        wanted = [each for each in new if each.open or each.started >= self.remembered.since]
        if wanted:
            since = format_instant(min(each.started for each in wanted) - HOUR)
            older = self.api.listing("/issues", state="all", since=since)
            self._adopt(older.items, mine)
            if not older.whole:
                # An issue may be among those not read: writing it again would be worse than late.
                raise GitHubError("there are too many issues to find ours among them")
        if not listing.unchanged:
            self.remembered.etags["issues"] = listing.etag

    def _adopt(self, items: Iterable[Mapping[str, object]], mine: Sequence[Told]) -> None:
        lasting = {each.uid for each in mine if each.open}
        for each in items:
            found = issue(each)
            mark = found.mark if found is not None else None
            if found is None or mark is None or mark.part != "issue":
                continue
            earlier = self.remembered.issues.get(mark.uid)
            if earlier is None or found.number < earlier.number:
                # What a person closed while the incident lasts is not opened again.
                closed = not found.open and mark.uid not in lasting
                known = Known(found.number, digest=mark.digest, closed=closed)
                self.remembered.issues[mark.uid] = known

    def _opened(self, told: Told) -> Known:
        digest = digest_of(told.title, told.body)
        document = {
            "title": told.title[:_TITLE],
            "body": with_mark(told.body, told.uid, "issue", digest),
            "labels": list(told.labels),
        }
        made = issue(self.api.write("POST", "/issues", document))
        if made is None:
            raise GitHubError("GitHub took an issue and does not say which")
        known = self.remembered.issues[told.uid] = Known(made.number, digest)
        if self.label.casefold() not in made.labels:
            self.problems.append(f"issue #{made.number} got no label {self.label!r}")
            return known
        return self._first(told, known)

    def _first(self, told: Told, mine: Known) -> Known:
        """Give way to an issue that another run opened at the same moment: the older one stays."""
        listing = self.api.listing("/issues", labels=self.label, state="open")
        found = [one for each in listing.items if (one := issue(each)) is not None]
        same = [one for one in found if one.mark and one.mark.uid == told.uid]
        older = min((one for one in same), key=lambda one: one.number, default=None)
        if older is None or older.number >= mine.number:
            return mine
        self._change(mine, {"state": "closed", "state_reason": "not_planned"})
        first = self.remembered.issues[told.uid] = Known(older.number)
        first.digest = older.mark.digest if older.mark else ""
        return first

    def _bring(self, told: Told, known: Known) -> None:
        """Bring one issue to where its incident is."""
        self._read(told, known)
        digest = digest_of(told.title, told.body)
        if known.digest != digest:
            body = with_mark(told.body, told.uid, "issue", digest)
            self._change(known, {"title": told.title[:_TITLE], "body": body})
            known.digest = digest
        for number, text in enumerate(told.updates, start=2):
            self._comment(told.uid, known, str(number), text)
        if known.closed == told.open:
            closing = {"state_reason": "not_planned" if told.withdrawn else "completed"}
            state = {"state": "open"} if told.open else {"state": "closed", **closing}
            self._change(known, state)
            known.closed = not told.open

    def _change(self, known: Known, document: Mapping[str, object]) -> None:
        self.api.write("PATCH", f"/issues/{known.number}", document)

    def _comment(self, uid: str, known: Known, part: str, text: str) -> None:
        digest = digest_of(text)
        there = known.told.get(part)
        if there is not None and there[1] == digest:
            return
        document = {"body": with_mark(text, uid, part, digest)}
        if there is None:
            made = comment(self.api.write("POST", f"/issues/{known.number}/comments", document))
            if made is None:
                raise GitHubError("GitHub took a comment and does not say which")
            known.told[part] = (made.number, digest)
        else:
            self.api.write("PATCH", f"/issues/comments/{there[0]}", document)
            known.told[part] = (there[0], digest)

    def _read(self, told: Told, known: Known) -> None:
        """Read the comments where any changed: our own, and those of people."""
        listing = self.api.listing(f"/issues/{known.number}/comments", known.etag)
        if listing.unchanged:
            return
        said = [found for each in listing.items if (found := comment(each)) is not None]
        self._recognise(told, known, said)
        if self.comments:
            self._hear(told.uid, said, whole=listing.whole)
        known.etag = "" if self.people.unsure else listing.etag

    def _recognise(self, told: Told, known: Known, said: Sequence[Said]) -> None:
        """Know our own comments again; of one that two runs wrote at one moment the older stays."""
        for each in sorted(said, key=lambda one: one.number):
            mark = each.mark
            if mark is None or mark.uid != told.uid:
                continue
            first = known.told.setdefault(mark.part, (each.number, mark.digest))
            if first[0] < each.number:
                self.api.delete(f"/issues/comments/{each.number}")
            elif first[0] > each.number:
                known.told[mark.part] = (each.number, mark.digest)
                if any(one.number == first[0] for one in said):
                    self.api.delete(f"/issues/comments/{first[0]}")

    def _hear(self, uid: str, said: Sequence[Said], *, whole: bool) -> None:
        stored = self.heard.setdefault(uid, {})
        news = [
            Heard(each.number, uid, each.login, each.created, each.updated, each.body)
            for each in said
            if not each.bot and each.mark is None and each.close
            if stored.get(each.number) != each.updated and each.body.strip()
            if self.people.may_write(each.login)
        ]
        there = {each.number for each in said}
        if whole:
            now = self.api.now()
            news += [
                Heard(gone, uid, "", 0, now, "")
                for gone, edited in stored.items()
                if gone not in there and edited != GONE
            ]
        if news:
            self.hear(news)
            stored.update({each.comment: each.edited if each.body else GONE for each in news})
