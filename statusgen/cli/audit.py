"""``statusgen audit``: of this site's roadmaps, or of any documents."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

import statusgen
from statusgen.audit import audit_roadmap, audit_wizard, baseline, ignoring, reports
from statusgen.audit.finding import Finding, Severity
from statusgen.base import clock
from statusgen.base.errors import InputError, Problem
from statusgen.base.files import write_atomic
from statusgen.cli.audit_prices import look_at_prices
from statusgen.cli.common import instant, json_option, now_option, print_json
from statusgen.roadmap.loader import load_roadmap
from statusgen.roadmap.model import Roadmap, Wizard
from statusgen.roadmap.wizard_loader import load_wizard
from statusgen.run.places import ROADMAPS, WIZARD
from statusgen.run.site import Site

if TYPE_CHECKING:
    from statusgen.run.documents import Text  # needs a parser of Markdown
from statusgen.words.money import json_number

_SEVERITIES = [str(severity) for severity in reversed(Severity)]
_FORMATS = ("text", "json", "sarif", "github")
_MARKDOWN = (".md", ".markdown")
_YAML = (".yml", ".yaml")
_NOT_OURS = frozenset({"node_modules", "__pycache__", "site-packages", "vendor"})
"""Folders of others' documents; those that begin with a dot are left out too."""


@click.command()
@click.argument("paths", nargs=-1)
@click.option(
    "--fail-on",
    type=click.Choice(_SEVERITIES),
    help="Exit with 1 when a finding of this severity, or a graver one, is not accepted.",
)
@click.option("--all", "show_all", is_flag=True, help="Show also what holds and what is accepted.")
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="How to print: text (the default), json, sarif, or github's notes of a job.",
)
@click.option("--alone", is_flag=True, help="Do not compare the prices of these files.")
@click.option(
    "--baseline",
    "baseline_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file of findings that are known: only others are told.",
)
@click.option("--write-baseline", is_flag=True, help="Write what is found now to --baseline.")
@click.option(
    "--prices",
    "pages",
    is_flag=True,
    help="Look whether the vendors' pages still show the prices that name one (seen_at).",
)
@click.option("--push", is_flag=True, help="With --prices: commit and push what was seen.")
@click.option(
    "--connect-to",
    metavar="HOST:PORT:ADDR:PORT",
    multiple=True,
    help="With --prices: connect to another address, as curl does; repeatable.",
)
@now_option
@json_option
def audit(
    paths: tuple[str, ...],
    fail_on: str | None,
    show_all: bool,
    form: str | None,
    alone: bool,
    baseline_path: Path | None,
    write_baseline: bool,
    pages: bool,
    push: bool,
    connect_to: tuple[str, ...],
    now_text: str | None,
    as_json: bool,
) -> None:
    """Hold every stated number against what can be derived.

    PATHS are roadmaps in YAML or their ids, documents in Markdown, patterns such as 'docs/**/*.md',
    or folders, of which every Markdown document is read; by default all of data/roadmaps/ and
    data/wizard.yml.
    Documents need no configuration. A finding never changes what the author wrote.

    With --prices it asks the pages that prices name under seen_at, and notes in
    data/history/prices.jsonl what they show; --fail-on then stands for terms that are gone.

    Exits with 0; with 1 for --fail-on; with 2 where a file cannot be read.

    Example: statusgen audit docs --format github --fail-on error
    """
    if write_baseline and baseline_path is None:
        raise click.UsageError("--write-baseline needs --baseline FILE to write to")
    now = instant(now_text)
    if pages:
        look_at_prices(connect_to, now, push=push, as_json=as_json, strict=fail_on is not None)
        return
    if push or connect_to:
        raise click.UsageError("--push and --connect-to belong to --prices")
    today = clock.to_datetime(clock.now() if now is None else now).date()
    run = _Run(today)
    run.audit(paths, alone=alone)
    if write_baseline and baseline_path is not None:
        write_atomic(baseline_path, baseline.written(run.found, run.line_of).encode())
        count = sum(finding.is_fault for finding in run.found)
        click.echo(f"{baseline_path}: {count} findings are known from now on")
        run.tell()
        return
    if baseline_path is not None:
        run.found = baseline.accept(run.found, _known(baseline_path), run.line_of)
    _print(run, form or ("json" if as_json else "text"), show_all=show_all)
    run.tell()
    if fail_on is not None:
        least = list(Severity).index(Severity(fail_on))
        graver = (f for f in run.found if f.is_fault and list(Severity).index(f.severity) >= least)
        if any(graver):
            raise click.exceptions.Exit(1)


@dataclass(slots=True)
class _Run:
    """One audit of some files: what was found, and what could not be read."""

    today: date
    found: list[Finding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    _lines: dict[str, list[str]] = field(default_factory=dict)
    _read: dict[Path, Text | tuple[Problem, ...]] = field(default_factory=dict)
    """The documents, or why they cannot be read."""

    def audit(self, paths: Sequence[str], *, alone: bool) -> None:
        """Audit the given files; those named one by one have their prices compared."""
        if not paths:
            self._site()
            return
        files = dict.fromkeys(path for text in paths for path in _files(text))
        named = all(Path(text).is_file() for text in paths)
        self._read_ahead([path for path in files if path.suffix.lower() not in _YAML])
        if alone or not named:
            for path in files:
                self._several([path], one_of_many=len(files) > 1)
        else:
            self._several(list(files), one_of_many=False)

    def _read_ahead(self, markdown: Sequence[Path]) -> None:
        if markdown:
            from statusgen.run.documents import read_texts  # needs a parser of Markdown

            self._read = dict(zip(markdown, read_texts(markdown), strict=True))

    def tell(self) -> None:
        """Print what is wrong with comments; raise InputError for what could not be read."""
        for warning in self.warnings:
            click.echo(f"warning: {warning}", err=True)
        if self.problems:
            raise InputError(self.problems)

    def line_of(self, file: str, number: int) -> str:
        """Return a line of a file that was read; empty where there is none."""
        if file not in self._lines:
            try:
                text = Path(file).read_bytes().decode("utf-8", "replace")
            except OSError:
                text = ""
            self._lines[file] = text.replace("\r\n", "\n").split("\n")
        lines = self._lines[file]
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def _site(self) -> None:
        site = Site()
        wizard, problems = site.wizard
        if site.roadmaps.problems or problems:
            raise InputError([*site.roadmaps.problems, *problems])
        self._documents([*site.roadmaps.roadmaps, *([wizard] if wizard else [])], [])

    def _several(self, paths: Sequence[Path], *, one_of_many: bool) -> None:
        """Audit files together; of many, one that cannot be read does not stop the others."""
        try:
            self._files(paths)
        except InputError as error:
            if not one_of_many:
                raise
            self.problems += error.problems

    def _files(self, paths: Sequence[Path]) -> None:
        written = [path for path in paths if path.suffix.lower() in _YAML]
        markdown = [path for path in paths if path not in written]
        self._documents([_document(path) for path in written], markdown)

    def _documents(self, documents: Sequence[Roadmap | Wizard], markdown: Sequence[Path]) -> None:
        texts = []
        for path in markdown:
            read = self._read[path]
            if isinstance(read, tuple):
                raise InputError(read)
            texts.append(read)
        others = [*documents, *(text.plan for text in texts if text.plan is not None)]
        for document in documents:
            if isinstance(document, Wizard):
                self.found += audit_wizard(document, others, self.today)
            else:
                self.found += audit_roadmap(document, others, self.today)
        for text in texts:
            self.found += self._accepted(text.name, text.audit(others, self.today))

    def _accepted(self, file: str, found: list[Finding]) -> list[Finding]:
        self.line_of(file, 1)
        comments = ignoring.ignores("\n".join(self._lines[file]))
        faults = [finding for finding in found if finding.is_fault]
        for comment in comments:
            if comment.fault:
                self.warnings.append(f"{file}:{comment.line}: {comment.fault}")
        for comment in ignoring.unused(faults, comments):
            rules = ", ".join(sorted(comment.rules))
            self.warnings.append(f"{file}:{comment.line}: ignores {rules}, which is not found here")
        return ignoring.accept(found, comments) if comments else found


def _files(text: str) -> Iterator[Path]:
    """Yield the files that a path, a folder or a pattern names. Raises InputError for none."""
    path = Path(text)
    if path.is_file():
        yield path
        return
    if path.is_dir():
        found = [each for each in path.rglob("*") if each.suffix.lower() in _MARKDOWN]
        yield from sorted(each for each in found if each.is_file() and _is_ours(each, path))
        return
    matched = sorted(map(Path, glob.glob(text, recursive=True))) if glob.has_magic(text) else []
    by_id = {each.stem: each for each in sorted(ROADMAPS.glob("*.y*ml"))}
    if not matched and text in by_id:
        matched = [by_id[text]]
    if not matched:
        fix = "name a file, a folder"
        fix += (
            f", or a roadmap: {', '.join(by_id)}" if by_id else " or a pattern such as 'docs/*.md'"
        )
        raise InputError([Problem("there is no such file and no such roadmap", fix, file=text)])
    yield from (each for each in matched if each.is_file())


def _is_ours(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts[:-1]
    return not any(part.startswith(".") or part in _NOT_OURS for part in parts)


def _document(path: Path) -> Roadmap | Wizard:
    return load_wizard(path) if path.name == WIZARD.name else load_roadmap(path)


def _known(path: Path) -> frozenset[str]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeError) as error:
        hint = "write it with --write-baseline"
        problem = Problem(f"cannot be read: {type(error).__name__}", hint, file=str(path))
        raise InputError([problem]) from None
    return baseline.known(text, str(path))


def _print(run: _Run, form: str, *, show_all: bool) -> None:
    shown = [finding for finding in run.found if show_all or finding.is_fault]
    if form == "json":
        print_json([_shown(finding) for finding in shown])
    elif form == "sarif":
        told = [one for one in run.found if one.is_fault or one.accepted or show_all]
        click.echo(reports.sarif(told, statusgen.__version__, run.line_of), nl=False)
    elif form == "github":
        for line in reports.github(shown):
            click.echo(line)
    else:
        _print_findings(shown, len(run.found))


def _print_findings(findings: Sequence[Finding], checked: int) -> None:
    for finding in findings:
        click.echo(str(finding))
        for label, text in (("stated", finding.stated), ("derived", finding.derived)):
            if text:
                click.echo(f"    {label:<8} {text}")
        if finding.formula:
            click.echo(f"    because  {finding.formula}")
        if finding.accepted:
            until = f" (until {finding.accepted_until})" if finding.accepted_until else ""
            click.echo(f"    accepted {finding.accepted}{until}")
    faults = [finding for finding in findings if finding.is_fault]
    errors = sum(finding.severity is Severity.ERROR for finding in faults)
    click.echo(f"{checked} claims checked: {errors} wrong, {len(faults) - errors} in doubt")


def _shown(finding: Finding) -> dict[str, object]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": str(finding.severity),
        "verdict": str(finding.verdict),
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "message": finding.message,
        "stated": finding.stated,
        "derived": finding.derived,
        "formula": finding.formula,
        "path": list(finding.path),
        "values": {
            name: {
                "low": json_number(one.low),
                "high": None if one.high is None else json_number(one.high),
                "unit": one.unit,
            }
            for name, one in finding.values
        },
        "accepted": finding.accepted or None,
    }
