"""What stands around the checks: the configuration, the workflows' rights, versions, old files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from statusgen.base.clock import Instant
from statusgen.base.errors import InputError, OutsideError
from statusgen.base.text import one_line
from statusgen.config.reader import STATUS_FILE, UPPTIME_FILES
from statusgen.config.settings import Settings
from statusgen.run.choices import form_inputs
from statusgen.run.places import mkdocs_file
from statusgen.run.site import Site
from statusgen.setup.choices import Choices
from statusgen.setup.doctor.engines import DECIDE
from statusgen.setup.doctor.finding import Finding, Level
from statusgen.setup.generated import PROGRAM, Given
from statusgen.setup.manifest import MANIFEST
from statusgen.setup.prices import watches_prices
from statusgen.setup.upgrade import plan
from statusgen.setup.workflows import CheckWorkflow, WorkflowFile

_PYTHON_ENDS = {
    "3.9": date(2025, 10, 31),
    "3.10": date(2026, 10, 31),
    "3.11": date(2027, 10, 31),
    "3.12": date(2028, 10, 31),
    "3.13": date(2029, 10, 31),
    "3.14": date(2030, 10, 31),
}
"""The last day of security fixes (devguide.python.org, "Status of Python versions")."""
_MATERIAL_ENDS = date(2027, 5, 5)
"""Material for MkDocs' own announcement. MkDocs 1.x has had no release since August 2024."""
_SOON = 120
"""Days before its end in which a version is named."""
_GONE_IMAGES = ("ubuntu-18.04", "ubuntu-20.04", "macos-12", "windows-2019")
"""GitHub removed them: a job that asks for one waits until it is cancelled."""


def of_configuration(site: Site) -> Iterator[Finding]:
    """Judge whether what people wrote can be read."""
    try:
        settings = site.settings
        problems = [*settings.left_out, *site.problems]
        recorded = (*site.rounds_ahead, *site.renamed)  # which `recorded` looks at itself
        warnings = tuple(each for each in site.warnings if each not in recorded)
    except InputError as error:
        problems, warnings = list(error.problems), ()
    if problems:
        said = f"{len(problems)} faults; first: {one_line(str(problems[0]), 300)}"
        yield Finding("configuration", "bad", said, "statusgen validate", "reading what you wrote")
    elif warnings:
        said = f"{len(warnings)} warnings; first: {one_line(str(warnings[0]), 300)}"
        cure = "statusgen validate"
        yield Finding("configuration", "doubt", said, cure, "reading what you wrote")
    there = [name for name in (STATUS_FILE, *UPPTIME_FILES) if (site.root / name).is_file()]
    if len(there) > 1:
        said = f"there are {' and '.join(there)}; only {there[0]} is read"
        cure = f"git rm {there[1]}   # once all of it stands in {there[0]}"
        yield Finding("configuration", "doubt", said, cure, "the files that are there")


def of_rights(
    settings: Settings | None, checking: list[CheckWorkflow], files: list[WorkflowFile]
) -> Iterator[Finding]:
    """Judge whether the workflows may do what they are told to."""
    names = {each.file.rpartition("/")[2] for each in files}
    for each in checking:
        needs = {"contents": each.pushes, "actions": bool(each.publishes or each.relays)}
        if settings is not None and settings.github.issues:
            needs["issues"] = True
        lacking = [scope for scope, needed in needs.items() if needed and not each.may(scope)]
        if lacking:
            said = f"the job that checks in {each.file} may not write {', '.join(lacking)}"
            cure = "write under its `permissions:`: " + "; ".join(f"{s}: write" for s in lacking)
            yield Finding("rights", "bad", said, cure, each.file)
        if any(needs.values()) and not each.token:
            said = f"the step that checks in {each.file} is given no token"
            cure = "write under its `env:`: GITHUB_TOKEN: ${{ github.token }}"
            yield Finding("rights", "bad", said, cure, each.file)
        for name in (each.publishes, each.relays):
            if name and name not in names:
                said = f"{each.file} starts {name}, which is not there"
                cure = f"git checkout HEAD~1 -- .github/workflows/{name}; or, to have it written "
                cure += f"anew: statusgen upgrade --apply --take .github/workflows/{name}"
                yield Finding("pages", "bad", said, cure, "the files of .github/workflows")


def of_workflows(files: list[WorkflowFile]) -> Iterator[Finding]:
    """Judge what GitHub will make of the files, whoever wrote them."""
    for each in files:
        if each.document is None:
            said = f"{each.file}:{each.line} is not YAML that can be read: GitHub runs none of it"
            cure = f"mend the line, or: git checkout HEAD~1 -- {each.file}"
            yield Finding("workflows", "bad", said, cure, each.file)
            continue
        if any("upptime/" in str(step.get("uses", "")) for _, step in each.steps()):
            said = f"{each.file} runs Upptime still: each outage is told twice"
            yield Finding("upptime", "doubt", said, f"git rm {each.file}", each.file)
        for image in sorted({str(job.get("runs-on", "")) for job in each.jobs()}):
            if image in _GONE_IMAGES:
                said = f"{each.file} runs on {image}, which GitHub removed: its jobs never begin"
                cure = f"sed -i 's/{image}/ubuntu-24.04/' {each.file}"
                yield Finding("versions", "bad", said, cure, each.file)


def of_versions(root: Path, files: list[WorkflowFile], now: Instant) -> Iterator[Finding]:
    """Name the versions whose end is near or past."""
    today = datetime.fromtimestamp(now, UTC).date()
    for each in files:
        asked = {
            str(given["python-version"])
            for _, step in each.steps()
            if isinstance(given := step.get("with"), dict) and "python-version" in given
        }
        for version in sorted(asked):
            end = _PYTHON_ENDS.get(".".join(version.split(".")[:2]))
            if end is not None and (end - today).days < _SOON:
                said = f"{each.file} takes Python {version}, which {_ends(end, today)}"
                cure = f"sed -i 's/python-version: .*/python-version: \"3.13\"/' {each.file}"
                yield Finding("versions", "doubt", said, cure, each.file)
    path = mkdocs_file(root)
    text = path.read_text(encoding="utf-8", errors="replace") if path else ""
    material = re.search(r"^\s*name:\s*['\"]?material\b", text, re.MULTILINE) is not None
    if material:
        said = f"Material for MkDocs {_ends(_MATERIAL_ENDS, today)}; MkDocs 1 gets none either"
        cure = (
            f"decide by {DECIDE.isoformat()} what is to make your own pages (guide: page engines); "
            "the status pages need neither: statusgen build --engine none --out site"
        )
        near = (_MATERIAL_ENDS - today).days < _SOON
        level: Level = "doubt" if near else "fine"
        yield Finding("versions", level, said, cure if near else "", str(path))


def _ends(end: date, today: date) -> str:
    verb = "had its last security fixes on" if end < today else "has its last security fixes on"
    return f"{verb} {end.isoformat()}"


def of_generated(root: Path) -> Iterator[Finding]:
    """Judge whether the generated files are those of this version."""
    if not (root / MANIFEST).exists() and not (root / PROGRAM).is_file():
        return
    try:
        prices = watches_prices(Site(root))
        made = plan(root, Given("", "", form_inputs((), ()), Choices(), prices), None)
    except (InputError, OutsideError) as error:
        cure = "statusgen upgrade --check"
        yield Finding("generated", "bad", one_line(str(error), 300), cure, MANIFEST)
        return
    if made.to_do:
        names = ", ".join(step.path for step in made.to_do[:4])
        said = f"{len(made.to_do)} generated files are not those of this version: {names}"
        yield Finding("generated", "doubt", said, "statusgen upgrade", MANIFEST)
