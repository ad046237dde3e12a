"""Each second place in turn, whatever became of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from statusgen.base.errors import InputError, OutsideError
from statusgen.base.secrets import Redactor
from statusgen.config.publish_entries import SecondPlace
from statusgen.publish.second.plan import Plan, Target, built_files, plan_for


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of one place."""

    place: SecondPlace
    plan: Plan | None
    """None where it could not be told."""
    fault: str = ""
    wrong: bool = False
    """Whether a person has to mend something here first: trying again would not help."""


def deliver(
    places: Sequence[SecondPlace], folder: Path, environ: Mapping[str, str], *, dry: bool
) -> list[Delivered]:
    """Bring every place up to date with a built folder; with ``dry`` only say what would be done.

    Raises InputError where no site was built.
    """
    files = built_files(folder)
    return [_one(place, folder, files, environ, dry) for place in places]


def _one(
    place: SecondPlace, folder: Path, files: dict[str, str], environ: Mapping[str, str], dry: bool
) -> Delivered:
    unset = [name for name in place.names if not environ.get(name)]
    if unset:
        return Delivered(place, None, f"not set: {', '.join(unset)}", wrong=True)
    plan = None
    redact = Redactor(environ[name] for name in place.names)
    try:
        target = _target(place, environ)
        record = target.record()
        if record is None and target.occupied():
            said = "another site stands there; empty it, or name another place"
            return Delivered(place, None, said, wrong=True)
        plan = plan_for(files, record)
        if not dry and not plan.empty:
            target.send(folder, plan)
    except (OutsideError, InputError) as error:
        return Delivered(place, plan, redact(str(error)))
    except OSError as error:
        return Delivered(place, plan, redact(error.strerror or str(error)))
    return Delivered(place, plan)


def _target(place: SecondPlace, environ: Mapping[str, str]) -> Target:
    if place.means == "s3":
        from statusgen.publish.second.s3 import Bucket

        return Bucket(place, environ)
    if place.means == "git":
        from statusgen.publish.second.gitplace import Branch

        return Branch(place, environ)
    from statusgen.publish.second.rsync import Folder

    return Folder(place, environ)
