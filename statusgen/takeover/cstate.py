"""cState: the systems of its configuration and the issues below ``content/issues/``.

cState checks nothing: a system has a name, and at best a link that visitors may follow. The link is
what is checked here until somebody writes a better address; a system without one is left.
Source: cState's example site, version 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from statusgen.base.clock import Instant, parse_instant
from statusgen.base.errors import InputError, Problem
from statusgen.base.ids import stable_urn
from statusgen.base.text import one_line, quote
from statusgen.incident.edit import new_id
from statusgen.incident.model import Affected, Impact, Incident, Phase, Update
from statusgen.takeover.foreign import Foreign, listed, mapping, read_bytes, read_yaml, text
from statusgen.takeover.found import Found, FoundMonitor, Ids, Written

_CONFIGS = ("config.yml", "config.yaml", "hugo.yml", "hugo.yaml", "exampleSite/config.yml")
_IMPACTS = {"down": Impact.MAJOR, "disrupted": Impact.MINOR, "notice": Impact.NONE}
_TRACK = re.compile(r"\{\{[<%]\s*track\s+[\"'“”]?(?P<when>[^\"'“”}]*?)[\"'“”]?\s*[>%]\}\}")
_LEAD = re.compile(r"\*{1,2}(?P<phase>[A-Za-z ]{3,30})\*{1,2}\s*[-–—:]?\s*")
_PHASES = {"just began": Phase.INVESTIGATING, "update": Phase.MONITORING} | {
    "post-mortem": Phase.POSTMORTEM,
    "in progress": Phase.IDENTIFIED,
}
_FRONT = re.compile(r"\A\ufeff?---\s*\n(?P<front>.*?)\n---\s*(?:\n|\Z)(?P<body>.*)\Z", re.DOTALL)


def read_cstate(folder: Path) -> Found:
    """Read a cState site. Raises InputError where the folder is none."""
    config = next((folder / name for name in _CONFIGS if (folder / name).is_file()), None)
    if config is None:
        fix = f"name the folder that holds {_CONFIGS[0]}"
        raise InputError([Problem("is no site of cState", fix, str(folder))])
    reader = _Reader()
    reader.config(read_yaml(read_bytes(config).decode("utf-8", "replace"), str(config)))
    issues = sorted((config.parent / "content" / "issues").glob("*.md"))
    for path in issues:
        if path.stem == "_index":  # what Hugo says of the folder itself
            continue
        reader.issue(path)
    return reader.found()


class _Reader:
    def __init__(self) -> None:
        self._ids = Ids()
        self._file = ""
        self._site: dict[str, Written] = {}
        self._by_name: dict[str, str] = {}
        self._monitors: list[FoundMonitor] = []
        self._groups: list[str] = []
        self._incidents: list[Incident] = []
        self._left: list[Problem] = []

    def found(self) -> Found:
        return Found(
            tool="cState",
            site=self._site,
            monitors=self._monitors,
            groups=self._groups,
            incidents=self._incidents,
            file=self._file,
            left=self._left,
        )

    def config(self, file: Foreign) -> None:
        self._file = file.file
        data = mapping(file.data)
        params = mapping(data.get("params"))
        for key, value in (("name", data.get("title")), ("description", params.get("description"))):
            if text(value):
                self._site[key] = one_line(text(value))
        if (address := text(data.get("baseURL"))) and not address.endswith("example.com"):
            self._site["url"] = address
        for category in map(mapping, listed(params.get("categories"))):
            if name := one_line(text(category.get("name"))):
                self._groups.append(name)
        for system in listed(params.get("systems")):
            self._system(mapping(system), file, file.line(system))
        if not self._by_name:
            fix = "cState's configuration has them under params.systems"
            raise InputError([Problem("names no system", fix, file.file)])

    def _system(self, system: Mapping[str, Any], file: Foreign, line: int) -> None:
        name, link = one_line(text(system.get("name"))), text(system.get("link"))
        if not name:
            return
        told = quote(name, 60)
        if not re.match(r"https?://[^/\s]", link):
            self._by_name[name] = ""
            fix = f"add a monitor of that name, with id: {self._ids.of(name)}"
            problem = Problem(
                f"not taken over: the system {told} has no link to check", fix, file.file, line
            )
            self._left.append(problem)
            return
        identifier = self._ids.of(name)
        self._by_name[name] = identifier
        monitor = FoundMonitor(
            id=identifier,
            name=name,
            url=link,
            link=link,
            group=one_line(text(system.get("category"))),
            description=text(system.get("description")),
            line=line,
        )
        self._monitors.append(monitor)

    def issue(self, path: Path) -> None:
        content = read_bytes(path).decode("utf-8", "replace").replace("\r\n", "\n")
        parts = _FRONT.match(content)
        file = str(path)
        if parts is None:
            self._leave("it has no front matter in YAML", file)
            return
        try:
            front = mapping(read_yaml(parts["front"], file).data)
        except InputError as error:
            self._left += error.problems
            return
        title = one_line(text(front.get("title"))) or path.stem
        began = _moment(text(front.get("date")))
        if began is None:
            self._leave("its date is not understood", file)
            return
        # What only informs is over when it was said: cState does not count it among the open ones.
        over = _yes(front.get("resolved")) or _yes(front.get("informational"))
        ended = _moment(text(front.get("resolvedWhen"))) if over else None
        updates = sorted(_updates(parts["body"], began), key=lambda update: update.at)
        if over and not any(u.phase is Phase.RESOLVED for u in updates):
            last = max([began, *(update.at for update in updates)])
            updates.append(Update(at=ended or last, phase=Phase.RESOLVED, body="Resolved."))
            updates.sort(key=lambda update: update.at)
        resolved = next((u.at for u in reversed(updates) if u.phase is Phase.RESOLVED), None)
        if not over:
            resolved = None
        named = [one_line(text(each)) for each in listed(front.get("affected"))]
        lost = [name for name in named if not self._by_name.get(name)]
        if lost and updates:
            first = updates[0]
            body = f"{first.body}\n\nAffected: {', '.join(lost)}".strip()
            updates[0] = Update(at=first.at, phase=first.phase, body=body)
        identifier = new_id(title, began, {known.id for known in self._incidents})
        severity = text(front.get("severity"))
        incident = Incident(
            id=identifier,
            uid=stable_urn("incident", identifier),
            title=title,
            impact=_IMPACTS.get(severity, Impact.NONE),
            started=min([began, *(update.at for update in updates)]),
            resolved=resolved,
            affected=tuple(
                Affected(component=self._by_name[name], start=began, end=resolved)
                for name in dict.fromkeys(named)
                if self._by_name.get(name)
            ),
            updates=tuple(_once(updates)),
            pin=_yes(front.get("pin")),
        )
        self._incidents.append(incident)

    def _leave(self, why: str, file: str) -> None:
        self._left.append(Problem(f"not taken over: {why}", "", file))


def _updates(body: str, began: Instant) -> Iterator[Update]:
    """Yield what a text tells by its paragraphs; one without a phase goes to the one before."""
    entries: list[tuple[Phase, str, Instant | None]] = []
    for paragraph in re.split(r"\n\s*\n", body.strip()):
        lead = _LEAD.match(paragraph.strip())
        phase = _phase(lead["phase"]) if lead else None
        track = _TRACK.search(paragraph)
        kept = _TRACK.sub("", paragraph[lead.end() :] if lead and phase else paragraph).strip()
        if phase is None and entries:
            before = entries[-1]
            at = before[2] if before[2] is not None or track is None else _moment(track["when"])
            entries[-1] = (before[0], f"{before[1]}\n\n{kept}".strip(), at)
        elif phase is not None or kept:
            at = _moment(track["when"]) if track else None
            entries.append((phase or Phase.INVESTIGATING, kept, at))
    for phase, kept, at in entries:
        yield Update(at=began if at is None else at, phase=phase, body=kept)


def _once(updates: list[Update]) -> Iterator[Update]:
    """Yield updates, none at the same second as another."""
    last = None
    for update in updates:
        at = update.at if last is None else max(update.at, last + 1)
        last = at
        yield Update(at=at, phase=update.phase, body=update.body)


def _phase(word: str) -> Phase | None:
    word = word.strip().lower()
    if word in _PHASES:
        return _PHASES[word]
    return Phase(word) if word in set(Phase) else None


def _moment(value: str) -> Instant | None:
    """Read a time as Hugo does: UTC where no zone stands there."""
    value = value.strip()
    try:
        return parse_instant(value)
    except ValueError:
        pass
    try:
        parsed = datetime.fromisoformat(value.replace(" UTC", "+00:00"))
    except ValueError:
        return None
    made = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    return int(made.timestamp())


def _yes(value: object) -> bool:
    return text(value).lower() in ("true", "yes", "on")
