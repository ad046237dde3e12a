"""What a proposed change does: monitors, their history, components, costs; for who reviews it."""

from __future__ import annotations

import io
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from statusgen.base import clock
from statusgen.base.errors import InputError, OutsideError
from statusgen.base.text import one_line
from statusgen.config.settings import Settings
from statusgen.history.git import Git
from statusgen.history.newest import newest_checks
from statusgen.run.site import Site

_BACK = 400 * clock.DAY


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that becomes another."""

    what: str
    name: str
    """Of a monitor, a component, a roadmap: as somebody wrote it, so not to be trusted."""
    told: str


@contextmanager
def site_at(ref: str, history: Path, option: str = "--against") -> Iterator[Site]:
    """Check out what ``ref`` holds into a folder of its own, for as long as the block lasts.

    Raises InputError where there is no such commit; ``option`` is what named it.
    """
    git = Git(Path())
    answer = git.ask("rev-parse", "--quiet", "--verify", "--end-of-options", f"{ref}^{{commit}}")
    if not answer.ok:
        raise InputError(f"{option} {one_line(ref, 80)}: there is no such commit here")
    archive = git.ask("archive", "--format=tar", answer.text.strip())
    if not archive.ok:
        raise OutsideError(f"git archive failed: {archive.said}")
    with tempfile.TemporaryDirectory() as folder:
        try:
            with tarfile.open(fileobj=io.BytesIO(archive.out)) as tar:
                tar.extractall(folder, filter="data")  # no link leads out of the folder
        except (tarfile.TarError, OSError) as error:
            told = one_line(str(error), 160)
            raise OutsideError(f"{one_line(ref, 80)} cannot be laid out: {told}") from None
        yield Site(root=Path(folder), history=history.absolute())


def changes(before: Site, after: Site) -> list[Change]:
    """Return what differs, the configuration first. Raises InputError where one cannot be read."""
    found = [*_of_monitors(before.settings, after.settings, _recorded(after))]
    found += _of_components(before.settings, after.settings)
    found += _of_costs(before, after)
    return found


def _recorded(site: Site) -> set[str] | None:
    """Return the monitors that have a recorded past; None where no history is here."""
    now = clock.now()
    if site.store.latest(now=now) is None:
        return None
    return set(newest_checks(site.places.history, None, now=now, since=now - _BACK))


def _of_monitors(before: Settings, after: Settings, recorded: set[str] | None) -> Iterator[Change]:
    old = {each.id: each for each in before.monitors}
    new = {each.id: each for each in after.monitors}
    aliases = after.aliases
    for name, monitor in new.items():
        was = next((old[alias] for alias in monitor.aliases if alias in old), old.get(name))
        if was is None:
            yield Change("monitor added", name, f"{monitor.name}: its history begins now")
            continue
        if was.id != name:
            yield Change("monitor renamed", name, f"was {was.id}; its history is kept")
        if was.name != monitor.name:
            yield Change("monitor called otherwise", name, f"{was.name} → {monitor.name}")
        if was.url.text != monitor.url.text:
            yield Change("monitor checks another address", name, _KEPT)
        if was.cadence != monitor.cadence:
            told = f"every {was.cadence} s → every {monitor.cadence} s"
            yield Change("monitor checked at another pace", name, told)
    for name in old:
        if name in new or name in aliases:
            continue
        if recorded is None:
            yield Change("monitor removed", name, "what was recorded of it is not here to be seen")
        elif name in recorded:
            told = "what was recorded of it stands in the branch and on no page"
            yield Change("history orphaned", name, f"{told}; renamed? write aliases: [{name}]")
        else:
            yield Change("monitor removed", name, "nothing was recorded of it")


_KEPT = "its history goes on; where it is another service now, give it another id"


def _of_components(before: Settings, after: Settings) -> Iterator[Change]:
    old = {each.id: each for each in before.components}
    new = {each.id: each for each in after.components}
    own = {each.id for each in (*before.monitors, *after.monitors)}
    for name in sorted({*old, *new} - own):
        if name not in old:
            yield Change("component added", name, new[name].name)
        elif name not in new:
            yield Change("component removed", name, "its page and its feeds end")
    for name in sorted(old.keys() & new.keys()):
        if old[name].group != new[name].group:
            told = f"{old[name].group or 'no group'} → {new[name].group or 'no group'}"
            yield Change("component moved", name, told)


def _of_costs(before: Site, after: Site) -> Iterator[Change]:
    old, new = _costs(before), _costs(after)
    for roadmap in sorted({*old, *new}):
        if roadmap not in old:
            yield Change("roadmap added", roadmap, "")
        elif roadmap not in new:
            yield Change("roadmap removed", roadmap, "")
        else:
            was, is_ = dict(old[roadmap]), dict(new[roadmap])
            for stage in dict.fromkeys([*was, *is_]):
                if was.get(stage) != is_.get(stage):
                    told = f"{stage}: {was.get(stage, 'none')} → {is_.get(stage, 'none')} a month"
                    yield Change("costs changed", roadmap, told)


def _costs(site: Site) -> dict[str, Sequence[tuple[str, str]]]:
    """Return, by roadmap, each stage with what runs at its end costs a month."""
    from statusgen.roadmap.costs import stage_costs

    return {
        each.id: [
            (stage.stage, str(stage.running)) for stage in stage_costs(each) if not stage.dropped
        ]
        for each in site.roadmaps.roadmaps
    }
