"""What jobs build with, and whether they bring second places up to date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from statusgen.base.errors import InputError
from statusgen.config.settings import Settings
from statusgen.run.places import docs_dir
from statusgen.setup.doctor.finding import Finding
from statusgen.setup.workflows import WorkflowFile

DECIDE = date(2027, 3, 1)
"""When to have decided on the engine of the prose: nine weeks before Material's end of life."""
_ZENSICAL = re.compile(r"(?:^|[\s;&|(])(?:\S*/)?zensical\s+(?:build|serve)\b", re.MULTILINE)
_EXPORT = re.compile(r"\bstatusgen\s+export\s+site\s+(?!--)[^\s;&|]")
_INTO = re.compile(r"\bstatusgen\s+export\s+site\b[^\n;&|]*--into\b")
_ELSEWHERE = (
    ".gitlab-ci.yml",
    "Makefile",
    "netlify.toml",
    "justfile",
    ".readthedocs.yaml",
    "package.json",
)
"""Other files that say how a site is built."""


def of_engines(root: Path, files: list[WorkflowFile]) -> Iterator[Finding]:
    """Judge every place that builds with Zensical: it passes over our plugin without a word."""
    scripts = {each.file: list(_scripts(each)) for each in files if each.document is not None}
    for name in _ELSEWHERE:
        path = root / name
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            scripts[name] = [re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)]
    for file, jobs in scripts.items():
        yield from (found for job in jobs if (found := _judged(root, file, job)) is not None)


def of_places(settings: Settings | None, files: list[WorkflowFile]) -> Iterator[Finding]:
    """Judge whether what ``publish:`` names is brought up to date, and gets its secrets."""
    places = settings.second_places if settings else ()
    if not places:
        return
    names = list(dict.fromkeys(name for place in places for name in place.names))
    publishing = [
        (each, job, step)
        for each in files
        if each.document is not None
        for job, step in each.steps()
        if re.search(r"\bstatusgen\s+publish\b", _run(step))
    ]
    if not publishing and files:
        said = f"no workflow brings {places[0].url} up to date"
        cure = "write as a step behind the build: statusgen publish site"
        yield Finding("second place", "doubt", said, cure, "the files of .github/workflows")
    for workflow, job, step in publishing:
        given = {
            str(name)
            for scope in (workflow.document, job, step)
            if isinstance(scope, dict) and isinstance(env := scope.get("env"), dict)
            for name in env
        }
        lacking = [name for name in names if name not in given]
        if lacking:
            lines = "; ".join(f"{name}: ${{{{ secrets.{name} }}}}" for name in lacking)
            said = f"{workflow.file} does not pass {', '.join(lacking)} to statusgen publish"
            cure = f"write under `env:` of the step: {lines}"
            yield Finding("second place", "bad", said, cure, workflow.file)


def _scripts(workflow: WorkflowFile) -> Iterator[str]:
    """Yield what each job runs, in order."""
    jobs: dict[int, list[str]] = {}
    for job, step in workflow.steps():
        jobs.setdefault(id(job), []).append(_run(step))
    for steps in jobs.values():
        yield "\n".join(steps)


def _run(step: Mapping[Any, Any]) -> str:
    text = str(step.get("run", ""))
    return re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)


def _judged(root: Path, file: str, script: str) -> Finding | None:
    built = _ZENSICAL.search(script)
    if built is None:
        return None
    before, after = script[: built.start()], script[built.end() :]
    try:
        content = docs_dir(root)
    except InputError:
        content = Path("content")
    whole = (
        f"statusgen export site {content} && zensical build && statusgen export site --into site"
    )
    if _EXPORT.search(before) is None:
        said = (
            f"{file} builds with zensical, which passes over the plugin without a word: the site "
            "has no status page, and the job is green"
        )
        return Finding("engine", "bad", said, f"write there: {whole}", file)
    if _INTO.search(after) is None and not re.match(r"\s*serve", script[built.start() :]):
        said = (
            f"{file} does not complete what zensical makes: /.well-known, the twins in Markdown "
            "and our sitemap are lacking, and files of incidents become pages"
        )
        return Finding("engine", "bad", said, f"write there: {whole}", file)
    said = f"{file} builds with zensical, with the status pages as files"
    return Finding("engine", "fine", said, known=file)
